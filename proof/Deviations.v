(** Deviations from the mean, divided by the root of their mean square and an epsilon: the layer_norm of a vector. *)
From Coq Require Import Reals Lra Lia Arith List Psatz Bool.
From Lipc Require Import Dyadic Forms Activations Images Units Differences Represents Lengths Matrices Softmax Softened Norms.
Import ListNotations.
Open Scope R_scope.

Definition total (z : list R) : R := fold_right Rplus 0 z.
Definition deviations (z : list R) : list R := map (fun x => x - mean z) z.
Definition root_of_squares (e : R) (z : list R) : R := sqrt (squared (deviations z) / INR (length z) + e).

Lemma layer_norm_length : forall e z, length (layer_norm e z) = length z.
Proof. intros. unfold layer_norm. rewrite !length_map. reflexivity. Qed.
Lemma total_moved : forall c z, total (map (Rplus c) z) = INR (length z) * c + total z.
Proof. unfold total. induction z as [|x z IH]; [cbn; lra|]. cbn [map fold_right]. rewrite IH. cbn [length]. rewrite S_INR. lra. Qed.
Lemma total_scaled : forall c z, total (map (Rmult c) z) = c * total z.
Proof. unfold total. induction z as [|x z IH]; cbn; [lra|]. rewrite IH. lra. Qed.
Lemma elements : forall z : list R, z <> [] -> 0 < INR (length z).
Proof. intros [|x z] N; [congruence|]. apply lt_0_INR. cbn. lia. Qed.
Lemma mean_total : forall z, z <> [] -> INR (length z) * mean z = total z.
Proof. intros z N. unfold mean, total. pose proof (elements z N). field. lra. Qed.
Lemma mean_moved : forall c z, z <> [] -> mean (map (Rplus c) z) = c + mean z.
Proof.
  intros c z N. unfold mean. rewrite length_map. change (fold_right Rplus 0 (map (Rplus c) z)) with (total (map (Rplus c) z)).
  rewrite total_moved. pose proof (elements z N). unfold total. field. lra.
Qed.
Lemma deviations_moved : forall c z, deviations (map (Rplus c) z) = deviations z.
Proof.
  intros c z. unfold deviations. destruct z as [|x z]; [reflexivity|]. rewrite mean_moved by discriminate. rewrite map_map. apply map_ext. intros a. lra.
Qed.
Lemma layer_norm_moved : forall e c z, layer_norm e (map (Rplus c) z) = layer_norm e z.
Proof. intros. unfold layer_norm. fold (deviations (map (Rplus c) z)). fold (deviations z). rewrite deviations_moved, length_map. reflexivity. Qed.
Lemma deviations_total : forall z, total (deviations z) = 0.
Proof.
  intros [|x z]; [reflexivity|]. set (y := x :: z). assert (N : y <> []) by discriminate.
  unfold deviations. rewrite (map_ext _ (Rplus (- mean y))) by (intros; lra). rewrite total_moved. pose proof (mean_total y N). lra.
Qed.
Lemma layer_norm_scaled : forall e z, layer_norm e z = map (Rmult (/ root_of_squares e z)) (deviations z).
Proof. intros. unfold layer_norm. apply map_ext. intros x. unfold root_of_squares, deviations, Rdiv. ring. Qed.
Lemma layer_norm_total : forall e z, total (layer_norm e z) = 0.
Proof. intros. rewrite layer_norm_scaled, total_scaled, deviations_total. ring. Qed.

Lemma inner_moved : forall c a w, length a = length w -> inner (map (Rplus c) a) w = c * total w + inner a w.
Proof.
  unfold inner, total. induction a as [|x a IH]; intros [|y w] L; try discriminate; [cbn; lra|]. injection L as L.
  cbn [map zip fold_right]. rewrite (IH w L). lra.
Qed.
Lemma squared_apart : forall u w, length u = length w -> squared (zip Rminus u w) = squared u - 2 * inner u w + squared w.
Proof.
  unfold squared, inner. induction u as [|x u IH]; intros [|y w] L; try discriminate; [cbn; lra|]. injection L as L.
  cbn [zip fold_right]. rewrite (IH w L). lra.
Qed.
Lemma inner_apart : forall r s u w, length u = length w ->
  inner (zip Rminus (map (Rmult r) u) (map (Rmult s) w)) (zip Rminus u w) = r * squared u + s * squared w - (r + s) * inner u w.
