(** Units of which only |dw| <= g |dz| is known, in l2: when it is. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Sorted Softened Steps Spread Norms GroupNorms Maps.
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

Section Gains.
  Context {name : Type}.
  Variable propose : quadratic -> witness.
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).

  (** The largest row sum times the largest column sum (Schur); that centering is a projection, nearly; or a positive form. *)
  Definition map_gain (m : linear_map name) (n : nat) (g : dyadic) : bool :=
    let ls := lines m n in
    let r := fold_right largest zero (map (row_sum tensors) ls) in
    forallb (fun w => le (mul r w) (mul g g)) (spread n (concat (map (magnitudes tensors) ls)))
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
    | Cocoercive _ k f ell => is_cocoercive f ell && le ell g
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
      eapply Rle_trans; [apply (groups_square sorted 1); [exact sorted_length|intros; rewrite Rmult_1_l; apply sorted_square; assumption|lra|exact L]|]. pose proof (squared_nonnegative (zip Rminus (nth o S []) (nth o S' []))). nra.
    - apply andb_true_iff in H. destruct H as [H1 H2]. apply le_true in H2. unfold groups. rewrite <- L.
      apply groups_square; [apply vector_length|intros; apply (vector_square _ ell); assumption|nra|exact L].
    - rewrite <- L, rows_difference by exact L. set (z := nth o S []) in *. set (z' := nth o S' []) in *.
      assert (D : length (zip Rminus z z') = length z) by (rewrite zip_length, <- L; apply Nat.min_id).
      unfold map_gain in H. rewrite !orb_true_iff in H. destruct H as [[H|H]|H].
      + apply (schur _ _ _ _ _ D H).
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
