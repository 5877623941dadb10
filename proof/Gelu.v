(** gelu, [z] times the normal distribution function: where its slopes are steepest, at the square root of 2.

    The derivative is [1 / 2 + (area z + z density z) / sqrt (2 pi)], odd but for the 1 / 2, and its own derivative has the sign of
    [2 - z^2]. At the square root of 2 the area is an alternating series of fractions. *)
From Coq Require Import ZArith Reals Ranalysis Machin Lra Psatz Lia.
From Lipc Require Import Slopes Exponential.
Open Scope R_scope.

(** * The area below the bell curve *)
Definition density (t : R) : R := exp (- (t * t / 2)).

Lemma density_derivative : forall x, derivable_pt_lim density x (- x * density x).
Proof.
  intros x. unfold density. replace (- x * exp (- (x * x / 2))) with (exp (- (x * x / 2)) * (- ((1 * x + x * 1) / 2))) by lra.
  apply (derivable_pt_lim_comp (fun t => - (t * t / 2)) exp x); [|apply derivable_pt_lim_exp].
  apply (derivable_pt_lim_opp (fun t => t * t / 2)).
  pose proof (derivable_pt_lim_mult id id x 1 1 (derivable_pt_lim_id x) (derivable_pt_lim_id x)) as M.
  pose proof (derivable_pt_lim_scal _ (/ 2) _ _ M) as S. unfold id in S.
  replace ((1 * x + x * 1) / 2) with (/ 2 * (1 * x + x * 1)) by lra.
  intros e E. destruct (S e E) as [d D]. exists d. intros h H1 H2. specialize (D h H1 H2). unfold mult_real_fct, mult_fct in D.
  replace ((x + h) * (x + h) / 2 - x * x / 2) with (/ 2 * ((x + h) * (x + h)) - / 2 * (x * x)) by lra. exact D.
Qed.

Lemma density_continuous : forall x, continuity_pt density x.
Proof. intros x. apply derivable_continuous_pt. exists (- x * density x). apply density_derivative. Qed.

Lemma density_integrable : forall a b, Riemann_integrable density a b.
Proof.
  intros a b. destruct (Rle_dec a b) as [H|H].
  - apply continuity_implies_RiemannInt; [exact H|]. intros; apply density_continuous.
  - apply RiemannInt_P1, continuity_implies_RiemannInt; [lra|]. intros; apply density_continuous.
Qed.

Definition area (z : R) : R := RiemannInt (density_integrable 0 z).

Lemma area_zero : area 0 = 0.
Proof. apply RiemannInt_P9. Qed.

(** Around [x] the area is a primitive of the library, but for a constant. *)
Lemma area_derivative : forall x, derivable_pt_lim area x (density x).
Proof.
  intros x. set (a := x - 1). set (b := x + 1). assert (h : a <= b) by (unfold a, b; lra).
  assert (C : forall y, a <= y <= b -> continuity_pt density y) by (intros; apply density_continuous).
  pose proof (@RiemannInt_P27 density a b x h C) as P. assert (I : a < x < b) by (unfold a, b; lra). specialize (P I).
  assert (S : forall y, a <= y <= b -> area y = area a + primitive h (FTC_P1 h C) y).
  { intros y [Y1 Y2]. unfold primitive, area. destruct (Rle_dec a y); [|lra]. destruct (Rle_dec y b); [|lra].
    symmetry. apply RiemannInt_P26. }
  intros e E. destruct (P e E) as [d D].
  assert (M : 0 < Rmin d 1) by (apply Rmin_pos; [apply cond_pos|lra]). exists (mkposreal _ M). intros k K1 K2. cbn [pos] in K2.
  pose proof (Rmin_l d 1). pose proof (Rmin_r d 1). assert (K : Rabs k < 1) by lra. apply Rabs_def2 in K.
  rewrite (S (x + k)), (S x) by (unfold a, b; lra).
  replace (area a + primitive h (FTC_P1 h C) (x + k) - (area a + primitive h (FTC_P1 h C) x))
    with (primitive h (FTC_P1 h C) (x + k) - primitive h (FTC_P1 h C) x) by lra.
  apply D; [exact K1|lra].
