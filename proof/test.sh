#!/bin/sh
# Certificates by hand, one fault in each, and one whose tensors are real. `make check` runs it.
set -u
PROVED=$1
HERE=$(dirname "$0")
FILE=$(mktemp)
HEADER=$(mktemp)
trap 'rm -f "$FILE" "$HEADER"' EXIT
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

# The exit code of a verdict that is not PROVED.
code() { case $1 in 'NOT DECIDED'*) echo 3 ;; *) echo 1 ;; esac; }

# fault VERDICT NAME WHAT SED_SCRIPT: of a certificate that is proved, with one change that has to be one
fault() {
  sed -e "$4" "$HERE/test/$2.json" > "$FILE"
  if cmp -s "$FILE" "$HERE/test/$2.json"; then echo "FAILED: $3 changes nothing"; failed=1; fi
  expect "$1" "$(code "$1")" "$2, $3" "$FILE" -
}

# header VERDICT EXIT_CODE WHAT SED_SCRIPT [TOP]: of weights that are proved, with a change of their header, and what the
# eighth byte of its length is, in octal
header() {
  size=$(od -An -tu8 -N8 "$WEIGHTS" | tr -d ' ')
  tail -c +9 "$WEIGHTS" | head -c "$size" | LC_ALL=C sed -e "$4" > "$HEADER"
  n=$(wc -c < "$HEADER")
  {
    printf "\\$(printf %03o $((n % 256)))\\$(printf %03o $((n / 256 % 256)))\\$(printf %03o $((n / 65536)))\\000\\000\\000\\000\\${5:-000}"
    cat "$HEADER"
    tail -c +$((9 + size)) "$WEIGHTS"
  } > "$FILE"
  if cmp -s "$FILE" "$WEIGHTS"; then echo "FAILED: $3 changes nothing"; failed=1; fi
  expect "$1" "$2" "$3" "$FILE"
}

for certificate in "$HERE"/test/*.json; do
  expect PROVED 0 "$(basename "$certificate")" "$certificate" -
done
WEIGHTS=$HERE/../examples/digits/src/main/resources/digits-ldlt.safetensors
OTHERS=$HERE/../examples/digits/src/main/resources/digits.safetensors
expect PROVED 0 'digits, 64-32-32-10 and a residual block' "$WEIGHTS"

# Ends of a box are no part of the claim, and may be doubles where the type is f32.
sed -e 's/"f64"/"f32"/' -e 's/"input", "size": 2/&, "lower": ["-0x1.999999999999ap-4", "0x0.0p0"], "upper": ["0x1.999999999999ap-4", "0x1.0p0"]/' \
  "$HERE/test/relu.json" > "$FILE"
expect PROVED 0 'a box of doubles, of a network of floats' "$FILE" -

# A name is an identifier, so nothing that is no name can be read in what the program says. LC_ALL=C: bytes.
name() { LC_ALL=C sed "s/test.relu/$1/" "$HERE/test/relu.json" > "$FILE"; }
for right in 'x/pairs' 'a.b/pairs'; do
  sed "s:test.two/pairs:$right:" "$HERE/test/pairs.json" > "$FILE"
  expect "PROVED: $right (2 inputs, 1 output, 6 units) is 1-Lipschitz" 0 "the name $right" "$FILE" -
done
for right in 'a' '_' 'package' 'a.b_1.C'; do
  name "$right"
  expect "PROVED: $right (2 inputs, 2 outputs, 2 units) is 0.5-Lipschitz" 0 "the name $right" "$FILE" -
done
# U+00A0, U+2007, U+3164 and U+2800 are drawn as blanks; an e with an accent, and a digit that is not ASCII, U+0660.
for wrong in 'x is 0-Lipschitz' 'a\xc2\xa0is' 'a\xe2\x80\x87is' 'a\xe3\x85\xa4is' 'a\xe2\xa0\x80is' '\xc3\xa9' 'a\xd9\xa0' '' '.' '.a' 'a.' 'a..b' '1a' 'a.1' \
  'a-b' 'a$b' 'a\/b' 'a\/pairs\/pairs' 'a\/Pairs' '\/pairs' 'a.\/pairs' 'a\/pairs.b' 'a\\\\u000a' 'a\\\\u001b[2J' 'a\\\\"' 'a\\\\\\\\' 'a ' ' a'; do
  name "$(printf '%b' "$wrong")"
  if cmp -s "$FILE" "$HERE/test/relu.json"; then echo "FAILED: the name $wrong changes nothing"; failed=1; fi
  expect 'REJECTED: a network whose name is no identifier: ' 1 "the name '$wrong'" "$FILE" -
done
# What is printed is visible ASCII, whatever stands in a file.
name "$(printf 'a\xc2\xa0\xe3\x85\xa4b')"
expect 'REJECTED: a network whose name is no identifier: "a\u00a0\u3164b"' 1 'a name that is printed by its UTF-16 units' "$FILE" -
fault 'REJECTED: the activation "relu is" with 0 parameters' relu 'an activation of two words' 's/"relu"/"relu is"/'

# A bound as a decimal number is never below the exact one: 17 digits of it, or one more in the last one.
bound() {
  sed -e "s/\"declared\": .*/\"declared\": \"$1\",/; s/\"bound\": .*/\"bound\": \"$1\",/" "$HERE/test/relu.json" > "$FILE"
  expect "PROVED: test.relu (2 inputs, 2 outputs, 2 units) is $2-Lipschitz, exactly $1, from l2 to l2, for all values of its parameters" 0 "the bound $1" "$FILE" -
}
bound 0x1.0p-1 0.5
bound 0x1.999999999999ap0 1.6000000000000001
bound 0x1.8cccccccccccdp0 1.5500000000000001
bound 0x1.3333333333333p0 1.2
bound 0x1.5555555555555p0 1.3333333333333333
bound 0x1.0p54 18014398509481984
bound 0x1.0000000000001p54 18014398509481988
bound 0x1.0p60 1.152921504606847e18
bound 0x1.fffffffffffffp1023 1.7976931348623158e308

