# Part of ../test.sh.
# Bounds in a scale of the inputs: docs/certificate-format.md, "A scaled bound".
LOWER='s/"declared": .*/"declared": "0x1.fffffffffffffp-2",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-2",/'
expect 'PROVED: test.scaled/scaled (2 inputs, 2 outputs, 3 units) is 0.5-Lipschitz, exactly 0x1.0p-1, from l2 in the units given to l2, for all' \
  0 'what is said of units' "$HERE/test/scaled.json" -
expect 'PROVED: test.layer/scaled (2 inputs, 3 outputs, 3 units) is 0.5-Lipschitz, exactly 0x1.0p-1, from l2 behind its first layer to l2, for all' \
  0 'what is said of a first layer' "$HERE/test/layer.json" -

# Units.
second() { printf '%s' 's/^    "0x1.0p1"$/    '"$1"'/'; }
LENGTHS='no positive length for each element of the input'
fault 'NOT DECIDED: no proof' scaled 'its bound one unit lower' "$LOWER"
fault 'NOT DECIDED: no proof' scaled 'a length above' "$(second '"0x1.0000000000001p1"')"
proved scaled 'a length below' "$(second '"0x1.fffffffffffffp0"')"
fault 'NOT DECIDED: no proof' scaled 'lengths in another order' 's/^    "0x1.0p-2",$/    "0x1.0p1",/; '"$(second '"0x1.0p-2"')"
for length in 0x0.0p0 -0x0.0p0 -0x1.0p1; do
  refused "$LENGTHS" scaled "a length of $length" "$(second "\"$length\"")"
done
for length in NaN Infinity 2.0; do
  refused 'no real number' scaled "a length of $length" "$(second "\"$length\"")"
done
refused 'no real number' scaled 'a length that is an integer' "$(second 2)"
refused "$LENGTHS" scaled 'a length too few' '/"per": \[/,/^  \]/c\  "per": [\n    "0x1.0p-2"\n  ],'
refused "$LENGTHS" scaled 'a length too many' 's/^    "0x1.0p1"$/&,\n&/'
refused "$LENGTHS" scaled 'no lengths' '/"per": \[/,/^  \]/c\  "per": [],'
# Lengths are doubles, whatever the type of the network is.
proved scaled 'a length that is no float, of a network of floats' 's/"f64"/"f32"/; '"$(second '"0x1.fffffffffffffp0"')"
refused 'multipliers that nothing reads' scaled 'a multiplier of a unit as it is listed' 's/"unit": 3/"unit": 2/'
refused 'a scale without its name, or that without a scale' scaled 'the name of the network itself' 's/test.scaled\/scaled/test.scaled/'
refused 'a scale without its name, or that without a scale' relu 'the name of a scale' 's/test.relu/test.relu\/scaled/'
# Pairs, here of the halves of two inputs; each rule of their form is broken once.
PAIRS='no units of pairs, or another bound than 1 to linf'
factor() { printf '%s' 's/"scale": \["0x1.0p0"\]/"scale": ["'"$1"'"]/'; }
per() { printf '%s' '; s/^  "output norm".*/&\n  "per": '"$1"',/'; }
DOUBLED='[\n    "0x1.0p1",\n    "0x1.0p1"\n  ]'
fault 'NOT DECIDED: no proof' pairs 'a factor above' "$(factor 0x1.0000000000001p0)"
fault 'NOT DECIDED: no proof' pairs 'in doubled units' "$(factor 0x1.0000000000001p-1)$(per "$DOUBLED")"
proved pairs 'in doubled units, of half the factor' "$(factor 0x1.0p-1)$(per "$DOUBLED")"
fault 'NOT DECIDED: no proof' pairs 'behind the halves' "$(factor 0x1.0000000000001p-1)$(per '"first layer"')"
proved pairs 'behind the halves, of half the factor' "$(factor 0x1.0p-1)$(per '"first layer"')"
refused "$PAIRS" pairs 'a bound above 1' 's/"0x1.0p0",$/"0x1.0p1",/'
refused "$PAIRS" pairs 'a bound below the declared 1' 's/"bound": .*/"bound": "0x1.0p-1",/; '"$(factor 0x1.0p-1)"
refused "$PAIRS" pairs 'a declared bound of 2' 's/"declared": .*/"declared": "0x1.0p1",/'
refused "$PAIRS" pairs 'to l2' 's/"output norm": "linf"/"output norm": "l2"/'
refused "$PAIRS" pairs 'the second less the first' 's/\[0\]/[2]/; s/\[1\]/[0]/; s/\[2\]/[1]/'
refused "$PAIRS" pairs 'the first twice' 's/\[1\]/[0]/'
refused "$PAIRS" pairs 'the second twice' 's/\[0\]/[1]/'
refused "$PAIRS" pairs 'the sum of both' 's/"-0x1.0p0"/"0x1.0p0"/; '"$(factor 0x1.0p-1)"
refused "$PAIRS" pairs 'the terms in another order' 's/\[2, 4\]/[4, 2]/'
refused "$PAIRS" pairs 'a unit before the last' 's/"operand": 1, "indices": \[1\]/"operand": 0, "indices": [1]/; '"$(factor 0x1.0p-2)"
for factor in 0x0.0p0 -0x1.0p0; do
  refused "$PAIRS" pairs "a factor of $factor" "$(factor $factor)"
