# Part of ../test.sh.
# Claims on a box: docs/certificate-format.md, "A local bound", "Rows", "Monotone outputs" and
# "Bounds of single inputs". Each member is changed.
UNPROVED='NOT DECIDED: no proof'
# says LINE WHAT ARGUMENTS: before the last line
says() {
  line=$1; what=$2; shift 2
  if "$PROVED" "$@" | grep -qxF -- "$line"; then printf 'as expected: %-58s %s\n' "$what" "$(printf '%s' "$line" | cut -c1-70)"
  else echo "FAILED: $what: nothing says $line"; failed=1; fi
}
expect 'PROVED: test.local/local (4 inputs, 4 outputs, 5 units) is 1-Lipschitz, exactly 0x1.0p0, from l2 to l2 on the box, for all values of its parameters' \
  0 'what is said of a local bound' "$HERE/test/local.json" -
expect 'PROVED: test.trends/monotone (2 inputs, 2 outputs, 4 units) is monotone on the box, as is said above, for all values of its parameters' \
  0 'what is said of trends' "$HERE/test/monotone.json" -
expect 'PROVED: test.slopes/slopes (2 inputs, 2 outputs, 4 units) has the slopes on the box that are said above, for all values of its parameters' \
  0 'what is said of slopes' "$HERE/test/slopes.json" -
says "  each of the outputs [0, 1] moves by at most the sum of all s_i |x_i - x'_i|, s = [0x1.0p-1, 0x1.0p-1]" \
  'the sentence of slopes' "$HERE/test/slopes.json" -
lower() { printf '%s' '/^  "lower"/,/^  \]/s/'"$1"'/'"$2"'/'; }
upper() { printf '%s' '/^  "upper"/,/^  \]/s/'"$1"'/'"$2"'/'; }

# The bound is that of the slopes 1 where nothing is positive, 1.5 where nothing is negative, and halved where both may be.
fault "$UNPROVED" local 'a bound one ulp lower' 's/"bound": "0x1.0p0"/"bound": "0x1.fffffffffffffp-1"/'
fault "$UNPROVED" local 'an element that may be positive' "$(upper '"0x0.0p0"' '"0x0.0000000000001p-1022"')"
proved local 'an element that is at a kink from above, in the place of one that is from below' "$(lower '-0x1.0p1' '0x0.0p0'); $(upper '"0x0.0p0"' '"0x1.0p0"'); s/\"scale\": \[\"0x1.0p0\"/\"scale\": [\"0x1.0p-1\"/"
fault "$UNPROVED" local 'a steeper element' 's/"scale": \["0x1.0p0", "0x1.0p0", "0x1.0p-1"/"scale": ["0x1.0p0", "0x1.0p0", "0x1.8p-1"/'
refused 'a multiplier is missing' local 'an element that moves, so that there is no unit before all others' "$(upper '"0x1.0p0"$' '"0x1.0000000000001p0"')"
fault "$UNPROVED" local 'a function that bends elsewhere' 's/"relu", "parameters": \[\]/"leaky_relu", "parameters": ["-0x1.0p2"]/'
fault "$UNPROVED" local 'no multiplier of what is free' 's/"unit": 2, "constraint": "slope", "values": \["0x1.0p-1"\]/"unit": 2, "constraint": "slope", "values": ["0x0.0p0"]/'
fault "$UNPROVED" local 'pairs whose order is not known' 's/"shift": \["0x1.0p0"/"shift": ["-0x1.0p1"/'
refused 'a multiplier is missing' local 'no multiplier of what is linear' '/"unit": 6/d; s/p-1"\]},$/p-1"]}/'
refused 'multipliers that nothing reads' local 'a multiplier too few' 's/"values": \["0x1.0p-1"\]/"values": ["0x1.0p-1", "0x1.0p-1", "0x1.0p-1"]/'
refused 'a multiplier that is negative' local 'a negative multiplier' 's/"values": \["0x0.0p0"\]/"values": ["-0x1.0p0"]/'
refused 'no box' local 'ends that are exchanged' "$(lower '"-0x1.0p1"' '"0x1.0p1"')"
refused 'no box' local 'an element more' "$(lower '"0x1.0p0"$' '"0x1.0p0",\n    "0x1.0p0"'); $(upper '"0x1.0p0"$' '"0x1.0p0",\n    "0x1.0p0"')"
refused 'no box' local 'a lower end more' "$(lower '"0x1.0p0"$' '"0x1.0p0",\n    "0x1.0p0"')"
refused 'a box beyond the declared one' local 'an end below the declared one' "$(lower '"-0x1.0p2"' '"-0x1.0000000000001p2"')"
refused 'a box beyond the declared one' local 'an end above the declared one' "$(upper '"0x0.0p0"' '"0x1.0000000000001p2"')"
for number in '"NaN"' '"Infinity"' '"1"' 1 '[]'; do refused 'no real number' local "an end $number" "$(lower '"-0x1.0p1"' "$number")"; done
refused 'a box without its name' local 'another name' 's/test.local\/local/test.local/'
refused 'trends or slopes without their name' local 'the name of trends' 's/test.local\/local/test.local\/monotone/'
refused 'a scale without its name' local 'the name of a scale' 's/test.local\/local/test.local\/scaled/'
refused 'a witness of a matrix on a box' local 'a witness' 's/"exact elimination"/"congruence",\n  "rows": [\n    "1"\n  ]/'
refused 'a construction on a box' local 'a construction' '/"multipliers"/,/^  \]/d; s/"segmentations": \[\],/&\n  "multipliers": [],/; s/exact elimination/ldlt construction/'
refused 'a box without its name' relu 'a box' 's/^  "tensors": \[\],/&\n  "lower": [\n    "0x0.0p0",\n    "0x0.0p0"\n  ],\n  "upper": [\n    "0x0.0p0",\n    "0x0.0p0"\n  ],/'

