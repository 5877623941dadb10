(** Lengths do not depend on numbers. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Units Represents Groups.
Import ListNotations.
Open Scope R_scope.

Lemma vector_length : forall f z, length (vector_of f z) = length z.
Proof. intros [t|e] z; cbn [vector_of]; unfold softmax, layer_norm; rewrite !length_map; reflexivity. Qed.

Definition alike (S S' : list (list R)) : Prop := Forall2 (fun s s' => length s = length s') S S'.

Section Lengths.
  Context {name : Type}.
  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list R).

  Lemma alike_nth : forall n S S', alike S S' -> length (nth n S []) = length (nth n S' []).
  Proof. induction n as [|n IH]; intros S S' H; inversion H; subst; cbn; auto. Qed.

  Lemma zip_length : forall A B C (f : A -> B -> C) l m, length (zip f l m) = Nat.min (length l) (length m).
  Proof. induction l as [|a l IH]; intros [|b m]; cbn; auto. Qed.

  Lemma alike_sums : forall (os : list nat) S S', alike S S' ->
    length (sums Rplus (map (fun n => nth n S []) os)) = length (sums Rplus (map (fun n => nth n S' []) os)).
  Proof.
    intros os S S' H. induction os as [|o os IH]; [reflexivity|]. pose proof (alike_nth o S S' H) as E.
    cbn [map]. set (l := map (fun n => nth n S []) os) in *. set (l' := map (fun n => nth n S' []) os) in *.
    assert (L : length l = length l') by (unfold l, l'; rewrite !length_map; reflexivity).
    destruct l, l'; try discriminate; cbn [sums] in *; [exact E|]. rewrite !zip_length, IH, E. reflexivity.
  Qed.

  Lemma alike_concat : forall (os : list nat) S S', alike S S' ->
    length (concat (map (fun n => nth n S []) os)) = length (concat (map (fun n => nth n S' []) os)).
  Proof.
    intros os S S' H. induction os as [|o os IH]; cbn; [reflexivity|]. rewrite !length_app, IH, (alike_nth o S S' H). reflexivity.
  Qed.

  Lemma paired_length : forall f (z z' : list R), length z = length z' ->
    length (pairs f z) = length (pairs f z').
  Proof.
    intros f. apply (two_by_two (fun z => forall z', length z = length z' -> length (pairs f z) = length (pairs f z'))).
    - intros [|] H; [reflexivity|discriminate].
    - intros x [|y [|]] H; try discriminate. reflexivity.
    - intros x y z IH [|x' [|y' z']] H; try discriminate. injection H as H. cbn. f_equal. apply IH, H.
  Qed.

  Lemma regrouped_length : forall f g z r z' r', length z = length z' -> length r = length r' ->
    length (regrouped f g z r) = length (regrouped f g z' r').
  Proof.
    intros f g. apply (two_by_two (fun z => forall r z' r', length z = length z' -> length r = length r' ->
      length (regrouped f g z r) = length (regrouped f g z' r'))).
    - intros r [|] r' H K; [reflexivity|discriminate].
    - intros x r [|y [|]] r' H K; try discriminate. reflexivity.
    - intros x y z IH [|s r] [|x' [|y' z']] [|s' r'] H K; try discriminate; [reflexivity|].
      injection H as H. injection K as K. cbn. do 2 f_equal. apply IH; assumption.
  Qed.

  Lemma chunks_alike : forall f k l l', length l = length l' -> alike (chunks f k l) (chunks f k l').
  Proof.
    induction f as [|f IH]; intros k [|x l] [|y l'] L; try discriminate; cbn [chunks]; constructor.
    - rewrite !length_firstn. congruence.
    - apply IH. rewrite !length_skipn. congruence.
  Qed.

  Lemma groups_length : forall g k (l l' : list R), (forall s s', length s = length s' -> length (g s) = length (g s')) ->
    length l = length l' -> length (concat (map g (groups k l))) = length (concat (map (g : list R -> list R) (groups k l'))).
  Proof.
    intros g k l l' G L. unfold groups. rewrite <- L. pose proof (chunks_alike (length l) k l l' L) as A.
    induction A as [|s s' S S' H K IH]; cbn; [reflexivity|]. rewrite !length_app, IH, (G s s' H). reflexivity.
  Qed.

  Lemma removelast_length : forall A (l : list A), length (removelast l) = pred (length l).
  Proof. induction l as [|x [|y l] IH]; cbn in *; congruence. Qed.

  Lemma moves_length : forall g, length (moves g) = pred (length g).
  Proof. intros g. unfold moves. rewrite removelast_length, zip_length, sorted_length, Nat.min_id. reflexivity. Qed.

  Lemma value_alike : forall (u : unit name) S S', alike S S' ->
    length (value called tensors u S) = length (value called tensors u S').
  Proof.
    intros u S S' H. destruct u; cbn [value]; try pose proof (alike_nth operand S S' H) as E.
    - destruct bias; cbn [shifted]; rewrite ?zip_length, !length_map; reflexivity.
    - rewrite !length_map. exact E.
    - rewrite !max_min_abs. apply regrouped_length; [exact E|]. rewrite !length_map. apply paired_length, E.
    - rewrite !householder_relu. apply regrouped_length; [exact E|]. rewrite !length_map. apply paired_length, E.
    - apply alike_sums. assumption.
    - apply alike_concat. assumption.
    - rewrite !length_map. exact E.
    - rewrite !zip_length, E. reflexivity.
    - rewrite !length_map. reflexivity.
    - apply groups_length; [|exact E]. intros. rewrite !sorted_length. assumption.
    - apply groups_length; [|exact E]. intros. rewrite !vector_length. assumption.
    - rewrite !length_map, E. reflexivity.
    - rewrite !length_map. reflexivity.
    - rewrite !fit_length. reflexivity.
  Qed.

  Lemma fresh_alike : forall r (u : unit name) S S', alike S S' ->
    length (fresh called tensors r u S) = length (fresh called tensors r u S').
  Proof.
    intros [ls|l g] u S S' H; cbn [fresh]; [|apply value_alike; exact H]. unfold functions.
    destruct u; cbn [scalar read]; try reflexivity;
      try (rewrite !length_map; try apply paired_length; apply alike_nth; assumption).
    - apply groups_length; [intros; rewrite !moves_length; congruence|apply alike_nth; assumption].
    - apply groups_length; [intros; rewrite !removelast_length, !vector_length; congruence|apply alike_nth; assumption].
  Qed.

  Lemma trace_alike : forall (us : list (unit name)) rs S S', alike S S' ->
    length (trace called tensors us rs S) = length (trace called tensors us rs S').
  Proof.
    induction us as [|u us IH]; intros rs S S' H; cbn [trace]; [reflexivity|].
    rewrite !length_app, (fresh_alike _ u S S' H). f_equal.
    apply IH. apply Forall2_app; [exact H|]. constructor; [|constructor]. apply value_alike. exact H.
  Qed.
End Lengths.
