(** What is known of a form of signals, by what they read: each element that is in it gives way to the form below it, or
    above it, where it is multiplied by a negative number, from the last unit back to the inputs. docs/soundness.md, "Local
    bounds". *)
From Coq Require Import ZArith List Reals Lra Bool Lia.
From Lipc Require Import Dyadic Forms Units Differences Layout Boxes Ranges.
Import ListNotations.
Open Scope R_scope.

(** * Coordinates of all elements of all signals *)
(** That of element [i] of signal [k], each counted from [One]: the digits of [k], two of its own for each, come first. *)
Fixpoint at_signal (k i : index) : index :=
  match k with One => Odd i | Even k' => Even (Even (at_signal k' i)) | Odd k' => Even (Odd (at_signal k' i)) end.
Fixpoint number_of (i : index) : nat := match i with One => 0 | Even j => 1 + 2 * number_of j | Odd j => 2 + 2 * number_of j end%nat.
(** The first one is the number 1. *)
Fixpoint joined (w : index -> index -> R) (i : index) : R :=
  match i with
  | One => 1
  | Odd j => w One j
  | Even One => 0
  | Even (Even j) => joined (fun k => w (Even k)) j
  | Even (Odd j) => joined (fun k => w (Odd k)) j
  end.
Definition coordinates_of (signals : list (list R)) : index -> R :=
  joined (fun k i => nth (number_of i) (nth (number_of k) signals []) 0).

Lemma number_next : forall i, number_of (next i) = S (number_of i).
Proof. induction i as [|i IH|i IH]; cbn [next number_of]; rewrite ?IH; lia. Qed.
Lemma coordinate_of : forall signals k i, coordinates_of signals (at_signal k i) = nth (number_of i) (nth (number_of k) signals []) 0.
Proof.
  intros signals. unfold coordinates_of.
  assert (G : forall k i w, joined w (at_signal k i) = w k i) by (induction k as [|k IH|k IH]; intros i w; cbn; [|rewrite IH|rewrite IH]; reflexivity).
  intros k i. rewrite G. reflexivity.
Qed.

(** * Elements of signals that are between forms of earlier ones, the last ones first *)
Definition definitions : Type := list (index * element).
Definition is_defined (v : index -> R) (p : index * element) : Prop := dot (below (snd p)) v <= v (fst p) <= dot (above (snd p)) v.
Fixpoint substituted (ds : definitions) (l : linear) : linear :=
  match ds with
  | [] => l
  | (i, e) :: ds' =>
      substituted ds'
        match get i l with Some c => plus (remove i l) (times c (if nonnegative c then below e else above e)) | None => l end
  end.
Lemma substituted_below : forall v ds l, Forall (is_defined v) ds -> dot (substituted ds l) v <= dot l v.
Proof.
  intros v ds l H. revert l. induction H as [|[i e] ds [L U] _ IH]; intros l; cbn [substituted fst snd] in *; [lra|].
  eapply Rle_trans; [apply IH|]. destruct (get i l) as [c|] eqn:G; [|lra]. rewrite dot_plus, dot_times.
  unfold dot at 3. rewrite (total_remove val i l v), G. cbn [worth]. change (total val (remove i l) v) with (dot (remove i l) v).
  destruct (nonnegative c) eqn:N; [apply nonnegative_true in N|apply nonnegative_false in N]; nra.
Qed.
(** To look an element up takes as long as ten products. *)
Definition backward (b : intervals) (ds : definitions) : lower_ends :=
  fun l => spending (10 * Z.of_nat (length ds)) (fun _ => least_of (substituted ds l) b).
Lemma backward_true : forall v b ds, inside v b -> Forall (is_defined v) ds -> is_never_above v (backward b ds).
Proof.
  intros v b ds B H l m M. unfold backward, spending in M. eapply Rle_trans; [exact (least_of_true _ _ _ _ B M)|apply substituted_below, H].
Qed.

(** An element that is no form of those before it has a coordinate of its own. *)
Definition is_form (e : element) : bool := is_leaf (minus (above e) (below e)).
Fixpoint named (k i : index) (es : list (option element)) : list (option element) :=
  match es with
  | [] => []
  | e :: es' =>
      match e with
      | Some a => if is_form a then e else let c := coordinate (at_signal k i) in Some (Known c c (lower a) (upper a))
      | None => None
      end :: named k (next i) es'
  end.
Fixpoint defined (k i : index) (es : list (option element)) (ds : definitions) : definitions :=
  match es with
  | [] => ds
  | e :: es' =>
      let ds' := defined k (next i) es' ds in
      match e with Some a => if is_form a then ds' else (at_signal k i, a) :: ds' | None => ds' end
  end.

