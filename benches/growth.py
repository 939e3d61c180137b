#!/usr/bin/env python3
"""Shows what more of everything costs, as a table of seconds and of the most memory:

    benches/growth.py [--work DIR] [--most 100000] [TEKSER]

TEKSER is a release build, target/release/tekser if nothing is said. Ten times as many things, up to `--most`, should take ten
times as long and hardly more memory: submissions (small pictures of four formats, by turns), pages in one archive, pictures that
one page names and that are not there, scripts in one archive, and megabytes of one entry of an archive (a thousandth of `--most`).
"""

import argparse
import os
import sys
import zipfile

from measure import made, measured, pictures

PAGE = "<!doctype html><html lang=kk><title>{}</title><p>{}</p>"


def archive(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as app:
        for name, content in files:
            app.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def pages(path, count):
    start = [("index.html", PAGE.format("Start", "<a href='1.html'>1</a>"))]
    archive(path, start + [(f"{number}.html", PAGE.format(number, "words " * 50)) for number in range(1, count)])


def missing(path, count):
    pictures = "".join(f"<img src='p{number}.png' alt=''>\n" for number in range(count))
    archive(path, [("index.html", PAGE.format("Start", pictures))])


def scripts(path, count):
    tags = "".join(f"<script src='{number}.js'></script>\n" for number in range(min(count, 1000)))
    files = ((f"{number}.js", f"var v{number} = document.title; // {number}\n" * 5) for number in range(count))
    archive(path, [("index.html", PAGE.format("Start", tags)), *files])


def entry(path, count):
    """A text that packs neither well enough for a bomb nor so badly that nothing is unpacked."""
    megabytes = count // 1000
    piece = os.urandom(1 << 19).hex().encode()
    archive(path, [("index.html", PAGE.format("Start", "")), ("data.bin", b"\x01" + piece * megabytes)])


WORKLOADS = {
    "submissions": pictures, "pages of an archive": pages, "pictures that are not there": missing,
    "scripts of an archive": scripts, "MB of one entry": entry,
}


def checked(command):
    seconds, memory, status = measured(command)
    if status not in (0, 1):
        sys.exit(f"growth.py: {command} ended with {status}")
    return f"{seconds:.2f} | {memory:.0f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tekser", nargs="?", default="target/release/tekser")
    parser.add_argument("--work", default="/tmp/tekser-growth")
    parser.add_argument("--most", type=int, default=100_000)
    arguments = parser.parse_args()
    tekser, work = os.path.abspath(arguments.tekser), os.path.abspath(arguments.work)
    os.chdir(os.path.dirname(os.path.abspath(__file__)) + "/..")
    print("| what | how many | text s | text MiB | JSON s | JSON MiB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for what, make in WORKLOADS.items():
        for count in (100, 1_000, 10_000, 100_000):
            if count > arguments.most or (make is entry and count < 1_000):
                continue
            path = f"{work}/{what.replace(' ', '-')}-{count}" + ("" if make is pictures else ".zip")
            if not os.path.exists(path):
                os.makedirs(work, exist_ok=True)
                made(make, path, count)
            options = [] if make is pictures else ["--as", "app"]
            forms = [checked([tekser, "check", *options, "--format", form, path]) for form in ("text", "json")]
            number = count // 1000 if make is entry else count
            print(f"| {what} | {number:,} | {' | '.join(forms)} |", flush=True)


main()
