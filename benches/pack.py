#!/usr/bin/env python3
"""Breaks apps in the ways in which teachers do, packs them, and looks at what comes out.

    benches/pack.py FOLDER [TEKSER]
        For each app (ZIP) in FOLDER and each way: breaks the app, packs it, packs it once more from a folder, and compares
        the package with the app. Prints a line an app and way: what came of it, repairs, files that differ.

    benches/pack.py FOLDER --browser chromium,firefox,webkit [TEKSER]
        The same for the ways that change names or addresses; besides, opens the app and the package in browsers and
        compares what they show.

Ends with 1 if anything was lost, differed between two packings, or has errors that the app had not.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from pathlib import Path

TRACKER = b'<script async src="https://www.googletagmanager.com/gtag/js?id=G-X"></script>'
FONT = b'<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Roboto">'


class OldName(zipfile.ZipInfo):
    """An entry whose name is in the code page of an old Windows, and says nothing of that."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("cp866"), self.flag_bits & ~0x800


def asset(files):
    """A file that the start page asks for by its plain name, and that lies in a folder."""
    page = files["index.html"].decode("utf-8", "replace")
    for name in re.findall(r'(?:src|href)="([\w./-]+\.(?:css|js|png|svg|jpg))"', page):
        if name in files and "/" in name:
            return name
    for name in re.findall(r'(?:src|href)="([\w.-]+\.(?:css|js|png|svg|jpg))"', page):
        if name in files:
            return name
    return None


def in_pages(files, old, new):
    """The same app, the pages of which ask for `new` where they asked for `old` in the same folder."""
    old, new = (name.rpartition("/")[2].encode() for name in (old, new))
    asked = re.compile(rb'(["/])' + re.escape(old) + b'"')
    pages = {name: asked.sub(lambda found: found[1] + new + b'"', content) for name, content in files.items() if name.endswith(".html")}
    return {**files, **pages}


def moved(files, old, new):
    return {new if name == old else name: content for name, content in files.items()}


def added(files, markup):
    page = files["index.html"]
    at = re.search(rb"<head[^>]*>", page, re.IGNORECASE)
    at = at.end() if at else 0
    return {**files, "index.html": page[:at] + markup + page[at:]}


def beside(name, prefix):
    """A name in the same folder."""
    folder, slash, last = name.rpartition("/")
    return folder + slash + prefix + last


LITTER = {"Thumbs.db": b"x", ".DS_Store": b"x", "__MACOSX/._index.html": b"x", ".git/HEAD": b"x", "img/desktop.ini": b"x"}

# What is done to the app, and the arguments of the packing. What the start page asks for is `a`.
WAYS = {
    "folder": (lambda f, a: {f"Менің қосымшам/{name}": content for name, content in f.items()}, []),
    "folders": (lambda f, a: {**{f"a/b c/{name}": content for name, content in f.items()}, **LITTER}, []),
    "litter": (lambda f, a: {**f, **LITTER}, []),
    "index": (lambda f, a: moved(f, "index.html", "Index.HTM"), []),
    "no-index": (lambda f, a: moved(f, "index.html", "сабақ.html"), []),
    "case": (lambda f, a: moved(f, a, a.upper()), []),
    "cyrillic": (lambda f, a: in_pages(moved(f, a, beside(a, "Сурет пен үлгі ")), a, beside(a, "Сурет пен үлгі ")), ["--fix", "all"]),
    "backslashes": (lambda f, a: {name.replace("/", "\\"): content for name, content in f.items()}, []),
    "old-names": (lambda f, a: {**f, "Урок/Задание 1.txt": b"x"}, []),
    "composed": (lambda f, a: in_pages(moved(f, a, unicodedata.normalize("NFD", beside(a, "йогурт-"))), a, beside(a, "йогурт-")), []),
    "tracker": (lambda f, a: added(f, TRACKER), ["--fix", "all"]),
    "font": (lambda f, a: added(f, FONT), []),
}


# Those that a browser could take amiss.
SHOWN = ("index", "case", "cyrillic", "tracker")


