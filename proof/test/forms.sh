# Part of ../test.sh.
# Rules of form that the theorem does not need: each certificate breaks one of them alone. Messages say which comparison refuses it.

# refused MESSAGE NAME WHAT SED_SCRIPT
refused() { fault "REJECTED: $1" "$2" "$3" "$4"; }
# proved NAME WHAT SED_SCRIPT: what is not refused, beside what is
proved() {
  sed -e "$3" "$HERE/test/$1.json" > "$FILE"
  expect PROVED 0 "$1, $2" "$FILE" -
}

# Reals, as Java's Double.toHexString writes them.
for real in 1x1.0p-2 0X1.0p-2 0x1,0p-2 0x2.0p-3 0x2.0p-1022 0x1.p-2 0x1.0 0x1.Ap0 0x1.00000000000001p-2 0x1.0p-1023 0x1.0p1024 0x0.0p1 0x0.8p-1021 \
  0x1.0p-02 0x1.0p-0 0x1.0p+2 0x1.0p 0x1.gp0 +0x1.0p-2 --0x1.0p-2 ' 0x1.0p-2' 0.25; do
  refused 'no real number: ' relu "the real '$real'" 's/"0x1.0p-2"/"'"$real"'"/'
done
proved relu 'the least and the largest real' 's/"input", "size": 2/&, "lower": ["0x0.0000000000001p-1022", "-0x1.0p-1022"], "upper": ["0x1.fffffffffffffp1023", "-0x0.0p0"]/'
refused 'no number of type f32: ' relu 'a double as a factor of a network of floats' 's/"f64"/"f32"/; s/"factor": "0x1.0p-1"/"factor": "0x1.000001p-1"/'
proved relu 'a float as its factor' 's/"f64"/"f32"/; s/"factor": "0x1.0p-1"/"factor": "0x1.fffffep-2"/'
# Integers.
for integer in -2147483649 2147483648; do
  refused 'operand is no integer of 32 bits' relu "operand $integer" 's/"operand": 1/"operand": '$integer'/'
done
# Rows of a witness.
rows() { printf '%s' 's/"verified cholesky"/"congruence",\n  "rows": [\n    "1",\n    "0 1",\n    "'"$1"'",\n    "0 0 0 1"\n  ]/'; }
proved gelu 'a witness of four rows' "$(rows '-999999999999999999 0 1')"
for row in '0 0 0' '0 0 -1' '0 1' '0 0 0 1' '0  1' '0 0 1 ' '0 00 1' '0 -0 1' '0 +1 1' '0 x 1' '1000000000000000000 0 1' '-1000000000000000000 0 1'; do
  refused 'a row that can be none of a witness' gelu "the row '$row'" "$(rows "$row")"
done

# The input, and its box.
refused 'the first unit is no input' relu 'a first unit of another operation' 's/"operation": "input"/"operation": "output"/'
refused 'no shape' relu 'a shape of a single extent' 's/"input", "size": 2/"input", "shape": [2]/'
refused 'an input without a size' relu 'a size and a shape' 's/"input", "size": 2/&, "shape": [1, 2]/'
refused 'an input without a size' relu 'neither' 's/"input", "size": 2/"input"/'
boxed() { printf '%s' 's/"input", "size": 2/&'"${1:+, \"lower\": [$1]}${2:+, \"upper\": [$2]}"'/'; }
proved relu 'a box that is a point' "$(boxed '"0x0.0p0", "0x1.0p0"' '"0x0.0p0", "0x1.0p0"')"
refused 'no box' relu 'a lower end alone' "$(boxed '"0x0.0p0", "0x0.0p0"' '')"
refused 'no box' relu 'an upper end alone' "$(boxed '' '"0x0.0p0", "0x0.0p0"')"
refused 'no box' relu 'a lower end of one element' "$(boxed '"0x0.0p0"' '"0x0.0p0", "0x0.0p0"')"
refused 'no box' relu 'an upper end of three elements' "$(boxed '"0x0.0p0", "0x0.0p0"' '"0x0.0p0", "0x0.0p0", "0x0.0p0"')"
refused 'no box' relu 'ends in another order' "$(boxed '"0x0.0p0", "0x1.0p0"' '"0x0.0p0", "0x1.fffffffffffffp-1"')"

