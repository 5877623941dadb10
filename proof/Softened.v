(** Softmax of lists: what Softmax.v says of vectors. *)
From Coq Require Import Reals Lra Lia Arith List Psatz.
From Lipc Require Import Dyadic Forms Activations Images Units Represents Lengths Matrices Softmax.
Import ListNotations.
Open Scope R_scope.

Definition difference (z z' : list R) : vector := fun i => nth i z 0 - nth i z' 0.

Lemma row_times_sum : forall n row z, length row = n -> length z = n ->
  row_times row z = sum n (fun j => nth j row 0 * nth j z 0).
Proof.
  induction n as [|n IH]; intros [|a row] [|x z] R Z; try discriminate; [reflexivity|]. injection R as R. injection Z as Z.
  rewrite sum_first. unfold row_times in *. cbn [zip fold_right nth]. rewrite (IH row z R Z). reflexivity.
Qed.

Lemma squared_difference : forall n z z', length z = n -> length z' = n ->
  squared (zip Rminus z z') = square_of n (difference z z').
Proof.
  induction n as [|n IH]; intros [|x z] [|x' z'] L L'; try discriminate; [reflexivity|]. injection L as L. injection L' as L'.
  unfold square_of, scalar_product, squared in *. rewrite sum_first. cbn [zip fold_right]. rewrite (IH z z' L L'). reflexivity.
Qed.

Lemma zip_minus_nth : forall z z' i, length z = length z' -> nth i (zip Rminus z z') 0 = nth i z 0 - nth i z' 0.
Proof.
  induction z as [|x z IH]; intros [|x' z'] i L; try discriminate; [destruct i; cbn; lra|].
  injection L as L. destruct i as [|i]; cbn; [reflexivity|apply IH, L].
Qed.

Lemma map_nth_within : forall f z i, (i < length z)%nat -> nth i (map f z) 0 = f (nth i z 0).
Proof. intros f z i I. rewrite (nth_indep _ 0 (f 0)) by (rewrite length_map; exact I). apply map_nth. Qed.

Lemma total_sum : forall z, fold_right Rplus 0 z = sum (length z) (fun i => nth i z 0).
Proof. induction z as [|x z IH]; cbn [length fold_right]; [reflexivity|]. rewrite sum_first. cbn [nth]. rewrite IH. reflexivity. Qed.

Lemma softmax_length : forall T z, length (softmax T z) = length z.
Proof. intros. unfold softmax. rewrite !length_map. reflexivity. Qed.

Lemma softmax_nth : forall T z i, (i < length z)%nat ->
  nth i (softmax T z) 0 = exp (nth i z 0 / T) / sum (length z) (fun j => exp (nth j z 0 / T)).
Proof.
  intros T z i I. unfold softmax. rewrite !map_nth_within by (rewrite ?length_map; exact I). f_equal.
  rewrite total_sum, length_map. apply sum_same. intros j J. apply map_nth_within, J.
Qed.

(** What moves as a whole has the same softmax. *)
Lemma softmax_moved : forall T d z, softmax T (map (Rplus d) z) = softmax T z.
Proof.
  intros T d z. unfold softmax. set (c := exp (d / T)). set (p := map (fun x => exp (x / T)) z).
  assert (C : c <> 0) by (unfold c; pose proof (exp_pos (d / T)); lra).
  assert (E : map (fun x => exp (x / T)) (map (Rplus d) z) = map (Rmult c) p).
  { unfold p. rewrite !map_map. apply map_ext. intros x. unfold c. rewrite <- exp_plus. f_equal. unfold Rdiv. ring. }
  assert (S : forall l, fold_right Rplus 0 (map (Rmult c) l) = c * fold_right Rplus 0 l)
    by (induction l as [|x l IH]; cbn; [lra|rewrite IH; lra]).
  rewrite E, S, map_map. apply map_ext. intros x. unfold Rdiv. rewrite Rinv_mult.
  replace (c * x * (/ c * / fold_right Rplus 0 p)) with (c * / c * (x * / fold_right Rplus 0 p)) by ring.
  rewrite Rinv_r by exact C. ring.
Qed.

(** Both ends of the segment from z' to z. *)
Section Ends.
  Variables (T : R) (z z' : list R).
  Hypothesis warm : 0 < T.
  Hypothesis alike : length z = length z'.
  Let n := length z.
  Let from : vector := fun i => nth i z' 0.
  Let d := difference z z'.

  Lemma soft_ends : forall i, (i < n)%nat -> soft n T from d 1 i = nth i (softmax T z) 0 /\ soft n T from d 0 i = nth i (softmax T z') 0.
  Proof.
    intros i I. rewrite (softmax_nth T z i I), (softmax_nth T z' i) by (rewrite <- alike; exact I). rewrite <- alike. fold n.
    assert (A : forall j, power T from d 1 j = exp (nth j z 0 / T)) by (intros; unfold power, from, d, difference; f_equal; field; lra).
    assert (B : forall j, power T from d 0 j = exp (nth j z' 0 / T)) by (intros; unfold power, from, d, difference; f_equal; field; lra).
    unfold soft. rewrite A, B, (sum_same n (power T from d 1) _ (fun j _ => A j)), (sum_same n (power T from d 0) _ (fun j _ => B j)).
    split; reflexivity.
  Qed.

  Lemma softmax_differences : forall ell, (0 < n)%nat -> 1 <= 2 * T * ell ->
    squared (zip Rminus (softmax T z) (softmax T z'))
      <= ell * row_times (zip Rminus z z') (zip Rminus (softmax T z) (softmax T z')).
  Proof.
    intros ell N L. pose proof (softmax_cocoercive n T from d N warm ell L) as H. cbv zeta in H.
    assert (LW : length (softmax T z) = n /\ length (softmax T z') = n) by (rewrite !softmax_length; unfold n; auto).
    destruct LW as [L1 L2]. rewrite (squared_difference n) by assumption.
    rewrite (row_times_sum n) by (rewrite zip_length, ?L1, ?L2, <- ?alike; fold n; apply Nat.min_id).
    assert (E : forall i, (i < n)%nat -> soft n T from d 1 i - soft n T from d 0 i = difference (softmax T z) (softmax T z') i).
    { intros i I. destruct (soft_ends i I) as [-> ->]. reflexivity. }
    unfold square_of in *. rewrite (scalar_product_same n _ _ _ _ E E) in H.
    rewrite (scalar_product_same n d _ d _ (fun _ _ => eq_refl) E) in H.
    eapply Rle_trans; [exact H|]. right. f_equal. apply sum_same. intros i I.
    rewrite !zip_minus_nth by (rewrite ?L1, ?L2; auto). reflexivity.
  Qed.

  Lemma softmax_each : forall ell D, 1 <= 2 * T * ell -> (forall i, (i < n)%nat -> Rabs (nth i z 0 - nth i z' 0) <= D) ->
    forall i, (i < n)%nat -> Rabs (nth i (softmax T z) 0 - nth i (softmax T z') 0) <= ell * D.
  Proof.
    intros ell D L H i I. assert (N : (0 < n)%nat) by lia. destruct (soft_ends i I) as [<- <-].
    apply (softmax_near n T from d N warm ell D L); [|exact I]. exact H.
  Qed.
End Ends.

Lemma softmax_total : forall T z, z <> [] -> fold_right Rplus 0 (softmax T z) = 1.
Proof.
  intros T z N. rewrite total_sum, softmax_length. set (n := length z).
  set (s := sum n (fun j => exp (nth j z 0 / T))). assert (P : 0 < s).
  { unfold s, n. destruct z as [|x z]; [congruence|]. cbn [length]. rewrite sum_first.
    assert (0 <= sum (length z) (fun i => exp (nth (S i) (x :: z) 0 / T))) by (apply sum_nonnegative; intros; left; apply exp_pos).
    pose proof (exp_pos (nth 0 (x :: z) 0 / T)). lra. }
  rewrite (sum_same n _ (fun i => / s * exp (nth i z 0 / T))).
  - rewrite sum_scaled. fold s. field. lra.
  - intros i I. rewrite softmax_nth by exact I. fold n s. unfold Rdiv. ring.
Qed.

Lemma all_but_last : forall l s, l <> [] -> fold_right Rplus 0 l = s -> l = removelast l ++ [s - fold_right Rplus 0 (removelast l)].
Proof.
  induction l as [|x l IH]; intros s N E; [congruence|]. destruct l as [|y l]; [cbn in *; f_equal; lra|].
  change (removelast (x :: y :: l)) with (x :: removelast (y :: l)). cbn [app]. f_equal.
  rewrite (IH (s - x)) at 1; [|discriminate|cbn [fold_right] in *; lra]. do 2 f_equal. cbn [fold_right]. lra.
Qed.
