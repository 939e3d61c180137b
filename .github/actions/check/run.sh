#!/usr/bin/env bash
# The step of the action: checks, writes every report a pipeline may want, and ends as tekser ends.
set -uo pipefail

arguments=(--lang "${TEKSER_LANG:-ru}" --format github)
[ -z "${TEKSER_PROFILE:-}" ] || arguments+=(--profile "$TEKSER_PROFILE")
[ "${TEKSER_REQUIRE_COMPLETE:-false}" != true ] || arguments+=(--require-complete)
[ -z "${TEKSER_BASELINE:-}" ] || arguments+=(--baseline "$TEKSER_BASELINE")
folder=${TEKSER_REPORT:-tekser-report}
mkdir -p "$folder"
for name in report.json report.sarif report.md report.html junit=junit.xml; do
    case $name in
        *=*) arguments+=(--output "${name%%=*}=$folder/${name#*=}") ;;
        *) arguments+=(--output "$folder/$name") ;;
    esac
done
paths=()
while IFS= read -r path; do
    [ -z "$path" ] || paths+=("$path")
done <<<"${TEKSER_PATHS:-}"

tekser check "${arguments[@]}" -- "${paths[@]}"
status=$?
if [ "${TEKSER_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$folder/report.md" ]; then
    cat "$folder/report.md" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
