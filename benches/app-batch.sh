#!/usr/bin/env bash
# Compares a full check of apps, digests and all, with the programs that only unpack and compare checksums, on the same
# archives, in turns, so that a machine that is busy for a while is busy for all of them:
#
#     benches/app-batch.sh [ROUNDS] [FOLDER]     3 rounds over apps made here, or over the ZIP archives of a folder
#
# The apps made here are real packages of the npm registry, each with a start page: libraries, games, editors and players,
# with their demonstrations. That is the worst there can be, hardly anything but scripts; apps of schools are half pictures
# and sound. Needed: 7zz (7zip), unzip, python3, and npm where no folder is given.
#
# If addons-linter is on the path (npm install -g addons-linter), it is timed too, once and with a limit of two minutes for
# each app: it takes a minute for what takes tekser a second.
set -euo pipefail
cd "$(dirname "$0")/.."
. benches/common.sh

rounds=${1:-3}
folder=${2:-}

packages=(reveal.js@5 swagger-ui-dist@5 pdfjs-dist@4 phaser@3 jspsych@7 ckeditor4@4 mathjax@3 scorm-again@2
    h5p-standalone@3 monaco-editor@0.45 blockly@10 impress.js@1 tinymce@6 three@0.160 leaflet@1 katex@0.16 docsify@4 p5@1
    video.js@8 echarts@5 babylonjs@6 plotly.js-dist@2 scratch-blocks@1 phaser-ce@2 pixi.js@7 createjs@1 howler@2 fabric@5
    konva@9 mermaid@10 ace-builds@1 codemirror@5 highlight.js@11 jquery-ui-dist@1 bootstrap@5 jquery@3 gsap@3 d3@7 lodash@4
    vue@3 angular@1)

make_batch() {
    mkdir -p "$work/batch"
    local package
    for package in "${packages[@]}"; do
        (cd "$work" && npm pack --silent "$package" >/dev/null)
    done
    # Each package alone and then with its neighbour, until there are a hundred apps.
    python3 - "$work" <<'PYTHON'
import glob, os, sys, tarfile, zipfile

work = sys.argv[1]
packages = sorted(glob.glob(work + "/*.tgz"))
for number in range(100):
    first = number % len(packages)
    chosen = packages[first : first + 1 + number // len(packages)]
    with zipfile.ZipFile(f"{work}/batch/app-{number:03}.zip", "w", zipfile.ZIP_DEFLATED) as app:
        names = set()
        for package in chosen:
            top = os.path.basename(package)[:-4] + "/" if len(chosen) > 1 else ""
            with tarfile.open(package) as tar:
                for member in tar:
                    name = top + member.name.split("/", 1)[-1]
                    if member.isfile() and name not in names:
                        names.add(name)
                        app.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), tar.extractfile(member).read(),
                                     zipfile.ZIP_DEFLATED)
        if "index.html" not in names:
            scripts = [name for name in sorted(names) if name.endswith(".js")][:3]
            app.writestr("index.html", "<!doctype html><title>App</title>" + "".join(
                f'<script src="{name}"></script>' for name in scripts))
PYTHON
}

run_tekser() { "$tekser" check --as app --format json "$folder"; }
run_7zz() { for app in "$folder"/*.zip; do 7zz t "$app"; done; }
run_linter() { for app in "$folder"/*.zip; do timeout 120 addons-linter --output json "$app"; done; }
run_unzip() { for app in "$folder"/*.zip; do unzip -tqq "$app"; done; }

if [ -z "$folder" ]; then
    folder=$work/batch
    make_batch
fi
apps=$(find "$folder" -maxdepth 1 -name '*.zip' | wc -l)
[ "$apps" -gt 0 ] || { echo "benches/app-batch.sh: no ZIP archive in $folder" >&2; exit 2; }
echo "$apps apps, $(du -sm "$folder" | cut -f1) MB; $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg); milliseconds"
time_of run_tekser >/dev/null
echo "round  tekser     7zz   unzip  7zz/tekser  unzip/tekser"
for ((round = 1; round <= rounds; round++)); do
    line="$round $(time_of run_tekser) $(time_of run_7zz) $(time_of run_unzip)"
    echo "$line" >>"$work/times"
    awk '{ printf "%5s  %6.0f  %6.0f  %6.0f  %10.2f  %12.2f\n", $1, $2 / 1e3, $3 / 1e3, $4 / 1e3, $3 / $2, $4 / $2 }' <<<"$line"
done
for column in '$3/$2' '$4/$2'; do
    awk "{ print $column }" "$work/times" | median
done | paste -sd' ' | awk '{ printf "median of the ratios: 7zz/tekser %.2f, unzip/tekser %.2f\n", $1, $2 }'
if command -v addons-linter >/dev/null; then
    echo "$(time_of run_linter) $(time_of run_tekser)" |
        awk '{ printf "addons-linter %.0f, tekser %.0f: %.0f times\n", $1 / 1e3, $2 / 1e3, $1 / $2 }'
fi
