(** Radii by signs: docs/soundness.md. At an input that is known, the signs of what each kink reads there say more of the
    outputs than a bound does. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Vectors Positivity Activations Images Units Differences Represents Groups Lengths Sorted Softened Steps Spread Norms Maps Gains Within Factors Certificate.
Import ListNotations.
Open Scope R_scope.

(** * Kinks: functions that are [a t] below 0 and [b t] above, a < b *)
Record kink := Kink { multiplier : dyadic; below : dyadic; above : dyadic; read_there : linear; given_there : linear }.
(** How the value less the line of each slope differs. *)
Definition du (k : kink) (y : vector) : R := dot (given_there k) y - val (below k) * dot (read_there k) y.
Definition dv (k : kink) (y : vector) : R := dot (given_there k) y - val (above k) * dot (read_there k) y.

Definition bends (f : pointwise) : bool := match f with Relu | Abs => true | LeakyRelu s => lt s one | _ => false end.
Definition kinked (f : pointwise) : option (dyadic * dyadic) :=
  if bends f then match interval f with Some (a, b) => if lt a b then Some (a, b) else None | None => None end else None.

Lemma kinked_true : forall f a b, kinked f = Some (a, b) -> interval f = Some (a, b) /\ val a < val b /\
  forall t, 0 <= apply f t - val a * t /\ 0 <= apply f t - val b * t /\ (apply f t - val a * t) * (apply f t - val b * t) = 0.
Proof.
  intros f a b H. unfold kinked in H. destruct (bends f) eqn:B; [|discriminate]. destruct (interval f) as [[a' b']|] eqn:I; [|discriminate].
  destruct (lt a' b') eqn:L; [|discriminate]. injection H as -> ->. apply lt_true in L. split; [reflexivity|]. split; [exact L|].
  assert (V1 : val (Dyadic (-1) 0) = -1) by (unfold val, two; simpl; lra).
  intros t. destruct f; try discriminate; cbn [interval bends apply] in *; injection I as <- <-.
  - rewrite val_zero, val_one. unfold Rmax. destruct (Rle_dec t 0); split; [|split| |split]; nra.
  - apply lt_true in B. rewrite val_one in B. rewrite val_least, val_largest, val_one in *.
    rewrite Rmin_left, Rmax_right in * by lra. destruct (Rle_dec 0 t); split; [|split| |split]; nra.
  - rewrite V1, val_one. unfold Rabs. destruct (Rcase_abs t); split; [|split| |split]; nra.
Qed.

(** The sum of [multiplier du dv]. *)
Definition bent_products (ks : list kink) (y : vector) : R := fold_right (fun k s => val (multiplier k) * (du k y * dv k y) + s) 0 ks.
(** [A du + B dv], and [A u0 + B v0]. *)
Fixpoint pulls (ks : list kink) (ab : list (R * R)) (y : vector) : R :=
  match ks, ab with k :: ks', (a, b) :: ab' => a * du k y + b * dv k y + pulls ks' ab' y | _, _ => 0 end.
Fixpoint gained (uv ab : list (R * R)) : R :=
  match uv, ab with (u, v) :: uv', (a, b) :: ab' => a * u + b * v + gained uv' ab' | _, _ => 0 end.
(** No number is above what the sign at the input allows. *)
Fixpoint are_cut (ks : list kink) (uv ab : list (R * R)) : Prop :=
  match ks, uv, ab with
  | k :: ks', (u, v) :: uv', (a, b) :: ab' => a <= val (multiplier k) * v /\ b <= val (multiplier k) * u /\ are_cut ks' uv' ab'
  | _, _, _ => True
  end.

Lemma linear_pulls : forall ks ab, is_linear_in (pulls ks ab).
Proof.
  assert (Z : is_linear_in (fun _ => 0)) by (split; [|split]; intros; lra).
  assert (W : forall c d L, is_linear_in L -> is_linear_in (fun y => c * dot d y + L y)).
  { intros c d L H. pose proof (linear_combined c 1 _ _ (linear_total _ val d) H) as [H1 [H2 H3]].
    split; [|split]; intros; unfold dot; [rewrite <- (Rmult_1_l (L v)), <- (Rmult_1_l (L w)); auto| |].
    - specialize (H2 v w). lra.
    - specialize (H3 c0 v). lra. }
  assert (S : forall L M : vector -> R, (forall y, L y = M y) -> is_linear_in L -> is_linear_in M).
  { intros L M E [H1 [H2 H3]]. split; [|split]; intros; rewrite <- !E; auto. }
  induction ks as [|k ks IH]; intros [|[a b] ab]; try exact Z.
  refine (S _ _ _ (W (a + b) (given_there k) _ (W (- (a * val (below k) + b * val (above k))) (read_there k) _ (IH ab)))).
  intros y. cbn [pulls]. unfold du, dv. lra.
Qed.
Lemma local_pulls : forall A (t : tree A) ks, (forall k, In k ks -> covers t (read_there k) /\ covers t (given_there k)) -> forall ab, is_local t (pulls ks ab).
Proof.
  induction ks as [|k ks IH]; intros H [|[a b] ab] v; try reflexivity. cbn [pulls]. rewrite (IH (fun k I => H k (or_intror I)) ab v).
  destruct (H k (or_introl eq_refl)) as [H1 H2]. unfold du, dv, dot. rewrite (local_total _ _ t val _ H1 v), (local_total _ _ t val _ H2 v). reflexivity.
Qed.

Section Turned.
  Variable y : vector.

  (** What kinks give less both lines, at two inputs whose differences are [y]. *)
  Inductive turned : list kink -> list (R * R) -> list (R * R) -> Prop :=
  | turned_nil : turned [] [] []
  | turned_cons : forall k ks u v uv u' v' uv', 0 <= val (multiplier k) -> 0 <= u -> 0 <= v -> u * v = 0 -> 0 <= u' -> 0 <= v' -> u' * v' = 0 ->
      du k y = u' - u -> dv k y = v' - v -> turned ks uv uv' -> turned (k :: ks) ((u, v) :: uv) ((u', v') :: uv').

  Lemma turned_app : forall ks uv uv' ls st st', turned ks uv uv' -> turned ls st st' -> turned (ks ++ ls) (uv ++ st) (uv' ++ st').
  Proof. induction 1; intros; cbn; [assumption|constructor; auto]. Qed.
  Lemma products_app : forall ks ls, bent_products (ks ++ ls) y = bent_products ks y + bent_products ls y.
  Proof. unfold bent_products. induction ks as [|k ks IH]; intros ls; cbn [app fold_right]; [lra|]. rewrite IH. lra. Qed.

  Lemma pulls_sound : forall ks uv uv', turned ks uv uv' -> forall ab, are_cut ks uv ab ->
    gained uv ab + pulls ks ab y <= - bent_products ks y.
  Proof.
    unfold bent_products. induction 1 as [|k ks u v uv u' v' uv' L U V UV U' V' UV' DU DV H IH]; intros ab C; [destruct ab; cbn; lra|].
    cbn [fold_right]. rewrite DU, DV.
    assert (P : (u' - u) * (v' - v) = - (u' * v + u * v')) by nra. rewrite P.
    assert (P1 : 0 <= u' * v) by (apply Rmult_le_pos; assumption). assert (P2 : 0 <= u * v') by (apply Rmult_le_pos; assumption).
    destruct ab as [|[a b] ab].
    - specialize (IH [] ltac:(destruct ks, uv as [|[? ?] ?]; exact I)). cbn [gained pulls] in *.
      assert (E : gained uv [] = 0) by (destruct uv as [|[? ?] ?]; reflexivity). assert (F : pulls ks [] y = 0) by (destruct ks; reflexivity).
      rewrite E, F in IH. assert (0 <= val (multiplier k) * (u' * v + u * v')) by (apply Rmult_le_pos; lra). lra.
    - cbn [are_cut gained pulls] in *. destruct C as [C1 [C2 C3]]. specialize (IH ab C3). rewrite DU, DV.
      assert (0 <= (val (multiplier k) * v - a) * u') by (apply Rmult_le_pos; lra).
      assert (0 <= (val (multiplier k) * u - b) * v') by (apply Rmult_le_pos; lra). nra.
  Qed.
End Turned.

(** * The kinks of a network, as a proof has them *)
Section Kinks.
  Context {name : Type}.
  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list dyadic).
  Variable has_gain : unit name -> nat -> dyadic -> bool.

  Definition corner (r : reason) (u : unit name) : option (pointwise * (dyadic * dyadic)) :=
    match r, scalar u with Slopes _, Some f => option_map (pair f) (kinked f) | _, _ => None end.
  Definition factors_of (r : reason) : list dyadic := match r with Slopes ls => ls | Gain _ _ => [] end.
  (** As [scalars]. *)
  Fixpoint bent (a b : dyadic) (i : index) (ls : list dyadic) (zs : list linear) : list kink :=
    match zs with
    | [] => []
    | z :: zs' => Kink (hd zero ls) a b z (match z with Leaf => Leaf | _ => coordinate i end) :: bent a b (next i) (tl ls) zs'
    end.
  Definition kinks_of (u : unit name) (r : reason) (i : index) (signals : list (list linear)) : list kink :=
    match corner r u with
    | Some (_, (a, b)) => let zs := read_forms u signals in bent a b i (for_each (length zs) (factors_of r)) zs
    | None => []
    end.
  Fixpoint kinks (us : list (unit name)) (rs : list reason) (i : index) (signals : list (list linear)) : list kink :=
    match us with
    | [] => []
    | u :: us' =>
        let r := hd no_reason rs in
        match step tensors has_gain u r i signals with
        | None => []
        | Some (s, _) => kinks_of u r i signals ++ kinks us' (tl rs) (after i (count tensors u r signals)) (signals ++ [s])
        end
    end.

  (** What they give less the line of each slope, at an input: one of both is zero, and none is below. *)
  Definition turns_of (u : unit name) (r : reason) (signals : list (list R)) : list (R * R) :=
    match corner r u with
    | Some (f, (a, b)) => map (fun t => (apply f t - val a * t, apply f t - val b * t)) (read u signals)
    | None => []
    end.
  Fixpoint turns (us : list (unit name)) (rs : list reason) (signals : list (list R)) : list (R * R) :=
    match us with
    | [] => []
    | u :: us' => turns_of u (hd no_reason rs) signals ++ turns us' (tl rs) (signals ++ [value called (stored tensors) u signals])
    end.

  Hypothesis gains_true : gains_hold called tensors has_gain.

  Lemma bent_sound : forall v f a b, kinked f = Some (a, b) -> forall z z' zs, represents v z z' zs ->
    forall i ls, forallb nonnegative ls = true -> agrees v i (map (apply f) z) (map (apply f) z') ->
    let uv := map (fun t => (apply f t - val a * t, apply f t - val b * t)) in
    turned v (bent a b i ls zs) (uv z') (uv z) /\ form (snd (scalars a b i ls zs)) v = - 2 * bent_products (bent a b i ls zs) v.
  Proof.
    intros v f a b K. destruct (kinked_true f a b K) as [_ [_ T]]. cbv zeta. unfold bent_products.
    induction 1 as [|x x' l z z' zs E H IH]; intros i ls N A; cbn [map bent scalars fold_right].
    - split; [constructor|cbn; lra].
    - cbn [map agrees] in A. destruct A as [A1 A2].
      assert (N' : forallb nonnegative (tl ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in N; apply N]).
      assert (N0 : 0 <= val (hd zero ls)).
      { destruct ls; cbn in *; [rewrite val_zero; lra|]. apply andb_true_iff in N. apply nonnegative_true, N. }
      specialize (IH (next i) (tl ls) N' A2). destruct (scalars a b (next i) (tl ls) zs) as [ws q]. cbn [fst snd] in IH. destruct IH as [IH1 IH2].
      assert (W : apply f x - apply f x' = dot (given_there (Kink (hd zero ls) a b l (match l with Leaf => Leaf | _ => coordinate i end))) v).
      { cbn [given_there]. destruct l; [|rewrite dot_coordinate; lra]. rewrite dot_leaf in *. replace x' with x by lra. lra. }
      destruct (T x) as [X1 [X2 X3]], (T x') as [Y1 [Y2 Y3]]. split.
      + constructor; try assumption; unfold du, dv; rewrite <- W; cbn [read_there below above]; rewrite <- E; ring.
      + unfold du at 1, dv at 1. cbn [multiplier given_there read_there below above]. cbn [given_there] in W.
        destruct l as [|e c o] eqn:D; cbn [snd].
        * rewrite IH2, !dot_leaf. ring.
        * rewrite <- D in *. rewrite form_qplus, form_product, Forms.dot_times, !dot_minus, !Forms.dot_times, val_mul, val_2, IH2. ring.
  Qed.

  Lemma step_bent : forall v (u : unit name) r i S S' FS F q, all_represent v S S' FS -> is_sound r = true ->
    agrees v i (fresh called (stored tensors) r u S) (fresh called (stored tensors) r u S') -> step tensors has_gain u r i FS = Some (F, q) ->
    turned v (kinks_of u r i FS) (turns_of u r S') (turns_of u r S) /\ - 2 * bent_products (kinks_of u r i FS) v <= form q v.
  Proof.
    intros v u r i S S' FS F q HS HN HG E. unfold kinks_of, turns_of.
    destruct (corner r u) as [[f [a b]]|] eqn:C.
    - unfold corner in C. destruct r as [ls|]; [|discriminate]. destruct (scalar u) as [g|] eqn:D; [|discriminate].
      destruct (kinked g) as [[a' b']|] eqn:K; [|discriminate]. injection C as -> -> ->.
      cbn [step fresh is_sound factors_of] in *. unfold by_slopes in E. rewrite D in E. rewrite !(functions_some u f _ D) in HG.
      destruct (kinked_true f a b K) as [I [L _]].
      destruct (bent_sound v f a b K _ _ _ (read_represents v u _ _ _ HS) i _ (for_each_nonnegative (length (read_forms u FS)) _ HN) HG) as [T Q].
      split; [exact T|]. rewrite <- Q. unfold responses in E. rewrite I in E.
      destruct (equal a b) eqn:EQ; [apply equal_true in EQ; lra|]. destruct (lt a b); [|discriminate].
      destruct (scalars a b i _ _) as [ws q'] eqn:SC. injection E as _ <-. cbn [snd]. lra.
    - split; [constructor|]. destruct (step_sound called tensors v has_gain gains_true _ _ _ _ _ _ _ _ HS HN HG E) as [_ P].
      unfold bent_products. cbn [fold_right]. lra.
  Qed.

  Theorem kinks_sound : forall v (us : list (unit name)) rs i S S' FS q FS' q', all_represent v S S' FS -> forallb is_sound rs = true ->
    agrees v i (trace called (stored tensors) us rs S) (trace called (stored tensors) us rs S') ->
    differences tensors has_gain us rs i FS q = Some (FS', q') ->
    turned v (kinks us rs i FS) (turns us rs S') (turns us rs S) /\ form q v - 2 * bent_products (kinks us rs i FS) v <= form q' v.
  Proof.
    intros v. induction us as [|u us IH]; intros rs i S S' FS q FS' q' HS HN HG E; cbn [differences trace kinks turns] in *.
    - injection E as <- <-. split; [constructor|unfold bent_products; cbn [fold_right]; lra].
    - cbv zeta in E. destruct (step tensors has_gain u (hd no_reason rs) i FS) as [[s r]|] eqn:D; [|discriminate].
      apply agrees_app in HG; [|apply fresh_alike; eapply represented_alike; eassumption]. destruct HG as [G1 G2].
      rewrite (fresh_counted called tensors v has_gain u _ _ _ _ _ _ _ HS D) in G2.
      assert (N1 : is_sound (hd no_reason rs) = true)
        by (destruct rs; cbn [hd forallb] in *; [reflexivity|apply andb_true_iff in HN; tauto]).
      assert (N2 : forallb is_sound (tl rs) = true) by (destruct rs; cbn in *; [|apply andb_true_iff in HN]; tauto).
      destruct (step_sound called tensors v has_gain gains_true _ _ _ _ _ _ _ _ HS N1 G1 D) as [K _].
      destruct (step_bent v u _ i S S' FS s r HS N1 G1 D) as [T Q].
      destruct (IH _ _ _ _ _ _ _ _ (all_appended _ _ _ _ _ _ _ HS K) N2 G2 E) as [T' Q'].
      split; [apply turned_app; assumption|]. rewrite products_app. rewrite form_qplus in Q'. lra.
  Qed.
End Kinks.

Lemma stays_positive : forall F far s, F - far * far / 2 <= s -> far * far < 2 * F -> 0 < s.
Proof. intros. lra. Qed.

(** * The second proof of a pair: its form without the output *)
Section Check.
  Context {name : Type}.
  Variable propose : quadratic -> witness.
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).

  Definition kinks_in (c : certificate name) (p : proof) : list kink :=
    kinks tensors (gain_is propose callees tensors) (units c) (reasons p) (after One (inputs c)) [coordinates One (inputs c)].
  Definition formed (c : certificate name) (p : proof) : option (list (list linear) * quadratic) :=
    differences tensors (gain_is propose callees tensors) (units c) (reasons p) (after One (inputs c)) [coordinates One (inputs c)] Leaf.
  Definition without_output (c : certificate name) (p : proof) (q : quadratic) : quadratic :=
    qplus (weighted (weights_of c p) One) (qtimes minus_one q).
  (** The coordinates that occur: in the form, in the outputs and at kinks. *)
  Definition occurring (signals : list (list linear)) (q : quadratic) (ks : list kink) : linear :=
    all_of (indices_of q :: last signals [] ++ rows_of q ++ map read_there ks ++ map given_there ks).

  (** [Q - delta I] is not negative. *)
  Definition stays (c : certificate name) (delta : dyadic) (p : proof) : bool :=
    let ws := weights_of c p in
    positive delta && Nat.eqb (length ws) (inputs c) && affordable c ws && forallb is_sound (reasons p) &&
    match formed c p with
    | None => false
    | Some (signals, q) =>
        let form := without_output c p q in
        nonnegative_form propose (qplus form (qtimes minus_one (diagonal delta (occurring signals form (kinks_in c p)))))
    end.

  Variable called : nat -> list R -> list R.
  Hypothesis known_to_obey : forall k b, callees k = Some b -> obeys b (called k).

  (** What the kinks give less their lines, at an input. *)
  Definition turns_at (c : certificate name) (p : proof) (x : list R) : list (R * R) := turns called tensors (units c) (reasons p) [x].
  (** The linear form of a factor of output [j], and numbers for both lines of each kink. *)
  Definition pull (sigma : R) (signals : list (list linear)) (j : nat) (ks : list kink) (ab : list (R * R)) : vector -> R :=
    fun y => sigma * dot (nth j (last signals []) Leaf) y + 1 * pulls ks ab y.
  (** docs/soundness.md: F, which half of the square of the distance has to stay below; [m] is output [j] at the input, and
      [uv] what its kinks give. *)
  Definition reserve (c : certificate name) (delta : dyadic) (p : proof) (uv : list (R * R)) (j : nat) (m sigma : R) (ab : list (R * R)) (z : vector) : R :=
    match formed c p with
    | None => 0
    | Some (signals, q) =>
        let form := without_output c p q in
        let ks := kinks_in c p in
        sigma * m + gained uv ab
          - dual_square (occurring signals form ks) (val delta) (pull sigma signals j ks ab) form z / 2
    end.

  Lemma occurs : forall signals q ks l, In l (last signals [] ++ rows_of q ++ map read_there ks ++ map given_there ks) -> covers (occurring signals q ks) l.
  Proof. intros. apply covers_all. right. assumption. Qed.

  Theorem signs_sound : forall c delta p, nonnegative (bound c) = true -> stays c delta p = true ->
    forall x x' j sigma ab z, length x = inputs c -> length x' = inputs c -> are_cut (kinks_in c p) (turns_at c p x) ab ->
    let far := val (bound c) * distance (input_norm c) x' x in
    let m := nth j (network called (stored tensors) (units c) x) 0 in
    reserve c delta p (turns_at c p x) j m sigma ab z - far * far / 2 <= sigma * nth j (network called (stored tensors) (units c) x') 0.
  Proof.
    intros c delta p B H x x' j sigma ab z L L' CUT. cbv zeta. unfold stays in H. rewrite !andb_true_iff in H. destruct H as [[[[H0 H1] H2] H3] H4].
    apply Nat.eqb_eq in H1. apply positive_true in H0. unfold reserve.
    assert (LL : length x' = length x) by congruence.
    assert (AL : alike [x'] [x]) by (constructor; [exact LL|constructor]).
    pose proof (trace_alike called (stored tensors) (units c) (reasons p) _ _ AL) as LT.
    destruct (coordinates_exist (x' ++ trace called (stored tensors) (units c) (reasons p) [x'])
                                (x ++ trace called (stored tensors) (units c) (reasons p) [x]))
      as [v G]; [rewrite !length_app, LT, LL; reflexivity|].
    apply agrees_app in G; [|exact LL]. destruct G as [G1 G2]. rewrite L' in G2.
    pose proof (coordinates_represent v x' x One G1) as IR. rewrite L' in IR.
    assert (AR : all_represent v [x'] [x] [coordinates One (inputs c)]) by (constructor; [exact IR|constructor]).
    pose proof (gain_is_true propose callees tensors called known_to_obey) as GT.
    destruct (formed c p) as [[signals q]|] eqn:D; [|discriminate]. unfold formed in D.
    assert (Z : 0 <= form Leaf v) by (cbn; lra).
    destruct (differences_sound called tensors v _ GT _ _ _ _ _ _ _ _ _ AR H3 Z G2 D) as [R _].
    destruct (kinks_sound called tensors _ GT v _ _ _ _ _ _ _ _ _ AR H3 G2 D) as [T Q]. rewrite form_leaf in Q.
    change (kinks tensors _ _ _ _ _) with (kinks_in c p) in T, Q. set (ks := kinks_in c p) in *.
    set (f := without_output c p q) in *. set (t := occurring signals f ks) in *. set (out := nth j (last signals []) Leaf).
    pose proof (pulls_sound v _ _ _ T ab CUT) as P. change (turns called tensors (units c) (reasons p) [x]) with (turns_at c p x) in P.
    assert (O : nth j (network called (stored tensors) (units c) x') 0 - nth j (network called (stored tensors) (units c) x) 0 = dot out v)
      by (apply represents_nth; unfold network; apply all_last; exact R).
    assert (CO : covers t out).
    { unfold out. destruct (nth_in_or_default j (last signals []) Leaf) as [I|E]; [|rewrite E; apply covers_leaf].
      apply occurs, in_or_app. left. exact I. }
    assert (CK : forall k, In k ks -> covers t (read_there k) /\ covers t (given_there k)).
    { intros k I. split; apply occurs; rewrite !in_app_iff; right; right; [left|right]; apply in_map; exact I. }
    assert (LP : is_linear_in (pull sigma signals j ks ab)) by (apply linear_combined; [apply linear_total|apply linear_pulls]).
    assert (CP : is_local t (pull sigma signals j ks ab)).
    { intros y. unfold pull, dot. fold out. rewrite (local_pulls _ t ks CK ab y), (local_total _ _ t val _ CO y). reflexivity. }
    assert (PQ : forall y, val delta * energy t y <= form f y).
    { intros y. pose proof (nonnegative_form_true _ _ H4 y) as F. rewrite form_qplus, form_qtimes, val_minus_one, form_diagonal in F. fold t in F. lra. }
    assert (QL : forall y, is_local t (fun w => bilinear f y w)).
    { apply local_rows. intros row I. apply occurs. rewrite !in_app_iff. right. left. exact I. }
    assert (QR : forall y, is_local t (fun w => bilinear f w y)) by (apply local_indices, covers_all; left; reflexivity).
    pose proof (least_value _ t (val delta) _ f H0 LP CP QL QR PQ z v) as M.
    unfold pull in M at 2. fold out in M.
    assert (F : form f v <= (val (bound c) * distance (input_norm c) x' x) * (val (bound c) * distance (input_norm c) x' x) - form q v).
    { unfold f, without_output. rewrite form_qplus, form_qtimes, val_minus_one.
      assert (Wl : length (weights_of c p) = length x') by congruence. rewrite (weighted_value v x' x One _ G1 Wl).
      assert (ZL : length (zip Rminus x' x) = inputs c) by (rewrite zip_length, LL, Nat.min_id; exact L).
      pose proof (weights_below_bound c p (zip Rminus x' x) B ZL H2) as W. unfold distance. lra. }
    assert (E : sigma * nth j (network called (stored tensors) (units c) x') 0
      = sigma * nth j (network called (stored tensors) (units c) x) 0 + sigma * dot out v) by (rewrite <- O; ring).
    rewrite E. lra.
  Qed.
End Check.
