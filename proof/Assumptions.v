(** What the theorems rest on: printed by `make check`, which compares it with axioms.txt. *)
From Lipc Require Import Contractions Existence ResidualExistence NetworkExistence Constructions Formed Meaning Functions.
Print Assumptions all_checked_sound.
Print Assumptions functions_exist.
Print Assumptions proved_is_true.
Print Assumptions signs_are_true.
Print Assumptions ldlt_chain_lipschitz.
Print Assumptions ldlt_residual_lipschitz.
Print Assumptions free_exists.
Print Assumptions free_contractions.
Print Assumptions chain_exists.
Print Assumptions residual_exists.
Print Assumptions chain_tensors.
Print Assumptions residual_tensors.
Print Assumptions chain_has_tensors.
Print Assumptions residual_has_tensors.
