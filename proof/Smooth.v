(** silu and mish: where their slopes are steepest.

    Each derivative is a fraction of polynomials in [u = exp x], but for one factor [x]. The tangent of the exponential puts a
    polynomial in its place, [x <= c - 1 + u exp (- c)] for any [c], and that is exact at [x = c]: so with [c] where the derivative
    is largest, what remains is an inequality between polynomials of one variable, with next to nothing to spare. *)
From Coq Require Import ZArith Reals Lra Psatz.
From Lipc Require Import Slopes Exponential.
Open Scope R_scope.

(** * Where they are steepest *)
Lemma exp_silu : exp (- (2399357280515 / 1000000000000)) <= 907762782271 / 10000000000000.
Proof.
  assert (A0 : 101892176878234911 / 100000000000000000 <= exp (2399357280515 / 128000000000000)).
  { eapply Rle_trans; [|apply exp_above_series; lra]. lra. }
  assert (A1 : 10382015708985509 / 10000000000000000 <= exp (2399357280515 / 64000000000000)) by (twice A0).
  assert (A2 : 107786250181621881 / 100000000000000000 <= exp (2399357280515 / 32000000000000)) by (twice A1).
  assert (A3 : 116178757282151829 / 100000000000000000 <= exp (2399357280515 / 16000000000000)) by (twice A2).
  assert (A4 : 67487518218125733 / 50000000000000000 <= exp (2399357280515 / 8000000000000)) by (twice A3).
  assert (A5 : 45545651152418527 / 25000000000000000 <= exp (2399357280515 / 4000000000000)) by (twice A4).
  assert (A6 : 66381002844729699 / 20000000000000000 <= exp (2399357280515 / 2000000000000)) by (twice A5).
  assert (A7 : 1101609384668003097 / 100000000000000000 <= exp (2399357280515 / 1000000000000)) by (twice A6).
  eapply Rle_trans; [apply (exp_opposite (1101609384668003097 / 100000000000000000)); [lra|exact A7]|]. lra.
Qed.

Lemma exp_mish_high : exp (- (14905711794854 / 10000000000000)) <= 450487928117 / 2000000000000.
Proof.
  assert (A0 : 101171315533193921 / 100000000000000000 <= exp (14905711794854 / 1280000000000000)).
  { eapply Rle_trans; [|apply exp_above_series; lra]. lra. }
  assert (A1 : 20471270173434171 / 20000000000000000 <= exp (14905711794854 / 640000000000000)) by (twice A0).
  assert (A2 : 52384112814216939 / 50000000000000000 <= exp (14905711794854 / 320000000000000)) by (twice A1).
  assert (A3 : 27440952753326073 / 25000000000000000 <= exp (14905711794854 / 160000000000000)) by (twice A2).
  assert (A4 : 24096188416328761 / 20000000000000000 <= exp (14905711794854 / 80000000000000)) by (twice A3).
  assert (A5 : 14515657404880409 / 10000000000000000 <= exp (14905711794854 / 40000000000000)) by (twice A4).
  assert (A6 : 4214086197917189 / 2000000000000000 <= exp (14905711794854 / 20000000000000)) by (twice A5).
  assert (A7 : 88792612417380749 / 20000000000000000 <= exp (14905711794854 / 10000000000000)) by (twice A6).
  eapply Rle_trans; [apply (exp_opposite (88792612417380749 / 20000000000000000)); [lra|exact A7]|]. lra.
Qed.

Lemma exp_mish_low : exp (- (22563763963607 / 10000000000000)) <= 10472929546653 / 100000000000000.
Proof.
  assert (A0 : 101778422974269637 / 100000000000000000 <= exp (22563763963607 / 1280000000000000)).
  { eapply Rle_trans; [|apply exp_above_series; lra]. lra. }
  assert (A1 : 51794236915646687 / 50000000000000000 <= exp (22563763963607 / 640000000000000)) by (twice A0).
  assert (A2 : 107305719106965521 / 100000000000000000 <= exp (22563763963607 / 320000000000000)) by (twice A1).
  assert (A3 : 28786293382657463 / 25000000000000000 <= exp (22563763963607 / 160000000000000)) by (twice A2).
  assert (A4 : 66292054936994307 / 50000000000000000 <= exp (22563763963607 / 80000000000000)) by (twice A3).
  assert (A5 : 3515709238215577 / 2000000000000000 <= exp (22563763963607 / 40000000000000)) by (twice A4).
  assert (A6 : 154502643095929409 / 50000000000000000 <= exp (22563763963607 / 20000000000000)) by (twice A5).
  assert (A7 : 477421334472562869 / 50000000000000000 <= exp (22563763963607 / 10000000000000)) by (twice A6).
  eapply Rle_trans; [apply (exp_opposite (477421334472562869 / 50000000000000000)); [lra|exact A7]|]. lra.