CALLER=$HERE/test/calls/caller.json
expect PROVED 0 'a call, with its callee' "$CALLER" - "$HERE/test/relu.json" -
expect 'NOT DECIDED' 3 'a call, without its callee' "$CALLER" -
sed 's/"test.relu"/"test.relu\/pairs"/' "$CALLER" > "$FILE"
expect 'REJECTED: a network whose name is no identifier: "test.relu/pairs"' 1 'a call of pairs' "$FILE" - "$HERE/test/relu.json" -
expect 'NOT DECIDED' 3 'a call, with another callee' "$CALLER" - "$HERE/test/maxmin.json" -
expect REJECTED 1 'a callee that nothing calls' "$HERE/test/relu.json" - "$HERE/test/maxmin.json" -
expect PROVED 0 'a callee twice' "$CALLER" - "$HERE/test/relu.json" - "$HERE/test/relu.json" -
UNREAD='REJECTED: weights are given, of which the certificate names none'
expect "$UNREAD" 1 'weights that nothing names' "$HERE/test/relu.json" "$OTHERS"
expect "$UNREAD" 1 'weights of a callee that nothing names' "$CALLER" - "$HERE/test/relu.json" "$OTHERS"
printf '' > "$FILE"
expect 'REJECTED: no safetensors file' 1 'an empty file as weights that nothing names' "$HERE/test/relu.json" "$FILE"
expect 'REJECTED: no safetensors file' 1 'an empty file as weights of a callee' "$CALLER" - "$HERE/test/relu.json" "$FILE"
# Two networks of one name: a caller of a caller of relu, which calls relu as well.
for name in other relu; do
  sed "s/test.caller/test.$name/" "$CALLER" > "$FILE"
  sed -e 's/^    {"operation": "scale".*/    {"operation": "call", "operand": 1, "network": "test.'$name'", "certificate": "sha256:'"$(sha256sum < "$FILE" | cut -c1-64)"'", "inputs": 2, "size": 2}/' \
    -e 's/^    {"unit": 1.*/&,\n    {"unit": 2, "constraint": "gain", "values": ["0x1.0p0"]}/; s/"0x1.0p2"/"0x1.0p0"/' "$CALLER" > "$HEADER"
  case $name in
    other) expect PROVED 0 'two callees' "$HEADER" - "$FILE" - "$HERE/test/relu.json" - ;;
    *) expect 'REJECTED: two callees of one name' 1 'two callees of one name' "$HEADER" - "$FILE" - "$HERE/test/relu.json" - ;;
  esac
