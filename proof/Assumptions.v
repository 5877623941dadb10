(** What the theorem rests on: printed by `make check`, which compares it with axioms.txt. *)
From Lipc Require Import Certificate.
Print Assumptions check_all_sound.
