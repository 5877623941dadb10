#!/bin/sh
# Comparisons, each taken out of the checker: then the proof breaks, at the lemma that is named. `make removals` runs it,
# in many minutes. A removal that changes nothing, or after which all is proved, is an error.
# Run in proof/, where `make` has been run.
set -u
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
failed=0
cp -Rp ./*.v Makefile build "$WORK" || exit 1
make -s -C "$WORK" build/Functions.vo > /dev/null || { echo 'FAILED: the proof itself'; exit 1; }

# removal FILE LEMMA WHAT SED_SCRIPT: LEMMA is the first that fails, as FILE:LEMMA
removal() {
  sed -e "$4" "$1.v" > "$WORK/$1.v"
  if cmp -s "$1.v" "$WORK/$1.v"; then
    echo "FAILED: $1.v, $3: the removal changes nothing"; failed=1
  else
    touch "$WORK/$1.v"
    if make -s -C "$WORK" build/Sizes.vo build/Functions.vo > "$WORK/out" 2>&1; then
      echo "FAILED: $1.v, $3: removed, and all is proved"; failed=1
    else
      file=$(sed -n 's/^File "\.\/\([A-Za-z]*\)\.v", line .*/\1/p' "$WORK/out" | head -n 1)
      line=$(sed -n 's/^File "\.\/[A-Za-z]*\.v", line \([0-9]*\),.*/\1/p' "$WORK/out" | head -n 1)
      lemma=$file:$(head -n "${line:-1}" "$WORK/${file:-$1}.v" | sed -n 's/^ *\(Lemma\|Theorem\) \([^ ]*\) .*/\2/p' | tail -n 1)
      if [ "$lemma" = "$2" ]; then echo "as expected: without $1.v, $3: $lemma fails"
      else echo "FAILED: $1.v, $3: expected that $2 fails, found $lemma"; failed=1; fi
    fi
  fi
  cp -p "$1.v" "$WORK/$1.v"
  cp -Rp build/. "$WORK/build"
}