Qed.

Lemma density_pos : forall x, 0 < density x.
Proof. intros. apply exp_pos. Qed.

Lemma area_nonnegative : forall x, 0 <= x -> 0 <= area x.
Proof.
  intros x X. rewrite <- area_zero. apply (increases area density 0 x X area_derivative). intros; apply Rlt_le, density_pos.
Qed.

Lemma opposite_derivative : forall f x l, derivable_pt_lim f (- x) l -> derivable_pt_lim (fun z => f (- z)) x (- l).
Proof.
  intros f x l D. replace (- l) with (l * -1) by lra. apply (derivable_pt_lim_comp (fun z => - z) f x (-1) l); [|exact D].
  apply (derivable_pt_lim_opp id x 1), derivable_pt_lim_id.
Qed.

Lemma density_even : forall x, density (- x) = density x.
Proof. intros. unfold density. f_equal. lra. Qed.

Lemma area_odd : forall x, area (- x) = - area x.
Proof.
  assert (D : forall x, derivable_pt_lim (fun z => area z + area (- z)) x 0).
  { intros x. replace 0 with (density x + - density (- x)) by (rewrite density_even; lra).
    apply (derivable_pt_lim_plus area (fun z => area (- z))); [apply area_derivative|].
    apply opposite_derivative, area_derivative. }
  assert (E : forall a b, a <= b -> area a + area (- a) = area b + area (- b)).
  { intros a b H. apply Rle_antisym.
    - apply (increases (fun z => area z + area (- z)) (fun _ => 0) a b H D). intros; lra.
    - apply (decreases (fun z => area z + area (- z)) (fun _ => 0) a b H D). intros; lra. }
  intros x. assert (Z : area 0 + area (- 0) = 0) by (rewrite Ropp_0, area_zero; lra).
  destruct (Rle_dec 0 x) as [H|H]; [pose proof (E 0 x H)|pose proof (E x 0 ltac:(lra))]; lra.
Qed.

(** * The derivative *)
Definition normal (z : R) : R := 1 / 2 + area z / sqrt (2 * PI).
Definition gelu (z : R) : R := z * normal z.

(** The derivative of gelu is [1 / 2 + moment z / sqrt (2 pi)]. *)
Definition moment (z : R) : R := area z + z * density z.

Lemma root_pos : 0 < sqrt (2 * PI).
Proof. apply sqrt_lt_R0. pose proof PI_RGT_0. lra. Qed.

Lemma gelu_derivative : forall x, derivable_pt_lim gelu x (1 / 2 + moment x / sqrt (2 * PI)).
Proof.
  intros x. replace (1 / 2 + moment x / sqrt (2 * PI)) with (1 * normal x + x * (0 + / sqrt (2 * PI) * density x))
    by (unfold normal, moment; field; apply Rgt_not_eq, root_pos).
  apply (derivable_pt_lim_mult id normal); [apply derivable_pt_lim_id|].
  apply (derivable_pt_lim_plus (fct_cte (1 / 2)) (fun z => area z / sqrt (2 * PI))); [apply derivable_pt_lim_const|].
  pose proof (derivable_pt_lim_scal area (/ sqrt (2 * PI)) x _ (area_derivative x)) as S.
  intros e E. destruct (S e E) as [d D]. exists d. intros h H1 H2. specialize (D h H1 H2). unfold mult_real_fct in D.
  unfold Rdiv at 2 3. rewrite !(Rmult_comm (area _)). exact D.
Qed.

Lemma moment_derivative : forall x, derivable_pt_lim moment x (density x * (2 - x * x)).
Proof.
  intros x. replace (density x * (2 - x * x)) with (density x + (1 * density x + x * (- x * density x))) by lra.
  apply (derivable_pt_lim_plus area (fun z => z * density z)); [apply area_derivative|].
  apply (derivable_pt_lim_mult id density); [apply derivable_pt_lim_id|apply density_derivative].
Qed.

Lemma moment_odd : forall x, moment (- x) = - moment x.
Proof. intros. unfold moment. rewrite area_odd, density_even. lra. Qed.

