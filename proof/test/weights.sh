# Part of ../test.sh.
# Files of weights that try to be read in two ways, or in none: the list says what its columns are. lipc's reader and the
# audit are asked about them as well, by tests of the modules certificate and audit.
LIST=$HERE/../audit/src/main/resources/hostile-weights.txt
# Bytes, from texts in which %ooo is one of three octal digits.
octal() { printf '%b' "$(printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/%\([0-7][0-7][0-7]\)/\\0\1/g')"; }
number() { # of eight bytes, little-endian
  n=$1
  for byte in 1 2 3 4 5 6 7 8; do printf "\\$(printf %03o $((n & 255)))"; n=$((n >> 8)); done
}
zero=%000%000%000%000%000%000%000%000
numbers() {
  case $1 in
    w) octal "%000%000%000%000%000%000%022%100$zero$zero%000%000%000%000%000%000%022%100" ;;
    o) octal "%000%000%000%000%000%064%252%100$zero$zero%000%000%000%000%000%064%252%100" ;;
    1) octal '%000%000%000%000%000%000%360%077' ;;
    n) octal '%000%000%000%000%000%000%370%177' ;;
    i) octal '%000%000%000%000%000%000%360%177' ;;
    f) octal '%000%000%200%077' ;;
    N) octal '%000%000%300%177' ;;
    h) octal '%000%174' ;;
    b) octal '%300%177' ;;
    k) octal '%200%077' ;;
    x) printf x ;;
    *) echo "FAILED: data that there are not: $1"; failed=1 ;;
  esac
}
CERTIFICATE=$(mktemp)
sed -n '/^      {$/,/^      }$/s/^      //p' "$HERE/../audit/src/main/java/io/lipc/audit/HostileWeights.java" > "$CERTIFICATE"
ENTRY='"w": {"dtype": "F64", "shape": [2, 2], "data_offsets": [0, 32]}'
asked=0
while IFS= read -r line; do
  case $line in '' | '#'*) continue ;; esac
  verdict=${line%% | *}; line=${line#* | }
  what=${line%% | *}; line=${line#* | }
  length=${line%% | *}; line=${line#* | }
  data=${line##* | }
  octal "$(printf '%s' "${line% | *}" | sed "s/@/$ENTRY/g")" > "$HEADER"
  if [ "$length" = = ]; then length=$(($(wc -c < "$HEADER"))); fi
  { number "$length"; cat "$HEADER"; for c in $(printf %s "$data" | sed 's/./& /g'); do numbers "$c"; done; } > "$FILE"
  case $verdict in
    read) expect PROVED 0 "weights: $what" "$CERTIFICATE" "$FILE" ;;
    unlike) expect 'NOT DECIDED' 3 "weights: $what" "$CERTIFICATE" "$FILE" ;;
    *) expect REJECTED 1 "weights: $what" "$CERTIFICATE" "$FILE" ;;
  esac
  asked=$((asked + 1))
done < "$LIST"
rm -f "$CERTIFICATE"
if [ $asked -lt 170 ]; then echo "FAILED: $asked files of weights in $LIST"; failed=1; fi
