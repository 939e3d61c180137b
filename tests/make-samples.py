#!/usr/bin/env python3
"""Makes every file in samples/ anew.

Needs ffmpeg, 7z (p7zip-full), soffice (libreoffice-writer-nogui, libreoffice-impress-nogui), espeak-ng, and from
PyPI: pillow, pillow-heif, python-docx, python-pptx, reportlab. The content is our own; the encoders are real ones.
What cannot be had from an encoder (a RAR archive, a Windows program) is written by hand and harmless.

Dates inside archives are fixed, and metadata is left out, so that a second run changes as little as the encoders allow.
"""

import io
import random
import shutil
import struct
import subprocess
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "samples"
GOOD = HERE / "good"
BAD = HERE / "bad"
WORK = Path(tempfile.mkdtemp())

PAGE = """<!doctype html>
<html lang="kk">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>Үшбұрыш: сынақ</title>
  <link rel="stylesheet" href="css/style.css">
</head>
<body>
  <h1>Үшбұрыштың бұрыштары</h1>
  <img src="images/triangle.png" alt="Үшбұрыш" width="120" height="90">
  <p>Үшбұрыштың ішкі бұрыштарының қосындысы неге тең?</p>
  <div id="answers"></div>
  <audio id="bell" src="sounds/bell.mp3"></audio>
  <script src="js/quiz.js"></script>
</body>
</html>
"""

STYLE = """body { font: 20px/1.5 sans-serif; margin: 2rem; color: #223; background: #fff url("../images/dots.png"); }
button { display: block; margin: .5rem 0; font: inherit; }
.right { background: #bde5b8; }
.wrong { background: #f2c1b8; }
"""

SCRIPT = """// A quiz of one question. It stores nothing and sends nothing.
'use strict';
const answers = [['90°', false], ['180°', true], ['360°', false]];
const box = document.getElementById('answers');
for (const [text, right] of answers) {
  const button = document.createElement('button');
  button.textContent = text;
  button.addEventListener('click', () => {
    button.className = right ? 'right' : 'wrong';
    if (right) document.getElementById('bell').play();
  });
  box.append(button);
}
"""


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)


def ffmpeg(*arguments):
    run("ffmpeg", "-v", "error", "-y", "-nostdin", *arguments)


BITEXACT = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]


def film(target, seconds, sound=True, rate=5, size="64x48", codec="libx264", sound_codec="aac", more=()):
    """A moving test card, with a soft tone if `sound`."""
    inputs = ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}"]
    if sound:
        inputs += ["-f", "lavfi", "-i", "sine=f=330:r=22050"]
    codecs = ["-c:v", codec] + (["-c:a", sound_codec, "-b:a", "24k", "-ac", "1"] if sound else [])
    ffmpeg(*inputs, "-t", seconds, *codecs, "-pix_fmt", "yuv420p", *BITEXACT, *more, target)


def still_film(target, seconds):
    """A film whose picture does not move: ten minutes of it are small."""
    ffmpeg(
        "-f", "lavfi", "-i", "color=c=0x335577:s=32x24:r=1", "-t", seconds, "-c:v", "libx264", "-pix_fmt", "yuv420p",
        "-g", "600", "-movflags", "+faststart", *BITEXACT, target,
    )


