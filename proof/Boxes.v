(** A box of inputs that is cut into smaller ones, and what is true of all its inputs because it is true of each part.
    docs/certificate-format.md, "Rows". *)
From Coq Require Import ZArith List Reals Lra Bool Lia.
From Lipc Require Import Dyadic Units Layout.
Import ListNotations.
Open Scope R_scope.

Inductive boxes := Uncut | Cut (element : nat) (place : dyadic) (below above : boxes).
Definition ends : Type := list (dyadic * dyadic).
Fixpoint changed_at (i : nat) (f : dyadic * dyadic -> dyadic * dyadic) (box : ends) : ends :=
  match box, i with
  | [], _ => []
  | pq :: box', O => f pq :: box'
  | pq :: box', S j => pq :: changed_at j f box'
  end.
Definition part_below (i : nat) (m : dyadic) (box : ends) : ends := changed_at i (fun pq => (fst pq, m)) box.
Definition part_above (i : nat) (m : dyadic) (box : ends) : ends := changed_at i (fun pq => (m, snd pq)) box.
(** The leaves. *)
Fixpoint all_parts (cuts : boxes) (box : ends) (holds : ends -> bool) : bool :=
  match cuts with
  | Uncut => holds box
  | Cut i m below above => all_parts below (part_below i m box) holds && all_parts above (part_above i m box) holds
  end.

Definition in_box (box : ends) (x : list R) : Prop := Forall2 is_between x box.
(** A point of the segment between two: what moves, moves by a share of the way. *)
Definition on_way (t : R) (x x' : list R) : list R := zip (fun a c => a + t * (c - a)) x x'.

Lemma changed_in_box : forall i f box x, in_box box x ->
  (forall pq, nth_error box i = Some pq -> is_between (nth i x 0) (f pq)) -> in_box (changed_at i f box) x.
Proof.
  intros i f box x H. revert i. induction H as [|a pq x box B H IH]; intros [|i] K; cbn [changed_at]; [constructor|constructor| |].
  - constructor; [apply (K pq); reflexivity|exact H].
  - constructor; [exact B|]. apply IH. exact K.
Qed.
Lemma between_there : forall box x i pq, in_box box x -> nth_error box i = Some pq -> is_between (nth i x 0) pq.
Proof.
  intros box x i pq H. revert i. induction H as [|a p x box B H IH]; intros [|i] E; cbn in *; try discriminate; [injection E as <-; exact B|apply IH, E].
Qed.
Lemma on_way_in_box : forall t box x x', 0 <= t <= 1 -> in_box box x -> in_box box x' -> in_box box (on_way t x x').
Proof.
  intros t box x x' T H. revert x'. induction H as [|a pq x box B H IH]; intros x' K; inversion K as [|c q s es C D]; subst; cbn [on_way zip]; constructor.
  - unfold is_between in *. nra.
  - apply IH, D.
Qed.
Lemma on_way_nth : forall t x x' i, length x = length x' -> nth i (on_way t x x') 0 = nth i x 0 + t * (nth i x' 0 - nth i x 0).
Proof.
  induction x as [|a x IH]; intros [|c x'] i L; try discriminate; [destruct i; cbn; lra|]. injection L as L.
  destruct i as [|i]; cbn [on_way zip nth]; [reflexivity|apply IH, L].
Qed.

(** What holds of two points if it holds of both parts of the way between them, holds in a box if it holds in its parts. *)
Theorem all_parts_true : forall (good : list R -> list R -> Prop) holds,
  (forall t x x', 0 <= t <= 1 -> length x = length x' -> good x (on_way t x x') -> good (on_way t x x') x' -> good x x') ->
  (forall box, holds box = true -> forall x x', in_box box x -> in_box box x' -> good x x') ->
  forall cuts box, all_parts cuts box holds = true -> forall x x', in_box box x -> in_box box x' -> good x x'.
Proof.
  intros good holds CH LEAF. induction cuts as [|i m below IHb above IHa]; intros box H x x' X X'; cbn [all_parts] in H; [exact (LEAF _ H _ _ X X')|].
  apply andb_true_iff in H. destruct H as [Hb Ha]. specialize (IHb _ Hb). specialize (IHa _ Ha).
  assert (BELOW : forall y, in_box box y -> nth i y 0 <= val m -> in_box (part_below i m box) y).
  { intros y Y L. apply changed_in_box; [exact Y|]. intros pq E. pose proof (between_there _ _ _ _ Y E) as B. unfold is_between in *. cbn [fst snd]. lra. }
  assert (ABOVE : forall y, in_box box y -> val m <= nth i y 0 -> in_box (part_above i m box) y).
  { intros y Y L. apply changed_in_box; [exact Y|]. intros pq E. pose proof (between_there _ _ _ _ Y E) as B. unfold is_between in *. cbn [fst snd]. lra. }
  assert (LX : length x = length x') by (apply Forall2_length in X; apply Forall2_length in X'; congruence).
  assert (CROSS : nth i x 0 <> nth i x' 0 -> Rmin (nth i x 0) (nth i x' 0) <= val m <= Rmax (nth i x 0) (nth i x' 0) ->
    exists t, 0 <= t <= 1 /\ nth i (on_way t x x') 0 = val m).
  { intros N M. exists ((val m - nth i x 0) / (nth i x' 0 - nth i x 0)). rewrite on_way_nth by exact LX.
    set (a := nth i x 0) in *. set (c := nth i x' 0) in *. split; [|field; lra]. unfold Rmin, Rmax in M.
    assert (Q : (val m - a) / (c - a) * (c - a) = val m - a) by (field; lra). set (q := (val m - a) / (c - a)) in *. destruct (Rle_dec a c); split; nra. }
  destruct (Rle_dec (nth i x 0) (val m)) as [A|A], (Rle_dec (nth i x' 0) (val m)) as [B|B].
  - apply IHb; apply BELOW; assumption.
  - destruct CROSS as [t [T E]]; [lra|unfold Rmin, Rmax; destruct (Rle_dec _ _); lra|]. pose proof (on_way_in_box t box x x' T X X') as W.
    apply (CH t); [exact T|exact LX|apply IHb; apply BELOW; lra || assumption|apply IHa; apply ABOVE; lra || assumption].
  - destruct CROSS as [t [T E]]; [lra|unfold Rmin, Rmax; destruct (Rle_dec _ _); lra|]. pose proof (on_way_in_box t box x x' T X X') as W.
    apply (CH t); [exact T|exact LX|apply IHa; apply ABOVE; lra || assumption|apply IHb; apply BELOW; lra || assumption].
  - apply IHa; apply ABOVE; lra || assumption.
Qed.