done
refused "$PAIRS" pairs 'a shift' 's/"shift": \["0x0.0p0"\]/"shift": ["0x1.0p0"]/'
refused "$PAIRS" pairs 'a shift that is written -0' 's/"shift": \["0x0.0p0"\]/"shift": ["-0x0.0p0"]/'
refused "$PAIRS" pairs 'another function behind them' 's/"operand": 5, .*/"operand": 5, "factor": "0x1.0p0", "size": 1}/; /"operand": 5/s/affine/scale/'
refused "$PAIRS" relu 'the name of pairs' 's/test.relu/&\/pairs/'
refused 'not the members format,' scaled 'a scale behind the proof' '/"per": \[/,/^  \]/d; s/"exact elimination"/&,\n  "per": [\n    "0x1.0p-2",\n    "0x1.0p1"\n  ]/'
for construction in 'ldlt-chain:"first layer"' 'ldlt-residual:[\n    "0x1.0p0",\n    "0x1.0p0",\n    "0x1.0p0",\n    "0x1.0p0"\n  ]'; do
  refused 'a construction of a bound in a scale' "${construction%%:*}" 'a scale' \
    's/"network": "[^"]*/&\/scaled/; s/"tensors": \[\],/&\n  "per": '"${construction#*:}"',/'
done
FOUR_LENGTHS() { printf '%s' 's/test.elements/&\/scaled/; s/^  "output norm".*/&\n  "per": [\n    "'"$1"'",\n    "'"$1"'",\n    "'"$1"'",\n    "'"$1"'"\n  ],/'; }
proved elements 'lengths of 1' "$(FOUR_LENGTHS 0x1.0p0)"
fault 'NOT DECIDED: no proof' elements 'lengths above 1' "$(FOUR_LENGTHS 0x1.0000000000001p0)"
refused 'a unit that has no place on a torus' frequencies 'lengths of pixels' \
  's/test.frequencies/&\/scaled/; s/"tensors": \[\],/&\n  "per": [\n    "0x1.0p0",\n    "0x1.0p0",\n    "0x1.0p0",\n    "0x1.0p0"\n  ],/; s/"unit": 1/"unit": 2/'

