#!/usr/bin/env python3
"""Makes a batch of works with planted duplicates, and counts which of them tekser finds.

    benches/alike-batch.py WORKS PICTURES RECORDINGS TEXTS [TEKSER]

PICTURES is a folder of JPEGs, RECORDINGS one of short WAVs of one form (spoken digits, for one), TEXTS a text whose paragraphs
are drawn from. A third of the works are pictures, a third recordings and videos, a third texts; every one has the same blank
form beside it. Forty pairs are planted, eight of each kind. Needs ffmpeg. Nothing is drawn twice, so that every other pair
that is found is a false one; the same seed makes the same batch.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
import wave
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

count, pictures, recordings, texts = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
tekser = sys.argv[5] if len(sys.argv) > 5 else "target/release/tekser"
draw = random.Random(121)
EACH = 8


def document(path, paragraphs):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zf:
        zf.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        zf.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>')


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True, stdin=subprocess.DEVNULL)


images = sorted(path for path in pictures.iterdir() if path.suffix.lower() in (".jpeg", ".jpg"))
draw.shuffle(images)
digits = sorted(recordings.glob("*.wav"))
paragraphs = sorted({" ".join(line.split()) for line in texts.read_text(errors="replace").splitlines() if len(line.split()) > 8})
draw.shuffle(paragraphs)
COMMON = ["Сабақ жоспары. Мектеп әкімшілігі бекіткен үлгі бойынша толтырылады және мұғалім қол қояды.",
          "Сабақтың мақсаты, барысы, бағалау түрлері және үйге тапсырма төменде көрсетілген."]


def recording(path, pieces=40):
    with wave.open(str(path), "wb") as out:
        for index, piece in enumerate(draw.sample(digits, pieces)):
            with wave.open(str(piece), "rb") as source:
                if index == 0:
                    out.setparams(source.getparams())
                out.writeframes(source.readframes(source.getnframes()))


with tempfile.TemporaryDirectory() as folder:
    root = Path(folder) / "works"
    root.mkdir()
    works = []
    kinds = {"image": [], "audio": [], "text": [], "video": []}
    form = Path(folder) / "form.docx"
    document(form, ["Өтініш", "Мектеп, облыс, аудан, қала ________", "Номинация ________", "Автор ________", "________ пәні"] * 2)

    def new(kind):
        work = root / f"{len(works):05} {draw.choice(['Әлия', 'Бота', 'Вера', 'Ғани', 'Дана'])}"
        work.mkdir()
        shutil.copyfile(form, work / "Өтініш.docx")
        works.append(work)
        kinds[kind].append(work)
        return work

    own = count - 40
    for number in range(own):
        match number % 9:
            case 0 | 1 | 2 if images:
                shutil.copyfile(images.pop(), new("image") / "сурет.jpg")
            case 3 | 4:
                recording(new("audio") / "дыбыс.wav")
            case 5:
                work = new("video")
                recording(Path(folder) / "v.wav", 60)
                ffmpeg("-f", "lavfi", "-i", f"color=c=0x{draw.randrange(1 << 24):06x}:s=64x48:r=2", "-i", f"{folder}/v.wav",
                       "-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-b:a", "48k", work / "бейне.mp4")
            case _:
                document(new("text") / "жұмыс.docx", COMMON + [paragraphs.pop() for _ in range(12)])

    planted = set()

    def plant(kind, make):
        # No work is copied twice: two copies of one work are a pair too, and none that was planted.
        originals = draw.sample(kinds[kind], EACH)
        kinds[kind] = [work for work in kinds[kind] if work not in originals]
        for original in originals:
            copy = new(kind)
            make(next(path for path in original.iterdir() if path.name != "Өтініш.docx"), copy)
            kinds[kind].remove(copy)
            planted.add(frozenset((original.name, copy.name)))

    def changed(source, copy):
        with zipfile.ZipFile(source) as zf:
            words = zf.read("word/document.xml").decode().replace("</w:t>", " </w:t>").split(" ")
        for index, word in enumerate(words):
            if draw.random() < 0.1 and word.isalpha():
                words[index] = draw.choice(["басқа", "жаңа", "үлкен", "шағын", "сөз"])
        with zipfile.ZipFile(copy / "менікі.docx", "w", zipfile.ZIP_DEFLATED) as zf:
            zf.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
            zf.writestr("word/document.xml", " ".join(words))

    plant("image", lambda source, copy: shutil.copyfile(source, copy / "other.jpg"))
    plant("image", lambda source, copy: ffmpeg("-i", source, "-vf", "scale=iw*0.7:ih*0.7", "-q:v", "12", copy / "a.jpg"))
    plant("audio", lambda source, copy: ffmpeg("-i", source, "-ar", "44100", "-b:a", "64k", copy / "a.mp3"))
    plant("text", changed)
    plant("video", lambda source, copy: ffmpeg("-ss", "4", "-i", source, "-t", "14", "-vf", "scale=80:60", "-c:v", "libx264",
                                               "-preset", "ultrafast", "-c:a", "aac", "-b:a", "32k", copy / "cut.mp4"))
    report = Path(folder) / "report.json"
    before = time.monotonic()
    with report.open("wb") as out:
        subprocess.run([tekser, "check", "--profile", "opiq-2019", "--format", "json", root], stdout=out, check=False)
    took = time.monotonic() - before
    found = {}
    for submission in json.loads(report.read_bytes())["submissions"]:
        for other in submission.get("alike", {}).get("works", []):
            pair = frozenset(Path(path).name for path in (submission["path"], other["other"]))
            found.setdefault(pair, set()).add((other["what"], other["share"]))

right = planted & found.keys()
print(f"{count} works in {took:.1f} s: {len(planted)} planted, {len(found)} found, {len(right)} of them right; "
      f"recall {len(right) / len(planted):.3f}, precision {len(right) / max(1, len(found)):.3f}")
for pair in sorted(map(sorted, planted - found.keys())):
    print("  missed:", *pair)
for pair in sorted(map(sorted, found.keys() - planted)):
    print("  false:", *pair, sorted(found[frozenset(pair)]))
