#!/usr/bin/env bash
# Compares the whole program with ffprobe and mediainfo on the same files, in turns, so that a machine that is busy for a
# while is busy for all of them:
#
#     benches/media-batch.sh [ROUNDS] [FOLDER]     5 rounds over 500 files made here, or over the files of a folder
#
# - tekser judges all files in one call, `check --no-digests`;
# - ffprobe is called once for each file, as scripts do, because it takes no more than one;
# - mediainfo is called once for all files.
#
# Then it times one video of 300 MB with its header at the end. Needed: ffmpeg with ffprobe, and mediainfo.
set -euo pipefail
cd "$(dirname "$0")/.."
. benches/common.sh

rounds=${1:-5}
folder=${2:-}

# A sound that swells, as speech does; a steady one would have to be decoded to its end before it is called steady.
sound="aevalsrc='0.5*sin(2*PI*440*t)*abs(sin(3*t))':s=44100"

# One encode of ffmpeg: encode NAME SECONDS ARGUMENTS...
encode() {
    local name=$1 seconds=$2
    shift 2
    ffmpeg -v error -y -f lavfi -i "testsrc2=size=320x180:rate=25" -f lavfi -i "$sound" \
        -t "$seconds" "$@" "$work/encoded/$name"
}

# A few dozen encodes of several kinds and lengths; from each, copies without a new encode, told apart by their title.
make_batch() {
    mkdir -p "$work/encoded" "$work/batch"
    local seconds
    for seconds in 2 6 20 60; do
        encode "h264-$seconds.mp4" "$seconds" -c:v libx264 -preset ultrafast -c:a aac
        encode "front-$seconds.mp4" "$seconds" -c:v libx264 -preset ultrafast -c:a aac -movflags +faststart
        encode "fragments-$seconds.mp4" "$seconds" -c:v libx264 -preset ultrafast -c:a aac \
            -movflags +frag_keyframe+empty_moov
        encode "mpeg4-$seconds.mov" "$seconds" -c:v mpeg4 -c:a pcm_s16le
        encode "h264-$seconds.mov" "$seconds" -c:v libx264 -preset ultrafast -c:a aac
        encode "constant-$seconds.mp3" "$seconds" -map 1 -c:a libmp3lame -b:a 128k
        encode "variable-$seconds.mp3" "$seconds" -map 1 -c:a libmp3lame -q:a 4
        encode "mono-$seconds.wav" "$seconds" -map 1 -c:a pcm_s16le
        encode "deep-$seconds.wav" "$seconds" -map 1 -c:a pcm_s24le -ar 48000 -ac 2
    done
    local encoded number name
    for encoded in "$work"/encoded/*; do
        for number in {1..14}; do
            [ "$(find "$work/batch" -type f | wc -l)" -lt 500 ] || break 2
            name=${encoded##*/}
            ffmpeg -v error -i "$encoded" -map 0 -c copy -metadata title="Lesson $number of ${name%.*}" \
                $([[ $name != front-* ]] || echo -movflags +faststart) \
                $([[ $name != fragments-* ]] || echo -movflags +frag_keyframe+empty_moov) \
                "$work/batch/$number-$name"
        done
    done
}

run_tekser() { "$tekser" check --no-digests --format json "$folder"; }
run_ffprobe() {
    local file
    while IFS= read -r -d '' file; do
        ffprobe -v error -show_format -show_streams "$file" </dev/null || true
    done <"$work/list"
}
run_mediainfo() { xargs -0 mediainfo <"$work/list"; }

compare() {
    find "$folder" -type f -print0 | sort -z >"$work/list"
    echo "$(tr -cd '\0' <"$work/list" | wc -c) files, $(du -sm "$folder" | cut -f1) MB; $(nproc) cores," \
        "load $(cut -d' ' -f1 /proc/loadavg); milliseconds"
    # Once before it counts, so that every file is in memory.
    time_of run_tekser >/dev/null
    time_of run_mediainfo >/dev/null
    echo "round  tekser  ffprobe  mediainfo  ffprobe/tekser  mediainfo/tekser"
    local round ours ffprobe mediainfo
    for ((round = 1; round <= rounds; round++)); do
        ours=$(time_of run_tekser)
        ffprobe=$(time_of run_ffprobe)
        mediainfo=$(time_of run_mediainfo)
        echo "$round $ours $ffprobe $mediainfo" >>"$work/times"
        awk '{ printf "%5s  %6.0f  %7.0f  %9.0f  %14.1f  %16.1f\n", $1, $2 / 1e3, $3 / 1e3, $4 / 1e3, $3 / $2, $4 / $2 }' \
            <<<"$round $ours $ffprobe $mediainfo"
    done
    local column
    for column in '$2' '$3' '$4' '$3/$2' '$4/$2'; do
        awk "{ print $column }" "$work/times" | median
    done | paste -sd' ' | awk '{ printf "median %5.0f  %7.0f  %9.0f  %14.1f  %16.1f\n", $1 / 1e3, $2 / 1e3, $3 / 1e3, $4, $5
        printf "at least 10 times faster than ffprobe: %s\n", ($4 >= 10) ? "yes" : "NO"
        printf "at least 3 times faster than mediainfo: %s\n", ($5 >= 3) ? "yes" : "NO" }'
}

# A lesson of ten minutes with all its sample tables, from one encode laid end to end; ffmpeg writes the header last.
one_large() {
    local large=$work/large.mp4
    ffmpeg -v error -f lavfi -i "testsrc2=size=1280x720:rate=30,noise=alls=20:allf=t" \
        -f lavfi -i "$sound" -t 10 -c:v libx264 -preset veryfast -b:v 4200k -minrate 4200k \
        -maxrate 4200k -bufsize 4200k -c:a aac "$work/piece.mp4"
    ffmpeg -v error -stream_loop 58 -i "$work/piece.mp4" -c copy "$large"
    local round what
    # Facts alone, and a whole check, which listens as well.
    for what in inspect "check --format json"; do
        # shellcheck disable=SC2086 # two words of a command
        "$tekser" $what --no-digests "$large" >"$work/large.json" || true
        for ((round = 1; round <= 4 * rounds; round++)); do
            # shellcheck disable=SC2086
            time_of "$tekser" $what --no-digests "$large"
        done | median | awk -v what="${what%% *}" -v size="$(stat -c %s "$large")" \
            -v read="$(grep -o '"bytes_read": *[0-9]*' "$work/large.json" | head -n 1 | grep -o '[0-9]*$')" '{
                printf "%s, one video of %.0f MB, header at the end: %.1f ms, %d bytes read\n", what, size / 1e6, $1 / 1000, read
                printf "under 20 ms: %s; under 1 MB: %s\n", ($1 < 20000) ? "yes" : "NO", (read < 1e6) ? "yes" : "NO" }'
    done
}
if [ -z "$folder" ]; then
    folder=$work/batch
    make_batch
fi
compare
one_large
