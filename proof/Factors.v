(** Bounds from linf without a matrix: where no element of the input moves by more than t, each element of a signal moves by
    at most its factor times t. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Sorted Softened Steps Spread Norms Maps Gains Within.
Import ListNotations.
Open Scope R_scope.

Section Factors.
  Context {name : Type}.
  (** A root of a number, rounded up; it is checked. *)
  Variable root : dyadic -> dyadic.
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).

  Definition root_above (a : dyadic) : option dyadic :=
    let r := root a in if nonnegative r && le a (mul r r) then Some r else None.

  Definition alone (u : unit name) (all : list (list dyadic)) : option (list dyadic) :=
    let factor n := nth n all [] in
    match u with
    | Dense o weight bias =>
        let y := map (fun row => row_factor row (factor o)) (tensors weight) in
        Some (match bias with None => y | Some b => firstn (length (concat (tensors b))) y end)
    | Elementwise o f =>
        match interval f with Some (a, b) => Some (map (mul (largest (abs a) (abs b))) (factor o)) | None => None end
    | MaxMin o => Some (concat (map (fun p => [p; p]) (pairs largest (factor o))))
    | Householder o v w => Some (reflected v w (factor o))
    | Sum os => Some (sums add (map factor os))
    | Concat os => Some (concat (map factor os))
    | Scale o a => Some (map (mul (abs a)) (factor o))
    | Affine o scale shift => Some (firstn (length shift) (zip (fun a f => mul (abs a) f) scale (factor o)))
    | Select o indices => Some (map (fun i => nth i (factor o) zero) indices)
    | GroupSort o k => Some (concat (map (fun g => map (fun _ => most g) g) (groups k (factor o))))
    | Cocoercive o k (Softmax _ as f) ell => if is_cocoercive f ell then Some (concat (map (fun g => map (fun _ => mul ell (most g)) g) (groups k (factor o)))) else None
    | Cocoercive o k (LayerNorm _ as f) ell =>
        match root_above (Dyadic (Z.of_nat k) 0) with
        | Some r => if is_cocoercive f ell then
            Some (concat (map (fun g => map (fun _ => mul (mul (mul ell half) (add one r)) (most g)) g) (groups k (factor o)))) else None
        | None => None
        end
    | Linear o m =>
        let fs := factor o in
        Some (map (fun l => fold_right (fun e s => add (mul (abs (snd e)) (nth (fst e) fs zero)) s) zero (entries tensors l)) (lines m (length fs)))
    | MaxPool o down across channels => Some (map (fun w => most (map (fun i => nth i (factor o) zero) w)) (windows down across channels))
    | Call o number outputs =>
        match callees number with
        | None => None
        | Some b =>
            if Nat.eqb (length (factor o)) (arguments b) && nonnegative (at_most b) then
              match (match from_norm b with Linf => Some (most (factor o)) | L2 => root_above (total_squared (factor o)) end) with
              | Some m => Some (repeat (mul (at_most b) m) outputs)
              | None => None
              end
            else None
        end
    end.
  Fixpoint factors (us : list (unit name)) (all : list (list dyadic)) : option (list (list dyadic)) :=
    match us with
    | [] => Some all
    | u :: us' => match alone u all with Some fs => factors us' (all ++ [fs]) | None => None end
    end.

  Variable t : R.
  Hypothesis t_nonnegative : 0 <= t.
  Variable called : nat -> list R -> list R.
  Hypothesis known_to_obey : forall k b, callees k = Some b -> obeys b (called k).

  Lemma slopes_above : forall a b f, slopes a b f -> forall x x', Rabs (f x - f x') <= Rmax (Rabs a) (Rabs b) * Rabs (x - x').
  Proof.
    intros a b f H x x'. pose proof (slopes_square a b (Rmax (Rabs a) (Rabs b)) f H (Rmax_l _ _) (Rmax_r _ _) x x') as S.
    assert (P : 0 <= Rmax (Rabs a) (Rabs b)) by (eapply Rle_trans; [apply Rabs_pos|apply Rmax_l]).
    apply Rsqr_incr_0; [|apply Rabs_pos|apply Rmult_le_pos; [exact P|apply Rabs_pos]].
    rewrite Rsqr_mult, <- !Rsqr_abs. unfold Rsqr. lra.
  Qed.

  Lemma near_fit : forall n m l l' d, length l = length l' -> 0 <= d -> length_in Linf (zip Rminus l l') <= d -> val m * t = d ->
    within t (fit n l) (fit n l') (repeat m n).
  Proof.
    induction n as [|n IH]; intros m l l' d L D M E; [constructor|].
    destruct l as [|x l], l' as [|x' l']; try discriminate; cbn [fit repeat]; constructor.
    - rewrite Rminus_diag, Rabs_R0, E. exact D.
    - apply (IH m [] [] d); auto.
    - rewrite E. eapply Rle_trans; [apply Rmax_l|exact M].
    - injection L as L. apply (IH m l l' d L D); [|exact E]. eapply Rle_trans; [apply Rmax_r|exact M].
  Qed.

  Lemma length_in_below : forall n z, length_in Linf z <= length_in n z.
  Proof.
    intros [|] z; [|lra]. change (length_in L2 z) with (sqrt (squared z)).
    rewrite <- (sqrt_square (length_in Linf z)) by apply max_nonnegative.
    apply sqrt_le_1_alt, max_below_squared.
  Qed.

  Lemma alone_sound : forall u S S' FS fs, all_within t S S' FS -> alone u FS = Some fs ->
    within t (value called (stored tensors) u S) (value called (stored tensors) u S') fs.
  Proof.
    intros u S S' FS fs H E. destruct u; cbn [value alone] in *; try pose proof (all_within_nth t operand _ _ _ H) as Z.
    - injection E as <-. unfold stored. rewrite !map_map.
      assert (Y : within t (map (fun row => row_times (map val row) (nth operand S [])) (tensors weight))
                           (map (fun row => row_times (map val row) (nth operand S' [])) (tensors weight))
                           (map (fun row => row_factor row (nth operand FS [])) (tensors weight))).
      { induction (tensors weight); cbn; constructor; auto. apply within_row. assumption. }
      destruct bias; cbn [shifted]; [|exact Y]. rewrite <- concat_map, !zip_map. apply within_shift, Y.
    - destruct (interval f) as [[a b]|] eqn:I; [|discriminate]. injection E as <-. apply within_map; [|exact Z].
      intros x x' c A. rewrite val_mul, val_largest, !val_abs. eapply Rle_trans; [apply (slopes_above (val a) (val b))|].
      + apply interval_slopes, I.
      + rewrite Rmult_assoc. apply Rmult_le_compat_l; [|exact A]. eapply Rle_trans; [apply Rabs_pos|apply Rmax_l].
    - injection E as <-. apply (within_max_min t t_nonnegative), Z.
    - injection E as <-. apply within_reflected, Z.
    - injection E as <-. apply within_sums, all_within_selected, H.
    - injection E as <-. apply within_concat, all_within_selected, H.
    - injection E as <-. apply within_map; [|exact Z]. intros x x' c A.
      rewrite val_mul, val_abs, <- Rmult_minus_distr_l, Rabs_mult, Rmult_assoc. apply Rmult_le_compat_l; [apply Rabs_pos|exact A].
    - injection E as <-. apply within_shift, within_scales, Z.
    - injection E as <-. induction indices; cbn; constructor; auto. apply within_zero, Z.
    - injection E as <-. unfold groups. destruct (within_length t _ _ _ Z) as [-> ->]. apply within_groups; [|exact Z]. intros z z' fs _. apply (within_sorted t t_nonnegative).
    - destruct f as [temperature|epsilon].
      2: { destruct (root_above _) as [r|] eqn:R; [|discriminate]. destruct (is_cocoercive _ ell) eqn:K; [|discriminate]. injection E as <-.
           unfold root_above in R. destruct (nonnegative (root _)) eqn:R1; [|discriminate]. cbn [andb] in R. destruct (le _ _) eqn:R2 in R; [|discriminate]. injection R as <-.
           apply nonnegative_true in R1. apply le_true in R2. rewrite val_mul in R2.
           unfold groups. destruct (within_length t _ _ _ Z) as [-> ->]. apply within_groups; [|exact Z]. intros z z' fs L G.
           apply (within_vector t t_nonnegative); try assumption. eapply Rle_trans; [|exact R2]. unfold val. cbn [mantissa exponent]. rewrite <- INR_IZR_INZ.
           apply le_INR in L. cbn. lra. }
      destruct (is_cocoercive _ ell) eqn:K; [|discriminate]. injection E as <-. unfold is_cocoercive in K. apply andb_true_iff in K.
      destruct K as [K1 K2]. apply positive_true in K1. apply le_true in K2. rewrite val_one, !val_mul, val_2 in K2.
      unfold groups. destruct (within_length t _ _ _ Z) as [-> ->]. apply within_groups; [|exact Z]. intros z z' fs _. apply (within_softmax t t_nonnegative); assumption.
    - injection E as <-. destruct (within_length t _ _ _ Z) as [-> ->].
      induction (lines rows (length (nth operand FS []))); cbn [map]; constructor; auto. apply within_line, Z.
    - injection E as <-. induction (windows down across channels); cbn [map]; constructor; auto. apply (within_maximum t t_nonnegative), Z.
    - destruct (callees number) as [b|] eqn:K; [|discriminate]. destruct (within_length t _ _ _ Z) as [L L'].
      destruct (Nat.eqb_spec (length (nth operand FS [])) (arguments b)) as [N|]; [|discriminate]. cbn [andb] in E.
      destruct (nonnegative (at_most b)) eqn:P; [|discriminate]. apply nonnegative_true in P.
      destruct (known_to_obey number b K (nth operand S []) (nth operand S' [])) as [Q D]; [congruence|congruence|].
      set (z := nth operand S []) in *. set (z' := nth operand S' []) in *.
      assert (G : forall m, distance (from_norm b) z z' <= val m * t -> 0 <= val m ->
        within t (fit outputs (called number z)) (fit outputs (called number z')) (repeat (mul (at_most b) m) outputs)).
      { intros m M M0. apply (near_fit _ _ _ _ (val (at_most b) * (val m * t)) Q).
        - apply Rmult_le_pos; [exact P|apply Rmult_le_pos; assumption].
        - eapply Rle_trans; [apply (length_in_below (to_norm b))|]. eapply Rle_trans; [exact D|].
          apply Rmult_le_compat_l; assumption.
        - rewrite val_mul. ring. }
      destruct (from_norm b).
      + destruct (root_above (total_squared (nth operand FS []))) as [m|] eqn:R; [|discriminate]. injection E as <-.
        unfold root_above in R. destruct (nonnegative _) eqn:R1; [|discriminate]. cbn [andb] in R.
        destruct (le _ _) eqn:R2; [|discriminate]. injection R as <-. apply nonnegative_true in R1. apply le_true in R2. rewrite val_mul in R2.
        apply G; [|exact R1]. unfold distance. cbn [length_in].
        rewrite <- (sqrt_square (val (root (total_squared (nth operand FS []))) * t)) by (apply Rmult_le_pos; assumption).
        apply sqrt_le_1_alt. eapply Rle_trans; [apply (within_squared t _ _ _ Z)|].
        assert (0 <= t * t) by (apply Rle_0_sqr). nra.
      + injection E as <-. apply G; [|apply most_nonnegative]. apply (within_length_in t t_nonnegative _ _ _ Z); [lra|apply most_nonnegative].
  Qed.

  Theorem factors_sound : forall us S S' FS FS', all_within t S S' FS -> factors us FS = Some FS' ->
    all_within t (run called (stored tensors) us S) (run called (stored tensors) us S') FS'.
  Proof.
    induction us as [|u us IH]; intros S S' FS FS' H E; cbn [factors run] in *; [injection E as <-; exact H|].
    destruct (alone u FS) as [fs|] eqn:A; [|discriminate].
    apply (IH _ _ _ _ (all_within_appended t _ _ _ _ _ _ H (alone_sound u _ _ _ _ H A)) E).
  Qed.
End Factors.