# On each part one slope is known, so the other one is twice as steep in the same direction; on the whole they are -1/2 to 1.
for name in local-rows monotone slopes; do
  refused 'no box is cut so' $name 'an element with a zero before it' 's/"0 0x0.0p0"/"00 0x0.0p0"/'
  refused 'no real number' $name 'two blanks' 's/"0 0x0.0p0"/"0  0x0.0p0"/'
  refused 'no real number' $name 'a place that is none' 's/"0 0x0.0p0"/"0 NaN"/'
  refused 'a cut outside of its box' $name 'a cut at an end' 's/"0 0x0.0p0"/"0 0x1.0p0"/'
  refused 'a cut outside of its box' $name 'an element that is not there' 's/"0 0x0.0p0"/"2 0x0.0p0"/'
  refused 'a cut outside of its box' $name 'a part that is cut at its end' 's/"1 0x0.0p0"/"0 0x0.0p0"/'
  refused 'too few boxes' $name 'a leaf less' ':all;N;$!ball;s/,\n    "leaf"\n/\n/'
  refused 'boxes after the last one' $name 'a leaf more' 's/^    "leaf"$/    "leaf",\n&/'
  refused 'boxes that are not cut' $name 'a single leaf' ':all;N;$!ball;s/"boxes.*/"boxes": [\n    "leaf"\n  ]\n}/'
  refused 'records that nothing reads' $name 'a multiplier' 's/"multipliers": \[\]/"multipliers": [\n    {"unit": 1, "constraint": "slope", "values": ["0x1.0p0"]}\n  ]/'
  undecided='NOT DECIDED: parts that are cut at units'
  fault "$undecided" $name 'a cut of a unit' 's/"0 0x0.0p0"/"1 0 0x0.0p0"/'
  fault "$undecided" $name 'a part that a sum shows to be empty' ':all;N;$!ball;s/"leaf"\n/"empty 1 0 0x1.0p0"\n/'
  fault "$undecided" $name 'a part by its vertices' ':all;N;$!ball;s/"leaf"\n/"vertices"\n/'
  fault "$UNPROVED" $name 'a box that is not cut' ':all;N;$!ball;s/,\n  "boxes.*\]/ /; s/ \n}/\n}/'
  fault "$UNPROVED" $name 'cuts beside the kink' 's/"0 0x0.0p0"/"0 0x0.0000000000001p-1022"/'
  fault "$UNPROVED" $name 'another weight' 's/"-0x1.0p-1"/"-0x1.0p1"/'
