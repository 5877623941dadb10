#!/bin/sh
# Certificates by hand, one fault in each, and one whose tensors are real. `make check` runs it.
set -u
PROVED=$1
HERE=$(dirname "$0")
FILE=$(mktemp)
trap 'rm -f "$FILE"' EXIT
failed=0

# expect VERDICT EXIT_CODE WHAT ARGUMENTS
expect() {
  verdict=$1; code=$2; what=$3; shift 3
  answer=$("$PROVED" "$@" 2>&1); found=$?
  last=$(printf '%s\n' "$answer" | tail -n 1)
  case "$found $last" in
    "$code $verdict"*) printf 'as expected: %-58s %s\n' "$what" "$(printf '%s' "$last" | cut -c1-70)" ;;
    *) printf 'FAILED: %s: expected %s, found %s %s\n' "$what" "$verdict" "$found" "$last"; failed=1 ;;
  esac
}

# fault VERDICT NAME WHAT SED_SCRIPT: of a certificate that is proved, with one change that has to be one
fault() {
  sed -e "$4" "$HERE/test/$2.json" > "$FILE"
  if cmp -s "$FILE" "$HERE/test/$2.json"; then echo "FAILED: $3 changes nothing"; failed=1; fi
  expect "$1" 1 "$2, $3" "$FILE" -
}

for certificate in "$HERE"/test/*.json; do
  expect PROVED 0 "$(basename "$certificate")" "$certificate" -
done
WEIGHTS=$HERE/../examples/digits/src/main/resources/digits-ldlt.safetensors
OTHERS=$HERE/../examples/digits/src/main/resources/digits.safetensors
expect PROVED 0 'digits, 64-32-32-10 and a residual block' "$WEIGHTS"

CALLER=$HERE/test/calls/caller.json
expect PROVED 0 'a call, with its callee' "$CALLER" - "$HERE/test/relu.json" -
expect 'NOT DECIDED' 1 'a call, without its callee' "$CALLER" -
expect 'NOT DECIDED' 1 'a call, with another callee' "$CALLER" - "$HERE/test/maxmin.json" -
expect REJECTED 1 'a callee that nothing calls' "$HERE/test/relu.json" - "$HERE/test/maxmin.json" -
sed 's/"0x1.0p2"/"0x1.0p-1"/' "$CALLER" > "$FILE"
expect 'NOT DECIDED' 1 'a call, with another multiplier' "$FILE" - "$HERE/test/relu.json" -
sed -e 's/"declared": .*/"declared": "0x1.fffffffffffffp-1",/' -e 's/"bound": .*/"bound": "0x1.fffffffffffffp-1",/' "$CALLER" > "$FILE"
expect 'NOT DECIDED' 1 'a call, the bound one unit lower' "$FILE" - "$HERE/test/relu.json" -