def read(path):
    with zipfile.ZipFile(path) as zipped:
        names = (one.filename for one in zipped.infolist() if not one.is_dir())
        # What nobody misses.
        return {name: zipped.read(name) for name in names if not name.endswith((".DS_Store", "Thumbs.db"))}


def write(path, files, old):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            entry = OldName(name) if old else zipfile.ZipInfo(name)
            # Python makes slashes of backslashes on Windows alone.
            entry.filename, entry.compress_type = name, zipfile.ZIP_DEFLATED
            zipped.writestr(entry, content)


def packed(tekser, source, out, arguments):
    ran = subprocess.run([tekser, "pack", source, "--out", out, "--allow-findings", "--lang", "en", *arguments], capture_output=True, check=False)
    return ran.returncode, (ran.stdout + ran.stderr).decode()


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def errors(tekser, path, browsers):
    ran = subprocess.run([tekser, "check", path, "--browser", browsers, "--format", "json"], capture_output=True, check=False)
    visits = json.loads(ran.stdout)["submissions"][0]["facts"].get("visits", [])
    told = set()
    for visit in visits:
        told.add((visit["browser"], visit["screen"], "drawn", visit.get("drawn")))
        for error in visit.get("errors", []):
            told.add((visit["browser"], visit["screen"], error["kind"], re.sub(r"\d+", "#", error["message"])[:80]))
        told.update((visit["browser"], visit["screen"], "missing", name) for name in visit.get("missing", []))
    return told


def main(folder, tekser, browsers):
    bad = 0
    apps = sorted(path for path in Path(folder).iterdir() if path.suffix == ".zip")
    assert apps, folder
    for app in apps:
        files = read(app)
        wanted = asset(files)
        before = errors(tekser, app, browsers) if browsers else set()
        for way, (breaks, arguments) in WAYS.items():
            with tempfile.TemporaryDirectory() as place:
                place = Path(place)
                if browsers and way not in SHOWN:
                    continue
                if wanted is None and way in ("case", "cyrillic", "composed"):
                    print(f"{app.stem:24} {way:12} no file to break")
                    continue
                broken = breaks(files, wanted)
                write(place / "broken.zip", broken, way == "old-names")
                status, said = packed(tekser, place / "broken.zip", place / "one.zip", arguments)
                if not (place / "one.zip").exists():
                    print(f"{app.stem:24} {way:12} exit {status}: refused: {' '.join(said.split())[:140]}")
                    bad += way not in ("no-index",)
                    continue
                packed(tekser, place / "broken.zip", place / "two.zip", arguments)
                receipt = json.loads((place / "one.zip.tekser.json").read_text())
                repairs = ",".join(sorted({step["repair"] for step in receipt["repairs"]}))
                now = read(place / "one.zip")
                kept = {hashlib.sha256(content).hexdigest() for content in now.values()}
                # Every content of the app is in the package, but for pages, styles and scripts with other addresses.
                lost = [name for name, content in files.items() if hashlib.sha256(content).hexdigest() not in kept]
                same = digest(place / "one.zip") == digest(place / "two.zip")
                line = f"{app.stem:24} {way:12} exit {status} {receipt['verdict']:14} {repairs:40} {len(now):5} files, {len(lost)} rewritten"
                wrong = "" if same else " NOT THE SAME TWICE"
                if len(now) < len(files):
                    wrong += f" {len(files) - len(now)} FILES LOST"
                if way in ("folder", "folders", "litter", "backslashes", "old-names") and lost:
                    wrong += f" CHANGED: {lost[:3]}"
                if browsers:
                    new = errors(tekser, place / "one.zip", browsers) - before
                    line += f", browsers: {len(new)} new"
                    wrong += f" {sorted(map(str, new))[:3]}" if new else ""
                bad += bool(wrong)
                print(line + wrong, flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    arguments = sys.argv[1:]
    browsers = None
    if "--browser" in arguments:
        at = arguments.index("--browser")
        browsers = arguments[at + 1]
        del arguments[at : at + 2]
    if not arguments or not os.path.isdir(arguments[0]):
        sys.exit(__doc__)
    sys.exit(main(arguments[0], arguments[1] if len(arguments) > 1 else "target/release/tekser", browsers))