done
refused 'boxes that nothing reads' local-rows 'another procedure' '/"multipliers"/s/\[\]/[\n    {"unit": 0, "constraint": "range", "values": ["0x1.0p0"]}\n  ]/; s/"rows"/"exact elimination"/'
refused 'rows without a box' relu 'rows' '/"multipliers"/,/^  \]/d; s/"segmentations": \[\],/&\n  "multipliers": [],/; s/exact elimination/rows/'
fault "$UNPROVED" local-rows 'a bound one ulp lower' 's/"bound": "0x1.0p-1"/"bound": "0x1.fffffffffffffp-2"/'
fault "$UNPROVED" local-rows 'another norm' 's/"output norm": "linf"/"output norm": "l2"/'
refused 'trends or slopes without their name' monotone 'the name of slopes' 's/test.trends\/monotone/test.trends\/slopes/'
refused 'trends or slopes without their name' slopes 'the name of trends, of slopes' 's/test.slopes\/slopes/test.slopes\/monotone/'
refused 'trends or slopes without their name' slopes 'the name of a bound, of slopes' 's/test.slopes\/slopes/test.slopes\/local/'
refused 'not the members' monotone 'slopes beside trends' 's/^  "method"/  "slopes": [\n    "0x1.0p-1",\n    "0x1.0p-1"\n  ],\n  "outputs": [\n    0\n  ],\n&/'
slopes() { printf '%s' '/^  "slopes"/,/^  \]/s/'"$1"'/'"$2"'/'; }
outputs() { printf '%s' ':all;N;$!ball;s/"outputs": \[[^]]*\]/"outputs": ['"$1"']/'; }
for i in 0 1; do
  at="$((i + 7))s"
  fault "$UNPROVED" slopes "slope $i one ulp lower" "$at/0x1.0p-1/0x1.fffffffffffffp-2/"
  proved slopes "slope $i one ulp higher" "$at/0x1.0p-1/0x1.0000000000001p-1/"
  fault "$UNPROVED" slopes "slope $i is 0" "$at/0x1.0p-1/0x0.0p0/"
  refused 'slopes that are negative' slopes "slope $i is negative" "$at/0x1.0p-1/-0x1.0p-1/"
  for number in '"NaN"' '"Infinity"' '"1"' 1 '[]'; do refused 'no real number' slopes "slope $i is $number" "$at/\"0x1.0p-1\"/$number/"; done
done
refused 'slopes that are negative, or not one for each' slopes 'a slope too few' "$(slopes '"0x1.0p-1",' '#'); /#/d"
refused 'slopes that are negative, or not one for each' slopes 'a slope too many' "$(slopes '"0x1.0p-1",' '&\n    "0x1.0p-1",')"
proved slopes 'one output' "$(outputs '\n    1\n  ')"
for list in '' '\n    1,\n    0\n  ' '\n    0,\n    0\n  ' '\n    2\n  ' '\n    -1\n  ' '\n    0,\n    7\n  '; do
  refused 'outputs that are no elements in order' slopes "outputs [$list]" "$(outputs "$list")"
