(** Units Represents Groups Lengths Sorted Steps of which only |dw| <= g |dz| is known, in l2: when it is. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Represents Groups Lengths Sorted Softened Steps Spread.
Import ListNotations.
Open Scope R_scope.

(** The columns of a matrix as linear forms of the coordinates from [i] on, one for each row. *)
Fixpoint columns (rows : list (list dyadic)) (n : nat) (i : index) : list linear :=
  match rows with
  | [] => repeat Leaf n
  | row :: rows' => zip (fun a f => plus (times a (coordinate i)) f) row (columns rows' n (next i))
  end.

(** The sum of weights times squares of the coordinates from [i] on. *)
Fixpoint weighted (ws : list dyadic) (i : index) : quadratic :=
  match ws with [] => Leaf | w :: ws' => qplus (single i (single i w)) (weighted ws' (next i)) end.

(** * Norms *)
Inductive norm := L2 | Linf.
Definition length_in (n : norm) (z : list R) : R :=
  match n with L2 => sqrt (squared z) | Linf => fold_right (fun x s => Rmax (Rabs x) s) 0 z end.
Definition distance (n : norm) (z z' : list R) : R := length_in n (zip Rminus z z').

(** What a certificate says of a network that others call. *)
Record known := { arguments : nat; results : nat; from_norm : norm; to_norm : norm; at_most : dyadic }.
Definition obeys (b : known) (f : list R -> list R) : Prop :=
  forall z z', length z = arguments b -> length z' = arguments b ->
    length (f z) = length (f z') /\ distance (to_norm b) (f z) (f z') <= val (at_most b) * distance (from_norm b) z z'.

Lemma max_nonnegative : forall z, 0 <= length_in Linf z.
Proof. induction z; cbn; [lra|]. eapply Rle_trans; [exact IHz|]. apply Rmax_r. Qed.

Lemma length_nonnegative : forall n z, 0 <= length_in n z.
Proof. intros [|] z; [apply sqrt_pos|apply max_nonnegative]. Qed.

Lemma max_below_squared : forall z, length_in Linf z * length_in Linf z <= squared z.
Proof.
  induction z as [|x z IH]; cbn; [lra|]. unfold length_in in IH. pose proof (max_nonnegative z) as N. cbn in N.
  pose proof (squared_nonnegative z) as P. unfold squared in *.
  set (m := fold_right (fun x s => Rmax (Rabs x) s) 0 z) in *.
  assert (A : Rabs x * Rabs x = x * x) by (rewrite <- Rabs_mult; apply Rabs_right; nra).
  unfold Rmax. destruct (Rle_dec (Rabs x) m); nra.
Qed.

Lemma length_squared : forall n z, length_in n z * length_in n z <= squared z.
Proof. intros [|] z; [right; apply sqrt_sqrt, squared_nonnegative|apply max_below_squared]. Qed.

Lemma fit_squared : forall m z, squared (fit m z) <= squared z.
Proof.
  induction m as [|m IH]; intros z; [apply (squared_nonnegative z)|]. destruct z as [|x z]; cbn [fit squared fold_right].
  - specialize (IH []). cbn in *. unfold squared in IH. lra.
  - specialize (IH z). unfold squared in IH. lra.
Qed.

