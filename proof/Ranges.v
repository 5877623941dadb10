(** What is known of each element of the signals, for inputs of a box: two numbers that it is between, and two linear forms
    of the inputs, of which the first coordinate is the number 1. docs/soundness.md, "Local bounds". *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Steps Layout.
Import ListNotations.
Open Scope R_scope.

Record element := Known { below : linear; above : linear; lower : dyadic; upper : dyadic }.
Definition encloses (v : index -> R) (x : R) (e : element) : Prop :=
  dot (below e) v <= x <= dot (above e) v /\ val (lower e) <= x <= val (upper e).
(** Of some elements nothing is known; of some signals not even how many elements they have. *)
Definition agrees_with (v : index -> R) (x : R) (e : option element) : Prop := match e with Some k => encloses v x k | None => True end.
Definition covers (v : index -> R) (s : list R) (es : list (option element)) : Prop := es = [] \/ Forall2 (agrees_with v) s es.

(** * The least value of a form, for coordinates within intervals *)
Definition intervals := tree (dyadic * dyadic).
Fixpoint inside (v : index -> R) (b : intervals) : Prop :=
  match b with
  | Leaf => True
  | Node e a o =>
      inside (fun i => v (Even i)) e /\ match a with Some (p, q) => val p <= v One <= val q | None => True end /\ inside (fun i => v (Odd i)) o
  end.
Definition least_at (a : option dyadic) (r : option (dyadic * dyadic)) : option dyadic :=
  match a, r with
  | None, _ => Some zero
  | Some c, Some (p, q) => Some (mul c (if nonnegative c then p else q))
  | Some _, None => None
  end.
Fixpoint least_of (l : linear) (b : intervals) : option dyadic :=
  match l, b with
  | Leaf, _ => Some zero
  | Node e a o, Node e' a' o' =>
      match least_of e e', least_at a a', least_of o o' with
      | Some x, Some y, Some z => Some (add x (add y z))
      | _, _, _ => None
      end
  | Node _ _ _, Leaf => None
  end.

Lemma least_of_true : forall l b v m, inside v b -> least_of l b = Some m -> val m <= dot l v.
Proof.
  unfold dot. induction l as [|e IHe a o IHo]; intros b v m H M; cbn [least_of] in M; [injection M as <-; cbn; rewrite val_zero; lra|].
  destruct b as [|e' a' o']; [discriminate|]. cbn [inside] in H. destruct H as [He [Ha Ho]].
  destruct (least_of e e') as [x|] eqn:X; [|discriminate]. destruct (least_at a a') as [y|] eqn:Y; [|discriminate].
  destruct (least_of o o') as [z|] eqn:Z; [|discriminate]. injection M as <-. rewrite !val_add. cbn [total].
  specialize (IHe _ _ _ He X). specialize (IHo _ _ _ Ho Z). enough (val y <= worth val a * v One) by lra.
  unfold least_at in Y. destruct a as [c|]; cbn [worth]; [|injection Y as <-; rewrite val_zero; lra].
  destruct a' as [[p q]|]; [|discriminate]. injection Y as <-. rewrite val_mul. destruct (nonnegative c) eqn:N.
  - apply nonnegative_true in N. nra.
  - apply nonnegative_false in N. nra.
Qed.

(** * Linear images *)
Definition number (c : dyadic) : linear := times c (coordinate One).
Definition image (a c : dyadic) (e : element) : element :=
  let up := nonnegative a in
  Known (plus (times a (if up then below e else above e)) (number c)) (plus (times a (if up then above e else below e)) (number c))
        (add (mul a (if up then lower e else upper e)) c) (add (mul a (if up then upper e else lower e)) c).
Definition constant (c : dyadic) : element := Known (number c) (number c) c c.
Definition together (e g : element) : element :=
  Known (plus (below e) (below g)) (plus (above e) (above g)) (add (lower e) (lower g)) (add (upper e) (upper g)).
Definition both (e g : option element) : option element := match e, g with Some e, Some g => Some (together e g) | _, _ => None end.
(** What is multiplied by zero need not be known. *)
Definition weighed (a : dyadic) (e : option element) : option element :=
  if is_zero a then Some (constant zero) else option_map (image a zero) e.

Section Valued.
  Variable v : index -> R.
  Hypothesis first : v One = 1.

  Lemma number_value : forall c, dot (number c) v = val c.
  Proof. intros c. unfold number. rewrite dot_times, dot_coordinate, first. lra. Qed.
  Lemma image_true : forall a c e x, encloses v x e -> encloses v (val a * x + val c) (image a c e).
  Proof.
    intros a c e x [[H1 H2] [H3 H4]]. unfold encloses, image. cbn [below above lower upper]. rewrite !dot_plus, !dot_times, !number_value, !val_add, !val_mul.
    destruct (nonnegative a) eqn:N; [apply nonnegative_true in N|apply nonnegative_false in N]; split; split; nra.
  Qed.
  Lemma constant_true : forall c, encloses v (val c) (constant c).
  Proof. intros c. unfold encloses, constant. cbn [below above lower upper]. rewrite number_value. lra. Qed.
  Lemma together_true : forall e g x y, encloses v x e -> encloses v y g -> encloses v (x + y) (together e g).
  Proof. intros e g x y [H1 H2] [H3 H4]. unfold encloses, together. cbn [below above lower upper]. rewrite !dot_plus, !val_add. lra. Qed.
  Lemma both_true : forall e g x y, agrees_with v x e -> agrees_with v y g -> agrees_with v (x + y) (both e g).
  Proof. intros [e|] [g|] x y H K; cbn; auto. apply together_true; assumption. Qed.
  Lemma weighed_true : forall a e x, agrees_with v x e -> agrees_with v (val a * x) (weighed a e).
  Proof.
    intros a e x H. unfold weighed. destruct (is_zero a) eqn:Z.
    - apply is_zero_true in Z. cbn. rewrite Z, Rmult_0_l, <- val_zero. apply constant_true.
    - destruct e as [e|]; cbn; [|exact I]. replace (val a * x) with (val a * x + val zero) by (rewrite val_zero; lra). apply image_true, H.
  Qed.
  Lemma moved_true : forall c e x, agrees_with v x e -> agrees_with v (x + val c) (option_map (image one c) e).
  Proof.
    intros c [e|] x H; cbn; [|exact I]. replace (x + val c) with (val one * x + val c) by (rewrite val_one; lra). apply image_true, H.
  Qed.
End Valued.

(** What is said of the least value of a form: by intervals of all its coordinates, or by what is known of some of them. *)
Definition lower_ends : Type := linear -> option dyadic.
Definition is_never_above (v : index -> R) (b : lower_ends) : Prop := forall l m, b l = Some m -> val m <= dot l v.
(** The narrower of both kinds of ends. *)
Definition clipped (b : lower_ends) (e : element) : element :=
  Known (below e) (above e)
    (match b (below e) with Some m => largest m (lower e) | None => lower e end)
    (match b (times minus_one (above e)) with Some m => least (opp m) (upper e) | None => upper e end).
Lemma clipped_true : forall v b e x, is_never_above v b -> encloses v x e -> encloses v x (clipped b e).
Proof.
  intros v b e x B [[H1 H2] [H3 H4]]. unfold encloses, clipped. cbn [below above lower upper]. split; [lra|]. split.
  - destruct (b (below e)) as [m|] eqn:M; [|exact H3]. pose proof (B _ _ M). rewrite val_largest. apply Rmax_lub; lra.
  - destruct (b (times minus_one (above e))) as [m|] eqn:M; [|exact H4]. pose proof (B _ _ M) as L.
    rewrite dot_times, val_minus_one in L. rewrite val_least, val_opp. apply Rmin_glb; lra.
Qed.

(** * Functions of one number *)
(** What it multiplies by where nothing is negative, and elsewhere. *)
Definition slopes_at_zero (f : pointwise) : option (dyadic * dyadic) :=
  match f with
  | Identity => Some (one, one)
  | Relu => Some (zero, one)
  | LeakyRelu s => Some (s, one)
  | Abs => Some (minus_one, one)
  | _ => None
  end.
Lemma bent : forall f a b, slopes_at_zero f = Some (a, b) -> forall z, apply f z = if Rle_dec 0 z then val b * z else val a * z.
Proof.
  intros f a b H z. destruct f; try discriminate; injection H as <- <-; cbn [apply]; rewrite ?val_zero, ?val_one, ?val_minus_one.
  - destruct (Rle_dec 0 z); lra.
  - unfold Rmax. destruct (Rle_dec z 0), (Rle_dec 0 z); lra.
  - destruct (Rle_dec 0 z); lra.
  - unfold Rabs. destruct (Rcase_abs z), (Rle_dec 0 z); lra.
Qed.
(** Where it is cut off. *)
Definition ends_of (f : pointwise) : option (dyadic * dyadic) :=
  match f with Relu6 => Some (zero, Dyadic 6 0) | HardTanh => Some (minus_one, one) | _ => None end.
Lemma val_6 : val (Dyadic 6 0) = 6. Proof. unfold val, two. simpl. lra. Qed.
Lemma cut_off : forall f p q, ends_of f = Some (p, q) -> val p <= val q /\ forall z, apply f z = clip (val p) (val q) z.
Proof.
  intros f p q H. destruct f; try discriminate; injection H as <- <-; cbn [apply]; rewrite ?val_zero, ?val_one, ?val_minus_one, ?val_6;
    (split; [lra|reflexivity]).
Qed.
(** The line on which all its values are, if there is one. *)
Definition line_on (f : pointwise) (e : element) : option (dyadic * dyadic) :=
  match slopes_at_zero f, ends_of f with
  | Some (a, b), _ => if nonnegative (lower e) then Some (b, zero) else if nonnegative (opp (upper e)) then Some (a, zero) else None
  | None, Some (p, q) =>
      if le (upper e) p then Some (zero, p) else if le q (lower e) then Some (zero, q)
      else if le p (lower e) && le (upper e) q then Some (one, zero) else None
  | None, None => None
  end.
Lemma line_on_true : forall f v e a c x, line_on f e = Some (a, c) -> encloses v x e -> apply f x = val a * x + val c.
Proof.
  intros f v e a c x H [_ [L U]]. unfold line_on in H. destruct (slopes_at_zero f) as [[p q]|] eqn:S.
  - rewrite (bent _ _ _ S). destruct (nonnegative (lower e)) eqn:N.
    + injection H as <- <-. apply nonnegative_true in N. rewrite val_zero. destruct (Rle_dec 0 x); lra.
    + destruct (nonnegative (opp (upper e))) eqn:M; [|discriminate]. injection H as <- <-. apply nonnegative_true in M. rewrite val_opp in M.
      rewrite val_zero. destruct (Rle_dec 0 x); [|lra]. replace x with 0 by lra. lra.
  - destruct (ends_of f) as [[p q]|] eqn:E; [|discriminate]. destruct (cut_off _ _ _ E) as [PQ C]. rewrite C. unfold clip.
    destruct (le (upper e) p) eqn:A; [injection H as <- <-; apply le_true in A; rewrite val_zero, Rmax_right, Rmin_left by lra; lra|].
    destruct (le q (lower e)) eqn:B; [injection H as <- <-; apply le_true in B; rewrite val_zero, Rmax_left, Rmin_right by lra; lra|].
    destruct (le p (lower e) && le (upper e) q) eqn:D; [|discriminate]. injection H as <- <-. apply andb_true_iff in D. destruct D as [D1 D2].
    apply le_true in D1. apply le_true in D2. rewrite val_one, val_zero, Rmax_left, Rmin_left by lra. lra.
Qed.

Lemma between_ends : forall k l u x, l <= x <= u -> Rmin (k * l) (k * u) <= k * x <= Rmax (k * l) (k * u).
Proof.
  intros k l u x [L U]. pose proof (Rmin_l (k * l) (k * u)). pose proof (Rmin_r (k * l) (k * u)).
  pose proof (Rmax_l (k * l) (k * u)). pose proof (Rmax_r (k * l) (k * u)). destruct (Rle_dec 0 k) as [P|N].
  - pose proof (Rmult_le_compat_l k _ _ P L). pose proof (Rmult_le_compat_l k _ _ P U). lra.
  - assert (Q : k <= 0) by lra. pose proof (Rmult_le_compat_neg_l k _ _ Q L). pose proof (Rmult_le_compat_neg_l k _ _ Q U). lra.
Qed.

(** The larger of [a z] and [b z], of which one is below both ends of the interval: above it, a line of any slope. *)
Definition quotient (p d : dyadic) : Z :=
  let e := Z.min (exponent p) (exponent d) in
  Z.div (Z.shiftl (mantissa p) (16 + exponent p - e)) (Z.shiftl (mantissa d) (exponent d - e)).
Definition bend (a b : dyadic) (e : element) : element :=
  let l := lower e in
  let u := upper e in
  let best := if nonnegative (add l u) then b else a in
  let at_l := largest (mul a l) (mul b l) in
  let at_u := largest (mul a u) (mul b u) in
  let s := add a (mul (sub b a) (Dyadic (quotient u (sub u l)) (-16))) in
  let t := largest (sub at_l (mul s l)) (sub at_u (mul s u)) in
  let least_value := largest (lower (image a zero e)) (lower (image b zero e)) in
  Known (below (image best zero e)) (above (image s t e))
    (if le a zero && le zero b then largest zero least_value else least_value) (largest at_l at_u).
Lemma bend_true : forall v a b e x, v One = 1 -> encloses v x e -> encloses v (Rmax (val a * x) (val b * x)) (bend a b e).
Proof.
  intros v a b e x F H. set (s := add a (mul (sub b a) (Dyadic (quotient (upper e) (sub (upper e) (lower e))) (-16)))).
  set (t := largest (sub (largest (mul a (lower e)) (mul b (lower e))) (mul s (lower e))) (sub (largest (mul a (upper e)) (mul b (upper e))) (mul s (upper e)))).
  pose proof (image_true v F a zero e x H) as HA. pose proof (image_true v F b zero e x H) as HB. pose proof (image_true v F s t e x H) as HS.
  rewrite val_zero, Rplus_0_r in HA, HB. pose proof (Rmax_l (val a * x) (val b * x)) as ML. pose proof (Rmax_r (val a * x) (val b * x)) as MR.
  destruct H as [_ [L U]].
  pose proof (proj2 (between_ends (val a) _ _ _ (conj L U))) as AX. pose proof (proj2 (between_ends (val b) _ _ _ (conj L U))) as BX.
  assert (T : Rmax (val a * x) (val b * x) <= val s * x + val t).
  { assert (T1 : Rmax (val a * val (lower e)) (val b * val (lower e)) - val s * val (lower e) <= val t)
      by (unfold t; rewrite val_largest, val_sub, val_largest, !val_mul; apply Rmax_l).
    assert (T2 : Rmax (val a * val (upper e)) (val b * val (upper e)) - val s * val (upper e) <= val t)
      by (unfold t; rewrite val_largest, !val_sub, !val_largest, !val_mul; apply Rmax_r).
    pose proof (Rmax_l (val a * val (lower e)) (val b * val (lower e))). pose proof (Rmax_r (val a * val (lower e)) (val b * val (lower e))).
    pose proof (Rmax_l (val a * val (upper e)) (val b * val (upper e))). pose proof (Rmax_r (val a * val (upper e)) (val b * val (upper e))).
    clear -L U T1 T2 H H0 H1 H2. apply Rmax_lub.
    - enough ((val a - val s) * x <= val t) by lra. destruct (Rle_dec 0 (val a - val s)); nra.
    - enough ((val b - val s) * x <= val t) by lra. destruct (Rle_dec 0 (val b - val s)); nra. }
  unfold encloses, bend. cbn zeta. cbn [below above lower upper]. fold s. fold t.
  split; [split|split].
  - destruct (nonnegative _); [destruct HB as [[HB _] _]|destruct HA as [[HA _] _]]; lra.
  - destruct HS as [[_ HS] _]. lra.
  - assert (M : val (largest (lower (image a zero e)) (lower (image b zero e))) <= Rmax (val a * x) (val b * x)).
    { rewrite val_largest. apply Rmax_lub; [destruct HA as [_ [HA _]]|destruct HB as [_ [HB _]]]; lra. }
    destruct (le a zero && le zero b) eqn:Z; [|exact M]. apply andb_true_iff in Z. destruct Z as [Z1 Z2]. apply le_true in Z1. apply le_true in Z2.
    rewrite val_zero in Z1, Z2. rewrite val_largest. apply Rmax_lub; [|exact M]. rewrite val_zero. destruct (Rle_dec 0 x); nra.
  - rewrite !val_largest, !val_mul. clear -AX BX. apply Rmax_lub.
    + eapply Rle_trans; [exact AX|]. apply Rmax_lub; [eapply Rle_trans; [apply Rmax_l|apply Rmax_l]|eapply Rle_trans; [apply Rmax_l|apply Rmax_r]].
    + eapply Rle_trans; [exact BX|]. apply Rmax_lub; [eapply Rle_trans; [apply Rmax_r|apply Rmax_l]|eapply Rle_trans; [apply Rmax_r|apply Rmax_r]].
Qed.

(** A number that is cut off at [p] and [q]: below and above lines of slopes from 0 to 1. Where it is cut off at one end
    alone, one of the lines is a chord, and the other one that of a straight piece. *)
Definition chord_of (a c l u : dyadic) : dyadic := largest zero (least one (Dyadic (quotient (sub c a) (sub u l)) (-16))).
Definition cut (p q : dyadic) (e : element) : element :=
  let l := lower e in
  let u := upper e in
  let at_l := least (largest l p) q in
  let at_u := least (largest u p) q in
  let chord := chord_of at_l at_u l u in
  let top := if le p l then if le (add l u) (add q q) then one else zero else chord in
  let bottom := if le u q then if le (add p p) (add l u) then one else zero else chord in
  let m := least u q in
  let n := largest l p in
  Known (below (image bottom (least (sub at_u (mul bottom u)) (sub n (mul bottom n))) e))
        (above (image top (largest (sub at_l (mul top l)) (sub m (mul top m))) e)) at_l at_u.
Lemma cut_true : forall v p q e x, v One = 1 -> val p <= val q -> encloses v x e -> encloses v (clip (val p) (val q) x) (cut p q e).
Proof.
  intros v p q e x F PQ H. unfold cut. cbv zeta. set (at_l := least (largest (lower e) p) q). set (at_u := least (largest (upper e) p) q).
  set (chord := chord_of at_l at_u (lower e) (upper e)). set (top := if le p (lower e) then if le (add (lower e) (upper e)) (add q q) then one else zero else chord).
  set (bottom := if le (upper e) q then if le (add p p) (add (lower e) (upper e)) then one else zero else chord).
  assert (CH : 0 <= val chord <= 1).
  { unfold chord, chord_of. rewrite val_largest, val_least, val_zero, val_one. split; [apply Rmax_l|]. apply Rmax_lub; [lra|apply Rmin_l]. }
  assert (T : 0 <= val top <= 1) by (unfold top; destruct (le p _); [destruct (le _ _); rewrite ?val_one, ?val_zero; lra|exact CH]).
  assert (B : 0 <= val bottom <= 1) by (unfold bottom; destruct (le (upper e) q); [destruct (le (add p p) _); rewrite ?val_one, ?val_zero; lra|exact CH]).
  pose proof (proj1 (image_true v F bottom (least (sub at_u (mul bottom (upper e))) (sub (largest (lower e) p) (mul bottom (largest (lower e) p)))) e x H)) as [HB _].
  pose proof (proj1 (image_true v F top (largest (sub at_l (mul top (lower e))) (sub (least (upper e) q) (mul top (least (upper e) q)))) e x H)) as [_ HT].
  destruct H as [_ [L U]]. clearbody top bottom. clear CH chord.
  rewrite val_least, !val_sub, !val_mul in HB. rewrite val_largest, !val_sub, !val_mul in HT. unfold encloses. cbn [below above lower upper].
  unfold at_l, at_u in *. rewrite !val_least, !val_largest in *. unfold clip in *.
  set (l := val (lower e)) in *. set (u := val (upper e)) in *. set (s := val top) in *. set (r := val bottom) in *.
  set (bb := dot _ v) in HB |- *. set (aa := dot _ v) in HT |- *. clearbody l u s r aa bb.
  assert (X1 : Rmin (Rmax x (val p)) (val q) - s * x <= Rmax (Rmin (Rmax l (val p)) (val q) - s * l) (Rmin u (val q) - s * Rmin u (val q))).
  { destruct (Rle_dec x (val p)).
    - eapply Rle_trans; [|apply Rmax_l]. rewrite !Rmax_right, !Rmin_left by lra. nra.
    - eapply Rle_trans; [|apply Rmax_r]. rewrite (Rmax_left x) by lra. unfold Rmin. destruct (Rle_dec x (val q)), (Rle_dec u (val q)); nra. }
  assert (X2 : Rmin (Rmin (Rmax u (val p)) (val q) - r * u) (Rmax l (val p) - r * Rmax l (val p)) <= Rmin (Rmax x (val p)) (val q) - r * x).
  { destruct (Rle_dec (val q) x).
    - eapply Rle_trans; [apply Rmin_l|]. rewrite !(Rmax_left _ (val p)), !Rmin_right by lra. nra.
    - eapply Rle_trans; [apply Rmin_r|]. rewrite (Rmin_left (Rmax x (val p))) by (apply Rmax_lub; lra). unfold Rmax. destruct (Rle_dec x (val p)), (Rle_dec l (val p)); nra. }
  split; [lra|]. split; apply Rle_min_compat_r; apply Rle_max_compat_r; assumption.
Qed.

(** By the interval of its difference quotients, from its value at 0. *)
Definition at_zero (f : pointwise) : option dyadic :=
  match f with
  | Sigmoid | HardSigmoid => Some half
  | Softplus => None
  | _ => Some zero
  end.
Lemma at_zero_true : forall f c, at_zero f = Some c -> apply f 0 = val c.
Proof.
  intros f c H. destruct f; try discriminate; injection H as <-; cbn [apply]; rewrite ?val_zero, ?val_half.
  - reflexivity.
  - apply Rmax_left; lra.
  - destruct (Rle_dec 0 0); lra.
  - unfold clip. rewrite Rmax_left, Rmin_left by lra. reflexivity.
  - unfold clip. rewrite Rmax_left, Rmin_left by lra. reflexivity.
  - unfold clip. rewrite Rmax_left, Rmin_left by lra. lra.
  - lra.
  - apply Rabs_R0.
  - unfold tanh, sinh. rewrite Ropp_0, Rminus_diag. unfold Rdiv. rewrite !Rmult_0_l. reflexivity.
  - rewrite Ropp_0, exp_0. lra.
  - lra.
  - apply sin_0.
  - unfold elu. destruct (Rle_dec 0 0); lra.
  - unfold celu. destruct (Rle_dec 0 0); lra.
  - unfold elu. destruct (Rle_dec 0 0); lra.
  - unfold Smooth.silu, Rdiv. ring.
  - unfold Gelu.gelu. ring.
  - unfold GeluTanh.gelu_tanh, Rdiv. ring.
  - unfold Smooth.mish. ring.
Qed.
Definition flat (l u : dyadic) : element := Known (number l) (number u) l u.
Definition by_slope (f : pointwise) (e : element) : option element :=
  match interval f, at_zero f with
  | Some (a, b), Some c =>
      let l := lower e in
      let u := upper e in
      Some (flat (add c (least (least (mul a l) (mul a u)) (least (mul b l) (mul b u))))
                 (add c (largest (largest (mul a l) (mul a u)) (largest (mul b l) (mul b u)))))
  | _, _ => None
  end.
Lemma by_slope_true : forall v f e x, v One = 1 -> encloses v x e -> agrees_with v (apply f x) (by_slope f e).
Proof.
  intros v f e x F [_ [L U]]. unfold by_slope. destruct (interval f) as [[a b]|] eqn:I; [|exact Logic.I].
  destruct (at_zero f) as [c|] eqn:C; [|exact Logic.I]. pose proof (interval_slopes _ _ _ I) as S. pose proof (at_zero_true _ _ C) as Z.
  assert (Q : (val a * x <= apply f x - val c <= val b * x) \/ (val b * x <= apply f x - val c <= val a * x)).
  { destruct (Rtotal_order x 0) as [N|[E|P]].
    - specialize (S 0 x N). right. lra.
    - subst x. left. lra.
    - specialize (S x 0 P). left. lra. }
  pose proof (between_ends (val a) _ _ _ (conj L U)) as MA. pose proof (between_ends (val b) _ _ _ (conj L U)) as MB. clear S Z L U.
  cbn [agrees_with]. unfold encloses, flat. cbn [below above lower upper]. rewrite !(number_value v F), !val_add, !val_least, !val_largest, !val_mul.
  set (al := Rmin (val a * val (lower e)) _) in *. set (bl := Rmin (val b * val (lower e)) _) in *.
  set (au := Rmax (val a * val (lower e)) _) in *. set (bu := Rmax (val b * val (lower e)) _) in *.
  pose proof (Rmin_l al bl). pose proof (Rmin_r al bl). pose proof (Rmax_l au bu). pose proof (Rmax_r au bu). lra.
Qed.

Definition applied (f : pointwise) (e : element) : option element :=
  match line_on f e with
  | Some (a, c) => Some (image a c e)
  | None =>
      match slopes_at_zero f with
      | Some (a, b) => if le a b then Some (bend a b e) else by_slope f e
      | None => match ends_of f with Some (p, q) => Some (cut p q e) | None => by_slope f e end
      end
  end.
Lemma applied_true : forall v f e x, v One = 1 -> encloses v x e -> agrees_with v (apply f x) (applied f e).
Proof.
  intros v f e x F H. unfold applied. destruct (line_on f e) as [[a c]|] eqn:L.
  - cbn [agrees_with]. rewrite (line_on_true _ _ _ _ _ _ L H). apply image_true; assumption.
  - destruct (slopes_at_zero f) as [[a b]|] eqn:S.
    2: { destruct (ends_of f) as [[p q]|] eqn:E; [|apply by_slope_true; assumption]. destruct (cut_off _ _ _ E) as [PQ C]. cbn [agrees_with]. rewrite C. apply cut_true; assumption. }
    destruct (le a b) eqn:AB; [|apply by_slope_true; assumption]. apply le_true in AB. cbn [agrees_with]. rewrite (bent _ _ _ S).
    replace (if Rle_dec 0 x then val b * x else val a * x) with (Rmax (val a * x) (val b * x)); [apply bend_true; assumption|].
    unfold Rmax. destruct (Rle_dec 0 x), (Rle_dec (val a * x) (val b * x)); nra.
Qed.

(** * Pairs that are sorted *)
(** Whether the first one is never below the second, or never above it. *)
Definition order_of (b : lower_ends) (x y : option element) : option comparison :=
  match x, y with
  | Some x, Some y =>
      let d := clipped b (together x (image minus_one zero y)) in
      if nonnegative (lower d) then Some Gt else if nonnegative (opp (upper d)) then Some Lt else None
  | _, _ => None
  end.
Lemma order_of_true : forall v b x y r s, v One = 1 -> is_never_above v b -> agrees_with v r x -> agrees_with v s y ->
  match order_of b x y with Some Gt => s <= r | Some Lt => r <= s | _ => True end.
Proof.
  intros v b [x|] [y|] r s F B X Y; cbn [order_of]; try exact I. cbn [agrees_with] in *.
  pose proof (image_true v F minus_one zero y s Y) as Y'. rewrite val_minus_one, val_zero in Y'.
  pose proof (clipped_true v b _ _ B (together_true v _ _ _ _ X Y')) as D. destruct D as [_ [D1 D2]].
  cbv zeta. destruct (nonnegative (lower _)) eqn:N; [apply nonnegative_true in N; lra|].
  destruct (nonnegative (opp _)) eqn:M; [apply nonnegative_true in M; rewrite val_opp in M; lra|exact I].
Qed.
Definition larger (x y : option element) : option element :=
  match x, y with
  | Some x, Some y => let u := largest (upper x) (upper y) in Some (Known (below x) (number u) (largest (lower x) (lower y)) u)
  | _, _ => None
  end.
Definition smaller (x y : option element) : option element :=
  match x, y with
  | Some x, Some y => let l := least (lower x) (lower y) in Some (Known (number l) (above x) l (least (upper x) (upper y)))
  | _, _ => None
  end.
Lemma larger_true : forall v x y r s, v One = 1 -> agrees_with v r x -> agrees_with v s y -> agrees_with v (Rmax r s) (larger x y).
Proof.
  intros v [x|] [y|] r s F X Y; cbn [larger agrees_with] in *; try exact I. destruct X as [[X1 X2] [X3 X4]], Y as [[Y1 Y2] [Y3 Y4]].
  unfold encloses. cbn [below above lower upper]. rewrite (number_value v F), !val_largest.
  assert (M : Rmax r s <= Rmax (val (upper x)) (val (upper y)))
    by (apply Rmax_lub; [eapply Rle_trans; [exact X4|apply Rmax_l]|eapply Rle_trans; [exact Y4|apply Rmax_r]]).
  pose proof (Rmax_l r s). pose proof (Rmax_r r s). split; split; try lra. apply Rmax_lub; lra.
Qed.
Lemma smaller_true : forall v x y r s, v One = 1 -> agrees_with v r x -> agrees_with v s y -> agrees_with v (Rmin r s) (smaller x y).
Proof.
  intros v [x|] [y|] r s F X Y; cbn [smaller agrees_with] in *; try exact I. destruct X as [[X1 X2] [X3 X4]], Y as [[Y1 Y2] [Y3 Y4]].
  unfold encloses. cbn [below above lower upper]. rewrite (number_value v F), !val_least.
  assert (M : Rmin (val (lower x)) (val (lower y)) <= Rmin r s)
    by (apply Rmin_glb; [eapply Rle_trans; [apply Rmin_l|exact X3]|eapply Rle_trans; [apply Rmin_r|exact Y3]]).
  pose proof (Rmin_l r s). pose proof (Rmin_r r s). split; split; try lra. apply Rmin_glb; lra.
Qed.
Fixpoint sorted_pairs (b : lower_ends) (z : list (option element)) : list (option element) :=
  match z with
  | x :: y :: z' =>
      match order_of b x y with
      | Some Gt => x :: y :: sorted_pairs b z'
      | Some Lt => y :: x :: sorted_pairs b z'
      | _ => larger x y :: smaller x y :: sorted_pairs b z'
      end
  | _ => []
  end.
Lemma sorted_pairs_true : forall v b, v One = 1 -> is_never_above v b -> forall s z, Forall2 (agrees_with v) s z ->
  Forall2 (agrees_with v) (max_min s) (sorted_pairs b z).
Proof.
  intros v b F B. fix IH 3. intros s z [|r x s1 z1 X [|t y s2 z2 Y H]]; [constructor|constructor|]. cbn [max_min sorted_pairs].
  pose proof (order_of_true v b x y r t F B X Y) as O. specialize (IH _ _ H).
  destruct (order_of b x y) as [[| |]|].
  - constructor; [apply larger_true; assumption|]. constructor; [apply smaller_true; assumption|exact IH].
  - rewrite Rmax_right, Rmin_left by assumption. repeat (constructor; [assumption|]). exact IH.
  - rewrite Rmax_left, Rmin_right by assumption. repeat (constructor; [assumption|]). exact IH.
  - constructor; [apply larger_true; assumption|]. constructor; [apply smaller_true; assumption|exact IH].
Qed.

(** * Units *)
Section Units.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).
  Variable called : nat -> list R -> list R.
  Variable b : lower_ends.

  Definition row_range (row : list dyadic) (z : list (option element)) : option element :=
    fold_right both (Some (constant zero)) (zip weighed row z).
  Definition line_range (z : list (option element)) (l : line name) : option element :=
    option_map (image one (dyadic_of tensors (snd l)))
      (fold_right (fun e s => both (weighed (dyadic_of tensors (snd e)) (nth (fst e) z None)) s) (Some (constant zero)) (fst l)).
  Definition is_empty {A} (l : list A) : bool := match l with [] => true | _ => false end.
  (** Those forms are looked at that sums of several elements have: another element is no narrower by its own. *)
  Definition mixes (u : unit name) : bool := match u with Dense _ _ _ | Sum _ | Linear _ _ => true | _ => false end.
  Definition unit_ranges (u : unit name) (signals : list (list (option element))) : list (option element) :=
    let signal n := nth n signals [] in
    let moved e c := option_map (image one c) e in
    let unless_empty o (ranges : list (option element)) := if is_empty (signal o) then [] else ranges in
    map (if mixes u then option_map (clipped b) else fun e => e)
    match u with
    | Dense o weight bias =>
        unless_empty o
          (let y := map (fun row => row_range row (signal o)) (tensors weight) in
           match bias with None => y | Some t => zip moved y (concat (tensors t)) end)
    | Elementwise o f => map (fun e => match e with Some e => applied f e | None => None end) (signal o)
    | MaxMin o => sorted_pairs b (signal o)
    | Sum os => sums both (map signal os)
    | Concat os => if existsb (fun o => is_empty (signal o)) os then [] else concat (map signal os)
    | Scale o factor => map (weighed factor) (signal o)
    | Affine o scale shift => zip moved (zip weighed scale (signal o)) shift
    | Select o indices => unless_empty o (map (fun i => nth i (signal o) None) indices)
    | Linear o m => unless_empty o (map (line_range (signal o)) (lines m (length (signal o))))
    | Householder _ _ _ | GroupSort _ _ | Cocoercive _ _ _ _ | MaxPool _ _ _ _ | Call _ _ _ => []
    end.

  (** * They cover what the units compute *)
  Variable v : index -> R.
  Hypothesis first : v One = 1.
  Hypothesis never_above : is_never_above v b.

  Lemma covers_map : forall f g s z, (forall x e, agrees_with v x e -> agrees_with v (f x) (g e)) -> covers v s z -> covers v (map f s) (map g z).
  Proof.
    intros f g s z H [->|C]; [left; reflexivity|right]. induction C; cbn; constructor; auto.
  Qed.
  Lemma covers_zip : forall A (f : A -> R -> R) (g : A -> option element -> option element) l s z,
    (forall a x e, agrees_with v x e -> agrees_with v (f a x) (g a e)) -> covers v s z -> covers v (zip f l s) (zip g l z).
  Proof.
    intros A f g l s z H [->|C]; [left; destruct l; reflexivity|right]. revert l. induction C as [|x e s z X C IH]; intros [|a l]; cbn; constructor; auto.
  Qed.
  Lemma covers_moved : forall c s z, covers v s z ->
    covers v (zip (fun x a => x + val a) s c) (zip (fun e a => option_map (image one a) e) z c).
  Proof.
    intros c s z [->|C]; [left; reflexivity|right]. revert c. induction C as [|x e s z X C IH]; intros [|a c]; cbn [zip]; constructor; auto.
    apply moved_true; assumption.
  Qed.
  Lemma covers_both : forall s z t w, covers v s z -> covers v t w -> covers v (zip Rplus s t) (zip both z w).
  Proof.
    intros s z t w [->|C] [->|D]; [left; reflexivity|left; reflexivity|left; destruct z; reflexivity|right].
    revert t w D. induction C as [|x e s z X C IH]; intros t w D; inversion D; subst; cbn [zip]; constructor; auto. apply both_true; assumption.
  Qed.
  Lemma covers_nth : forall s z i, covers v s z -> agrees_with v (nth i s 0) (nth i z None).
  Proof.
    intros s z i [->|C]; [destruct i; exact I|]. revert i. induction C as [|x e s z X C IH]; intros [|i]; cbn [nth]; try exact I; auto.
  Qed.
  Lemma covers_sums : forall (os : list nat) (S : list (list R)) (E : list (list (option element))),
    (forall o, covers v (nth o S []) (nth o E [])) ->
    covers v (sums Rplus (map (fun n => nth n S []) os)) (sums both (map (fun n => nth n E []) os)).
  Proof.
    intros os S E H. induction os as [|o os IH]; [left; reflexivity|]. cbn [map].
    destruct os as [|p os]; [apply H|]. cbn [map sums] in *. apply covers_both; [apply H|exact IH].
  Qed.
  Lemma covers_concat : forall (os : list nat) (S : list (list R)) (E : list (list (option element))),
    (forall o, covers v (nth o S []) (nth o E [])) -> existsb (fun o => is_empty (nth o E [])) os = false ->
    Forall2 (agrees_with v) (concat (map (fun n => nth n S []) os)) (concat (map (fun n => nth n E []) os)).
  Proof.
    intros os S E H. induction os as [|o os IH]; intros N; cbn [map concat existsb] in *; [constructor|].
    apply orb_false_iff in N. destruct N as [N1 N2]. apply Forall2_app; [|apply IH, N2].
    destruct (H o) as [Z|F]; [rewrite Z in N1; discriminate|exact F].
  Qed.
  Lemma row_range_true : forall row s z, Forall2 (agrees_with v) s z -> agrees_with v (row_times (map val row) s) (row_range row z).
  Proof.
    intros row s z C. unfold row_times, row_range. revert row. induction C as [|x e s z X C IH]; intros [|a row]; cbn [map zip fold_right];
      try (rewrite <- val_zero; exact (constant_true v first zero)).
    apply both_true; [apply weighed_true; assumption|apply IH].
  Qed.
  Lemma worth_stored : forall c : coefficient name, worth_of (stored tensors) c = val (dyadic_of tensors c).
  Proof.
    intros [d|t r c]; [reflexivity|]. cbn [worth_of dyadic_of]. unfold stored.
    rewrite <- val_zero, <- (map_nth val). f_equal. change (@nil R) with (map val []). apply map_nth.
  Qed.
  Lemma line_range_true : forall s z l, covers v s z -> agrees_with v (line_value (stored tensors) s l) (line_range z l).
  Proof.
    intros s z [es c] C. unfold line_value, line_range. cbn [fst snd]. rewrite worth_stored. apply moved_true; [assumption|].
    induction es as [|[i a] es IH]; cbn [fold_right fst snd]; [rewrite <- val_zero; exact (constant_true v first zero)|].
    apply both_true; [|exact IH]. rewrite worth_stored. apply weighed_true; [assumption|]. apply covers_nth, C.
  Qed.

  Theorem unit_ranges_true : forall u S E, (forall o, covers v (nth o S []) (nth o E [])) ->
    covers v (value called (stored tensors) u S) (unit_ranges u E).
  Proof.
    intros u S E H. unfold unit_ranges. rewrite <- (map_id (value _ _ _ _)).
    apply covers_map; [intros x [e|] A; destruct (mixes u); cbn; [apply clipped_true; assumption|exact A|exact I|exact I]|].
    destruct u; cbn [value]; try (left; reflexivity); try pose proof (H operand) as O.
    - destruct (is_empty (nth operand E [])) eqn:N; [left; reflexivity|]. destruct O as [O|O]; [rewrite O in N; discriminate|].
      assert (Y : covers v (map (fun row => row_times row (nth operand S [])) (stored tensors weight)) (map (fun row => row_range row (nth operand E [])) (tensors weight))).
      { right. unfold stored. rewrite map_map. induction (tensors weight) as [|row rows IH]; cbn; [constructor|]. constructor; [apply row_range_true, O|exact IH]. }
      destruct bias as [t|]; cbn [shifted]; [|exact Y]. unfold stored at 2. rewrite <- concat_map, zip_map. apply covers_moved, Y.
    - apply covers_map; [|exact O]. intros x [e|] A; [apply applied_true; assumption|exact I].
    - destruct O as [->|O]; [left; reflexivity|right; apply sorted_pairs_true; assumption].
    - apply covers_sums, H.
    - destruct (existsb _ _) eqn:N; [left; reflexivity|right; apply covers_concat; assumption].
    - apply covers_map; [|exact O]. intros x e A. apply weighed_true; assumption.
    - apply covers_moved, covers_zip; [|exact O]. intros. apply weighed_true; assumption.
    - destruct (is_empty (nth operand E [])) eqn:N; [left; reflexivity|right]. induction indices as [|i is IH]; cbn; [constructor|].
      constructor; [apply covers_nth, O|exact IH].
    - destruct (is_empty (nth operand E [])) eqn:N; [left; reflexivity|right]. destruct O as [O|O]; [rewrite O in N; discriminate|].
      rewrite <- (Forall2_length O). induction (lines rows _) as [|l ls IH]; cbn; [constructor|]. constructor; [|exact IH].
      apply line_range_true. right. exact O.
  Qed.
End Units.
