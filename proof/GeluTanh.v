(** gelu_tanh: where its slopes are steepest.

    The derivative is [(1 + moment x) / 2] with an odd function that rises to one place right of zero and falls behind it: the place
    where [1 + 6 a x^2 = c tanh(..) x (1 + 3 a x^2)^2], whose left side over [x (1 + 3 a x^2)^2] falls, while the tangent rises. That place is
    between two numbers that differ by 6e-11, and between these nothing moves by more than there is to spare. *)
From Coq Require Import ZArith Reals Machin Lra Psatz.
From Lipc Require Import Slopes Exponential.
From Lipc Require Gelu.
Open Scope R_scope.

Definition factor : R := sqrt (2 / PI).
Definition cubic : R := 44715 / 1000000.
Definition inner (x : R) : R := factor * (x + cubic * (x * x * x)).
Definition gelu_tanh (x : R) : R := x * (1 + tanh (inner x)) / 2.

(** * The derivative *)
Definition curve (x : R) : R := tanh (inner x).
Definition inner_derivative (x : R) : R := factor * (1 + cubic * (3 * (x * x))).
Definition moment (x : R) : R := curve x + x * inner_derivative x * (1 - curve x * curve x).

Lemma inner_derivable : forall x, derivable_pt_lim inner x (inner_derivative x).
Proof.
  intros x. apply (derivable_pt_lim_scal (fun z => z + cubic * (z * z * z)) factor).
  apply (derivable_pt_lim_plus id (fun z => cubic * (z * z * z))); [apply derivable_pt_lim_id|].
  apply (derivable_pt_lim_scal (fun z => z * z * z) cubic).
  replace (3 * (x * x)) with ((1 * x + x * 1) * x + x * x * 1) by lra.
  apply (derivable_pt_lim_mult (fun z => z * z) id); [|apply derivable_pt_lim_id].
  apply (derivable_pt_lim_mult id id); apply derivable_pt_lim_id.
Qed.

Lemma curve_derivable : forall x, derivable_pt_lim curve x ((1 - curve x * curve x) * inner_derivative x).
Proof. intros x. apply (derivable_pt_lim_comp inner tanh); [apply inner_derivable|apply tanh_derivable]. Qed.

Lemma gelu_tanh_derivative : forall x, derivable_pt_lim gelu_tanh x ((1 + moment x) / 2).
Proof.
  intros x. replace ((1 + moment x) / 2) with (/ 2 * (1 * (1 + curve x) + x * (0 + (1 - curve x * curve x) * inner_derivative x)))
    by (unfold moment; lra).
  apply derivable_same with (fun z => / 2 * (z * (1 + curve z))); [intros; unfold gelu_tanh, curve; lra|].
  apply (derivable_pt_lim_scal (fun z => z * (1 + curve z)) (/ 2)).
  apply (derivable_pt_lim_mult id (fun z => 1 + curve z)); [apply derivable_pt_lim_id|].
  apply (derivable_pt_lim_plus (fct_cte 1) curve); [apply derivable_pt_lim_const|apply curve_derivable].
Qed.

(** Its sign is that of the last factor. *)
Definition rest (x : R) : R := 1 + 6 * cubic * (x * x).
Definition weight (x : R) : R := x * ((1 + 3 * cubic * (x * x)) * (1 + 3 * cubic * (x * x))).
Definition turn (x : R) : R := rest x - factor * curve x * weight x.

Lemma moment_derivative : forall x,
  derivable_pt_lim moment x ((1 - curve x * curve x) * (2 * factor) * turn x).
