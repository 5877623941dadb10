(** Vectors of coordinates, linear functions of them, and the least value of such a function and half of a form. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms.
Import ListNotations.
Open Scope R_scope.

(** * Vectors, and linear functions of them *)
Definition vector := index -> R.
Definition sum_of (y z : vector) : vector := fun i => y i + z i.
Definition bilinear (q : quadratic) (y z : vector) : R := total (fun row => dot row z) q y.

Lemma total_sum : forall A (f : A -> R) t v w, total f t (sum_of v w) = total f t v + total f t w.
Proof.
  unfold sum_of. induction t as [|l IHl a r IHr]; intros v w; cbn [total]; [lra|].
  rewrite (IHl (fun i => v (Even i)) (fun i => w (Even i))), (IHr (fun i => v (Odd i)) (fun i => w (Odd i))). lra.
Qed.
Lemma total_times : forall A (f : A -> R) c t v, total f t (fun i => c * v i) = c * total f t v.
Proof.
  induction t as [|l IHl a r IHr]; intros v; cbn [total]; [lra|].
  rewrite (IHl (fun i => v (Even i))), (IHr (fun i => v (Odd i))). lra.
Qed.
Lemma total_both : forall A (f g : A -> R) t v, total (fun a => f a + g a) t v = total f t v + total g t v.
Proof. induction t as [|l IHl a r IHr]; intros v; cbn [total]; [lra|]. rewrite IHl, IHr. destruct a; cbn [worth]; lra. Qed.
Lemma total_where : forall A (f g : A -> R) t v w, (forall i a, get i t = Some a -> f a = g a /\ v i = w i) -> total f t v = total g t w.
Proof.
  induction t as [|l IHl a r IHr]; intros v w H; cbn [total]; [reflexivity|].
  rewrite (IHl _ (fun i => w (Even i))) by (intros i b G; apply (H (Even i) b G)).
  rewrite (IHr _ (fun i => w (Odd i))) by (intros i b G; apply (H (Odd i) b G)).
  destruct a as [a|]; cbn [worth]; [destruct (H One a eq_refl) as [-> ->]|]; lra.
Qed.
Lemma total_nonnegative : forall A (t : tree A) v, (forall i, 0 <= v i) -> 0 <= total (fun _ => 1) t v.
Proof.
  induction t as [|l IHl a r IHr]; intros v H; cbn [total]; [lra|].
  specialize (IHl (fun i => v (Even i)) (fun i => H _)). specialize (IHr (fun i => v (Odd i)) (fun i => H _)).
  pose proof (H One). destruct a; cbn [worth]; lra.
Qed.

Lemma form_sum : forall q y z, form q (sum_of y z) = form q y + bilinear q y z + bilinear q z y + form q z.
Proof.
  intros. unfold form, bilinear. rewrite total_sum.
  assert (E : forall v, total (fun row => dot row (sum_of y z)) q v = total (fun row => dot row y) q v + total (fun row => dot row z) q v).
  { intros v. rewrite <- total_both. apply total_same; [|reflexivity]. intros. apply total_sum. }
  rewrite !E. lra.
Qed.

Definition is_linear_in (L : vector -> R) : Prop :=
  (forall v w, (forall i, v i = w i) -> L v = L w) /\ (forall v w, L (sum_of v w) = L v + L w) /\ (forall c v, L (fun i => c * v i) = c * L v).

Lemma linear_total : forall A (f : A -> R) t, is_linear_in (total f t).
Proof. intros. split; [intros; apply total_same; auto|]. split; intros; [apply total_sum|apply total_times]. Qed.
Lemma linear_bilinear : forall q z, is_linear_in (fun y => bilinear q z y).
Proof.
  unfold bilinear. intros q z. split; [|split].
  - intros v w H. apply total_same; [|reflexivity]. intros. apply total_same; auto.
  - intros. rewrite <- total_both. apply total_same; [|reflexivity]. intros. apply total_sum.
  - intros. rewrite <- total_factor. apply total_same; [|reflexivity]. intros. apply total_times.
Qed.
Lemma linear_combined : forall a b L M, is_linear_in L -> is_linear_in M -> is_linear_in (fun v => a * L v + b * M v).
Proof.
  intros a b L M [L1 [L2 L3]] [M1 [M2 M3]]. split; [|split]; intros.
  - rewrite (L1 v w H), (M1 v w H). reflexivity.
  - rewrite L2, M2. lra.
  - rewrite L3, M3. lra.
Qed.

(** A linear function of the coordinates in a tree is a sum over these. *)
Fixpoint basis (k i : index) : R :=
  match k, i with One, One => 1 | Even k', Even i' | Odd k', Odd i' => basis k' i' | _, _ => 0 end.
Definition within_tree {A} (t : tree A) (v : vector) : vector := fun i => match get i t with Some _ => v i | None => 0 end.
Definition even (w : vector) : vector := fun i => match i with Even j => w j | _ => 0 end.
Definition odd (w : vector) : vector := fun i => match i with Odd j => w j | _ => 0 end.

Lemma linear_even : forall L, is_linear_in L -> is_linear_in (fun w => L (even w)).
Proof.
  intros L [L1 [L2 L3]]. split; [|split]; intros.
  - apply L1. intros [|i|i]; cbn; auto.
  - rewrite <- L2. apply L1. intros [|i|i]; unfold sum_of; cbn; lra.
  - rewrite <- L3. apply L1. intros [|i|i]; cbn; lra.
Qed.
Lemma linear_odd : forall L, is_linear_in L -> is_linear_in (fun w => L (odd w)).
Proof.
  intros L [L1 [L2 L3]]. split; [|split]; intros.
  - apply L1. intros [|i|i]; cbn; auto.
  - rewrite <- L2. apply L1. intros [|i|i]; unfold sum_of; cbn; lra.
  - rewrite <- L3. apply L1. intros [|i|i]; cbn; lra.
Qed.

Lemma by_coordinates : forall A (t : tree A) L v, is_linear_in L -> L (within_tree t v) = total (fun _ => 1) t (fun k => L (basis k) * v k).
Proof.
  induction t as [|l IHl a r IHr]; intros L v H.
  - cbn [total]. destruct H as [L1 [_ L3]]. rewrite (L1 _ (fun i => 0 * v i)) by (intros [|i|i]; unfold within_tree; cbn; lra). rewrite L3. lra.
  - cbn [total]. pose proof (IHl _ (fun i => v (Even i)) (linear_even L H)) as E. pose proof (IHr _ (fun i => v (Odd i)) (linear_odd L H)) as O.
    cbv beta in E, O. destruct H as [L1 [L2 L3]].
    rewrite (total_same _ (fun _ => 1) (fun _ => 1) l _ (fun k => L (basis (Even k)) * v (Even k))) in E;
      [|reflexivity|intros k; rewrite (L1 _ (basis (Even k))); [reflexivity|intros [|i|i]; reflexivity]].
    rewrite (total_same _ (fun _ => 1) (fun _ => 1) r _ (fun k => L (basis (Odd k)) * v (Odd k))) in O;
      [|reflexivity|intros k; rewrite (L1 _ (basis (Odd k))); [reflexivity|intros [|i|i]; reflexivity]].
    rewrite <- E, <- O.
    assert (M : worth (fun _ : A => 1) a * (L (basis One) * v One) = L (fun i => match a with Some _ => v One | None => 0 end * basis One i)).
    { rewrite L3. destruct a; cbn [worth]; lra. }
    rewrite M, <- !L2. apply L1. intros [|i|i]; unfold sum_of, within_tree; cbn; [destruct a; lra|lra|lra].
Qed.

(** * The least value of a linear function and half of a form, from any vector *)
Definition energy {A} (t : tree A) (v : vector) : R := total (fun _ => 1) t (fun i => v i * v i).
Definition is_local {A} (t : tree A) (L : vector -> R) : Prop := forall v, L (within_tree t v) = L v.
(** The elements of [c - Q z]. *)
Definition residual (c : vector -> R) (q : quadratic) (z : vector) : vector :=
  fun k => c (basis k) - (bilinear q z (basis k) + bilinear q (basis k) z) / 2.
(** Not less than [c'Q^-1 c], for any [z]. *)
Definition dual_square {A} (t : tree A) (delta : R) (c : vector -> R) (q : quadratic) (z : vector) : R :=
  2 * c z - form q z + energy t (residual c q z) / delta.

Lemma completed_square : forall A (t : tree A) delta r e, 0 < delta ->
  - (energy t r / delta) / 2 <= total (fun _ => 1) t (fun k => r k * e k) + delta * energy t e / 2.
Proof.
  intros A t delta r e D.
  pose proof (total_nonnegative A t (fun k => (delta * e k + r k) * (delta * e k + r k)) (fun k => Rle_0_sqr (delta * e k + r k))) as N.
  rewrite (total_same _ (fun _ => 1) (fun _ => 1) t _
    (sum_of (fun k => delta * delta * (e k * e k)) (sum_of (fun k => 2 * delta * (r k * e k)) (fun k => r k * r k)))) in N
    by (intros; unfold sum_of; ring).
  rewrite !total_sum, !total_times in N. unfold energy in *.
  set (E := total _ t (fun i => e i * e i)) in *. set (F := total _ t (fun k => r k * e k)) in *. set (G := total _ t (fun k => r k * r k)) in *.
  apply Rmult_le_reg_r with (2 * delta); [lra|].
  replace (- (G / delta) / 2 * (2 * delta)) with (- G) by (field; lra). lra.
Qed.

Lemma least_value : forall A (t : tree A) delta c q, 0 < delta -> is_linear_in c -> is_local t c ->
  (forall z, is_local t (fun y => bilinear q z y)) -> (forall z, is_local t (fun y => bilinear q y z)) ->
  (forall v, delta * energy t v <= form q v) ->
  forall z y, - dual_square t delta c q z / 2 <= c y + form q y / 2.
Proof.
  intros A t delta c q D C CL QL QR P z y. unfold dual_square. set (r := residual c q z). set (e := sum_of y z).
  assert (LR : is_linear_in (fun v => 1 * c v + - (1 / 2) * (1 * bilinear q z v + 1 * bilinear q v z))).
  { apply linear_combined; [exact C|]. apply (linear_combined 1 1 (fun v => bilinear q z v) (fun v => bilinear q v z));
      [apply linear_bilinear|apply linear_total]. }
  pose proof (by_coordinates A t _ e LR) as B. cbv beta in B.
  rewrite CL, (QL z e), (QR z e) in B.
  rewrite (total_same _ (fun _ => 1) (fun _ => 1) t _ (fun k => r k * e k)) in B
    by (try reflexivity; intros; unfold r, residual; lra).
  pose proof (completed_square A t delta r e D) as S. pose proof (P e) as Q.
  unfold e in B at 1 2 3, Q at 2. rewrite form_sum in Q. destruct C as [_ [C2 _]]. rewrite C2 in B.
  assert (E1 : bilinear q z (sum_of y z) = bilinear q z y + form q z) by (apply (linear_bilinear q z)).
  assert (E2 : bilinear q (sum_of y z) z = bilinear q y z + form q z) by (unfold bilinear; apply total_sum).
  rewrite E1, E2 in B. lra.
Qed.

(** * Which coordinates occur *)
Definition covers {A B} (t : tree A) (s : tree B) : Prop := forall i, get i s <> None -> get i t <> None.
Definition union (s t : linear) : linear := merge (fun a _ => Some a) s t.
Definition all_of (ls : list linear) : linear := fold_right union Leaf ls.
Definition rows_of (q : quadratic) : list linear := map snd (elements (fun i => i) q []).
Definition indices_of (q : quadratic) : linear := map_all (fun _ _ => one) q.

Lemma get_node : forall A i (l : tree A) a r, get i (node l a r) = get i (Node l a r).
Proof. intros A [|i|i] [|] [|] [|]; try reflexivity; cbn; destruct i; reflexivity. Qed.
Lemma get_merge : forall A (f : A -> A -> option A) i s t, get i (merge f s t) = merged f (get i s) (get i t).
Proof.
  induction i as [|i IH|i IH]; intros [|l a r] [|l' a' r']; cbn [merge]; try reflexivity; rewrite ?get_node; cbn [get]; auto;
    match goal with |- ?x = merged _ ?x None => destruct x; reflexivity | _ => reflexivity end.
Qed.
Lemma get_map_all : forall A B t (f : index -> A -> B) i, get i (map_all f t) = option_map (f i) (get i t).
Proof. induction t as [|l IHl a r IHr]; intros f [|i|i]; cbn [map_all get]; auto; [exact (IHl (fun i => f (Even i)) i)|exact (IHr (fun i => f (Odd i)) i)]. Qed.
Lemma elements_rest : forall A (t : tree A) name rest p, In p rest -> In p (elements name t rest).
Proof. induction t as [|l IHl a r IHr]; intros; cbn [elements]; [assumption|]. apply IHl. destruct a; [right|]; apply IHr; assumption. Qed.
Lemma elements_get : forall A (t : tree A) i a name rest, get i t = Some a -> In (name i, a) (elements name t rest).
Proof.
  induction t as [|l IHl b r IHr]; intros [|i|i] a name rest G; cbn [get elements] in *; try discriminate.
  - subst b. apply elements_rest. left. reflexivity.
  - apply (IHl i a (fun i => name (Even i))), G.
  - apply elements_rest. pose proof (IHr i a (fun i => name (Odd i)) rest G). destruct b; [right|]; assumption.
Qed.

Lemma covers_all : forall ls l, In l ls -> covers (all_of ls) l.
Proof.
  induction ls as [|m ls IH]; intros l H i G; [contradiction|]. cbn [all_of fold_right].
  change (get i (union m (all_of ls)) <> None). unfold union. rewrite get_merge.
  destruct H as [->|H]; [destruct (get i l); [|congruence]; match goal with |- merged _ _ ?o <> None => destruct o; cbn; discriminate end|].
  specialize (IH l H i G). destruct (get i (all_of ls)); [|congruence]. destruct (get i m); cbn; discriminate.
Qed.
Lemma covers_leaf : forall A B (t : tree A), covers t (@Leaf B).
Proof. intros A B t [|i|i] G; cbn in G; congruence. Qed.
Lemma local_total : forall A B (t : tree A) (f : B -> R) s, covers t s -> is_local t (total f s).
Proof.
  intros A B t f s H v. apply total_where. intros i b G. split; [reflexivity|]. unfold within_tree. specialize (H i).
  destruct (get i t); [reflexivity|]. rewrite G in H. exfalso. apply H; congruence.
Qed.
Lemma local_rows : forall A (t : tree A) q, (forall row, In row (rows_of q) -> covers t row) -> forall z, is_local t (fun y => bilinear q z y).
Proof.
  intros A t q H z v. unfold bilinear. apply total_where. intros i row G. split; [|reflexivity].
  refine (local_total _ _ t val row (H _ _) v). unfold rows_of. change row with (snd (i, row)). apply in_map.
  apply (elements_get _ q i row (fun i => i) [] G).
Qed.
Lemma local_indices : forall A (t : tree A) q, covers t (indices_of q) -> forall z, is_local t (fun y => bilinear q y z).
Proof.
  intros A t q H z. apply local_total. intros i G. apply H. unfold indices_of. rewrite get_map_all. destruct (get i q); [discriminate|congruence].
Qed.

Definition diagonal (delta : dyadic) (t : linear) : quadratic := map_all (fun i _ => single i delta) t.
Lemma form_diagonal : forall delta t v, form (diagonal delta t) v = val delta * energy t v.
Proof.
  intros. unfold form, diagonal, energy. rewrite <- total_times. apply total_map. intros i a. unfold dot. rewrite total_single. ring.
Qed.
