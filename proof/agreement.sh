#!/bin/sh
# agreement.sh LIPC_PROVED FOLDER...: holds the three checkers against each other. A FOLDER is what tests keep with
# -Dlipc.audit.keep=FOLDER: for each certificate a folder with 0.json and 0.safetensors, 1.json and so on of what it
# calls, what lipc's checker says in report.txt, and what the audit says in audit.txt.
# What one of them accepts, no other one may reject. That no proof was found is no rejection of what another one proves,
# unless the audit finds that a matrix is not positive which lipc accepts. What is kept twice is counted once.
set -u
PROVED=$1
shift
ANSWERS=$(mktemp)
trap 'rm -f "$ANSWERS"' EXIT

# What lipc says, from the first line of its report: into $lipc.
lipc_says() {
  case $1 in
    Accepted*) lipc='accepted' ;;
    *NOT_POSITIVE_DEFINITE* | *RANGE_NOT_PROVED* | *DERIVATIVES_NOT_PROVED* | *GAIN_NOT_PROVED* | *LENGTH_NOT_PROVED* | *TOO_LARGE* | *': witness]'*) lipc='not proved' ;;
    Rejected*) lipc='rejected' ;;
    *) lipc='no answer' ;;
  esac
}

# What the audit says, from the last line of its own: into $audit.
audit_says() {
  case $1 in
    ACCEPTED:*) audit='accepted' ;;
    'NOT DECIDED:'*) audit='not decided' ;;
    REJECTED:*' is not positive'* | REJECTED:*' is only known to be '* | 'REJECTED: the elementwise product is above'*) audit='not proved' ;;
    REJECTED:*) audit='rejected' ;;
    *) audit='no answer' ;;
  esac
}

# Likewise of the proved checker, from its exit code and last line: into $proved, and why it does not decide into $reason.
proved_says() {
  reason=
  case "$1 $2" in
    '0 PROVED: '*) proved='proved' ;;
    '3 NOT DECIDED: too much work'*) proved='not decided' reason='too much work' ;;
    '3 NOT DECIDED: '*) proved='not decided' reason=${2#*: } ;;
    # lipc's command refuses these as well; its checker and the audit look at no file that nothing names.
    '1 REJECTED: weights are given, of which the certificate names none') proved='not decided' reason='weights that nothing names' ;;
    '1 REJECTED: '*) proved='rejected' ;;
    137* | 152*) proved='not decided' reason="not in ${LIMIT:-60} s" ;; # by SIGKILL or SIGXCPU
    *) proved='no answer' ;;
  esac
}

for case in $(for folder; do printf '%s\n' "$folder"/*/; done | awk -F / '!seen[$(NF - 1)]++'); do
  set --
  i=0
  while [ -e "$case$i.json" ]; do
    weights=$case$i.safetensors
    [ -s "$weights" ] || weights=-
    set -- "$@" "$case$i.json" "$weights"
    i=$((i + 1))
  done
  said=$(ulimit -t "${LIMIT:-60}"; exec "$PROVED" "$@" 2>&1)
  code=$?
  said=${said##*
}
  first= last=
  read -r first < "${case}report.txt"
  while read -r line; do last=$line; done < "${case}audit.txt"
  lipc_says "$first"
  audit_says "$last"
  proved_says "$code" "$said"
  printf '%s\t%s\t%s\t%s\n' "$lipc" "$audit" "$proved" "$reason" >> "$ANSWERS"
  case "$lipc/$audit/$proved" in
    *'no answer'* | accepted/*rejected* | accepted/'not proved'/* | rejected/accepted/* | rejected/*/proved | \
    */rejected/proved | */accepted/rejected)
      printf 'DISAGREEMENT: %s\n  lipc: %.150s\n  audit: %.150s\n  lipc-proved: %.150s\n' "$case" "$first" "$last" "$said" ;;
  esac
done > "$ANSWERS.faults"

tally() { LC_ALL=C sort | uniq -c | sed 's/^ *\([0-9]*\) /\1\t/'; }
echo '| lipc | audit | lipc-proved | certificates |'
echo '|---|---|---|---|'
cut -f 1-3 "$ANSWERS" | tally | awk -F '\t' '{ print "| " $2 " | " $3 " | " $4 " | " $1 " |"; n += $1 } END { print n + 0 " certificates" }'
echo 'Not decided by lipc-proved, of those that lipc accepts:'
awk -F '\t' '$1 == "accepted" && $3 == "not decided" { print $4 }' "$ANSWERS" | tally | sort -rn | awk -F '\t' '{ printf "%8d  %s\n", $1, $2 }'
cat "$ANSWERS.faults"
faults=$(grep -c '^DISAGREEMENT' "$ANSWERS.faults")
rm -f "$ANSWERS.faults"
echo "$faults disagreements"
[ "$faults" = 0 ] && [ -s "$ANSWERS" ]
