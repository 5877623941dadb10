#!/usr/bin/env bash
# A run on a device, from a machine that has its driver and nothing of ours: TornadoVM's SDK, the device suite, and lipc beside
# PyTorch on the same device. Writes docs/tornado-speed-NAME.log.
#
#   benchmarks/device/run.sh [--device TEXT] [--batches 1,64,1024,8192] [--runs 51] [--lanes N] [--memory 16GB]
#                            [--python PROGRAM] [--name NAME] [--no-suite]
#
# --device   an index or a part of a name, as Device.parse reads it; nvidia unless said otherwise
# --lanes    fused multiply-adds of FP32 that a compute unit does in a cycle; asked of nvidia-smi where that is there
# --memory   what TornadoVM takes of the device: a plan of 8,192 images needs about 10 GB
# --python   a Python that has PyTorch; a virtual environment is made with it unless given
# --name     of the log; that of the card, or of the device asked for
# TORNADOVM_HOME names an SDK that is there already. What is built and downloaded lies in target/device.
set -euo pipefail
cd "$(dirname "$0")/../.."

device=nvidia batches=1,64,1024,8192 runs=51 lanes='' memory=16GB python='' name='' suite=yes
while [ $# -gt 0 ]; do
  case $1 in
    --no-suite) suite=no && shift && continue ;;
    --device | --batches | --runs | --lanes | --memory | --python | --name) ;;
    *) echo "run.sh: unknown option $1" >&2 && exit 2 ;;
  esac
  [ $# -gt 1 ] || { echo "run.sh: $1 needs a value" >&2 && exit 2; }
  printf -v "${1#--}" %s "$2" && shift 2
done

say() { printf '\n== %s\n' "$*"; }
work=$PWD/target/device
mkdir -p "$work"

say "programs"
missing=()
for program in git mvn cmake g++ python3 clinfo; do
  command -v $program > /dev/null || missing+=("$program")
done
jdk=''
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  if [ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | grep -q 'javac 25\b'; then jdk=$home && break; fi
done
if [ -z "$jdk" ] || [ ${#missing[@]} -gt 0 ]; then
  echo "absent: ${missing[*]} ${jdk:-JDK 25}; installing from the packages of Debian or Ubuntu"
  apt-get update -q && apt-get install -qy git maven cmake g++ python3 python3-venv clinfo ocl-icd-opencl-dev openjdk-25-jdk-headless
  [ -n "$jdk" ] || jdk=$(dirname "$(dirname "$(readlink -f /usr/lib/jvm/*25*/bin/javac | head -1)")")
fi
export JAVA_HOME=$jdk PATH=$jdk/bin:$PATH # Maven takes java from either, and they have to be one
clinfo -l

say "TornadoVM"
if [ ! -f "${TORNADOVM_HOME:-}/tornado-argfile" ]; then
  version=$(sed -n 's:.*<tornado.version>\(.*\)</tornado.version>.*:\1:p' pom.xml)
  [ -d "$work/TornadoVM" ] || git clone -q --depth 1 --branch "v$version" https://github.com/beehive-lab/TornadoVM "$work/TornadoVM"
  (
    cd "$work/TornadoVM"
    for jar in compiler:compiler sdk:graal-sdk sdk:collections sdk:word truffle:truffle-api truffle:truffle-compiler polyglot:polyglot; do
      mvn -q -N org.apache.maven.plugins:maven-dependency-plugin:3.7.0:copy -Dartifact=org.graalvm.$jar:25.0.2 -DoutputDirectory=graalJars
    done
    mvn -q -Pjdk25,opencl-backend -Dtornado.backend=opencl -DskipTests -Dcheckstyle.skip install
    python3 bin/post_installation.py
  )
  TORNADOVM_HOME=$(dirname "$(ls "$work"/TornadoVM/dist/*/*/tornado-argfile)")
fi
argfile=$TORNADOVM_HOME/tornado-argfile
echo "$argfile"

profiles=(mvn -q -B -ntp -P tornado "-Dtornado.argfile=$argfile" -pl runtime-tornado -am)
if [ $suite = yes ]; then
  say "the device suite; a test that finds no device fails"
  LIPC_DEVICE=required "${profiles[@]}" verify -Dlipc.device=required \
    -Dtest='*Device*Test,BatchSizesTest,SynthesisRulesTest' -Dsurefire.failIfNoSpecifiedTests=false
fi

say "PyTorch"
kind=cpu
if command -v nvidia-smi > /dev/null; then
  kind=cuda
  card=$(nvidia-smi --query-gpu=name --format=csv,noheader | head -1)
  # Lanes of FP32 in a multiprocessor, from the table of compute capabilities in NVIDIA's programming guide.
  case $(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | head -1) in
    6.0 | 7.* | 8.0) lanes=${lanes:-64} ;;
    *) lanes=${lanes:-128} ;;
  esac
fi
if [ -z "$python" ]; then
  [ -d "$work/venv" ] || python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q torch numpy
  python=$work/venv/bin/python
fi
peer=$work/peer.csv
"$python" benchmarks/peers/device_speed.py $kind "$batches" "$runs" > "$peer"
cat "$peer"

say "lipc"
slug=$(tr -cs 'A-Za-z0-9\n' - <<< "${name:-${card:-$device}}" | tr 'A-Z' 'a-z' | sed 's/^-*//; s/-*$//')
log=$PWD/docs/tornado-speed-$slug.log
"${profiles[@]}" -P device-log -DskipTests verify "-Dtornado.options=-Dtornado.device.memory=$memory" -Ddevice.program=io.lipc.kernels.DeviceSpeed \
  "-Ddevice.arguments=log=$log device=$device batches=$batches runs=$runs lanes=${lanes:-0} peer=$peer"
say "wrote $log"