# Units.
activation() { printf '%s' 's/"name": "relu", "parameters": \[\]/"name": "'"$1"'", "parameters": ['"$2"']/'; }
ONE='"0x1.0p0"'
refused 'the activation relu with 1 parameters' relu 'relu with a parameter' "$(activation relu "$ONE")"
refused 'the activation leaky_relu with 2 parameters' relu 'leaky_relu with two' "$(activation leaky_relu "$ONE, $ONE")"
refused 'the activation maxmin with 1 parameters' relu 'maxmin with one' "$(activation maxmin "$ONE")"
refused 'the activation center with 1 parameters' relu 'center with one' "$(activation center "$ONE")"
refused 'the activation group_sort with 2 parameters' relu 'group_sort with two' "$(activation group_sort "\"0x1.0p1\", $ONE")"
refused 'the activation softmax with 2 parameters' relu 'softmax with two' "$(activation softmax "$ONE, $ONE")"
refused 'the activation householder with 3 parameters' relu 'householder with three' "$(activation householder "$ONE, $ONE, $ONE")"
refused 'a temperature that is not positive' softmax 'a temperature below zero' 's/"0x1.0p-1"/"-0x1.0p-1"/'
refused 'a single operand' linear 'a sum of one' 's/"operands": \[0, 2\]/"operands": [2]/'
refused 'a single operand' linear 'one that is joined' 's/"operands": \[3, 0\]/"operands": [3]/'
refused 'a size that does not fit' linear 'two that are joined, of another size' 's/"operands": \[3, 0\], "size": 4/"operands": [3, 0], "size": 5/'
refused 'not the members operation,' relu 'members in another order' 's/\("operand": 1\), \("factor": "[^"]*"\)/\2, \1/'
window() { printf '%s' 's/"operation": "max_pool", "operand": 0, "input": \[2, 3, 4\], "kernel": \[2, 2\], "stride": \[1, 2\]/"operation": "max_pool", "operand": 0, "input": ['"$1"'], "kernel": ['"$2"'], "stride": ['"$3"']/'; }
for extents in '2, 0, 4:2, 2:1, 2' '2, 3, 4:0, 2:1, 2' '2, 3, 4:2, 2:0, 2'; do
  input=${extents%%:*}; extents=${extents#*:}
  refused 'an extent that is not positive' pools "windows ${extents%%:*}, of $input, by ${extents#*:}" "$(window "$input" "${extents%%:*}" "${extents#*:}")"
done
refused 'an image or its padding is too large' pools 'an image of 2^24 + 1 rows' "$(window '1, 16777217, 1' '1, 1' '1, 1')"
refused 'a window that does not fit' pools 'windows of four rows, of three' "$(window '2, 3, 4' '4, 2' '1, 2')"
refused 'no image' pools 'an image without channels' "$(window '0, 3, 4' '2, 2' '1, 2')"
refused 'no image' pools 'an image of more than 2^24 elements' "$(window '2, 4000, 4000' '4000, 4000' '1, 1')"
# What is too large for this program is no fault.
fault 'NOT DECIDED: too large: a window' pools 'an image of 10,001 columns' "$(window '1, 1, 10001' '1, 9999' '1, 1')"
fault 'NOT DECIDED: too large: a window' pools '10,100 windows' "$(window '1, 101, 100' '1, 1' '1, 1')"
fault 'NOT DECIDED: too large: a window' pools 'a window of 10,100' "$(window '1, 101, 100' '101, 100' '1, 1')"
fault 'NOT DECIDED: too large: a window' pools '1,140,624 elements in windows' "$(window '1, 100, 100' '12, 12' '1, 1')"
fault 'NOT DECIDED: too large: signals' relu 'signals of 10,001' 's/"size": 2/"size": 10001/'
fault 'NOT DECIDED: too large: signals' relu 'five signals of 9,000' 's/"size": 2/"size": 9000/; s/^    {"operation": "scale", "operand": 1\(.*\)$/&,\n    {"operation": "scale", "operand": 2\1,\n    {"operation": "scale", "operand": 3\1/'
fault 'NOT DECIDED: too large: more than 1500 coordinates' relu '1,600 coordinates' 's/"size": 2/"size": 800/'
joined='    {"operation": "input", "size": 2}'
for step in '2 20 0, 0, 0, 0, 0, 0, 0, 0, 0, 0' '20 200 1, 1, 1, 1, 1, 1, 1, 1, 1, 1' '200 1600 2, 2, 2, 2, 2, 2, 2, 2'; do
  step=${step#* }
  joined="$joined,\\n    {\"operation\": \"concat\", \"operands\": [${step#* }], \"size\": ${step%% *}}"
done
fault 'NOT DECIDED: too large: more than 1500 coordinates' pools 'a gain of 1,600 columns' '/^    {"operation": "input"/,/^    {"operation": "average/c\'"$joined"',\n    {"operation": "average_pool", "operand": 3, "input": [1, 1, 1600], "kernel": [1, 1600], "stride": [1, 1], "factor": "0x1.0p0"}
  s/"unit": 1/"unit": 4/'

# The claim.
refused 'norms that need not be said' elements 'one norm without the other' '/output norm/d'
refused 'norms that need not be said' relu 'from l2 to l2, where that is said' 's/"tensors": \[\],/&\n  "input norm": "l2",\n  "output norm": "l2",/'
refused 'a list of a single proof' between-largest 'one output, and a list of its proof' \
  's/"size": 2/"size": 1/; s/"values": \[[^]]*\]/"values": ["0x1.0p0"]/g; /"proofs"/{n;s/,$//;n;d;}'
refused 'an elementwise product among several proofs' between-largest 'an elementwise product among its proofs' 's/exact elimination/elementwise product/'
refused 'calls are inlined where nothing is called' relu 'inlined calls of nothing' 's/"tensors": \[\],/&\n  "calls": "inlined",/'
for name in ldlt-chain ldlt-residual; do
  refused 'a construction of given weights, between other norms' $name 'to linf' 's/"tensors": \[\],/&\n  "input norm": "l2",\n  "output norm": "linf",/'
  refused 'a construction of given tensors' $name 'a record' 's/"tensors": \[\]/"tensors": [\n    {"name": "out.weight", "shape": [3, 8], "digest": "sha256:0"}\n  ]/'
done
refused 'an activation that is not of the construction' ldlt-residual 'a slope of 2' "$(activation leaky_relu '"0x1.0p1"')"
refused 'units that are not of the construction' ldlt-residual 'a skip that reads a hidden layer' '/"skip.weight"/s/"operand": 0, "inputs": 4/"operand": 2, "inputs": 8/'
refused 'units that are not of the construction' ldlt-residual 'two that skip' \
  '/"h1.weight"/d; /"relu"/d; s/"operand": 2, "inputs": 8/"operand": 0, "inputs": 4/; s/\[4, 3\]/[2, 1]/'
refused 'units that are not of the construction' ldlt-residual 'a first layer that is its skip' \
  '/"skip.weight"/d; s/\[4, 3\]/[3, 1]/; s/"size": 8/"size": 3/; s/"inputs": 8/"inputs": 3/'

# Records.
multiplied() { printf '%s' 's/^    {"unit": 1, "constraint": "[a-z]*", "values": .*\]}/    {"unit": 1, "constraint": "'"$1"'", "values": ['"$2"']}/'; }
segmented() { printf '%s' 's/"segmentations": \[\]/"segmentations": [\n    {"unit": '"$1"', "lengths": ['"$2"']}\n  ]/'; }
gained() { printf '%s' 's/"gains": \[\]/"gains": [\n    {"unit": '"$1"', "gain": "'"$2"'"'"${3:-}"', "procedure": "exact elimination"}\n  ]/'; }
refused 'two records of one multiplier' relu 'a multiplier twice' 's/^    {"unit": 1, "constraint.*$/&,\n&/'
refused 'two records of one segmentation' relu 'a segmentation twice' 's/"segmentations": \[\]/"segmentations": [\n    {"unit": 0, "lengths": [2]},\n    {"unit": 0, "lengths": [2]}\n  ]/'
refused 'two records of one gain' relu 'a gain twice' 's/"gains": \[\]/"gains": [\n    {"unit": 1, "gain": "0x1.0p0", "procedure": "exact elimination"},\n    {"unit": 1, "gain": "0x1.0p0", "procedure": "exact elimination"}\n  ]/'
refused 'multipliers that nothing reads, or too few or many' relu 'three multipliers for two elements' "$(multiplied slope "$ONE, $ONE, $ONE")"
refused 'multipliers that nothing reads, or too few or many' relu 'no multiplier in a record' "$(multiplied slope '')"
refused 'records that nothing reads' relu 'a multiplier of no unit' 's/^    {"unit": 1, \(.*\)$/&,\n    {"unit": 3, \1/'
refused 'records that nothing reads' relu 'a crop' 's/^    {"unit": 1, .*$/&,\n    {"unit": 1, "constraint": "crop", "values": ["0x1.0p0"]}/'
refused 'multipliers that nothing reads' relu 'ranges of an input in l2' 's/^    {"unit": 1, .*$/&,\n    {"unit": 0, "constraint": "range", "values": ["0x1.0p0"]}/'
refused 'a gain has one multiplier' gain 'two multipliers of a gain' "$(multiplied gain "$ONE, $ONE")"
refused 'a gain of a unit that cannot have one' relu 'a gain of scale' 's/^    {"unit": 1, .*$/&,\n    {"unit": 2, "constraint": "gain", "values": ["0x1.0p0"]}/'
refused 'a gain that is negative' relu 'a gain below zero' "$(gained 1 -0x1.0p0)"
refused 'a gain that nothing reads' relu 'a gain of a unit with slopes' "$(gained 1 0x1.0p0)"
refused 'a gain that nothing reads' gain 'a gain that is known' "$(gained 1 0x1.8p1)"
for unit in -1 0 3; do
  refused 'a gain that nothing reads' relu "a gain of unit $unit" "$(gained $unit 0x1.0p0)"
done
for unit in -1 3; do
  refused 'a segmentation that nothing reads' relu "a segmentation of unit $unit" "$(segmented $unit 2)"
done
proved gain 'one row of both' "$(segmented 1 2)"
refused 'a segmentation that does not fit' relu 'a segmentation of a unit with slopes' "$(segmented 1 2)"
for lengths in '2, 0' '3, -1' 1 3; do
  refused 'a segmentation that does not fit' gain "rows of $lengths" "$(segmented 1 "$lengths")"
  refused 'a segmentation that does not fit' gain "rows of $lengths of the input" "$(segmented 0 "$lengths")"
done
proved relu 'one row of both inputs' "$(segmented 0 2)"
ALONE='single elements are read of rows of several'
refused "$ALONE" maxmin 'one row of all inputs' "$(segmented 0 4)"
refused "$ALONE" linear 'one row of both inputs' "$(segmented 0 2)"
refused "$ALONE" between-largest 'one row of both inputs, in both proofs' 's/"segmentations": \[\]/"segmentations": [{"unit": 0, "lengths": [2]}]/; s/"values": \[[^]]*\]/"values": ["0x1.0p0"]/g'
halves() { printf '%s' 's/{"operation": "scale".*/{"operation": "affine", "operand": 1, "scale": ["0x1.0p-1", "'"$1"'"], "shift": ["0x0.0p0", "0x0.0p0"], "size": 2}/'; }
proved relu 'one row of both inputs, halved' "$(segmented 0 2); $(halves 0x1.0p-1)"
refused "$ALONE" relu 'one row of both inputs, multiplied by different numbers' "$(segmented 0 2); $(halves 0x1.0p-2)"
refused 'rows of different lengths are added' relu 'a sum of a row of two and two rows' \
  "$(segmented 0 2); $(multiplied gain "$ONE")"'; s/{"operation": "scale".*/{"operation": "sum", "operands": [0, 1], "size": 2}/'
refused 'rows that nothing reads' relu 'rows where nothing is witnessed' 's/elimination"$/&,\n  "rows": []/'
for member in torus twist; do
  refused 'a torus that nothing reads' relu "a $member" 's/elimination"$/&,\n  "'$member'": []/'
done
refused 'a gain is missing' images/convolution 'no gain of a convolution' '/"gains": \[/{N;N;s/.*/  "gains": [],/;}'
# A gain of a convolution: its torus has three cells, where it needs four. What comes first is across, then downwards.
for case in '1, 1, 3:1, 2:0, 1, 0, 0:1, 3' '1, 1, 3:1, 2:0, 0, 0, 1:1, 3' '1, 1, 1:1, 2:0, 2, 0, 2:1, 3' \
  '1, 3, 1:2, 1:1, 0, 0, 0:3, 1' '1, 3, 1:2, 1:0, 0, 1, 0:3, 1' '1, 1, 1:2, 1:2, 0, 2, 0:3, 1'; do
  input=${case%%:*}; case=${case#*:}; kernel=${case%%:*}; case=${case#*:}
  refused 'a torus that is too small' images/convolution "padding ${case%%:*} of $input, on a torus of ${case#*:}" \
    's/"input": \[1, 1, 3\], "channels": 1, "kernel": \[1, 2\]/"input": ['"$input"'], "channels": 1, "kernel": ['"$kernel"']/
    s/"padding": \[0, 1, 0, 1\]/"padding": ['"${case%%:*}"']/; s/"torus": \[1, 4\]/"torus": ['"${case#*:}"']/'
done
for change in '0, 4' '-1, 4' '1, 0' 4 '1, 4, 1'; do
  refused 'no torus' images/convolution "a torus of $change" 's/"torus": \[1, 4\]/"torus": ['"$change"']/'
done
refused 'no torus' images/convolution 'three twists' 's/"twist": \["0x0.0p0"/&, "0x0.0p0"/'
refused 'no torus' images/convolution 'a torus without a twist' 's/, "twist": \[[^]]*\]//'
refused 'groups that do not divide the channels' images/convolution 'no channels' 's/"channels": 1, "kernel"/"channels": 0, "kernel"/'
for groups in -1 0; do
  refused 'groups that do not divide the channels' images/convolution "$groups groups" 's/"groups": 1/"groups": '$groups'/'
done
refused 'groups that do not divide the channels' images/convolution 'two groups of one channel that comes out' 's/"input": \[1, 1, 3\]/"input": [2, 1, 3]/; s/"groups": 1/"groups": 2/'
refused 'groups that do not divide the channels' images/convolution 'two groups of one channel that is read' 's/"channels": 1, "kernel"/"channels": 2, "kernel"/; s/"groups": 1/"groups": 2/'
refused 'no image' images/convolution 'more than 2^24 elements that come out' 's/"channels": 1, "kernel"/"channels": 9000000, "kernel"/'
for extents in '0 4' '1 0' '-1 -4' '5000 5000'; do
  refused 'no image' images/convolution "batch_norm of $extents" 's/"channels": 1, "pixels": 4/"channels": '"${extents% *}"', "pixels": '"${extents#* }"'/'
done
for extents in '10001 1' '1 10001'; do
  fault 'NOT DECIDED: too large: signals' images/convolution "batch_norm of $extents" 's/"channels": 1, "pixels": 4/"channels": '"${extents% *}"', "pixels": '"${extents#* }"'/'
done

# All frequencies, for a bound of 2^10.
# periodic VERDICT WHAT SHAPE TORUS MULTIPLIERS UNITS...; HEAD is the number of a head, if there is one
HEAD=
pool() { printf '    {"operation": "average_pool", "operand": %s, "input": [%s], "kernel": [%s], "stride": [%s], "factor": "0x1.0p0"}' "$1" "$2" "$3" "$4"; }
periodic() {
  verdict=$1 what=$2 shape=$3 torus=$4 multipliers=$5; shift 5
  lines="    {\"operation\": \"input\", \"shape\": [$shape]}"
  for line in "$@"; do lines="$lines,\\n$line"; done
  sed -e '/^    {"operation": "input"/,/^    {"operation": "activation/c\'"$lines" -e 's/0x1.05p0/0x1.0p10/' \
    -e "s/^    2,\$/    ${torus% *},/; s/^    2\$/    ${torus#* }/" \
    -e '/"multipliers": \[/,/^  \]/c\  "multipliers": ['"$multipliers"'],' "$HERE/test/frequencies.json" \
    | sed '/^    "0x0.0p0"$/{n;s/.*/  ]'"${HEAD:+,\\n  \"head\": $HEAD}"'/;}' > "$FILE"
  case $verdict in PROVED*) code=0 ;; *) code=1 ;; esac
  expect "$verdict" "$code" "all frequencies, $what" "$FILE" -
}
slopes='\n    {"unit": 1, "constraint": "slope", "values": ["0x1.0p0"]}\n  '
leaky() { printf '    {"operation": "activation", "operand": %s, "name": "leaky_relu", "parameters": ["0x1.0p-2"], "size": %s}' "$1" "$2"; }
periodic PROVED 'a torus of its image' '1, 2, 3' '2 3' "$slopes" "$(leaky 0 6)"
periodic 'REJECTED: a torus that does not fit' 'a row less' '1, 2, 3' '1 3' "$slopes" "$(leaky 0 6)"
periodic 'REJECTED: a torus that does not fit' 'a column less' '1, 2, 3' '2 2' "$slopes" "$(leaky 0 6)"
periodic 'REJECTED: an image of another size' 'an activation of another size' '1, 2, 2' '2 2' "$slopes" "$(leaky 0 5)"
periodic PROVED 'a mean' '1, 2, 2' '2 2' '' "$(pool 0 '1, 2, 2' '1, 1' '1, 1')"
for input in '2, 2, 2' '1, 1, 2' '1, 2, 1'; do
  periodic 'REJECTED: a unit of another image' "a mean of $input, of 1, 2, 2" '1, 2, 2' '2 2' '' "$(pool 0 "$input" '1, 1' '1, 1')"
done
periodic 'REJECTED: a unit that scales parts of channels' 'two channels for one' '1, 2, 2' '2 2' '' \
  '    {"operation": "batch_norm", "operand": 0, "channels": 2, "pixels": 2, "tensors": "b", "epsilon": "0x1.0p0"}'
periodic 'REJECTED: images of different extents' 'a sum of a row and a square' '1, 2, 4' '2 4' '' \
  "$(pool 0 '1, 2, 4' '1, 1' '2, 1')" "$(pool 0 '1, 2, 4' '1, 1' '1, 2')" '    {"operation": "sum", "operands": [1, 2], "size": 4}'
for part in '1, 2:1, 2' '2, 1:2, 1'; do
  periodic 'REJECTED: images of different extents' "an image and means over ${part#*:}, joined" '1, 2, 2' '2 2' '' \
    "$(pool 0 '1, 2, 2' "${part#*:}" "${part#*:}")" '    {"operation": "concat", "operands": [0, 1], "size": 6}'
done
# Windows over what a mean leaves outside of its grid: pixels that no window has.
periodic PROVED 'a mean of all means' '1, 1, 4' '1 2' '' "$(pool 0 '1, 1, 4' '1, 2' '1, 2')" "$(pool 1 '1, 1, 2' '1, 2' '1, 1')"
periodic 'REJECTED: a window over a signal that is not clean' 'a column that no mean has' '1, 1, 5' '1 3' '' \
  "$(pool 0 '1, 1, 5' '1, 2' '1, 2')" "$(pool 1 '1, 1, 2' '1, 2' '1, 1')"
periodic 'REJECTED: a window over a signal that is not clean' 'a row that no mean has' '1, 5, 1' '3 1' '' \
  "$(pool 0 '1, 5, 1' '2, 1' '2, 1')" "$(pool 1 '1, 2, 1' '2, 1' '1, 1')"
# Padding in front asks for more cells, and behind. There are no tensors, so right ones are refused later.
padded() { printf '    {"operation": "convolution", "operand": 0, "input": [%s], "channels": 1, "kernel": [%s], "stride": [1, 1], "padding": [%s], "dilation": [1, 1], "groups": 1, "weight": "w"}' "$1" "$2" "$3"; }
for case in '1, 1, 3:1, 3:0, 2, 0, 0:1 5:1 4' '1, 1, 3:1, 3:0, 0, 0, 2:1 5:1 4' '1, 3, 1:3, 1:2, 0, 0, 0:5 1:4 1' '1, 3, 1:3, 1:0, 0, 2, 0:5 1:4 1'; do
  input=${case%%:*}; case=${case#*:}; kernel=${case%%:*}; case=${case#*:}; padding=${case%%:*}; case=${case#*:}
  periodic 'REJECTED: a tensor without a record' "padding $padding of $input, on ${case%:*}" "$input" "${case%:*}" '' "$(padded "$input" "$kernel" "$padding")"
  periodic 'REJECTED: a torus that does not fit' "padding $padding of $input, on ${case#*:}" "$input" "${case#*:}" '' "$(padded "$input" "$kernel" "$padding")"
done
# A signal that is read by two strides has no single number of pixels in a cell. The head is unit 3.
HEAD=3
JOINED='    {"operation": "concat", "operands": [1, 2], "size": '
periodic PROVED 'one stride' '1, 2, 2' '2 2' '' "$(pool 0 '1, 2, 2' '1, 1' '2, 2')" "$(pool 0 '1, 2, 2' '1, 2' '2, 2')" "${JOINED}2}"
for strides in '2, 1:1, 1' '1, 2:1, 1'; do
  periodic 'REJECTED: a unit that is read by different strides' "strides of ${strides%:*}, and of ${strides#*:}" '1, 2, 2' '2 2' '' \
    "$(pool 0 '1, 2, 2' '1, 1' "${strides%:*}")" "$(pool 0 '1, 2, 2' '1, 1' "${strides#*:}")" "${JOINED}6}"
done
HEAD=0
periodic 'REJECTED: there is no unit for a head' 'a head before all units' '1, 2, 2' '2 2' '' "$(pool 0 '1, 2, 2' '1, 1' '2, 2')"
HEAD=
refused 'a gain that nothing reads' frequencies 'a gain' "$(gained 1 0x1.0p0)"
# To linf, by a proof for each output: a row of two outputs behind the head.
behind() { printf '%s' '{"gains": [], "segmentations": ['"$1"'], "multipliers": [{"unit": 2, "constraint": "gain", "values": ["0x1.0p0"]}], "procedure": "all frequencies", "torus": [1, 2], "twist": ["0x0.0p0", "0x0.0p0"], "head": 1}'; }
both_outputs() {
  printf '%s' 's/"input norm": "linf"/"input norm": "l2"/; s/"size": 2},/"shape": [1, 1, 2]},\n    {"operation": "scale", "operand": 0, "factor": "0x1.0p-1", "size": 2},/
    s/"activation", "operand": 0/"activation", "operand": 1/; /"proofs": \[/,/^  \]/c\  "proofs": [\n    '"$1,\\n    $1\\n  ]"
}
proved between-largest 'by all frequencies' "$(both_outputs "$(behind '')")"
refused "$ALONE" between-largest 'by all frequencies, a row of both outputs' "$(both_outputs "$(behind '{"unit": 2, "lengths": [2]}')")"

# Tensors.
SHAPED=$(printf '%s' "$DENSE" | sed 's/"inputs": 3/"inputs": @/')
for case in '-3 REJECTED: a shape that is negative' '1000001 NOT DECIDED: too large: tensor w' '600000 NOT DECIDED: too large: tensor w'; do
  columns=${case%% *}
  zeros "${case#* }" "$(code "${case#* }")" "a record of $columns columns" 3 "$(printf '%s' "$SHAPED" | sed "s/@/$columns/")" w '2 3' "2, $columns"
done
sed 's/"w"/"w\\\\"/' "$NUMERIC.json" > "$FILE"
expect 'NOT DECIDED: names of tensors with escapes' 3 'a tensor whose name has an escape' "$FILE" "$NUMERIC.safetensors" "$CHAIN" -

zeros 'REJECTED: a tensor without a record of its shape' 1 'a record of another name' 3 "$(printf '%s' "$DENSE" | sed 's/"w"/"v"/')" w '2 3'

# Texts are escaped in one way, and in UTF-8. Here a backslash is two.
method() { LC_ALL=C sed 's|by-hand|'"$1"'|' "$HERE/test/relu.json" > "$FILE"; }
for text in '\xc3\xa9' '\\u001f' '\\ud83d\\ude00' '\\"\\\\\\\\'; do
  method "$text"
  expect PROVED 0 "the text '$text'" "$FILE" -
done
for text in '\\u002d' '\\u001F' '\\u01' '\\n' '\\/' '\\ud83d\\u0041' '\\u0041\\ude00' '\\ud83d' '\\ude00' '\\ud83dxude00' '\xf0\x9f\x98\x80'; do
  method "$text"
  expect 'REJECTED: a text that is escaped otherwise' 1 "the text '$text'" "$FILE" -
done
for text in '\xe9' '\x80' '\xed\xa0\x80'; do
  method "$text"
  expect 'REJECTED: not the one text that a certificate has' 1 "the bytes '$text'" "$FILE" -
done
for claim in 'range:a range of outputs' 'query:a query'; do
  sed "s/test.relu/&\/${claim%%:*}/" "$HERE/test/relu.json" > "$FILE"
  expect "NOT DECIDED: ${claim#*:}" 3 "a certificate of ${claim#*:}" "$FILE" -
done
expect '' 2 'a callee without its weights' "$HERE/test/calls/caller.json" - "$HERE/test/relu.json"

# How many rows a witness has. S of outputs that are zero has none; a row of several elements counts as one.
witness() { printf '%s' 's/"\(exact elimination\|verified cholesky\)"/"congruence",\n  "rows": [\n'"$1"'\n  ]/'; }
FOUR='    "1",\n    "0 1",\n    "0 0 1",\n    "0 0 0 1"'
TWO='    "1",\n    "0 1"'
proved relu 'outputs of zero, without rows' 's/"factor": "0x1.0p-1"/"factor": "0x0.0p0"/; s/"exact elimination"/"congruence",\n  "rows": []/'
proved gelu 'two rows of two elements' "$(segmented 0 2); $(witness "$TWO")"
refused 'S of proof 0 has 2 rows, its witness 4' gelu 'four rows for two of two elements' "$(segmented 0 2); $(witness "$FOUR")"
# Each input is there as in the input's norm alone, but one is multiplied by the other: so they are not eliminated before.
crossed() {
  printf '%s' 's/"relu", "parameters": \[\]/"leaky_relu", "parameters": ["0x1.0p-2"]/; s/"0x1.0p-1",$/"0x1.0p1",/; s/"0x1.0p-2"\]}$/"0x1.0p1"]}/
    s/^    {"operation": "scale".*/    {"operation": "affine", "operand": 0, "scale": ["0x1.0p0", "-0x1.0p0"], "shift": ["0x0.0p0", "0x0.0p0"], "size": 2},\n    {"operation": "select", "operand": 2, "indices": [0]},\n    {"operation": "select", "operand": 2, "indices": [1]},\n    {"operation": "sum", "operands": [3, 4], "size": 1},\n    {"operation": "concat", "operands": [5, 1], "size": 3}/'
  printf '\n%s' "$1"
}
proved relu 'inputs that are multiplied by each other, in four rows' "$(crossed "$(witness "$FOUR")")"
refused 'S of proof 0 has 4 rows, its witness 2' relu 'inputs that are multiplied by each other, in two' "$(crossed "$(witness "$TWO")")"
# The gain of a weight of zeros has no rows.
zeros PROVED 0 'a weight of zeros' 3 "$DENSE" w '2 3'
cp "$FILE" "$HEADER.json"
for case in 'PROVED::' 'REJECTED: the matrix of the gain of unit 1 has 0 rows, its witness 1:"1":'; do
  rows=${case%:}; rows=${rows##*:}; verdict=${case%:"$rows":}
  sed -e 's/"gains": \[\]/"gains": [\n    {"unit": 1, "gain": "0x0.0p0", "procedure": "congruence", "rows": ['"$rows"']}\n  ]/' \
    -e 's/"multipliers": \[\]/"multipliers": [\n    {"unit": 1, "constraint": "gain", "values": ["0x1.0p0"]}\n  ]/' "$HEADER.json" > "$FILE"
  expect "$verdict" "$(case $verdict in PROVED) echo 0 ;; *) echo 1 ;; esac)" "a gain of a weight of zeros, with the rows [$rows]" "$FILE" "$HEADER"
done
rm -f "$HEADER.json"

# Calls: of a certificate of given tensors; inlined, of more elements than one certificate may have; and 129 deep.
CALLED='{"operation": "call", "operand": 0, "network": "test.numeric", "certificate": "sha256:'$(sha256sum < "$NUMERIC.json" | cut -c1-64)'", "inputs": 4, "size": 2}'
sed -e 's/"f64"/"f32"/; s/{"operation": "call".*/'"$CALLED"',/; s/"input", "size": 2/"input", "size": 4/' "$HERE/test/calls/caller.json" > "$FILE"
expect 'REJECTED: a structural certificate that calls a numeric one' 1 'a structural certificate that calls a numeric one' \
  "$FILE" - "$NUMERIC.json" "$NUMERIC.safetensors" "$CHAIN" -
scaled() { printf '    {"operation": "scale", "operand": %s, "factor": "0x1.0p0", "size": %s}' "$1" "$2"; }
called() { printf '    {"operation": "call", "operand": %s, "network": "test.cost", "certificate": "sha256:%s", "inputs": %s, "size": %s}' "$1" "$2" "$3" "$3"; }
written structural 0x1.0p0 "$(one 9000 "$(scaled 0 9000),
$(scaled 1 9000)")" '' '' > "$HEADER"
DIGEST=$(sha256sum < "$HEADER" | cut -c1-64)
written structural 0x1.0p0 "$(one 9000 "$(called 0 "$DIGEST" 9000),
$(called 1 "$DIGEST" 9000)")" '' "$INLINED" > "$FILE"
expect 'NOT DECIDED: too large: signals' 3 'inlined calls, of five signals of 9,000' "$FILE" - "$HEADER" -
FOLDER=$(mktemp -d)
GIVEN='' CALL=$(scaled 0 1) CALLS=''
for k in 1 2 3 4 5; do
  written structural 0x1.0p0 "$(one 1 "$CALL")" '' "$CALLS" > "$FOLDER/$k"
  GIVEN="$FOLDER/$k - $GIVEN"
  DIGEST=$(sha256sum < "$FOLDER/$k" | cut -c1-64)
  CALLS=$INLINED CALL=$(called 0 "$DIGEST" 1)
  for i in 1 2 3 4 5 6 7 8 9 10; do CALL="$CALL,
$(called $i "$DIGEST" 1)"; done
done
expect 'NOT DECIDED: too large: inlined calls' 3 'inlined calls of 11^4 units' $GIVEN
GIVEN='' CALL=$(scaled 0 1)
for k in $(seq 1 129); do
  written structural 0x1.0p0 "$(one 1 "$CALL")" '' '' > "$FOLDER/$k"
  GIVEN="$FOLDER/$k - $GIVEN"
  CALL=$(called 0 "$(sha256sum < "$FOLDER/$k" | cut -c1-64)" 1)
  if [ "$k" = 128 ]; then expect PROVED 0 'calls 127 deep' $GIVEN; fi
done
expect 'NOT DECIDED: calls of calls more than 127 deep' 3 'calls 128 deep' $GIVEN
rm -rf "$FOLDER"
# Two texts of a header that another program could take for one: a pair of surrogates is one, and digits are digits.
header PROVED 0 'a pair of surrogates' 's/"__metadata__": *{/&"\\ud800\\udc00": "", /'
ESCAPE='REJECTED: a text with an escape that JSON does not have'
header "$ESCAPE" 1 'a surrogate before another character' 's/"__metadata__": *{/&"\\ud800\\u0041": "", /'
header "$ESCAPE" 1 'a surrogate at the end' 's/"__metadata__": *{/&"\\ud800": "", /'
header "$ESCAPE" 1 'a digit that is none' 's/"__metadata__": *{/&"\\u0_41": "", /'
header "$ESCAPE" 1 'three digits' 's/"__metadata__": *{/&"\\u041": "", /'
# Lists in lists are read without end, but for a limit.
nested() { printf '%100s' '' | sed 's/ /'"$1"'/g'; }
sed "s/\"operand\": 1/\"operand\": $(nested '[')$(nested ']')/" "$HERE/test/relu.json" > "$FILE"
expect 'REJECTED: no JSON at byte ' 1 'lists in lists, a hundred of them' "$FILE" -