def archive(target, files, folder=""):
    """A ZIP of (name, bytes) with fixed dates."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zf:
        for name, data in files:
            info = zipfile.ZipInfo(folder + name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            zf.writestr(info, data.encode() if isinstance(data, str) else data)


def program():
    """A Windows program of one section that returns at once."""
    dos = bytearray(64)
    dos[:2] = b"MZ"
    dos[60:64] = struct.pack("<I", 64)
    coff = struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22)
    optional = struct.pack(
        "<HBBIIIIIQIIHHHHHHIIIIHHQQQQII", 0x20B, 14, 0, 512, 0, 0, 0x1000, 0x1000, 0x140000000, 0x1000, 512, 6, 0, 0, 0,
        6, 0, 0, 0x2000, 512, 0, 3, 0, 0x100000, 0x1000, 0x100000, 0x1000, 0, 16,
    ) + bytes(128)
    section = struct.pack("<8sIIIIIIHHI", b".text", 3, 0x1000, 512, 512, 0, 0, 0, 0, 0x60000020)
    header = bytes(dos) + b"PE\0\0" + coff + optional + section
    return header.ljust(512, b"\0") + b"\x31\xc0\xc3".ljust(512, b"\0")


def pictures():
    from PIL import Image, ImageDraw
    import pillow_heif

    def triangle(width, height):
        image = Image.new("RGB", (width, height), "#fdfaf2")
        draw = ImageDraw.Draw(image)
        w, h = width / 160, height / 120
        draw.polygon([(20 * w, 100 * h), (140 * w, 100 * h), (60 * w, 20 * h)], outline="#345", fill="#cfe0f4")
        draw.line([(60 * w, 20 * h), (60 * w, 100 * h)], fill="#a33", width=2)
        return image

    def photo():
        image = Image.new("RGB", (320, 240))
        image.putdata([(x * 255 // 320, y, 120 + (x * y) % 60) for y in range(240) for x in range(320)])
        return image

    photo().save(GOOD / "photo.jpg", quality=80)
    photo().save(GOOD / "progressive.jpeg", quality=70, progressive=True)
    triangle(160, 120).save(GOOD / "diagram.png")
    triangle(160, 120).save(GOOD / "Сабақ жоспары.png")
    frames = [triangle(80, 60).rotate(angle, fillcolor="#fdfaf2") for angle in range(0, 360, 45)]
    frames[0].save(GOOD / "animation.gif", save_all=True, append_images=frames[1:], duration=120, loop=0)
    (GOOD / "drawing.svg").write_text(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"160\" height=\"120\" viewBox=\"0 0 160 120\">\n"
        "  <title>Үшбұрыш</title>\n  <polygon points=\"20,100 140,100 60,20\" fill=\"#cfe0f4\" stroke=\"#345\"/>\n"
        "  <text x=\"60\" y=\"115\">ABC</text>\n</svg>\n"
    )
    photo().save(BAD / "photo.webp", quality=60)
    triangle(80, 60).save(BAD / "photo.bmp")
    triangle(160, 120).save(BAD / "scan.tiff", compression="tiff_lzw")
    pillow_heif.register_heif_opener()
    photo().save(BAD / "photo.heic", quality=40)
    shutil.copy(GOOD / "diagram.png", BAD / "png-inside.jpg")
    shutil.copy(GOOD / "photo.jpg", BAD / "no-extension")
    for name in ["photo.jpg", "diagram.png", "animation.gif", "drawing.svg"]:
        cut(GOOD / name, BAD / ("cut" + Path(name).suffix), 0.6)
    (BAD / "empty.jpg").write_bytes(b"")
    dots = io.BytesIO()
    Image.new("RGB", (8, 8), "#eef").save(dots, "PNG")
    return (GOOD / "diagram.png").read_bytes(), dots.getvalue()


def cut(source, target, share):
    data = source.read_bytes()
    target.write_bytes(data[: int(len(data) * share)])


def sounds():
    melody = "sine=f=523:d=0.4[a];sine=f=659:d=0.4[b];sine=f=784:d=0.6[c];[a][b][c]concat=n=3:v=0:a=1"
    ffmpeg("-filter_complex", melody, "-ar", "22050", "-b:a", "32k", *BITEXACT, GOOD / "melody.mp3")
    spoken = WORK / "spoken.wav"
    run("espeak-ng", "-v", "kk", "-w", spoken, "Үшбұрыштың үш бұрышы бар.")
    ffmpeg("-i", spoken, "-t", "2.5", "-ar", "16000", "-ac", "1", *BITEXACT, GOOD / "speech.wav")
    melody = GOOD / "melody.mp3"
    ffmpeg("-i", melody, "-c:a", "libvorbis", *BITEXACT, BAD / "sound.ogg")
    ffmpeg("-i", melody, "-c:a", "aac", "-b:a", "32k", *BITEXACT, BAD / "sound.m4a")
    ffmpeg("-i", melody, "-ar", "8000", "-c:a", "flac", *BITEXACT, BAD / "sound.flac")
    ffmpeg("-i", melody, "-c:a", "wmav2", "-b:a", "32k", *BITEXACT, BAD / "sound.wma")
    cut(GOOD / "speech.wav", BAD / "cut.wav", 0.5)
    (BAD / "noise.mp3").write_bytes(random.Random(121).randbytes(20_000))
    return melody.read_bytes()


def films():
    film(GOOD / "lesson.mp4", 4, more=["-movflags", "+faststart"])
    film(GOOD / "lesson.mov", 4)
    still_film(GOOD / "lesson-9-59.mp4", 599)
    still_film(BAD / "lesson-10-01.mp4", 601)
    still_film(BAD / "lesson-10-01.mov", 601)
    film(BAD / "clip.avi", 2, codec="mpeg4", sound_codec="libmp3lame")
    film(BAD / "clip.wmv", 2, codec="wmv2", sound_codec="wmav2")
    film(BAD / "clip.mkv", 2)
    film(BAD / "clip.webm", 2, codec="libvpx", sound_codec="libvorbis")
    film(BAD / "clip.3gp", 2, size="176x144", codec="h263", sound=False, rate=10)
    shutil.copy(GOOD / "lesson.mp4", BAD / "video-named.jpg")
    cut(GOOD / "lesson.mp4", BAD / "cut.mp4", 0.7)
    cut(GOOD / "lesson.mov", BAD / "no-moov.mov", 0.8)
    (BAD / "noise.mp4").write_bytes(random.Random(45).randbytes(20_000))


def documents():
    import docx
    import pptx
    from reportlab.pdfgen import canvas

    document = docx.Document()
    document.add_heading("Сабақ жоспары", 1)
    document.add_paragraph("Тақырыбы: үшбұрыш. Сыныбы: 7.")
    document.save(BAD / "plan.docx")
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[0])
    slide.shapes.title.text = "Үшбұрыш"
    slides.save(BAD / "slides.pptx")
    for name, kind in [("plan.docx", "doc"), ("slides.pptx", "ppt")]:
        run("soffice", f"-env:UserInstallation=file://{WORK}/office", "--headless", "--convert-to", kind, "--outdir", BAD, BAD / name)
    sheet = canvas.Canvas(str(BAD / "book.pdf"), pagesize=(200, 100), invariant=1)
    sheet.drawString(20, 50, "7")
    sheet.save()
    shutil.copy(BAD / "book.pdf", BAD / "pdf-named.mp4")
    macro = io.BytesIO()
    with zipfile.ZipFile(BAD / "plan.docx") as plain, zipfile.ZipFile(macro, "w", zipfile.ZIP_DEFLATED) as zf:
        for name in ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]:
            zf.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), plain.read(name))
        # The place of the macros, without any.
        zf.writestr(zipfile.ZipInfo("word/vbaProject.bin", (2026, 1, 1, 0, 0, 0)), b"no macros here")
    return macro.getvalue()


def apps(triangle, dots, melody, macro):
    own = [
        ("index.html", PAGE),
        ("css/style.css", STYLE),
        ("js/quiz.js", SCRIPT),
        ("images/triangle.png", triangle),
        ("images/dots.png", dots),
        ("sounds/bell.mp3", melody),
    ]

    def changed(**pages):
        return [(name, pages.get(name.replace("/", "_").replace(".", "_"), data)) for name, data in own]

    def in_head(lines):
        return changed(index_html=PAGE.replace("</head>", lines + "</head>"))

    archive(GOOD / "quiz.zip", own)
    folder = GOOD / "quiz-folder"
    for name, data in own:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    kazakh = [("сурет/үшбұрыш.png" if name == "images/triangle.png" else name, data) for name, data in own]
    archive(GOOD / "қосымша.zip", [(n, PAGE.replace("images/triangle", "сурет/үшбұрыш") if n == "index.html" else d) for n, d in kazakh])

    archive(BAD / "folder-inside.zip", own, folder="quiz/")
    archive(BAD / "index-case.zip", [("Index.HTML" if name == "index.html" else name, data) for name, data in own])
    archive(BAD / "no-index.zip", [("start.html" if name == "index.html" else name, data) for name, data in own])
    archive(BAD / "with-setup-exe.zip", own + [("setup.exe", program())])
    archive(BAD / "with-macro-docm.zip", own + [("plan.docm", macro)])
    archive(BAD / "with-renamed-exe.zip", own + [("run.txt", program())])
    archive(BAD / "with-bat.zip", own + [("run.bat", "@echo off\r\nstart index.html\r\n")])
    link = PAGE.replace("</body>", '  <a href="https://x.example/a.exe">Бағдарлама</a>\n</body>')
    archive(BAD / "links-to-exe.zip", changed(index_html=link))
    archive(BAD / "google-analytics.zip", in_head(
        '  <script async src="https://www.googletagmanager.com/gtag/js?id=G-0000000000"></script>\n'
        "  <script>\n    window.dataLayer = window.dataLayer || [];\n    function gtag(){dataLayer.push(arguments);}\n"
        "    gtag('js', new Date());\n    gtag('config', 'G-0000000000');\n  </script>\n"
    ))
    archive(BAD / "yandex-metrika.zip", in_head(
        "  <script>\n    (function(m,e,t,r,i,k,a){m[i]=m[i]||function(){(m[i].a=m[i].a||[]).push(arguments)};\n"
        "    k=e.createElement(t),a=e.getElementsByTagName(t)[0],k.async=1,k.src=r,a.parentNode.insertBefore(k,a)})\n"
        '    (window, document, "script", "https://mc.yandex.ru/metrika/tag.js", "ym");\n'
        '    ym(10000000, "init", { clickmap: true, trackLinks: true });\n  </script>\n'
        '  <noscript><div><img src="https://mc.yandex.ru/watch/10000000" alt=""></div></noscript>\n'
    ))
    archive(BAD / "outside-cdn.zip", in_head(
        '  <link href="https://fonts.googleapis.com/css2?family=Roboto" rel="stylesheet">\n'
        '  <script src="https://cdn.example/library.min.js"></script>\n'
    ))
    archive(BAD / "asks-email.zip", changed(index_html=PAGE.replace(
        "</body>", '  <form action="https://x.example/send"><input type="email" name="email"></form>\n</body>'
    )))
    archive(BAD / "missing-file.zip", [(name, data) for name, data in own if name != "images/triangle.png"])
    archive(BAD / "backslash-names.zip", [(name.replace("/", "\\"), data) for name, data in own])
    archive(BAD / "odd-content.zip", own + [("draft.pub", "a draft"), ("photo.exe.jpg", triangle)])
    archive(BAD / "nested-exe.zip", own + [("files.zip", (BAD / "with-setup-exe.zip").read_bytes())])
    archive(BAD / "nested-7z.zip", own + [("files.7z", seven_zip(own))])
    (BAD / "quiz.7z").write_bytes(seven_zip(own))
    protected = BAD / "encrypted.zip"
    protected.unlink(missing_ok=True)
    run("7z", "a", "-tzip", "-psecret", "-mem=ZipCrypto", protected, folder / "index.html")
    cut(GOOD / "quiz.zip", BAD / "cut.zip", 0.7)
    flipped = bytearray((GOOD / "quiz.zip").read_bytes())
    flipped[120] ^= 0xFF
    (BAD / "flipped.zip").write_bytes(flipped)
    # No free program writes RAR: the marker, a main header and an end header of an empty archive of version 5.
    (BAD / "quiz.rar").write_bytes(bytes.fromhex("526172211a070100 f3e182eb 0b0105070006010180808000 1d775651 03050400".replace(" ", "")))
    (BAD / "setup.exe").write_bytes(program())
    (BAD / "page.html").write_text(PAGE)
    (BAD / "run.bat").write_text("@echo off\r\nstart index.html\r\n")


def seven_zip(files):
    folder = WORK / "seven"
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    target = WORK / "quiz.7z"
    target.unlink(missing_ok=True)
    run("7z", "a", "-mtm=off", target, folder / "index.html", folder / "css")
    return target.read_bytes()


def main():
    for folder in [GOOD, BAD]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    triangle, dots = pictures()
    melody = sounds()
    films()
    macro = documents()
    apps(triangle, dots, melody, macro)
    shutil.rmtree(WORK)
    sizes = [path.stat().st_size for path in HERE.rglob("*") if path.is_file()]
    print(f"{len(sizes)} files, {sum(sizes)} bytes, the largest {max(sizes)}")


if __name__ == "__main__":
    main()
