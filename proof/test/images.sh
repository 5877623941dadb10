# Part of ../test.sh.
# A convolution and a batch normalisation, with their tensors.
IMAGE=$HERE/test/images/convolution
expect PROVED 0 'a convolution' "$IMAGE.json" "$IMAGE.safetensors"
image() {
  sed -e "$3" "$IMAGE.json" > "$FILE"
  if cmp -s "$FILE" "$IMAGE.json"; then echo "FAILED: $2 changes nothing"; failed=1; fi
  expect "$1" "$(code "$1")" "${IMAGE##*/}, $2" "$FILE" "$IMAGE.safetensors"
}
image REJECTED 'a torus that is too small' 's/"torus": \[1, 4\]/"torus": [1, 3]/'
image REJECTED 'another twist' 's/"0x1.0p-1"\], "p/"0x1.0p-2"], "p/'
image REJECTED 'a gain without a torus' 's/"torus": .*"\], "p/"p/'
image REJECTED 'a gain by another procedure' '/"gain":/s/verified cholesky/exact elimination/'
image 'NOT DECIDED' 'its bound one unit lower' 's/"0x1.2p2",$/"0x1.1ffffffffffffp2",/'
image 'NOT DECIDED' 'a gain below its norm' 's/"gain": "0x1.8p0"/"gain": "0x1.0p0"/'
image REJECTED 'other padding' 's/"padding": \[0, 1, 0, 1\]/"padding": [0, 1, 0, 0]/'
image REJECTED 'groups that do not divide' 's/"groups": 1/"groups": 2/'
image REJECTED 'a kernel of another shape' 's/"kernel": \[1, 2\]/"kernel": [2, 1]/'
image 'NOT DECIDED' 'another epsilon' 's/"epsilon": "0x1.0p-2"/"epsilon": "0x1.0p-3"/'
image REJECTED 'an epsilon that leaves no root' 's/"epsilon": "0x1.0p-2"/"epsilon": "-0x1.0p0"/'
image REJECTED 'more pixels' 's/"pixels": 4/"pixels": 5/'

# A proof by all frequencies: a sum that is made clean, slopes without 0, a maximum, and a head.
IMAGE=$HERE/test/images/frequencies
expect PROVED 0 'a proof by all frequencies' "$IMAGE.json" "$IMAGE.safetensors"
sed 's/^    5\(,*\)$/    4\1/' "$IMAGE.json" > "$FILE"
expect PROVED 0 'the least torus' "$FILE" "$IMAGE.safetensors"
sed 's/"input norm".*//; s/"0x1.0p2", "0x1.2p2"/"0x1.0p2"/' "$IMAGE.json" > "$FILE"
expect PROVED 0 'one multiplier for both channels' "$FILE" "$IMAGE.safetensors"
image 'NOT DECIDED' 'a bound below what is true' 's/"declared": .*/"declared": "0x1.0p-4",/; s/"bound": .*/"bound": "0x1.0p-4",/'
image 'NOT DECIDED' 'another slope' 's/\["0x1.0p-2"\]/["-0x1.0p3"]/'
image REJECTED 'a torus that is too small' 's/^    5\(,*\)$/    3\1/'
image REJECTED 'another twist' 's/"0x1.0p-1"$/"0x1.0p-2"/'
image REJECTED 'no torus' '/"torus"/,/\],/d'
image REJECTED 'a signal that is not made clean' '/"crop"/d'
image REJECTED 'a crop behind the head' 's/"unit": 7, "constraint": "slope"/"unit": 7, "constraint": "crop"/'
image REJECTED 'a crop more, behind the head' 's/^\(.*"unit": 7, .*\)$/\1,\n    {"unit": 8, "constraint": "crop", "values": ["0x1.0p0"]}/'
image 'NOT DECIDED: different multipliers for the channels of a maximum' 'a maximum with two multipliers' 's/\(5, "constraint": "gain", "values": \["0x1.0p0"\)/\1, "0x1.1p0"/'
image REJECTED 'three multipliers for two channels' 's/"0x1.2p2"\]/&/; s/\["0x1.0p2", /&"0x1.0p2", /'
image REJECTED 'a multiplier below 2^-500' 's/\["0x1.0p2"\]/["0x1.fffffffffffffp-501"]/'
image REJECTED 'a multiplier of zero' 's/\["0x1.0p2"\]/["0x0.0p0"]/'
image REJECTED 'no multiplier of the maximum' '/"unit": 5, "c/d'
image REJECTED 'a multiplier of the head' 's/"unit": 5, "constraint": "gain"/"unit": 6, "constraint": "gain"/'
image REJECTED 'a head that is not linear' 's/"head": 6/"head": 7/'
image 'REJECTED: a head that is not linear' 'a head that is a maximum' 's/"head": 6/"head": 5/'
image 'REJECTED: a unit that has no place on a torus' 'a dense unit on the torus' 's/"head": 6/"head": 8/'
image 'REJECTED: there is no unit for a head' 'a head behind all units' 's/"head": 6/"head": 9/'
image REJECTED 'no head' '/^  \],$/{N;s/\],\n  "head": 6/]/;}'
image REJECTED 'a unit behind the head that reads one before it' \
  's/{"operation": "dense", "operand": 7.*/{"operation": "concat", "operands": [5, 7], "size": 11}/; /"name": "w8"/d; /"name": "w6"/s/,$//'
image REJECTED 'a witness' 's/"all frequencies",/&\n  "rows": [],/'
image REJECTED 'a segmentation of the head' 's/"segmentations": \[\]/"segmentations": [\n    {"unit": 6, "lengths": [1, 1, 1]}\n  ]/'
image REJECTED 'from linf' 's/"gains": \[\]/"input norm": "linf",\n  "output norm": "l2",\n  &/'
image REJECTED 'an input that is no image' 's/"shape": \[1, 3, 3\]}/"size": 9}/'
image REJECTED 'another image' 's/"input": \[2, 3, 3\]/"input": [2, 9, 1]/'
# What is said of all values of parameters has no tensors of its own: of these the bound may be true of no other ones.
sed 's/"kind": "numeric"/"kind": "structural"/' "$IMAGE.json" > "$FILE"
expect 'REJECTED: a structural certificate of given tensors' 1 'tensors of a certificate of all values' "$FILE" "$IMAGE.safetensors"