Proof.
  unfold squared, inner. induction u as [|x u IH]; intros [|y w] L; try discriminate; [cbn; lra|]. injection L as L.
  cbn [map zip fold_right]. rewrite (IH w L). lra.
Qed.
Lemma squared_scaled : forall c u, squared (map (Rmult c) u) = c * c * squared u.
Proof. unfold squared. induction u as [|x u IH]; cbn; [lra|]. rewrite IH. lra. Qed.
Lemma total_apart : forall u w, length u = length w -> total (zip Rminus u w) = total u - total w.
Proof.
  unfold total. induction u as [|x u IH]; intros [|y w] L; try discriminate; [cbn; lra|]. injection L as L. cbn [zip fold_right]. rewrite (IH w L). lra.
Qed.

(** Both vectors are [r] and [s] times vectors u and w, and longer where their factor is larger: [r^2 (n - |u|^2) = n e]. So
    [(ell r - 1) |u|^2 + (ell s - 1) |w|^2 - (ell r + ell s - 2) u'w] is at least
    [((ell r - 1) |u| - (ell s - 1) |w|) (|u| - |w|)], and both factors of that have one sign. *)
Lemma longer_where_larger : forall n e ell r s A B C, 0 < n -> 0 < e -> 0 < ell -> 1 <= ell * ell * e -> 0 < r -> 0 < s ->
  r * r * (n - A) = n * e -> s * s * (n - B) = n * e -> 0 <= A -> 0 <= B -> C * C <= A * B ->
  A - 2 * C + B <= ell * (r * A + s * B - (r + s) * C).
Proof.
  intros n e ell r s A B C N E L M R S HA HB PA PB CS.
  set (p := sqrt A). set (q := sqrt B). assert (PP : 0 <= p) by apply sqrt_pos. assert (QQ : 0 <= q) by apply sqrt_pos.
  assert (AP : A = p * p) by (symmetry; apply sqrt_sqrt, PA). assert (BQ : B = q * q) by (symmetry; apply sqrt_sqrt, PB).
  clearbody p q. subst A B.
  assert (CB : C <= p * q).
  { destruct (Rle_lt_dec C (p * q)) as [H|H]; [exact H|]. assert (0 <= p * q) by (apply Rmult_le_pos; assumption). nra. }
  assert (far : forall t D, 0 < t -> t * t * (n - D) = n * e -> 0 <= D -> 1 <= ell * t).
  { intros t D T H P. assert (Q : e <= t * t). { assert (n * e <= t * t * n) by nra. nra. }
    destruct (Rle_lt_dec 1 (ell * t)) as [K|K]; [exact K|]. assert (0 < ell * t) by nra. assert (ell * t * (ell * t) < 1) by nra. nra. }
  pose proof (far r (p * p) R HA PA) as a. pose proof (far s (q * q) S HB PB) as b.
  assert (ORDER : 0 <= ((ell * r - 1) * p - (ell * s - 1) * q) * (p - q)).
  { assert (mono : forall t t' x x', 0 < t -> 0 < t' -> 0 <= x -> 0 <= x' -> t * t * (n - x * x) = n * e -> t' * t' * (n - x' * x') = n * e -> x' <= x -> t' <= t).
    { intros t t' x x' T T' X X' H H' O. destruct (Rle_lt_dec t' t) as [K|K]; [exact K|]. exfalso.
      assert (Q : t * t < t' * t') by nra. assert (Y : x' * x' <= x * x) by nra.
      assert (NZ : 0 < n - x * x). { destruct (Rle_lt_dec (n - x * x) 0) as [Z|Z]; [|exact Z]. assert (t * t * (n - x * x) <= 0) by nra. assert (0 < n * e) by nra. lra. }
      assert (t * t * (n - x * x) < t' * t' * (n - x * x)) by nra. assert (t' * t' * (n - x * x) <= t' * t' * (n - x' * x')) by nra. lra. }
    destruct (Rle_lt_dec q p) as [O|O].
    - pose proof (mono r s p q R S PP QQ HA HB O) as K. apply Rmult_le_pos; [|lra].
      assert (ell * s <= ell * r) by nra. assert ((ell * s - 1) * q <= (ell * r - 1) * p) by (apply Rmult_le_compat; lra). lra.
    - assert (O' : p <= q) by lra. pose proof (mono s r q p S R QQ PP HB HA O') as K.
      assert (ell * r <= ell * s) by nra. assert ((ell * r - 1) * p <= (ell * s - 1) * q) by (apply Rmult_le_compat; lra). nra. }
  assert (K : (ell * r + ell * s - 2) * C <= (ell * r + ell * s - 2) * (p * q)) by (apply Rmult_le_compat_l; lra). nra.
