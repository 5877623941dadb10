(** How far units move in l2 that read several elements at once: of pairs, sorted groups, softmax and layer_norm. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Sorted Norms Deviations.
Import ListNotations.
Open Scope R_scope.

Lemma max_min_square : forall z z', length z = length z' ->
  squared (zip Rminus (max_min z) (max_min z')) <= squared (zip Rminus z z').
Proof.
  apply (two_by_two (fun z => forall z', length z = length z' ->
    squared (zip Rminus (max_min z) (max_min z')) <= squared (zip Rminus z z'))).
  - intros z' L. apply (squared_nonnegative (zip Rminus [] z')).
  - intros x [|y [|]] L; try discriminate. apply (squared_nonnegative (zip Rminus [x] [y])).
  - intros x y z IH [|x' [|y' z']] L; try discriminate. injection L as L. specialize (IH z' L).
    unfold squared in *. cbn [max_min zip fold_right].
    assert ((Rmax x y - Rmax x' y') * (Rmax x y - Rmax x' y') + (Rmin x y - Rmin x' y') * (Rmin x y - Rmin x' y')
      <= (x - x') * (x - x') + (y - y') * (y - y')).
    { unfold Rmax, Rmin. destruct (Rle_dec x y), (Rle_dec x' y'); nra. }
    lra.
Qed.

(** [|dz + 2 v dr|^2 <= |dz|^2 + 4 (v'v - 1) dr^2], as [dr^2 <= dr dp] for [p = - v'z], and [dr^2 <= v'v |dz|^2]. *)
Lemma householder_pair : forall v w g d e dr, 1 <= g * g ->
  (2 * (v * v + w * w) - 1) * (2 * (v * v + w * w) - 1) <= g * g ->
  forall dp, dp = - (v * d + w * e) -> 0 <= dr * (dp - dr) ->
  (d + 2 * v * dr) * (d + 2 * v * dr) + (e + 2 * w * dr) * (e + 2 * w * dr) <= g * g * (d * d + e * e).
Proof.
  intros v w g d e dr G1 G2 dp U H. set (n := v * v + w * w) in *. set (s := d * d + e * e).
  assert (S : 0 <= s) by (unfold s; nra).
  assert (N : 0 <= n) by (unfold n; nra).
  assert (P : dp * dp <= n * s).
  { rewrite U. unfold n, s. pose proof (Rle_0_sqr (v * e - w * d)) as Q. unfold Rsqr in Q. lra. }
  assert (D : dr * dr <= dp * dp).
  { pose proof (Rle_0_sqr (dp - dr)) as Q. unfold Rsqr in Q. lra. }
  assert (E : (d + 2 * v * dr) * (d + 2 * v * dr) + (e + 2 * w * dr) * (e + 2 * w * dr)
    = s - 4 * (dr * dp) + 4 * n * (dr * dr)) by (rewrite U; unfold s, n; ring).
  rewrite E. assert (B : s - 4 * (dr * dp) + 4 * n * (dr * dr) <= s + 4 * (n - 1) * (dr * dr)) by lra.
  assert (R : 0 <= dr * dr) by nra.
  destruct (Rle_lt_dec n 1).
  - assert (4 * (n - 1) * (dr * dr) <= 0) by nra. assert (s <= g * g * s) by nra. lra.
  - assert (4 * (n - 1) * (dr * dr) <= 4 * (n - 1) * (n * s)) by (apply Rmult_le_compat_l; lra).
    assert ((2 * n - 1) * (2 * n - 1) * s <= g * g * s) by (apply Rmult_le_compat_r; assumption). lra.
Qed.

Lemma relu_difference : forall p p', 0 <= (Rmax p 0 - Rmax p' 0) * ((p - p') - (Rmax p 0 - Rmax p' 0)).
Proof. intros. unfold Rmax. destruct (Rle_dec p 0), (Rle_dec p' 0); nra. Qed.

Lemma householder_square : forall v w g, 1 <= g * g -> (2 * (v * v + w * w) - 1) * (2 * (v * v + w * w) - 1) <= g * g ->
  forall z z', length z = length z' ->
  squared (zip Rminus (householder v w z) (householder v w z')) <= g * g * squared (zip Rminus z z').
Proof.
  intros v w g G1 G2. apply (two_by_two (fun z => forall z', length z = length z' ->
    squared (zip Rminus (householder v w z) (householder v w z')) <= g * g * squared (zip Rminus z z'))).
  - intros z' L. apply Rmult_le_pos; [lra|apply (squared_nonnegative (zip Rminus [] z'))].
  - intros x [|y [|]] L; try discriminate.
    apply Rmult_le_pos; [lra|apply (squared_nonnegative (zip Rminus [x] [y]))].
  - intros x y z IH [|x' [|y' z']] L; try discriminate. injection L as L. specialize (IH z' L).
    unfold squared in *. cbn [householder zip fold_right].
    set (r := Rmax (- (v * x + w * y)) 0). set (r' := Rmax (- (v * x' + w * y')) 0).
    assert (H : 0 <= (r - r') * (- (v * (x - x') + w * (y - y')) - (r - r'))).
    { pose proof (relu_difference (- (v * x + w * y)) (- (v * x' + w * y'))) as H. fold r r' in H.
      replace (- (v * (x - x') + w * (y - y'))) with (- (v * x + w * y) - - (v * x' + w * y')) by ring. exact H. }
    pose proof (householder_pair v w g (x - x') (y - y') (r - r') G1 G2 _ eq_refl H) as P.
    replace (x + 2 * v * r - (x' + 2 * v * r')) with (x - x' + 2 * v * (r - r')) by ring.
    replace (y + 2 * w * r - (y' + 2 * w * r')) with (y - y' + 2 * w * (r - r')) by ring. lra.
Qed.

Lemma squared_app : forall a a' b b', length a = length a' ->
  squared (zip Rminus (a ++ b) (a' ++ b')) = squared (zip Rminus a a') + squared (zip Rminus b b').
Proof.
  induction a as [|x a IH]; intros [|x' a'] b b' L; try discriminate.
  - cbn [app]. unfold squared at 2. cbn. ring.
  - injection L as L. specialize (IH a' b b' L). unfold squared in *. cbn [app zip fold_right]. lra.
Qed.

Lemma groups_square : forall g c, (forall s, length (g s) = length s) ->
  (forall s s', length s = length s' -> squared (zip Rminus (g s) (g s')) <= c * squared (zip Rminus s s')) -> 0 <= c ->
  forall k f z z', length z = length z' ->
  squared (zip Rminus (concat (map g (chunks f k z))) (concat (map g (chunks f k z')))) <= c * squared (zip Rminus z z').
Proof.
  intros g c G Q C k. induction f as [|f IH]; intros z z' L; [apply Rmult_le_pos; [exact C|apply squared_nonnegative]|].
  destruct z as [|x z], z' as [|x' z']; try discriminate; [apply Rmult_le_pos; [exact C|apply squared_nonnegative]|]. cbn [chunks map concat].
  set (y := x :: z) in *. set (y' := x' :: z') in *.
  assert (F : length (firstn k y) = length (firstn k y')) by (rewrite !length_firstn; congruence).
  rewrite squared_app by (rewrite !G; exact F).
  pose proof (Q _ _ F) as B. specialize (IH (skipn k y) (skipn k y')).
  pose proof (squared_app (firstn k y) (firstn k y') (skipn k y) (skipn k y') F) as E. rewrite !firstn_skipn in E. rewrite E.
  assert (length (skipn k y) = length (skipn k y')) by (rewrite !length_skipn; congruence). specialize (IH H). lra.
Qed.

(** [|dw|^2 <= ell dz'dw <= ell |dz| |dw|] *)
Lemma vector_square : forall f ell g z z', is_cocoercive f ell = true -> val ell <= val g -> length z = length z' ->
  squared (zip Rminus (vector_of f z) (vector_of f z')) <= val g * val g * squared (zip Rminus z z').
Proof.
  intros f ell g z z' S G L.
  destruct z as [|x z]; [destruct z'; [destruct f; cbn; nra|discriminate]|]. set (y := x :: z) in *.
  destruct (vector_differences f ell y z' S L ltac:(cbn; lia)) as [P D].
  pose proof (cauchy_schwarz (zip Rminus y z') (zip Rminus (vector_of f y) (vector_of f z'))) as C.
  unfold inner in C. unfold row_times in D. set (s := fold_right Rplus 0 _) in *.
  pose proof (squared_nonnegative (zip Rminus y z')) as A. pose proof (squared_nonnegative (zip Rminus (vector_of f y) (vector_of f z'))) as B.
  set (a := squared (zip Rminus y z')) in *. set (b := squared _) in *.
  assert (X : b * b <= val ell * val ell * (a * b)).
  { apply (Rle_trans _ (val ell * s * (val ell * s))); [apply Rmult_le_compat; assumption|].
    replace (val ell * s * (val ell * s)) with (val ell * val ell * (s * s)) by ring. apply Rmult_le_compat_l; [nra|exact C]. }
  assert (Y : b <= val ell * val ell * a).
  { destruct (Rle_lt_dec b (val ell * val ell * a)); [assumption|]. assert (0 <= val ell * val ell * a) by (apply Rmult_le_pos; nra).
    assert (0 < b * (b - val ell * val ell * a)) by (apply Rmult_lt_0_compat; lra). lra. }
  eapply Rle_trans; [exact Y|]. apply Rmult_le_compat_r; [exact A|]. nra.
Qed.
