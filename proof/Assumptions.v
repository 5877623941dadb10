(** What the theorems rest on: printed by `make check`, which compares it with axioms.txt. *)
From Lipc Require Import Certificate Meaning Constructions.
Print Assumptions check_all_sound.
Print Assumptions all_checked_sound.
Print Assumptions ldlt_chain_lipschitz.
Print Assumptions ldlt_residual_lipschitz.
