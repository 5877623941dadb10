(** Numbers around the exponential, and the hyperbolic tangent. *)
From Coq Require Import ZArith Reals Lra Psatz Lia.
From Lipc Require Import Slopes.
Open Scope R_scope.

(** * The exponential, in numbers *)
Lemma exp_above_tangent : forall x, 1 + x <= exp x.
Proof. intros x. destruct (Req_dec x 0) as [->|N]; [rewrite exp_0; lra|]. apply Rlt_le, exp_ineq1, N. Qed.

Lemma above_tangent : forall c x, x <= c - 1 + exp x * exp (- c).
Proof. intros c x. rewrite <- exp_plus. pose proof (exp_above_tangent (x + - c)). lra. Qed.

Lemma below_tangent : forall c x, c + 1 - exp c * exp (- x) <= x.
Proof. intros c x. rewrite <- exp_plus. pose proof (exp_above_tangent (c + - x)). lra. Qed.

(** Partial sums of the series are below it, right of zero. *)
Lemma exp_above_series : forall x, 0 <= x ->
  1 + x + x ^ 2 / 2 + x ^ 3 / 6 + x ^ 4 / 24 + x ^ 5 / 120 + x ^ 6 / 720 <= exp x.
Proof.
  intros x X. assert (S : infinite_sum (fun i => / INR (fact i) * x ^ i) (exp x)) by (unfold exp; destruct (exist_exp x); assumption).
  pose proof (sum_incr (fun i => / INR (fact i) * x ^ i) 6 (exp x) S) as H.
  assert (P : forall i, 0 <= / INR (fact i) * x ^ i).
  { intros i. apply Rmult_le_pos; [apply Rlt_le, Rinv_0_lt_compat, INR_fact_lt_0|apply pow_le, X]. }
  specialize (H P). cbn [sum_f_R0 fact] in H. simpl INR in H. cbn [pow] in *. lra.
Qed.

Lemma exp_twice : forall r s y, 0 <= r -> r <= exp y -> s <= r * r -> s <= exp (2 * y).
Proof. intros r s y R E S. replace (2 * y) with (y + y) by lra. rewrite exp_plus. nra. Qed.

Lemma exp_opposite : forall l x, 0 < l -> l <= exp x -> exp (- x) <= / l.
Proof. intros l x L E. rewrite exp_Ropp. apply Rinv_le_contravar; assumption. Qed.

(** Of an alternating series with falling terms the partial sums are above and below. *)
Definition exp_term (s : R) (n : nat) : R := s ^ n / INR (fact n).

Lemma exp_alternating : forall s n, 0 <= s <= 1 ->
  sum_f_R0 (tg_alt (exp_term s)) (S (2 * n)) <= exp (- s) <= sum_f_R0 (tg_alt (exp_term s)) (2 * n).
