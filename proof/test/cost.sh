# Part of ../test.sh.
# Half a kilobyte of text that asks for minutes, or for hours, of exact arithmetic: each is decided, or given up, when what it
# may ask for is spent. The time is only for programs that do not count: several times what the slowest takes.
# costly VERDICT WHAT BOUND UNITS MULTIPLIERS PROCEDURE [NORMS]; of no verdict, that it ends with one
costly() {
  verdict=$1
  {
    printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.cost",\n  "kind": "structural",\n  "type": "f64",\n'
    printf '  "declared": "%s",\n  "bound": "%s",\n  "method": "by-hand",\n  "units": [\n%s\n  ],\n  "tensors": [],\n%s' "$3" "$3" "$4" "${7:-}"
    printf '  "gains": [],\n  "segmentations": [],\n  "multipliers": [%s],\n  "procedure": "%s"\n}\n' "$5" "$6"
  } > "$FILE"
  (ulimit -t 60; exec "$PROVED" "$FILE" - > "$HEADER" 2>&1)
  found=$?
  last=$(tail -n 1 "$HEADER")
  case "$found $last" in
    "0 PROVED"*"$verdict"* | "3 $verdict"*) printf 'as expected: %-58s %s\n' "$2" "$(printf '%s' "$last" | cut -c1-70)" ;;
    *) printf 'FAILED: %s: expected %s, found %s %s\n' "$2" "$verdict" "$found" "$last"; failed=1 ;;
  esac
}
unit() { printf '    {"operation": "activation", "operand": %s, "name": "%s", "parameters": [%s], "size": %s}' "$1" "$2" "$3" "$4"; }
one() { printf '    {"operation": "input", "size": %s},\n%s' "$1" "$2"; }
image() { printf '    {"operation": "input", "shape": [%s]},\n    {"operation": "%s", "operand": 0, "input": [%s], "kernel": [%s], "stride": [1, 1]%s}' "$2" "$1" "$2" "$3" "${4:-}"; }
record() { printf '\n    {"unit": 1, "constraint": "%s", "values": ["0x1.0p0"]}\n  ' "$1"; }
LARGE=0x1.0p20
FROM_LINF='  "input norm": "linf",
  "output norm": "l2",
'
SPENT='NOT DECIDED: too much work'
costly "$SPENT" 'center of 1,000' 0x1.0p1 "$(one 1000 "$(unit 0 center '' 1000)")" '' 'exact elimination'
costly 'is 2-Lipschitz' 'center of 100' 0x1.0p1 "$(one 100 "$(unit 0 center '' 100)")" '' 'exact elimination'
costly 'is 1-Lipschitz' 'center of 700, by its gain' 0x1.0p0 "$(one 700 "$(unit 0 center '' 700)")" "$(record gain)" 'exact elimination'
chain=$(one 1000 "$(unit 0 center '' 1000)")
for i in 1 2 3 4 5 6 7 8; do chain="$chain,
$(unit $i center '' 1000)"; done
costly '' 'nine times center of 1,000, by elements' 0x1.0p40 "$chain" '' 'elementwise product' "$FROM_LINF"
costly "$SPENT" 'softmax of 749' 0x1.0p1 "$(one 749 "$(unit 0 softmax '"0x1.0p0"' 749)")" "$(record slope)" 'exact elimination'
costly "$SPENT" 'group_sort of 750' 0x1.0p1 "$(one 750 "$(unit 0 group_sort '"0x1.77p9"' 750)")" "$(record slope)" 'exact elimination'
costly "$SPENT" 'means over windows of 361' $LARGE "$(image average_pool '1, 38, 38' '19, 19' ', "factor": "0x1.0p-4"')" '' 'exact elimination'
costly '' 'means over 8,100 windows of 121, by elements' $LARGE "$(image average_pool '1, 100, 100' '11, 11' ', "factor": "0x1.0p-4"')" '' \
  'elementwise product' "$FROM_LINF"