done
refused 'what is said of single inputs does not rest on rows' slopes 'slopes by another procedure' '/"multipliers"/s/\[\]/[\n    {"unit": 1, "constraint": "slope", "values": ["0x1.0p0"]},\n    {"unit": 2, "constraint": "slope", "values": ["0x1.0p0"]}\n  ]/; s/"rows",/"exact elimination"/; /"boxes"/,/^  \]/d'
fault "$UNPROVED" monotone 'outputs that fall' 's/"increasing"/"decreasing"/'
refused 'trend cannot be' monotone 'another word' 's/"increasing"/"rising"/'
refused 'inputs that are no elements in order' monotone 'inputs in another order' 's/"inputs": \[0, 1\]/"inputs": [1, 0]/'
refused 'inputs that are no elements in order' monotone 'an input that is not there' 's/"inputs": \[0, 1\]/"inputs": [0, 2]/'
refused 'outputs that are no elements in order' monotone 'no outputs' 's/"outputs": \[0, 1\]/"outputs": []/'
refused 'no trends' monotone 'no trends' ':all;N;$!ball;s/"trends": \[\n[^\n]*\n  \]/"trends": []/'
refused 'what is said of single inputs does not rest on rows' monotone 'another procedure' '/"multipliers"/s/\[\]/[\n    {"unit": 1, "constraint": "slope", "values": ["0x1.0p0"]},\n    {"unit": 2, "constraint": "slope", "values": ["0x1.0p0"]}\n  ]/; s/"rows",/"exact elimination"/; /"boxes"/,/^  \]/d'
# No element is 0 because its number is negative, and none is the last one because its number is larger.
for elements in '-1' '-1, 0' '-2, -1' '2' '7'; do
  for name in inputs outputs; do
    refused "$name that are no elements in order" monotone "$name $elements" 's/"'$name'": \[0, 1\]/"'$name'": ['"$elements"']/'
  done
done

# Of h = relu(x) and g = relu(h - 1/2): g - h is not above -h/2, so the last relu is zero. No form of x says so, as h is read twice.
expect 'PROVED: test.backward/local (1 input, 1 output, 6 units) is 0-Lipschitz' 0 'a bound behind what is read twice' "$HERE/test/backward.json" -
fault "$UNPROVED" backward 'less of it' 's/"factor": "-0x1.0p0"/"factor": "-0x1.0p-2"/'
fault "$UNPROVED" backward 'more of the other' 's/"scale": \["0x1.0p0"\]/"scale": ["0x1.0p1"]/'
fault "$UNPROVED" backward 'the other sign' 's/"factor": "-0x1.0p0"/"factor": "0x1.0p0"/'
proved backward 'both are there, so that a number is left' 's/"shift": \["-0x1.0p-1"\]/"shift": ["0x1.0p-1"]/'
# And g rises by no more than h does.
falls='s/\/local"/\/monotone"/; /"declared"/d; s/  "bound".*/  "trends": [\n    {"trend": "decreasing", "inputs": [0], "outputs": [0]}\n  ],/; /"operand": 5/d; s/\(\[3, 4\], "size": 1}\),/\1/'
proved backward 'a trend of what is read twice' "$falls"
fault "$UNPROVED" backward 'the other trend' "$falls; s/decreasing/increasing/"
fault "$UNPROVED" backward 'a trend of less of it' "$falls; s/\"factor\": \"-0x1.0p0\"/\"factor\": \"-0x1.0p-2\"/"