done
expect REJECTED 1 'a callee twice, with weights the second time' "$CALLER" - "$HERE/test/relu.json" - "$HERE/test/relu.json" "$WEIGHTS"
sed 's/"0x1.0p2"/"0x1.0p-1"/' "$CALLER" > "$FILE"
expect 'NOT DECIDED' 3 'a call, with another multiplier' "$FILE" - "$HERE/test/relu.json" -
sed -e 's/"declared": .*/"declared": "0x1.fffffffffffffp-1",/' -e 's/"bound": .*/"bound": "0x1.fffffffffffffp-1",/' "$CALLER" > "$FILE"
expect 'NOT DECIDED' 3 'a call, the bound one unit lower' "$FILE" - "$HERE/test/relu.json" -

# From linf to linf by 6, of four outputs: in l2 that is 6 times the root of 4, and no more.
STRETCHED=$HERE/test/calls/stretched.json
expect PROVED 0 'a call of a gain that is a root, exactly' "$HERE/test/calls/root.json" - "$STRETCHED" -
sed 's/"0x1.8p3"/"0x1.7ffffffffffffp3"/' "$HERE/test/calls/root.json" > "$FILE"
expect 'NOT DECIDED' 3 'the same, the bound one unit lower' "$FILE" - "$STRETCHED" -

. "$HERE/test/constructions.sh"

# A callee without units, inlined, of an element less than it is given.
sed -e '/"operation": "activation"/d; s/"size": 2},*/"size": 1}/' -e '/"multipliers": \[/{N;N;s/.*/  "multipliers": [],/;}' "$HERE/test/relu.json" \
  | sed -e '/"scale"/d; s/"declared": .*/"declared": "0x1.0p0",/; s/"bound": .*/"bound": "0x1.0p0",/' > "$HEADER"
for size in '1 0 PROVED' '2 1 REJECTED: a size that does not fit'; do
  set -- $size
  CALL='{"operation": "call", "operand": 0, "network": "test.relu", "certificate": "sha256:'$(sha256sum < "$HEADER" | cut -c1-64)'", "inputs": 1, "size": 1}'
  sed -e 's|{"operation": "input".*|{"operation": "input", "size": '"$1"'},\n    '"$CALL"'|; s/"tensors": \[\],/&\n  "calls": "inlined",/' \
    "$HEADER" > "$FILE"
  expect "${size#"$1 $2 "}" "$2" "an inlined call of one element, given $1" "$FILE" - "$HEADER" -
done

