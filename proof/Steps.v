(** Each unit, and so a network: the forms of Units.v are the differences of two executions, and the constraints hold. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Sorted Softened Norms Deviations.
Import ListNotations.
Open Scope R_scope.

Section Steps.
  Context {name : Type}.
  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list dyadic).
  Variable v : index -> R.

  Lemma read_represents : forall (u : unit name) S S' FS, all_represent v S S' FS ->
    represents v (read u S) (read u S') (read_forms u FS).
  Proof.
    intros u S S' FS H. destruct u; cbn [read read_forms]; try constructor; try (apply all_nth; assumption).
    - apply represents_pairs; [|apply all_nth; assumption]. intros. rewrite dot_minus. lra.
    - apply represents_pairs; [|apply all_nth; assumption]. intros. rewrite dot_plus, !dot_times, !val_opp. nra.
    - apply represents_all_but_last, represents_groups, all_nth. assumption.
    - apply represents_all_but_last, represents_groups, all_nth. assumption.
  Qed.

  Lemma worth_stored : forall c : coefficient name, worth_of (stored tensors) c = val (dyadic_of tensors c).
  Proof.
    intros [d|t row column]; cbn; [reflexivity|]. unfold stored. rewrite <- val_zero. change (@nil R) with (map val []).
    rewrite map_nth, map_nth. reflexivity.
  Qed.

  Lemma line_difference : forall l z z' F, represents v z z' F ->
    line_value (stored tensors) z l - line_value (stored tensors) z' l = dot (line_form tensors F l) v.
  Proof.
    intros [es s] z z' F H. unfold line_value, line_form. cbn [fst snd].
    match goal with |- ?a + ?c - (?b + ?c) = _ => replace (a + c - (b + c)) with (a - b) by ring end.
    induction es as [|[i c] es IH]; cbn [fold_right fst snd]; [rewrite dot_leaf; lra|].
    rewrite dot_plus, dot_times, <- IH, <- (represents_nth v i _ _ _ H), worth_stored. lra.
  Qed.

  Lemma linear_part_represents : forall (u : unit name) S S' FS r, is_apart u = false -> all_represent v S S' FS ->
    represents v (functions u S) (functions u S') r ->
    represents v (value called (stored tensors) u S) (value called (stored tensors) u S') (linear_part tensors u FS r).
  Proof.
    intros u S S' FS r C H K. destruct u; cbn [value linear_part]; try pose proof (all_nth v operand _ _ _ H) as E.
    - unfold stored. rewrite !map_map.
      assert (Y : represents v (map (fun row => row_times (map val row) (nth operand S [])) (tensors weight))
                             (map (fun row => row_times (map val row) (nth operand S' [])) (tensors weight))
                             (map (fun row => combination row (nth operand FS [])) (tensors weight))).
      { induction (tensors weight); cbn; constructor; auto. apply row_times_difference. assumption. }
      destruct bias; cbn [shifted]; [rewrite <- concat_map, !zip_map; apply represents_shift|]; exact Y.
    - exact K.
    - rewrite !max_min_abs. apply represents_regrouped; [|exact E|exact K].
      intros. rewrite !dot_times, dot_minus, !dot_plus, val_half. split; lra.
    - rewrite !householder_relu. apply represents_regrouped; [|exact E|exact K].
      intros. rewrite !dot_plus, !dot_times, !val_mul, val_2. split; nra.
    - apply represents_sums, all_selected. assumption.
    - apply represents_concat, all_selected. assumption.
    - apply represents_map; [|exact E]. intros. rewrite dot_times. nra.
    - apply represents_shift, represents_zip_times. exact E.
    - induction indices; cbn; constructor; auto. apply represents_nth. exact E.
    - discriminate.
    - discriminate.
    - destruct (represents_length _ _ _ _ E) as [-> ->].
      induction (lines rows (length (nth operand FS []))); cbn [map]; constructor; auto. apply line_difference. exact E.
    - discriminate.
    - discriminate.
  Qed.

  Lemma for_each_nonnegative : forall n ls, forallb nonnegative ls = true -> forallb nonnegative (for_each n ls) = true.
  Proof.
    intros n [|l [|m ls]] H; cbn in *; try assumption. rewrite andb_true_r in H.
    induction n; cbn; [reflexivity|]. rewrite H. assumption.
  Qed.

  Lemma functions_some : forall (u : unit name) f S, scalar u = Some f ->
    functions u S = map (apply f) (read u S).
  Proof. intros u f S D. destruct u; cbn in *; try discriminate; injection D as <-; reflexivity. Qed.
  Lemma functions_none : forall (u : unit name) S, scalar u = None -> is_apart u = false -> functions u S = [].
  Proof. intros u S D C. destruct u; cbn in *; try discriminate; reflexivity. Qed.

  Lemma products_value : forall z z' F w w' G, represents v z z' F -> represents v w w' G ->
    form (fold_right qplus Leaf (zip product F G)) v = row_times (zip Rminus z z') (zip Rminus w w').
  Proof.
    unfold row_times. intros z z' F w w' G H. revert w w' G. induction H as [|x x' f z z' F E H IH]; intros w w' G K; destruct K as [|y y' g w w' G D K];
      cbn [zip fold_right]; try reflexivity. rewrite form_qplus, form_product, (IH _ _ _ K), E, D. reflexivity.
  Qed.

  Lemma vector_sound : forall f ell z z' F i l, represents v z z' F -> is_cocoercive f ell = true -> (0 < length F)%nat ->
    nonnegative l = true -> agrees v i (removelast (vector_of f z)) (removelast (vector_of f z')) ->
    represents v (vector_of f z) (vector_of f z') (fst (cocoercive_differences l ell i F))
    /\ 0 <= form (snd (cocoercive_differences l ell i F)) v.
  Proof.
    intros f ell z z' F i l H S N P A. destruct (represents_length _ _ _ _ H) as [L L'].
    unfold cocoercive_differences. destruct (all_equal F) eqn:E; cbn [fst snd].
    { destruct (equal_differences v _ _ _ H E) as [d [-> D]]. rewrite vector_moved. split; [|cbn; lra].
      pose proof (vector_length f z') as Q. rewrite L' in Q. clear - Q. revert Q. generalize (vector_of f z') as s.
      induction F as [|g F IH]; intros [|y s] Q; try discriminate; cbn; constructor; [rewrite dot_leaf; lra|].
      apply IH. injection Q as Q. exact Q. }
    set (w := cocoercive_forms (coordinates i (length (removelast F)))).
    apply nonnegative_true in P.
    assert (W : represents v (vector_of f z) (vector_of f z') w).
    { assert (Z : forall y, length y = length F -> vector_of f y
        = removelast (vector_of f y) ++ [total_of_vector f - fold_right Rplus 0 (removelast (vector_of f y))]).
      { intros y Y. assert (y <> []) by (intros ->; cbn in Y; lia). apply all_but_last; [|apply vector_total; assumption].
        intros X. pose proof (vector_length f y) as Q. rewrite X in Q. cbn in Q. lia. }
      rewrite (Z z L), (Z z' L'). pose proof (coordinates_represent v _ _ i A) as C.
      rewrite removelast_length, vector_length, L, <- removelast_length in C.
      apply represents_app; [exact C|]. constructor; [|constructor].
      rewrite dot_minus, dot_leaf, <- (represents_total _ _ _ _ C). lra. }
    split; [exact W|]. unfold cocoercive_form. rewrite form_qtimes, form_qplus, form_qtimes, (products_value _ _ _ _ _ _ H W), val_mul, val_2.
    change (fold_right (fun f q => qplus (minus_square f) q) Leaf w) with (minus_squares w).
    rewrite minus_squares_value, <- (represents_values _ _ _ _ W).
    destruct (vector_differences f ell z z' S ltac:(congruence) ltac:(lia)) as [_ D].
    apply Rmult_le_pos; lra.
  Qed.

  Lemma by_vectors_sound : forall f ell, is_cocoercive f ell = true -> forall S S' FS, all_represent v S S' FS -> Forall (fun g => g <> []) S -> forall i ls,
    forallb nonnegative ls = true -> agrees v i (concat (map (fun g => removelast (vector_of f g)) S)) (concat (map (fun g => removelast (vector_of f g)) S')) ->
    represents v (concat (map (vector_of f) S)) (concat (map (vector_of f) S')) (fst (by_vectors ell ls i FS))
    /\ 0 <= form (snd (by_vectors ell ls i FS)) v.
  Proof.
    intros f ell C. induction 1 as [|g g' G S S' FS H K IH]; intros N i ls P A; cbn [map concat by_vectors] in *.
    - split; [constructor|cbn; lra].
    - inversion N as [|? ? N1 N2]; subst. destruct (represents_length _ _ _ _ H) as [L L'].
      apply agrees_app in A; [|rewrite !removelast_length, !vector_length; congruence]. destruct A as [A1 A2].
      assert (M : length (removelast (vector_of f g)) = length (removelast G)) by (rewrite !removelast_length, vector_length; congruence).
      rewrite M in A2.
      assert (P1 : nonnegative (hd zero ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in P; tauto]).
      assert (P2 : forallb nonnegative (tl ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in P; tauto]).
      assert (LG : (0 < length G)%nat) by (rewrite <- L; destruct g; [congruence|cbn; lia]).
      destruct (vector_sound f ell g g' G i (hd zero ls) H C LG P1 A1) as [W Q].
      specialize (IH N2 _ _ P2 A2). destruct (by_vectors ell (tl ls) _ FS) as [rest q]. destruct (cocoercive_differences _ ell i G) as [w p]. cbn [fst snd] in *.
      destruct IH as [R T]. split; [apply represents_app; assumption|]. rewrite form_qplus. lra.
  Qed.

  Lemma by_slopes_sound : forall (u : unit name) ls i S S' FS F q, all_represent v S S' FS ->
    forallb nonnegative ls = true -> agrees v i (functions u S) (functions u S') ->
    by_slopes tensors u ls i FS = Some (F, q) ->
    represents v (value called (stored tensors) u S) (value called (stored tensors) u S') F /\ 0 <= form q v.
  Proof.
    intros u ls i S S' FS F q HS HN HG E. unfold by_slopes in E.
    destruct (scalar u) as [f|] eqn:D.
    - rewrite !(functions_some u f _ D) in HG.
      destruct (responses f i _ _) as [[r q']|] eqn:R; [|discriminate]. injection E as <- <-.
      assert (I : exists a b, interval f = Some (a, b)).
      { unfold responses in R. destruct (interval f) as [[a b]|]; [eauto|discriminate]. }
      destruct I as [a [b I]].
      assert (SL : slopes (val a) (val b) (apply f)).
      { apply interval_slopes, I. }
      destruct (responses_sound v _ _ _ _ I SL _ _ _ _ _ _ _ (read_represents u _ _ _ HS)
                  (for_each_nonnegative _ _ HN) HG R) as [K Q].
      split; [|exact Q]. apply linear_part_represents; [destruct u; (reflexivity || discriminate)|exact HS|].
      rewrite !(functions_some u f _ D). exact K.
    - destruct (is_apart u) eqn:C.
      { destruct u; try discriminate; pose proof (all_nth v operand _ _ _ HS) as Z.
        - destruct (Nat.eqb_spec group 0) as [K|K]; [discriminate|].
          pose proof (by_groups_sound v _ _ _ (represents_groups v group _ _ _ Z) (groups_nonempty _ _ K) i _
            (for_each_nonnegative (length (groups group (nth operand FS []))) _ HN) HG) as B.
          injection E as E. rewrite E in B. exact B.
        - destruct (is_cocoercive f ell) eqn:C1; [|discriminate]. destruct (Nat.ltb_spec 0 group) as [K|K]; [|discriminate]. cbn [andb] in E.
          assert (K' : group <> 0%nat) by lia.
          pose proof (by_vectors_sound f ell C1 _ _ _ (represents_groups v group _ _ _ Z) (groups_nonempty _ _ K') i _
            (for_each_nonnegative (length (groups group (nth operand FS []))) _ HN) HG) as B.
          injection E as E. rewrite E in B. exact B. }
      replace (match u with GroupSort _ _ => _ | Cocoercive _ _ _ _ => _ | _ => _ end) with (Some (linear_part tensors u FS [], @Leaf linear)) in E
        by (destruct u; try reflexivity; discriminate).
      injection E as <- <-. split; [|cbn; lra]. apply linear_part_represents; [exact C|exact HS|].
      rewrite !functions_none by assumption. constructor.
  Qed.

  (** A gain that is found to hold does. *)
  Variable has_gain : unit name -> nat -> dyadic -> bool.
  Definition gains_hold : Prop := forall u o g S S', source u = Some o ->
    length (nth o S []) = length (nth o S' []) -> has_gain u (length (nth o S [])) g = true ->
    squared (zip Rminus (value called (stored tensors) u S) (value called (stored tensors) u S'))
      <= val g * val g * squared (zip Rminus (nth o S []) (nth o S' [])).
  Hypothesis gains_true : gains_hold.

  Lemma max_min_length : forall z, length (max_min z) = Nat.double (Nat.div2 (length z)).
  Proof. unfold Nat.double. apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH. cbn [max_min length Nat.div2]. lia. Qed.
  Lemma householder_length : forall a b z, length (householder a b z) = Nat.double (Nat.div2 (length z)).
  Proof.
    intros a b. unfold Nat.double. apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH.
    cbn [householder length Nat.div2]. lia.
  Qed.

  Lemma mapped_width : forall (g : list R -> list R), (forall s, length (g s) = length s) -> forall k z (F : list linear), length z = length F ->
    length (concat (map g (groups k z))) = length (concat (groups k F)).
  Proof.
    intros g G k z F L. unfold groups. rewrite L. generalize (length F) as f. revert L. revert z F.
    intros z F L f. revert z F L. induction f as [|f IH]; intros [|x z] [|y F] L; try discriminate; cbn [chunks map concat]; try reflexivity.
    rewrite !length_app, G, !length_firstn, L. f_equal. apply IH. rewrite !length_skipn, L. reflexivity.
  Qed.

  Lemma width_counted : forall (u : unit name) o S S' FS, source u = Some o -> all_represent v S S' FS ->
    length (value called (stored tensors) u S) = width tensors u FS.
  Proof.
    intros u o S S' FS D H. destruct u; cbn [source] in D; try discriminate; injection D as ->;
      destruct (represents_length _ _ _ _ (all_nth v o _ _ _ H)) as [L _]; cbn [value width].
    - unfold stored. destruct bias; cbn [shifted]; rewrite <- ?concat_map, ?zip_length, !length_map; reflexivity.
    - rewrite length_map. exact L.
    - rewrite max_min_length, L. reflexivity.
    - rewrite householder_length, L. reflexivity.
    - rewrite !zip_length, L. reflexivity.
    - apply length_map.
    - apply mapped_width; [apply sorted_length|exact L].
    - apply mapped_width; [apply vector_length|exact L].
    - rewrite length_map, L. reflexivity.
    - apply length_map.
    - apply fit_length.
  Qed.

  Lemma by_gain_sound : forall (u : unit name) l g i S S' FS F q, all_represent v S S' FS ->
    nonnegative l = true -> agrees v i (value called (stored tensors) u S) (value called (stored tensors) u S') ->
    by_gain tensors has_gain u l g i FS = Some (F, q) ->
    represents v (value called (stored tensors) u S) (value called (stored tensors) u S') F /\ 0 <= form q v.
  Proof.
    intros u l g i S S' FS F q HS HN HG E. unfold by_gain in E. destruct (source u) as [o|] eqn:D; [|discriminate].
    cbv zeta in E. pose proof (all_nth v o _ _ _ HS) as Z. destruct (represents_length _ _ _ _ Z) as [L L'].
    destruct (has_gain u (length (nth o FS [])) g) eqn:G; [|discriminate].
    pose proof (coordinates_represent v _ _ i HG) as W. rewrite (width_counted u o S S' FS D HS) in W.
    assert (B : squared (zip Rminus (value called (stored tensors) u S) (value called (stored tensors) u S'))
      <= val g * val g * squared (zip Rminus (nth o S []) (nth o S' []))).
    { apply (gains_true u o g S S' D); [congruence|]. rewrite L. exact G. }
    destruct (is_zero g || forallb is_leaf (nth o FS [])) eqn:Y; injection E as <- <-.
    - split; [|cbn; lra]. apply (represents_zero _ _ _ _ W). eapply Rle_trans; [exact B|].
      apply orb_true_iff in Y. destruct Y as [Y|Y].
      + rewrite (is_zero_true _ Y). lra.
      + rewrite (leaves_zero v _ _ _ Z Y). lra.
    - split; [exact W|]. rewrite form_qtimes, form_qplus, form_qtimes, minus_squares_value, squares_value, val_mul.
      rewrite <- (represents_values _ _ _ _ W), <- (represents_values _ _ _ _ Z). apply nonnegative_true in HN.
      apply Rmult_le_pos; [exact HN|lra].
  Qed.

  Definition is_sound (r : reason) : bool :=
    match r with Slopes ls => forallb nonnegative ls | Gain l _ => nonnegative l end.

  Theorem step_sound : forall (u : unit name) r i S S' FS F q, all_represent v S S' FS ->
    is_sound r = true -> agrees v i (fresh called (stored tensors) r u S) (fresh called (stored tensors) r u S') ->
    step tensors has_gain u r i FS = Some (F, q) ->
    represents v (value called (stored tensors) u S) (value called (stored tensors) u S') F /\ 0 <= form q v.
  Proof.
    intros u [ls|l g] i S S' FS F q HS HN HG E; cbn [step fresh is_sound] in *.
    - exact (by_slopes_sound u ls i S S' FS F q HS HN HG E).
    - exact (by_gain_sound u l g i S S' FS F q HS HN HG E).
  Qed.

  Lemma represented_alike : forall S S' FS, all_represent v S S' FS -> alike S S'.
  Proof.
    induction 1 as [|s s' F S S' FS H K IH]; constructor; [|exact IH].
    destruct (represents_length _ _ _ _ H). congruence.
  Qed.

  Lemma fresh_counted : forall (u : unit name) r i S S' FS F q, all_represent v S S' FS ->
    step tensors has_gain u r i FS = Some (F, q) -> length (fresh called (stored tensors) r u S) = count tensors u r FS.
  Proof.
    intros u [ls|l g] i S S' FS F q H E; cbn [fresh count].
    - destruct (represents_length _ _ _ _ (read_represents u _ _ _ H)) as [L _]. rewrite <- L.
      destruct u; cbn; rewrite ?length_map; try reflexivity.
      + induction (groups group (nth operand S [])) as [|g gs IH]; cbn; [reflexivity|].
        rewrite !length_app, IH, moves_length, removelast_length. reflexivity.
      + induction (groups group (nth operand S [])) as [|g gs IH]; cbn; [reflexivity|].
        rewrite !length_app, IH, !removelast_length, vector_length. reflexivity.
    - cbn [step] in E. unfold by_gain in E. destruct (source u) as [o|] eqn:D; [|discriminate].
      apply (width_counted u o S S' FS D H).
  Qed.

  Theorem differences_sound : forall (us : list (unit name)) rs i S S' FS q FS' q', all_represent v S S' FS -> forallb is_sound rs = true -> 0 <= form q v ->
    agrees v i (trace called (stored tensors) us rs S) (trace called (stored tensors) us rs S') ->
    differences tensors has_gain us rs i FS q = Some (FS', q') ->
    all_represent v (run called (stored tensors) us S) (run called (stored tensors) us S') FS' /\ 0 <= form q' v.
  Proof.
    induction us as [|u us IH]; intros rs i S S' FS q FS' q' HS HN HQ HG E; cbn [run differences trace] in *.
    - injection E as <- <-. auto.
    - cbv zeta in E. destruct (step tensors has_gain u (hd no_reason rs) i FS) as [[s r]|] eqn:D; [|discriminate].
      apply agrees_app in HG; [|apply fresh_alike; eapply represented_alike; eassumption]. destruct HG as [G1 G2].
      rewrite (fresh_counted u _ _ _ _ _ _ _ HS D) in G2.
      assert (N1 : is_sound (hd no_reason rs) = true)
        by (destruct rs; cbn [hd forallb] in *; [reflexivity|apply andb_true_iff in HN; tauto]).
      assert (N2 : forallb is_sound (tl rs) = true) by (destruct rs; cbn in *; [|apply andb_true_iff in HN]; tauto).
      destruct (step_sound _ _ _ _ _ _ _ _ HS N1 G1 D) as [K Q].
      apply (IH _ _ _ _ _ _ _ _ (all_appended _ _ _ _ _ _ _ HS K) N2) in E; [exact E| |exact G2].
      rewrite form_qplus. lra.
  Qed.
End Steps.

(** There are coordinates that agree with any two executions. *)
Fixpoint place (i : index) : nat :=
  match i with One => 0 | Even j => 2 * place j + 1 | Odd j => 2 * place j + 2 end.
Lemma place_next : forall i, place (next i) = S (place i).
Proof. induction i; cbn; lia. Qed.

Lemma agrees_nth : forall c c' d d' i, length c = length c' -> place i = length d -> length d = length d' ->
  agrees (fun j => nth (place j) (d ++ c) 0 - nth (place j) (d' ++ c') 0) i c c'.
Proof.
  induction c as [|x c IH]; intros [|x' c'] d d' i L P Q; cbn [agrees]; try discriminate; [exact I|]. split.
  - rewrite P, nth_middle. rewrite Q, nth_middle. reflexivity.
  - specialize (IH c' (d ++ [x]) (d' ++ [x']) (next i)). rewrite <- !app_assoc in IH. apply IH.
    + cbn in L. lia.
    + rewrite place_next, length_app, P. cbn. lia.
    + rewrite !length_app. cbn. lia.
Qed.

Lemma coordinates_exist : forall c c', length c = length c' -> exists v, agrees v One c c'.
Proof.
  intros c c' L. exists (fun j => nth (place j) c 0 - nth (place j) c' 0). apply (agrees_nth c c' [] [] One L); reflexivity.
Qed.
