(** The checker as a program. Integers and natural numbers are Zarith's, texts are OCaml's, and work is counted (work.ml);
    everything else is as it is written. *)
From Coq Require Import ZArith List Floats.SpecFloat Extraction ExtrOcamlBasic ExtrOcamlNatBigInt ExtrOcamlZBigInt ExtrOcamlNativeString.
From Lipc Require Import Dyadic Forms Positivity Activations Units Differences Norms Spread Gains Within Factors Certificate Document Numbers Layout Records Claim Terms.
Extraction Blacklist Work.
Extract Constant Z.add => "Work.add".
Extract Constant Z.mul => "Work.mul".
Extract Constant Z.shiftl => "Work.shiftl".
Extract Constant Z.gcd => "Work.gcd".
Extract Constant Nat.add => "Work.add".
Extract Constant Nat.mul => "Work.mul".
Extract Constant Nat.div => "Work.div".
Extract Constant Nat.modulo => "Work.modulo".
Extract Constant Z.of_nat => "(fun n -> n)".
Extract Constant Z.to_nat => "(fun n -> Big_int_Z.max_big_int Big_int_Z.zero_big_int n)".
Extract Constant Nat.sub => "(fun n m -> Big_int_Z.max_big_int Big_int_Z.zero_big_int (Big_int_Z.sub_big_int n m))".
Extract Constant Nat.min => "Big_int_Z.min_big_int".
(** Work that is known beforehand, and what walks through lists. *)
Extract Constant expecting => "Work.expecting".
Extract Constant Boxes.spending => "Work.spending".
Extract Constant nth => "Work.nth".
Extract Constant changed_at => "Work.changed_at".
Extract Constant zip => "Work.zip".
Extract Constant all_same => "Work.all_same".
Extract Constant is_there => "Work.is_there".
(** What is copied, and what is shifted bit by bit. *)
Extract Constant length => "Work.length".
Extract Constant app => "Work.append".
Extract Constant iter_pos => "Work.iter_pos".
Extraction "checker.ml" claims_given reads_weights holds_for last_size quoted escaped entries_of its_claim all_checked header_of carried equal.