# The bound is in two members; both are lowered, to the next double.
fault 'NOT DECIDED' relu 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-2",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-2",/'
fault 'NOT DECIDED' maxmin 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-1",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-1",/'
fault 'NOT DECIDED' householder 'another axis' 's/0x0.0p0/0x1.0p-52/'
fault 'NOT DECIDED' relu 'another multiplier' 's/"values": \["0x1.0p-2"/"values": ["0x1.0p-3"/'
fault 'NOT DECIDED: no theorem about l2_normalize' softmax 'a length in its place' 's/"softmax"/"l2_normalize"/'
fault 'NOT DECIDED: too large' relu 'center of 1,500' 's/"size": 2/"size": 1500/; s/"relu"/"center"/; /"multipliers": \[/,/^  \]/c\  "multipliers": [],'
fault 'NOT DECIDED' relu 'abs in place of relu' 's/"relu"/"abs"/'
fault 'NOT DECIDED' linear 'a bound below its norm' 's/0x1.dp0/0x1.cp0/g'
fault 'NOT DECIDED' gelu 'a bound below its slopes' 's/0x1.3p0/0x1.2p0/g'
fault 'NOT DECIDED' silu 'a bound below its slopes' 's/0x1.2p0/0x1.1p0/g'
fault 'NOT DECIDED' mish 'a bound below its slopes' 's/0x1.2p0/0x1.16p0/g'
fault 'NOT DECIDED' gelu-tanh 'a bound below its slopes' 's/0x1.3p0/0x1.2p0/g'
fault 'NOT DECIDED' between-largest 'proofs in another order' 's/\["0x1.0p0", "0x0.0p0"\]/["0x0.0p0", "0x1.0p0"]/'
fault 'REJECTED' relu 'a negative multiplier' 's/"0x1.0p-2"/"-0x1.0p-2"/'
fault 'NOT DECIDED' gain 'a bound below the gain' 's/"declared": .*/"declared": "0x1.7ffffffffffffp1",/; s/"bound": .*/"bound": "0x1.7ffffffffffffp1",/'
fault 'NOT DECIDED' gain 'a factor above it' 's/-0x1.8p1/-0x1.8000000000001p1/'
fault 'REJECTED' gain 'no multiplier of the gain' '/"unit": 2, "c/d; s/\["0x1.0p0"\]},/["0x1.0p0"]}/'
fault 'NOT DECIDED' group-sort 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-1",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-1",/'
fault 'REJECTED' group-sort 'groups that do not fill it' 's/"0x1.8p1"/"0x1.0p2"/'
fault 'REJECTED' maxmin 'a procedure without a matrix' 's/exact elimination/elementwise product/'
fault 'NOT DECIDED' frequencies 'a bound below its slopes' 's/"0x1.05p0"/"0x1.fp-1"/'
fault 'REJECTED: all frequencies: other norms' frequencies 'to linf, without a head' 's/"gains": \[\]/"input norm": "l2",\n  "output norm": "linf",\n  &/'
fault 'REJECTED' frequencies 'an image that does not fit' 's/^    2,$/    1,/'
for name in gain-of-sorted softmax gain-of-softmax; do
  fault 'NOT DECIDED' $name 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-1",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-1",/'
done
fault 'NOT DECIDED' elements 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp2",/; s/"bound": .*/"bound": "0x1.fffffffffffffp2",/'
fault 'NOT DECIDED' pools 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.0p1",/; s/"bound": .*/"bound": "0x1.0p1",/'
fault 'REJECTED' gain-of-sorted 'an element twice' 's/\[5, 0, 3\]/[5, 0, 5]/'
fault 'NOT DECIDED' softmax 'twice as cold' 's/"0x1.0p-1"/"0x1.0p-2"/'
fault 'REJECTED' softmax 'a temperature of zero' 's/"0x1.0p-1"/"0x0.0p0"/'
fault 'REJECTED' softmax 'a temperature whose inverse is infinite' 's/"0x1.0p-1"/"0x0.0000000000001p-1022"/'
fault 'REJECTED' softmax 'a multiplier for each element' 's/"values": \["0x1.0p0"\]/"values": ["0x1.0p0", "0x1.0p0", "0x1.0p0"]/'
fault 'NOT DECIDED' gain-of-softmax 'abs in place of center' 's/"softmax", "parameters": \["0x1.0p-1"\]/"abs", "parameters": []/; s/"0x1.0p0"\]}$/"0x1.0p1"]}/'
fault 'REJECTED' elements 'from l2' '/input norm/d; /output norm/d'
fault 'REJECTED' elements 'a multiplier' 's/"multipliers": \[\]/"multipliers": [\n    {"unit": 3, "constraint": "slope", "values": ["0x1.0p0"]}\n  ]/'
fault 'REJECTED' elements 'multipliers that are no list' 's/"multipliers": \[\]/"multipliers": {}/'
fault 'REJECTED' elements 'rows' 's/product"$/&,\n  "rows": []/'
for name in ldlt-chain ldlt-residual; do
  fault 'REJECTED' $name 'a bound below the declared one' 's/"bound": "0x1.8p1"/"bound": "0x1.0p1"/'
  fault 'REJECTED' $name 'a bound of zero' 's/"0x1.8p1"/"0x0.0p0"/'
  fault 'REJECTED' $name 'from linf' 's/"tensors": \[\],/&\n  "input norm": "linf",\n  "output norm": "l2",/'
  fault 'REJECTED' $name 'a tensor of two units' 's/"out.weight"/"h1.weight"/'
  fault 'REJECTED' $name 'as a numeric one' 's/"structural"/"numeric"/'
  fault 'REJECTED' $name 'an activation with one slope' 's/"tanh"/"identity"/; s/"relu"/"identity"/'
  fault 'REJECTED' $name 'a multiplier' 's/"multipliers": \[\]/"multipliers": [\n    {"unit": 2, "constraint": "slope", "values": ["0x1.0p0"]}\n  ]/'
  for member in gains segmentations multipliers; do
    fault 'REJECTED' $name "$member that are no list" 's/"'$member'": \[\]/"'$member'": 1/'
  done
  fault 'REJECTED' $name 'a weight without a name' 's/"weight": "out.weight"/"weight": 1/'
  fault 'REJECTED' $name 'another size' 's/"inputs": 8/"inputs": 7/'
  fault 'REJECTED' $name 'by another procedure' 's/ldlt construction/exact elimination/'
  expect REJECTED 1 "$name, with weights" "$HERE/test/$name.json" "$WEIGHTS"