Section Named.
  Variable signals : list (list R).
  Let v := coordinates_of signals.
  Lemma all_named : forall k s es i, (forall j, nth (number_of i + j) (nth (number_of k) signals []) 0 = nth j s 0) ->
    Forall2 (agrees_with v) s es ->
    Forall2 (agrees_with v) s (named k i es) /\ forall ds, Forall (is_defined v) ds -> Forall (is_defined v) (defined k i es ds).
  Proof.
    intros k s es i A H. revert i A. induction H as [|x e s es X H IH]; intros i A; cbn [named defined]; [split; [constructor|auto]|].
    destruct (IH (next i)) as [I1 I2]; [intros j; rewrite number_next; specialize (A (S j)); cbn [nth] in A; rewrite <- A; f_equal; lia|].
    assert (V : v (at_signal k i) = x) by (unfold v; rewrite coordinate_of; specialize (A 0%nat); cbn [nth] in A; rewrite <- A; f_equal; lia).
    destruct e as [a|]; [|split; [constructor; assumption|exact I2]]. destruct (is_form a); [split; [constructor; assumption|exact I2]|].
    destruct X as [X1 X2]. split.
    - constructor; [|exact I1]. cbn [agrees_with]. unfold encloses. cbn [below above lower upper]. rewrite dot_coordinate, V. split; [lra|exact X2].
    - intros ds D. constructor; [|apply I2, D]. unfold is_defined. cbn [fst snd]. rewrite V. exact X1.
  Qed.
  Lemma named_true : forall k es, let s := nth (number_of k) signals [] in covers v s es ->
    covers v s (named k One es) /\ forall ds, Forall (is_defined v) ds -> Forall (is_defined v) (defined k One es ds).
  Proof.
    intros k es s [->|C]; [split; [left; reflexivity|auto]|]. destruct (all_named k s es One (fun j => eq_refl) C) as [N D]. split; [right; exact N|exact D].
  Qed.
End Named.

(** * The box of the inputs *)
Fixpoint box_from (i : index) (ends : list (dyadic * dyadic)) : intervals :=
  match ends with [] => Leaf | pq :: ends' => merge (fun a _ => Some a) (single i pq) (box_from (next i) ends') end.
(** The number 1, and signal 0. *)
Definition box_of (ends : list (dyadic * dyadic)) : intervals := Node Leaf (Some (one, one)) (box_from One ends).
Fixpoint inputs_from (i : index) (ends : list (dyadic * dyadic)) : list (option element) :=
  match ends with
  | [] => []
  | (p, q) :: ends' => let c := coordinate (at_signal One i) in Some (Known c c p q) :: inputs_from (next i) ends'
  end.
Definition inputs_of (ends : list (dyadic * dyadic)) : list (option element) := inputs_from One ends.

Lemma inside_merge : forall s t v, inside v s -> inside v t -> inside v (merge (fun a _ => Some a) s t).
Proof.
  induction s as [|e IHe a o IHo]; intros [|e' a' o'] v H K; cbn [merge]; auto.
  cbn [inside] in H, K. destruct H as [He [Ha Ho]], K as [Ke [Ka Ko]].
  assert (M : inside v (Node (merge (fun a _ => Some a) e e') (merged (fun a _ => Some a) a a') (merge (fun a _ => Some a) o o'))).
  { cbn [inside]. split; [apply IHe; assumption|]. split; [|apply IHo; assumption]. destruct a as [[p q]|], a' as [[p' q']|]; cbn [merged]; auto. }
  unfold node. destruct (merge _ e e'), (merged _ a a'), (merge _ o o'); exact M || exact I.
Qed.
Lemma inside_single : forall i v p q, val p <= v i <= val q -> inside v (single i (p, q)).
Proof. induction i as [|i IH|i IH]; intros v p q H; cbn [single inside]; (split; [|split]); try exact I; try exact H; apply IH, H. Qed.

(** Numbers of the box are worth of coordinates, whatever the other signals are. *)
Lemma box_stands : forall ends x signals, nth 0 signals [] = x -> Forall2 is_between x ends -> let v := coordinates_of signals in
  v One = 1 /\ inside v (box_of ends) /\ covers v x (inputs_of ends).
Proof.
  intros ends x signals F H v. split; [reflexivity|].
  assert (G : forall ends s i, (forall j, nth (number_of i + j) x 0 = nth j s 0) -> Forall2 is_between s ends ->
    inside (fun i => v (Odd i)) (box_from i ends) /\ Forall2 (agrees_with v) s (inputs_from i ends)).
  { clear H ends. induction ends as [|[p q] ends IH]; intros s i A H; inversion H as [|a pq s' es B C]; subst s; [split; [exact I|constructor]|].
    subst. destruct (IH s' (next i)) as [I1 I2]; [intros j; rewrite number_next; specialize (A (S j)); cbn [nth] in A; rewrite <- A; f_equal; lia|exact C|].
    assert (V : v (at_signal One i) = a).
    { unfold v. rewrite coordinate_of. cbn [number_of]. specialize (A 0%nat). cbn [nth] in A. rewrite <- A. f_equal. lia. }
    unfold is_between in B. cbn [fst snd] in B. split; cbn [box_from inputs_from].
    - apply inside_merge; [apply inside_single; cbn [at_signal] in V; rewrite V; lra|exact I1].
    - constructor; [|exact I2]. cbn [agrees_with]. unfold encloses. cbv zeta. cbn [below above lower upper]. rewrite dot_coordinate, V. lra. }
  destruct (G ends x One (fun j => eq_refl) H) as [I1 I2]. split; [|right; exact I2].
  unfold box_of. cbn [inside]. split; [exact I|]. split; [rewrite val_one; unfold v, coordinates_of; cbn; lra|exact I1].
Qed.