Lemma moment_at_most : forall x, 0 <= x -> 0 <= moment x <= moment (sqrt 2).
Proof.
  intros x X. pose proof (sqrt_pos 2) as S. pose proof (sqrt_sqrt 2 ltac:(lra)) as Q. split.
  - unfold moment. pose proof (area_nonnegative x X). pose proof (density_pos x). nra.
  - destruct (Rle_dec x (sqrt 2)) as [L|L].
    + apply (increases moment (fun z => density z * (2 - z * z)) x (sqrt 2) L moment_derivative).
      intros z [Z1 Z2]. pose proof (density_pos z). assert (z * z <= sqrt 2 * sqrt 2) by (apply Rmult_le_compat; lra).
      apply Rmult_le_pos; lra.
    + assert (L' : sqrt 2 <= x) by lra.
      apply (decreases moment (fun z => density z * (2 - z * z)) (sqrt 2) x L' moment_derivative). intros z [Z1 Z2]. pose proof (density_pos z).
      assert (sqrt 2 * sqrt 2 <= z * z) by (apply Rmult_le_compat; lra). nra.
Qed.

Lemma moment_between : forall x, - moment (sqrt 2) <= moment x <= moment (sqrt 2).
Proof.
  intros x. destruct (Rle_dec 0 x) as [X|X].
  - pose proof (moment_at_most x X). lra.
  - assert (X' : 0 <= - x) by lra. pose proof (moment_at_most (- x) X') as M. rewrite moment_odd in M. lra.
Qed.

(** * Its numbers *)
(** Polynomials by their coefficients, and their derivatives. *)
Fixpoint eval (c : list R) (x : R) : R := match c with nil => 0 | cons a c' => a + x * eval c' x end.
Fixpoint eval_derivative (c : list R) (x : R) : R :=
  match c with nil => 0 | cons a c' => 0 + (1 * eval c' x + x * eval_derivative c' x) end.

Lemma eval_derivable : forall c x, derivable_pt_lim (eval c) x (eval_derivative c x).
Proof.
  induction c as [|a c IH]; intros x; cbn [eval_derivative].
  - apply derivable_pt_lim_const.
  - apply (derivable_pt_lim_plus (fct_cte a) (fun z => z * eval c z)); [apply derivable_pt_lim_const|].
    apply (derivable_pt_lim_mult id (eval c)); [apply derivable_pt_lim_id|apply IH].
Qed.

(** The primitive of twelve terms of the series of [exp (- (z * z / 2))]. *)
Definition area_coefficients : list R :=
  0 :: 1 :: 0 :: (- 1 / 6) :: 0 :: (1 / 40) :: 0 :: (- 1 / 336) :: 0 :: (1 / 3456) :: 0 :: (- 1 / 42240) :: 0 :: (1 / 599040)
    :: 0 :: (- 1 / 9676800) :: 0 :: (1 / 175472640) :: 0 :: (- 1 / 3530096640) :: 0 :: (1 / 78033715200)
    :: 0 :: (- 1 / 1880240947200) :: 0 :: (1 / 49049763840000) :: nil.

Lemma area_below_series : forall z, 0 <= z -> z * z <= 2 -> area z <= eval area_coefficients z.
Proof.
  intros z Z Z2.
  assert (D : forall x, derivable_pt_lim (fun t => eval area_coefficients t - area t) x (eval_derivative area_coefficients x - density x)).
  { intros x. apply (derivable_pt_lim_minus (eval area_coefficients) area); [apply eval_derivable|apply area_derivative]. }
  pose proof (increases _ _ 0 z Z D) as I. cbv beta in I.
  assert (E : eval area_coefficients 0 = 0) by (unfold area_coefficients; cbn [eval]; lra). rewrite E, area_zero in I.
  assert (P : forall x, 0 <= x <= z -> 0 <= eval_derivative area_coefficients x - density x); [|specialize (I P); lra].
  intros x [X1 X2]. assert (S : 0 <= x * x / 2 <= 1) by nra. pose proof (exp_below_series _ S) as B. fold (density x) in B.
  unfold area_coefficients. cbn [eval_derivative eval]. unfold density in *.
  eapply Rle_trans; [|apply Rplus_le_compat_l, Ropp_le_contravar, B].
  apply Req_le. field.
Qed.

Lemma exp_minus_one : exp (- (1 / 1)) <= 735758882343 / 2000000000000.
Proof.
  assert (A0 : 100784309720644797 / 100000000000000000 <= exp (1 / 128)).
  { eapply Rle_trans; [|apply exp_above_series; lra]. lra. }
  assert (A1 : 101574770858668573 / 100000000000000000 <= exp (1 / 64)) by (twice A0).
  assert (A2 : 103174340749910263 / 100000000000000000 <= exp (1 / 32)) by (twice A1).
  assert (A3 : 53224722945892967 / 50000000000000000 <= exp (1 / 16)) by (twice A2).
  assert (A4 : 28328711326670653 / 25000000000000000 <= exp (1 / 8)) by (twice A3).
  assert (A5 : 128402541668774103 / 100000000000000000 <= exp (1 / 4)) by (twice A4).
  assert (A6 : 82436063535006349 / 50000000000000000 <= exp (1 / 2)) by (twice A5).
  assert (A7 : 135914091422952069 / 50000000000000000 <= exp (1 / 1)) by (twice A6).
  eapply Rle_trans; [apply (exp_opposite (135914091422952069 / 50000000000000000)); [lra|exact A7]|]. lra.
Qed.

Lemma pi_above : 15707963267947 / 5000000000000 <= PI.
Proof.
  destruct (PI_2_3_7_ineq 5) as [H _]. change (S (2 * 5))%nat with 11%nat in H.
  unfold tg_alt, PI_2_3_7_tg, Ratan_seq in H. cbn [sum_f_R0 Nat.mul Nat.add] in H. simpl INR in H. cbn [pow] in H. lra.
Qed.

Lemma moment_above : moment (sqrt 2) <= sqrt 2 * (74682413281801 / 100000000000000 + 735758882343 / 2000000000000).
Proof.
  pose proof (sqrt_pos 2) as S. pose proof (sqrt_sqrt 2 ltac:(lra)) as Q. set (r := sqrt 2) in *.
  pose proof (area_below_series r S ltac:(lra)) as A. unfold moment, density. replace (r * r / 2) with (1 / 1) by lra.
  pose proof exp_minus_one as E.
  assert (V : eval area_coefficients r = r * (1 + r * r * (- 1 / 6 + r * r * (1 / 40 + r * r * (- 1 / 336 + r * r * (1 / 3456
    + r * r * (- 1 / 42240 + r * r * (1 / 599040 + r * r * (- 1 / 9676800 + r * r * (1 / 175472640 + r * r * (- 1 / 3530096640
    + r * r * (1 / 78033715200 + r * r * (- 1 / 1880240947200 + r * r * (1 / 49049763840000)))))))))))))) by (unfold area_coefficients; cbn [eval]; ring).
  rewrite Q in V.
  nra.
Qed.

Theorem slopes_gelu : slopes (- 0x107fee58 / 0x80000000) (0x120ffdcb / 0x10000000) gelu.
Proof.
  eapply slopes_of_derivative; [apply gelu_derivative|]. intros x.
  pose proof (moment_between x) as M. pose proof moment_above as A. pose proof pi_above as P.
  pose proof (sqrt_pos 2) as S. pose proof (sqrt_pos PI) as T. pose proof (sqrt_sqrt PI ltac:(lra)) as Q.
  assert (R : sqrt (2 * PI) = sqrt 2 * sqrt PI) by (apply sqrt_mult; lra).
  pose proof root_pos as W. rewrite R in *.
  assert (B : 74682413281801 / 100000000000000 + 735758882343 / 2000000000000 <= 168820171 / 268435456 * sqrt PI)
    by (apply Rsqr_incr_0_var; [unfold Rsqr|]; nra).
  assert (K : moment (sqrt 2) <= 168820171 / 268435456 * (sqrt 2 * sqrt PI)) by nra.
  assert (F : - (168820171 / 268435456) <= moment x / (sqrt 2 * sqrt PI) <= 168820171 / 268435456)
    by (apply fraction_between; [exact W|]; lra).
  lra.
Qed.