done
fault 'REJECTED' ldlt-residual 'a slope of -1' 's/"relu"/"abs"/'
fault 'REJECTED' ldlt-residual 'no hidden layer' 's/\[4, 3\]/[3, 3]/'
fault 'REJECTED' ldlt-chain 'a unit that skips' 's/"operand": 4/"operand": 2/'
fault 'NOT DECIDED' channels 'neighbours' 's/, "pixels": 2//'
fault 'REJECTED: groups of channels that do not fit' channels 'pixels that do not fit' 's/"pixels": 2/"pixels": 3/'
fault 'REJECTED' channels 'pixels of a single element' 's/"maxmin", "parameters": \[\], "size": 4, "pixels": 2/"relu", "parameters": [], "size": 4, "pixels": 2/'
fault 'REJECTED: groups of channels of another size' channels 'an element behind the last group' 's/"size": 4}/"size": 5}/; s/"shift": \[/&"0x0.0p0", /; s/\], "shift/, "0x1.0p0"&/'
fault 'REJECTED' channels 'a pixel' 's/"pixels": 2/"pixels": 1/'
fault 'REJECTED' pools 'a window beyond the image' 's/"kernel": \[2, 2\]/"kernel": [4, 2]/'
fault 'REJECTED' pools 'another stride' 's/"stride": \[1, 2\]/"stride": [1, 1]/'
fault 'REJECTED' pools 'a stride of zero' 's/"stride": \[1, 2\]/"stride": [1, 0]/'
fault 'NOT DECIDED' pools 'another factor' 's/"factor": "0x1.0p0"/"factor": "0x1.0000000000001p0"/'
fault 'REJECTED' pools 'a maximum without a gain' '/"multipliers": \[/{N;N;s/.*/  "multipliers": [],/;}'
fault 'REJECTED' relu 'a bound above the declared one' 's/"bound": .*/"bound": "0x1.0p0",/'
fault 'REJECTED' relu 'a negative bound' 's/"0x1.0p-1",/"-0x1.0p-1",/'
fault 'REJECTED' relu 'no multiplier' '/"multipliers": \[/{N;N;s/.*/  "multipliers": [],/;}'
fault 'REJECTED' relu 'a multiplier that nothing reads' 's/{"unit": 1,/{"unit": 2,/'
fault 'REJECTED' relu 'two members of one name' 's/"kind": "structural",/"kind": "structural",\n  "kind": "structural",/'
fault 'REJECTED' relu 'an unknown member' 's/"kind": "structural",/"kind": "structural",\n  "note": "none",/'
fault 'REJECTED' relu 'a blank more' 's/"size": 2}/"size":  2}/'
fault 'REJECTED' relu 'something behind it' '$s/$/\n /'
# Behind the elimination of its input S is zero: a witness of it has no rows.
sed 's/"exact elimination"/"congruence",\n  "rows": []/' "$HERE/test/relu.json" > "$FILE"
expect PROVED 0 'relu, a witness without rows' "$FILE" -
# A group of equal differences has no coordinates: S of the first is zero, and that of the second 2^2 - 1.
sed 's/"exact elimination"/"congruence",\n  "rows": []/' "$HERE/test/equal-elements.json" > "$FILE"
expect PROVED 0 'equal elements, a witness without rows' "$FILE" -
fault 'REJECTED' equal-elements 'a row more than S has' 's/"exact elimination"/"congruence",\n  "rows": [\n    "1"\n  ]/'
fault 'NOT DECIDED' equal-elements 'a smaller bound' 's/"bound": "0x1.0p1"/"bound": "0x1.fffffffffffffp0"/'
fault 'NOT DECIDED' equal-elements 'one that is not equal' 's/"factor": "0x1.0p0"/"factor": "0x1.0000000000001p0"/'
fault 'REJECTED' equal-logits 'rows that S does not have' 's/"exact elimination"/"congruence",\n  "rows": [\n    "1",\n    "0 1",\n    "0 0 1"\n  ]/'
# Its S has 82 coordinates, and eigenvalues near 2^-53; of the bound 5 / 4 they would be 0.
fault 'NOT DECIDED' nearly-singular 'singular' 's/0x1.4000000000001p0/0x1.4p0/'
fault 'NOT DECIDED' nearly-singular 'below' 's/0x1.4000000000001p0/0x1.3ffffffffffffp0/'
fault 'REJECTED' relu 'a row more than S has' 's/"exact elimination"/"congruence",\n  "rows": [\n    "1"\n  ]/'
fault 'REJECTED' relu 'NaN' 's/"0x1.0p-2"/"NaN"/'
fault 'REJECTED' relu 'infinity' 's/"0x1.0p-2"/"Infinity"/'
fault 'REJECTED' relu 'a real without its first digit' 's/"0x1.0p-2"/"0x.0p0"/'
fault 'REJECTED' relu 'a head that nothing reads' 's/elimination"$/&,\n  "head": 1/'
fault 'REJECTED' relu 'extents whose product wraps around' 's/"input", "size": 2/"input", "shape": [5, 1844674407370955162]/'
fault 'REJECTED' gain 'lengths whose sum wraps around' 's/"segmentations": \[\]/"segmentations": [\n    {"unit": 0, "lengths": [4611686018427387903, 4611686018427387903, 4]}\n  ]/'
fault 'REJECTED' relu 'an operand of sixty bits' 's/"operand": 1/"operand": 4611686018427387903/'
fault 'REJECTED' relu 'a real in another spelling' 's/"0x1.0p-2"/"0x1.00p-2"/'
fault 'REJECTED' relu 'a real with two digits before the point' 's/"0x1.0p-2"/"0x01.0p-1022"/'
fault 'NOT DECIDED' relu 'an operand of a large number' 's/"operand": 1/"operand": 1000000000/'
fault 'REJECTED' relu 'a size that does not fit' 's/"relu", "parameters": \[\], "size": 2/"relu", "parameters": [], "size": 1/'
fault 'REJECTED: a unit that reads a later one' relu 'a unit that reads itself' 's/"operand": 1/"operand": 2/'
fault 'REJECTED' relu 'a unit that nothing reads' 's/"operand": 1/"operand": 0/'
fault 'REJECTED' relu 'an activation that there is not' 's/"relu"/"rely"/'
fault 'REJECTED' linear 'a selection of what is not there' 's/\[1, 0\]/[2, 0]/'
fault 'REJECTED' between-largest 'a proof too few' '/"proofs"/{n;s/,$//;n;d;}'
fault 'REJECTED: too few or too many proofs' between-largest 'a proof too many' '/"proofs"/{n;p;}'