Proof.
  intros x. set (t := curve x). set (i := inner_derivative x). set (t' := (1 - t * t) * i).
  replace ((1 - t * t) * (2 * factor) * turn x)
    with (t' + ((1 * i + x * (factor * (0 + cubic * (3 * (1 * x + x * 1))))) * (1 - t * t) + x * i * (0 - (t' * t + t * t'))))
    by (unfold turn, rest, weight, t', i, inner_derivative; fold t; ring).
  apply (derivable_pt_lim_plus curve (fun z => z * inner_derivative z * (1 - curve z * curve z))); [apply curve_derivable|].
  apply (derivable_pt_lim_mult (fun z => z * inner_derivative z) (fun z => 1 - curve z * curve z)).
  - apply (derivable_pt_lim_mult id inner_derivative); [apply derivable_pt_lim_id|].
    apply (derivable_pt_lim_scal (fun z => 1 + cubic * (3 * (z * z))) factor).
    apply (derivable_pt_lim_plus (fct_cte 1) (fun z => cubic * (3 * (z * z)))); [apply derivable_pt_lim_const|].
    apply (derivable_pt_lim_scal (fun z => 3 * (z * z)) cubic). apply (derivable_pt_lim_scal (fun z => z * z) 3).
    apply (derivable_pt_lim_mult id id); apply derivable_pt_lim_id.
  - apply (derivable_pt_lim_minus (fct_cte 1) (fun z => curve z * curve z)); [apply derivable_pt_lim_const|].
    apply (derivable_pt_lim_mult curve curve); apply curve_derivable.
Qed.

(** * Its numbers *)
(** Enclosures, of 13 digits: of the factor, of the tangent in between, of the tangents at the two ends; and what is to be shown. *)
Local Notation factor_low := (1994711402007 / 2500000000000).
Local Notation factor_high := (797884560803 / 1000000000000).
Local Notation steepest := (24672692363449 / 20000000000000).
Local Notation tanh_low := (42181517996213 / 50000000000000).
Local Notation tanh_high := (84363035992427 / 100000000000000).
Local Notation left_tanh_low := (84363035989373 / 100000000000000).
Local Notation right_tanh_high := (10545379499437 / 12500000000000).
Local Notation largest_moment := (675376165 / 536870912).

Lemma pi_below : PI <= 314159265358983 / 100000000000000.
Proof.
  destruct (PI_2_3_7_ineq 6) as [_ H]. change (2 * 6)%nat with 12%nat in H.
  unfold tg_alt, PI_2_3_7_tg, Ratan_seq in H. cbn [sum_f_R0 Nat.mul Nat.add] in H. simpl INR in H. cbn [pow] in H. lra.
Qed.

Lemma factor_between : factor_low <= factor <= factor_high.
Proof.
  pose proof Gelu.pi_above as A. pose proof pi_below as B. assert (I : 2 / PI * PI = 2) by (field; lra).
  assert (P : 0 < 2 / PI) by (apply Rdiv_lt_0_compat; lra). unfold factor. split.
  - rewrite <- (sqrt_square factor_low) by lra. apply sqrt_le_1_alt. set (q := 2 / PI) in *. nra.
  - rewrite <- (sqrt_square factor_high) by lra. apply sqrt_le_1_alt. set (q := 2 / PI) in *. nra.
Qed.

Lemma exp_steepest_above : 8481615592518097 / 100000000000000000 <= exp (- (24672692363449 / 10000000000000)).
Proof.
  assert (A0 : 49045452221650689 / 50000000000000000 <= exp (- (24672692363449 / 1280000000000000))).
  { eapply Rle_trans; [|apply exp_above_alternating; lra]. lra. }
  assert (A1 : 4810912767252441 / 5000000000000000 <= exp (- (24672692363449 / 640000000000000))) by (twice A0).
  assert (A2 : 46289763308225079 / 50000000000000000 <= exp (- (24672692363449 / 320000000000000))) by (twice A1).
  assert (A3 : 334803466739297 / 390625000000000 <= exp (- (24672692363449 / 160000000000000))) by (twice A2).
  assert (A4 : 73461505288209401 / 100000000000000000 <= exp (- (24672692363449 / 80000000000000))) by (twice A3).
  assert (A5 : 53965927592096177 / 100000000000000000 <= exp (- (24672692363449 / 40000000000000))) by (twice A4).
  assert (A6 : 14561606704376837 / 50000000000000000 <= exp (- (24672692363449 / 20000000000000))) by (twice A5).
  assert (A7 : 8481615592518097 / 100000000000000000 <= exp (- (24672692363449 / 10000000000000))) by (twice A6).
  exact A7.
Qed.

Lemma exp_steepest_below : exp (- (24672692363449 / 10000000000000)) <= 1325252436331 / 15625000000000.
Proof.
  assert (A0 : 101946251354835961 / 100000000000000000 <= exp (24672692363449 / 1280000000000000)).
  { eapply Rle_trans; [|apply exp_above_series; lra]. lra. }
  assert (A1 : 10393038165303393 / 10000000000000000 <= exp (24672692363449 / 640000000000000)) by (twice A0).
  assert (A2 : 108015242305452917 / 100000000000000000 <= exp (24672692363449 / 320000000000000)) by (twice A1).
  assert (A3 : 23334585140611411 / 20000000000000000 <= exp (24672692363449 / 160000000000000)) by (twice A2).
  assert (A4 : 27225143184222143 / 20000000000000000 <= exp (24672692363449 / 80000000000000)) by (twice A3).
  assert (A5 : 185302105350349351 / 100000000000000000 <= exp (24672692363449 / 40000000000000)) by (twice A4).
  assert (A6 : 68673740494543939 / 20000000000000000 <= exp (24672692363449 / 20000000000000)) by (twice A5).
  assert (A7 : 1179020658377991003 / 100000000000000000 <= exp (24672692363449 / 10000000000000)) by (twice A6).
  eapply Rle_trans; [apply (exp_opposite (1179020658377991003 / 100000000000000000)); [lra|exact A7]|]. lra.
Qed.

Lemma tanh_steepest : tanh_low <= tanh steepest <= tanh_high.
Proof.
  rewrite tanh_fraction. replace (2 * steepest) with (24672692363449 / 10000000000000) by lra.
  pose proof exp_steepest_above as A. pose proof exp_steepest_below as B.
  set (e := exp (- (24672692363449 / 10000000000000))) in *. apply fraction_between; [lra|]. split; lra.
Qed.

(** Where the slope is largest: between these. *)
Definition left_end : R := 1773130010951 / 1250000000000.
Definition right_end : R := 14185040088209 / 10000000000000.

Lemma left_tanh : left_tanh_low <= curve left_end <= tanh_high.
Proof.
  pose proof tanh_steepest as T. pose proof factor_between as C. unfold curve, inner, left_end.
  set (x := 1773130010951 / 1250000000000). assert (I : factor * (x + cubic * (x * x * x)) <= steepest) by (unfold x, cubic; nra).
  destruct (Rle_lt_or_eq_dec _ _ I) as [L|E]; [|rewrite E; lra]. pose proof (slopes_tanh _ _ L) as S.
  assert (7710216363387 / 6250000000000 <= factor * (x + cubic * (x * x * x))) by (unfold x, cubic; nra). lra.
Qed.

Lemma right_tanh : tanh_low <= curve right_end <= right_tanh_high.
Proof.
  pose proof tanh_steepest as T. pose proof factor_between as C. unfold curve, inner, right_end.
  set (x := 14185040088209 / 10000000000000). assert (I : steepest <= factor * (x + cubic * (x * x * x))) by (unfold x, cubic; nra).
  destruct (Rle_lt_or_eq_dec _ _ I) as [L|E]; [|rewrite <- E; lra]. pose proof (slopes_tanh _ _ L) as S.
  assert (factor * (x + cubic * (x * x * x)) <= 61681730910157 / 50000000000000) by (unfold x, cubic; nra). lra.
Qed.

(** * The largest slope *)
Lemma factor_pos : 0 < factor.
Proof. pose proof factor_between. lra. Qed.

Lemma inner_increases : forall x y, 0 <= x -> x <= y -> inner x <= inner y.
Proof.
  intros x y X L. unfold inner. pose proof factor_pos. apply Rmult_le_compat_l; [lra|].
  assert (x * x <= y * y) by (apply Rmult_le_compat; lra). assert (x * x * x <= y * y * y) by (apply Rmult_le_compat; nra).
  unfold cubic. lra.
Qed.

Lemma curve_increases : forall x y, 0 <= x -> x <= y -> curve x <= curve y.
Proof.
  intros x y X L. unfold curve. pose proof (inner_increases x y X L) as I.
  destruct (Rle_lt_or_eq_dec _ _ I) as [I'|E]; [pose proof (slopes_tanh _ _ I'); lra|rewrite E; lra].
Qed.

Lemma curve_between : forall x, 0 <= x -> 0 <= curve x /\ 0 <= 1 - curve x * curve x.
Proof.
  intros x X. assert (Z : curve 0 = 0).
  { unfold curve, inner. replace (factor * (0 + cubic * (0 * 0 * 0))) with 0 by lra.
    pose proof (tanh_opposite 0) as E. rewrite Ropp_0 in E. lra. }
  pose proof (curve_increases 0 x (Rle_refl 0) X). pose proof (tanh_square (inner x)) as S. fold (curve x) in S. lra.
Qed.

Lemma rest_pos : forall x, 0 < rest x.
Proof. intros. unfold rest, cubic. nra. Qed.

Lemma weight_nonnegative : forall x, 0 <= x -> 0 <= weight x.
Proof. intros x X. unfold weight, cubic. apply Rmult_le_pos; [exact X|apply Rmult_le_pos; nra]. Qed.

(** [x (1 + 3 s)^2 / (1 + 6 s)] increases in x, with [s = a x^2]. *)
Lemma ratio_increases : forall x y, 0 <= x -> x <= y -> weight x * rest y <= weight y * rest x.
Proof.
  intros x y X L. assert (Q : cubic * (x * x) <= cubic * (y * y)).
  { apply Rmult_le_compat_l; [unfold cubic; lra|]. apply Rmult_le_compat; lra. }
  assert (P : 0 <= cubic * (x * x)) by (unfold cubic; nra). unfold weight, rest.
  replace (3 * cubic * (x * x)) with (3 * (cubic * (x * x))) by lra. replace (3 * cubic * (y * y)) with (3 * (cubic * (y * y))) by lra.
  replace (6 * cubic * (x * x)) with (6 * (cubic * (x * x))) by lra. replace (6 * cubic * (y * y)) with (6 * (cubic * (y * y))) by lra.
  set (s := cubic * (x * x)) in *. set (t := cubic * (y * y)) in *.
  assert (M : (1 + 3 * s) * ((1 + 3 * s) * (1 + 6 * t)) <= (1 + 3 * t) * ((1 + 3 * t) * (1 + 6 * s))).
  { assert (0 <= (t - s) * (9 * (s + t + 6 * (s * t)))) by (apply Rmult_le_pos; nra). nra. }
  rewrite !Rmult_assoc. apply Rmult_le_compat; [exact X| |exact L|exact M].
  apply Rmult_le_pos; [lra|apply Rmult_le_pos; lra].
Qed.

(** Where it is one at an end, it is less before that, and more behind it. *)
Lemma ratio_before : forall k x y, 0 <= k -> 0 <= x -> x <= y -> k * weight y <= rest y -> k * weight x <= rest x.
Proof.
  intros k x y K X L E. apply Rmult_le_reg_r with (rest y); [apply rest_pos|]. pose proof (ratio_increases x y X L) as R.
  pose proof (rest_pos x). assert (k * (weight x * rest y) <= k * (weight y * rest x)) by (apply Rmult_le_compat_l; assumption).
  assert (k * weight y * rest x <= rest y * rest x) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Lemma ratio_behind : forall k x y, 0 <= k -> 0 <= x -> x <= y -> rest x <= k * weight x -> rest y <= k * weight y.
Proof.
  intros k x y K X L E. apply Rmult_le_reg_r with (rest x); [apply rest_pos|]. pose proof (ratio_increases x y X L) as R.
  pose proof (rest_pos y). assert (k * (weight x * rest y) <= k * (weight y * rest x)) by (apply Rmult_le_compat_l; assumption).
  assert (rest x * rest y <= k * weight x * rest y) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Lemma rises : forall x, 0 <= x <= left_end -> 0 <= turn x.
Proof.
  intros x [X L]. pose proof factor_between as F. pose proof left_tanh as T.
  pose proof (curve_increases x left_end X L) as C. destruct (curve_between x X) as [C0 _].
  assert (H : factor_high * tanh_high * weight left_end <= rest left_end) by (unfold weight, rest, left_end, cubic; lra).
  apply ratio_before with (x := x) in H; [|lra|exact X|exact L].
  assert (P : factor * curve x <= factor_high * tanh_high) by (apply Rmult_le_compat; lra).
  pose proof (Rmult_le_compat_r _ _ _ (weight_nonnegative x X) P). unfold turn. lra.
Qed.

Lemma falls : forall x, right_end <= x -> turn x <= 0.
Proof.
  intros x L. assert (X : 0 <= right_end) by (unfold right_end; lra). pose proof factor_between as F. pose proof right_tanh as T.
  pose proof (curve_increases right_end x X L) as C.
  assert (H : rest right_end <= factor_low * tanh_low * weight right_end) by (unfold weight, rest, right_end, cubic; lra).
  apply ratio_behind with (y := x) in H; [|lra|exact X|exact L].
  assert (P : factor_low * tanh_low <= factor * curve x) by (apply Rmult_le_compat; lra).
  assert (X' : 0 <= x) by lra. pose proof (Rmult_le_compat_r _ _ _ (weight_nonnegative x X') P). unfold turn. lra.
Qed.

Lemma moment_between_ends : forall x, left_end <= x <= right_end -> moment x <= largest_moment.
Proof.
  intros x [L R]. assert (X : 0 <= left_end) by (unfold left_end; lra).
  pose proof (curve_increases left_end x X L) as C1. assert (X' : 0 <= x) by lra.
  pose proof (curve_increases x right_end X' R) as C2. pose proof left_tanh as T1. pose proof right_tanh as T2.
  pose proof factor_between as F. destruct (curve_between x X') as [_ S]. unfold moment, inner_derivative.
  assert (Q : 1 - curve x * curve x <= 1 - left_tanh_low * left_tanh_low).
  { assert (left_tanh_low * left_tanh_low <= curve x * curve x) by (apply Rmult_le_compat; lra). lra. }
  assert (H : x * (factor * (1 + cubic * (3 * (x * x)))) <= right_end * (factor_high * (1 + cubic * (3 * (right_end * right_end))))).
  { assert (x * x <= right_end * right_end) by (apply Rmult_le_compat; lra).
    apply Rmult_le_compat; [lra| |lra|]; [apply Rmult_le_pos; unfold cubic; nra|].
    apply Rmult_le_compat; unfold cubic; nra. }
  assert (K : x * (factor * (1 + cubic * (3 * (x * x)))) * (1 - curve x * curve x)
    <= right_end * (factor_high * (1 + cubic * (3 * (right_end * right_end)))) * (1 - left_tanh_low * left_tanh_low)).
  { apply Rmult_le_compat; [|exact S|exact H|exact Q]. apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; unfold cubic; nra. }
  assert (N : right_tanh_high + right_end * (factor_high * (1 + cubic * (3 * (right_end * right_end)))) * (1 - left_tanh_low * left_tanh_low) <= largest_moment)
    by (unfold right_end, cubic; lra).
  lra.
Qed.

Lemma moment_at_most : forall x, 0 <= x -> 0 <= moment x <= largest_moment.
Proof.
  intros x X. split.
  - destruct (curve_between x X) as [C S]. unfold moment, inner_derivative. pose proof factor_pos.
    assert (0 <= x * (factor * (1 + cubic * (3 * (x * x)))) * (1 - curve x * curve x)); [|lra].
    apply Rmult_le_pos; [|exact S]. apply Rmult_le_pos; [exact X|]. apply Rmult_le_pos; unfold cubic; nra.
  - assert (O : left_end <= right_end) by (unfold left_end, right_end; lra). pose proof factor_pos as F.
    destruct (Rle_dec x left_end) as [L|L]; [|destruct (Rle_dec x right_end) as [R|R]].
    + eapply Rle_trans; [|apply (moment_between_ends left_end); lra].
      apply (increases moment _ x left_end L moment_derivative). intros z Z.
      destruct (curve_between z) as [_ S]; [lra|]. apply Rmult_le_pos; [apply Rmult_le_pos; lra|]. apply rises. lra.
    + apply moment_between_ends. lra.
    + assert (R' : right_end <= x) by lra. assert (X0 : 0 <= right_end) by (unfold right_end; lra).
      eapply Rle_trans; [|apply (moment_between_ends right_end); lra].
      apply (decreases moment _ right_end x R' moment_derivative). intros z Z.
      destruct (curve_between z) as [_ S]; [lra|]. pose proof (falls z ltac:(lra)).
      assert (0 <= (1 - curve z * curve z) * (2 * factor)) by (apply Rmult_le_pos; lra). nra.
Qed.

Lemma moment_odd : forall x, moment (- x) = - moment x.
Proof.
  intros x. assert (C : curve (- x) = - curve x).
  { unfold curve. rewrite <- tanh_opposite. f_equal. unfold inner. ring. }
  unfold moment, inner_derivative. rewrite C. ring.
Qed.

Theorem slopes_gelu_tanh : slopes (- 0x1082d84a / 0x80000000) (0x12105b094 / 0x100000000) gelu_tanh.
Proof.
  eapply slopes_of_derivative; [apply gelu_tanh_derivative|]. intros x. destruct (Rle_dec 0 x) as [X|X].
  - pose proof (moment_at_most x X). lra.
  - pose proof (moment_at_most (- x) ltac:(lra)) as M. rewrite moment_odd in M. lra.
Qed.