Qed.

Lemma layer_norm_differences : forall e ell z z', length z = length z' -> (0 < length z)%nat -> 0 < e -> 0 < ell -> 1 <= ell * ell * e ->
  squared (zip Rminus (layer_norm e z) (layer_norm e z')) <= ell * row_times (zip Rminus z z') (zip Rminus (layer_norm e z) (layer_norm e z')).
Proof.
  intros e ell z z' L N E P M. change (row_times ?a ?b) with (inner a b).
  assert (NE : z <> []) by (intros ->; cbn in N; lia). assert (NE' : z' <> []) by (intros ->; rewrite L in N; cbn in N; lia).
  set (n := INR (length z)). assert (PN : 0 < n) by (apply elements, NE).
  assert (at_ : forall y, y <> [] -> let r := root_of_squares e y in 0 < r /\ r * r * (INR (length y) - squared (layer_norm e y)) = INR (length y) * e
    /\ deviations y = map (Rmult r) (layer_norm e y)).
  { intros y Y r. pose proof (elements y Y) as PY. pose proof (squared_nonnegative (deviations y)) as SQ.
    assert (Q : 0 < squared (deviations y) / INR (length y) + e).
    { assert (0 <= squared (deviations y) / INR (length y)) by (apply Rmult_le_pos; [exact SQ|left; apply Rinv_0_lt_compat, PY]). lra. }
    assert (R : 0 < r) by (apply sqrt_lt_R0, Q). assert (RR : r * r = squared (deviations y) / INR (length y) + e) by (apply sqrt_sqrt; lra).
    split; [exact R|]. split.
    - rewrite layer_norm_scaled, squared_scaled. fold r. replace (r * r * (INR (length y) - / r * / r * squared (deviations y)))
        with (r * r * INR (length y) - squared (deviations y)) by (field; lra). rewrite RR. field. lra.
    - rewrite layer_norm_scaled, map_map. fold r. rewrite <- (map_id (deviations y)) at 1. apply map_ext. intros x. field. lra. }
  destruct (at_ z NE) as [R [HR DR]], (at_ z' NE') as [S [HS DS]]. rewrite <- L in HS. fold n in HR, HS.
  set (r := root_of_squares e z) in *. set (s := root_of_squares e z') in *.
  set (u := layer_norm e z) in *. set (w := layer_norm e z') in *.
  assert (LU : length u = length w) by (unfold u, w; rewrite !layer_norm_length; exact L).
  assert (T : total (zip Rminus u w) = 0) by (rewrite total_apart by exact LU; unfold u, w; rewrite !layer_norm_total; ring).
  assert (I : inner (zip Rminus z z') (zip Rminus u w) = inner (zip Rminus (deviations z) (deviations z')) (zip Rminus u w)).
  { assert (Z : zip Rminus z z' = map (Rplus (mean z - mean z')) (zip Rminus (deviations z) (deviations z'))).
    { unfold deviations. generalize (mean z) (mean z'). intros a b. clear -L. revert z' L. induction z as [|x z IH]; intros [|x' z'] L; try discriminate; [reflexivity|].
      injection L as L. cbn [map zip]. rewrite <- (IH z' L). f_equal. ring. }
    rewrite Z, inner_moved, T; [ring|]. unfold deviations. rewrite !zip_length, !length_map. unfold u, w. rewrite !layer_norm_length. reflexivity. }
  rewrite I, DR, DS, inner_apart by exact LU. rewrite squared_apart by exact LU.
  pose proof (cauchy_schwarz u w) as CS. apply (longer_where_larger n e ell r s); try assumption; apply squared_nonnegative.
Qed.

(** * Of both functions of vectors *)
Lemma vector_moved : forall f d z, vector_of f (map (Rplus d) z) = vector_of f z.
Proof. intros [t|e] d z; [apply softmax_moved|apply layer_norm_moved]. Qed.
Definition total_of_vector (f : cocoercive) : R := match f with Softmax _ => 1 | LayerNorm _ => 0 end.
Lemma vector_total : forall f z, z <> [] -> fold_right Rplus 0 (vector_of f z) = total_of_vector f.
Proof. intros [t|e] z N; [apply softmax_total, N|apply layer_norm_total]. Qed.
Lemma vector_differences : forall f ell z z', is_cocoercive f ell = true -> length z = length z' -> (0 < length z)%nat ->
  0 < val ell /\ squared (zip Rminus (vector_of f z) (vector_of f z')) <= val ell * row_times (zip Rminus z z') (zip Rminus (vector_of f z) (vector_of f z')).
Proof.
  intros [t|e] ell z z' C L N; unfold is_cocoercive in C; cbn [vector_of].
  - apply andb_true_iff in C. destruct C as [T M]. apply positive_true in T. apply le_true in M. rewrite val_one, !val_mul, val_2 in M.
    split; [nra|]. apply softmax_differences; assumption.
  - rewrite !andb_true_iff in C. destruct C as [[E P] M]. apply positive_true in E. apply positive_true in P. apply le_true in M. rewrite val_one, !val_mul in M.
    split; [exact P|]. apply layer_norm_differences; assumption.
Qed.

(** With v for [w - ell/2 d], [|v|^2 = |w|^2 - ell d'w + ell^2/4 |d|^2 <= ell^2/4 |d|^2]: no element of v is above [ell/2 |d|], nor
    of w above that and [ell/2] times its own of d. *)
Lemma inner_swap : forall u w, inner u w = inner w u.
Proof. unfold inner. induction u as [|x u IH]; intros [|y w]; cbn; try reflexivity. rewrite IH. ring. Qed.
Lemma inner_scaled : forall c u w, inner u (map (Rmult c) w) = c * inner u w.
Proof. unfold inner. induction u as [|x u IH]; intros [|y w]; cbn; try ring. rewrite IH. ring. Qed.
Lemma squared_at_most : forall d D, 0 <= D -> (forall i, (i < length d)%nat -> Rabs (nth i d 0) <= D) -> squared d <= INR (length d) * (D * D).
Proof.
  induction d as [|a d IH]; intros D P H; [cbn; lra|]. cbn [length]. rewrite S_INR. unfold squared in *. cbn [fold_right].
  assert (Q := H 0%nat ltac:(cbn; lia)). cbn [nth] in Q. assert (T : squared d <= INR (length d) * (D * D)) by (apply IH; [exact P|]; intros i I; apply (H (S i)); cbn; lia).
  unfold squared in T. assert (a * a <= D * D) by (unfold Rabs in Q; destruct (Rcase_abs a); nra). lra.
Qed.
Lemma cocoercive_each : forall d w ell s D, length d = length w -> 0 < ell -> 0 <= s -> INR (length d) <= s * s -> 0 <= D ->
  squared w <= ell * inner d w -> (forall i, (i < length d)%nat -> Rabs (nth i d 0) <= D) ->
  forall i, (i < length d)%nat -> Rabs (nth i w 0) <= ell * / 2 * (1 + s) * D.
Proof.
  intros d w ell s D L E S N P C H i I. set (v := zip Rminus w (map (Rmult (ell / 2)) d)).
  assert (Q : squared v <= ell / 2 * s * D * (ell / 2 * s * D)).
  { unfold v. rewrite squared_apart by (rewrite length_map; congruence). rewrite inner_scaled, squared_scaled, inner_swap.
    pose proof (squared_at_most d D P H) as T. assert (INR (length d) * (D * D) <= s * s * (D * D)) by (apply Rmult_le_compat_r; nra).
    assert (ell / 2 * (ell / 2) * squared d <= ell / 2 * (ell / 2) * (s * s * (D * D))) by (apply Rmult_le_compat_l; nra). nra. }
  pose proof (square_below v i) as B. set (x := nth i v 0) in *.
  assert (X : Rabs x <= ell / 2 * s * D).
  { assert (0 <= ell / 2 * s * D) by (apply Rmult_le_pos; nra). apply Rsqr_incr_0_var; [|assumption]. rewrite <- Rsqr_abs. unfold Rsqr. lra. }
  assert (W : nth i w 0 = x + ell / 2 * nth i d 0).
  { unfold x, v. rewrite zip_minus_nth by (rewrite length_map; congruence). rewrite map_nth_within by exact I. ring. }
  rewrite W. specialize (H i I). pose proof (Rabs_triang x (ell / 2 * nth i d 0)) as T. rewrite Rabs_mult, (Rabs_pos_eq (ell / 2)) in T by lra.
  assert (ell / 2 * Rabs (nth i d 0) <= ell / 2 * D) by (apply Rmult_le_compat_l; lra). lra.
Qed.
