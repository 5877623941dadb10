(** Where everything fits, nothing is filled in: each element that a map or a maximum reads is there, of its operand and of
    its tensors, and no window is empty. *)
From Coq Require Import ZArith List Bool Arith Lia.
From Lipc Require Import Dyadic Images.
Import ListNotations.
Local Open Scope nat_scope.

Lemma taps_are_there : forall a p u q, In (u, q) (taps a p) -> u < kernel a /\ q < pixels a.
Proof.
  intros a p u q I. unfold taps in I. apply in_flat_map in I. destruct I as [v [V I]]. apply in_seq in V. cbv zeta in I.
  destruct (Nat.leb (margin_before a) (stride a * p + dilation a * v) && _) eqn:E; [|contradiction]. destruct I as [I|[]]. injection I as <- <-.
  apply andb_true_iff in E. destruct E as [_ E]. apply Nat.ltb_lt in E. split; [lia|exact E].
Qed.
Lemma reach_is_there : forall down across channels i y x k e, i < channels -> In (k, e) (reach down across i y x) ->
  k < kernel down * kernel across /\ e < channels * (pixels down * pixels across).
Proof.
  intros down across channels i y x k e C I. unfold reach in I. apply in_flat_map in I. destruct I as [[u p] [U I]]. apply in_map_iff in I.
  destruct I as [[v q] [E V]]. apply taps_are_there in U, V. cbn [fst snd] in E. injection E as <- <-. split; [nia|].
  assert (A : i * pixels down + p < channels * pixels down) by nia. nia.
Qed.
Lemma pixel_is_there : forall A down across channels (f : nat -> nat -> nat -> A) l, In l (each_pixel down across channels f) ->
  exists c y x, c < channels /\ y < given down /\ x < given across /\ l = f c y x.
Proof.
  intros A down across channels f l I. unfold each_pixel in I. apply in_flat_map in I. destruct I as [c [C I]].
  apply in_flat_map in I. destruct I as [y [Y I]]. apply in_map_iff in I. destruct I as [x [<- X]]. apply in_seq in C, Y, X.
  exists c, y, x. repeat split; lia.
Qed.

