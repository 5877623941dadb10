#!/bin/sh
# agreement.sh LIPC_PROVED FOLDER: holds the proved checker against lipc's own. FOLDER is what tests keep with
# -Dlipc.audit.keep=FOLDER: in each folder 0.json and 0.safetensors, 1.json
# and so on of what it calls, and what lipc's checker says in report.txt.
# What is proved has to be accepted; what is accepted may be beyond the proved checker, but must not be rejected by it.
set -u
PROVED=$1
FOLDER=$2
ANSWERS=$(mktemp)
trap 'rm -f "$ANSWERS"' EXIT
for case in "$FOLDER"/*/; do
  set --
  i=0
  while [ -e "$case$i.json" ]; do
    weights=$case$i.safetensors
    [ -s "$weights" ] || weights=-
    set -- "$@" "$case$i.json" "$weights"
    i=$((i + 1))
  done
  said=$(timeout "${LIMIT:-60}" "$PROVED" "$@" 2>&1 || [ $? != 124 ] || echo 'NOT DECIDED: not in time')
  said=$(printf '%s\n' "$said" | tail -n 1)
  case $(head -n 1 "${case}report.txt") in
    Accepted*) java='accepted' ;;
    *NOT_POSITIVE_DEFINITE* | *GAIN_NOT_PROVED* | *TOO_LARGE* | *': witness]'*) java='not proved' ;;
    *) java='rejected' ;;
  esac
  proved=$(printf '%s' "$said" | sed -n 's/^\(PROVED\|REJECTED\|NOT DECIDED\): .*/\1/p')
  reason=$(printf '%s' "$said" | sed -n 's/^NOT DECIDED: \(.*\)/ (\1)/p')
  printf '%s\t%s%s\n' "$java" "${proved:-no answer}" "$reason" >> "$ANSWERS"
  case "$java/${proved:-no answer}" in
    accepted/REJECTED | rejected/PROVED | accepted/*answer | rejected/*answer)
      printf 'DISAGREEMENT: %s: lipc: %s; lipc-proved: %s\n' "$case" "$(head -n 1 "${case}report.txt" | cut -c1-150)" "$said" ;;
  esac
done > "$ANSWERS.faults"
printf '%8s  %-12s %s\n' number "lipc" "lipc-proved"
sort "$ANSWERS" | uniq -c | awk -F '\t' '{ split($1, a, " "); n = a[1]; sub(/^ *[0-9]+ /, "", $1); printf "%8d  %-12s %s\n", n, $1, $2 }'
cat "$ANSWERS.faults"
faults=$(grep -c . "$ANSWERS.faults")
rm -f "$ANSWERS.faults"
echo "$faults disagreements"
[ "$faults" = 0 ]