costly '' 'maxima of 8,100 windows of 121, by elements' $LARGE "$(image max_pool '1, 100, 100' '11, 11')" '' 'elementwise product' "$FROM_LINF"
# Exponents that are 4,000 apart, all of them added to one another.
chain='    {"operation": "input", "size": 300}'
for i in 0 1 2 3; do chain="$chain,
    {\"operation\": \"scale\", \"operand\": $i, \"factor\": \"0x1.0p-1022\", \"size\": 300}"; done
chain="$chain,
    {\"operation\": \"sum\", \"operands\": [0, 4], \"size\": 300},
$(unit 5 center '' 300)"
costly "$SPENT" 'sums of numbers 2^4088 apart' $LARGE "$chain" '' 'exact elimination'

# Elements that are zero take time as well: 8,192 of them, a sum of a thousand operands, and a proof for each of thirty outputs.
chain='    {"operation": "input", "size": 1},
    {"operation": "scale", "operand": 0, "factor": "0x0.0p0", "size": 1}'
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do chain="$chain,
    {\"operation\": \"concat\", \"operands\": [$i, $i], \"size\": $((1 << i))}"; done
chain="$chain,
    {\"operation\": \"sum\", \"operands\": [14$(printf ', 14%.0s' $(seq 999))], \"size\": 8192},
    {\"operation\": \"select\", \"operand\": 15, \"indices\": [0$(printf ', %s' $(seq 29))]}"
{
  printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.cost",\n  "kind": "structural",\n  "type": "f64",\n'
  printf '  "declared": "0x1.0p0",\n  "bound": "0x1.0p0",\n  "method": "by-hand",\n  "units": [\n%s\n  ],\n  "tensors": [],\n' "$chain"
  printf '  "input norm": "l2",\n  "output norm": "linf",\n  "proofs": [\n'
  for i in $(seq 30); do
    printf '    {"gains": [], "segmentations": [], "multipliers": [], "procedure": "exact elimination"}%s\n' "$([ "$i" = 30 ] || echo ,)"
  done
  printf '  ]\n}\n'
} > "$FILE"
expect "$SPENT" 3 'sums of zeros, for each of thirty outputs' "$FILE" -

# A factor of numbers of 10,000 bits: those of doubles do not end there, so it is one of whole numbers.
chain=$(one 60 "$(unit 0 center '' 60)")
for i in 1 2 3 4 5 6 7 8 9 10; do chain="$chain,
    {\"operation\": \"scale\", \"operand\": $i, \"factor\": \"0x1.0p1000\", \"size\": 60}"; done
costly "$SPENT" 'a factor of numbers of 10,000 bits' 0x1.0p1 "$chain,
$(unit 11 relu '' 60)" "$(record slope | sed 's/"unit": 1/"unit": 12/')" 'exact elimination'

# A dense unit of 1,000 by 1,000, whose weights are four megabytes; the first line of `yes` is a small float.
WIDE=$(mktemp)
{ yes abc | head -c 4000000; } > "$HEADER"
TENSOR='{"w":{"dtype":"F32","shape":[1000,1000],"data_offsets":[0,4000000]}}'
{ printf "\\$(printf %03o ${#TENSOR})\\000\\000\\000\\000\\000\\000\\000%s" "$TENSOR"; cat "$HEADER"; } > "$WIDE"
DIGEST=$({ printf 'F32 [1000, 1000]\n'; cat "$HEADER"; } | sha256sum | cut -c1-64)
sed -e 's/"structural"/"numeric"/; s/"f64"/"f32"/; s/"size": 2}/"size": 1000}/; s/"0x1.dp0"/"0x1.0p0"/' \
  -e 's/{"operation": "affine".*/{"operation": "dense", "operand": 0, "inputs": 1000, "size": 1000, "weight": "w"}/; /"sum"/d; /"select"/d; /"concat"/d' \
  -e 's/"tensors": \[\]/"tensors": [\n    {"name": "w", "shape": [1000, 1000], "digest": "sha256:'"$DIGEST"'"}\n  ]/' "$HERE/test/linear.json" > "$FILE"
expect "$SPENT" 3 'a dense unit of 1,000 by 1,000' "$FILE" "$WIDE"
# Four dense units of 256 by 256 with relu between them, a megabyte in all: 30 seconds, where 10 are enough for anybody.
layers='    {"operation": "input", "size": 256}'
tensors=''
slopes=''
entries=''
# Each weight is 0x1.c4c214p-9, so a matrix has the norm 0.885.
yes 'ab;' | tail -c +4 | head -c 262144 > "$FILE"
DIGEST=$({ printf 'F32 [256, 256]\n'; cat "$FILE"; } | sha256sum | cut -c1-64)
for i in 0 1 2 3; do
  layers="$layers,
    {\"operation\": \"dense\", \"operand\": $((2 * i)), \"inputs\": 256, \"size\": 256, \"weight\": \"w$i\"},
$(unit $((2 * i + 1)) relu '' 256)"
  slopes="$slopes,
    {\"unit\": $((2 * i + 2)), \"constraint\": \"slope\", \"values\": [\"0x1.0p0\"]}"
  tensors="$tensors,
    {\"name\": \"w$i\", \"shape\": [256, 256], \"digest\": \"sha256:$DIGEST\"}"
  entries="$entries,\"w$i\":{\"dtype\":\"F32\",\"shape\":[256,256],\"data_offsets\":[$((262144 * i)),$((262144 * (i + 1)))]}"
done
TENSORS="{${entries#,}}"
size=${#TENSORS}
{
  printf "\\$(printf %03o $((size % 256)))\\$(printf %03o $((size / 256)))\\000\\000\\000\\000\\000\\000%s" "$TENSORS"
  cat "$FILE" "$FILE" "$FILE" "$FILE"
} > "$WIDE"
{
  printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.cost",\n  "kind": "numeric",\n  "type": "f32",\n  "declared": "0x1.0p0",\n'
  printf '  "bound": "0x1.0p0",\n  "method": "by-hand",\n  "units": [\n%s\n  ],\n  "tensors": [%s\n  ],\n' "$layers" "${tensors#,}"
  printf '  "gains": [],\n  "segmentations": [],\n  "multipliers": [%s\n  ],\n  "procedure": "exact elimination"\n}\n' "${slopes#,}"
} > "$FILE"
expect "$SPENT" 3 'four dense units of 256 by 256' "$FILE" "$WIDE"
rm -f "$WIDE"
# Who asks for more gets more, and what is no number of times is no call.
sed 's/"size": 2/"size": 250/; s/"relu"/"center"/; s/"0x1.0p-1",$/"0x1.0p1",/; /"multipliers": \[/,/^  \]/c\  "multipliers": [],' "$HERE/test/relu.json" > "$FILE"
for times in 0 -1 x 1000001; do expect '' 2 "--work $times" --work "$times" "$FILE" -; done
expect PROVED 0 '--work 2' --work 2 "$HERE/test/relu.json" -

# written KIND BOUND UNITS TENSORS FURTHER: a certificate from linf to linf by elements, of these lines
written() {
  printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.cost",\n  "kind": "%s",\n  "type": "f64",\n  "declared": "%s",\n  "bound": "%s",\n' "$1" "$2" "$2"
  printf '  "method": "by-hand",\n  "units": [\n%s\n  ],\n  "tensors": [%s],\n  "input norm": "linf",\n  "output norm": "linf",\n%s' "$3" "$4" "$5"
  printf '  "gains": [],\n  "segmentations": [],\n  "multipliers": [],\n  "procedure": "elementwise product"\n}\n'
}
# Doubles of 2^999 and 2^-857, which are shifted bit by bit before they are added: in twelve units of one batch normalisation.
LARGE_ONES=$(mktemp)
SMALL_ONES=$(mktemp)
WIDE=$(mktemp)
{ yes 'abcdef~' | tail -c +8 | head -c 24000; } > "$LARGE_ONES"
{ yes abcdefg | head -c 24000; } > "$SMALL_ONES"
TENSORS='' RECORDS='' at=0
for part in bias running_mean running_var weight; do
  case $part in running_mean) data=$SMALL_ONES ;; *) data=$LARGE_ONES ;; esac
  DIGEST=$({ printf 'F64 [3000]\n'; cat "$data"; } | sha256sum | cut -c1-64)
  TENSORS="$TENSORS${TENSORS:+,}\"b.$part\":{\"dtype\":\"F64\",\"shape\":[3000],\"data_offsets\":[$at,$((at + 24000))]}"
  RECORDS="$RECORDS${RECORDS:+,}
    {\"name\": \"b.$part\", \"shape\": [3000], \"digest\": \"sha256:$DIGEST\"}"
  at=$((at + 24000))
done
UNITS='    {"operation": "input", "size": 3000}'
for i in 0 1 2 3 4 5 6 7 8 9 10 11; do
  UNITS="$UNITS,
    {\"operation\": \"batch_norm\", \"operand\": $i, \"channels\": 3000, \"pixels\": 1, \"tensors\": \"b\", \"epsilon\": \"0x0.0000000000001p-1022\"}"
done
written numeric 0x1.0p1000 "$UNITS" "$RECORDS
  " '' > "$FILE"
{
  n=$((${#TENSORS} + 2))
  printf "\\$(printf %03o $((n % 256)))\\$(printf %03o $((n / 256)))\\000\\000\\000\\000\\000\\000{%s}" "$TENSORS"
  cat "$LARGE_ONES" "$SMALL_ONES" "$LARGE_ONES" "$LARGE_ONES"
} > "$WIDE"
expect "$SPENT" 3 'batch normalisations of doubles that are 2^1800 apart' "$FILE" "$WIDE"
rm -f "$LARGE_ONES" "$SMALL_ONES" "$WIDE"
# Inlined calls of inlined calls: 8,000 units behind one another, again for each of twenty callers. A unit of a call, $CALL,
# and in $GIVEN the files of those before.
FOLDER=$(mktemp -d)
GIVEN='' CALL='{"operation": "scale", "operand": %s, "factor": "0x1.0p0", "size": 1}' INLINED=''
for k in $(seq 1 23); do
  UNITS='    {"operation": "input", "size": 1}'
  for i in $(seq 0 $([ "$k" -gt 3 ] && echo 0 || echo 19)); do
    UNITS="$UNITS,
    $(printf "$CALL" "$i")"
  done
  written structural 0x1.0p0 "$UNITS" '' "$INLINED" > "$FOLDER/$k"
  GIVEN="$FOLDER/$k - $GIVEN"
  CALL='{"operation": "call", "operand": %s, "network": "test.cost", "certificate": "sha256:'$(sha256sum < "$FOLDER/$k" | cut -c1-64)'", "inputs": 1, "size": 1}'
  INLINED='  "calls": "inlined",
'
done
expect "$SPENT" 3 'inlined calls of inlined calls, twenty times 8,000 units' $GIVEN
rm -rf "$FOLDER"
# Units, records and tensors are compared with one another: a megabyte of them took minutes. Lines of such, each of a number.
lines() { awk -v line="$1" -v n="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s    " line, (i ? ",\n" : ""), i }'; }
UNITS='    {"operation": "input", "size": 1}'
for many in 10000 10001; do
  written structural 0x1.0p0 "$UNITS,
$(lines '{"operation": "scale", "operand": %d, "factor": "0x1.0p0", "size": 1}' $many)" '' '' > "$FILE"
  case $many in
    10000) expect 'PROVED: test.cost (1 input, 1 output, 10000 units) is 1-Lipschitz' 0 "$many units" "$FILE" - ;;
    *) expect 'NOT DECIDED: too large: units' 3 "$many units" "$FILE" - ;;
  esac
done
for record in 'segmentations:{"unit": %d, "lengths": []}' 'multipliers:{"unit": %d, "constraint": "slope", "values": []}' \
  'gains:{"unit": %d, "gain": "0x1.0p0", "procedure": "exact elimination"}'; do
  {
    printf '  "%s": [\n' "${record%%:*}"
    lines "${record#*:}" 10001
    printf '\n  ],\n'
  } > "$HEADER"
  written structural 0x1.0p0 "$UNITS" '' '' | sed -e '/ norm"/d; s/elementwise product/exact elimination/' \
    -e "/\"${record%%:*}\"/{r $HEADER" -e 'd;}' > "$FILE"
  expect "NOT DECIDED: too large: ${record%%:*}" 3 "10,001 ${record%%:*}" "$FILE" -
done
written numeric 0x1.0p0 "$UNITS" "
$(lines '{"name": "%d", "shape": [], "digest": "x"}' 10001)
  " '' > "$FILE"
expect 'NOT DECIDED: too large: tensors' 3 '10,001 tensors' "$FILE" -
# Tensors of a file, the last one first.
WIDE=$(mktemp)
for many in 10000 10001; do
  TENSORS="{$(awk -v n=$many 'BEGIN { for (i = 0; i < n; i++) printf "%s\"%d\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}", (i ? "," : ""), i, 4 * (n - 1 - i), 4 * (n - i) }')}"
  { number ${#TENSORS}; printf %s "$TENSORS"; head -c $((4 * many)) /dev/zero; } > "$WIDE"
  case $many in
    10000) expect 'REJECTED: these weights carry no certificate' 1 "a file of $many tensors" "$WIDE" ;;
    *) expect 'NOT DECIDED: too large: the header of the weights' 3 "a file of $many tensors" "$WIDE" ;;
  esac
done
rm -f "$WIDE"
# A text is read again behind each callee that it lacks: here eight megabytes, 24 times.
FOLDER=$(mktemp -d)
GIVEN='' UNITS='    {"operation": "input", "size": 1}'
for k in $(seq 0 23); do
  written structural 0x1.0p0 '    {"operation": "input", "size": 1},
    {"operation": "scale", "operand": 0, "factor": "0x1.0p0", "size": 1}' '' '' | sed "s/test.cost/&$k/" > "$FOLDER/$k"
  GIVEN="$GIVEN $FOLDER/$k -"
  UNITS="$UNITS,
    {\"operation\": \"call\", \"operand\": $k, \"network\": \"test.cost$k\", \"certificate\": \"sha256:$(sha256sum < "$FOLDER/$k" | cut -c1-64)\", \"inputs\": 1, \"size\": 1}"
done
written structural 0x1.0p0 "$UNITS" '' '' > "$FILE"
expect PROVED 0 '24 callees' "$FILE" - $GIVEN
{ sed -n '1,/"bound"/p' "$FILE"; printf '  "method": "'; head -c 8000000 /dev/zero | tr '\0' m; printf '",\n'; sed '1,/"method"/d' "$FILE"; } > "$HEADER"
expect "$SPENT" 3 '24 callees of a text of eight megabytes' "$HEADER" - $GIVEN
rm -rf "$FOLDER"