Section Reads.
  Context {name A : Type}.
  Variable tensors : name -> list (list A).

  Definition is_there (c : coefficient name) : Prop :=
    match c with Number _ => True | Element t row column => exists r, nth_error (tensors t) row = Some r /\ column < length r end.

  Lemma row_is_there : forall t n k, is_row tensors t n = true -> k < n -> is_there (Element t 0 k).
  Proof.
    intros t n k H K. unfold is_row in H. cbn [is_there]. destruct (tensors t) as [|r [|s rs]]; try discriminate. apply Nat.eqb_eq in H.
    exists r. split; [reflexivity|lia].
  Qed.
  Lemma image_size : forall down across channels n, is_image_of down across channels n = true -> n = channels * (pixels down * pixels across).
  Proof. intros down across c n H. unfold is_image_of in H. apply andb_true_iff in H. destruct H as [_ H]. apply Nat.eqb_eq, H. Qed.

  Theorem map_reads_what_is_there : forall (m : linear_map name) n, map_fits tensors m n = true -> forall l, In l (lines m n) ->
    (forall i c, In (i, c) (fst l) -> i < n /\ is_there c) /\ is_there (snd l).
  Proof.
    intros m n H l I. destruct m as [down across inputs channels groups weight bias|down across channels f|channel scale shift|f];
      cbn [map_fits lines] in *; rewrite ?andb_true_iff in H.
    - destruct H as [[[[[[M G] D] C] W] R] B]. apply image_size in M. apply Nat.ltb_lt in G. apply Nat.eqb_eq in D, C, W.
      cbv zeta in I. apply pixel_is_there in I. destruct I as [o [y [x [O [_ [_ ->]]]]]]. cbn [fst snd].
      assert (P : channels = channels / groups * groups) by (pose proof (Nat.div_mod_eq channels groups); lia).
      assert (Q : inputs = inputs / groups * groups) by (pose proof (Nat.div_mod_eq inputs groups); lia).
      split.
      + intros i c J. apply in_flat_map in J. destruct J as [j [J K]]. apply in_seq in J. apply in_map_iff in K. destruct K as [[k e] [E K]].
        injection E as <- <-.
        assert (Z : o / (channels / groups) < groups) by (apply Nat.Div0.div_lt_upper_bound; lia).
        assert (X : o / (channels / groups) * (inputs / groups) + j < inputs) by (set (g := o / (channels / groups)) in *; nia).
        destruct (reach_is_there _ _ inputs _ _ _ _ _ X K) as [K1 K2]. split; [cbn [snd]; lia|].
        destruct (nth_error (tensors weight) o) as [r|] eqn:N; [|apply nth_error_None in N; lia].
        exists r. split; [exact N|]. rewrite forallb_forall in R. specialize (R r (nth_error_In _ _ N)). apply Nat.eqb_eq in R. rewrite R. cbn [fst]. nia.
      + destruct bias as [b|]; [|exact Logic.I]. apply (row_is_there _ channels); assumption.
    - apply image_size in H. apply pixel_is_there in I. destruct I as [c [y [x [C [_ [_ ->]]]]]]. cbn [fst snd]. split; [|exact Logic.I].
      intros i k J. apply in_map_iff in J. destruct J as [[u e] [E J]]. injection E as <- <-.
      destruct (reach_is_there _ _ channels _ _ _ _ _ C J) as [_ K]. split; [cbn [snd]; lia|exact Logic.I].
    - destruct H as [[[P D] S] T]. apply Nat.ltb_lt in P. apply Nat.eqb_eq in D. apply in_map_iff in I. destruct I as [k [<- K]]. apply in_seq in K.
      assert (Q : k / channel < n / channel) by (apply Nat.Div0.div_lt_upper_bound; pose proof (Nat.div_mod_eq n channel); lia).
      cbn [fst snd]. split; [|exact (row_is_there _ _ _ T Q)]. intros i c [E|[]]. injection E as <- <-. split; [lia|exact (row_is_there _ _ _ S Q)].
    - apply in_map_iff in I. destruct I as [k [<- K]]. cbn [fst snd]. split; [|exact Logic.I]. intros i c J. apply in_map_iff in J.
      destruct J as [j [E J]]. injection E as <- <-. apply in_seq in J. split; [lia|exact Logic.I].
  Qed.

  (** Without margins each window has all its elements. *)
  Lemma bare_taps : forall a p, lies_on a = true -> is_bare a = true -> p < given a -> taps a p <> [].
  Proof.
    intros a p L B P E. unfold lies_on in L. rewrite !andb_true_iff in L. destruct L as [[[[_ K] S] D] F].
    apply Nat.ltb_lt in K, S, D. apply Nat.leb_le in F. apply Nat.eqb_eq in B. unfold given in P.
    set (s := span a) in *. set (g := (pixels a + margin_before a + margin_behind a - s) / stride a) in *.
    assert (G : stride a * g <= pixels a + margin_before a + margin_behind a - s) by (apply Nat.Div0.mul_div_le).
    assert (Q : stride a * p <= stride a * g) by (apply Nat.mul_le_mono_l, Nat.lt_succ_r; rewrite <- Nat.add_1_r; exact P).
    assert (S1 : 1 <= s) by (apply Nat.le_add_l).
    assert (I : In (0, stride a * p - margin_before a) (taps a p)); [|rewrite E in I; exact I].
    unfold taps. apply in_flat_map. exists 0. split; [apply in_seq; lia|]. cbv zeta. rewrite Nat.mul_0_r, Nat.add_0_r.
    set (q := stride a * p) in *. clearbody g s q.
    replace (Nat.leb (margin_before a) q) with true by (symmetry; apply Nat.leb_le; lia).
    replace (Nat.ltb (q - margin_before a) (pixels a)) with true by (symmetry; apply Nat.ltb_lt; lia). left. reflexivity.
  Qed.
  Theorem maximum_reads_what_is_there : forall down across channels n, is_image_of down across channels n = true ->
    is_bare down = true -> is_bare across = true -> forall w, In w (windows down across channels) -> w <> [] /\ forall i, In i w -> i < n.
  Proof.
    intros down across channels n M BD BA w I. pose proof (image_size _ _ _ _ M) as N. unfold windows in I. apply pixel_is_there in I.
    destruct I as [c [y [x [C [Y [X ->]]]]]]. unfold is_image_of in M. rewrite !andb_true_iff in M. destruct M as [[LD LA] _]. split.
    - pose proof (bare_taps down y LD BD Y) as TD. pose proof (bare_taps across x LA BA X) as TA. unfold reach.
      destruct (taps down y) as [|t ts]; [contradiction|]. destruct (taps across x) as [|s ss]; [contradiction|]. discriminate.
    - intros i J. apply in_map_iff in J. destruct J as [[k e] [<- J]]. destruct (reach_is_there _ _ channels _ _ _ _ _ C J) as [_ K]. cbn [snd]. lia.
  Qed.
End Reads.
