#!/usr/bin/env python3
"""Makes every file in samples/good/ and samples/bad/ anew.

    python3 tests/make-samples.py

Needs, on the PATH: ffmpeg (with libx264, libx265, libmp3lame, libvorbis,
libvpx), espeak-ng, 7z (p7zip-full) and soffice
(libreoffice-writer-nogui, libreoffice-impress-nogui); the font DejaVu Sans (fonts-dejavu-core); from PyPI: pillow,
pillow-heif and olefile.

The content is our own: triangles, a melody, a spoken sentence, a quiz. The encoders are real ones. What no encoder here
can make is written by hand, and harmless: a RAR archive that stores one page, a Windows program that ends at once, and
the macro project of a Word document, whose only macro is a comment.

A second run gives the same bytes, but for encrypted.zip (7-Zip salts it): dates are fixed, metadata is left out. Another
version of an encoder may give other bytes.
"""

import io
import os
import random
import re
import shutil
import struct
import subprocess
import tempfile
import uuid
import zipfile
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
import olefile
import pillow_heif

HERE = Path(__file__).resolve().parent.parent / "samples"
GOOD = HERE / "good"
BAD = HERE / "bad"
WORK = Path(tempfile.mkdtemp(prefix="samples-"))
DATE = (2026, 1, 1, 0, 0, 0)
FONT = "DejaVuSans.ttf"

PAPER, INK, FILL, RED = "#fdfaf2", "#334455", "#cfe0f4", "#aa3333"

PAGE = """<!doctype html>
<html lang="kk">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Үшбұрыш: сынақ</title>
  <link rel="stylesheet" href="css/style.css">
</head>
<body>
  <h1>Үшбұрыш туралы сынақ</h1>
  <img src="images/triangle.png" alt="ABC үшбұрышы және оның биіктігі" width="240" height="180">
  <p id="count"></p>
  <h2 id="question"></h2>
  <div id="answers"></div>
  <p id="result" role="status"></p>
  <button id="next" hidden>Келесі сұрақ</button>
  <audio id="bell" src="sounds/bell.mp3" preload="auto"></audio>
  <script src="js/quiz.js"></script>
</body>
</html>
"""

STYLE = """body {
  max-width: 36rem;
  margin: 2rem auto;
  padding: 0 1rem;
  font: 20px/1.5 sans-serif;
  color: #334455;
  background: #fff url("../images/dots.png");
}
button { display: block; width: 100%; margin: .5rem 0; padding: .5rem; font: inherit; }
.right { background: #bde5b8; }
.wrong { background: #f2c1b8; }
"""

SCRIPT = """// A quiz of five questions. It keeps nothing and sends nothing.
'use strict';

const questions = [
  ['Үшбұрыштың ішкі бұрыштарының қосындысы неге тең?', ['90°', '180°', '360°'], 1],
  ['Тең қабырғалы үшбұрыштың әр бұрышы неге тең?', ['45°', '60°', '90°'], 1],
  ['Тік бұрышты үшбұрыштың ең ұзын қабырғасы қалай аталады?', ['Катет', 'Медиана', 'Гипотенуза'], 2],
  ['Катеттері 3 және 4 болса, гипотенузасы неге тең?', ['5', '6', '7'], 0],
  ['Табаны 6, биіктігі 4 болса, ауданы неге тең?', ['24', '12', '10'], 1],
];

const at = (id) => document.getElementById(id);
let number = 0;
let right = 0;

function ask() {
  const [question, answers, correct] = questions[number];
  at('count').textContent = `Сұрақ ${number + 1} / ${questions.length}`;
  at('question').textContent = question;
  at('result').textContent = '';
  at('next').hidden = true;
  at('answers').replaceChildren(...answers.map((text, index) => {
    const button = document.createElement('button');
    button.textContent = text;
    button.addEventListener('click', () => answer(button, index === correct));
    return button;
  }));
}

function answer(button, isRight) {
  for (const each of at('answers').children) each.disabled = true;
  button.className = isRight ? 'right' : 'wrong';
  at('result').textContent = isRight ? 'Дұрыс!' : 'Қате.';
  if (isRight) {
    right += 1;
    at('bell').play().catch(() => {});
  }
  at('next').hidden = false;
}

at('next').addEventListener('click', () => {
  number += 1;
  if (number < questions.length) {
    ask();
    return;
  }
  at('count').textContent = 'Сынақ аяқталды';
  at('question').textContent = `Нәтиже: ${questions.length} сұрақтың ${right} дұрыс.`;
  at('answers').replaceChildren();
  at('result').textContent = '';
  at('next').hidden = true;
});

ask();
"""

