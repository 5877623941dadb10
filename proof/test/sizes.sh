# Part of ../test.sh.
# Sizes that do not fit, each refused by one comparison alone. The tensors are zeros: what is cut off, or filled in with
# zeros, has the bound 0 as well.

# zeros VERDICT EXIT_CODE WHAT INPUT UNIT TENSOR EXTENTS [SHAPE]: a network of one unit, and of one tensor; SHAPE is what its
# record says, if it is not that of the file
zeros() {
  bytes=8
  for extent in $7; do bytes=$((bytes * extent)); done
  extents=$(printf '%s' "$7" | sed 's/ /, /g')
  digest=$({ printf 'F64 [%s]\n' "$extents"; head -c $bytes /dev/zero; } | sha256sum | cut -c1-64)
  header="{\"$6\": {\"dtype\": \"F64\", \"shape\": [$extents], \"data_offsets\": [0, $bytes]}}"
  { printf "\\$(printf %03o ${#header})\\000\\000\\000\\000\\000\\000\\000%s" "$header"; head -c $bytes /dev/zero; } > "$HEADER"
  sed -e '/^    {"operation": "input"/,/^    {"operation": "scale"/c\    {"operation": "input", "size": '"$4"'},\n    '"$5" \
    -e 's/"structural"/"numeric"/; s/"0x1.0p-1",$/"0x0.0p0",/' \
    -e 's|"tensors": \[\]|"tensors": [\n    {"name": "'"$6"'", "shape": ['"${8:-$extents}"'], "digest": "sha256:'"$digest"'"}\n  ]|' \
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

# units VERDICT WHAT LINES: a network of these units, from linf to l2 by 2^100, without tensors
units() {
  sed -e '/^    {"operation": "input"/,/^    {"operation": "sum"/c\    '"$3" -e 's/"0x1.0p3"/"0x1.0p100"/' "$HERE/test/elements.json" > "$FILE"
  case $1 in PROVED*) code=0 ;; *) code=1 ;; esac
  expect "$1" "$code" "$2" "$FILE" -
}
# A number below zero would be read as zero, and 5 / 2 as groups of two. The message says which comparison refuses it.
of() { printf '{"operation": "input", "size": %s},\\n    %s' "$1" "$2"; }
shaped() { printf '{"operation": "input", "shape": %s},\\n    %s' "$1" '{"operation": "select", "operand": 0, "indices": [0]}'; }
scale() { of 3 '{"operation": "scale", "operand": '"$1"', "factor": "0x1.0p0", "size": 3}'; }
sorted() { of "$1" '{"operation": "activation", "operand": 0, "name": "group_sort", "parameters": ["'"$2"'"], "size": '"$1"'}'; }
units PROVED 'a selection of number 0' "$(of 3 '{"operation": "select", "operand": 0, "indices": [0]}')"
units 'REJECTED: indices is negative' 'a selection of number -1' "$(of 3 '{"operation": "select", "operand": 0, "indices": [-1]}')"
units PROVED 'operand 0' "$(scale 0)"
units 'REJECTED: operand is negative' 'operand -1' "$(scale -1)"
units PROVED 'groups of 2' "$(sorted 10 0x1.0p1)"
units 'REJECTED: groups of no size' 'groups of 5 / 2' "$(sorted 10 0x1.4p1)"
units 'REJECTED: groups of no size' 'groups of 1' "$(sorted 10 0x1.0p0)"
units 'REJECTED: groups of no size' 'groups of 0' "$(sorted 10 0x0.0p0)"
units 'REJECTED: groups of no size' 'groups of -2' "$(sorted 10 -0x1.0p1)"
units 'REJECTED: groups of no size' 'groups of 4, of two elements' "$(sorted 2 0x1.0p2)"
units PROVED 'an input of 1 by 3' "$(shaped '[1, 3]')"
units 'REJECTED: no shape' 'an input of -1 by -3' "$(shaped '[-1, -3]')"
units 'REJECTED: no shape' 'an input of 0 by 3' "$(shaped '[0, 3]')"
# Units without elements.
for size in -3 0; do
  units 'REJECTED: a size that is not positive' "an input of $size, and its relu" \
    "$(of $size '{"operation": "activation", "operand": 0, "name": "relu", "parameters": [], "size": '$size'}')"
