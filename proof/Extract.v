(** The checker as a program. Integers are Zarith's, texts are OCaml's; everything else is as it is written. *)
From Coq Require Import ZArith List Extraction ExtrOcamlBasic ExtrOcamlZBigInt ExtrOcamlNativeString.
From Lipc Require Import Dyadic Forms Positivity Activations Units Differences Norms Gains Within Factors Certificate Document Numbers Layout Records Claim Terms.
Extract Constant Z.gcd => "Big_int_Z.gcd_big_int".
Extraction "checker.ml" claims_given holds_for entries_of its_claim all_checked header_of carried equal.
