(** Whether units are of the form of an LDL^T construction: docs/certificate-format.md, "LDL^T". The theorems of
    Constructions.v ask for such units, with weights that its parameters make: Formed.v proves that there are any, as this compares. *)
From Coq Require Import ZArith String List Bool.
From Lipc Require Import Dyadic Activations Images Units Document Reading.
Import ListNotations.
Open Scope string_scope.
Open Scope Z_scope.

(** Which theorem applies. *)
Inductive construction := Chain | Residual.

Section Form.
  Variable inputs : Z.
  Variable us : list listed.

  (** The units that were seen, and their tensors: nothing is there twice. *)
  Definition seen : Type := list nat * list tensor.
  Definition other {A} : result A := Rejected "units that are not of the construction".

  Definition unit_at (k : nat) (s : seen) : result (listed * seen) :=
    match k, is_there Nat.eqb k (fst s), nth_error us (k - 1) with
    | S _, false, Some l => Accepted (l, (k :: fst s, snd s))
    | _, _, _ => other
    end.
  Definition size_at (k : nat) : Z :=
    match k with O => inputs | S i => match nth_error us i with Some l => size_of l | None => -1 end end.

  (** The operand of a dense unit whose tensors are its own. *)
  Definition same_tensor (a b : tensor) : bool := match a, b with Stored s, Stored t => String.eqb s t | _, _ => true end.
  Fixpoint own_tensors (ts : list tensor) (s : seen) : result seen :=
    match ts with
    | [] => Accepted s
    | t :: rest =>
        need negb (is_there same_tensor t (snd s)) else "a tensor of two units of the construction" in own_tensors rest (fst s, t :: snd s)
    end.
  Definition dense_at (k : nat) (s : seen) : result (nat * seen) :=
    let* '(l, s) := unit_at k s in
    match unit_of l with
    | Dense o w b =>
        need forallb (fun '(_, shape) => match shape with [_; columns] => columns =? size_at o | _ => true end) (shapes l)
          else "a size that does not fit" in
        let* s := own_tensors (w :: match b with Some b => [b] | None => [] end) s in Accepted (o, s)
    | _ => other
    end.

  (** Dense, activation, dense, ..., dense, from the last one on; each activation of slopes that [fits] takes. *)
  Fixpoint chain_from (fuel k : nat) (fits : dyadic -> dyadic -> bool) (s : seen) : result seen :=
    match fuel with
    | O => other
    | S f =>
        let* '(o, s) := dense_at k s in
        match o with
        | O => Accepted s
        | _ =>
            let* '(l, s) := unit_at o s in
            match unit_of l with
            | Elementwise d g =>
                let suits := match interval g with Some (a, b) => lt a b && fits a b | None => false end in
                need suits && (size_of l =? size_at d) else "an activation that is not of the construction" in
                chain_from f d fits s
            | _ => other
            end
        end
    end.
  Definition reads_input (k : nat) : bool :=
    match k with
    | O => false
    | S i => match nth_error us i with Some l => match unit_of l with Dense O _ _ => true | _ => false end | None => false end
    end.

  Definition form_of : result construction :=
    let n := length us in
    let* '(which, s) := match option_map unit_of (nth_error us (n - 1)) with
      | Some (Sum [l; r]) =>
          let skip := if reads_input l then l else r in
          let last := if reads_input l then r else l in
          need reads_input skip && negb (reads_input last) else "units that are not of the construction" in
          let* '(_, s) := dense_at skip ([n], []) in
          let* s := chain_from (S n) last (fun a b => le zero a && le b one) s in
          need (size_at skip =? size_at n) && (size_at last =? size_at n) else "a size that does not fit" in
          Accepted (Residual, s)
      | _ => let* s := chain_from (S n) n (fun _ _ => true) ([], []) in Accepted (Chain, s)
      end in
    need forallb (fun k => is_there Nat.eqb k (fst s)) (seq 1 n) else "a unit outside of the construction" in
    Accepted which.
End Form.