Lemma fit_squared_max : forall m z t, 0 <= t -> length_in Linf z <= t -> squared (fit m z) <= INR m * (t * t).
Proof.
  induction m as [|m IH]; intros z t T H; [cbn; lra|]. rewrite S_INR. destruct z as [|x z]; cbn [fit squared fold_right].
  - specialize (IH [] t T T). unfold squared in IH. nra.
  - cbn in H. pose proof (Rmax_l (Rabs x) (length_in Linf z)) as A. pose proof (Rmax_r (Rabs x) (length_in Linf z)) as B.
    unfold length_in in A, B. assert (H' : length_in Linf z <= t) by (unfold length_in; lra).
    specialize (IH z t T H'). unfold squared in IH. pose proof (Rabs_pos x) as P.
    assert (E : Rabs x * Rabs x = x * x) by (rewrite <- Rabs_mult; apply Rabs_right; nra).
    assert (Rabs x * Rabs x <= t * t) by nra. lra.
Qed.

Lemma fit_minus : forall m a b, length a = length b -> zip Rminus (fit m a) (fit m b) = fit m (zip Rminus a b).
Proof.
  induction m as [|m IH]; intros [|x a] [|y b] L; cbn in *; try discriminate; try reflexivity.
  - rewrite (IH [] []) by reflexivity. cbn. f_equal. lra.
  - rewrite IH by congruence. reflexivity.
Qed.

Section Gains.
  Context {name : Type}.
  Variable propose : quadratic -> witness.
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).

  Fixpoint distinct (is : list nat) : bool :=
    match is with [] => true | i :: is' => negb (existsb (Nat.eqb i) is') && distinct is' end.

  Definition entries (l : line name) : list (nat * dyadic) := map (fun e => (fst e, dyadic_of tensors (snd e))) (fst l).
  Definition magnitudes (l : line name) : list (nat * dyadic) := map (fun e => (fst e, abs (snd e))) (entries l).
  Definition row_sum (l : line name) : dyadic := fold_right (fun e s => add (abs (snd e)) s) zero (entries l).

  (** The largest row sum times the largest column sum (Schur); that centering is a projection, nearly; or a positive form. *)
  Definition map_gain (m : linear_map name) (n : nat) (g : dyadic) : bool :=
    let ls := lines m n in
    let r := fold_right largest zero (map row_sum ls) in
    forallb (fun w => le (mul r w) (mul g g)) (spread n (concat (map magnitudes ls)))
    || match m with
       | Center c => nonnegative c && le (mul (Dyadic (Z.of_nat n) 0) c) (Dyadic 1 1) && le one (mul g g)
       | _ => false
       end
    || nonnegative_form propose (qplus (weighted (repeat (mul g g) n) One)
                                       (minus_squares (map (line_form tensors (coordinates One n)) ls))).

  (** The largest slope or factor; of a matrix W, that [g^2 I - W'W] or [g^2 I - W W'] is nonnegative, the smaller one. *)
  Definition gain_is (u : unit name) (n : nat) (g : dyadic) : bool :=
    match u with
    | Elementwise _ f => match interval f with Some (a, b) => le (abs a) g && le (abs b) g | None => false end
    | Affine _ scale _ => forallb (fun s => le (abs s) g) scale
    | Dense _ weight _ =>
        if Nat.ltb (length (tensors weight)) n then
          forallb (fun row => Nat.eqb (length row) n) (tensors weight) &&
          nonnegative_form propose (qplus (weighted (repeat (mul g g) (length (tensors weight))) One)
                                          (minus_squares (columns (tensors weight) n One)))
        else
        let rows := map (fun row => combination row (coordinates One n)) (tensors weight) in
        nonnegative_form propose (qplus (weighted (repeat (mul g g) n) One) (minus_squares rows))
    | MaxMin _ => le one (mul g g)
    | Householder _ v w =>
        let n := add (mul v v) (mul w w) in
        let most := sub (mul (Dyadic 1 1) n) one in
        le one (mul g g) && le (mul most most) (mul g g)
    | Select _ indices => le one (mul g g) && distinct indices
    | GroupSort _ _ => le one (mul g g)
    | Softmax _ t ell => is_soft t ell && le ell g
    | Linear _ m => map_gain m n g
    | MaxPool _ down across channels =>
        forallb (fun w => le w (mul g g)) (spread n (map (fun i => (i, one)) (concat (windows down across channels))))
    | Call _ number outputs =>
        match callees number with
        | None => false
        | Some b =>
            Nat.eqb n (arguments b) && Nat.eqb outputs (results b) && nonnegative (at_most b) &&
            match to_norm b with
            | L2 => le (mul (at_most b) (at_most b)) (mul g g)
            | Linf => le (mul (Dyadic (Z.of_nat outputs) 0) (mul (at_most b) (at_most b))) (mul g g)
            end
        end
    | _ => false
    end.

  Lemma weighted_value : forall v x x' i ws, agrees v i x x' -> length ws = length x ->
    form (weighted ws i) v = fold_right Rplus 0 (zip (fun w d => val w * (d * d)) ws (zip Rminus x x')).
  Proof.
    intros v. induction x as [|a x IH]; intros [|a' x'] i [|w ws] H L; cbn [agrees length weighted zip fold_right] in *;
      try discriminate; try contradiction; [reflexivity|].
    destruct H as [H1 H2]. rewrite form_qplus, (IH x' (next i) ws) by (assumption || congruence).
    unfold form at 1. rewrite total_single. unfold dot. rewrite total_single, H1. lra.
  Qed.

  Lemma weighted_l2 : forall w z,
    fold_right Rplus 0 (zip (fun w d => val w * (d * d)) (repeat w (length z)) z) = val w * squared z.
  Proof. induction z as [|x z IH]; cbn; [lra|]. rewrite IH. unfold squared. lra. Qed.

  Definition inner (a b : list R) : R := fold_right Rplus 0 (zip Rmult a b).

  Lemma cauchy_schwarz : forall a b, inner a b * inner a b <= squared a * squared b.
  Proof.
    induction a as [|x a IH]; intros [|y b]; unfold inner in *; cbn [zip squared fold_right] in *;
      try (pose proof (squared_nonnegative a) as P; unfold squared in P; nra); try nra.
    specialize (IH b). pose proof (squared_nonnegative a) as A. pose proof (squared_nonnegative b) as B.
    unfold squared in *. set (s := fold_right Rplus 0 (zip Rmult a b)) in *.
    set (p := fold_right (fun x s => x * x + s) 0 a) in *. set (q := fold_right (fun x s => x * x + s) 0 b) in *.
    assert (X : 0 <= x * x * q + y * y * p).
    { assert (0 <= x * x) by nra. assert (0 <= y * y) by nra. nra. }
    assert (Y : (2 * (x * y * s)) * (2 * (x * y * s)) <= (x * x * q + y * y * p) * (x * x * q + y * y * p)).
    { pose proof (Rle_0_sqr (x * x * q - y * y * p)) as S. unfold Rsqr in S.
      assert (0 <= (x * y) * (x * y)) by nra.
      assert ((x * y) * (x * y) * (s * s) <= (x * y) * (x * y) * (p * q)) by (apply Rmult_le_compat_l; assumption). nra. }
    assert (2 * (x * y * s) <= x * x * q + y * y * p).
    { destruct (Rle_lt_dec (2 * (x * y * s)) (x * x * q + y * y * p)); [assumption|nra]. }
    nra.
  Qed.

  Lemma columns_length : forall rows n i, forallb (fun row => Nat.eqb (length row) n) rows = true ->
    length (columns rows n i) = n.
  Proof.
    induction rows as [|row rows IH]; intros n i H; cbn in *; [apply repeat_length|].
    apply andb_true_iff in H. destruct H as [H1 H2]. apply Nat.eqb_eq in H1. rewrite zip_length, IH by exact H2. lia.
  Qed.

  Lemma inner_columns : forall v z row i F, length row = length F ->
    inner z (map (fun l => dot l v) (zip (fun a f => plus (times a (coordinate i)) f) row F))
    = row_times (map val row) z * v i + inner z (map (fun l => dot l v) F).
  Proof.
    intros v. unfold inner, row_times.
    induction z as [|x z IH]; intros [|a row] i [|f F] L; cbn [zip map fold_right length] in *; try discriminate; try lra.
    rewrite IH by congruence. rewrite dot_plus, dot_times, dot_coordinate. lra.
  Qed.

  Lemma inner_leaves : forall v n z, inner z (map (fun l => dot l v) (repeat Leaf n)) = 0.
  Proof.
    unfold inner. induction n as [|n IH]; intros [|x z]; cbn [repeat map zip fold_right]; try reflexivity.
    rewrite IH, dot_leaf. lra.
  Qed.

  Lemma inner_transposed : forall v z y0 rows y y' i n,
    forallb (fun row => Nat.eqb (length row) n) rows = true -> agrees v i y y' ->
    y0 = map (fun row => row_times (map val row) z) rows -> length y = length rows ->
    inner z (map (fun l => dot l v) (columns rows n i)) = inner (zip Rminus y y') y0.
  Proof.
    intros v z y0 rows. revert y0. induction rows as [|row rows IH]; intros y0 y y' i n H G E L; subst y0.
    - destruct y; [|discriminate]. cbn [columns map]. rewrite inner_leaves. reflexivity.
    - destruct y as [|a y]; [discriminate|]. destruct y' as [|a' y']; cbn in G; [contradiction|]. destruct G as [G1 G2].
      cbn [forallb] in H. apply andb_true_iff in H. destruct H as [H1 H2]. apply Nat.eqb_eq in H1.
      cbn [columns]. rewrite inner_columns by (rewrite columns_length; assumption).
      rewrite (IH _ y y' (next i) n H2 G2 eq_refl) by (cbn in L; congruence).
      unfold inner. cbn [map zip fold_right]. rewrite G1. lra.
  Qed.

  Lemma row_times_minus : forall row z z', length z = length z' ->
    row_times row (zip Rminus z z') = row_times row z - row_times row z'.
  Proof.
    unfold row_times. induction row as [|a row IH]; intros [|x z] [|x' z'] L; cbn [zip fold_right length] in *;
      try discriminate; try lra. rewrite IH by congruence. lra.
  Qed.

  Lemma inner_self : forall y, inner y y = squared y.
  Proof. unfold inner. induction y as [|a y IH]; cbn; [reflexivity|]. rewrite IH. reflexivity. Qed.

  (** [|W'u| <= g |u|] for all u implies [|W z| <= g |z|]. *)
  Lemma transposed_gain : forall rows n g z z', length z = n -> length z' = n ->
    forallb (fun row => Nat.eqb (length row) n) rows = true ->
    nonnegative_form propose (qplus (weighted (repeat (mul g g) (length rows)) One) (minus_squares (columns rows n One))) = true ->
    squared (zip Rminus (map (fun row => row_times (map val row) z) rows) (map (fun row => row_times (map val row) z') rows))
      <= val g * val g * squared (zip Rminus z z').
  Proof.
    intros rows n g z z' Z Z' R H. set (y := map (fun row => row_times (map val row) z) rows).
    set (y' := map (fun row => row_times (map val row) z') rows).
    assert (L : length y = length rows) by apply length_map. assert (L' : length y' = length rows) by apply length_map.
    destruct (coordinates_exist y y') as [u G]; [congruence|].
    pose proof (nonnegative_form_true _ _ H u) as F.
    rewrite form_qplus, minus_squares_value, (weighted_value u y y' One _ G) in F by (rewrite repeat_length; congruence).
    assert (DL : length (zip Rminus y y') = length rows) by (rewrite zip_length, L, L'; apply Nat.min_id).
    rewrite <- DL, weighted_l2, val_mul in F.
    assert (E : zip Rminus y y' = map (fun row => row_times (map val row) (zip Rminus z z')) rows).
    { unfold y, y'. clear -Z Z'. induction rows as [|row rows IH]; cbn; [reflexivity|].
      rewrite IH, row_times_minus by congruence. reflexivity. }
    pose proof (inner_transposed u (zip Rminus z z') (zip Rminus y y') rows y y' One n R G E L) as I.
    rewrite inner_self in I.
    pose proof (cauchy_schwarz (zip Rminus z z') (map (fun l => dot l u) (columns rows n One))) as C. rewrite I in C.
    pose proof (squared_nonnegative (zip Rminus z z')) as PZ. pose proof (squared_nonnegative (zip Rminus y y')) as PY.
    set (p := squared (zip Rminus z z')) in *. set (q := squared (zip Rminus y y')) in *.
    set (t := squared (map _ _)) in *.
    assert (q * q <= p * (val g * val g * q)) by (eapply Rle_trans; [exact C|]; apply Rmult_le_compat_l; lra).
    destruct (Rle_lt_dec q (val g * val g * p)) as [|K]; [assumption|].
    assert (0 <= val g * val g * p) by (apply Rmult_le_pos; [nra|exact PZ]).
    assert (0 < q * (q - val g * val g * p)) by (apply Rmult_lt_0_compat; lra). lra.
  Qed.

  Lemma below_gain : forall a g, Rabs a <= g -> - g <= a <= g.
  Proof. intros a g. unfold Rabs. destruct (Rcase_abs a); lra. Qed.

  Lemma product_square : forall d e g, 0 <= e -> - (g * e) <= d <= g * e -> d * d <= g * g * (e * e).
  Proof. intros. assert (0 <= (g * e - d) * (g * e + d)) by (apply Rmult_le_pos; lra). lra. Qed.

  Lemma slopes_square : forall a b g f, slopes a b f -> Rabs a <= g -> Rabs b <= g -> forall x y,
    (f x - f y) * (f x - f y) <= g * g * ((x - y) * (x - y)).
  Proof.
    intros a b g f H A B x y. apply below_gain in A. apply below_gain in B.
    destruct (Rtotal_order x y) as [L|[E|G]].
    - specialize (H _ _ L). pose proof (product_square (f y - f x) (y - x) g). nra.
    - subst. nra.
    - specialize (H _ _ G). apply product_square; [lra|]. nra.
  Qed.

  Lemma elementwise_square : forall g f, (forall x y, (f x - f y) * (f x - f y) <= g * g * ((x - y) * (x - y))) ->
    forall z z', squared (zip Rminus (map f z) (map f z')) <= g * g * squared (zip Rminus z z').
  Proof.
    intros g f H. induction z as [|x z IH]; intros [|y z']; cbn [map zip squared fold_right]; try (unfold squared; cbn; nra).
    specialize (IH z'). specialize (H x y). unfold squared in *. cbn [fold_right]. lra.
  Qed.

  Lemma affine_square : forall g scale shift z z', forallb (fun s => le (abs s) g) scale = true -> length z = length z' ->
    squared (zip Rminus (zip (fun x c => x + val c) (zip (fun a x => val a * x) scale z) shift)
                        (zip (fun x c => x + val c) (zip (fun a x => val a * x) scale z') shift))
      <= val g * val g * squared (zip Rminus z z').
  Proof.
    intros g. assert (P : forall w, 0 <= val g * val g * squared w).
    { intros w. apply Rmult_le_pos; [nra|apply squared_nonnegative]. }
    induction scale as [|s scale IH]; intros [|c shift] [|x z] [|y z'] H L; cbn in L; try discriminate; try apply P.
    cbn [zip squared fold_right].
    cbn [forallb] in H. apply andb_true_iff in H. destruct H as [H1 H2]. apply le_true in H1. rewrite val_abs in H1.
    injection L as L. specialize (IH shift z z' H2 L). unfold squared in *. cbn [fold_right]. apply below_gain in H1.
    assert (val s * x + val c - (val s * y + val c) = val s * (x - y)) as -> by ring.
    assert (K : 0 <= (val g - val s) * (val g + val s)) by (apply Rmult_le_pos; lra).
    assert (M : 0 <= (val g - val s) * (val g + val s) * ((x - y) * (x - y)))
      by (apply Rmult_le_pos; [exact K|apply Rle_0_sqr]).
    lra.
  Qed.

  Lemma first_square : forall k z, squared (firstn k z) <= squared z.
  Proof.
    induction k as [|k IH]; intros [|x z]; cbn [firstn]; try lra.
    - cbn. pose proof (squared_nonnegative z) as N. unfold squared in N. nra.
    - cbn. specialize (IH z). unfold squared in IH. lra.
  Qed.

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

  Lemma groups_square : forall k f z z', length z = length z' ->
    squared (zip Rminus (concat (map sorted (chunks f k z))) (concat (map sorted (chunks f k z')))) <= squared (zip Rminus z z').
  Proof.
    intros k. induction f as [|f IH]; intros z z' L; [apply squared_nonnegative|].
    destruct z as [|x z], z' as [|x' z']; try discriminate; [apply squared_nonnegative|]. cbn [chunks map concat].
    set (y := x :: z) in *. set (y' := x' :: z') in *.
    assert (F : length (firstn k y) = length (firstn k y')) by (rewrite !length_firstn; congruence).
    rewrite squared_app by (rewrite !sorted_length; exact F).
    pose proof (sorted_square _ _ F) as Q. specialize (IH (skipn k y) (skipn k y')).
    pose proof (squared_app (firstn k y) (firstn k y') (skipn k y) (skipn k y') F) as E. rewrite !firstn_skipn in E. rewrite E.
    assert (length (skipn k y) = length (skipn k y')) by (rewrite !length_skipn; congruence). specialize (IH H). lra.
  Qed.

  Lemma distinct_true : forall is, distinct is = true -> NoDup is.
  Proof.
    induction is as [|i is IH]; intros H; constructor; cbn in H; apply andb_true_iff in H; destruct H as [H1 H2]; [|auto].
    intros I. apply negb_true_iff in H1. assert (E : existsb (Nat.eqb i) is = true); [|congruence].
    apply existsb_exists. exists i. split; [exact I|apply Nat.eqb_refl].
  Qed.

  Definition added (f : nat -> R) (is : list nat) : R := fold_right (fun i s => f i + s) 0 is.
  Lemma added_app : forall f a b, added f (a ++ b) = added f a + added f b.
  Proof. intros f a b. unfold added. induction a as [|i a IH]; cbn; [lra|]. rewrite IH. lra. Qed.
  Lemma added_nonnegative : forall f is, (forall i, 0 <= f i) -> 0 <= added f is.
  Proof. intros f is H. induction is as [|i is IH]; cbn; [lra|]. specialize (H i). unfold added in IH. lra. Qed.

  Lemma added_part : forall f, (forall i, 0 <= f i) -> forall is js, NoDup is -> incl is js -> added f is <= added f js.
  Proof.
    intros f P. induction is as [|i is IH]; intros js D I; [apply added_nonnegative, P|]. inversion D as [|? ? D1 D2]; subst.
    destruct (in_split i js) as [a [b ->]]; [apply I; left; reflexivity|].
    specialize (IH (a ++ b) D2). rewrite !added_app in *. cbn [added fold_right] in *.
    assert (incl is (a ++ b)).
    { intros j J. specialize (I j (or_intror J)). apply in_app_or in I. apply in_or_app. destruct I as [I|[->|I]]; auto. contradiction. }
    specialize (IH H). unfold added in *. lra.
  Qed.

  Lemma squared_added : forall z, squared z = added (fun i => nth i z 0 * nth i z 0) (seq 0 (length z)).
  Proof.
    assert (G : forall z k f, (forall i, f (k + i)%nat = nth i z 0 * nth i z 0) -> squared z = added f (seq k (length z))).
    { induction z as [|x z IH]; intros k f H; cbn [length seq added squared fold_right]; [reflexivity|].
      pose proof (H 0%nat) as H0. rewrite Nat.add_0_r in H0. rewrite H0. cbn [nth]. f_equal. apply (IH (S k)).
      intros i. specialize (H (S i)). cbn [nth] in H. rewrite <- H. f_equal. lia. }
    intros z. apply G. intros. reflexivity.
  Qed.

  Lemma select_square : forall is z z', distinct is = true -> length z = length z' ->
    squared (zip Rminus (map (fun i => nth i z 0) is) (map (fun i => nth i z' 0) is)) <= squared (zip Rminus z z').
  Proof.
    intros is z z' D L. set (d := zip Rminus z z'). apply distinct_true in D.
    assert (N : forall i, nth i z 0 - nth i z' 0 = nth i d 0).
    { unfold d. clear D d. revert z' L. induction z as [|x z IH]; intros [|x' z'] L i; try discriminate; [destruct i; cbn; lra|].
      injection L as L. destruct i as [|i]; cbn; [reflexivity|apply IH, L]. }
    set (f := fun i => nth i d 0 * nth i d 0).
    assert (P : forall i, 0 <= f i) by (intros; apply Rle_0_sqr).
    assert (E : squared (zip Rminus (map (fun i => nth i z 0) is) (map (fun i => nth i z' 0) is)) = added f is).
    { clear D. induction is as [|i is IH]; cbn; [reflexivity|]. unfold squared in IH. rewrite IH, N. reflexivity. }
    rewrite E, squared_added. fold f.
    apply (Rle_trans _ (added f (filter (fun i => Nat.ltb i (length d)) is))).
    - clear E D. unfold added. induction is as [|i is IH]; [cbn; lra|]. cbn [filter fold_right].
      destruct (Nat.ltb_spec i (length d)) as [I|I]; cbn [fold_right]; [lra|].
      assert (Z : f i = 0) by (unfold f; rewrite nth_overflow by exact I; lra). lra.
    - apply added_part; [exact P|apply NoDup_filter, D|]. intros i I. apply filter_In in I. destruct I as [_ I].
      apply Nat.ltb_lt in I. apply in_seq. lia.
  Qed.

  Lemma call_square : forall b f g m z z', obeys b f -> length z = arguments b -> length z' = arguments b ->
    0 <= val (at_most b) ->
    match to_norm b with
    | L2 => val (at_most b) * val (at_most b) <= g * g
    | Linf => INR m * (val (at_most b) * val (at_most b)) <= g * g
    end ->
    squared (zip Rminus (fit m (f z)) (fit m (f z'))) <= g * g * squared (zip Rminus z z').
  Proof.
    intros b f g m z z' O L L' N G. destruct (O z z' L L') as [E D]. rewrite fit_minus by exact E.
    unfold distance in D. set (d := zip Rminus (f z) (f z')) in *. set (e := zip Rminus z z') in *.
    pose proof (length_squared (from_norm b) e) as Q. pose proof (length_nonnegative (from_norm b) e) as P.
    set (t := length_in (from_norm b) e) in *. set (l := val (at_most b)) in *.
    assert (T : 0 <= l * t) by (apply Rmult_le_pos; assumption).
    assert (QQ : 0 <= t * t) by nra.
    destruct (to_norm b).
    - pose proof (fit_squared m d) as F. pose proof (sqrt_sqrt _ (squared_nonnegative d)) as R. cbn [length_in] in D.
      pose proof (sqrt_pos (squared d)). assert (squared d <= (l * t) * (l * t)) by (rewrite <- R; nra).
      assert (l * l * (t * t) <= g * g * squared e) by (apply Rmult_le_compat; nra). lra.
    - pose proof (fit_squared_max m d (l * t) T D) as F. pose proof (pos_INR m) as I.
      assert (INR m * (l * l) * (t * t) <= g * g * squared e).
      { apply Rmult_le_compat; try assumption. apply Rmult_le_pos; nra. }
      lra.
  Qed.

  (** [|dw|^2 <= ell dz'dw <= ell |dz| |dw|] *)
  Lemma softmax_square : forall t ell g z z', is_soft t ell = true -> val ell <= val g -> length z = length z' ->
    squared (zip Rminus (softmax (val t) z) (softmax (val t) z')) <= val g * val g * squared (zip Rminus z z').
  Proof.
    intros t ell g z z' S G L. unfold is_soft in S. apply andb_true_iff in S. destruct S as [T M]. apply positive_true in T.
    apply le_true in M. rewrite val_one, !val_mul, val_2 in M. assert (P : 0 < val ell) by nra.
    destruct z as [|x z]; [destruct z'; [cbn; nra|discriminate]|]. set (y := x :: z) in *.
    pose proof (softmax_differences (val t) y z' T L (val ell) ltac:(cbn; lia) M) as D.
    pose proof (cauchy_schwarz (zip Rminus y z') (zip Rminus (softmax (val t) y) (softmax (val t) z'))) as C.
    unfold inner in C. unfold row_times in D. set (s := fold_right Rplus 0 _) in *.
    pose proof (squared_nonnegative (zip Rminus y z')) as A. pose proof (squared_nonnegative (zip Rminus (softmax (val t) y) (softmax (val t) z'))) as B.
    set (a := squared (zip Rminus y z')) in *. set (b := squared _) in *.
    assert (X : b * b <= val ell * val ell * (a * b)).
    { apply (Rle_trans _ (val ell * s * (val ell * s))); [apply Rmult_le_compat; assumption|].
      replace (val ell * s * (val ell * s)) with (val ell * val ell * (s * s)) by ring. apply Rmult_le_compat_l; [nra|exact C]. }
    assert (Y : b <= val ell * val ell * a).
    { destruct (Rle_lt_dec b (val ell * val ell * a)); [assumption|]. assert (0 <= val ell * val ell * a) by (apply Rmult_le_pos; nra).
      assert (0 < b * (b - val ell * val ell * a)) by (apply Rmult_lt_0_compat; lra). lra. }
    eapply Rle_trans; [exact Y|]. apply Rmult_le_compat_r; [exact A|]. nra.
  Qed.

  Lemma difference_nth : forall z z' i, length z = length z' -> nth i z 0 - nth i z' 0 = nth i (zip Rminus z z') 0.
  Proof.
    induction z as [|x z IH]; intros [|x' z'] i L; try discriminate; [destruct i; cbn; lra|].
    injection L as L. destruct i as [|i]; cbn; [reflexivity|apply IH, L].
  Qed.

  (** What a row gives of the difference of two executions. *)
  Definition row_of (l : line name) (d : list R) : R := fold_right (fun e s => val (snd e) * nth (fst e) d 0 + s) 0 (entries l).
  Lemma row_difference : forall l z z', length z = length z' ->
    line_value (stored tensors) z l - line_value (stored tensors) z' l = row_of l (zip Rminus z z').
  Proof.
    intros [es s] z z' L. unfold line_value, row_of, entries. cbn [fst snd].
    match goal with |- ?a + ?c - (?b + ?c) = _ => replace (a + c - (b + c)) with (a - b) by ring end.
    induction es as [|[i c] es IH]; cbn [map fold_right fst snd]; [lra|].
    rewrite <- IH, <- (difference_nth _ _ i L), worth_stored. lra.
  Qed.
  Lemma rows_difference : forall ls z z', length z = length z' ->
    zip Rminus (map (line_value (stored tensors) z) ls) (map (line_value (stored tensors) z') ls)
    = map (fun l => row_of l (zip Rminus z z')) ls.
  Proof. intros ls z z' L. induction ls as [|l ls IH]; cbn; [reflexivity|]. rewrite IH, row_difference by exact L. reflexivity. Qed.

  Lemma schur : forall ls n g d, length d = n ->
    forallb (fun w => le (mul (fold_right largest zero (map row_sum ls)) w) (mul g g)) (spread n (concat (map magnitudes ls))) = true ->
    squared (map (fun l => row_of l d) ls) <= val g * val g * squared d.
  Proof.
    intros ls n g d L H. set (r := fold_right largest zero (map row_sum ls)) in *.
    assert (A : 0 <= val r /\ squared (map (fun l => row_of l d) ls) <= val r * read_squares (concat (map magnitudes ls)) d).
    { clear H. subst r. induction ls as [|l ls [IH1 IH2]]; cbn [map concat fold_right].
      - rewrite val_zero. unfold squared, read_squares. cbn. lra.
      - rewrite val_largest, read_squares_app.
        pose proof (Rmax_l (val (row_sum l)) (val (fold_right largest zero (map row_sum ls)))) as M1.
        pose proof (Rmax_r (val (row_sum l)) (val (fold_right largest zero (map row_sum ls)))) as M2.
        set (r := Rmax _ _) in *. split; [lra|]. destruct (row_squares (entries l) d) as [Q [P S]].
        assert (N : 0 <= read_squares (concat (map magnitudes ls)) d).
        { clear. induction (map magnitudes ls) as [|es ess IH] eqn:E in ls |- *; [unfold read_squares; cbn; lra|].
          destruct ls as [|l ls]; [discriminate|]. injection E as <- E. cbn [concat]. rewrite read_squares_app.
          destruct (row_squares (entries l) d) as [_ [P _]]. specialize (IH _ E). unfold magnitudes at 1. lra. }
        unfold squared in *. cbn [fold_right]. unfold row_of at 1 2. fold (magnitudes l) in Q, P. fold (row_sum l) in Q, S. nra. }
    destruct A as [R0 A]. eapply Rle_trans; [exact A|].
    rewrite <- spread_squares, L. apply (Rle_trans _ (weighted_squares (map (mul r) (spread n (concat (map magnitudes ls)))) d)).
    - right. generalize (spread n (concat (map magnitudes ls))). unfold weighted_squares. clear. intros ws. revert d.
      induction ws as [|w ws IH]; intros [|x d]; cbn; try lra. rewrite <- IH, val_mul. lra.
    - apply weighted_below; [|rewrite length_map, spread_length; congruence]. apply Forall_forall. intros w W.
      apply in_map_iff in W. destruct W as [w0 [<- W]]. rewrite forallb_forall in H. specialize (H w0 W). apply le_true in H.
      rewrite (val_mul g g) in H. exact H.
  Qed.

  (** [|z - c (1'z) 1|^2 = |z|^2 - c (2 - n c) (1'z)^2] *)
  Lemma center_square : forall c d n, length d = n -> 0 <= val c -> INR n * val c <= 2 ->
    squared (map (fun l => row_of l d) (lines (Center c) n)) <= squared d.
  Proof.
    intros c d n L C N. set (s := fold_right Rplus 0 d).
    assert (E : forall k, In k (seq 0 n) ->
      row_of (map (fun j => (j, Number (if Nat.eqb j k then sub one c else opp c))) (seq 0 n), Number zero) d = nth k d 0 - val c * s).
    { intros k K. apply in_seq in K. unfold row_of, entries. cbn [fst snd].
      assert (F : forall m d, length d = m -> forall i f, (forall j, f (i + j)%nat = nth j d 0) ->
        fold_right (fun e s => val (snd e) * f (fst e) + s) 0 (map (fun e : nat * coefficient name => (fst e, dyadic_of tensors (snd e)))
          (map (fun j => (j, Number (if Nat.eqb j k then sub one c else opp c))) (seq i m)))
        = (if Nat.leb i k && Nat.ltb k (i + m) then f k else 0) - val c * fold_right Rplus 0 d).
      { clear. induction m as [|m IH]; intros [|x d] L i f H; try discriminate; cbn [seq map fold_right fst snd dyadic_of].
        - destruct (Nat.leb_spec i k), (Nat.ltb_spec k (i + 0)); cbn; try lra; lia.
        - injection L as L. rewrite (IH d L (S i) f) by (intros j; specialize (H (S j)); cbn [nth] in H; rewrite <- H; f_equal; lia).
          pose proof (H 0%nat) as H0. rewrite Nat.add_0_r in H0. cbn [nth] in H0.
          destruct (Nat.eqb_spec i k) as [->|N].
          + rewrite val_sub, val_one, H0. destruct (Nat.leb_spec (S k) k), (Nat.leb_spec k k), (Nat.ltb_spec k (k + S m)); cbn [andb]; try lra; lia.
          + rewrite val_opp, H0.
            destruct (Nat.leb_spec (S i) k), (Nat.leb_spec i k), (Nat.ltb_spec k (S i + m)), (Nat.ltb_spec k (i + S m)); cbn [andb]; try lra; lia. }
      rewrite (F n d L 0%nat (fun i => nth i d 0)) by reflexivity. unfold s.
      destruct (Nat.leb_spec 0 k), (Nat.ltb_spec k (0 + n)); cbn [andb]; try lra; lia. }
    unfold lines. rewrite map_map. rewrite (map_ext_in _ (fun k => nth k d 0 - val c * s)) by (intros; apply E; assumption).
    assert (G : forall d t, squared (map (fun k => nth k d 0 - t) (seq 0 (length d)))
      = squared d - 2 * t * fold_right Rplus 0 d + INR (length d) * (t * t)).
    { clear. intros d t. assert (K : forall d i f, (forall j, f (i + j)%nat = nth j d 0) -> squared (map (fun k => f k - t) (seq i (length d)))
        = squared d - 2 * t * fold_right Rplus 0 d + INR (length d) * (t * t)).
      { clear. induction d as [|x d IH]; intros i f H; [cbn; lra|]. cbn [length seq map squared fold_right]. rewrite S_INR.
        pose proof (H 0%nat) as H0. rewrite Nat.add_0_r in H0. rewrite H0. cbn [nth].
        specialize (IH (S i) f). unfold squared in IH. rewrite IH; [ring|]. intros j. specialize (H (S j)). cbn [nth] in H. rewrite <- H. f_equal. lia. }
      apply K. reflexivity. }
    rewrite <- L at 1. rewrite G. fold s. rewrite L. assert (0 <= s * s) by apply Rle_0_sqr.
    assert (0 <= val c * (2 - INR n * val c) * (s * s)) by (apply Rmult_le_pos; [apply Rmult_le_pos; lra|assumption]). lra.
  Qed.

  Lemma maxima_square : forall ws z z' n g, length z = n -> length z' = n ->
    forallb (fun w => le w (mul g g)) (spread n (map (fun i => (i, one)) (concat ws))) = true ->
    squared (zip Rminus (map (fun w => maximum (map (fun i => nth i z 0) w)) ws) (map (fun w => maximum (map (fun i => nth i z' 0) w)) ws))
      <= val g * val g * squared (zip Rminus z z').
  Proof.
    intros ws z z' n g L L' H. set (d := zip Rminus z z').
    assert (D : length d = n) by (unfold d; rewrite zip_length, L, L'; apply Nat.min_id).
    apply (read_below _ _ _ d) in H; [|exact D]. rewrite val_mul in H. eapply Rle_trans; [|exact H]. clear H.
    induction ws as [|w ws IH]; cbn [map zip concat squared fold_right]; [unfold read_squares; cbn; lra|].
    rewrite map_app, read_squares_app. unfold squared in IH. apply Rplus_le_compat; [|exact IH].
    eapply Rle_trans; [apply maximum_below|]. right. unfold read_squares. clear IH.
    induction w as [|i w IH]; cbn [map fold_right fst snd]; [reflexivity|].
    rewrite IH, val_one, difference_nth by congruence. fold d. lra.
  Qed.

  Theorem gain_is_true : forall called, (forall k b, callees k = Some b -> obeys b (called k)) ->
    gains_hold called tensors gain_is.
  Proof.
    intros called known_to_obey u o g S S' D L H. destruct u; cbn [source] in D; try discriminate; injection D as ->;
      cbn [gain_is value] in *.
    - set (z := nth o S []) in *. set (z' := nth o S' []) in *.
      destruct (coordinates_exist z z' L) as [v G]. pose proof (coordinates_represent v z z' One G) as Z.
      set (rows := map (fun row => combination row (coordinates One (length z))) (tensors weight)) in *.
      unfold stored. rewrite !map_map.
      assert (Y : represents v (map (fun row => row_times (map val row) z) (tensors weight))
                             (map (fun row => row_times (map val row) z') (tensors weight)) rows).
      { unfold rows. generalize (tensors weight). intros ts.
        induction ts as [|row ts IH]; cbn; constructor; [apply row_times_difference; exact Z|exact IH]. }
      assert (F : squared (map (fun l => dot l v) rows) <= val g * val g * squared (zip Rminus z z')).
      { rewrite <- (represents_values _ _ _ _ Y). destruct (Nat.ltb (length (tensors weight)) (length z)).
        - apply andb_true_iff in H. destruct H as [H1 H2].
          apply (transposed_gain (tensors weight) (length z) g z z' eq_refl (eq_sym L) H1 H2).
        - rewrite (represents_values _ _ _ _ Y). pose proof (nonnegative_form_true _ _ H v) as F.
          rewrite form_qplus, minus_squares_value, (weighted_value v z z' One _ G) in F by apply repeat_length.
          assert (ZL : length (zip Rminus z z') = length z) by (rewrite zip_length, <- L; apply Nat.min_id).
          rewrite <- ZL, weighted_l2, val_mul in F. lra. }
      destruct bias; cbn [shifted].
      + rewrite <- concat_map, !zip_map, (represents_values _ _ _ _ (represents_shift v (concat (tensors n)) _ _ _ Y)), <- firstn_map.
        pose proof (first_square (length (concat (tensors n))) (map (fun l => dot l v) rows)). lra.
      + rewrite (represents_values _ _ _ _ Y). lra.
    - destruct (interval f) as [[a b]|] eqn:I; [|discriminate]. apply andb_true_iff in H. destruct H as [H1 H2].
      apply le_true in H1. apply le_true in H2. rewrite val_abs in H1, H2. apply elementwise_square.
      apply (slopes_square (val a) (val b)); try assumption. apply interval_slopes, I.
    - apply le_true in H. rewrite val_one, val_mul in H.
      pose proof (max_min_square _ _ L) as M. pose proof (squared_nonnegative (zip Rminus (nth o S []) (nth o S' []))) as P.
      eapply Rle_trans; [exact M|]. nra.
    - apply andb_true_iff in H. destruct H as [H1 H2]. apply le_true in H1. apply le_true in H2.
      rewrite val_one, val_mul in H1. rewrite !val_mul, !val_sub, !val_mul, val_add, !val_mul, val_2, val_one in H2.
      apply householder_square; assumption.
    - apply affine_square; assumption.
    - apply andb_true_iff in H. destruct H as [H1 H2]. apply le_true in H1. rewrite val_one, val_mul in H1.
      eapply Rle_trans; [apply select_square; assumption|]. pose proof (squared_nonnegative (zip Rminus (nth o S []) (nth o S' []))). nra.
    - apply le_true in H. rewrite val_one, val_mul in H. unfold groups. rewrite <- L.
      eapply Rle_trans; [apply groups_square; exact L|]. pose proof (squared_nonnegative (zip Rminus (nth o S []) (nth o S' []))). nra.
    - apply andb_true_iff in H. destruct H as [H1 H2]. apply le_true in H2. apply (softmax_square _ ell); assumption.
    - rewrite <- L, rows_difference by exact L. set (z := nth o S []) in *. set (z' := nth o S' []) in *.
      assert (D : length (zip Rminus z z') = length z) by (rewrite zip_length, <- L; apply Nat.min_id).
      unfold map_gain in H. rewrite !orb_true_iff in H. destruct H as [[H|H]|H].
      + apply (schur _ _ _ _ D H).
      + destruct rows as [| | |c]; try discriminate. rewrite !andb_true_iff in H. destruct H as [[H1 H2] H3].
        apply nonnegative_true in H1. apply le_true in H2. apply le_true in H3. rewrite !val_mul, ?val_one, ?val_2 in *.
        eapply Rle_trans; [apply center_square; [exact D|exact H1|]|].
        * replace (INR (length z)) with (val (Dyadic (Z.of_nat (length z)) 0)); [exact H2|]. unfold val, two. cbn. rewrite <- INR_IZR_INZ. lra.
        * pose proof (squared_nonnegative (zip Rminus z z')). nra.
      + destruct (coordinates_exist z z' L) as [v G]. pose proof (coordinates_represent v z z' One G) as Z.
        pose proof (nonnegative_form_true _ _ H v) as F.
        rewrite form_qplus, minus_squares_value, (weighted_value v z z' One _ G) in F by apply repeat_length.
        rewrite <- D, weighted_l2, val_mul, D, map_map in F.
        rewrite <- rows_difference by exact L.
        assert (Y : forall ls, zip Rminus (map (line_value (stored tensors) z) ls) (map (line_value (stored tensors) z') ls)
          = map (fun l => dot (line_form tensors (coordinates One (length z)) l) v) ls).
        { induction ls as [|l ls IH]; cbn; [reflexivity|]. rewrite IH. f_equal. apply line_difference. exact Z. }
        rewrite Y. lra.
    - apply (maxima_square _ _ _ _ _ eq_refl (eq_sym L) H).
    - destruct (callees number) as [b|] eqn:K; [|discriminate]. rewrite !andb_true_iff in H.
      destruct H as [[[H1 H2] H3] H4]. apply Nat.eqb_eq in H1. apply nonnegative_true in H3.
      apply (call_square b); [apply known_to_obey; exact K|congruence|congruence|exact H3|].
      destruct (to_norm b); apply le_true in H4; rewrite !val_mul in H4; [exact H4|].
      replace (INR outputs) with (val (Dyadic (Z.of_nat outputs) 0)); [exact H4|].
      unfold val, two. cbn. rewrite <- INR_IZR_INZ. lra.
  Qed.
End Gains.