done
units 'REJECTED: a size that is not positive' 'a selection of nothing' "$(of 2 '{"operation": "select", "operand": 0, "indices": []}')"
# Padding -1 would be read as 0. Of four pixels and a stride of 2, three and four give two pixels alike.
PADDED='{"operation": "convolution", "operand": 0, "input": [1, 4, 4], "channels": 1, "kernel": [1, 1], "stride": [2, 2], "padding": [0, 0, 0, 0], "dilation": [1, 1], "groups": 1, "weight": "w"}'
zeros PROVED 0 'a stride of 2, without padding' 16 "$PADDED" w '1 1 1 1'
for padding in '-1, 0, 0, 0' '0, -1, 0, 0' '0, 0, -1, 0' '0, 0, 0, -1'; do
  zeros 'REJECTED: an image or its padding is too large' 1 "padding $padding" 16 "$(printf '%s' "$PADDED" | sed "s/\\[0, 0, 0, 0\\]/[$padding]/")" w '1 1 1 1'
done
# A file's kernel of other extents than its record, whose digest is the file's: the order of the extents is not the record's.
KERNEL='{"operation": "convolution", "operand": 0, "input": [3, 4, 4], "channels": 2, "kernel": [2, 2], "stride": [1, 1], "padding": [0, 0, 0, 0], "dilation": [1, 1], "groups": 1, "weight": "w"}'
zeros PROVED 0 'a record of the shape of its file' 48 "$KERNEL" w '2 3 2 2'
zeros 'REJECTED: tensor w has another shape' 1 'a record of another shape than its file, by the digest of the file' 48 "$KERNEL" w '2 2 2 3' '2, 3, 2, 2'
# A bias of a convolution has an element for each of its channels, in its file and in its record.
# biased VERDICT EXIT_CODE WHAT EXTENTS: two channels, and a bias of these extents
BIASED='{"operation": "convolution", "operand": 0, "input": [1, 1, 3], "channels": 2, "kernel": [1, 2], "stride": [1, 1], "padding": [0, 0, 0, 0], "dilation": [1, 1], "groups": 1, "weight": "w", "bias": "b"}'
biased() {
  bytes=8
  for extent in $4; do bytes=$((bytes * extent)); done
  extents=$(printf '%s' "$4" | sed 's/ /, /g')
  records=
  for tensor in "b $bytes $extents" 'w 32 2, 1, 1, 2'; do
    name=${tensor%% *} tensor=${tensor#* }
    digest=$({ printf 'F64 [%s]\n' "${tensor#* }"; head -c "${tensor%% *}" /dev/zero; } | sha256sum | cut -c1-64)
    records="$records${records:+,}\\n    {\"name\": \"$name\", \"shape\": [${tensor#* }], \"digest\": \"sha256:$digest\"}"
  done
  header="{\"b\": {\"dtype\": \"F64\", \"shape\": [$extents], \"data_offsets\": [0, $bytes]}, \"w\": {\"dtype\": \"F64\", \"shape\": [2, 1, 1, 2], \"data_offsets\": [$bytes, $((bytes + 32))]}}"
  { printf "\\$(printf %03o ${#header})\\000\\000\\000\\000\\000\\000\\000%s" "$header"; head -c $((bytes + 32)) /dev/zero; } > "$HEADER"
  sed -e '/^    {"operation": "input"/,/^    {"operation": "scale"/c\    {"operation": "input", "size": 3},\n    '"$BIASED" \
    -e 's/"structural"/"numeric"/; s/"0x1.0p-1",$/"0x0.0p0",/; /"multipliers": \[/,/^  \]/c\  "multipliers": [],' \
    -e 's|"tensors": \[\]|"tensors": ['"$records"'\n  ]|' "$HERE/test/relu.json" > "$FILE"
  expect "$1" "$2" "$3" "$FILE" "$HEADER"
}
biased PROVED 0 'a bias of two channels' 2
for extents in 1 3 4 '1 2' '2 1'; do biased 'REJECTED: a tensor without a record of its shape' 1 "a bias of two channels, of the extents $extents" "$extents"; done
# There is one record for each tensor that a unit names, in the order of their names, and no other.
biased PROVED 0 'a bias of two channels' 2
cp "$FILE" "$HEADER.json"
for change in 'a record twice:/"name": "b"/p' 'records in another order:/"name": "b"/{N;s/\(.*\),\n\(.*\)/\2,\n\1/;}' \
  'a record that no unit names:s/, "bias": "b"//'; do
  sed -e "${change#*:}" "$HEADER.json" > "$FILE"
  expect "REJECTED: not the units' tensors, sorted" 1 "${change%%:*}" "$FILE" "$HEADER"
done
rm -f "$HEADER.json"
