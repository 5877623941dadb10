# Part of ../test.sh.
# Pairs with a delta: docs/certificate-format.md, "Radii by signs". Each kind of kink is proved by the second proof beside
# the delta, and each member of both is changed in each kind.
expect 'PROVED: test.signs/pairs (2 inputs, 1 output, 6 units) is 1-Lipschitz, exactly 0x1.0p0, from l2 to linf, for all values of its parameters, with radii by signs from delta 0x1.0p-2' \
  0 'what is said of a delta' "$HERE/test/signs-relu.json" -
delta() { printf '%s' 's/"delta": ".*"/"delta": '"$1"'/'; }
# In second proofs alone.
second() { printf '%s' '/verified cholesky/s/'"$1/$2/"; }
values() { second '"slope", "values": \["0x[^"]*"' '"slope", "values": ["'"$1"'"'; }
BARE='a second proof that is not of multipliers alone'
COUNT='too few or too many proofs'
RANGE='a delta that is not between 0 and 1'
for certificate in "$HERE"/test/signs-*.json; do
  name=$(basename "$certificate" .json)
  refused "$COUNT" "$name" 'no delta' '/"delta"/d'
  for number in 0x0.0p0 -0x0.0p0 -0x1.0p-3 0x1.0p0 0x1.0p1; do refused "$RANGE" "$name" "a delta of $number" "$(delta "\"$number\"")"; done
  for number in '"NaN"' '"Infinity"' '"0.25"' '""' 1 '[]'; do refused 'no real number' "$name" "a delta of $number" "$(delta "$number")"; done
  fault 'NOT DECIDED: no proof' "$name" 'a delta just below 1' "$(delta '"0x1.fffffffffffffp-1"')"
  case $name in *three) less=$COUNT ;; *) less='a list of a single proof' ;; esac
  refused "$less" "$name" 'a second proof less' ':all;N;$!ball;s/,\n    {[^\n]*cholesky"}\n  \]/\n  ]/'
  refused "$COUNT" "$name" 'a second proof more' '/cholesky"}$/{s/$/,/p;s/,$//;}'
  refused "$BARE" "$name" 'a second proof by another procedure' 's/verified cholesky/exact elimination/'
  refused "$BARE" "$name" 'a second proof of segments' "$(second '"segmentations": \[\]' '"segmentations": [{"unit": 0, "lengths": [1, 1]}]')"
  refused 'a gain that nothing reads' "$name" 'a second proof of a gain' \
    "$(second '"gains": \[\]' '"gains": [{"unit": 1, "gain": "0x1.0p0", "procedure": "exact elimination"}]')"
  refused 'rows that nothing reads' "$name" 'a second proof with rows' 's/"verified cholesky"/&, "rows": []/'
  refused 'a torus that nothing reads' "$name" 'a second proof with a torus' 's/"verified cholesky"/&, "torus": [1, 1], "twist": ["0x0.0p0", "0x0.0p0"]/'
  refused 'a multiplier is missing' "$name" 'a second proof of no multipliers' "$(second '"multipliers": \[.*\], "p' '"multipliers": [], "p')"
  refused 'a multiplier is missing' "$name" 'a multiplier of another unit' "$(second '{"unit": [12], "constraint": "slope"' '{"unit": 4, "constraint": "slope"')"
  refused 'a multiplier is missing' "$name" 'a multiplier of another constraint' "$(second '"slope"' '"crop"')"
  refused 'a multiplier that is negative' "$name" 'a multiplier below zero' "$(values -0x1.0p-60)"
  refused 'multipliers that nothing reads' "$name" 'multipliers of three kinks' "$(second '"slope", "values": \[[^]]*\]' '"slope", "values": ["0x1.0p-2", "0x1.0p-2", "0x1.0p-2"]')"
  fault 'NOT DECIDED: no proof' "$name" 'a second multiplier of zero' "$(values 0x0.0p0)"
  fault 'NOT DECIDED: no proof' "$name" 'a second multiplier of 64' "$(values 0x1.0p6)"
  refused 'not the members' "$name" 'a delta behind the proofs' '/"delta"/d; s/^  \]$/  ],\n  "delta": "0x1.0p-3"/'
  refused 'not the members' "$name" 'a delta before the norms' '/"delta"/d; s/^  "input norm"/  "delta": "0x1.0p-3",\n&/'
