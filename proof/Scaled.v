(** The units behind a scale compute, of what the scale gives, what the listed units compute of the input. *)
From Coq Require Import ZArith List Reals Lra Bool Lia.
From Lipc Require Import Dyadic Activations Images Units Represents Lengths Layout Sizes Inlined.
Import ListNotations.
Open Scope R_scope.

(** Each element divided by a length. *)
Definition divided (lengths : list dyadic) (x : list R) : list R := zip (fun d a => a / val d) lengths x.

Lemma divided_length : forall ds x, length x = length ds -> length (divided ds x) = length ds.
Proof. intros ds x L. unfold divided. rewrite zip_length, L. apply Nat.min_id. Qed.
Lemma divided_difference : forall ds x x', zip Rminus (divided ds x) (divided ds x') = divided ds (zip Rminus x x').
Proof.
  unfold divided. induction ds as [|d ds IH]; intros [|a x] [|a' x']; try reflexivity. cbn [zip]. rewrite IH. f_equal. unfold Rdiv. ring.
Qed.
(** Multiplied by the lengths it is what it was. *)
Lemma divided_back : forall ds x, forallb positive ds = true -> length x = length ds ->
  zip (fun y c => y + val c) (zip (fun a y => val a * y) ds (divided ds x)) (repeat zero (length ds)) = x.
Proof.
  unfold divided. induction ds as [|d ds IH]; intros [|a x] P L; try discriminate; [reflexivity|]. injection L as L.
  cbn [forallb] in P. apply andb_true_iff in P. destruct P as [P1 P2]. apply positive_true in P1.
  cbn [length repeat zip]. rewrite (IH x P2 L), val_zero. f_equal. field. lra.
Qed.

(** Between the ends of a box, elements that do not move are the numbers that stand for them. *)
Lemma fixed_stand : forall x ends, Forall2 is_between x ends ->
  zip (fun y c => y + val c) (zip (fun a y => val a * y) (map (fun pq => if is_fixed pq then zero else one) ends) x)
    (map (fun pq => if is_fixed pq then fst pq else zero) ends) = x.
Proof.
  induction 1 as [|x [p q] xs ends B H IH]; [reflexivity|]. cbn [map zip]. rewrite IH. f_equal. unfold is_between in B. cbn [fst snd] in B.
  unfold is_fixed. cbn [fst snd]. destruct (equal p q) eqn:E; [apply equal_true in E; rewrite val_zero; lra|rewrite val_zero, val_one; lra].
Qed.

Section Scaled.
  Context {name : Type}.
  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list R).

  Lemma execution_up : forall us s S, execution called tensors (map (moved Datatypes.S) us) (s :: S) = s :: execution called tensors us S.
  Proof.
    induction us as [|p us IH]; intros s S; [reflexivity|]. cbn [map execution app].
    rewrite (meaning_moved called tensors Datatypes.S p S (s :: S)) by reflexivity. apply (IH s (S ++ [meaning called tensors p S])).
  Qed.
  Lemma execution_down : forall us x S, forallb (fun p => negb (reads_input (what p))) us = true ->
    execution called tensors us (x :: S) = x :: execution called tensors (map (moved pred) us) S.
  Proof.
    induction us as [|p us IH]; intros x S H; [reflexivity|]. cbn [map execution forallb app] in *. apply andb_true_iff in H. destruct H as [H1 H2].
    rewrite (meaning_moved called tensors pred p (x :: S) S); [apply (IH x (S ++ [meaning called tensors p (x :: S)]) H2)|].
    intros [|o] I; [|reflexivity]. apply negb_true_iff in H1. unfold reads_input in H1.
    assert (E : existsb (Nat.eqb 0) (operands (what p)) = true) by (apply existsb_exists; exists 0%nat; auto). congruence.
  Qed.
  Lemma last_behind : forall A (x y : A) l d, last (x :: y :: l) d = last (y :: l) d.
  Proof. reflexivity. Qed.
  Lemma outcome_begins : forall us x, exists T, execution called tensors us [x] = x :: T.
  Proof. intros us x. destruct (execution_extends called tensors us [x]) as [T [-> _]]. exists T. reflexivity. Qed.

  (** What the scale gives of an input. *)
  Definition given_by (s : scale) (us : list (plain name)) (x : list R) : list R :=
    match s, us with
    | Unscaled, _ | ByFirstLayer, [] => x
    | ByFirstLayer, first :: _ => meaning called tensors first [x]
    | ByUnits lengths, _ => divided lengths x
    | OnBox _, _ => x
    end.

  Theorem behind_stands : forall s inputs us read them, behind s inputs us = Some (read, them) -> forall x, length x = inputs -> is_about s x ->
    outcome called tensors them (given_by s us x) = outcome called tensors us x.
  Proof.
    intros s inputs us read them H x L AB. unfold behind in H. destruct s as [| |ds|ends].
    - injection H as _ <-. reflexivity.
    - destruct us as [|first us]; [discriminate|].
      match type of H with (if ?b then _ else _) = _ => destruct b eqn:E; [|discriminate] end. injection H as _ <-.
      apply andb_true_iff in E. destruct E as [_ E]. unfold outcome. cbn [given_by execution app].
      rewrite (execution_down us x _ E). destruct (outcome_begins (map (moved pred) us) (meaning called tensors first [x])) as [T ->]. reflexivity.
    - destruct (Nat.eqb (length ds) inputs && forallb positive ds) eqn:E; [|discriminate]. injection H as _ <-.
      apply andb_true_iff in E. destruct E as [E1 E2]. apply Nat.eqb_eq in E1. unfold outcome. cbn [given_by execution app].
      unfold meaning at 1. cbn [apart what Nat.eqb value nth].
      rewrite <- E1, divided_back by (try assumption; congruence).
      rewrite execution_up. destruct (outcome_begins us x) as [T ->]. reflexivity.
    - match type of H with (if ?b then _ else _) = _ => destruct b; [|discriminate] end.
      destruct (existsb is_fixed ends); injection H as _ <-; [|reflexivity]. unfold outcome. cbn [given_by execution app].
      unfold meaning at 1. cbn [apart what Nat.eqb value nth]. rewrite fixed_stand by exact AB.
      rewrite execution_up. destruct (outcome_begins us x) as [T ->]. reflexivity.
  Qed.
