"""What the benches that time whole runs share."""

import os
import shutil
import subprocess
import sys
import time

SAMPLES = ["photo.jpg", "diagram.png", "drawing.svg", "animation.gif"]


def pictures(folder, count):
    """So many small pictures of four formats, by turns, a thousand to a folder."""
    for number in range(count):
        part = f"{folder}/{number // 1000:03}"
        os.makedirs(part, exist_ok=True)
        sample = SAMPLES[number % len(SAMPLES)]
        shutil.copyfile(f"samples/good/{sample}", f"{part}/{number:06}-{sample}")


def made(make, path, *more):
    """Makes a workload in a process of its own: what is timed would begin with the memory that was needed for it."""
    child = os.fork()
    if child == 0:
        make(path, *more)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f"{os.path.basename(sys.argv[0])}: {path} could not be made")


def measured(command):
    """Seconds, the most memory in MiB, and the exit status."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, used.ru_maxrss / 1024, child.returncode
