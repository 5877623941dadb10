(** How far linear maps of images and maxima move, in l2, by their rows. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Lengths Steps Spread Norms.
Import ListNotations.
Open Scope R_scope.

Section Maps.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).

  Definition entries (l : line name) : list (nat * dyadic) := map (fun e => (fst e, dyadic_of tensors (snd e))) (fst l).
  Definition magnitudes (l : line name) : list (nat * dyadic) := map (fun e => (fst e, abs (snd e))) (entries l).
  Definition row_sum (l : line name) : dyadic := fold_right (fun e s => add (abs (snd e)) s) zero (entries l).

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
End Maps.
