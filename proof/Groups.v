(** Groups: max and min of two, and reflections, by the scalar function in them; sorting is a contraction. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Units Differences Represents.
Import ListNotations.
Open Scope R_scope.

Fixpoint regrouped (f g : R -> R -> R -> R) (z r : list R) : list R :=
  match z, r with x :: y :: z', s :: r' => f x y s :: g x y s :: regrouped f g z' r' | _, _ => [] end.

Lemma two_by_two : forall (P : list R -> Prop), P [] -> (forall x, P [x]) -> (forall x y z, P z -> P (x :: y :: z)) ->
  forall z, P z.
Proof. intros P P0 P1 P2. fix IH 1. intros [|x [|y z]]; [exact P0|apply P1|apply P2, IH]. Qed.

(** max = (x + y + |x - y|) / 2, min = (x + y - |x - y|) / 2 *)
Lemma max_min_abs : forall z, max_min z =
  regrouped (fun x y s => / 2 * (x + y + s)) (fun x y s => / 2 * (x + y - s)) z (map Rabs (pairs (fun x y => x - y) z)).
Proof.
  apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH. cbn. rewrite <- IH.
  f_equal; [|f_equal]; unfold Rmax, Rmin, Rabs; destruct (Rle_dec x y), (Rcase_abs (x - y)); lra.
Qed.

Lemma householder_relu : forall v w z, householder v w z =
  regrouped (fun x _ s => x + 2 * v * s) (fun _ y s => y + 2 * w * s) z
            (map (fun t => Rmax t 0) (pairs (fun x y => - (v * x + w * y)) z)).
Proof. intros v w. apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH. cbn. rewrite <- IH. reflexivity. Qed.

Lemma represents_regrouped : forall v f g f' g',
  (forall x x' l y y' m s s' r, x - x' = dot l v -> y - y' = dot m v -> s - s' = dot r v ->
    f x y s - f x' y' s' = dot (f' l m r) v /\ g x y s - g x' y' s' = dot (g' l m r) v) ->
  forall z z' F, represents v z z' F -> forall r r' G, represents v r r' G ->
  represents v (regrouped f g z r) (regrouped f g z' r') (rejoined f' g' F G).
Proof.
  intros v f g f' g' H. apply (pairs_induction v (fun z z' F => forall r r' G, represents v r r' G ->
    represents v (regrouped f g z r) (regrouped f g z' r') (rejoined f' g' F G))).
  - intros. constructor.
  - intros. constructor.
  - intros x x' l y y' m z z' F E1 E2 K IH r r' G L. inversion L as [|s s' k t t' G' E3 L']; subst; cbn; [constructor|].
    destruct (H _ _ _ _ _ _ _ _ _ E1 E2 E3). repeat constructor; auto.
Qed.

Lemma fit_length : forall m l, length (fit m l) = m.
Proof. induction m as [|m IH]; intros [|x l]; cbn; auto. Qed.

Lemma insert_length : forall l x, length (insert x l) = S (length l).
Proof. induction l as [|y l IH]; intros x; cbn; [reflexivity|]. rewrite IH. reflexivity. Qed.
Lemma sorted_length : forall l, length (sorted l) = length l.
Proof. induction l as [|x l IH]; cbn; [reflexivity|]. rewrite insert_length. unfold sorted in IH. rewrite IH. reflexivity. Qed.

Lemma insert_sum : forall l x, fold_right Rplus 0 (insert x l) = x + fold_right Rplus 0 l.
Proof.
  induction l as [|y l IH]; intros x; cbn; [reflexivity|]. rewrite IH. unfold Rmax, Rmin. destruct (Rle_dec x y); lra.
Qed.
Lemma sorted_sum : forall l, fold_right Rplus 0 (sorted l) = fold_right Rplus 0 l.
Proof. induction l as [|x l IH]; cbn; [reflexivity|]. rewrite insert_sum. unfold sorted in IH. rewrite IH. reflexivity. Qed.

Lemma insert_square : forall l l' x x', length l = length l' ->
  squared (zip Rminus (insert x l) (insert x' l')) <= (x - x') * (x - x') + squared (zip Rminus l l').
Proof.
  induction l as [|y l IH]; intros [|y' l'] x x' L; try discriminate; [cbn; lra|]. injection L as L.
  specialize (IH l' (Rmin x y) (Rmin x' y') L). unfold squared in *. cbn [insert zip fold_right].
  assert ((Rmax x y - Rmax x' y') * (Rmax x y - Rmax x' y') + (Rmin x y - Rmin x' y') * (Rmin x y - Rmin x' y')
    <= (x - x') * (x - x') + (y - y') * (y - y')).
  { unfold Rmax, Rmin. destruct (Rle_dec x y), (Rle_dec x' y'); nra. }
  lra.
Qed.

(** What moves as a whole is sorted as before. *)
Lemma insert_moved : forall d l x, insert (d + x) (map (Rplus d) l) = map (Rplus d) (insert x l).
Proof.
  intros d. induction l as [|y l IH]; intros x; cbn [map insert]; [reflexivity|]. rewrite <- IH.
  f_equal; [|f_equal]; unfold Rmax, Rmin; destruct (Rle_dec (d + x) (d + y)), (Rle_dec x y); lra.
Qed.
Lemma sorted_moved : forall d l, sorted (map (Rplus d) l) = map (Rplus d) (sorted l).
Proof.
  intros d. induction l as [|x l IH]; [reflexivity|]. change (sorted (map (Rplus d) (x :: l))) with (insert (d + x) (sorted (map (Rplus d) l))).
  rewrite IH. apply insert_moved.
Qed.

(** Sorting is a contraction. *)
Lemma sorted_square : forall l l', length l = length l' ->
  squared (zip Rminus (sorted l) (sorted l')) <= squared (zip Rminus l l').
Proof.
  induction l as [|x l IH]; intros [|x' l'] L; try discriminate; [cbn; lra|]. injection L as L.
  pose proof (insert_square (sorted l) (sorted l') x x') as I. rewrite !sorted_length in I. specialize (I L).
  specialize (IH l' L). change (sorted (x :: l)) with (insert x (sorted l)). change (sorted (x' :: l')) with (insert x' (sorted l')).
  unfold squared in *. cbn [fold_right zip]. lra.
Qed.