. "$HERE/test/images.sh"
. "$HERE/test/weights.sh"
. "$HERE/test/cost.sh"
. "$HERE/test/sizes.sh"
. "$HERE/test/forms.sh"
. "$HERE/test/layer-norm.sh"
. "$HERE/test/scales.sh"
. "$HERE/test/signs.sh"
. "$HERE/test/local.sh"

# Tensors: of another file, and with one bit changed.
"$PROVED" "$WEIGHTS" > /dev/null || failed=1
expect REJECTED 1 'weights without a certificate' "$OTHERS"
# The certificate that the weights carry, and a row of its witness less.
size=$(od -An -tu8 -N8 "$WEIGHTS" | tr -d ' ')
tail -c +9 "$WEIGHTS" | head -c "$size" \
  | sed -e 's/.*"lipc.certificate": *"\(\([^"\\]\|\\.\)*\)".*/\1/; s/\\u000a/\n/g; s/\\"/"/g' > "$FILE"
expect PROVED 0 'the certificate, beside its weights' "$FILE" "$WEIGHTS"
awk '$0 == "  ]" && l[n] ~ /^    "[-0-9 ]*"$/ { n--; sub(/,$/, "", l[n]) } { l[++n] = $0 } END { for (i = 1; i <= n; i++) print l[i] }' \
  "$FILE" > "$HEADER"
