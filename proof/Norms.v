(** Norms; what is known of a network that others call; how far units move, in l2. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Represents Groups Lengths Sorted Softened.
Import ListNotations.
Open Scope R_scope.

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

Lemma square_below : forall d i, nth i d 0 * nth i d 0 <= squared d.
Proof.
  induction d as [|a d IH]; intros [|i]; cbn [nth squared fold_right]; try lra; pose proof (squared_nonnegative d) as P; unfold squared in *.
  - nra.
  - specialize (IH i). nra.
Qed.

Section Norms.
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

  Fixpoint distinct (is : list nat) : bool :=
    match is with [] => true | i :: is' => negb (existsb (Nat.eqb i) is') && distinct is' end.

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
End Norms.