End Scaled.

(** What the first unit makes of an input, and of how many elements. It is linear, so it calls nothing. *)
Lemma first_stands : forall name partial partial' (tensors : name -> list (list R)) inputs first us x y, is_linear (what first) = true ->
  function partial tensors inputs (first :: us) x = Some y ->
  function partial' tensors inputs [first] x = Some (meaning (fun k => value_of (partial k)) tensors first [x]) /\
  length (meaning (fun k => value_of (partial k)) tensors first [x]) = extent first.
Proof.
  intros name partial partial' tensors inputs first us x y LI H. unfold function in *. destruct (Nat.eqb (length x) inputs); [|discriminate].
  cbn [signals_of] in *. match type of H with option_map _ (if ?b then _ else _) = _ => destruct b eqn:B; [|discriminate] end.
  rewrite !andb_true_iff in B. destruct B as [[B1 B2] B3].
  assert (C : is_call (what first) = false) by (destruct (what first); try reflexivity; discriminate).
  rewrite (meaning_any _ (fun k => value_of (partial' k)) (fun k => value_of (partial k)) tensors first [x] C).
  assert (U : unit_fits partial' tensors (what first) [x] = unit_fits partial tensors (what first) [x])
    by (destruct (what first); try reflexivity; discriminate).
  rewrite U, B1, B2, B3. split; [reflexivity|apply Nat.eqb_eq, B3].
Qed.
