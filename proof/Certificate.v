(** What a certificate claims, the program that checks it, and the theorem that it is right, if callees keep what is known of
    them. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Sorted Softened Steps Spread Norms Maps Gains Within Factors.
Import ListNotations.
Open Scope R_scope.

(** How the bound is proved: by a matrix inequality, or from linf by factors of single elements. *)
Inductive procedure := Inequality | Elements.

(** A reason for each unit; [ranges] are the multipliers of the input, from linf. To linf there is a proof for each
    output. *)
Record proof := { reasons : list reason; ranges : list dyadic }.
Record certificate (name : Type) := {
  inputs : nat;
  units : list (unit name);
  input_norm : norm;
  output_norm : norm;
  bound : dyadic;
  proved_by : procedure;
  proofs : list proof }.
Arguments inputs {name}.
Arguments units {name}.
Arguments input_norm {name}.
Arguments output_norm {name}.
Arguments bound {name}.
Arguments proved_by {name}.
Arguments proofs {name}.

Section Check.
  Context {name : Type}.
  Variable propose : quadratic -> witness.
  Variable root : dyadic -> dyadic.
  (** What is known of the networks that are called, by their numbers. *)
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).

  Definition is_window (a : axis) : bool :=
    Nat.ltb 0 (pixels a) && Nat.ltb 0 (kernel a) && Nat.ltb 0 (stride a) && Nat.ltb 0 (dilation a)
    && Nat.leb (span a) (pixels a + margin_before a + margin_behind a).
  Definition moves_over (down across : axis) : bool := is_window down && is_window across.
  (** The tensors, and an operand of [n] elements, are of the shapes that a map needs. *)
  Definition fits (m : linear_map name) (n : nat) : bool :=
    let row (t : name) (k : nat) := match tensors t with [r] => Nat.eqb (length r) k | _ => false end in
    match m with
    | Convolution down across inputs channels groups weight bias =>
        moves_over down across && Nat.eqb n (inputs * (pixels down * pixels across)) && Nat.ltb 0 groups
        && Nat.eqb (Nat.modulo inputs groups) 0 && Nat.eqb (Nat.modulo channels groups) 0 && Nat.eqb (length (tensors weight)) channels
        && forallb (fun r => Nat.eqb (length r) (Nat.div inputs groups * (kernel down * kernel across))) (tensors weight)
        && match bias with None => true | Some b => row b channels end
    | AveragePool down across channels _ => moves_over down across && Nat.eqb n (channels * (pixels down * pixels across))
    | Channels channel scale shift =>
        Nat.ltb 0 channel && Nat.eqb (Nat.modulo n channel) 0 && row scale (Nat.div n channel) && row shift (Nat.div n channel)
    | Center _ => true
    end.

  (** * Sizes: that everything fits, as Layout.v has it, of all signals of these sizes *)
  Definition size (u : unit name) (sizes : list nat) : option nat :=
    let size_of o := nth o sizes 0%nat in
    let there o := Nat.ltb o (length sizes) in
    let given (b : bool) (n : nat) := if b then Some n else None in
    match u with
    | Dense o weight bias =>
        let rows := tensors weight in
        given (there o && forallb (fun r => Nat.eqb (length r) (size_of o)) rows
               && match bias with None => true | Some b => Nat.eqb (length (concat (tensors b))) (length rows) end)
              (length rows)
    | Elementwise o _ | Scale o _ => given (there o) (size_of o)
    | MaxMin o | Householder o _ _ => given (there o && Nat.even (size_of o)) (size_of o)
    | Sum os => given (forallb (fun o => there o && Nat.eqb (size_of o) (size_of (hd 0%nat os))) os) (size_of (hd 0%nat os))
    | Concat os => given (forallb there os) (list_sum (map size_of os))
    | Affine o scale shift =>
        given (there o && Nat.eqb (length scale) (size_of o) && Nat.eqb (length shift) (size_of o)) (size_of o)
    | Select o indices => given (there o && forallb (fun i => Nat.ltb i (size_of o)) indices) (length indices)
    | GroupSort o k => given (there o && Nat.ltb 1 k && Nat.eqb (Nat.modulo (size_of o) k) 0) (size_of o)
    | Cocoercive o k _ _ => given (there o && Nat.ltb 0 k && Nat.eqb (Nat.modulo (size_of o) k) 0) (size_of o)
    | Linear o m => given (there o && fits m (size_of o)) (length (lines m (size_of o)))
    | MaxPool o down across channels =>
        given (there o && moves_over down across && Nat.eqb (margin_before down + margin_behind down + margin_before across + margin_behind across) 0
               && Nat.eqb (size_of o) (channels * (pixels down * pixels across)))
              (length (windows down across channels))
    | Call o number outputs =>
        match callees number with
        | None => None
        | Some b =>
            given (there o && Nat.eqb (size_of o) (arguments b) && Nat.eqb outputs (results b)) outputs
        end
    end.
  Fixpoint sizes (us : list (unit name)) (known : list nat) : option (list nat) :=
    match us with
    | [] => Some known
    | u :: us' => match size u known with Some n => sizes us' (known ++ [n]) | None => None end
    end.

  (** * The inequality *)
  Definition weights_of (c : certificate name) (p : proof) : list dyadic :=
    match input_norm c with
    | L2 => repeat (mul (bound c) (bound c)) (inputs c)
    | Linf => for_each (inputs c) (ranges p)
    end.
  Definition affordable (c : certificate name) (ws : list dyadic) : bool :=
    match input_norm c with
    | L2 => true
    | Linf => forallb nonnegative ws && le (fold_right add zero ws) (mul (bound c) (bound c))
    end.

  (** The form [base - |dy|^2 - constraints] is not negative, or dy is zero; dy are those outputs that the proof is
      about, of as many as are expected. *)
  Definition holds (c : certificate name) (expected : nat -> bool) (targets : list linear -> list linear) (p : proof)
    : bool :=
    let ws := weights_of c p in
    Nat.eqb (length ws) (inputs c) && affordable c ws && forallb is_sound (reasons p) &&
    match differences tensors (gain_is propose callees tensors) (units c) (reasons p) (after One (inputs c))
            [coordinates One (inputs c)] Leaf with
    | None => false
    | Some (signals, q) =>
        let y := targets (last signals []) in
        expected (length (last signals [])) &&
        (forallb is_leaf y
        || nonnegative_form propose (qplus (weighted ws One) (qplus (minus_squares y) (qtimes minus_one q))))
    end.

  Fixpoint all_hold (c : certificate name) (j : nat) (ps : list proof) : bool :=
    match ps with [] => true | p :: ps' => holds c (Nat.eqb (length (proofs c))) (fun y => [nth j y Leaf]) p && all_hold c (S j) ps' end.

  (** Without a matrix, and without records. *)
  Definition by_elements (c : certificate name) : bool :=
    match input_norm c, proofs c, factors root callees tensors (units c) [repeat one (inputs c)] with
    | Linf, [], Some all =>
        match output_norm c with
        | L2 => le (total_squared (last all [])) (mul (bound c) (bound c))
        | Linf => le (most (last all [])) (bound c)
        end
    | _, _, _ => false
    end.

  Definition check (c : certificate name) : bool :=
    nonnegative (bound c) &&
    match proved_by c, output_norm c, proofs c with
    | Elements, _, _ => by_elements c
    | Inequality, L2, [p] => holds c (fun _ => true) (fun y => y) p
    | Inequality, L2, _ => false
    | Inequality, Linf, [] => false
    | Inequality, Linf, ps => all_hold c 0 ps
    end.

  (** * Soundness *)
  Variable called : nat -> list R -> list R.
  Hypothesis known_to_obey : forall k b, callees k = Some b -> obeys b (called k).

  Definition claim (c : certificate name) : Prop := forall x x', length x = inputs c -> length x' = inputs c ->
    distance (output_norm c) (network called (stored tensors) (units c) x) (network called (stored tensors) (units c) x')
      <= val (bound c) * distance (input_norm c) x x'.

  Lemma weighted_linf : forall ws z t, forallb nonnegative ws = true -> length_in Linf z <= t ->
    fold_right Rplus 0 (zip (fun w d => val w * (d * d)) ws z) <= val (fold_right add zero ws) * (t * t).
  Proof.
    induction ws as [|w ws IH]; intros z t N T; cbn [zip fold_right forallb] in *.
    - rewrite val_zero. lra.
    - apply andb_true_iff in N. destruct N as [N1 N2]. apply nonnegative_true in N1. rewrite val_add.
      assert (T0 : 0 <= t) by (eapply Rle_trans; [apply (max_nonnegative z)|exact T]).
      assert (P : 0 <= val (fold_right add zero ws) * (t * t)).
      { apply Rmult_le_pos; [|nra]. clear -N2. induction ws as [|a ws IH]; cbn in *; [rewrite val_zero; lra|].
        apply andb_true_iff in N2. destruct N2 as [A B]. apply nonnegative_true in A. rewrite val_add. specialize (IH B). lra. }
      destruct z as [|d z]; cbn [fold_right]; [nra|].
      cbn in T. pose proof (Rmax_l (Rabs d) (length_in Linf z)) as M1. pose proof (Rmax_r (Rabs d) (length_in Linf z)) as M2.
      unfold length_in in M1, M2.
      assert (T' : length_in Linf z <= t) by (unfold length_in; lra). specialize (IH z t N2 T').
      assert (D : d * d <= t * t).
      { assert (Rabs d <= t) by lra. pose proof (Rabs_pos d).
        replace (d * d) with (Rabs d * Rabs d) by (rewrite <- Rabs_mult; apply Rabs_right; nra). nra. }
      nra.
  Qed.

  Lemma weights_below_bound : forall c p z, nonnegative (bound c) = true -> length z = inputs c ->
    affordable c (weights_of c p) = true ->
    fold_right Rplus 0 (zip (fun w d => val w * (d * d)) (weights_of c p) z)
      <= (val (bound c) * length_in (input_norm c) z) * (val (bound c) * length_in (input_norm c) z).
  Proof.
    intros c p z B L A. unfold weights_of, affordable in *. apply nonnegative_true in B. destruct (input_norm c).
    - rewrite <- L, weighted_l2, val_mul. cbn [length_in]. pose proof (squared_nonnegative z) as S.
      pose proof (sqrt_sqrt _ S) as Q. set (s := sqrt (squared z)) in *. rewrite <- Q. lra.
    - apply andb_true_iff in A. destruct A as [A1 A2]. apply le_true in A2. rewrite val_mul in A2.
      pose proof (weighted_linf _ z _ A1 (Rle_refl _)) as W. pose proof (max_nonnegative z) as M.
      set (t := length_in Linf z) in *. assert (0 <= t * t) by nra. nra.
  Qed.

  Lemma holds_sound : forall c expected targets p, nonnegative (bound c) = true ->
    holds c expected targets p = true -> forall x x', length x = inputs c -> length x' = inputs c ->
    exists v Y, represents v (network called (stored tensors) (units c) x) (network called (stored tensors) (units c) x') Y /\
      expected (length Y) = true /\ squared (map (fun l => dot l v) (targets Y))
        <= (val (bound c) * distance (input_norm c) x x') * (val (bound c) * distance (input_norm c) x x').
  Proof.
    intros c expected targets p B H x x' L L'. unfold holds in H. rewrite !andb_true_iff in H. destruct H as [[[H1 H2] H3] H4].
    apply Nat.eqb_eq in H1.
    assert (LL : length x = length x') by congruence.
    assert (AL : alike [x] [x']) by (constructor; [exact LL|constructor]).
    pose proof (trace_alike called (stored tensors) (units c) (reasons p) _ _ AL) as LT.
    destruct (coordinates_exist (x ++ trace called (stored tensors) (units c) (reasons p) [x])
                                (x' ++ trace called (stored tensors) (units c) (reasons p) [x']))
      as [v G]; [rewrite !length_app, LT, LL; reflexivity|].
    apply agrees_app in G; [|exact LL]. destruct G as [G1 G2]. rewrite L in G2.
    pose proof (coordinates_represent v x x' One G1) as IR. rewrite L in IR.
    assert (AR : all_represent v [x] [x'] [coordinates One (inputs c)]) by (constructor; [exact IR|constructor]).
    destruct (differences tensors _ (units c) _ _ _ _) as [[signals q]|] eqn:D; [|discriminate].
    assert (Z : 0 <= form Leaf v) by (cbn; lra).
    destruct (differences_sound called tensors v _ (gain_is_true propose callees tensors called known_to_obey) _ _ _ _ _ _ _ _ _ AR H3 Z G2 D)
      as [R Q].
    cbv zeta in H4. apply andb_true_iff in H4. destruct H4 as [X H4].
    exists v, (last signals []). split; [apply all_last; exact R|]. split; [exact X|].
    set (N := val (bound c) * distance (input_norm c) x x'). apply orb_true_iff in H4. destruct H4 as [E|P].
    - replace (squared _) with 0; [nra|]. induction (targets _) as [|l ls IH]; cbn in *; [reflexivity|].
      apply andb_true_iff in E. destruct E as [E1 E2]. destruct l; [|discriminate]. rewrite dot_leaf.
      unfold squared in IH. rewrite <- (IH E2). lra.
    - pose proof (nonnegative_form_true _ _ P v) as F.
      rewrite !form_qplus, form_qtimes, minus_squares_value, val_minus_one in F.
      assert (Wl : length (weights_of c p) = length x) by congruence.
      rewrite (weighted_value v x x' One _ G1 Wl) in F.
      assert (ZL : length (zip Rminus x x') = inputs c) by (rewrite zip_length, <- LL, Nat.min_id; exact L).
      pose proof (weights_below_bound c p (zip Rminus x x') B ZL H2) as W. unfold N, distance. lra.
  Qed.

  Lemma below_square : forall a b, 0 <= b -> a * a <= b * b -> Rabs a <= b.
  Proof. intros a b H S. unfold Rabs. destruct (Rcase_abs a); nra. Qed.

  Lemma all_hold_sound : forall c ps j, all_hold c j ps = true -> forall k, (j <= k < j + length ps)%nat ->
    exists p, holds c (Nat.eqb (length (proofs c))) (fun y => [nth k y Leaf]) p = true.
  Proof.
    induction ps as [|p ps IH]; intros j H k K; cbn in *; [lia|]. apply andb_true_iff in H. destruct H as [H1 H2].
    destruct (Nat.eq_dec k j) as [->|]; [exists p; exact H1|]. apply (IH (S j) H2). lia.
  Qed.

  Lemma max_below : forall z t, 0 <= t -> (forall k, (k < length z)%nat -> Rabs (nth k z 0) <= t) -> length_in Linf z <= t.
  Proof.
    induction z as [|d z IH]; intros t T H; cbn; [exact T|]. apply Rmax_lub.
    - apply (H 0%nat). cbn. lia.
    - apply (IH t T). intros k K. apply (H (S k)). cbn. lia.
  Qed.

  Lemma within_distance : forall x x', length x = length x' ->
    within (distance Linf x x') x x' (repeat one (length x)).
  Proof.
    assert (G : forall x x' t, length x = length x' -> distance Linf x x' <= t -> within t x x' (repeat one (length x))).
    { unfold distance. induction x as [|a x IH]; intros [|a' x'] t L H; try discriminate; [constructor|]. injection L as L.
      cbn [zip length_in fold_right] in H. pose proof (Rmax_l (Rabs (a - a')) (length_in Linf (zip Rminus x x'))) as A.
      pose proof (Rmax_r (Rabs (a - a')) (length_in Linf (zip Rminus x x'))) as B. cbn [length_in] in A, B.
      cbn [length repeat]. constructor; [rewrite val_one; lra|]. apply IH; [exact L|]. cbn [length_in]. lra. }
    intros. apply G; [assumption|apply Rle_refl].
  Qed.

  Lemma by_elements_sound : forall c, nonnegative (bound c) = true -> by_elements c = true -> claim c.
  Proof.
    intros c B H x x' L L'. unfold by_elements in H. apply nonnegative_true in B.
    destruct (input_norm c); [discriminate|]. destruct (proofs c); [|discriminate].
    destruct (factors root callees tensors (units c) [repeat one (inputs c)]) as [all|] eqn:F; [|discriminate].
    set (t := distance Linf x x'). assert (T : 0 <= t) by apply length_nonnegative.
    assert (W : all_within t [x] [x'] [repeat one (inputs c)]).
    { constructor; [|constructor]. rewrite <- L. apply within_distance. congruence. }
    pose proof (factors_sound root callees tensors t T called known_to_obey _ _ _ _ _ W F) as R.
    apply all_within_last in R. unfold network. destruct (output_norm c); apply le_true in H.
    - rewrite val_mul in H. apply within_squared in R.
      unfold distance. cbn [length_in]. rewrite <- (sqrt_square (val (bound c) * t)) by (apply Rmult_le_pos; assumption).
      apply sqrt_le_1_alt. eapply Rle_trans; [exact R|]. assert (0 <= t * t) by apply Rle_0_sqr. nra.
    - apply (within_length_in t T _ _ _ R); assumption.
  Qed.

  Theorem check_sound : forall c, check c = true -> claim c.
  Proof.
    intros c H x x' L L'. unfold check in H. apply andb_true_iff in H. destruct H as [B H].
    assert (N0 : 0 <= val (bound c) * distance (input_norm c) x x').
    { apply Rmult_le_pos; [apply nonnegative_true, B|apply length_nonnegative]. }
    destruct (proved_by c); [|exact (by_elements_sound c B H x x' L L')].
    destruct (output_norm c).
    - destruct (proofs c) as [|p [|]]; try discriminate.
      destruct (holds_sound c _ _ p B H x x' L L') as [v [Y [R [_ S]]]].
      unfold distance at 1. rewrite (represents_values _ _ _ _ R). cbn [length_in].
      rewrite <- (sqrt_square (val (bound c) * _)) by exact N0. apply sqrt_le_1_alt. exact S.
    - assert (P : all_hold c 0 (proofs c) = true /\ (0 < length (proofs c))%nat).
      { destruct (proofs c); [discriminate|]. split; [exact H|cbn; lia]. }
      destruct P as [P P0]. unfold distance at 1. apply max_below; [exact N0|]. intros k K.
      assert (F : forall j, (j < length (proofs c))%nat -> exists v Y, represents v
        (network called (stored tensors) (units c) x) (network called (stored tensors) (units c) x') Y /\ length Y = length (proofs c) /\
        squared (map (fun l => dot l v) [nth j Y Leaf])
          <= (val (bound c) * distance (input_norm c) x x') * (val (bound c) * distance (input_norm c) x x')).
      { intros j J. destruct (all_hold_sound c _ 0 P j) as [p Hp]; [lia|].
        destruct (holds_sound c _ _ p B Hp x x' L L') as [v [Y [R [E S]]]]. exists v, Y.
        apply Nat.eqb_eq in E. auto. }
      destruct (F 0%nat P0) as [v0 [Y0 [R0 [E0 _]]]]. pose proof (represents_values _ _ _ _ R0) as Z0.
      assert (K' : (k < length (proofs c))%nat) by (rewrite Z0, length_map, E0 in K; exact K).
      destruct (F k K') as [v [Y [R [E S]]]]. rewrite (represents_values _ _ _ _ R).
      rewrite <- (dot_leaf v) at 1. rewrite (map_nth (fun l => dot l v)).
      cbn [map squared fold_right] in S. apply below_square; [exact N0|]. lra.
  Qed.
End Check.
