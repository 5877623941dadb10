(** Binary numbers: what the floating-point numbers of a certificate and of its tensors are exactly, closed under sums
    and products. *)
From Coq Require Import ZArith Reals Lra Lia Bool.
Open Scope R_scope.

Record dyadic := Dyadic { mantissa : Z; exponent : Z }.

Definition two (e : Z) : R := powerRZ 2 e.
Definition val (a : dyadic) : R := IZR (mantissa a) * two (exponent a).

Definition zero := Dyadic 0 0.
Definition one := Dyadic 1 0.
Definition scaled (e : Z) (a : dyadic) := Dyadic (mantissa a) (exponent a + e).
Definition mul (a b : dyadic) := Dyadic (mantissa a * mantissa b) (exponent a + exponent b).
Definition opp (a : dyadic) := Dyadic (- mantissa a) (exponent a).
Definition abs (a : dyadic) := Dyadic (Z.abs (mantissa a)) (exponent a).
Definition add (a b : dyadic) :=
  if Z.eqb (exponent a) (exponent b) then Dyadic (mantissa a + mantissa b) (exponent a)
  else if Z.ltb (exponent a) (exponent b)
  then Dyadic (mantissa a + Z.shiftl (mantissa b) (exponent b - exponent a)) (exponent a)
  else Dyadic (Z.shiftl (mantissa a) (exponent a - exponent b) + mantissa b) (exponent b).
Definition sub (a b : dyadic) := add a (opp b).

Definition is_zero (a : dyadic) := Z.eqb (mantissa a) 0.
Definition positive (a : dyadic) := Z.ltb 0 (mantissa a).
Definition nonnegative (a : dyadic) := Z.leb 0 (mantissa a).
Definition le (a b : dyadic) := nonnegative (sub b a).
Definition lt (a b : dyadic) := positive (sub b a).
Definition equal (a b : dyadic) := is_zero (sub b a).
Definition largest (a b : dyadic) := if le a b then b else a.
Definition least (a b : dyadic) := if le a b then a else b.

Lemma two_pos : forall e, 0 < two e.
Proof. intros. apply powerRZ_lt. lra. Qed.

Lemma two_add : forall e f, two (e + f) = two e * two f.
Proof. intros. apply powerRZ_add. lra. Qed.

Lemma two_shift : forall m k e, (0 <= k)%Z -> IZR (Z.shiftl m k) * two e = IZR m * two (k + e).
Proof.
  intros m k e H. rewrite Z.shiftl_mul_pow2 by assumption. rewrite mult_IZR, two_add.
  replace (IZR (2 ^ k)) with (two k); [ring|]. unfold two.
  rewrite <- (Z2Nat.id k) by assumption. rewrite <- pow_IZR, <- pow_powerRZ. reflexivity.
Qed.

Lemma val_zero : val zero = 0. Proof. unfold val. simpl. lra. Qed.
Lemma val_one : val one = 1. Proof. unfold val. simpl. lra. Qed.

Lemma val_scaled : forall e a, val (scaled e a) = two e * val a.
Proof. intros. unfold val, scaled. cbn. rewrite two_add. ring. Qed.

Lemma val_mul : forall a b, val (mul a b) = val a * val b.
Proof. intros. unfold val, mul. cbn. rewrite mult_IZR, two_add. ring. Qed.

Lemma val_opp : forall a, val (opp a) = - val a.
Proof. intros. unfold val, opp. cbn. rewrite opp_IZR. ring. Qed.

Lemma val_abs : forall a, val (abs a) = Rabs (val a).
Proof.
  intros. unfold val, abs. cbn. rewrite Rabs_mult, abs_IZR. f_equal. symmetry. apply Rabs_right.
  pose proof (two_pos (exponent a)). lra.
Qed.

Lemma val_add : forall a b, val (add a b) = val a + val b.
Proof.
  intros [m e] [n f]. unfold val, add. cbn. destruct (Z.eqb_spec e f) as [E|E].
  - subst. cbn. rewrite plus_IZR. ring.
  - destruct (Z.ltb_spec e f); cbn; rewrite plus_IZR, Rmult_plus_distr_r, two_shift by lia; do 2 f_equal; f_equal; lia.
Qed.

Lemma val_sub : forall a b, val (sub a b) = val a - val b.
Proof. intros. unfold sub. rewrite val_add, val_opp. lra. Qed.

Lemma is_zero_true : forall a, is_zero a = true -> val a = 0.
Proof. intros a H. apply Z.eqb_eq in H. unfold val. rewrite H. lra. Qed.

Lemma positive_true : forall a, positive a = true -> 0 < val a.
Proof. intros a H. apply Z.ltb_lt, IZR_lt in H. apply Rmult_lt_0_compat; [exact H|apply two_pos]. Qed.

Lemma nonnegative_true : forall a, nonnegative a = true -> 0 <= val a.
Proof. intros a H. apply Z.leb_le, IZR_le in H. apply Rmult_le_pos; [exact H|left; apply two_pos]. Qed.

Lemma nonnegative_false : forall a, nonnegative a = false -> val a < 0.
Proof.
  intros a H. apply Z.leb_gt, IZR_lt in H. unfold val. pose proof (two_pos (exponent a)). nra.
Qed.

Lemma le_true : forall a b, le a b = true -> val a <= val b.
Proof. intros a b H. apply nonnegative_true in H. rewrite val_sub in H. lra. Qed.

Lemma le_false : forall a b, le a b = false -> val b < val a.
Proof. intros a b H. apply nonnegative_false in H. rewrite val_sub in H. lra. Qed.

Lemma lt_true : forall a b, lt a b = true -> val a < val b.
Proof. intros a b H. apply positive_true in H. rewrite val_sub in H. lra. Qed.

Lemma equal_true : forall a b, equal a b = true -> val a = val b.
Proof. intros a b H. apply is_zero_true in H. rewrite val_sub in H. lra. Qed.

Lemma val_largest : forall a b, val (largest a b) = Rmax (val a) (val b).
Proof.
  intros. unfold largest. destruct (le a b) eqn:E.
  - apply le_true in E. rewrite Rmax_right; lra.
  - apply le_false in E. rewrite Rmax_left; lra.
Qed.

Lemma val_least : forall a b, val (least a b) = Rmin (val a) (val b).
Proof.
  intros. unfold least. destruct (le a b) eqn:E.
  - apply le_true in E. rewrite Rmin_left; lra.
  - apply le_false in E. rewrite Rmin_right; lra.
Qed.

Lemma val_fraction : forall m k, val (Dyadic m (Z.neg k)) = IZR m / IZR (2 ^ Z.pos k).
Proof.
  intros. assert (E : IZR (2 ^ Z.pos k) * two (Z.neg k) = 1).
  { pose proof (two_shift 1 (Z.pos k) (Z.neg k) (Pos2Z.is_nonneg k)) as H.
    rewrite Z.shiftl_mul_pow2, Z.mul_1_l, <- Pos2Z.opp_pos, Z.add_opp_diag_r in H by lia.
    rewrite Pos2Z.opp_pos in H. rewrite H. unfold two. simpl. lra. }
  unfold val. cbn [mantissa exponent]. assert (IZR (2 ^ Z.pos k) <> 0) by nra.
  apply Rmult_eq_reg_l with (IZR (2 ^ Z.pos k)); [|assumption].
  replace (IZR (2 ^ Z.pos k) * (IZR m * two (Z.neg k))) with (IZR m * (IZR (2 ^ Z.pos k) * two (Z.neg k))) by ring.
  rewrite E. field. assumption.
Qed.
