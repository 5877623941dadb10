(** Activations of single elements: the functions, and the intervals of their difference quotients. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Exponential Smooth Gelu GeluTanh.
From Lipc Require Export Slopes.
Open Scope R_scope.

Inductive pointwise :=
| Identity | Relu | LeakyRelu (slope : dyadic) | Relu6 | HardTanh | HardSigmoid | HardSwish | Abs
| Tanh | Sigmoid | Softplus | Softsign | Sin | Elu (alpha : dyadic) | Celu (alpha : dyadic) | Selu
| Silu | Gelu | GeluTanh | Mish.

Definition clip (a b z : R) := Rmin (Rmax z a) b.
Definition elu (alpha z : R) := if Rle_dec 0 z then z else alpha * (exp z - 1).
Definition celu (alpha z : R) := if Rle_dec 0 z then z else alpha * (exp (z / alpha) - 1).
Definition selu_s : R := 10507009873554804934193349852946 / 10000000000000000000000000000000.
Definition selu_a : R := 16732632423543772848170429916717 / 10000000000000000000000000000000.

Definition apply (f : pointwise) (z : R) : R :=
  match f with
  | Identity => z
  | Relu => Rmax z 0
  | LeakyRelu s => if Rle_dec 0 z then z else val s * z
  | Relu6 => clip 0 6 z
  | HardTanh => clip (-1) 1 z
  | HardSigmoid => clip 0 6 (z + 3) / 6
  | HardSwish => z * clip 0 6 (z + 3) / 6
  | Abs => Rabs z
  | Tanh => tanh z
  | Sigmoid => / (1 + exp (- z))
  | Softplus => ln (1 + exp z)
  | Softsign => z / (1 + Rabs z)
  | Sin => sin z
  | Elu a => elu (val a) z
  | Celu a => celu (val a) z
  | Selu => selu_s * elu selu_a z
  | Silu => silu z
  | Gelu => gelu z
  | GeluTanh => gelu_tanh z
  | Mish => mish z
  end.

(** docs/certificate-format.md, "Activations"; none where the constant is not one of the activation's. *)
Definition interval (f : pointwise) : option (dyadic * dyadic) :=
  match f with
  | Identity => Some (one, one)
  | Relu | Relu6 | HardTanh | Tanh | Softplus | Softsign => Some (zero, one)
  | LeakyRelu s => Some (least s one, largest s one)
  | HardSigmoid => Some (zero, Dyadic 0x155555558 (-35))
  | HardSwish => Some (Dyadic (-1) (-1), Dyadic 3 (-1))
  | Abs | Sin => Some (Dyadic (-1) 0, one)
  | Sigmoid => Some (zero, Dyadic 1 (-2))
  | Elu a => if nonnegative a then Some (zero, largest a one) else None
  | Celu a => if positive a then Some (zero, one) else None
  | Selu => Some (zero, Dyadic 0x1c212cc65 (-32))
  | Silu => Some (Dyadic (-0x198f11d8) (-32), Dyadic 0x1198f11d8 (-32))
  | Gelu => Some (Dyadic (-0x107fee58) (-31), Dyadic 0x120ffdcb (-28))
  | GeluTanh => Some (Dyadic (-0x1082d84a) (-31), Dyadic 0x12105b094 (-32))
  | Mish => Some (Dyadic (-0x1cce831) (-28), Dyadic 0x116a7d0c5 (-32))
  end.

(** * Proofs *)
Lemma slopes_relu : slopes 0 1 (fun z => Rmax z 0).
Proof. intros z z' H. unfold Rmax. destruct (Rle_dec z 0), (Rle_dec z' 0); split; lra. Qed.

Lemma slopes_abs : slopes (-1) 1 Rabs.
Proof. intros z z' H. unfold Rabs. destruct (Rcase_abs z), (Rcase_abs z'); split; lra. Qed.