# What is cut off at one end or at both is between lines: c h + d x + e is not positive, so a relu behind it is zero.
# line VERDICT CODE FUNCTION LOWER UPPER c d e
line() {
  {
    printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.lines/local",\n  "kind": "structural",\n  "type": "f64",\n'
    printf '  "declared": "0x0.0p0",\n  "bound": "0x0.0p0",\n  "method": "by-hand",\n  "units": [\n    {"operation": "input", "size": 1},\n'
    printf '    {"operation": "activation", "operand": 0, "name": "%s", "parameters": [], "size": 1},\n' "$3"
    printf '    {"operation": "scale", "operand": 1, "factor": "%s", "size": 1},\n' "$6"
    printf '    {"operation": "affine", "operand": 0, "scale": ["%s"], "shift": ["%s"], "size": 1},\n' "$7" "$8"
    printf '    {"operation": "sum", "operands": [2, 3], "size": 1},\n'
    printf '    {"operation": "activation", "operand": 4, "name": "relu", "parameters": [], "size": 1}\n  ],\n  "tensors": [],\n'
    printf '  "lower": [\n    "%s"\n  ],\n  "upper": [\n    "%s"\n  ],\n' "$4" "$5"
    printf '  "gains": [],\n  "segmentations": [],\n  "multipliers": [],\n  "procedure": "rows"\n}\n'
  } > "$FILE"
  expect "$1" "$2" "lines of $3 between $4 and $5" "$FILE" -
}
ZERO='PROVED: test.lines/local (1 input, 1 output, 5 units) is 0-Lipschitz'
line "$ZERO" 0 hard_tanh -0x1.0p1 0x1.0p0 -0x1.0p0 0x1.0p0 0x0.0p0
line "$ZERO" 0 hard_tanh -0x1.0p0 0x1.0p1 0x1.0p0 -0x1.0p0 0x0.0p0
line "$ZERO" 0 hard_tanh -0x1.0p1 0x1.0p1 0x1.0p0 -0x1.0p-1 -0x1.0p-1
line "$ZERO" 0 hard_tanh -0x1.0p1 0x1.0p1 -0x1.0p0 0x1.0p-1 -0x1.0p-1
line "$ZERO" 0 relu6 -0x1.0p0 0x1.8p2 -0x1.0p0 0x1.0p0 0x0.0p0
line "$ZERO" 0 relu6 0x0.0p0 0x1.cp2 0x1.0p0 -0x1.0p0 0x0.0p0
line "$UNPROVED" 3 hard_tanh -0x1.0p1 0x1.1p0 -0x1.0p0 0x1.0p0 0x0.0p0
line "$UNPROVED" 3 hard_tanh -0x1.1p0 0x1.0p1 0x1.0p0 -0x1.0p0 0x0.0p0
line "$UNPROVED" 3 hard_tanh -0x1.0p1 0x1.0p1 0x1.0p0 -0x1.0p-1 -0x1.fp-2
line "$UNPROVED" 3 relu6 -0x1.0p0 0x1.9p2 -0x1.0p0 0x1.0p0 0x0.0p0

# Behind a smooth function that is 0 at 0, of numbers between 0 and 1, nothing is below -1, so this relu is zero. Of softplus
# no value is known.
for function in gelu gelu_tanh silu mish tanh softplus; do
  {
    printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.smooth/local",\n  "kind": "structural",\n  "type": "f64",\n'
    printf '  "declared": "0x0.0p0",\n  "bound": "0x0.0p0",\n  "method": "by-hand",\n  "units": [\n    {"operation": "input", "size": 1},\n'
    printf '    {"operation": "activation", "operand": 0, "name": "%s", "parameters": [], "size": 1},\n' $function
    printf '    {"operation": "affine", "operand": 1, "scale": ["-0x1.0p0"], "shift": ["-0x1.0p0"], "size": 1},\n'
    printf '    {"operation": "activation", "operand": 2, "name": "relu", "parameters": [], "size": 1}\n  ],\n  "tensors": [],\n'
    printf '  "lower": [\n    "0x0.0p0"\n  ],\n  "upper": [\n    "0x1.0p0"\n  ],\n'
    printf '  "gains": [],\n  "segmentations": [],\n  "multipliers": [],\n  "procedure": "rows"\n}\n'
  } > "$FILE"
  case $function in
    softplus) expect "$UNPROVED" 3 "a relu behind $function" "$FILE" - ;;
    *) expect 'PROVED: test.smooth/local (1 input, 1 output, 3 units) is 0-Lipschitz' 0 "a relu behind $function" "$FILE" - ;;
  esac
done

