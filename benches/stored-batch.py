#!/usr/bin/env python3
"""Proves on a large batch what --resume and --cache promise, and how the dossier bears 5,000 submissions.

    benches/stored-batch.py [WORKS] [KILLS] [TEKSER]

WORKS copies of the samples (2,000) are checked once unbroken; then KILLS times (50) a run is killed with SIGKILL at a random
moment and taken up again, and its report has to be the same. Then the batch is checked twice with a cache, and once more
under another profile; strace counts which files of the batch are opened (if it is here). At last a dossier of 5,000 is written and, if
tests/witness is installed, opened in Chromium.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

works = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
kills = int(sys.argv[2]) if len(sys.argv) > 2 else 50
tekser = sys.argv[3] if len(sys.argv) > 3 else "target/release/tekser"
root = Path(__file__).resolve().parent.parent
draw = random.Random(121)
samples = sorted(path for kind in ("good", "bad") for path in (root / "samples" / kind).iterdir() if path.is_file())


def batch(folder, count):
    folder.mkdir()
    for number in range(count):
        source = samples[number % len(samples)]
        shutil.copyfile(source, folder / f"{number:05} {source.name}")
    return folder


def check(*arguments):
    before = time.monotonic()
    ran = subprocess.run([tekser, "check", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    assert ran.returncode in (0, 1), ran.stderr.decode()
    return time.monotonic() - before, ran.stdout


def lasting(path):
    report = json.loads(Path(path).read_bytes())
    del report["run"]
    return report


with tempfile.TemporaryDirectory() as place:
    place = Path(place)
    folder = batch(place / "works", works)
    time.sleep(2.5)
    out = place / "r.json"
    took, _ = check(folder, "--output", out)
    whole = lasting(out)
    print(f"{works} works, unbroken: {took:.2f} s")

    same, journal, done = 0, place / "run.journal", []
    for _ in range(kills):
        journal.unlink(missing_ok=True)
        child = subprocess.Popen([tekser, "check", folder, "--resume", journal], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.random() * took)
        child.kill()
        child.wait()
        done.append(journal.read_bytes().count(b"\n") - 1 if journal.exists() else 0)
        out.unlink()
        check(folder, "--resume", journal, "--output", out)
        same += lasting(out) == whole
    if kills:
        print(f"killed {kills} times after {min(done)} to {max(done)} submissions; taken up, the report was the same {same} times")

    cache = place / "cache"
    first, _ = check(folder, "--cache", cache, "--output", out)
    assert lasting(out) == whole
    second, _ = check(folder, "--cache", cache, "--output", out, "--format", "compact")
    assert lasting(out) == whole
    print(f"with a cache: {first:.2f} s, then {second:.2f} s: {first / second:.1f} times faster ({took / second:.1f} times than without)")
    profile = place / "other.toml"
    profile.write_text('extends = "order-121"\nid = "other"\n[change.image-max-size]\nsettings = { max-bytes = 1000 }\n')
    if shutil.which("strace"):
        trace = place / "trace"
        subprocess.run(["strace", "-f", "-e", "trace=openat", "-o", trace, tekser, "check", folder, "--cache", cache, "--profile", profile],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        opened = sum(f'{folder}/' in line for line in trace.read_text(errors="replace").splitlines())
        print(f"under another profile: files of the batch opened: {opened}")

    many = batch(place / "many", 5000)
    page = place / "many.html"
    took, _ = check(many, "--format", "compact", "--output", page)
    print(f"5,000 works with a dossier: {took:.2f} s, {page.stat().st_size / 1e6:.1f} MB")
    witness = root / "tests" / "witness"
    if (witness / "node_modules").exists():
        environment = {**os.environ, "AXE": "no"}
        told = subprocess.run(["node", witness / "page.mjs", page], stdout=subprocess.PIPE, check=True, env=environment).stdout
        told = json.loads(told)
        print("in Chromium, milliseconds:", told["milliseconds"], "errors:", told["errors"])