Proof.
  intros s k [S0 S1]. set (U := exp_term s).
  assert (P : forall n, 0 < INR (fact n)) by (intros; apply INR_fact_lt_0).
  assert (D : Un_decreasing U).
  { intros n. unfold U, exp_term. rewrite fact_simpl, mult_INR. cbn [pow]. pose proof (P n) as F. pose proof (pow_le s n S0) as W.
    assert (N : 1 <= INR (S n)) by (rewrite S_INR; pose proof (pos_INR n); lra).
    unfold Rdiv. rewrite Rinv_mult. assert (I : 0 < / INR (S n) <= 1).
    { split; [apply Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra. }
    assert (J : 0 < / INR (fact n)) by (apply Rinv_0_lt_compat, F).
    replace (s * s ^ n * (/ INR (S n) * / INR (fact n))) with (s * / INR (S n) * (s ^ n * / INR (fact n))) by ring.
    assert (0 <= s ^ n * / INR (fact n)) by (apply Rmult_le_pos; lra).
    assert (s * / INR (S n) <= 1) by (set (i := / INR (S n)) in *; nra).
    set (w := s ^ n * / INR (fact n)) in *. set (v := s * / INR (S n)) in *. nra. }
  assert (V : Un_cv (fun N => sum_f_R0 (tg_alt U) N) (exp (- s))).
  { assert (E : infinite_sum (fun i => / INR (fact i) * (- s) ^ i) (exp (- s))) by (unfold exp; destruct (exist_exp (- s)); assumption).
    intros e He. destruct (E e He) as [N H]. exists N. intros n Hn. specialize (H n Hn).
    replace (sum_f_R0 (tg_alt U) n) with (sum_f_R0 (fun i => / INR (fact i) * (- s) ^ i) n); [exact H|].
    apply sum_eq. intros i _. unfold tg_alt, U, exp_term. replace (- s) with (-1 * s) by lra. rewrite Rpow_mult_distr. unfold Rdiv. ring. }
  exact (alternated_series_ineq U _ k D (cv_speed_pow_fact s) V).
Qed.

Lemma fact_next : forall n, INR (fact (S n)) = INR (S n) * INR (fact n).
Proof. intros. rewrite fact_simpl, mult_INR. reflexivity. Qed.

Lemma exp_below_series : forall s, 0 <= s <= 1 -> exp (- s) <=
  1 - s + s ^ 2 / 2 - s ^ 3 / 6 + s ^ 4 / 24 - s ^ 5 / 120 + s ^ 6 / 720 - s ^ 7 / 5040 + s ^ 8 / 40320 - s ^ 9 / 362880
    + s ^ 10 / 3628800 - s ^ 11 / 39916800 + s ^ 12 / 479001600.
Proof.
  intros s S. destruct (exp_alternating s 6 S) as [_ H]. eapply Rle_trans; [exact H|]. apply Req_le.
  change (2 * 6)%nat with 12%nat. unfold tg_alt, exp_term. cbn [sum_f_R0]. rewrite !fact_next. change (INR (fact 0)) with 1.
  simpl INR. field.
Qed.

Lemma exp_above_alternating : forall s, 0 <= s <= 1 ->
  1 - s + s ^ 2 / 2 - s ^ 3 / 6 + s ^ 4 / 24 - s ^ 5 / 120 + s ^ 6 / 720 - s ^ 7 / 5040 <= exp (- s).
Proof.
  intros s S. destruct (exp_alternating s 3 S) as [H _]. eapply Rle_trans; [|exact H]. apply Req_le.
  change (Datatypes.S (2 * 3))%nat with 7%nat. unfold tg_alt, exp_term. cbn [sum_f_R0]. rewrite !fact_next.
  change (INR (fact 0)) with 1. simpl INR. field.
Qed.

(** From one argument to twice that: so from a small one, for which the series says enough, to any. *)
Ltac twice A :=
  match type of A with _ <= exp ?y =>
    match goal with |- _ <= exp ?z => replace z with (2 * y) by lra; eapply exp_twice; [|exact A|]; lra end
  end.

Lemma fraction_between : forall a b n d, 0 < d -> a * d <= n <= b * d -> a <= n / d <= b.
Proof.
  intros a b n d D [A B]. assert (E : n / d * d = n) by (field; lra).
  split; apply Rmult_le_reg_r with d; rewrite ?E; assumption.
Qed.

(** * The hyperbolic tangent *)
Lemma cosh_sinh : forall x, cosh x * cosh x - sinh x * sinh x = 1.
Proof.
  intros x. unfold cosh, sinh. assert (exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0). nra.
Qed.

Lemma cosh_positive : forall x, 0 < cosh x.
Proof. intros x. unfold cosh. pose proof (exp_pos x). pose proof (exp_pos (- x)). lra. Qed.

Lemma tanh_square : forall x, 0 <= 1 - tanh x * tanh x <= 1.
Proof.
  intros x. pose proof (cosh_positive x) as P. pose proof (cosh_sinh x) as Q.
  assert (1 <= cosh x * cosh x) by (pose proof (Rle_0_sqr (sinh x)); unfold Rsqr in *; lra).
  replace (1 - tanh x * tanh x) with (/ (cosh x * cosh x)).
  - split; [apply Rlt_le, Rinv_0_lt_compat; lra|]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
  - unfold tanh. replace (1 - sinh x / cosh x * (sinh x / cosh x)) with ((cosh x * cosh x - sinh x * sinh x) / (cosh x * cosh x))
      by (field; lra). rewrite Q. field. lra.
Qed.

Lemma tanh_derivable : forall x, derivable_pt_lim tanh x (1 - tanh x * tanh x).
Proof.
  intros x. pose proof (cosh_positive x) as P.
  replace (1 - tanh x * tanh x) with ((cosh x * cosh x - sinh x * sinh x) / Rsqr (cosh x)) by (unfold tanh, Rsqr; field; lra).
  apply (derivable_pt_lim_div sinh cosh x (cosh x) (sinh x)).
  - apply derivable_pt_lim_sinh.
  - apply derivable_pt_lim_cosh.
  - lra.
Qed.

Lemma slopes_tanh : slopes 0 1 tanh.
Proof. eapply slopes_of_derivative; [apply tanh_derivable|]. intros. apply tanh_square. Qed.

Lemma tanh_opposite : forall x, tanh (- x) = - tanh x.
Proof. intros x. unfold tanh, sinh, cosh. rewrite Ropp_involutive. pose proof (exp_pos x). pose proof (exp_pos (- x)). field. lra. Qed.

Lemma tanh_fraction : forall x, tanh x = (1 - exp (- (2 * x))) / (1 + exp (- (2 * x))).
Proof.
  intros x. replace (- (2 * x)) with (- x + - x) by lra. rewrite exp_plus. unfold tanh, sinh, cosh.
  assert (Q : exp x * exp (- x) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  pose proof (exp_pos x). pose proof (exp_pos (- x)). set (p := exp x) in *. set (m := exp (- x)) in *.
  replace (1 - m * m) with ((p - m) * m) by lra. replace (1 + m * m) with ((p + m) * m) by lra. field. lra.
Qed.
