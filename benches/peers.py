#!/usr/bin/env python3
"""Times whole checks beside the programs that do a part of the same work, and writes a table of ratios:

    benches/peers.py [--rounds 5] [--work DIR] [--only WORKLOAD,...] [TEKSER] > table.md

TEKSER is a release build, target/release/tekser if nothing is said. The workloads are made in DIR (by ffmpeg, from packages of
the npm registry) and stay there for the next run. All programs of a row run in turns, so that a machine that is busy for a
while is busy for all of them; a ratio is the median of the ratios of the rounds, above 1 where tekser is faster. A peer that is
not on this machine is said to be missing.

Workloads: media (500 recordings), apps (100 ZIPs), small (10,000 pictures), course (one ZIP of 200 MB of recordings and what plays
them), lesson (one ZIP of 200 MB, a third of it libraries), scripts (one ZIP of 200 MB with hardly anything but scripts), film (one
MP4 of 200 MB), unpacked (apps as folders, mostly scripts), site (an app of 5,000 pages that link to one another, as a folder), start
(one small drawing).

Peers: ffprobe, mediainfo, 7zz (7zip), unzip, sha256sum, clamscan (clamav), addons-linter (npm), lychee (cargo install lychee).
"""

import argparse
import glob
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tarfile
import time
import zipfile

from measure import made, measured, pictures

# A sound that swells, as speech does; a steady one would have to be decoded to its end before it is called steady.
SOUND = "aevalsrc='0.5*sin(2*PI*440*t)*abs(sin(3*t))':s=44100"

# Libraries, games, editors and players, with their demonstrations. That is the worst there can be, hardly anything but
# scripts; apps of schools are half pictures and sound.
PACKAGES = """reveal.js@5 swagger-ui-dist@5 pdfjs-dist@4 phaser@3 jspsych@7 ckeditor4@4 mathjax@3 scorm-again@2
h5p-standalone@3 monaco-editor@0.45 blockly@10 impress.js@1 tinymce@6 three@0.160 leaflet@1 katex@0.16 docsify@4 p5@1
video.js@8 echarts@5 babylonjs@6 plotly.js-dist@2 scratch-blocks@1 phaser-ce@2 pixi.js@7 createjs@1 howler@2 fabric@5
konva@9 mermaid@10 ace-builds@1 codemirror@5 highlight.js@11 jquery-ui-dist@1 bootstrap@5 jquery@3 gsap@3 d3@7 lodash@4
vue@3 angular@1""".split()

# What a lesson with recordings is usually made of.
PLAYER = ("reveal.js", "h5p-standalone", "video.js", "jquery-3", "howler", "katex")

# Workloads whose apps are folders, for what cannot look into an archive.
FOLDERS = ("unpacked", "site")

# A linter or a scanner of viruses takes a minute where others take a second: it gets one in so many of the files, once.
SHARE = 10
SMALL_SHARE = 50


def run(command, **options):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], check=True, stdin=subprocess.DEVNULL)


# Workloads. Each makes a folder once.


def make_media(folder):
    """A few dozen encodes of several kinds and lengths; from each, copies without a new encode, told apart by their title."""
    encoded = folder + ".encoded"
    os.makedirs(encoded, exist_ok=True)
    h264, fast = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"], ["-movflags", "+faststart"]
    fragments = ["-movflags", "+frag_keyframe+empty_moov"]
    kinds = {
        "h264.mp4": (h264, []),
        "front.mp4": (h264 + fast, fast),
        "fragments.mp4": (h264 + fragments, fragments),
        "mpeg4.mov": (["-c:v", "mpeg4", "-c:a", "pcm_s16le"], []),
        "h264.mov": (h264, []),
        "constant.mp3": (["-map", "1", "-c:a", "libmp3lame", "-b:a", "128k"], []),
        "variable.mp3": (["-map", "1", "-c:a", "libmp3lame", "-q:a", "4"], []),
        "mono.wav": (["-map", "1", "-c:a", "pcm_s16le"], []),
        "deep.wav": (["-map", "1", "-c:a", "pcm_s24le", "-ar", "48000", "-ac", "2"], []),
    }
    made = 0
    for seconds in (2, 6, 20, 60):
        for kind, (encode, again) in kinds.items():
            source = f"{encoded}/{seconds}-{kind}"
            picture = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-f", "lavfi", "-i", SOUND]
            ffmpeg(*picture, "-t", str(seconds), *encode, source)
            for number in range(14):
                if made < 500:
                    title = ["-metadata", f"title=Lesson {number} of {kind}"]
                    ffmpeg("-i", source, "-map", "0", "-c", "copy", *title, *again, f"{folder}/{number:02}-{seconds}-{kind}")
                    made += 1
    shutil.rmtree(encoded)