# Windows, and maps of images.
removal Certificate Sizes:window_fits 'pixels' 's/Nat.ltb 0 (pixels a)/true/'
removal Certificate Sizes:window_fits 'a kernel' 's/Nat.ltb 0 (kernel a)/true/'
removal Certificate Sizes:window_fits 'a stride' 's/Nat.ltb 0 (stride a)/true/'
removal Certificate Sizes:window_fits 'a dilation' 's/Nat.ltb 0 (dilation a)/true/'
removal Certificate Sizes:window_fits 'a window that lies on its pixels' 's/Nat.leb (span a) (pixels a + margin_before a + margin_behind a)/true/'
removal Certificate Sizes:image_fits 'the window downwards' 's/is_window down && is_window across/true \&\& is_window across/'
removal Certificate Sizes:image_fits 'the window across' 's/is_window down && is_window across/is_window down \&\& true/'
removal Certificate Sizes:map_fits_true "a convolution's window" 's/moves_over down across && Nat.eqb n (inputs/true \&\& Nat.eqb n (inputs/'
removal Certificate Sizes:map_fits_true "a convolution's extents" 's/Nat.eqb n (inputs \* (pixels down \* pixels across))/true/'
removal Certificate Sizes:map_fits_true 'groups' 's/Nat.ltb 0 groups/true/'
removal Certificate Sizes:map_fits_true 'groups of channels that are read' 's/Nat.eqb (Nat.modulo inputs groups) 0/true/'
removal Certificate Sizes:map_fits_true 'groups of channels that come out' 's/Nat.eqb (Nat.modulo channels groups) 0/true/'
removal Certificate Sizes:map_fits_true 'rows of a kernel' 's/Nat.eqb (length (tensors weight)) channels/true/'
removal Certificate Sizes:map_fits_true "the kernel's rows, their lengths" 's/forallb (fun r => Nat.eqb (length r) (Nat.div inputs groups .*)) (tensors weight)/true/'
removal Certificate Sizes:map_fits_true "a convolution's bias" 's/Some b => row b channels/Some b => true/'
removal Certificate Sizes:map_fits_true 'the window of a mean' 's/=> moves_over down across && Nat.eqb n (channels/=> true \&\& Nat.eqb n (channels/'
removal Certificate Sizes:map_fits_true 'the extents of a mean' 's/\(=> moves_over down across && \)Nat.eqb n (channels \* (pixels down \* pixels across))/\1true/'
removal Certificate Sizes:map_fits_true 'pixels of a channel' 's/Nat.ltb 0 channel /true /'
removal Certificate Sizes:map_fits_true "batch_norm's channels" 's/Nat.eqb (Nat.modulo n channel) 0/true/'
removal Certificate Sizes:map_fits_true "batch_norm's scale" 's/row scale (Nat.div n channel)/true/'
removal Certificate Sizes:map_fits_true "batch_norm's shift" 's/row shift (Nat.div n channel)/true/'
removal Certificate Sizes:map_fits_true 'a length of a row' 's/\[r\] => Nat.eqb (length r) k/[r] => true/'
removal Certificate Sizes:map_fits_true 'a single row' 's/match tensors t with \[r\] => Nat.eqb (length r) k | _ => false end/Nat.eqb (length (concat (tensors t))) k/'
# Units, and that their operands are there.
removal Certificate Sizes:operands_there "a dense unit's operand" 's/there o \(&& forallb (fun r => Nat.eqb (length r) (size_of o)) rows\)/true \1/'
removal Certificate Sizes:unit_fits_true 'columns of a dense weight' 's/forallb (fun r => Nat.eqb (length r) (size_of o)) rows/true/'
removal Certificate Sizes:value_size "a dense unit's bias" 's/Some b => Nat.eqb (length (concat (tensors b))) (length rows)/Some b => true/'
removal Certificate Sizes:operands_there "an activation's operand" 's/\(Scale o _ => \)given (there o)/\1given true/'
removal Certificate Sizes:operands_there 'the operand of pairs' 's/there o && Nat.even (size_of o)/true \&\& Nat.even (size_of o)/'
removal Certificate Sizes:value_size 'pairs' 's/there o && Nat.even (size_of o)/there o \&\& true/'
removal Certificate Sizes:operands_there "a sum's operands" 's/there o && Nat.eqb (size_of o) (size_of (hd/true \&\& Nat.eqb (size_of o) (size_of (hd/'
removal Certificate Sizes:value_size 'terms of a sum' 's/there o && Nat.eqb (size_of o) (size_of (hd 0%nat os))/there o \&\& true/'
removal Certificate Sizes:operands_there 'what is joined' 's/given (forallb there os)/given true/'
removal Certificate Sizes:operands_there "an affine unit's operand" 's/there o && Nat.eqb (length scale)/true \&\& Nat.eqb (length scale)/'
removal Certificate Sizes:value_size 'a scale' 's/Nat.eqb (length scale) (size_of o)/true/'
removal Certificate Sizes:value_size 'a shift' 's/Nat.eqb (length shift) (size_of o)/true/'
removal Certificate Sizes:operands_there "a selection's operand" 's/there o && forallb (fun i/true \&\& forallb (fun i/'
removal Certificate Sizes:unit_fits_true "a select's index" 's/forallb (fun i => Nat.ltb i (size_of o)) indices/true/'
removal Certificate Sizes:operands_there "a sorted unit's operand" 's/there o && Nat.ltb 1 k/true \&\& Nat.ltb 1 k/'
removal Certificate Sizes:value_size 'a group of no elements' 's/Nat.ltb 1 k/true/'
removal Certificate Sizes:unit_fits_true "a sorted group's size" 's/Nat.eqb (Nat.modulo (size_of o) k) 0/true/'
removal Certificate Sizes:operands_there "a softmax's operand" 's/Softmax o _ _ => given (there o)/Softmax o _ _ => given true/'
removal Certificate Sizes:operands_there "a map's operand" 's/there o && fits m (size_of o)/true \&\& fits m (size_of o)/'
removal Certificate Sizes:unit_fits_true 'what a map needs' 's/there o && fits m (size_of o)/there o \&\& true/'
removal Certificate Sizes:operands_there "a maximum's operand" 's/there o && moves_over/true \&\& moves_over/'
removal Certificate Sizes:unit_fits_true "a maximum's window" 's/there o && moves_over down across/there o \&\& true/'
removal Certificate Sizes:unit_fits_true 'margins of a maximum' 's/Nat.eqb (margin_before down + margin_behind down + margin_before across + margin_behind across) 0/true/'
removal Certificate Sizes:unit_fits_true "max_pool's input" 's/Nat.eqb (size_of o) (channels \* (pixels down \* pixels across))/true/'
removal Certificate Sizes:operands_there "a call's operand" 's/there o && Nat.eqb (size_of o) (arguments b)/true \&\& Nat.eqb (size_of o) (arguments b)/'
removal Certificate Sizes:unit_fits_true 'what is called reads' 's/Nat.eqb (size_of o) (arguments b)/true/'
removal Certificate Sizes:unit_fits_true 'what is called gives' 's/Nat.eqb outputs (results b)/true/'
# Sizes as they are listed, and groups of channels.
removal Terms Meaning:of_their_sizes_true 'sizes as they are listed' 's/all_same Nat.eqb found (inputs :: map extent us)/true/'
removal Terms Meaning:of_their_sizes_true 'groups of channels, and sums' 's/&& forallb (is_proper found) us/\&\& true/'
removal Terms Meaning:terms_stand 'units as they are listed' 's/need fits (its_inputs c) us else/need true else/'
removal Terms Meaning:terms_stand 'units of what is inlined' 's/need negb (is_inlined c) || fits read all else/need true else/'
removal Terms Meaning:terms_stand 'an output that is the last unit' 's/need Nat.eqb out (length all) else/need true else/'
removal Layout Sizes:signals_fit 'groups of one' 's/Nat.ltb 1 (group (what p)) && Nat.eqb (nth/true \&\& Nat.eqb (nth/'
removal Layout Sizes:signals_fit 'elements behind the last group' 's/Nat.eqb (nth (hd 0 (operands (what p))) sizes 0) (extent p)/true/'
removal Layout Sizes:signals_fit 'pixels of a group' 's/Nat.ltb 0 (apart p)$/true/'
removal Layout Sizes:signals_fit 'groups that fill channels' 's/Nat.eqb (extent p mod (group (what p) \* apart p)) 0/true/'
removal Layout Sizes:signals_fit 'a sum of nothing' 's/with Sum \[\] => false | _ => true end/with _ => true end/'
# Calls that are inlined, and groups of channels: Inlined.v and Parted.v are about these functions.
removal Layout Inlined:flattened_stands 'what is called, as units' 's/            | None => None$/            | None => flattened callees us'"'"' (numbers ++ [S base]) (flat ++ [moved at_ p])/'
removal Layout Parted:parted_stands 'that groups of channels are three units' '/let u := renumbered/,/Select o/s/match Nat.eqb (apart p) 1, source u with$/match true, source u with/'
removal Layout Parted:parted_stands 'that no others are' '/let u := renumbered/,/Select o/s/match Nat.eqb (apart p) 1, source u with$/match false, source u with/'
removal Layout Inlined:flattened_stands 'numbers of units that are inlined' 's/let inside i := match i with O => at_ o | _ => base + i end in/let inside i := match i with O => at_ o | _ => i end in/'
# Constructions.
removal Constructed Listed:chain_from_seen 'the size of an activation' 's/suits && (size_of l =? size_at d)/suits \&\& true/'
removal Constructed Listed:form_of_sizes 'the size of the skip' 's/(size_at skip =? size_at n)/true/'
removal Constructed Listed:form_of_sizes 'the size of the last layer' 's/(size_at last =? size_at n)/true/'
removal Constructed Listed:form_of_sizes 'units outside of the construction' 's/forallb (fun k => is_there Nat.eqb k (fst s)) (seq 1 n)/true/'
removal Claim Listed:claim_is_sized 'the order of units' 's/need is_ordered ls else/need true else/'
removal Terms Meaning:free_stands 'groups of channels in a construction' 's/&& forallb (fun p => Nat.eqb (apart p) 1) (its_units c)/\&\& true/'
# Scales of the inputs, and what callers may know.
removal Layout Scaled:behind_stands 'a length for each element of the input' 's/(length lengths =? inputs) && forallb positive lengths/true \&\& forallb positive lengths/'
removal Layout Scaled:behind_stands 'lengths that are positive' 's/(length lengths =? inputs) && forallb positive lengths/(length lengths =? inputs)/'
removal Layout Scaled:behind_stands 'units that read the input beside a first layer' 's/&& forallb (fun p => negb (reads_input (what p))) us.$/\&\& true/'
removal Layout Meaning:scale_stands 'a first layer that is linear' 's/if is_linear (what first) && match/if true \&\& match/'
removal Terms Meaning:terms_stand 'units behind a scale, as they are listed' 's/need fits read them else/need true else/'
removal Terms Meaning:free_stands 'a scale of a construction' 's/&& negb (is_scaled c) && is_l2/\&\& is_l2/'
removal Claim Meaning:known_stands 'a bound in a scale, for a caller' 's/match its_scale c, its_trends c with Unscaled, \[\] => Some (bound_of c)/match Unscaled, its_trends c with Unscaled, [] => Some (bound_of c)/'
removal Claim Meaning:known_stands 'trends, for a caller' 's/match its_scale c, its_trends c with Unscaled, \[\] => Some (bound_of c)/match its_scale c, @nil trend with Unscaled, [] => Some (bound_of c)/'
# Of numbers of multipliers, proofs and elements, by which the bound is proved.
removal Certificate Certificate:holds_sound 'a multiplier for each input' 's/Nat.eqb (length ws) (inputs c) && affordable/true \&\& affordable/'
removal Certificate Certificate:check_sound 'a proof for each output' 's/holds c (Nat.eqb (length (proofs c)))/holds c (fun _ => true)/'
removal Gains Gains:gain_is_true 'columns, for the gain of a weight' 's/forallb (fun row => Nat.eqb (length row) n) (tensors weight) &&/true \&\&/'
removal Gains Gains:gain_is_true 'what is called reads, for its gain' 's/Nat.eqb n (arguments b) && Nat.eqb/true \&\& Nat.eqb/'
removal Factors Factors:alone_sound 'what is called reads, for its factors' 's/if Nat.eqb (length (factor o)) (arguments b) &&/if true \&\&/'
removal Differences Steps:by_slopes_sound 'a group of no elements' 's/if Nat.eqb k 0 then None/if false then None/'
removal Differences Steps:by_slopes_sound 'a softmax of no elements' 's/is_soft t ell && Nat.ltb 0 (length z)/is_soft t ell \&\& true/'
# Of what the inequality, gains and factors are proved by.
removal Positivity Positivity:dominant_nonnegative 'a rest that is not dominant' 's/forallb (fun p => nonnegative (snd p)) (elements (fun i => i) (weights q) \[\])/true/'
removal Positivity Positivity:reduced_nonnegative 'a divisor above 1' 's/if Z.ltb 1 g \&\& empty/if true \&\& empty/'
removal Positivity Positivity:reduced_nonnegative 'a divisor of all' 's/Z.ltb 1 g && empty (qplus q (qtimes (Dyadic (- g) 0) r))/Z.ltb 1 g \&\& true/'
removal Positivity Positivity:eliminated_nonnegative 'a positive pivot' 's/positive d && eliminated n/true \&\& eliminated n/'
removal Positivity Positivity:eliminated_nonnegative 'a pivot of zero' 's/match others with Leaf => eliminated n rest | _ => false end/eliminated n rest/'
removal Positivity Positivity:eliminated_nonnegative 'an elimination to its end' 's/| O, _ => false$/| O, _ => true/'
removal Activations Activations:interval_slopes 'the constant of elu' 's/if nonnegative a then Some (zero, largest a one) else None/Some (zero, largest a one)/'
removal Activations Activations:interval_slopes 'the constant of celu' 's/if positive a then Some (zero, one) else None/Some (zero, one)/'
removal Differences Represents:responses_sound 'one slope' 's/if equal a b then Some (map/if true then Some (map/'
removal Differences Represents:responses_sound 'slopes in their order' 's/else if lt a b then Some/else if true then Some/'
removal Differences Steps:softmax_sound 'a temperature' 's/positive t && le one (mul/true \&\& le one (mul/'
removal Differences Steps:softmax_sound 'the slope of a temperature' 's/&& le one (mul (mul (Dyadic 1 1) t) ell)\./\&\& true./'
removal Differences Steps:by_slopes_sound 'the slope of a softmax' 's/if is_soft t ell && Nat.ltb/if true \&\& Nat.ltb/'
removal Differences Steps:by_slopes_sound 'a unit without slopes' 's/if is_apart u then None else/if false then None else/'
removal Differences Steps:by_gain_sound 'a gain' 's/if has_gain u (length z) g then/if true then/'
removal Differences Represents:equal_differences 'differences that are equal' "s/forallb (fun g => is_leaf (minus g f)) z'/true/"
removal Norms Norms:cauchy_schwarz 'an element twice' "s/negb (existsb (Nat.eqb i) is') && distinct is'/true/"
removal Gains Gains:gain_is_true 'the lower slope' 's/le (abs a) g && le (abs b) g/true \&\& le (abs b) g/'
removal Gains Gains:gain_is_true 'the upper slope' 's/le (abs a) g && le (abs b) g/le (abs a) g \&\& true/'
removal Gains Gains:gain_is_true 'the largest factor' 's/forallb (fun s => le (abs s) g) scale/true/'
removal Gains Gains:transposed_gain 'a wide matrix' 's/nonnegative_form propose (qplus (weighted (repeat (mul g g) (length/(fun _ _ => true) propose (qplus (weighted (repeat (mul g g) (length/'
removal Gains Gains:gain_is_true 'a tall matrix' 's/nonnegative_form propose (qplus (weighted (repeat (mul g g) n) One) (minus_squares rows))/true/'
removal Gains Gains:gain_is_true 'sums of rows and columns' 's/forallb (fun w => le (mul r w) (mul g g)) (spread n (concat (map (magnitudes tensors) ls)))/true/'
removal Gains Gains:gain_is_true 'the factor of center below 0' 's/nonnegative c && le (mul (Dyadic (Z.of_nat n) 0) c)/true \&\& le (mul (Dyadic (Z.of_nat n) 0) c)/'
removal Gains Gains:gain_is_true 'the factor of center above 2 / n' 's/le (mul (Dyadic (Z.of_nat n) 0) c) (Dyadic 1 1)/true/'
removal Gains Gains:gain_is_true 'the gain of center' 's/(Dyadic 1 1) && le one (mul g g)$/(Dyadic 1 1) \&\& true/'
removal Gains Gains:gain_is_true 'the form of a map' 's/|| nonnegative_form propose (qplus (weighted (repeat (mul g g) n) One)/|| (fun _ _ => true) propose (qplus (weighted (repeat (mul g g) n) One)/'
removal Gains Gains:gain_is_true 'the gain of maxmin' 's/| MaxMin _ => le one (mul g g)/| MaxMin _ => true/'
removal Gains Gains:gain_is_true "a reflection's gain of 1" 's/^        le one (mul g g) && le (mul most most)/        true \&\& le (mul most most)/'
removal Gains Gains:gain_is_true "a reflection's gain" 's/le one (mul g g) && le (mul most most) (mul g g)/le one (mul g g) \&\& true/'
removal Gains Gains:gain_is_true 'the gain of a selection' 's/| Select _ indices => le one (mul g g) && distinct indices/| Select _ indices => true \&\& distinct indices/'
removal Gains Gains:gain_is_true 'elements of a selection' 's/| Select _ indices => le one (mul g g) && distinct indices/| Select _ indices => le one (mul g g)/'
removal Gains Gains:gain_is_true 'the gain of a sorted group' 's/| GroupSort _ _ => le one (mul g g)/| GroupSort _ _ => true/'
removal Gains Gains:gain_is_true 'the temperature of a gain' 's/is_soft t ell && le ell g/le ell g/'
removal Gains Gains:gain_is_true 'the gain of a softmax' 's/is_soft t ell && le ell g/is_soft t ell/'
removal Gains Gains:gain_is_true 'the gain of a maximum' 's/forallb (fun w => le w (mul g g)) (spread n (map (fun i => (i, one)) (concat (windows down across channels))))/true/'
removal Gains Gains:gain_is_true 'what is called gives, for its gain' 's/Nat.eqb n (arguments b) && Nat.eqb outputs (results b) \&\&/Nat.eqb n (arguments b) \&\&/'
removal Gains Gains:gain_is_true 'a bound of what is called' 's/Nat.eqb outputs (results b) && nonnegative (at_most b) \&\&/Nat.eqb outputs (results b) \&\&/'
removal Gains Gains:gain_is_true 'the gain of a call, to l2' 's/| L2 => le (mul (at_most b) (at_most b)) (mul g g)/| L2 => true/'
removal Gains Gains:gain_is_true 'the gain of a call, to linf' 's/| Linf => le (mul (Dyadic (Z.of_nat outputs) 0) (mul (at_most b) (at_most b))) (mul g g)/| Linf => true/'
removal Factors Factors:alone_sound 'a root above zero' 's/if nonnegative r && le a (mul r r) then/if le a (mul r r) then/'
removal Factors Factors:alone_sound 'a root that is not below' 's/if nonnegative r && le a (mul r r) then/if nonnegative r then/'
removal Factors Factors:alone_sound 'the temperature of factors' 's/Softmax o t ell => if is_soft t ell then/Softmax o t ell => if true then/'
removal Factors Factors:alone_sound 'the bound of what is called' 's/(arguments b) && nonnegative (at_most b) then/(arguments b) then/'
removal Certificate Certificate:weights_below_bound 'multipliers of the input below 0' 's/| Linf => forallb nonnegative ws && le/| Linf => le/'
removal Certificate Certificate:weights_below_bound "the sum of the input's multipliers" 's/| Linf => forallb nonnegative ws && le (fold_right add zero ws) (mul (bound c) (bound c))/| Linf => forallb nonnegative ws/'
removal Certificate Certificate:holds_sound 'multipliers of the input' 's/(inputs c) && affordable c ws \&\&/(inputs c) \&\&/'
removal Certificate Certificate:holds_sound 'multipliers of units' 's/&& forallb is_sound (reasons p) \&\&/\&\&/'
removal Certificate Certificate:holds_sound 'the inequality' 's/|| nonnegative_form propose (qplus (weighted ws One) (qplus (minus_squares y) (qtimes minus_one q)))/|| true/'
removal Certificate Certificate:holds_sound 'outputs that are zero' 's/^        (forallb is_leaf y$/        (true/'
removal Certificate Certificate:holds_sound 'how many outputs there are' 's/expected (length (last signals \[\])) \&\&/true \&\&/'
removal Certificate Certificate:all_hold_sound 'the proof of an output' 's/\[nth j y Leaf\]) p && all_hold/[nth j y Leaf]) p || all_hold/'
removal Certificate Certificate:by_elements_sound 'an elementwise product from l2' 's/match input_norm c, proofs c, factors/match Linf, proofs c, factors/'
removal Certificate Certificate:by_elements_sound 'factors to l2' 's/| L2 => le (total_squared (last all \[\])) (mul (bound c) (bound c))/| L2 => true/'
removal Certificate Certificate:by_elements_sound 'factors to linf' 's/| Linf => le (most (last all \[\])) (bound c)/| Linf => true/'
removal Certificate Certificate:check_sound 'a bound below zero' 's/^    nonnegative (bound c) \&\&$/    true \&\&/'
removal Certificate Certificate:check_sound 'no proof of any output' 's/| Inequality, Linf, \[\] => false/| Inequality, Linf, [] => true/'
removal Steps Steps:step_sound 'multipliers of slopes below 0' 's/Slopes ls => forallb nonnegative ls | Gain l _/Slopes ls => true | Gain l _/'
removal Steps Steps:step_sound 'multipliers of gains below 0' 's/| Gain l _ => nonnegative l end/| Gain l _ => true end/'
# Radii by signs.
removal Signs Signs:signs_sound 'a delta of zero' 's/^    positive delta \&\& Nat.eqb/    true \&\& Nat.eqb/'
removal Signs Signs:signs_sound 'a multiplier for each input, in second proofs' 's/Nat.eqb (length ws) (inputs c) && affordable/true \&\& affordable/'
removal Signs Signs:signs_sound 'multipliers of the input, in second proofs' 's/(inputs c) && affordable c ws \&\&/(inputs c) \&\&/'
removal Signs Signs:signs_sound 'multipliers of units, in second proofs' 's/&& forallb is_sound (reasons p) \&\&/\&\&/'
removal Signs Signs:signs_sound 'the form less delta' 's/nonnegative_form propose (qplus form (qtimes minus_one (diagonal delta .*)))$/true/'
removal Signs Signs:signs_sound 'delta, off the form' 's/(qplus form (qtimes minus_one (diagonal delta .*)))$/form/'
removal Signs Signs:occurs 'coordinates of the outputs' 's/:: last signals \[\] ++ rows_of q/:: rows_of q/'
removal Signs Signs:signs_sound 'coordinates of the form' 's/++ rows_of q ++/++/'
removal Signs Signs:kinked_true 'kinks alone' 's/if bends f then match interval f/if true then match interval f/'
removal Signs Signs:kinked_true 'a leaky_relu below 1' 's/| LeakyRelu s => lt s one |/| LeakyRelu _ => true |/'
removal Terms Meaning:entry_stands 'second proofs' 's/ && all_stay known_before c t//'
[ "$failed" = 0 ] && echo 'removals: all as expected'
exit "$failed"
