(** The checker as a program. Integers are Zarith's; everything else is as it is written. *)
From Coq Require Import ZArith Extraction ExtrOcamlBasic ExtrOcamlZBigInt.
From Lipc Require Import Dyadic Forms Positivity Activations Units Gains Certificate.
Extract Constant Z.gcd => "Big_int_Z.gcd_big_int".
Extraction "checker.ml" check sizes interval lt le largest abs equal.
