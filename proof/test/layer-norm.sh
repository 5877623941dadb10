# Part of ../test.sh.
# layer_norm of a whole vector and in groups: docs/certificate-format.md, "Activations".
for name in layer-norm gain-of-layer-norm; do
  fault 'NOT DECIDED' $name 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-2",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-2",/'
  fault 'NOT DECIDED: no proof' $name 'an epsilon one unit lower' 's/"0x1.0p2"/"0x1.fffffffffffffp1"/'
  proved $name 'an epsilon one unit higher' 's/"0x1.0p2"/"0x1.0000000000001p2"/'
  proved $name 'one group of all' 's/"0x0.0p0"\]/"0x1.8p1"]/'
  refused 'units whose sizes do not fit' $name 'groups of two, of three' 's/"0x0.0p0"\]/"0x1.0p1"]/'
  for k in 0x1.0p0 0x1.cp1 0x1.0p2 -0x1.8p1 -0x1.0p0 0x1.8p1000 0x0.0000000000001p-1022; do
    refused 'groups of no size' $name "groups of $k" "s/\"0x0.0p0\"\\]/\"$k\"]/"
  done
  for epsilon in 0x0.0p0 -0x1.0p2; do refused 'an epsilon that is not positive' $name "an epsilon of $epsilon" "s/\"0x1.0p2\"/\"$epsilon\"/"; done
  refused 'the activation layer_norm with 1 parameters' $name 'an epsilon alone' 's/"0x1.0p2", "0x0.0p0"/"0x1.0p2"/'
done
# In each, only the group that is not steep is read.
for name in layer-norm-groups layer-norm-channels; do
  fault 'NOT DECIDED: no proof' $name 'its bound one unit lower' 's/"declared": .*/"declared": "0x1.fffffffffffffp-2",/; s/"bound": .*/"bound": "0x1.fffffffffffffp-2",/'
  fault 'NOT DECIDED: no proof' $name 'elements of both groups' 's/"indices": \[\([12]\), 3\]/"indices": [0, \1]/'
  fault 'NOT DECIDED: no proof' $name 'one group of all' 's/"0x1.0p2", "0x1.0p1"\]/"0x1.0p2", "0x0.0p0"]/; s/, "pixels": 2//; s/\["0x0.0p0", "0x1.0p0"\]}/["0x1.0p0"]}/'
  fault 'NOT DECIDED: no proof' $name 'multipliers in another order' 's/\["0x0.0p0", "0x1.0p0"\]}/["0x1.0p0", "0x0.0p0"]}/'
  refused '' $name 'a multiplier too many' 's/\["0x0.0p0", "0x1.0p0"\]}/["0x0.0p0", "0x1.0p0", "0x1.0p0"]}/'
  refused 'groups of no size' $name 'groups of one' 's/"0x1.0p2", "0x1.0p1"\]/"0x1.0p2", "0x1.0p0"]/'
done
fault 'NOT DECIDED: no proof' layer-norm-channels 'neighbours' 's/, "pixels": 2//'
refused 'groups of channels that do not fit' layer-norm-groups 'one group, of channels' 's/"0x1.0p2", "0x1.0p1"\], "size": 4/"0x1.0p2", "0x0.0p0"], "size": 4, "pixels": 2/'
refused 'groups of channels that do not fit' softmax 'softmax of channels' 's/"parameters": \["0x1.0p-1"\], "size": 3/&, "pixels": 3/'
fault 'REJECTED' layer-norm 'a multiplier for each element' 's/"values": \["0x1.0p0"\]/"values": ["0x1.0p0", "0x1.0p0", "0x1.0p0"]/'
proved elements 'factors of layer_norm' 's/"softmax", "parameters": \["0x1.0p-2"\]/"layer_norm", "parameters": ["0x1.0p2", "0x0.0p0"]/'
# The least double whose square times epsilon is not below 1, and the one before it.
while read -r epsilon least below; do
  change="s/\"0x1.0p2\"/\"$epsilon\"/; s/\"declared\": .*/\"declared\": \"$least\",/"
  proved layer-norm "the slope of epsilon $epsilon" "$change; s/\"bound\": .*/\"bound\": \"$least\",/"
  fault 'NOT DECIDED: no proof' layer-norm "less than the slope of epsilon $epsilon" "$change; s/\"bound\": .*/\"bound\": \"$below\",/"
done << 'END'
0x1.4f8b588e368f1p-17 0x1.3c3a4edfa9759p8 0x1.3c3a4edfa9758p8
0x1.19799812dea11p-40 0x1.e848000000001p19 0x1.e848p19
0x1.999999999999ap-4 0x1.94c583ada5b53p1 0x1.94c583ada5b52p1
0x1.8p1 0x1.279a74590331dp-1 0x1.279a74590331cp-1
0x1.7e43c8800759cp996 0x1.a2fe76a3f9475p-499 0x1.a2fe76a3f9474p-499
0x0.0000000000001p-1022 0x1.0p537 0x1.fffffffffffffp536
0x1.0p-52 0x1.0p26 0x1.fffffffffffffp25
0x1.554c985f06f69p-2 0x1.bb6d5b947f10cp0 0x1.bb6d5b947f10bp0
END