# What a box costs is counted before it is done. wide VERDICT CODE WHAT N [INPUTS]: of the first of N elements, by the words of
# the file $HEADER, a bound, or a trend in that many inputs, or with `all` a slope for each. Two to the power of DEPTH parts: cuts N DEPTH, of the last ones.
cuts() { awk -v n="$1" -v d="$2" 'function part(k) { if (k == d) { print "leaf"; return } print (n - 1 - k) " 0x0.0p0"; part(k + 1); part(k + 1) } BEGIN { part(0) }'; }
column() { printf '  "%s": [\n' "$1"; sed 's/.*/    "&",/; $s/,$//'; printf '  ]%s\n' "$2"; }
wide() {
  case ${5:-} in '') claim=local ;; all) claim=slopes ;; *) claim=monotone ;; esac
  {
    printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.wide/%s",\n  "kind": "structural",\n  "type": "f64",\n' "$claim"
    case $claim in
      monotone) printf '  "trends": [\n    {"trend": "increasing", "inputs": [%s], "outputs": [0]}\n  ],\n' "$(seq -s ', ' 0 $(($5 - 1)))" ;;
      slopes)
        yes 0x1.0p0 | head -n "$4" | column slopes ,
        printf '  "outputs": [\n    0\n  ],\n' ;;
      *) printf '  "declared": "0x1.0p0",\n  "bound": "0x1.0p0",\n' ;;
    esac
    printf '  "method": "by-hand",\n  "units": [\n    {"operation": "input", "size": %s},\n' "$4"
    printf '    {"operation": "select", "operand": 0, "indices": [0]}\n  ],\n  "tensors": [],\n'
    yes -- -0x1.0p0 | head -n "$4" | column lower ,
    yes 0x1.0p0 | head -n "$4" | column upper ,
    printf '  "gains": [],\n  "segmentations": [],\n  "multipliers": [],\n  "procedure": "rows",\n'
    column boxes '' < "$HEADER"
    printf '}\n'
  } > "$FILE"
  expect "$1" "$2" "$3" "$FILE" -
}
cuts 100 6 > "$HEADER"
wide 'PROVED: test.wide/local (100 inputs, 1 output, 1 unit) is 1-Lipschitz' 0 '64 parts of 100 elements' 100
cuts 100 2 > "$HEADER"
wide 'PROVED: test.wide/monotone (100 inputs, 1 output, 1 unit) is monotone' 0 '4 parts of 100 elements, a trend in each' 100 100
wide 'PROVED: test.wide/slopes (100 inputs, 1 output, 1 unit) has the slopes' 0 '4 parts of 100 elements, a slope for each' 100 all
cuts 10000 12 > "$HEADER"
wide "$SPENT" 3 '4,096 parts of 10,000 elements' 10000
cuts 1000 6 > "$HEADER"
wide "$SPENT" 3 '64 parts of 1,000 elements, a trend in each' 1000 1000
wide "$SPENT" 3 '64 parts of 1,000 elements, a slope for each' 1000 all
# A million parts have two million words less one.
yes leaf | head -n 2000000 > "$HEADER"
wide 'REJECTED: more than a million boxes' 1 'a word more than a million parts have' 1
# A form that is passed back through 1,000 kinks, of each of 1,000 sums.
{
  printf '{\n  "format": "lipc-certificate-1",\n  "network": "test.kinks/local",\n  "kind": "structural",\n  "type": "f64",\n'
  printf '  "declared": "0x1.0p0",\n  "bound": "0x1.0p0",\n  "method": "by-hand",\n  "units": [\n    {"operation": "input", "size": 1}'
  awk 'BEGIN { for (k = 0; k < 3000; k += 3) {
    printf ",\n    {\"operation\": \"activation\", \"operand\": %d, \"name\": \"relu\", \"parameters\": [], \"size\": 1}", k
    printf ",\n    {\"operation\": \"affine\", \"operand\": %d, \"scale\": [\"0x1.8p0\"], \"shift\": [\"-0x1.3p-1\"], \"size\": 1}", k + 1
    printf ",\n    {\"operation\": \"sum\", \"operands\": [%d, %d], \"size\": 1}", k + 2, k + 1 } }'
  printf '\n  ],\n  "tensors": [],\n  "lower": [\n    "-0x1.1p0"\n  ],\n  "upper": [\n    "0x1.0p0"\n  ],\n'
  printf '  "gains": [],\n  "segmentations": [],\n  "multipliers": [],\n  "procedure": "rows"\n}\n'
} > "$FILE"
expect "$SPENT" 3 'a form that is passed back through 1,000 kinks' "$FILE" -