# The bound is in two members; both are lowered, to the next double.
fault 'NOT DECIDED' relu 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-2",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-2",/'
fault 'NOT DECIDED' maxmin 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-1",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-1",/'
fault 'NOT DECIDED' householder 'another axis' 's/0x0.0p0/0x1.0p-52/'
fault 'NOT DECIDED' relu 'another multiplier' 's/"values": \["0x1.0p-2"/"values": ["0x1.0p-3"/'
fault 'NOT DECIDED' relu 'abs in place of relu' 's/"relu"/"abs"/'
fault 'NOT DECIDED' linear 'a bound below its norm' 's/0x1.dp0/0x1.cp0/g'
fault 'NOT DECIDED' gelu 'a bound below its slopes' 's/0x1.3p0/0x1.2p0/g'
fault 'NOT DECIDED' between-largest 'proofs in another order' 's/\["0x1.0p0", "0x0.0p0"\]/["0x0.0p0", "0x1.0p0"]/'
fault 'REJECTED' relu 'a negative multiplier' 's/"0x1.0p-2"/"-0x1.0p-2"/'
fault 'NOT DECIDED' gain 'a bound below the gain' 's/"declared": .*/"declared": "0x1.7ffffffffffffp1",/; s/"bound": .*/"bound": "0x1.7ffffffffffffp1",/'
fault 'NOT DECIDED' gain 'a factor above it' 's/-0x1.8p1/-0x1.8000000000001p1/'
fault 'REJECTED' gain 'no multiplier of the gain' '/"unit": 2, "c/d; s/\["0x1.0p0"\]},/["0x1.0p0"]}/'
fault 'NOT DECIDED' group-sort 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-1",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-1",/'
fault 'REJECTED' group-sort 'groups that do not fill it' 's/"0x1.8p1"/"0x1.0p2"/'
fault 'NOT DECIDED' maxmin 'a procedure without a matrix' 's/exact elimination/elementwise product/'
fault 'REJECTED' relu 'a bound above the declared one' 's/"bound": .*/"bound": "0x1.0p0",/'
fault 'REJECTED' relu 'a negative bound' 's/"0x1.0p-1",/"-0x1.0p-1",/'
fault 'REJECTED' relu 'no multiplier' '/"multipliers": \[/{N;N;s/.*/  "multipliers": [],/;}'
fault 'REJECTED' relu 'a multiplier that nothing reads' 's/{"unit": 1,/{"unit": 2,/'
fault 'REJECTED' relu 'two members of one name' 's/"kind": "structural",/"kind": "structural",\n  "kind": "structural",/'
fault 'REJECTED' relu 'an unknown member' 's/"kind": "structural",/"kind": "structural",\n  "note": "none",/'
fault 'REJECTED' relu 'a blank more' 's/"size": 2}/"size":  2}/'
fault 'REJECTED' relu 'something behind it' '$s/$/\n /'
fault 'REJECTED' relu 'NaN' 's/"0x1.0p-2"/"NaN"/'
fault 'REJECTED' relu 'infinity' 's/"0x1.0p-2"/"Infinity"/'
fault 'REJECTED' relu 'a real in another spelling' 's/"0x1.0p-2"/"0x1.00p-2"/'
fault 'REJECTED' relu 'a real with two digits before the point' 's/"0x1.0p-2"/"0x01.0p-1022"/'
fault 'NOT DECIDED' relu 'an operand of a large number' 's/"operand": 1/"operand": 1000000000/'
fault 'NOT DECIDED' relu 'extents that overflow' 's/"input", "size": 2/"input", "shape": [4294967296, 4294967296, 2]/'
fault 'REJECTED' relu 'a size that does not fit' 's/"relu", "parameters": \[\], "size": 2/"relu", "parameters": [], "size": 1/'
fault 'REJECTED' relu 'a unit that reads itself' 's/"operand": 1/"operand": 2/'
fault 'REJECTED' relu 'a unit that nothing reads' 's/"operand": 1/"operand": 0/'
fault 'REJECTED' relu 'an activation that there is not' 's/"relu"/"rely"/'
fault 'REJECTED' linear 'a selection of what is not there' 's/\[1, 0\]/[2, 0]/'
fault 'REJECTED' between-largest 'a proof too few' '/"proofs"/{n;s/,$//;n;d;}'

# Tensors: of another file, and with one bit changed.
"$PROVED" "$WEIGHTS" > /dev/null || failed=1
expect REJECTED 1 'weights without a certificate' "$OTHERS"
cp "$WEIGHTS" "$FILE"
printf '\001' | dd of="$FILE" bs=1 seek=$(($(wc -c < "$FILE") - 1)) conv=notrunc 2> /dev/null
expect REJECTED 1 'one byte of a tensor changed' "$FILE"
expect '' 2 'no file'
expect '' 2 'a file that is not there' "$HERE/test/none.json" -
[ "$failed" = 0 ] && echo 'lipc-proved: all as expected'
exit "$failed"
