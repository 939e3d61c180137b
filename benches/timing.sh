# Timing of whole commands, shared by the comparisons in this folder.

# Microseconds that a command takes; what it says and whether it is content does not matter here.
time_of() {
    local from=$EPOCHREALTIME
    "$@" >/dev/null 2>&1 || true
    local to=$EPOCHREALTIME
    echo $((${to/./} - ${from/./}))
}

# The middle one of the numbers that come in, a line each.
median() { sort -n | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'; }
