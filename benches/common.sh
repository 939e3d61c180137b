# What the comparisons in this folder share: the program, a folder that goes away with them, and timing of whole commands.
# They source it from the root of the repository.
export LC_ALL=C.UTF-8
cargo build --release --quiet --locked
tekser=${CARGO_TARGET_DIR:-target}/release/tekser
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Microseconds that a command takes; what it says and whether it is content does not matter here.
time_of() {
    local from=$EPOCHREALTIME
    "$@" >/dev/null 2>&1 || true
    local to=$EPOCHREALTIME
    echo $((${to/./} - ${from/./}))
}

# The middle one of the numbers that come in, a line each.
median() { sort -n | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'; }