done
# The least eigenvalue of the form of relu is (3 - sqrt 5) / 2, between these two doubles.
proved signs-relu 'a delta below the least eigenvalue' "$(delta '"0x1.8722191a02d6p-2"')"
fault 'NOT DECIDED: no proof' signs-relu 'a delta above it' "$(delta '"0x1.8722191a02d61p-2"')"
proved signs-relu 'the least delta' "$(delta '"0x0.0000000000001p-1022"')"
# From linf the multipliers of the input add to no more than 1, here of second proofs.
fault 'NOT DECIDED: no proof' signs-from-largest 'multipliers of the input that add to more' "$(second '"range", "values": \["0x1.0p-1"' '"range", "values": ["0x1.0000000000001p-1"')"
refused 'a multiplier is missing' signs-from-largest 'a second proof without the input' "$(second ', {"unit": 0, [^}]*}' '')"
refused 'multipliers that nothing reads' signs-relu 'a second proof with multipliers of the input' \
  "$(second '"multipliers": \[' '&{"unit": 0, "constraint": "range", "values": ["0x1.0p-1"]}, ')"
# A function without kinks, and a unit by its gain, have a form as well.
proved signs-relu 'tanh in place of relu' 's/"relu"/"tanh"/'
proved signs-relu 'a second proof by a gain' "$(second '"slope", "values": \["0x1.0p0"' '"gain", "values": ["0x1.0p-1"')"
fault 'NOT DECIDED: no proof' signs-relu 'abs in place of relu' 's/"relu"/"abs"/'
# A delta is one of proofs of pairs.
refused 'a delta that nothing reads' relu 'a delta of a network' 's/^  "gains"/  "delta": "0x1.0p-2",\n&/'
refused 'a delta that nothing reads' pairs 'a delta beside an elementwise product' 's/^  "output norm".*/&\n  "delta": "0x1.0p-2",/'
refused 'a delta that nothing reads' between-largest 'a delta of a network with proofs' 's/^  "output norm".*/&\n  "delta": "0x1.0p-2",/'
refused 'a delta that nothing reads' signs-relu 'a delta of another name' 's/test.signs\/pairs/test.signs/'
# Kinks of groups of channels, behind a convolution.
CHANNELS=$HERE/test/images/signs
expect PROVED 0 'a convolution, and kinks of channels' "$CHANNELS.json" "$CHANNELS.safetensors"
of_channels() {
  sed -e "$3" "$CHANNELS.json" > "$FILE"
  if cmp -s "$FILE" "$CHANNELS.json"; then echo "FAILED: $2 changes nothing"; failed=1; fi
  expect "$1" "$(code "$1")" "kinks of channels, $2" "$FILE" "$CHANNELS.safetensors"
}
of_channels 'NOT DECIDED: no proof' 'a delta above a half' "$(delta '"0x1.0000000000001p-1"')"
of_channels 'NOT DECIDED: no proof' 'one kink without a multiplier' "$(second '"values": \["0x1.0p-2", "0x1.0p-2"\]' '"values": ["0x0.0p0", "0x1.0p-2"]')"
of_channels 'NOT DECIDED: no proof' 'a second multiplier above' "$(second '"values": \["0x1.0p-2"' '"values": ["0x1.0p2"')"
of_channels 'REJECTED: multipliers that nothing reads' 'a multiplier for each element' "$(second '"values": \[' '&"0x1.0p-2", "0x1.0p-2", ')"
of_channels 'REJECTED: groups of channels that do not fit' 'other pixels' 's/"pixels": 2/"pixels": 3/'
# Kinks of what is called: inlined, or none, as its bound alone is used.
CALL='s|{"operation": "activation".*|{"operation": "call", "operand": 0, "network": "test.relu", "certificate": "sha256:'$(sha256sum < "$HERE/test/relu.json" | cut -c1-64)'", "inputs": 2, "size": 2},|'
sed -e "$CALL" -e 's/^  "delta".*/&\n  "calls": "inlined",/' "$HERE/test/signs-relu.json" > "$FILE"
expect PROVED 0 'kinks of a callee that is inlined' "$FILE" - "$HERE/test/relu.json" -
sed -i "$(values 0x1.0p6)" "$FILE"
expect 'NOT DECIDED: no proof' 3 'the same, with another second multiplier' "$FILE" - "$HERE/test/relu.json" -
sed -e "$CALL" -e 's/"constraint": "slope"/"constraint": "gain"/' "$HERE/test/signs-relu.json" > "$FILE"
expect PROVED 0 'a callee by its bound' "$FILE" - "$HERE/test/relu.json" -
sed -i 's/^  "delta".*/&\n  "calls": "inlined",/' "$FILE"
expect 'NOT DECIDED: no proof' 3 'the gain of a kink that is inlined' "$FILE" - "$HERE/test/relu.json" -
# No bound of pairs is for callers, and none of others is for pairs.
sed 's/"test.relu"/"test.signs\/pairs"/' "$CALLER" > "$FILE"
expect 'REJECTED: a network whose name is no identifier: "test.signs/pairs"' 1 'a call of pairs with a delta' "$FILE" - "$HERE/test/signs-relu.json" -
