(** The checker as a program. Integers are Zarith's; everything else is as it is written. *)
From Coq Require Import ZArith List Extraction ExtrOcamlBasic ExtrOcamlZBigInt.
From Lipc Require Import Dyadic Forms Positivity Activations Units Norms Gains Factors Certificate Calls.
Extract Constant Z.gcd => "Big_int_Z.gcd_big_int".
Extraction "checker.ml" check_all known_of nth_error sizes interval lt le largest abs equal distinct.