# The counters as their makers hand them out, with numbers that belong to nobody.
GOOGLE = """  <!-- Google tag (gtag.js) -->
  <script async src="https://www.googletagmanager.com/gtag/js?id=G-0000000000"></script>
  <script>
    window.dataLayer = window.dataLayer || [];
    function gtag(){dataLayer.push(arguments);}
    gtag('js', new Date());

    gtag('config', 'G-0000000000');
  </script>
"""

YANDEX = """  <!-- Yandex.Metrika counter -->
  <script type="text/javascript">
    (function(m,e,t,r,i,k,a){m[i]=m[i]||function(){(m[i].a=m[i].a||[]).push(arguments)};
    m[i].l=1*new Date();
    for (var j = 0; j < document.scripts.length; j++) {if (document.scripts[j].src === r) { return; }}
    k=e.createElement(t),a=e.getElementsByTagName(t)[0],k.async=1,k.src=r,a.parentNode.insertBefore(k,a)})
    (window, document, "script", "https://mc.yandex.ru/metrika/tag.js", "ym");

    ym(00000000, "init", { clickmap:true, trackLinks:true, accurateTrackBounce:true, webvisor:true });
  </script>
  <noscript><div><img src="https://mc.yandex.ru/watch/00000000" style="position:absolute; left:-9999px;" alt=""></div></noscript>
  <!-- /Yandex.Metrika counter -->
"""

CDN = """  <link href="https://fonts.googleapis.com/css2?family=Roboto&display=swap" rel="stylesheet">
  <script src="https://cdn.jsdelivr.net/npm/jquery@3.7.1/dist/jquery.min.js"></script>
"""

DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="320" height="240" viewBox="0 0 320 240">
  <title>Үшбұрыштың биіктігі</title>
  <rect width="320" height="240" fill="#fdfaf2"/>
  <polygon points="40,200 280,200 120,60" fill="#cfe0f4" stroke="#334455" stroke-width="3"/>
  <line x1="120" y1="60" x2="120" y2="200" stroke="#aa3333" stroke-width="3" stroke-dasharray="8 5"/>
  <g font-family="sans-serif" font-size="18" fill="#334455">
    <text x="160" y="32" text-anchor="middle">Үшбұрыштың биіктігі</text>
    <text x="22" y="215">A</text><text x="114" y="54">B</text><text x="286" y="215">C</text>
  </g>
</svg>
"""

OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" office:version="1.2"'
)

PLAN = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {OFFICE} office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text>
<text:h text:outline-level="1">Сабақ жоспары</text:h>
<text:p>Пәні: геометрия. Сыныбы: 7.</text:p>
<text:p>Тақырыбы: үшбұрыштың ішкі бұрыштары.</text:p>
<text:p>Мақсаты: бұрыштардың қосындысы 180° екенін дәлелдеу.</text:p>
</office:text></office:body></office:document>
"""

SLIDES = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {OFFICE} office:mimetype="application/vnd.oasis.opendocument.presentation">
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="16cm"
 fo:page-height="12cm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="M" style:page-layout-name="L"/></office:master-styles>