Lemma slopes_clip : forall a b, a <= b -> slopes 0 1 (clip a b).
Proof.
  intros a b B z z' H. unfold clip, Rmin, Rmax.
  destruct (Rle_dec z a), (Rle_dec z' a); repeat match goal with |- context [Rle_dec ?x ?y] => destruct (Rle_dec x y) end;
    split; lra.
Qed.

Lemma slopes_leaky_relu : forall s, slopes (Rmin s 1) (Rmax s 1) (fun z => if Rle_dec 0 z then z else s * z).
Proof.
  intros s. apply slopes_glued; intros z z' H L; pose proof (Rmin_l s 1); pose proof (Rmin_r s 1);
    pose proof (Rmax_l s 1); pose proof (Rmax_r s 1); destruct (Rle_dec 0 z), (Rle_dec 0 z'); try lra;
    try (replace z with 0 in * by lra); nra.
Qed.

Lemma slopes_hard_swish : slopes (-1 / 2) (3 / 2) (fun z => z * clip 0 6 (z + 3) / 6).
Proof.
  assert (E : forall z, z * clip 0 6 (z + 3) / 6
    = if Rle_dec z (-3) then 0 else if Rle_dec 3 z then z else z * (z + 3) / 6).
  { intros z. unfold clip, Rmin, Rmax. destruct (Rle_dec (z + 3) 0); repeat match goal with |- context [Rle_dec ?x ?y] => destruct (Rle_dec x y) end; try lra;
      replace z with 3 by lra; lra. }
  intros z z' H. rewrite !E.
  destruct (Rle_dec z (-3)), (Rle_dec z' (-3)), (Rle_dec 3 z), (Rle_dec 3 z'); try lra; split; nra.
Qed.

Lemma exp_slope : forall z z', z <= 0 -> z' < z -> 0 <= exp z - exp z' <= z - z'.
Proof.
  intros z z' H L. destruct (MVT_cor2 exp exp z' z L) as [c [E [_ C]]]; [intros; apply derivable_pt_lim_exp|].
  rewrite E. pose proof (exp_pos c). assert (exp c < 1) by (rewrite <- exp_0; apply exp_increasing; lra). nra.
Qed.

Lemma slopes_elu : forall a, 0 <= a -> slopes 0 (Rmax a 1) (elu a).
Proof.
  intros a A. pose proof (Rmax_l a 1). pose proof (Rmax_r a 1). apply slopes_glued; intros z z' H' L; unfold elu.
  - destruct (Rle_dec 0 z), (Rle_dec 0 z'); try lra. nra.
  - pose proof (exp_slope z z' H' L). destruct (Rle_dec 0 z), (Rle_dec 0 z'); try lra.
    + replace z with 0 in * by lra. rewrite exp_0 in *. nra.
    + nra.
Qed.

Lemma slopes_celu : forall a, 0 < a -> slopes 0 1 (celu a).
Proof.
  intros a A. apply slopes_glued; intros z z' H L; unfold celu.
  - destruct (Rle_dec 0 z), (Rle_dec 0 z'); try lra.
  - assert (I : 0 < / a) by (apply Rinv_0_lt_compat; assumption).
    assert (L1 : z / a <= 0) by (unfold Rdiv; nra). assert (L2 : z' / a < z / a) by (unfold Rdiv; nra).
    pose proof (exp_slope _ _ L1 L2) as B.
    assert (E : a * (z / a - z' / a) = z - z') by (field; lra).
    destruct (Rle_dec 0 z), (Rle_dec 0 z'); try lra.
    + replace z with 0 in * by lra. replace (0 / a) with 0 in * by (unfold Rdiv; lra). rewrite exp_0 in *. nra.
    + nra.
Qed.

Lemma slopes_selu : slopes 0 (0x1c212cc65 / 0x100000000) (fun z => selu_s * elu selu_a z).
Proof.
  intros z z' L. assert (A : 0 <= selu_a) by (unfold selu_a; lra). pose proof (slopes_elu _ A z z' L) as H.
  rewrite Rmax_left in H by (unfold selu_a; lra).
  assert (0 < selu_s) by (unfold selu_s; lra). assert (selu_s * selu_a <= 0x1c212cc65 / 0x100000000) by (unfold selu_s, selu_a; lra).
  nra.
Qed.

(** The sigmoid is (1 + tanh (z / 2)) / 2. *)
Lemma sigmoid_tanh : forall z, / (1 + exp (- z)) = (1 + tanh (z / 2)) / 2.
Proof.
  intros z. unfold tanh, sinh, cosh. pose proof (exp_pos (z / 2)). pose proof (exp_pos (- (z / 2))).
  assert (E : exp (z / 2) * exp (- (z / 2)) = 1) by (rewrite <- exp_plus, Rplus_opp_r; apply exp_0).
  replace (- z) with (- (z / 2) + - (z / 2)) by lra. rewrite exp_plus.
  set (p := exp (z / 2)) in *. set (m := exp (- (z / 2))) in *.
  assert (1 + m * m <> 0) by nra. assert (p + m <> 0) by lra.
  replace ((1 + (p - m) / 2 / ((p + m) / 2)) / 2) with (p / (p + m)) by (field; lra).
  apply Rmult_eq_reg_r with ((1 + m * m) * (p + m)); [|apply Rmult_integral_contrapositive; split; assumption].
  replace (/ (1 + m * m) * ((1 + m * m) * (p + m))) with (p + m) by (field; lra).
  replace (p / (p + m) * ((1 + m * m) * (p + m))) with (p + p * m * m) by (field; lra). rewrite E. lra.
Qed.

Lemma slopes_sigmoid : slopes 0 (1 / 4) (fun z => / (1 + exp (- z))).
Proof.
  intros z z' L. rewrite !sigmoid_tanh. assert (L' : z' / 2 < z / 2) by lra. pose proof (slopes_tanh _ _ L'). lra.
Qed.

Lemma slopes_softplus : slopes 0 1 (fun z => ln (1 + exp z)).
Proof.
  apply slopes_of_derivative with (fun x => / (1 + exp x) * exp x).
  - intros x. apply (derivable_pt_lim_comp (fun z => 1 + exp z) ln x (exp x) (/ (1 + exp x))).
    + replace (exp x) with (0 + exp x) by lra.
      apply (derivable_pt_lim_plus (fct_cte 1) exp x 0 (exp x)); [apply derivable_pt_lim_const|apply derivable_pt_lim_exp].
    + apply derivable_pt_lim_ln. pose proof (exp_pos x). lra.
  - intros x. pose proof (exp_pos x). assert (0 < / (1 + exp x)) by (apply Rinv_0_lt_compat; lra).
    assert (/ (1 + exp x) * (1 + exp x) = 1) by (apply Rinv_l; lra). nra.
Qed.

Lemma slopes_softsign : slopes 0 1 (fun z => z / (1 + Rabs z)).
Proof.
  apply slopes_glued; intros z z' H L.
  - rewrite !Rabs_right by lra.
    assert (E : z / (1 + z) - z' / (1 + z') = (z - z') * (/ (1 + z) * / (1 + z'))) by (field; lra). rewrite E.
    assert (0 < / (1 + z) <= 1) by (split; [apply Rinv_0_lt_compat|rewrite <- Rinv_1; apply Rinv_le_contravar]; lra).
    assert (0 < / (1 + z') <= 1) by (split; [apply Rinv_0_lt_compat|rewrite <- Rinv_1; apply Rinv_le_contravar]; lra).
    assert (0 <= / (1 + z) * / (1 + z') <= 1) by nra. nra.
  - rewrite !Rabs_left1 by lra.
    assert (E : z / (1 + - z) - z' / (1 + - z') = (z - z') * (/ (1 + - z) * / (1 + - z'))) by (field; lra). rewrite E.
    assert (0 < / (1 + - z) <= 1) by (split; [apply Rinv_0_lt_compat|rewrite <- Rinv_1; apply Rinv_le_contravar]; lra).
    assert (0 < / (1 + - z') <= 1) by (split; [apply Rinv_0_lt_compat|rewrite <- Rinv_1; apply Rinv_le_contravar]; lra).
    assert (0 <= / (1 + - z) * / (1 + - z') <= 1) by nra. nra.
Qed.

Lemma slopes_sin : slopes (-1) 1 sin.
Proof. apply slopes_of_derivative with cos; [apply derivable_pt_lim_sin|apply COS_bound]. Qed.

Theorem interval_slopes : forall f a b, interval f = Some (a, b) -> slopes (val a) (val b) (apply f).
Proof.
  intros f a b I.
  assert (V1 : val (Dyadic (-1) 0) = -1) by (unfold val, two; simpl; lra).
  destruct f; cbn [interval] in I; try (injection I as <- <-);
    rewrite ?val_zero, ?val_one, ?val_least, ?val_largest, ?val_fraction, ?V1.
  - intros z z' L. cbn [apply]. lra.
  - apply slopes_relu.
  - rewrite val_one. apply slopes_leaky_relu.
  - apply slopes_clip. lra.
  - apply slopes_clip. lra.
  - intros z z' L. assert (B : 0 <= 6) by lra. assert (M : z' + 3 < z + 3) by lra.
    pose proof (slopes_clip 0 6 B _ _ M). simpl (2 ^ _)%Z. cbn [apply]. lra.
  - simpl (2 ^ _)%Z. apply slopes_hard_swish.
  - apply slopes_abs.
  - apply slopes_tanh.
  - simpl (2 ^ _)%Z. apply slopes_sigmoid.
  - apply slopes_softplus.
  - apply slopes_softsign.
  - apply slopes_sin.
  - destruct (nonnegative alpha) eqn:E; [|discriminate]. injection I as <- <-. apply nonnegative_true in E.
    rewrite val_zero, val_largest, val_one. apply slopes_elu. assumption.
  - destruct (positive alpha) eqn:E; [|discriminate]. injection I as <- <-. apply positive_true in E.
    rewrite val_zero, val_one. apply slopes_celu. assumption.
  - simpl (2 ^ _)%Z. apply slopes_selu.
  - simpl (2 ^ _)%Z. apply slopes_silu.
  - simpl (2 ^ _)%Z. apply slopes_gelu.
  - simpl (2 ^ _)%Z. apply slopes_gelu_tanh.
  - simpl (2 ^ _)%Z. apply slopes_mish.
Qed.