Qed.

(** * silu *)
Definition silu (z : R) : R := z / (1 + exp (- z)).

Lemma silu_derivative : forall x,
  derivable_pt_lim silu x ((1 * (1 + exp (- x)) - (0 + exp (- x) * -1) * x) / Rsqr (1 + exp (- x))).
Proof.
  intros x. unfold silu. apply (derivable_pt_lim_div id (fun z => 1 + exp (- z)) x 1 (0 + exp (- x) * -1)).
  - apply derivable_pt_lim_id.
  - apply (derivable_pt_lim_plus (fct_cte 1) (fun z => exp (- z)) x 0); [apply derivable_pt_lim_const|].
    apply (derivable_pt_lim_comp (fun z => - z) exp x (-1)); [|apply derivable_pt_lim_exp].
    apply (derivable_pt_lim_opp id x 1). apply derivable_pt_lim_id.
  - pose proof (exp_pos (- x)). lra.
Qed.

(** For both ends: with [x] and [- x] the derivatives add to 1. *)
Lemma silu_numerator : forall x, let t := exp (- x) in 1 + t + t * x <= 0x1198f11d8 / 0x100000000 * ((1 + t) * (1 + t)).
Proof.
  intros x t. pose proof (exp_pos (- x)) as T. fold t in T.
  pose proof (above_tangent (2399357280515 / 1000000000000) x) as A. pose proof exp_silu as E.
  assert (Q : exp x * t = 1) by (unfold t; rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  assert (B : t * x <= t * (2399357280515 / 1000000000000 - 1) + 907762782271 / 10000000000000).
  { set (e := exp (- (2399357280515 / 1000000000000))) in *. nra. }
  assert (0 <= (t - 907762782271 / 10000000000000) * (t - 907762782271 / 10000000000000)) by apply Rle_0_sqr.
  nra.
Qed.

Theorem slopes_silu : slopes (- 0x198f11d8 / 0x100000000) (0x1198f11d8 / 0x100000000) silu.
Proof.
  eapply slopes_of_derivative; [apply silu_derivative|]. intros x. pose proof (exp_pos (- x)) as T.
  pose proof (silu_numerator x) as U. pose proof (silu_numerator (- x)) as L. cbv zeta in U, L. rewrite Ropp_involutive in L.
  assert (Q : exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  set (t := exp (- x)) in *. unfold Rsqr. assert (P : 0 < (1 + t) * (1 + t)) by nra.
  assert (L' : - 0x198f11d8 / 0x100000000 * ((1 + t) * (1 + t)) <= 1 + t + t * x).
  { assert (exp x = / t) as S by (apply Rmult_eq_reg_r with t; [rewrite Rinv_l|]; lra). rewrite S in L.
    assert (L2 : (1 + / t + / t * - x) * (t * t) <= 0x1198f11d8 / 0x100000000 * ((1 + / t) * (1 + / t)) * (t * t)) by (apply Rmult_le_compat_r; nra).
    replace ((1 + / t + / t * - x) * (t * t)) with (t * t + t - t * x) in L2 by (field; lra).
    replace (0x1198f11d8 / 0x100000000 * ((1 + / t) * (1 + / t)) * (t * t)) with (0x1198f11d8 / 0x100000000 * ((1 + t) * (1 + t))) in L2 by (field; lra).
    nra. }
  apply fraction_between; [exact P|]. fold t. split; nra.
Qed.

(** * mish *)
Definition mish (z : R) : R := z * tanh (ln (1 + exp z)).

Lemma mish_fraction : forall z, z - 2 * z / (exp z * exp z + 2 * exp z + 2) = mish z.
Proof.
  intros z. unfold mish, tanh, sinh, cosh. pose proof (exp_pos z) as U. rewrite exp_Ropp, exp_ln by lra.
  set (u := exp z) in *. field. split; nra.
Qed.

Lemma mish_derivative : forall x, let u := exp x in derivable_pt_lim mish x
  (1 - (2 * (u * u + 2 * u + 2) - (u * u + u * u + 2 * u + 0) * (2 * x)) / Rsqr (u * u + 2 * u + 2)).
Proof.
  intros x u. pose proof (exp_pos x).
  assert (D : derivable_pt_lim (fun z => z - 2 * z / (exp z * exp z + 2 * exp z + 2)) x
    (1 - (2 * (u * u + 2 * u + 2) - (u * u + u * u + 2 * u + 0) * (2 * x)) / Rsqr (u * u + 2 * u + 2))).
  { apply (derivable_pt_lim_minus id (fun z => 2 * z / (exp z * exp z + 2 * exp z + 2))); [apply derivable_pt_lim_id|].
    apply (derivable_pt_lim_div (fun z => 2 * z) (fun z => exp z * exp z + 2 * exp z + 2)).
    - pose proof (derivable_pt_lim_scal id 2 x 1 (derivable_pt_lim_id x)) as S. rewrite Rmult_1_r in S. exact S.
    - apply (derivable_pt_lim_plus (fun z => exp z * exp z + 2 * exp z) (fct_cte 2)); [|apply derivable_pt_lim_const].
      apply (derivable_pt_lim_plus (fun z => exp z * exp z) (fun z => 2 * exp z)).
      + apply (derivable_pt_lim_mult exp exp); apply derivable_pt_lim_exp.
      + apply (derivable_pt_lim_scal exp 2), derivable_pt_lim_exp.
    - nra. }
  intros eps E. destruct (D eps E) as [d H1]. exists d. intros h H2 H3. rewrite <- !mish_fraction. apply H1; assumption.
Qed.

(** The derivative is [N / D^2] with [D = u^2 + 2 u + 2] and this numerator N. *)
Definition mish_numerator (u x : R) : R := (u * u + 2 * u) * (u * u + 2 * u + 2) + 4 * u * (u + 1) * x.

Lemma mish_above : forall x, let u := exp x in let d := u * u + 2 * u + 2 in
  mish_numerator u x <= 0x116a7d0c5 / 0x100000000 * (d * d).
Proof.
  intros x u d. pose proof (exp_pos x) as U. fold u in U.
  pose proof (above_tangent (14905711794854 / 10000000000000) x) as A. fold u in A. pose proof exp_mish_high as E.
  assert (B : x <= 14905711794854 / 10000000000000 - 1 + u * (2252439640585 / 10000000000000)) by nra.
  assert (C : u * (u + 1) * x <= u * (u + 1) * (14905711794854 / 10000000000000 - 1 + u * (2252439640585 / 10000000000000)))
    by (apply Rmult_le_compat_l; nra).
  unfold mish_numerator, d. set (w := u - 22198153019 / 5000000000).
  assert (H0 : 0 <= w * w) by apply Rle_0_sqr. assert (H1 : 0 <= w * w * u) by nra. assert (H2 : 0 <= w * w * (u * u)) by nra.
  unfold w in *. clear -C U H0 H1 H2. nra.
Qed.

Lemma mish_below : forall x, let u := exp x in let d := u * u + 2 * u + 2 in
  - 0x1cce831 / 0x10000000 * (d * d) <= mish_numerator u x.
Proof.
  intros x u d. pose proof (exp_pos x) as U. fold u in U.
  pose proof (below_tangent (- (22563763963607 / 10000000000000)) x) as A. pose proof exp_mish_low as E.
  assert (Q : exp (- x) * u = 1) by (unfold u; rewrite <- exp_plus, Rplus_opp_l; apply exp_0).
  assert (B : u * (1 - 22563763963607 / 10000000000000) - 10472929546653 / 100000000000000 <= u * x).
  { set (e := exp (- (22563763963607 / 10000000000000))) in *. nra. }
  assert (C : (u + 1) * (u * (1 - 22563763963607 / 10000000000000) - 10472929546653 / 100000000000000) <= (u + 1) * (u * x))
    by (apply Rmult_le_compat_l; lra).
  unfold mish_numerator, d. set (w := u - 10472929546653 / 100000000000000).
  assert (H0 : 0 <= w * w) by apply Rle_0_sqr. assert (H1 : 0 <= w * w * u) by nra. assert (H2 : 0 <= w * w * (u * u)) by nra.
  unfold w in *. clear -C U H0 H1 H2. nra.
Qed.

Theorem slopes_mish : slopes (- 0x1cce831 / 0x10000000) (0x116a7d0c5 / 0x100000000) mish.
Proof.
  eapply slopes_of_derivative; [apply mish_derivative|]. intros x. cbv zeta.
  pose proof (mish_above x) as A. pose proof (mish_below x) as B. cbv zeta in A, B. unfold mish_numerator in *.
  pose proof (exp_pos x) as U. set (u := exp x) in *. unfold Rsqr. set (d := u * u + 2 * u + 2) in *.
  assert (P : 0 < d) by (unfold d; nra).
  replace (1 - (2 * d - (u * u + u * u + 2 * u + 0) * (2 * x)) / (d * d))
    with (((u * u + 2 * u) * d + 4 * u * (u + 1) * x) / (d * d)).
  - apply fraction_between; [nra|]. split; assumption.
  - replace (u * u + 2 * u) with (d - 2) by (unfold d; lra). field. lra.
Qed.