cp "$HEADER" "$FILE"
expect REJECTED 1 'a row of its witness less' "$FILE" "$WEIGHTS"
# A file of weights has one reading: no other program finds other tensors in it.
PLACE='{"dtype": "F32", "shape": [32], "data_offsets": [0, 128]}'
header PROVED 0 'a name in escapes' 's/"h1.bias": {/"h1.\\u0062ias": {/'
header REJECTED 1 'a tensor twice, by escapes, at another place' "s/\"h2.bias\": {/\"h2.\\\\u0062ias\": $PLACE, &/"
header REJECTED 1 'offsets twice, by escapes' 's/"h2.bias": {/&"d\\u0061ta_offsets": [0, 128], /'
header REJECTED 1 'a tensor of another shape' 's/"shape": \[10, 32\]/"shape": [32, 10]/'
header REJECTED 1 'a tensor without its shape' 's/"shape": \[10, 32\], //'
header REJECTED 1 'a member more in a tensor' 's/"h2.bias": {/&"note": 1, /'
header REJECTED 1 'a tensor in the place of another' "s/\"h2.bias\": {/\"more\": $PLACE, &/"
header REJECTED 1 'an escape that there is not' 's/{/&"__metad\\x61ta__":{},/'
header 'REJECTED: no safetensors file' 1 'a length beyond its file' '' 200
printf 'abc' > "$FILE"
expect 'REJECTED: no safetensors file' 1 'weights of three bytes' "$FILE"
# A tensor that no unit names, at the end of the file: a number, and NaN.
DATA=$(($(wc -c < "$WEIGHTS") - 8 - size))
MORE="\"more\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [$DATA, $((DATA + 4))]}"
NAMED=$WEIGHTS
WEIGHTS=$(mktemp)
for number in '\000\000\200\077 PROVED 0 a' '\000\000\300\177 REJECTED 1 no'; do
  set -- $number
  { cat "$NAMED"; printf "$1"; } > "$WEIGHTS"
  header "$2" "$3" "a tensor that no unit names, $4 number" "s/\"h2.bias\": {/$MORE, &/"
done
rm -f "$WEIGHTS"
WEIGHTS=$NAMED
cp "$WEIGHTS" "$FILE"
printf 'x' >> "$FILE"
expect REJECTED 1 'a byte behind the tensors' "$FILE"
cp "$WEIGHTS" "$FILE"
printf '\001' | dd of="$FILE" bs=1 seek=$(($(wc -c < "$FILE") - 1)) conv=notrunc 2> /dev/null
expect REJECTED 1 'one byte of a tensor changed' "$FILE"
expect '' 2 'no file'
expect '' 2 'a file that is not there' "$HERE/test/none.json" -
[ "$failed" = 0 ] && echo 'lipc-proved: all as expected'
exit "$failed"