<office:body><office:presentation>
<draw:page draw:name="1" draw:master-page-name="M"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="14cm" svg:height="3cm">
<draw:text-box><text:p>Үшбұрыш</text:p></draw:text-box></draw:frame></draw:page>
<draw:page draw:name="2" draw:master-page-name="M"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="14cm" svg:height="3cm">
<draw:text-box><text:p>A + B + C = 180°</text:p></draw:text-box></draw:frame></draw:page>
</office:presentation></office:body></office:document>
"""


def run(*command, **more):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, **more)


def ffmpeg(*arguments, **more):
    if "input" not in more:
        more["stdin"] = subprocess.DEVNULL
    run("ffmpeg", "-v", "error", "-y", *arguments, **more)


BITEXACT = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1"]


def as_bytes(data):
    return data.encode() if isinstance(data, str) else data


def cut(source, target, share):
    data = source.read_bytes()
    target.write_bytes(data[: int(len(data) * share)])


def archive(target, files, folder="", system=3):
    """A ZIP of (name, content) with fixed dates; `system` is where it says it was made: 0 Windows, 3 Unix."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zf:
        for name, data in files:
            info = zipfile.ZipInfo(folder + name, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = system
            info.external_attr = 0o100644 << 16 if system == 3 else 0x20
            zf.writestr(info, as_bytes(data))


def put(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(data))
    stamp = 1767225600  # 2026-01-01
    for path in folder.rglob("*"):
        os.utime(path, (stamp, stamp))


# Pictures


def triangle(width, height, title=None, part=1.0):
    """The triangle ABC and its height; `part` of its outline is drawn."""
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    a, b, c = [(round(x * width), round(y * height)) for x, y in [(0.12, 0.85), (0.38, 0.25), (0.88, 0.85)]]
    foot = (b[0], a[1])
    line = max(1, width // 120)
    if part >= 1:
        draw.polygon([a, b, c], fill=FILL)
    for index, (start, end) in enumerate([(a, b), (b, c), (c, a), (b, foot)]):
        done = min(1, max(0, part * 4 - index))
        if done:
            stop = tuple(round(s + (e - s) * done) for s, e in zip(start, end))
            draw.line([start, stop], fill=RED if index == 3 else INK, width=line)
    if title:
        font = ImageFont.truetype(FONT, width // 16)
        draw.text((width // 2, height // 10), title, INK, font, anchor="mm")
        for letter, (x, y), anchor in [("A", a, "rt"), ("B", b, "mb"), ("C", c, "lt"), ("H", foot, "mt")]:
            draw.text((x, y), letter, INK, font, anchor=anchor)
    return image


def plan():
    """A page of a lesson plan."""
    image = Image.new("RGB", (320, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.text((160, 22), "Сабақ жоспары", INK, ImageFont.truetype(FONT, 20), anchor="mm")
    font = ImageFont.truetype(FONT, 13)
    rows = [("Пәні", "Геометрия"), ("Сыныбы", "7"), ("Тақырыбы", "Үшбұрыш"), ("Уақыты", "45 минут"), ("Үй тапсырмасы", "№ 12")]
    for index, (left, right) in enumerate(rows):
        top = 45 + index * 28
        draw.rectangle([15, top, 305, top + 28], outline=INK)
        draw.line([140, top, 140, top + 28], fill=INK)
        draw.text((22, top + 14), left, INK, font, anchor="lm")
        draw.text((148, top + 14), right, INK, font, anchor="lm")
    return image


def photo():
    """A landscape with the noise of a camera."""
    image = Image.new("RGB", (320, 240))
    draw = ImageDraw.Draw(image)
    for y in range(240):
        draw.line([0, y, 320, y], fill=(110 + y // 3, 160 + y // 4, 235 - y // 8))
    draw.ellipse([240, 25, 285, 70], fill="#fff2b0")
    draw.polygon([(0, 170), (70, 90), (120, 140), (190, 60), (320, 170)], fill="#7d8fa5")
    draw.polygon([(190, 60), (165, 89), (190, 97), (215, 82)], fill="white")
    draw.rectangle([0, 165, 320, 240], fill="#7fa25a")
    draw.polygon([(140, 240), (180, 240), (162, 165), (158, 165)], fill="#cdb98c")
    noise = Image.frombytes("RGB", image.size, random.Random(7).randbytes(320 * 240 * 3))
    return Image.blend(image, noise, 0.04)


def pictures():
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = 1  # the right way up
    exif[0x0132] = "2026:01:01 09:00:00"
    photo().save(GOOD / "photo.jpg", quality=75, exif=exif)
    photo().save(GOOD / "progressive.jpeg", quality=60, progressive=True)
    triangle(480, 360, "Үшбұрыштың биіктігі").quantize(64).save(GOOD / "diagram.png", optimize=True)
    plan().save(GOOD / "Сабақ жоспары.png", optimize=True)
    frames = [triangle(160, 120, part=step / 12) for step in range(1, 13)]
    frames[0].save(GOOD / "animation.gif", save_all=True, append_images=frames[1:], duration=[120] * 11 + [1500], loop=0)
    (GOOD / "drawing.svg").write_text(DRAWING)

    photo().save(BAD / "photo.webp", quality=50)
    photo().resize((80, 60)).save(BAD / "photo.bmp")
    photo().save(BAD / "photo.heic", quality=40)
    triangle(320, 240, "Үшбұрыш").save(BAD / "scan.tiff", compression="tiff_lzw")
    shutil.copyfile(GOOD / "diagram.png", BAD / "png-inside.jpg")
    shutil.copyfile(GOOD / "photo.jpg", BAD / "no-extension")
    for name in ["photo.jpg", "diagram.png", "animation.gif", "drawing.svg"]:
        cut(GOOD / name, BAD / ("cut" + Path(name).suffix), 0.6)
    (BAD / "empty.jpg").write_bytes(b"")

    small, dots = io.BytesIO(), io.BytesIO()
    triangle(240, 180, "Үшбұрыш").quantize(32).save(small, "PNG", optimize=True)
    tile = Image.new("RGB", (16, 16), "white")
    tile.putpixel((8, 8), (190, 200, 215))
    tile.save(dots, "PNG", optimize=True)
    return small.getvalue(), dots.getvalue()


# Sounds and films


def sounds():
    notes = [(523, 0.35), (587, 0.35), (659, 0.35), (784, 0.7)]
    parts = "".join(f"sine=f={pitch}:d={long}:r=22050,afade=t=out:st={long * 0.6:.2f}:d={long * 0.4:.2f}[n{i}];" for i, (pitch, long) in enumerate(notes))
    graph = parts + "".join(f"[n{i}]" for i in range(len(notes))) + f"concat=n={len(notes)}:v=0:a=1"
    melody = GOOD / "melody.mp3"
    ffmpeg("-filter_complex", graph, "-ar", "22050", "-b:a", "32k", *BITEXACT, melody)
    bell = WORK / "bell.mp3"
    ffmpeg("-f", "lavfi", "-i", "sine=f=880:d=0.5:r=22050,afade=t=out:d=0.5", "-b:a", "32k", *BITEXACT, bell)
    spoken = WORK / "spoken.wav"
    run("espeak-ng", "-v", "kk", "-s", "150", "-w", spoken, "Үшбұрыштың үш бұрышы бар.")
    speech = GOOD / "speech.wav"
    ffmpeg("-i", spoken, "-t", "3", "-ar", "16000", "-ac", "1", *BITEXACT, speech)

    ffmpeg("-i", melody, "-c:a", "libvorbis", *BITEXACT, BAD / "sound.ogg")
    ffmpeg("-i", melody, "-c:a", "aac", "-b:a", "32k", *BITEXACT, BAD / "sound.m4a")
    ffmpeg("-i", melody, "-ar", "8000", "-c:a", "flac", *BITEXACT, BAD / "sound.flac")
    ffmpeg("-i", melody, "-c:a", "wmav2", "-b:a", "32k", *BITEXACT, BAD / "sound.wma")
    cut(melody, BAD / "cut.mp3", 0.5)
    cut(speech, BAD / "cut.wav", 0.5)
    (BAD / "noise.mp3").write_bytes(random.Random(121).randbytes(20_000))
    return bell.read_bytes(), speech


def film(target, speech, seconds=4, size=(96, 72), rate=5, codec="libx264", sound=("aac", "24k"), more=()):
    """The triangle is drawn while the sentence is spoken. Without `sound` it is silent."""
    frames = b"".join(triangle(*size, part=(step + 1) / (seconds * rate - 3)).tobytes() for step in range(seconds * rate))
    inputs = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", rate, "-i", "-"]
    audio = []
    if sound:
        inputs += ["-i", speech]
        audio = ["-af", f"apad=whole_dur={seconds}", "-ar", "22050", "-c:a", sound[0], "-b:a", sound[1]]
    ffmpeg(*inputs, "-t", seconds, "-c:v", codec, "-pix_fmt", "yuv420p", *audio, *BITEXACT, *more, target, input=frames)


def long_film(target, seconds, sound=False):
    """A picture that does not move, one a second: ten minutes of it are small."""
    still = WORK / "still.png"
    triangle(64, 48).save(still)
    inputs = ["-loop", "1", "-framerate", "1", "-i", still]
    audio = []
    if sound:
        inputs += ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono"]
        audio = ["-c:a", "aac", "-b:a", "8k"]
    ffmpeg(
        *inputs, "-t", seconds, "-c:v", "libx264", "-tune", "stillimage", "-pix_fmt", "yuv420p", "-g", "300", *audio,
        "-movflags", "+faststart", *BITEXACT, target,
    )


def films(speech):
    first = ["-movflags", "+faststart"]
    film(GOOD / "lesson.mp4", speech, more=first)
    film(GOOD / "lesson.mov", speech)
    long_film(GOOD / "lesson-9-59.mp4", 599)
    long_film(BAD / "lesson-10-01.mp4", 601)
    long_film(BAD / "lesson-10-01.mov", 601, sound=True)
    film(BAD / "clip.avi", speech, 2, codec="mpeg4", sound=("libmp3lame", "24k"))
    film(BAD / "clip.wmv", speech, 2, codec="wmv2", sound=("wmav2", "32k"))
    film(BAD / "clip.mkv", speech, 2)
    film(BAD / "clip.webm", speech, 2, codec="libvpx", sound=("libvorbis", "32k"))
    film(BAD / "clip.3gp", speech, 2, size=(176, 144), codec="h263", sound=None)
    shutil.copyfile(GOOD / "lesson.mp4", BAD / "video-named.jpg")
    cut(GOOD / "lesson.mp4", BAD / "cut.mp4", 0.7)
    last = WORK / "header-last.mp4"
    film(last, speech)
    cut(last, BAD / "no-moov.mp4", 0.75)
    cut(GOOD / "lesson.mov", BAD / "no-moov.mov", 0.75)
    (BAD / "noise.mp4").write_bytes(random.Random(45).randbytes(20_000))


# What complies and will hurt in class


def declare(source, target, duration):
    """The headers of a film declare another duration, in ticks; its sample tables keep the true one."""
    data = bytearray(source.read_bytes())
    for name, at in [(b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)]:
        for found in re.finditer(name, bytes(data)):
            struct.pack_into(">I", data, found.start() + at, duration)
    target.write_bytes(data)


def classroom(speech):
    film(BAD / "hevc.mp4", speech, 2, codec="libx265", more=["-tag:v", "hvc1", "-x265-params", "log-level=none:info=0"])
    film(BAD / "ten-bit.mp4", speech, 2, more=["-pix_fmt", "yuv422p10le"])
    film(BAD / "fast.mp4", speech, 1, rate=120)
    film(BAD / "interlaced.mp4", speech, 2, more=["-flags", "+ilme+ildct", "-field_order", "tt"])
    upright = WORK / "upright.mp4"
    film(upright, speech, 2)
    ffmpeg("-i", upright, "-c", "copy", *BITEXACT, "-metadata:s:v", "rotate=90", BAD / "turned.mp4")
    film(BAD / "one-sided.mp4", speech, 3, more=["-af", "apad=whole_dur=3,pan=stereo|c0=c0"])
    silence = WORK / "silence.wav"
    ffmpeg("-f", "lavfi", "-i", "anullsrc=r=22050:cl=mono:d=3", silence)
    film(BAD / "silent.mp4", silence, 3)
    hum = WORK / "hum.wav"
    ffmpeg("-f", "lavfi", "-i", "sine=f=50:r=22050:d=3", hum)
    film(BAD / "hum.mp4", hum, 3, more=["-af", "anull"])
    declare(GOOD / "lesson.mp4", BAD / "lying-header.mp4", 200_000)
    ffmpeg("-i", speech, "-c:a", "adpcm_ima_wav", *BITEXACT, BAD / "packed.wav")

    place = Image.Exif()
    place[0x8825] = {1: "N", 2: (43.0, 14.0, 16.0), 3: "E", 4: (76.0, 52.0, 58.0)}
    photo().save(BAD / "located.jpg", quality=60, exif=place)
    photo().convert("CMYK").save(BAD / "print.jpg", quality=50)
    (BAD / "motion-photo.jpg").write_bytes((GOOD / "photo.jpg").read_bytes() + (GOOD / "lesson.mp4").read_bytes())
    (BAD / "archive-inside.png").write_bytes((GOOD / "diagram.png").read_bytes() + (GOOD / "quiz.zip").read_bytes())
    shutil.copyfile(GOOD / "photo.jpg", BAD / "photo.png.jpg")
    acts = DRAWING.replace("</svg>", '<script>alert(1)</script><image href="https://x.example/a.png" width="9" height="9"/></svg>')
    (BAD / "acting.svg").write_text(acts)


# Programs and documents


def program():
    """A Windows program of one section: `xor eax, eax; ret`."""
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


def compound(streams, kind=bytes(16)):
    """An OLE compound file of (path, bytes), and `kind`, the class of its root."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    sectors, fat, mini, mini_fat, starts = b"", [], b"", [], {}

    def chain(table, data, size):
        """Room for `data` in `table`; gives where it starts and the padded bytes."""
        blocks = max(1, -(-len(data) // size))
        start = len(table)
        table.extend([start + i + 1 for i in range(blocks - 1)] + [end])
        return start, data.ljust(blocks * size, b"\0")

    for path, data in streams:
        if len(data) < 4096:
            starts[path], padded = chain(mini_fat, data, 64)
            mini += padded
        else:
            starts[path], padded = chain(fat, data, 512)
            sectors += padded
    mini_at, padded = chain(fat, mini, 512)
    sectors += padded
    contents = dict(streams)
    # Entries: the root, what lies in it, what lies in VBA; each folder's entries hang to the right, shortest name first.
    order = lambda path: (len(path.split("/")[-1]), path.upper())
    outer = sorted({path.split("/")[0] for path in contents}, key=order)
    inner = sorted((path for path in contents if "/" in path), key=order)
    number = {path: index + 1 for index, path in enumerate(outer + inner)}

    def entry(name, sort, right, child, start, size, mark=bytes(16)):
        wide = name.encode("utf-16-le")
        head = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide) + 2, sort, 1, free, right, child)
        return head + mark + bytes(20) + struct.pack("<IQ", start, size)

    entries = [entry("Root Entry", 5, free, number[outer[0]], mini_at, len(mini), kind)]
    for group in [outer, inner]:
        for index, path in enumerate(group):
            right = number[group[index + 1]] if index + 1 < len(group) else free
            if path in contents:
                entries.append(entry(path.split("/")[-1], 2, right, free, starts[path], len(contents[path])))
            else:
                entries.append(entry(path, 1, right, number[inner[0]], 0, 0))
    while len(entries) % 4:
        entries.append(bytes(68) + struct.pack("<III", free, free, free) + bytes(48))
    listing_at, listing = chain(fat, b"".join(entries), 512)
    mini_fat_at, mini_table = chain(fat, struct.pack(f"<{len(mini_fat)}I", *mini_fat), 512)
    mini_table = mini_table[: 4 * len(mini_fat)].ljust(len(mini_table), b"\xff")
    fat_at = len(fat)
    fat.append(0xFFFFFFFD)
    assert len(fat) <= 128, "one table is enough for 64 KB"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, listing_at, 0, 4096, mini_fat_at, len(mini_table) // 512, end, 0, fat_at
    )
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header.ljust(512, b"\xff") + sectors + listing + mini_table + table


def vba_project():
    """The macro project of a Word document, with one module that holds a comment."""

    def packed(data):
        """The container of MS-OVBA, all of it literal."""
        body = b"".join(b"\0" + data[at : at + 8] for at in range(0, len(data), 8))
        return b"\x01" + struct.pack("<H", 0xB000 | (len(body) + 2 - 3)) + body

    def record(number, data):
        return struct.pack("<HI", number, len(data)) + data

    def twice(number, second, text):
        return record(number, text.encode()) + record(second, text.encode("utf-16-le"))

    module = "Module1"
    source = f'Attribute VB_Name = "{module}"\r\n\' Nothing is done here.\r\n'.encode()
    listing = (
        record(0x01, struct.pack("<I", 1)) + record(0x02, struct.pack("<I", 0x409)) + record(0x14, struct.pack("<I", 0x409))
        + record(0x03, struct.pack("<H", 1251)) + record(0x04, b"Project") + twice(0x05, 0x40, "") + record(0x06, b"")
        + record(0x3D, b"") + record(0x07, bytes(4)) + record(0x08, bytes(4))
        + struct.pack("<HIIH", 0x09, 4, 1, 1) + twice(0x0C, 0x3C, "")
        + record(0x0F, struct.pack("<H", 1)) + record(0x13, struct.pack("<H", 0xFFFF))
        + twice(0x19, 0x47, module) + twice(0x1A, 0x32, module) + twice(0x1C, 0x48, "")
        + record(0x31, bytes(4)) + record(0x1E, bytes(4)) + record(0x2C, struct.pack("<H", 0xFFFF))
        + struct.pack("<HI", 0x21, 0) + struct.pack("<HI", 0x2B, 0) + struct.pack("<HI", 0x10, 0)
    )
    project = f'ID="{{00000000-0000-0000-0000-000000000000}}"\r\nModule={module}\r\nName="Project"\r\n'.encode()
    return compound([
        ("PROJECT", project),
        ("VBA/dir", packed(listing)),
        ("VBA/_VBA_PROJECT", bytes.fromhex("cc61ffff000000")),
        (f"VBA/{module}", packed(source)),
    ])


def macro_document():
    """plan.docm: the smallest Word document with macros."""
    main = "http://schemas.openxmlformats.org"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    target = io.BytesIO()
    archive(target, [
        ("[Content_Types].xml", head + f'<Types xmlns="{main}/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'),
        ("_rels/.rels", head + f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{main}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", head + f'<w:document xmlns:w="{main}/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            '<w:t>Сабақ жоспары</w:t></w:r></w:p></w:body></w:document>'),
        ("word/_rels/document.xml.rels", head + f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>'),
        ("word/vbaProject.bin", vba_project()),
    ])
    return target.getvalue()


def undated(path):
    """The same Office document with fixed dates in its archive and its properties, and fixed ids of its fields."""
    with zipfile.ZipFile(path) as old:
        files = [(info.filename, old.read(info)) for info in old.infolist() if not info.is_dir()]
    dates = (rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2026-01-01T00:00:00Z")
    ids = (rb'(?<=<a:fld id="\{)[-0-9A-F]+', b"00000000-0000-0000-0000-000000000000")
    archive(path, [(name, re.sub(*ids, re.sub(*dates, data))) for name, data in files])


def same_every_time(path):
    """The same PDF with fixed dates and ids; nothing moves in it."""
    data = re.sub(rb"(?<=CreationDate\(D:)\d{14}", b"20260101000000", path.read_bytes())
    path.write_bytes(re.sub(rb"(?<=[</])[0-9A-F]{32}\b", b"0" * 32, data))


def without_thumbnail(path):
    """The same presentation without its properties, which hold a picture of half a megabyte."""
    with olefile.OleFileIO(path) as old:
        names = ["/".join(name) for name in old.listdir()]
        kept = [(name, old.openstream(name).read()) for name in names if "SummaryInformation" not in name and old.get_size(name)]
        kind = uuid.UUID(old.root.clsid).bytes_le if old.root.clsid else bytes(16)
    path.write_bytes(compound(kept, kind))


def documents():
    texts = WORK / "plan.fodt"
    texts.write_text(PLAN)
    slides = WORK / "slides.fodp"
    slides.write_text(SLIDES)
    shutil.copyfile(texts, WORK / "book.fodt")
    for source, kind in [("plan.fodt", "doc"), ("plan.fodt", "docx"), ("slides.fodp", "ppt"), ("slides.fodp", "pptx"), ("book.fodt", "pdf")]:
        run(
            "soffice", f"-env:UserInstallation=file://{WORK}/office", "--headless", "--convert-to", kind, "--outdir", BAD,
            WORK / source, stderr=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "TZ": "UTC"},
        )
    undated(BAD / "plan.docx")
    undated(BAD / "slides.pptx")
    same_every_time(BAD / "book.pdf")
    without_thumbnail(BAD / "slides.ppt")
    shutil.copyfile(BAD / "book.pdf", BAD / "pdf-named.mp4")


# Apps


def seven_zip(files):
    folder = WORK / "seven"
    put(folder, files)
    target = WORK / "quiz.7z"
    target.unlink(missing_ok=True)
    run("7z", "a", "-mtm=off", "-mta=off", "-mtc=off", "-mmt=1", target, *sorted({name.split("/")[0] for name, _ in files}), cwd=folder)
    return target.read_bytes()


def rar(name, data):
    """A RAR archive of version 5 that stores one file. No free program writes RAR; storing needs none."""

    def number(value):
        out = b""
        while value >= 128:
            out += bytes([value & 127 | 128])
            value >>= 7
        return out + bytes([value])

    def block(body, area=b""):
        sized = number(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized + area

    label = name.encode()
    start = block(number(1) + number(0) + number(0))
    file = (
        number(2) + number(2) + number(len(data)) + number(4) + number(len(data)) + number(0o100644)
        + struct.pack("<I", zlib.crc32(data)) + number(0) + number(1) + number(len(label)) + label
    )
    finish = block(number(5) + number(0) + number(0))
    return b"Rar!\x1a\x07\x01\0" + start + block(file, data) + finish


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="quiz" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Quiz</title><item identifier="i" identifierref="r"><title>Quiz</title></item></organization></organizations>
  <resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="lesson/start.html"><file href="lesson/start.html"/></resource></resources>
</manifest>
"""


def apps(picture, dots, bell):
    own = [
        ("index.html", PAGE),
        ("css/style.css", STYLE),
        ("js/quiz.js", SCRIPT),
        ("images/triangle.png", picture),
        ("images/dots.png", dots),
        ("sounds/bell.mp3", bell),
    ]

    def renamed(old, new):
        return [(new if name == old else name, data) for name, data in own]

    def renamed_data(changed, content):
        return [(name, content if name == changed else data) for name, data in own]

    def with_page(page):
        return [("index.html", page)] + own[1:]

    def in_head(lines):
        return with_page(PAGE.replace("</head>", lines + "</head>"))

    def in_body(lines):
        return with_page(PAGE.replace("</body>", lines + "</body>"))

    archive(GOOD / "quiz.zip", own)
    put(GOOD / "quiz-folder", own)
    kazakh = [("сурет/үшбұрыш.png" if name == "images/triangle.png" else name, data) for name, data in own]
    kazakh[0] = ("index.html", PAGE.replace("images/triangle.png", "сурет/үшбұрыш.png"))
    archive(GOOD / "қосымша.zip", kazakh)

    archive(BAD / "folder-inside.zip", own, folder="quiz/")
    archive(BAD / "index-case.zip", renamed("index.html", "Index.HTML"))
    archive(BAD / "no-index.zip", renamed("index.html", "start.html"))
    archive(BAD / "with-setup-exe.zip", own + [("setup.exe", program())])
    archive(BAD / "with-renamed-exe.zip", own + [("run.txt", program())])
    archive(BAD / "with-bat.zip", own + [("run.bat", "@echo off\r\nstart index.html\r\n")])
    archive(BAD / "with-macro-docm.zip", own + [("plan.docm", macro_document())])
    archive(BAD / "nested-exe.zip", own + [("files.zip", (BAD / "with-setup-exe.zip").read_bytes())])
    archive(BAD / "nested-7z.zip", own + [("files.7z", seven_zip(own))])
    archive(BAD / "links-to-exe.zip", in_body('  <a href="https://x.example/a.exe">Бағдарламаны жүктеу</a>\n'))
    archive(BAD / "google-analytics.zip", in_head(GOOGLE))
    archive(BAD / "yandex-metrika.zip", in_head(YANDEX))
    archive(BAD / "outside-cdn.zip", in_head(CDN))
    archive(BAD / "asks-email.zip", in_body(
        '  <form action="https://x.example/send" method="post"><label>Пошта: <input type="email" name="email"></label></form>\n'
    ))
    archive(BAD / "missing-file.zip", [(name, data) for name, data in own if name != "images/triangle.png"])
    archive(BAD / "broken-script.zip", renamed_data("js/quiz.js", SCRIPT + "\nfunction check( {\n"))
    archive(BAD / "scorm-without-start.zip", own + [("imsmanifest.xml", MANIFEST)])
    archive(BAD / "backslash-names.zip", [(name.replace("/", "\\"), data) for name, data in own], system=0)
    archive(BAD / "odd-content.zip", own + [("draft.pub", "a draft"), ("photo.exe.jpg", picture)])
    (BAD / "quiz.7z").write_bytes(seven_zip(own))
    (BAD / "quiz.rar").write_bytes(rar("index.html", PAGE.encode()))
    protected = BAD / "encrypted.zip"
    protected.unlink(missing_ok=True)
    run("7z", "a", "-tzip", "-psecret", "-mem=ZipCrypto", protected, ".", cwd=GOOD / "quiz-folder")
    cut(GOOD / "quiz.zip", BAD / "cut.zip", 0.7)
    flipped = bytearray((GOOD / "quiz.zip").read_bytes())
    flipped[120] ^= 0xFF  # within the packed index.html
    (BAD / "flipped.zip").write_bytes(flipped)
    (BAD / "setup.exe").write_bytes(program())
    (BAD / "run.bat").write_bytes(b"@echo off\r\nstart index.html\r\n")
    (BAD / "page.html").write_text(PAGE)


def main():
    for folder in [GOOD, BAD]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    picture, dots = pictures()
    bell, speech = sounds()
    films(speech)
    classroom(speech)
    documents()
    apps(picture, dots, bell)
    shutil.rmtree(WORK)
    sizes = [path.stat().st_size for path in HERE.rglob("*") if path.is_file()]
    print(f"{len(sizes)} files, {sum(sizes)} bytes, the largest {max(sizes)}")


if __name__ == "__main__":
    main()
