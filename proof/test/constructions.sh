# Part of ../test.sh.
# Calls of constructions, whose weights are free.
BOTH=$HERE/test/calls/of-constructions.json
CHAIN=$HERE/test/ldlt-chain.json
RESIDUAL=$HERE/test/ldlt-residual.json
NUMERIC=$HERE/test/calls/numeric
expect 'PROVED: test.of_constructions (4 inputs, 3 outputs, 3 units) is 6-Lipschitz' 0 'calls of constructions' "$BOTH" - "$CHAIN" - "$RESIDUAL" -
expect PROVED 0 'calls of constructions, in another order' "$BOTH" - "$RESIDUAL" - "$CHAIN" -
expect PROVED 0 'a construction twice' "$BOTH" - "$CHAIN" - "$RESIDUAL" - "$CHAIN" -
expect REJECTED 1 'a construction twice, with weights the second time' "$BOTH" - "$CHAIN" - "$RESIDUAL" - "$CHAIN" "$WEIGHTS"
expect 'REJECTED: weights are given' 1 'a construction that is called, with weights' "$BOTH" - "$CHAIN" "$WEIGHTS" "$RESIDUAL" -
expect 'NOT DECIDED' 3 'calls of constructions, one is not given' "$BOTH" - "$CHAIN" -
expect REJECTED 1 'a construction that nothing calls' "$HERE/test/relu.json" - "$CHAIN" -
expect REJECTED 1 'a construction that a construction does not call' "$RESIDUAL" - "$CHAIN" -
expect 'PROVED: test.numeric (4 inputs, 2 outputs, 2 units) is 1.5-Lipschitz, exactly 0x1.8p0, from l2 to l2, for these tensors, and all values of' 0 \
  'given tensors behind a construction' "$NUMERIC.json" "$NUMERIC.safetensors" "$CHAIN" -
expect REJECTED 1 'given tensors behind a construction, without them' "$NUMERIC.json" - "$CHAIN" -
expect 'REJECTED: weights are given' 1 'given tensors, as those of the construction' "$NUMERIC.json" - "$CHAIN" "$NUMERIC.safetensors"

# both VERDICT WHAT SED_SCRIPT: calls of constructions, with a change of the caller
both() {
  sed -e "$3" "$BOTH" > "$FILE"
  if cmp -s "$FILE" "$BOTH"; then echo "FAILED: $2 changes nothing"; failed=1; fi
  expect "$1" "$(code "$1")" "calls of constructions, $2" "$FILE" - "$CHAIN" - "$RESIDUAL" -
}
both 'NOT DECIDED' 'the bound one unit lower' 's/"0x1.8p2"/"0x1.7ffffffffffffp2"/'
both 'NOT DECIDED' 'another multiplier' 's/"unit": 2, "constraint": "gain", "values": \["0x1.0p1"/"unit": 2, "constraint": "gain", "values": ["0x1.0p0"/'
both REJECTED 'no multiplier' '/"unit": 1, "c/d'
both 'REJECTED: a callee of' 'of another size' 's/"inputs": 4, "size": 3/"inputs": 4, "size": 4/'
both 'REJECTED: a callee of' 'that read another size' 's/"inputs": 4/"inputs": 3/'
both 'REJECTED: a callee of' 'of another type' 's/"f32"/"f64"/'
both 'REJECTED: a callee of' 'of another name' 's/"test.ldlt_chain"/"test.ldlt_residual"/'
both REJECTED 'inlined' 's/"tensors": \[\],/&\n  "calls": "inlined",/'
both 'REJECTED: a construction that is inlined' 'inlined, with a multiplier for each activation' 's/"tensors": \[\],/&\n  "calls": "inlined",/
  s/"unit": 1, "constraint": "gain"/"unit": 2, "constraint": "slope"/
  s/{"unit": 2, "constraint": "gain".*/{"unit": 4, "constraint": "slope", "values": ["0x1.0p1"]},\n    {"unit": 7, "constraint": "slope", "values": ["0x1.0p1"]}/'
both 'REJECTED: a construction of given weights, between other norms, or with calls' 'by construction itself' \
  '/"multipliers": \[/{N;N;N;s/.*/  "multipliers": [],/;}; s/exact elimination/ldlt construction/'

# behind VERDICT WHAT SED_SCRIPT: the same, with a change of the chain, whose digest the caller has
behind() {
  sed -e "$3" "$CHAIN" > "$HEADER"
  if cmp -s "$HEADER" "$CHAIN"; then echo "FAILED: $2 changes nothing"; failed=1; fi
  sed -e "s/$(sha256sum < "$CHAIN" | cut -c1-64)/$(sha256sum < "$HEADER" | cut -c1-64)/" "$BOTH" > "$FILE"
  expect "$1" "${4:-$(code "$1")}" "a call of a construction, $2" "$FILE" - "$HEADER" - "$RESIDUAL" -
}
behind PROVED 'of another activation' 's/"abs"/"sin"/' 0
behind PROVED 'of a bound below' 's/"0x1.8p1"/"0x1.7ffffffffffffp1"/' 0
behind 'NOT DECIDED' 'of a bound above' 's/"0x1.8p1"/"0x1.8000000000001p1"/'
behind REJECTED 'of a bound below the declared one' 's/"bound": "0x1.8p1"/"bound": "0x1.0p1"/'
behind REJECTED 'of a bound of zero' 's/"0x1.8p1"/"0x0.0p0"/'
behind REJECTED 'from linf' 's/"tensors": \[\],/&\n  "input norm": "linf",\n  "output norm": "l2",/'
behind REJECTED 'with a tensor of two units' 's/"out.weight"/"h1.weight"/'
behind REJECTED 'with one slope' 's/"tanh"/"identity"/'
behind REJECTED 'of another size' 's/"inputs": 8/"inputs": 7/'
behind REJECTED 'of numeric kind' 's/"structural"/"numeric"/'
behind REJECTED 'by another procedure' 's/ldlt construction/exact elimination/'
# Calls of calls: the caller's own caller.
CALL='{"operation": "call", "operand": 0, "network": "test.numeric", "certificate": "sha256:'$(sha256sum < "$NUMERIC.json" | cut -c1-64)'", "inputs": 4, "size": 2}'
sed -e "s|{\"operation\": \"call\".*|$CALL|; /\"operation\": \"dense\"/d; /\"name\": \"w\"/d" -e 's/"tensors": \[/&],/; /^  \],$/{x;s/^/x/;/^xx$/{x;d};x}' \
  -e 's/"test.numeric",$/"test.outer",/; s/"0x1.0p-2"/"0x1.0p0"/' "$NUMERIC.json" > "$FILE"
expect 'PROVED: test.outer (4 inputs, 2 outputs, 1 unit) is 1.5-Lipschitz, exactly 0x1.8p0, from l2 to l2, for these tensors, and all values of' 0 \
  'a call of given tensors behind a construction' "$FILE" - "$NUMERIC.json" "$NUMERIC.safetensors" "$CHAIN" -
# Inlined, the units of the construction would stand in the outer certificate, however deep it is called.
sed 's/"tensors": \[\],/&\n  "calls": "inlined",/' "$FILE" > "$HEADER"
expect 'REJECTED: a construction that is inlined' 1 'an inlined call of given tensors behind a construction' \
  "$HEADER" - "$NUMERIC.json" "$NUMERIC.safetensors" "$CHAIN" -