# The tensor that lengths are called after.
NAMED='/"per": \[/,/^  \]/s/^  \],$/&\n  "per tensor": "u",/'
refused 'a tensor of units that are not given' layer 'a tensor of a first layer' 's/"first layer",/&\n  "per tensor": "u",/'
refused 'a scale without its name' relu 'a tensor of no lengths' 's/test.relu/&\/scaled/; s/"tensors": \[\],/&\n  "per tensor": "u",/'
refused 'a tensor of units that are not given' pairs 'a tensor of no lengths' 's/^  "output norm".*/&\n  "per tensor": "u",/'
refused 'no safetensors file' scaled 'a tensor, without weights' "$NAMED"
refused 'per tensor is no text' scaled 'a number as a tensor' "$(printf '%s' "$NAMED" | sed 's/"u"/1/')"
fault 'NOT DECIDED: names of tensors with escapes' scaled 'a tensor whose name has an escape' "$(printf '%s' "$NAMED" | sed 's/"u"/"u\\\\\\\\"/')"
# units_of VERDICT EXIT_CODE WHAT NAME TYPE SHAPE BYTES
units_of() {
  octal "$7" > "$HEADER.data"
  header="{\"$4\": {\"dtype\": \"$5\", \"shape\": [$6], \"data_offsets\": [0, $(($(wc -c < "$HEADER.data")))]}}"
  { number ${#header}; printf %s "$header"; cat "$HEADER.data"; } > "$HEADER"
  rm -f "$HEADER.data"
  sed -e "$NAMED" "$HERE/test/scaled.json" > "$FILE"
  expect "$1" "$2" "$3" "$FILE" "$HEADER"
}
QUARTER='%000%000%000%000%000%000%320%077' DOUBLE='%000%000%000%000%000%000%000%100'
units_of 'PROVED: test.scaled/scaled (2 inputs, 2 outputs, 3 units) is 0.5-Lipschitz, exactly 0x1.0p-1, from l2 in the units u to l2' 0 \
  'lengths from a tensor of doubles' u F64 2 "$QUARTER$DOUBLE"
units_of PROVED 0 'lengths from a column' u F64 '2, 1' "$QUARTER$DOUBLE"
units_of PROVED 0 'lengths from a tensor of floats' u F32 2 '%000%000%200%076%000%000%000%100'
units_of 'NOT DECIDED: the units u are stored as F16' 3 'lengths from halves' u F16 2 '%000%064%000%100'
OTHER='REJECTED: the units u have other numbers among the weights'
units_of "$OTHER" 1 'another length in the last bit' u F64 2 "$QUARTER%001%000%000%000%000%000%000%100"
units_of "$OTHER" 1 'lengths in another order' u F64 2 "$DOUBLE$QUARTER"
units_of "$OTHER" 1 'a length more in the tensor' u F64 3 "$QUARTER$DOUBLE$DOUBLE"
units_of "$OTHER" 1 'a length less in the tensor' u F64 1 "$QUARTER"
units_of 'REJECTED: the units u are not among the weights' 1 'a tensor of another name' v F64 2 "$QUARTER$DOUBLE"
expect "$UNREAD" 1 'weights beside lengths of no tensor' "$HERE/test/scaled.json" "$HEADER"

# A first layer.
ALONE='no linear unit alone reads the input'
fault 'NOT DECIDED: no proof' layer 'its bound one unit lower' "$LOWER"
refused 'per cannot be ' layer 'a second layer' 's/"first layer"/"second layer"/'
refused 'per is no text' layer 'the number of a layer' 's/"first layer"/1/'
refused 'a multiplier is missing' layer 'a multiplier of a unit as it is listed' 's/"unit": 1/"unit": 2/'
first() { printf '%s' 's/{"operation": "select".*/'"$1"'/; s/"size": 3/"size": 2/'; }
for layer in '"identity" 2' '"center" 2'; do
  proved layer "the activation ${layer% *} first" "$(first '{"operation": "activation", "operand": 0, "name": '"${layer% *}"', "parameters": [], "size": 2},')"
done
refused "$ALONE" layer 'an activation that is not linear, first' "$(first '{"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": 2},')"
refused "$ALONE" layer 'a sum of the input with itself, first' "$(first '{"operation": "sum", "operands": [0, 0], "size": 2},')"
refused "$ALONE" layer 'a second unit that reads the input' "$(first '{"operation": "scale", "operand": 0, "factor": "0x1.0p0", "size": 2},'); "'s/"activation", "operand": 1\(.*\)/"sum", "operands": [1, 0], "size": 2},\n    {"operation": "activation", "operand": 2\1/; s/"operand": 2, "factor"/"operand": 3, "factor"/; s/"unit": 1/"unit": 2/'
refused "$ALONE" layer 'the input alone' '/"operation": "s/d; /"operation": "activation/d; s/"size": 2},/"size": 2}/; /"multipliers": \[/,/^  \]/c\  "multipliers": [],'
# An image behind a layer that keeps its extents, as far as they are known.
behind() { printf '%s' 's/test.frequencies/&\/scaled/; s/"tensors": \[\],/&\n  "per": "first layer",/; s/^    {"operation": "activation", "operand": 0/    '"$1"',\n    {"operation": "activation", "operand": 1/'; }
proved frequencies 'behind a factor of the image' "$(behind '{"operation": "scale", "operand": 0, "factor": "0x1.8p1", "size": 4}')"
refused 'an input that is no image' frequencies 'behind a part of a larger image' \
  "$(behind '{"operation": "select", "operand": 0, "indices": [0, 1, 2, 3]}')"'; s/"shape": \[1, 2, 2\]/"shape": [1, 2, 3]/'
# A network of one layer is the identity behind it.
lonely() { printf '%s' '/"operation": "activation/d; /"operation": "scale/d; s/"indices": \[1, 0, 1\]},/"indices": [1, 0, 1]}/; /"multipliers": \[/,/^  \]/c\  "multipliers": [],
  s/"0x1.0p-1",/"'"$1"'",/'; }
proved layer 'one layer, of 1' "$(lonely 0x1.0p0)"
fault 'NOT DECIDED: no proof' layer 'one layer, of less' "$(lonely 0x1.fffffffffffffp-1)"

# Calls: a scaled bound is nothing that a caller may use, and one may call others.
CALL='{"operation": "call", "operand": 0, "network": "test.scaled", "certificate": "sha256:'$(sha256sum < "$HERE/test/scaled.json" | cut -c1-64)'", "inputs": 2, "size": 2}'
sed 's|{"operation": "call".*}|'"$CALL"'|' "$HERE/test/calls/caller.json" > "$FILE"
expect 'REJECTED: a callee of another name, type or size' 1 'a call of a scaled bound' "$FILE" - "$HERE/test/scaled.json" -
sed 's|test.scaled|test.scaled/scaled|' "$FILE" > "$HEADER"
expect 'REJECTED: a network whose name is no identifier: ' 1 'a call of a scaled bound, by its name' "$HEADER" - "$HERE/test/scaled.json" -
scale_caller() { sed -e 's/test.caller/&\/scaled/; s/"tensors": \[\],/&\n  "per": [\n    "0x1.0p0",\n    "'"$1"'"\n  ],/' -e "$2" "$HERE/test/calls/caller.json" > "$FILE"; }
for way in 's/"unit": 1/"unit": 2/' \
  's/"unit": 1, "constraint": "gain", "values": \["0x1.0p2"\]/"unit": 2, "constraint": "slope", "values": ["0x1.0p0"]/; s/^  "gains"/  "calls": "inlined",\n&/'; do
  scale_caller 0x1.0p0 "$way"
  expect PROVED 0 'a scaled bound of a caller' "$FILE" - "$HERE/test/relu.json" -
  scale_caller 0x1.0000000000001p0 "$way"
  expect 'NOT DECIDED: no proof' 3 'a scaled bound of a caller, a length above' "$FILE" - "$HERE/test/relu.json" -
done
sed -e 's/test.caller/&\/scaled/; s/"tensors": \[\],/&\n  "per": "first layer",/' "$HERE/test/calls/caller.json" > "$FILE"
expect "REJECTED: $ALONE" 1 'a call as a first layer' "$FILE" - "$HERE/test/relu.json" -