def packages(folder):
    """Packages of the npm registry, as they were published."""
    store = os.path.dirname(folder) + "/packages"
    os.makedirs(store, exist_ok=True)
    for package in PACKAGES:
        if not glob.glob(f"{store}/{package.split('@')[0].replace('/', '-')}-[0-9]*.tgz"):
            run(["npm", "pack", "--silent", package], cwd=store)
    return sorted(glob.glob(store + "/*.tgz"))


def pack(path, archives):
    """One app of these packages, with a start page that loads something."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as app:
        names = set()
        for archive in archives:
            top = os.path.basename(archive)[:-4] + "/" if len(archives) > 1 else ""
            with tarfile.open(archive) as tar:
                for member in tar:
                    name = top + member.name.split("/", 1)[-1]
                    if member.isfile() and name not in names:
                        names.add(name)
                        info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
                        app.writestr(info, tar.extractfile(member).read(), zipfile.ZIP_DEFLATED)
        if "index.html" not in names:
            scripts = [name for name in sorted(names) if name.endswith(".js")][:3]
            tags = "".join(f'<script src="{name}"></script>' for name in scripts)
            app.writestr("index.html", "<!doctype html><title>App</title>" + tags)


def make_apps(folder):
    """Each package alone and then with its neighbour, until there are a hundred apps."""
    archives = packages(folder)
    for number in range(100):
        first = number % len(archives)
        pack(f"{folder}/app-{number:03}.zip", archives[first : first + 1 + number // len(archives)])


def up_to(files, size):
    """As many of these files as have that size together."""
    chosen = []
    for file in files:
        if size > 0:
            chosen.append(file)
            size -= os.path.getsize(file)
    return chosen


def make_scripts(folder):
    # A package that comes in twice has a folder of its own each time.
    copies = []
    for number, archive in enumerate(up_to(packages(folder) * 4, 200e6)):
        copy = f"{folder}/{number}-{os.path.basename(archive)}"
        os.symlink(archive, copy)
        copies.append(copy)
    pack(folder + "/scripts.zip", copies)
    for copy in copies:
        os.remove(copy)


def pack_with_recordings(path, archives):
    """One app of these packages and recordings, 200 MB before they are packed together."""
    pack(path, archives)
    recordings, _ = workload("media", os.path.dirname(os.path.dirname(path)))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as app:
        for recording in up_to(recordings, 200e6 - os.path.getsize(path)):
            app.write(recording, "media/" + os.path.basename(recording))


def make_lesson(folder):
    pack_with_recordings(folder + "/lesson.zip", up_to(packages(folder), 70e6))


def make_course(folder):
    chosen = [archive for archive in packages(folder) if os.path.basename(archive).startswith(PLAYER)]
    pack_with_recordings(folder + "/course.zip", chosen)


def make_small(folder):
    pictures(folder, 10_000)


def make_film(folder):
    """A lesson with all its sample tables, from one encode laid end to end; ffmpeg writes the header last."""
    piece = folder + "/piece.mp4"
    rate = ["-b:v", "2700k", "-minrate", "2700k", "-maxrate", "2700k", "-bufsize", "2700k"]
    picture = ["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30,noise=alls=20:allf=t", "-f", "lavfi", "-i", SOUND]
    ffmpeg(*picture, "-t", "10", "-c:v", "libx264", "-preset", "veryfast", *rate, "-c:a", "aac", piece)
    ffmpeg("-stream_loop", "57", "-i", piece, "-c", "copy", folder + "/lesson.mp4")
    os.remove(piece)


def make_start(folder):
    shutil.copyfile("samples/good/drawing.svg", folder + "/drawing.svg")


# Programs. Each is a function of the files of a workload that does the whole work once.


class Program:
    def __init__(self, name, command, each=False, share=1, limit=None):
        self.name, self.command, self.each, self.share, self.limit = name, command, each, share, limit

    def is_here(self):
        return shutil.which(self.command[0]) is not None

    def time(self, files):
        """Seconds, and the most memory that one of its processes took, in MiB."""
        calls = [[*self.command, file] for file in files] if self.each else [[*self.command, *files]]
        if self.limit:
            calls = [["timeout", str(self.limit), *call] for call in calls]
        figures = [measured(call) for call in calls]
        return sum(seconds for seconds, *_ in figures), max(memory for _, memory, _ in figures)


def version(command):
    for options in (["--version"], ["-version"], ["--Version"], []):
        said = subprocess.run([command, *options], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        lines = [line.strip() for line in (said.stdout + said.stderr).splitlines() if any(c.isdigit() for c in line)]
        if lines and (said.returncode == 0 or not options):
            return lines[0][:70]
    return "?"


def rows(tekser, work):
    """What is measured: workload, what tekser does, a peer, and the ratio that is aimed at."""
    check = [tekser, "check", "--format", "json"]
    signature = f"{work}/one.ndb"
    with open(signature, "w") as file:
        file.write("Test:0:*:74656b7365722d7369676e61747572652d6f662d6e6f7468696e67\n")
    whole = Program("check", check)
    media, apps = Program("check --no-digests", [*check, "--no-digests"]), Program("check --as app", [*check, "--as", "app"])
    yield "media", media, Program("ffprobe", ["ffprobe", "-v", "error", "-show_format", "-show_streams"], each=True), 10
    yield "media", media, Program("mediainfo", ["mediainfo"]), 3
    yield "small", whole, Program("mediainfo", ["mediainfo"]), None
    yield "apps", apps, Program("7zz t", ["7zz", "t"], each=True), 1
    yield "apps", apps, Program("unzip -tqq", ["unzip", "-tqq"], each=True), None
    yield "apps", apps, Program("clamscan", ["clamscan", "--database", signature], share=SHARE), None
    linter = ["addons-linter", "--output", "json"]
    yield "apps", apps, Program("addons-linter", linter, each=True, share=SMALL_SHARE, limit=120), 50
    for name in ("course", "lesson", "scripts"):
        yield name, apps, Program("7zz t", ["7zz", "t"]), 1
        yield name, apps, Program("unzip -tqq", ["unzip", "-tqq"], each=True), None
    yield "film", whole, Program("sha256sum", ["sha256sum"]), 1 / 1.1
    yield "film", media, Program("ffprobe", ["ffprobe", "-v", "error", "-show_format", "-show_streams"]), None
    for name in FOLDERS:
        yield name, apps, Program("lychee --offline", ["lychee", "--offline", "--no-progress"]), 1
    yield "apps", apps, Program("itself, --jobs 1", [*check, "--as", "app", "--jobs", "1"]), 1.8
    yield "media", media, Program("itself, --jobs 1", [*check, "--no-digests", "--jobs", "1"]), 1.8
    yield "small", whole, Program("itself, --isolate", [*check, "--isolate"]), None
    yield "start", whole, Program("itself, --version", [tekser, "--version"]), None


def make_unpacked(folder):
    """Packages as they are, most of them scripts."""
    for number, archive in enumerate(packages(folder)[::SHARE]):
        with tarfile.open(archive) as tar:
            tar.extractall(f"{folder}/{number}", filter="data")
        index = f"{folder}/{number}/index.html"
        if not os.path.exists(index):
            with open(index, "w") as file:
                file.write("<!doctype html><title>App</title>")


def make_site(folder):
    """Pages in 50 chapters; each names 20 others, two pictures and a style sheet."""
    count, app = 5_000, folder + "/app"
    place = lambda number: f"{number // 100}/{number}.html"
    for chapter in range(count // 100):
        os.makedirs(f"{app}/{chapter}")
        shutil.copyfile("samples/good/drawing.svg", f"{app}/{chapter}/one.svg")
        shutil.copyfile("samples/good/drawing.svg", f"{app}/{chapter}/two.svg")
    with open(app + "/style.css", "w") as file:
        file.write("body { margin: 1em }")
    for number in range(count):
        links = "".join(f'<a href="../{place((number + step * step) % count)}">{step}</a>\n' for step in range(1, 21))
        pictures = '<img src="one.svg" alt="1"><img src="two.svg" alt="2">'
        with open(f"{app}/{place(number)}", "w") as file:
            file.write(f'<!doctype html><html lang=kk><title>{number}</title><link rel=stylesheet href="../style.css">{pictures}<p>{"words " * 200}</p>{links}')
    with open(app + "/index.html", "w") as file:
        file.write(f'<!doctype html><html lang=kk><title>Start</title><a href="{place(0)}">1</a>')


MAKERS = {
    "media": make_media,
    "apps": make_apps,
    "small": make_small,
    "course": make_course,
    "lesson": make_lesson,
    "scripts": make_scripts,
    "film": make_film,
    "start": make_start,
    "unpacked": make_unpacked,
    "site": make_site,
}


def workload(name, work):
    folder = f"{work}/{name}"
    if not os.path.exists(folder + ".made"):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        print(f"making {name}", file=sys.stderr)
        made(MAKERS[name], folder)
        open(folder + ".made", "w").close()
    if name in FOLDERS:
        files = sorted(glob.glob(folder + "/*"))
    else:
        files = [file for file in sorted(glob.glob(folder + "/**", recursive=True)) if os.path.isfile(file)]
    if not files:
        sys.exit(f"peers.py: there is nothing in {folder}")
    size = subprocess.run(["du", "-sm", folder], capture_output=True, text=True).stdout.split()[0]
    return files, f"{len(files)} × {name}, {size} MB"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tekser", nargs="?", default="target/release/tekser")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--work", default="/tmp/tekser-peers")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    tekser, only = os.path.abspath(arguments.tekser), arguments.only.split(",") if arguments.only else []
    os.chdir(os.path.dirname(os.path.abspath(__file__)) + "/..")
    os.environ["LC_ALL"] = "C.UTF-8"
    if not os.path.exists(tekser):
        sys.exit(f"peers.py: there is no {tekser}; build it: cargo build --release")
    os.makedirs(arguments.work, exist_ok=True)

    with open("/proc/cpuinfo") as file:
        processor = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "?")
    print("# Beside others\n\nWritten by `benches/peers.py`, which says what is measured and how. A ratio above 1 means that tekser is faster.\n")
    print(f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; {version(tekser)}, {arguments.rounds} rounds, {time.strftime('%Y-%m-%d')}\n")
    print("| workload | tekser | s | MiB | peer | s | MiB | ratio | aim | |")
    print("| --- | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |")
    peers = {}
    for name, ours, peer, aim in rows(tekser, os.path.abspath(arguments.work)):
        if only and name not in only:
            continue
        if not peer.is_here():
            print(f"| {name} | {ours.name} | | | {peer.name} | | | | | not on this machine |", flush=True)
            continue
        if not peer.name.startswith("itself"):
            peers.setdefault(peer.command[0], version(peer.command[0]))
        files, what = workload(name, os.path.abspath(arguments.work))
        files = files[:: peer.share]
        # Once before it counts, so that every file is in memory.
        ours.time(files)
        rounds = 1 if peer.share > 1 else arguments.rounds * (4 if name == "start" else 1)
        pairs = [(ours.time(files), peer.time(files)) for _ in range(rounds)]
        ratio = statistics.median(theirs[0] / our[0] for our, theirs in pairs)
        middle = lambda which: statistics.median(pair[which][0] for pair in pairs)
        most = lambda which: max(pair[which][1] for pair in pairs)
        share = f", every {peer.share}th" if peer.share > 1 else ""
        verdict = "" if aim is None else ("met" if ratio >= aim else "**not met**")
        aimed = "" if aim is None else f"{aim:.2g}"
        print(f"| {what}{share} | {ours.name} | {middle(0):.3f} | {most(0):.0f} | {peer.name} | {middle(1):.3f} | {most(1):.0f} | {ratio:.2f} | {aimed} | {verdict} |", flush=True)
    print("\nPeers: " + "; ".join(f"{name} ({said})" for name, said in peers.items()) + ".")


main()
