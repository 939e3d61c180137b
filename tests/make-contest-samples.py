#!/usr/bin/env python3
"""Makes samples/contests/opiq-2019/ anew: what twelve made-up participants could have handed in.

    python3 tests/make-contest-samples.py

Needs ffmpeg (with libx264) on the PATH, and the samples of tests/make-samples.py. Persons and works are made up; the
schools are those that the rules of the contest name.
"""

import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
BATCH = SAMPLES / "contests" / "opiq-2019"
DATE = (2026, 1, 1, 0, 0, 0)
BITEXACT = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1"]

KAZAKH = ["Мектеп, облыс, аудан, қала", "Номинация", "Конкурс материалдарын жасаушы автор", "Пән",
          "Бейнематериалдың қысқаша сипаттамасы"]
RUSSIAN = ["Школа, область, район, город", "Номинация", "Автор разработки материалов конкурса", "Предмет",
           "Краткое описание видеоматериала"]


def document(target, blocks):
    """A DOCX of paragraphs (texts) and tables (lists of rows)."""
    text = lambda words: f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
    cell = lambda words: f"<w:tc>{text(words)}</w:tc>"
    body = ""
    for block in blocks:
        rows = lambda: "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in block)
        body += text(block) if isinstance(block, str) else f"<w:tbl>{rows()}</w:tbl>"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
    }
    archive(target, files)


def archive(target, files):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zf:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            zf.writestr(info, data)


def film(target, seconds, rate):
    """A picture that does not move, and a sentence that is spoken again and again."""
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"color=c=0xcfe0f4:s=64x48:r={rate}", "-stream_loop", "-1",
         "-i", SAMPLES / "good" / "speech.wav", "-t", str(seconds), "-c:v", "libx264", "-tune", "stillimage", "-g", "300",
         "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "16k", "-ar", "16000", "-movflags", "+faststart", *BITEXACT, target],
        check=True, stdin=subprocess.DEVNULL)


def lines(labels, answers):
    return [f"{label} {answer}" for label, answer in zip(labels, answers)]


def table(labels, answers):
    return [[label, answer] for label, answer in zip(labels, answers)]


def main():
    shutil.rmtree(BATCH, ignore_errors=True)
    spoken, long = BATCH / "spoken.mp4", BATCH / "long.mp4"
    BATCH.mkdir(parents=True)
    film(spoken, 12, 5)
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-loop", "1", "-framerate", "1", "-i", SAMPLES / "good" / "diagram.png",
                    "-t", "901", "-vf", "scale=64:48", "-c:v", "libx264", "-tune", "stillimage", "-g", "300", "-pix_fmt",
                    "yuv420p", "-movflags", "+faststart", *BITEXACT, long], check=True, stdin=subprocess.DEVNULL)

    def folder(name, film=spoken):
        (BATCH / name).mkdir()
        if film:
            shutil.copyfile(film, BATCH / name / "видео.mp4")
        return BATCH / name

    kk = ["№62 мектеп-лицей, Астана қаласы", "Үздік мұғалім", "Үлгісова Үлгі Үлгіқызы", "Математика",
          "Оқушылар платформада есеп шығарады."]
    ru = ["Школа-лицей №79, город Астана", "Лучший учитель", "Образцова Анна Примеровна", "Математика",
          "Ученики решают задачи на платформе."]
    document(folder("01 Үлгісова Ү") / "Өтініш.docx", ["Өтініш", *lines(KAZAKH, kk)])
    with_table = folder("work", None)
    document(with_table / "Заявка.docx", ["Заявка на участие в конкурсе", table(RUSSIAN, ru)])
    archive(BATCH / "02 Образцова А.zip", {"Заявка.docx": (with_table / "Заявка.docx").read_bytes(),
                                          "видео.mp4": spoken.read_bytes()})
    shutil.rmtree(with_table)
    (folder("03 Қатысушы без заявки") / "ескертпе.txt").write_text("Сәлеметсіздер ме! Бейнені жібердім.\n")
    document(folder("04 бос өтініш") / "Өтініш.docx", [
        "Өтініш", "Мектеп, облыс, аудан, қала ______________", "(толық жазылсын)", "______________", "Номинация ____________",
        "Конкурс материалдарын жасаушы автор____________", "(аты-жөні толық)", "____________", "____________ пәні",
        "Бейнематериалдың қысқаша сипаттамасы ____________"])
    document(folder("05 чужая номинация") / "Заявка.docx",
             ["Заявка", table(RUSSIAN, [ru[0], "Лучший дворник", *ru[2:]])])
    document(folder("06 описка") / "Заявка.docx", ["Заявка", *lines(RUSSIAN, [ru[0], "Лучший учитиль", *ru[2:]])])
    document(folder("07 ұзақ бейне", long) / "Өтініш.docx", ["Өтініш", *lines(KAZAKH, kk)])
    shutil.copyfile(SAMPLES / "good" / "diagram.png", folder("08 снимок заявки") / "Заявка.png")
    twice = folder("09 две заявки")
    document(twice / "Заявка.docx", ["Заявка", table(RUSSIAN, ru)])
    document(twice / "Заявка новая.docx", ["Заявка", table(RUSSIAN, ru)])
    document(folder("10 сілтеме", None) / "Өтініш.docx",
             ["Өтініш", *lines(KAZAKH, kk), "Бейне: https://drive.google.com/file/d/0example0/view"])
    apart = folder("11 описание отдельно")
    document(apart / "Заявка.docx", ["Заявка", table(RUSSIAN, [*ru[:4], ""])])
    (apart / "Краткое описание.txt").write_text("Урок математики в третьем классе на платформе.\n")
    (folder("12 инициалы") / "Заявка.txt").write_text(
        "\n".join(["Заявка", *lines(RUSSIAN, [ru[0], ru[1], "Образцова А.П.", *ru[3:]])]) + "\n")
    spoken.unlink()
    long.unlink()


if __name__ == "__main__":
    main()
