# Part of ../test.sh.
# Sizes that do not fit, each refused by one comparison alone. The tensors are zeros: what is cut off, or filled in with
# zeros, has the bound 0 as well.

# zeros VERDICT EXIT_CODE WHAT INPUT UNIT TENSOR EXTENTS: a network of one unit, and of one tensor
zeros() {
  bytes=8
  for extent in $7; do bytes=$((bytes * extent)); done
  extents=$(printf '%s' "$7" | sed 's/ /, /g')
  digest=$({ printf 'F64 [%s]\n' "$extents"; head -c $bytes /dev/zero; } | sha256sum | cut -c1-64)
  header="{\"$6\": {\"dtype\": \"F64\", \"shape\": [$extents], \"data_offsets\": [0, $bytes]}}"
  { printf "\\$(printf %03o ${#header})\\000\\000\\000\\000\\000\\000\\000%s" "$header"; head -c $bytes /dev/zero; } > "$HEADER"
  sed -e '/^    {"operation": "input"/,/^    {"operation": "scale"/c\    {"operation": "input", "size": '"$4"'},\n    '"$5" \
    -e 's/"structural"/"numeric"/; s/"0x1.0p-1",$/"0x0.0p0",/' \
    -e 's|"tensors": \[\]|"tensors": [\n    {"name": "'"$6"'", "shape": ['"$extents"'], "digest": "sha256:'"$digest"'"}\n  ]|' \
    -e '/"multipliers": \[/,/^  \]/c\  "multipliers": [],' "$HERE/test/relu.json" > "$FILE"
  expect "$1" "$2" "$3" "$FILE" "$HEADER"
}
DENSE='{"operation": "dense", "operand": 0, "inputs": 3, "size": 2, "weight": "w"}'
zeros PROVED 0 'a weight of three columns, of three elements' 3 "$DENSE" w '2 3'
zeros REJECTED 1 'a weight of three columns, of two elements' 2 "$DENSE" w '2 3'
zeros REJECTED 1 'a weight of three columns, of four elements' 4 "$DENSE" w '2 3'
WINDOW='"input": [1, 1, 3], "kernel": [1, 2], "stride": [1, 1]'
CONVOLUTION='{"operation": "convolution", "operand": 0, "input": [1, 1, 3], "channels": 1, "kernel": [1, 2], "stride": [1, 1], "padding": [0, 0, 0, 0], "dilation": [1, 1], "groups": 1, "weight": "w"}'
zeros PROVED 0 'a convolution of three pixels, of three elements' 3 "$CONVOLUTION" w '1 1 1 2'
zeros REJECTED 1 'a convolution of three pixels, of two elements' 2 "$CONVOLUTION" w '1 1 1 2'
zeros REJECTED 1 'a convolution of three pixels, of four elements' 4 "$CONVOLUTION" w '1 1 1 2'
zeros REJECTED 1 'a kernel of other extents' 3 "$CONVOLUTION" w '1 1 2 1'

# maximum VERDICT EXIT_CODE WHAT INPUT: a maximum over windows of two pixels, of three
maximum() {
  sed -e '/^    {"operation": "input"/,/^    {"operation": "average/c\    {"operation": "input", "size": '"$4"'},\n    {"operation": "max_pool", "operand": 0, '"$WINDOW"'}' \
    -e 's/0x1.0000000000001p1/0x1.0p1/; s/"values": \["0x1.0p1"\]/"values": ["0x1.0p0"]/' "$HERE/test/pools.json" > "$FILE"
  expect "$1" "$2" "$3" "$FILE" -
}
maximum PROVED 0 'a maximum of three pixels, of three elements' 3
maximum REJECTED 1 'a maximum of three pixels, of two elements' 2
maximum REJECTED 1 'a maximum of three pixels, of four elements' 4

fault REJECTED linear 'a scale of three, of two elements' 's/"0x1.0p-1"\], "shift"/"0x1.0p-1", "0x1.0p0"], "shift"/'
fault REJECTED linear 'a shift of three, of two elements' 's/"0x0.0p0"\], "size"/"0x0.0p0", "0x0.0p0"], "size"/'

# sum VERDICT EXIT_CODE WHAT INDICES SIZE: of these and four elements, without records
sum() {
  sed -e 's/{"operation": "activation", "operand": 2, "name": "softmax".*/{"operation": "select", "operand": 2, "indices": '"$4"'},/' \
    -e 's/"operands": \[3, 0\], "size": 4/"operands": [3, 0], "size": '"$5"'/' "$HERE/test/elements.json" > "$FILE"
  expect "$1" "$2" "$3" "$FILE" -
}
sum PROVED 0 'a sum of four elements and four' '[3, 2, 1, 0]' 4
sum REJECTED 1 'a sum of three elements and four' '[2, 1, 0]' 3
fault 'REJECTED: an activation that' ldlt-chain 'an activation of another size' 's/"tanh", "parameters": \[\], "size": 8/"tanh", "parameters": [], "size": 9/; s/"inputs": 8/"inputs": 9/'
fault 'REJECTED: a size that' ldlt-residual 'a skip of another size' '/"skip.weight"/s/"size": 3/"size": 2/'
fault 'REJECTED: a size that' ldlt-residual 'a last layer of another size' '/"out.weight"/s/"size": 3/"size": 2/'
fault REJECTED maxmin 'an element that has no other' 's/"size": [0-9]*/"size": 3/'
fault REJECTED householder 'an element that has no other' 's/"size": [0-9]*/"size": 3/'
