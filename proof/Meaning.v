(** What is accepted is true of the networks as their certificates list them, in which a call is
    the function of the network that is called, inlined or not, and a group of channels is one of elements that stand apart.
    Where a certificate rests on an LDL^T construction, it is true of all networks that its parameters make. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Activations Images Units Represents Lengths Norms Certificate Signs Constructions Document Layout Boxes Sizes Inlined Parted Scaled Ranges Settled Rows Records Constructed Claim Terms.
Import ListNotations.

(** [f] is a function of this entry's units as they are listed, where [earlier] are those of the entries before: with the
    tensors of the certificate, or with any of the listed shapes that the parameters of the construction make. It has no
    value where something does not fit. *)
Definition is_function (earlier : list (list R -> option (list R))) (e : entry) (f : list R -> option (list R)) : Prop :=
  let called k := nth k earlier (fun _ => None) in
  match e with
  | Given c t => f = function called (stored itself) (its_inputs c) (listed_rows t)
  | Free c which => exists free, f = function called free (its_inputs c) (its_units c) /\ of_listed_shapes free (its_inputs c) (its_units c) /\
      let made := match which with Chain => @ldlt_chain | Residual => @ldlt_residual end in
      made _ free (map what (its_units c)) (val (its_bound c)) (its_inputs c) (last_size c)
  end.
(** It takes no other number of elements than are listed, so a call reads as many as its callee lists, or has no value. *)
Lemma takes_its_inputs : forall earlier e f x, is_function earlier e f -> length x <> its_inputs (its_claim e) -> f x = None.
Proof.
  intros earlier [c t|c which] f x F L; cbn [is_function its_claim] in *; [|destruct F as [free [F _]]]; subst f;
    unfold function; rewrite (proj2 (Nat.eqb_neq _ _) L); reflexivity.
Qed.
Fixpoint are_functions (earlier : list (list R -> option (list R))) (es : list entry) (fs : list (list R -> option (list R))) : Prop :=
  match es, fs with
  | [], [] => True
  | e :: es', f :: fs' => is_function earlier e f /\ are_functions (earlier ++ [f]) es' fs'
  | _, _ => False
  end.
(** What the first unit of a certificate makes of an input; it calls nothing. *)
Definition first_layer (e : entry) : list R -> option (list R) :=
  match e with
  | Given c t => function (fun _ _ => None) (stored itself) (its_inputs c) (firstn 1 (listed_rows t))
  | Free _ _ => fun _ => None
  end.
(** That the claim measures two inputs by [d]: their difference; that of what the first unit makes of them; or theirs, with
    each element divided by a positive length. *)
Definition is_measured_by (e : entry) (x x' d : list R) : Prop :=
  let c := its_claim e in
  match its_scale c with
  | Unscaled | OnBox _ => d = zip Rminus x x'
  | ByFirstLayer => exists z z', first_layer e x = Some z /\ first_layer e x' = Some z' /\ d = zip Rminus z z'
  | ByUnits lengths => length lengths = its_inputs c /\ Forall (fun a => 0 < val a)%R lengths /\ d = divided lengths (zip Rminus x x')
  end.
(** That nothing but element [i] is another one in [x'], and it is not below that in [x]. *)
Definition rises_alone (i : nat) (x x' : list R) : Prop := (nth i x 0 <= nth i x' 0)%R /\ alone i x x'.
(** That outputs never fall, or never rise, where one of these inputs rises alone; all of which are numbers of elements. *)
Definition are_elements (l : list Z) (s : list R) : Prop := Forall (fun i => 0 <= i < Z.of_nat (length s))%Z l.
Definition follows (x x' y y' : list R) (t : trend) : Prop :=
  forall i j, In i (of_inputs t) -> In j (of_outputs t) -> rises_alone (Z.to_nat i) x x' ->
  (if increases_there t then nth (Z.to_nat j) y 0 <= nth (Z.to_nat j) y' 0 else nth (Z.to_nat j) y' 0 <= nth (Z.to_nat j) y 0)%R.
Definition keeps_trend (x x' y y' : list R) (t : trend) : Prop :=
  are_elements (of_inputs t) x /\ are_elements (of_outputs t) y /\ follows x x' y y' t.
(** That there is a slope for each input, and that no output of these moves by more than the sum of the slopes, each times how
    far its input moves. *)
Definition keeps_movement (x x' y y' : list R) (m : movement) : Prop :=
  length (slopes_of m) = length x /\ are_elements (of_moved m) y /\
  forall j, In j (of_moved m) -> (Rabs (nth (Z.to_nat j) y 0 - nth (Z.to_nat j) y' 0) <= moved_by (slopes_of m) (zip Rminus x x'))%R.
(** What is claimed of two inputs, their outputs, and what they are measured by: the bound, the trends, or how far outputs move. *)
Definition keeps_at (c : claim) (x x' y y' d : list R) : Prop :=
  match its_statement c with
  | ABound => (distance (norm_out c) y y' <= val (its_bound c) * length_in (norm_in c) d)%R
  | Trends ts => Forall (keeps_trend x x' y y') ts
  | Movement m => keeps_movement x x' y y' m
  end.
(** That a claim on a box has an interval for each element of the input, and so is about some inputs. *)
Definition has_its_box (c : claim) : Prop :=
  match its_scale c with
  | OnBox ends => length ends = its_inputs c /\ Forall (fun pq => val (fst pq) <= val (snd pq))%R ends
  | _ => True
  end.
(** What a certificate claims of a function: everything fits, it gives as many elements as are listed, and of any two inputs
    that the claim is about, what is claimed. *)
Definition keeps (e : entry) (f : list R -> option (list R)) : Prop :=
  let c := its_claim e in
  has_its_box c /\ forall x x', length x = its_inputs c -> length x' = its_inputs c -> is_about (its_scale c) x -> is_about (its_scale c) x' ->
  exists y y' d, f x = Some y /\ f x' = Some y' /\ length y = last_size c /\ length y' = last_size c /\ is_measured_by e x x' d /\
  keeps_at c x x' y y' d.
Lemma keeps_obeys : forall e f, its_scale (its_claim e) = Unscaled -> its_statement (its_claim e) = ABound -> keeps e f -> obeys (bound_of (its_claim e)) (value_of f).
Proof.
  intros e f U T K z z' L L'. cbn [bound_of arguments at_most to_norm from_norm] in *. unfold keeps in K. cbv zeta in K. destruct K as [_ K]. rewrite U in K.
  destruct (K z z' L L' I I) as [y [y' [d [Y [Y' [LY [LY' [M D]]]]]]]]. unfold is_measured_by in M. cbv zeta in M. rewrite U in M. subst d.
  unfold keeps_at in D. rewrite T in D. unfold value_of. rewrite Y, Y'. split; [congruence|exact D].
Qed.
Lemma keeps_value : forall e f z, its_scale (its_claim e) = Unscaled -> keeps e f -> length z = its_inputs (its_claim e) -> exists y, f z = Some y /\ length y = last_size (its_claim e).
Proof.
  intros e f z U K L. unfold keeps in K. cbv zeta in K. destruct K as [_ K]. rewrite U in K. destruct (K z z L L I I) as [y [_ [_ [Y [_ [LY _]]]]]].
  exists y. auto.
Qed.

Lemma each_extents : forall s t ps us, each (resolved_plain s t) ps = Accepted us -> map extent us = map extent ps.
Proof.
  induction ps as [|p ps IH]; intros us H; cbn [each] in H; [injection H as <-; reflexivity|].
  apply bind_accepted in H. destruct H as [u [E H]]. apply bind_accepted in H. destruct H as [rest [F H]]. injection H as <-.
  unfold resolved_plain in E. apply bind_accepted in E. destruct E as [v [_ E]]. injection E as <-. cbn [map extent]. rewrite (IH _ F). reflexivity.
Qed.

(** What is known of an entry before, whose function is [f]. Its flat units are for callers, which use no bound in a scale. *)
Definition stands (e : entry) (f : list R -> option (list R)) : Prop :=
  keeps e f /\ (its_scale (its_claim e) = Unscaled ->
  forall flat, flat_entry e = Some flat -> is_flat (stored itself) (value_of f) (its_inputs (its_claim e)) flat).

Lemma known_stands : forall es fs, Forall2 stands es fs -> forall k b, known_at (known_entries es) k = Some b ->
  exists e, nth_error es k = Some e /\ (its_scale (its_claim e) = Unscaled /\ its_statement (its_claim e) = ABound) /\ b = bound_of (its_claim e) /\ stands e (nth k fs (fun _ => None)).
Proof.
  unfold known_at, known_entries. induction 1 as [|e f es fs S _ IH]; intros [|k] b E; cbn [map nth nth_error] in *; try discriminate; [|apply IH, E].
  exists e. unfold known_of in E. destruct (its_scale (its_claim e)); try discriminate. destruct (its_statement (its_claim e)); try discriminate. injection E as <-. auto.
Qed.

(** What the scale of a claim gives of an input, of a function that has values. *)
Lemma scale_stands : forall c t partial read them, behind (its_scale c) (its_inputs c) (listed_rows t) = Some (read, them) ->
  (forall x, length x = its_inputs c -> exists y, function partial (stored itself) (its_inputs c) (listed_rows t) x = Some y) ->
  let given := given_by (fun k => value_of (partial k)) (stored itself) (its_scale c) (listed_rows t) in
  (forall x, length x = its_inputs c -> length (given x) = read) /\
  forall x x', length x = its_inputs c -> length x' = its_inputs c -> is_measured_by (Given c t) x x' (zip Rminus (given x) (given x')).
Proof.
  intros c t partial read them H V. unfold is_measured_by, first_layer. cbn [its_claim]. unfold behind in H. destruct (its_scale c) as [| |ds|ends]; cbv zeta.
  - injection H as <- _. cbn [given_by]. auto.
  - destruct (listed_rows t) as [|first us]; [discriminate|]. cbn [firstn given_by].
    match type of H with (if ?b then _ else _) = _ => destruct b eqn:E; [|discriminate] end. injection H as <- _.
    rewrite !andb_true_iff in E. destruct E as [[LI _] _].
    assert (ST : forall x, length x = its_inputs c ->
      function (fun _ _ => None) (stored itself) (its_inputs c) [first] x = Some (meaning (fun k => value_of (partial k)) (stored itself) first [x]) /\
      length (meaning (fun k => value_of (partial k)) (stored itself) first [x]) = extent first)
      by (intros x L; destruct (V x L) as [y Y]; exact (first_stands _ partial _ (stored itself) _ first us x y LI Y)).
    split; [intros x L; apply (ST x L)|]. intros x x' L L'. eexists. eexists. split; [apply (ST x L)|]. split; [apply (ST x' L')|reflexivity].
  - destruct (Nat.eqb (length ds) (its_inputs c) && forallb positive ds) eqn:E; [|discriminate]. injection H as <- _.
    apply andb_true_iff in E. destruct E as [E P]. apply Nat.eqb_eq in E. cbn [given_by].
    split; [intros x L; rewrite divided_length; congruence|]. intros x x' L L'. split; [exact E|]. split; [|apply divided_difference].
    rewrite forallb_forall in P. apply Forall_forall. intros a I. apply positive_true, P, I.
  - match type of H with (if ?b then _ else _) = _ => destruct b; [|discriminate] end. destruct (existsb is_fixed ends); injection H as <- _; cbn [given_by]; auto.
Qed.

Lemma of_their_sizes_true : forall callees inputs us, of_their_sizes callees inputs us = true ->
  sizes callees itself (map what us) [inputs] = Some (inputs :: map extent us) /\ forallb (is_proper (inputs :: map extent us)) us = true.
Proof.
  intros callees inputs us H. unfold of_their_sizes in H. destruct (sizes callees itself (map what us) [inputs]) as [found|]; [|discriminate].
  apply andb_true_iff in H. destruct H as [H1 H2]. apply all_same_true in H1. subst found. auto.
Qed.
Lemma proper_sums : forall name sizes (us : list (plain name)), forallb (is_proper sizes) us = true -> Forall (fun p => what p <> Sum []) us.
Proof.
  intros name ns us H. rewrite forallb_forall in H. apply Forall_forall. intros p I E. specialize (H p I). unfold is_proper in H.
  rewrite E, andb_false_r in H. discriminate.
Qed.

Section Sound.
  Variable propose : Forms.quadratic -> Positivity.witness.
  Variable root : dyadic -> dyadic.
  Variable places : String.string -> list Terms.located.
  Variable contents : String.string -> Terms.located -> String.string * list dyadic.

  (** What the units of the proofs read: what the scale gives. *)
  Definition read_by_proofs (fs : list (list R -> option (list R))) (c : claim) (t : terms) : list R -> list R :=
    given_by (fun k => value_of (nth k fs (fun _ => None))) (stored itself) (its_scale c) (listed_rows t).
  (** That the units of the proofs compute of that what [f] does of the input. *)
  Definition is_proved_by (fs : list (list R -> option (list R))) (c : claim) (t : terms) (f : list R -> option (list R)) : Prop :=
    let called k := value_of (nth k fs (fun _ => None)) in
    let given := read_by_proofs fs c t in
    input_norm (checked t) = norm_in c /\ bound (checked t) = its_bound c /\ forall x, length x = its_inputs c -> is_about (its_scale c) x ->
    length (given x) = inputs (checked t) /\ f x = Some (network called (stored itself) (units (checked t)) (given x)) /\
    forall x', length x' = its_inputs c -> is_measured_by (Given c t) x x' (zip Rminus (given x) (given x')).

  (** What the terms of a certificate are: units that fit, and compute of what the scale gives what the listed ones do. *)
  Lemma terms_stand : forall earlier fs c t, Forall2 stands earlier fs -> terms_of places contents earlier c = Accepted t ->
    let called k := value_of (nth k fs (fun _ => None)) in
    let f := function (fun k => nth k fs (fun _ => None)) (stored itself) (its_inputs c) (listed_rows t) in
    let given := read_by_proofs fs c t in
    (input_norm (checked t) = norm_in c /\ output_norm (checked t) = norm_out c /\ bound (checked t) = its_bound c) /\
    (forall k b, known_at (known_entries earlier) k = Some b -> obeys b (called k)) /\
    (forall x, length x = its_inputs c -> is_about (its_scale c) x ->
      length (given x) = inputs (checked t) /\ f x = Some (network called (stored itself) (in_parts t) (given x)) /\
      network called (stored itself) (units (checked t)) (given x) = network called (stored itself) (in_parts t) (given x) /\
      length (network called (stored itself) (in_parts t) (given x)) = last_size c /\
      forall x', length x' = its_inputs c -> is_measured_by (Given c t) x x' (zip Rminus (given x) (given x'))) /\
    (its_scale c = Unscaled -> forall flat, flat_entry (Given c t) = Some flat -> is_flat (stored itself) (value_of f) (its_inputs c) flat).
  Proof.
    intros earlier fs c t F H. unfold terms_of in H.
    apply bind_accepted in H. destruct H as [table [_ H]]. apply bind_accepted in H. destruct H as [named [_ H]].
    apply bind_accepted in H. destruct H as [us [RU H]]. cbv zeta in H. set (knows := known_at (known_entries earlier)) in *.
    destruct (of_their_sizes knows (its_inputs c) us) eqn:SU; [|discriminate].
    destruct (behind (its_scale c) (its_inputs c) us) as [[read them]|] eqn:BE; cbn [present] in H; [|discriminate].
    destruct (of_their_sizes knows read them) eqn:SB; [|discriminate].
    apply bind_accepted in H. destruct H as [all [CA H]].
    destruct (negb (is_inlined c) || of_their_sizes knows read all) eqn:SA; [|discriminate].
    destruct (match its_grounds c with ByProofs ps => (Inequality, map (fun p => completed_proof all (fst p)) ps) | _ => (Elements, []) end) as [how ps].
    destruct (settled_units (its_scale c) ps (parted all [0%nat] 0)) as [own ps'] eqn:SE. injection H as <-. cbn [checked listed_rows in_parts inputs units input_norm output_norm bound].
    set (partial := fun k => nth k fs (fun _ => None)). set (called := fun k => value_of (partial k)). pose proof (each_extents _ _ _ _ RU) as EX.
    assert (OB : forall k b, knows k = Some b -> obeys b (called k)).
    { intros k b E. destruct (known_stands _ _ F k b E) as [e' [_ [[U T] [-> S]]]]. exact (keeps_obeys _ _ U T (proj1 S)). }
    assert (HV : forall k b z, knows k = Some b -> length z = arguments b -> exists y, partial k z = Some y /\ length y = results b).
    { intros k b z E L. destruct (known_stands _ _ F k b E) as [e' [_ [[U _] [-> S]]]]. exact (keeps_value _ _ z U (proj1 S) L). }
    assert (SZ : forall k b z, knows k = Some b -> length z = arguments b -> length (called k z) = results b).
    { intros k b z E Z. destruct (HV k b z E Z) as [y [Y L]]. unfold called, value_of. rewrite Y. exact L. }
    assert (FL : forall k b flat, knows k = Some b -> flat_entries earlier k = Some flat -> is_flat (stored itself) (called k) (arguments b) flat).
    { intros k b flat E G. destruct (known_stands _ _ F k b E) as [e' [N [[U _] [-> S]]]]. unfold flat_entries in G. rewrite N in G. exact (proj2 S U flat G). }
    apply of_their_sizes_true in SU. destruct SU as [SU PU]. apply of_their_sizes_true in SB. destruct SB as [SB PB].
    assert (FV : forall x, length x = its_inputs c -> function partial (stored itself) (its_inputs c) us x = Some (outcome called (stored itself) us x)).
    { intros x L. unfold function. rewrite L, Nat.eqb_refl, (signals_fit knows itself partial HV us [x] (its_inputs c :: map extent us));
        [reflexivity|cbn [map app]; rewrite L; reflexivity|cbn [map]; rewrite L; exact SU|exact PU]. }
    assert (ST : forall x : list R, stands_for [0%nat] [x] [x]).
    { intros x. split; [reflexivity|]. intros [|i] I; cbn in *; [split; [lia|reflexivity]|lia]. }
    assert (FT : forall flat, flattened (flat_entries earlier) them [0%nat] [] = Some flat ->
      is_flat (stored itself) (outcome called (stored itself) them) read flat).
    { intros [inner out] G.
      assert (Q : forall w x, length x = read -> ordered 1 inner /\ (out <= length inner)%nat /\
        nth out (execution w (stored itself) inner [x]) [] = outcome called (stored itself) them x).
      { intros w x L. refine (flattened_stands itself called _ _ FL SZ w x them [x] [0%nat] [] inner out _ I (ST x) _ _ PB G); [discriminate|].
        cbn [map]. rewrite L. exact SB. }
      assert (L0 : length (repeat 0%R read) = read) by apply repeat_length.
      destruct (Q called _ L0) as [Q1 [Q2 _]]. split; [exact Q1|]. split; [exact Q2|]. intros w z L. apply (Q w z L). }
    assert (NW : forall z, length z = read ->
      network called (stored itself) (parted all [0%nat] 0) z = outcome called (stored itself) them z).
    { intros x L. unfold network.
      assert (SA' : sizes knows itself (map what all) [read] = Some (read :: map extent all) /\ forallb (is_proper (read :: map extent all)) all = true).
      { unfold counted_rows in CA. destruct (is_inlined c); [apply of_their_sizes_true; exact SA|]. injection CA as <-. auto. }
      destruct SA' as [SA1 SA2].
      rewrite (parted_stands knows itself called all [x] [0%nat] 0 [x] (read :: map extent all) (ST x));
        [|reflexivity|reflexivity|discriminate|cbn [map]; rewrite L; exact SA1|exact SA2].
      unfold counted_rows in CA. destruct (is_inlined c); [|injection CA as <-; reflexivity].
      destruct (Z.leb (flat_cost c) most_flat); [|discriminate].
      destruct (flattened (flat_entries earlier) them [0%nat] []) as [[inner out]|]; [|discriminate].
      destruct (Nat.eqb out (length inner)) eqn:OE; [|discriminate]. injection CA as ->. apply Nat.eqb_eq in OE.
      destruct (FT _ eq_refl) as [_ [_ T]]. cbn [fst snd] in T. rewrite <- (T called x L). rewrite last_nth.
      destruct (execution_extends called (stored itself) all [x]) as [X [-> LX]]. cbn [app length]. f_equal. lia. }
    assert (LN : forall z, length z = its_inputs c -> length (outcome called (stored itself) us z) = last_size c).
    { intros z L. unfold outcome, last_size. rewrite <- EX.
      assert (SU' : sizes knows itself (map what us) (map (@length R) [z]) = Some (its_inputs c :: map extent us))
        by (cbn [map]; rewrite L; exact SU).
      pose proof (execution_sizes _ itself called us [z] _ (proper_sums _ _ _ PU) SU') as X.
      rewrite last_nth, <- lengths_nth, X. rewrite <- (length_map (@length R)), X. cbn [length]. rewrite Nat.sub_succ, Nat.sub_0_r.
      rewrite last_nth. destruct (map extent us) as [|n ns] eqn:M; [reflexivity|]. cbn [length nth]. rewrite Nat.sub_succ, Nat.sub_0_r.
      destruct (length ns) as [|q] eqn:LL; [reflexivity|apply nth_indep; lia]. }
    assert (UN : forall x, length x = its_inputs c -> is_about (its_scale c) x -> forall z, z = given_by called (stored itself) (its_scale c) us x ->
      length z = read -> network called (stored itself) own z = outcome called (stored itself) them z).
    { intros x L A z -> LG. rewrite <- (NW _ LG). unfold settled_units in SE. destruct (its_scale c); try (injection SE as <- _; reflexivity).
      injection SE as <- _. apply on_box_stands, A. }
    cbv zeta. split; [auto|]. split; [exact OB|]. split.
    - intros x L AB. unfold read_by_proofs. cbn [listed_rows].
      match goal with |- context [is_measured_by (Given c ?t)] => destruct (scale_stands c t partial read them BE) as [LG M] end;
        [intros z Z; eexists; apply FV, Z|]. cbv zeta in LG, M. cbn [listed_rows] in LG, M.
      pose proof (UN x L AB _ eq_refl (LG x L)) as U1. pose proof (NW _ (LG x L)) as U2.
      pose proof (behind_stands called (stored itself) _ _ _ _ _ BE x L AB) as U3. pose proof (LN x L) as U4. pose proof (FV x L) as U5.
      split; [apply (LG x L)|]. unfold called, partial in *. rewrite U1, U2, U3. split; [exact U5|]. split; [reflexivity|]. split; [exact U4|].
      intros x' L'. apply (M x x' L L').
    - intros U flat G. cbn [flat_entry flat_rows] in *. destruct (Z.leb (flat_cost c) most_flat); [|discriminate].
      rewrite U in BE. injection BE as <- <-. destruct (FT flat G) as [O [N V]].
      split; [exact O|]. split; [exact N|]. intros w z L. unfold value_of. rewrite (FV z L). apply V, L.
  Qed.
  Lemma terms_on_box : forall earlier c t, terms_of places contents earlier c = Accepted t -> has_its_box c.
  Proof.
    intros earlier c t H. unfold terms_of in H.
    apply bind_accepted in H. destruct H as [table [_ H]]. apply bind_accepted in H. destruct H as [named [_ H]].
    apply bind_accepted in H. destruct H as [us [_ H]]. cbv zeta in H. destruct (of_their_sizes _ _ us); [|discriminate].
    destruct (behind (its_scale c) (its_inputs c) us) as [both|] eqn:BE; cbn [present] in H; [|discriminate]. clear H.
    unfold behind in BE. unfold has_its_box. destruct (its_scale c) as [| | |ends]; try exact I.
    match type of BE with (if ?b then _ else _) = _ => destruct b eqn:E; [|discriminate] end. apply andb_true_iff in E. destruct E as [E1 E2].
    split; [apply Nat.eqb_eq, E1|]. rewrite forallb_forall in E2. apply Forall_forall. intros pq Q. apply le_true, E2, Q.
  Qed.
  Lemma given_stands : forall earlier fs c t, Forall2 stands earlier fs -> terms_of places contents earlier c = Accepted t ->
    is_bound c = true -> check propose root (known_at (known_entries earlier)) itself (checked t) = true ->
    let f := function (fun k => nth k fs (fun _ => None)) (stored itself) (its_inputs c) (listed_rows t) in
    stands (Given c t) f /\ is_proved_by fs c t f.
  Proof.
    intros earlier fs c t F H IB CH. destruct (terms_stand _ _ _ _ F H) as [[N1 [N2 N3]] [OB [A FT]]]. cbv zeta in *.
    unfold is_bound in IB. destruct (its_statement c) eqn:TR; try discriminate. split; [split|].
    - split; [exact (terms_on_box _ _ _ H)|]. intros x x' L L' AB AB'. cbn [its_claim] in *. destruct (A x L AB) as [G1 [V1 [U1 [L1 M]]]], (A x' L' AB') as [G2 [V2 [U2 [L2 _]]]].
      do 3 eexists. split; [exact V1|]. split; [exact V2|]. split; [exact L1|]. split; [exact L2|]. split; [apply (M x' L')|].
      unfold keeps_at. rewrite TR, <- U1, <- U2, <- N1, <- N2, <- N3. exact (check_sound propose root _ itself _ OB _ CH _ _ G1 G2).
    - exact FT.
    - split; [exact N1|]. split; [exact N3|]. intros x L AB. destruct (A x L AB) as [G1 [V1 [U1 [_ M]]]].
      split; [exact G1|]. split; [rewrite U1; exact V1|exact M].
  Qed.
  Lemma are_there_true : forall n l, are_there n l = true -> Forall (fun i => 0 <= i < Z.of_nat n)%Z l.
  Proof.
    intros n l H. unfold are_there in H. rewrite forallb_forall in H. apply Forall_forall. intros i I. specialize (H i I).
    apply andb_true_iff in H. destruct H as [H1 H2]. apply Z.leb_le in H1. apply Z.ltb_lt in H2. auto.
  Qed.
  (** By derivatives, on each part of the box. *)
  Lemma derivatives_stand : forall earlier fs c t cuts, Forall2 stands earlier fs -> terms_of places contents earlier c = Accepted t ->
    holds_by_derivatives c t cuts = true ->
    stands (Given c t) (function (fun k => nth k fs (fun _ => None)) (stored itself) (its_inputs c) (listed_rows t)).
  Proof.
    intros earlier fs c t cuts F H HD. destruct (terms_stand _ _ _ _ F H) as [_ [_ [A FT]]]. cbv zeta in *. split; [|exact FT].
    unfold holds_by_derivatives in HD. unfold read_by_proofs in A. destruct (its_scale c) as [| | |box] eqn:SC; try discriminate.
    destruct (its_delta c); [discriminate|]. rewrite !andb_true_iff in HD. destruct HD as [[B AE] HD]. unfold spending in HD. cbv zeta in HD. set (called := fun k => value_of (nth k fs (fun _ => None))) in *.
    set (N := network called (stored itself) (in_parts t)).
    assert (LN : forall x x', length x = length x' -> length (N x) = length (N x')) by (intros; apply network_alike; assumption).
    set (good := fun x x' => match its_statement c with
      | ABound => (distance (norm_out c) (N x) (N x') <= val (its_bound c) * length_in (norm_in c) (zip Rminus x x'))%R
      | Trends ts => Forall (follows x x' (N x) (N x')) ts
      | Movement m => forall i j, (i < its_inputs c)%nat -> In j (of_moved m) -> alone i x x' ->
          (Rabs (nth (Z.to_nat j) (N x) 0 - nth (Z.to_nat j) (N x') 0) <= val (nth i (slopes_of m) zero) * Rabs (nth i x 0 - nth i x' 0))%R
      end).
    assert (G : forall x x', in_box box x -> in_box box x' -> length x = its_inputs c -> length x' = its_inputs c -> good x x').
    { refine (all_parts_true (fun x x' => length x = its_inputs c -> length x' = its_inputs c -> good x x') _ _ _ cuts box HD).
      - intros s x x' S LL K1 K2 L L'. pose proof (on_way_length s x x' LL) as LW. rewrite L in LW. specialize (K1 L LW). specialize (K2 LW L').
        unfold good in *. destruct (its_statement c) as [|ts|m].
        + refine (bound_on_way N (norm_in c) (norm_out c) _ s x x' S LL _ K1 K2). intros y Y. apply LN, Y.
        + rewrite Forall_forall in *. intros q Q i j I J [R1 R2]. specialize (K1 q Q i j I J). specialize (K2 q Q i j I J).
          set (k := Z.to_nat i) in *. destruct (alone_on_way s k x x' LL R2) as [A1 A2].
          assert (W1 : rises_alone k x (on_way s x x')) by (split; [rewrite on_way_nth by exact LL; nra|exact A1]).
          assert (W2 : rises_alone k (on_way s x x') x') by (split; [rewrite on_way_nth by exact LL; nra|exact A2]).
          specialize (K1 W1). specialize (K2 W2). destruct (increases_there q); lra.
        + intros i j I J R. destruct (alone_on_way s i x x' LL R) as [A1 A2]. specialize (K1 i j I J A1). specialize (K2 i j I J A2).
          rewrite on_way_nth in K1, K2 by exact LL. set (d := (nth i x 0 - nth i x' 0)%R) in *.
          replace (nth i x 0 - (nth i x 0 + s * (nth i x' 0 - nth i x 0)))%R with (s * d)%R in K1 by (unfold d; ring).
          replace (nth i x 0 + s * (nth i x' 0 - nth i x 0) - nth i x' 0)%R with ((1 - s) * d)%R in K2 by (unfold d; ring).
          rewrite Rabs_mult, (Rabs_pos_eq s) in K1 by lra. rewrite Rabs_mult, (Rabs_pos_eq (1 - s)) in K2 by lra.
          set (y := nth (Z.to_nat j) (N x) 0%R) in *. set (y' := nth (Z.to_nat j) (N x') 0%R) in *. set (w := nth (Z.to_nat j) (N (on_way s x x')) 0%R) in *.
          pose proof (Rabs_triang (y - w) (w - y')) as T. replace (y - w + (w - y'))%R with (y - y')%R in T by ring. lra.
      - intros part P x x' X X' L L'. unfold holds_on in P. unfold good, N.
        rewrite <- (on_box_stands _ itself called part [] (in_parts t) x X), <- (on_box_stands _ itself called part [] (in_parts t) x' X').
        destruct (its_statement c) as [|ts|m] eqn:ST.
        + apply bounded_by_rows_true with (its_inputs c); assumption.
        + rewrite forallb_forall in P. apply Forall_forall. intros q Q i j I J [R1 R2]. specialize (P q Q).
          exact (monotone_by_rows_true itself called _ _ _ _ _ P _ _ (in_map Z.to_nat _ _ I) (in_map Z.to_nat _ _ J) x x' L L' R1 R2).
        + intros i j I J R. unfold is_about_elements in AE. rewrite ST in AE. apply andb_true_iff in AE.
          exact (sloped_by_rows_true itself called _ _ _ _ P (proj1 (Nat.eqb_eq _ _) (proj1 AE)) i _ I (in_map Z.to_nat _ _ J) x x' L L' R). }
    split; [exact (terms_on_box _ _ _ H)|]. intros x x' L L' AB AB'. cbn [its_claim] in *. rewrite SC in AB, AB'. destruct (A x L AB) as [_ [V1 [_ [L1 M]]]], (A x' L' AB') as [_ [V2 [_ [L2 _]]]].
    do 3 eexists. split; [exact V1|]. split; [exact V2|]. split; [exact L1|]. split; [exact L2|]. split; [apply (M x' L')|].
    cbn [given_by] in *. unfold good in G. unfold keeps_at. unfold is_about_elements in AE. destruct (its_statement c) as [|ts|m]; [exact (G x x' AB AB' L L')| |].
    - specialize (G x x' AB AB' L L'). apply Forall_forall. intros q Q. rewrite forallb_forall in AE. specialize (AE q Q). apply andb_true_iff in AE. destruct AE as [A1 A2].
      rewrite Forall_forall in G. split; [|split; [|exact (G q Q)]]; unfold are_elements.
      + rewrite L. apply are_there_true, A1.
      + rewrite L1. apply are_there_true, A2.
    - apply andb_true_iff in AE. destruct AE as [A1 A2]. apply Nat.eqb_eq in A1. split; [congruence|].
      split; [unfold are_elements; rewrite L1; apply are_there_true, A2|]. intros j J.
      refine (by_single_elements box (fun x => nth (Z.to_nat j) (N x) 0%R) (slopes_of m) _ x x' _ AB AB'); [|congruence].
      intros i z z' I Z Z' R. rewrite A1 in I. pose proof (Forall2_length Z) as LZ. pose proof (Forall2_length Z') as LZ'.
      pose proof (Forall2_length AB) as LB. apply (G z z' Z Z'); congruence || assumption.
  Qed.

  (** What signs say of the function of pairs: for any multiple [sigma] of output [j], and any numbers for both lines of each
      kink that are not above what its sign at x allows, and any vector [z]. All in F is read off the second proof and the
      execution at x. Where the square of the distance of x' is below [2 F], the output at x' has the sign of [sigma]. *)
  Definition keeps_by_signs (earlier : list entry) (fs : list (list R -> option (list R))) (e : entry) (f : list R -> option (list R)) : Prop :=
    match e with
    | Free _ _ => True
    | Given c t =>
        let called k := value_of (nth k fs (fun _ => None)) in
        let knows := known_at (known_entries earlier) in
        forall text delta p, its_delta c = Some (text, delta) -> In p (seconds t) ->
        forall x x' j (sigma : R) ab z, length x = its_inputs c -> length x' = its_inputs c -> is_about (its_scale c) x -> is_about (its_scale c) x' ->
        let uv := turns_at itself called (checked t) p (read_by_proofs fs c t x) in
        are_cut (kinks_in propose knows itself (checked t) p) uv ab ->
        exists y y' d, f x = Some y /\ f x' = Some y' /\ is_measured_by e x' x d /\
        let far := (val (its_bound c) * length_in (norm_in c) d)%R in
        let F := reserve propose knows itself (checked t) delta p uv j (nth j y 0%R) sigma ab z in
        (F - far * far / 2 <= sigma * nth j y' 0)%R /\ (far * far < 2 * F -> 0 < sigma * nth j y' 0)%R
    end.
  Lemma given_by_signs : forall earlier fs c t f, Forall2 stands earlier fs -> is_proved_by fs c t f -> nonnegative (its_bound c) = true ->
    all_stay propose (known_entries earlier) c t = true -> keeps_by_signs earlier fs (Given c t) f.
  Proof.
    intros earlier fs c t f F [N [B G]] P S. cbn [keeps_by_signs]. intros text delta p D I x x' j sigma ab z L L' AB AB' C.
    unfold all_stay in S. rewrite D in S. rewrite forallb_forall in S. specialize (S p I).
    destruct (G x L AB) as [LX [FX _]], (G x' L' AB') as [LX' [FX' M]]. do 3 eexists.
    split; [exact FX|]. split; [exact FX'|]. split; [apply (M x L)|]. cbv zeta.
    assert (OB : forall k b, known_at (known_entries earlier) k = Some b -> obeys b (value_of (nth k fs (fun _ => None)))).
    { intros k b E. destruct (known_stands _ _ F k b E) as [e' [_ [[U T] [-> ST]]]]. exact (keeps_obeys _ _ U T (proj1 ST)). }
    rewrite <- B in P. pose proof (signs_sound propose _ itself _ OB (checked t) delta p P S _ _ j sigma ab z LX LX' C) as Q.
    cbv zeta in Q. rewrite N, B in Q. split; [exact Q|]. intros H. exact (stays_positive _ _ _ Q H).
  Qed.

  (** Units of a construction have no groups of channels. *)
  Lemma outcome_network : forall name called (tensors : name -> list (list R)) us, forallb (fun p => Nat.eqb (apart p) 1) us = true ->
    forall x, outcome called tensors us x = network called tensors (map what us) x.
  Proof.
    intros name called tensors us H x. unfold outcome, network. f_equal. revert H. generalize [x].
    induction us as [|p us IH]; intros S H; [reflexivity|]. cbn [forallb map execution run] in *. apply andb_true_iff in H. destruct H as [H1 H2].
    rewrite (IH _ H2). unfold meaning. rewrite H1. reflexivity.
  Qed.
  Lemma free_stands : forall known fs c which f, check_entry propose root known (Free c which) = true ->
    sized_units (its_inputs c) (its_units c) -> is_function fs (Free c which) f -> stands (Free c which) f.
  Proof.
    intros known fs c which f H SU [free [-> [T M]]]. cbn [check_entry] in H. rewrite !andb_true_iff in H. destruct H as [[[[[IB B] SC] N] N'] A].
    unfold is_bound in IB. destruct (its_statement c) eqn:TR; try discriminate. clear IB.
    assert (SC' : its_scale c = Unscaled) by (unfold is_scaled in SC; destruct (its_scale c); reflexivity || discriminate). clear SC.
    apply nonnegative_true in B. set (partial := fun k => nth k fs (fun _ => None)). set (called := fun k => value_of (partial k)).
    pose proof (outcome_network _ called free _ A) as E.
    assert (FV : forall x, length x = its_inputs c -> function partial free (its_inputs c) (its_units c) x = Some (outcome called free (its_units c) x)).
    { intros x X. unfold function. rewrite X, Nat.eqb_refl, (listed_shapes_fit _ partial free _ _ T SU A (its_units c) [] [x]);
        [reflexivity|reflexivity|cbn [map]; rewrite X; reflexivity]. }
    assert (L : forall z, length z = its_inputs c -> length (outcome called free (its_units c) z) = last_size c).
    { intros z Z. rewrite E. destruct which; [apply (ldlt_chain_size _ _ _ _ _ _ _ M Z)|apply (ldlt_residual_size _ _ _ _ _ _ _ M Z)]. }
    split; [split; [unfold has_its_box; cbn [its_claim]; rewrite SC'; exact I|]|discriminate]. intros x x' X X' _ _. cbn [its_claim] in *. do 3 eexists. split; [apply FV, X|]. split; [apply FV, X'|].
    split; [apply L, X|]. split; [apply L, X'|]. split; [unfold is_measured_by; cbn [its_claim]; rewrite SC'; reflexivity|].
    unfold keeps_at. rewrite TR. change (length_in (norm_in c) (zip Rminus x x')) with (distance (norm_in c) x x').
    destruct (norm_in c), (norm_out c); try discriminate. rewrite !E.
    destruct which; [apply (ldlt_chain_lipschitz _ _ _ _ _ _ B M)|apply (ldlt_residual_lipschitz _ _ _ _ _ _ B M)]; assumption.
  Qed.
  (** A certificate by construction has units of the sizes that it lists: Formed.v. *)
  Definition is_sized (c : claim) : Prop := forall which, its_grounds c = ByConstruction which -> sized_units (its_inputs c) (its_units c).
  Lemma entry_stands : forall earlier fs c e f, Forall2 stands earlier fs -> is_sized c -> entry_of places contents earlier c = Accepted e ->
    check_entry propose root (known_entries earlier) e = true -> is_function fs e f -> stands e f /\ keeps_by_signs earlier fs e f.
  Proof.
    intros earlier fs c e f F SU H CH M. unfold entry_of in H.
    destruct (its_grounds c) as [ps| |which|cuts] eqn:G; try (injection H as <-; split; [apply (free_stands _ _ _ _ _ CH (SU _ G) M)|exact I]);
      apply bind_accepted in H; destruct H as [t [T H]]; injection H as <-; cbn [is_function check_entry] in *; rewrite G in CH; subst f;
      [| |split; [exact (derivatives_stand _ _ _ _ _ F T CH)|intros text delta p D; unfold holds_by_derivatives in CH; rewrite D in CH; destruct (its_scale c); discriminate]]; rewrite !andb_true_iff in CH; destruct CH as [[IB CH] CS]; destruct (given_stands earlier fs c t F T IB CH) as [S P];
      (split; [exact S|]); apply (given_by_signs _ _ _ _ _ F P); try exact CS;
      unfold check in CH; apply andb_true_iff in CH; rewrite <- (proj1 (proj2 P)); apply CH.
  Qed.

  (** There is an entry for each certificate, in their order. *)
  Lemma entry_claim : forall earlier c e, entry_of places contents earlier c = Accepted e -> its_claim e = c.
  Proof.
    intros earlier c e H. unfold entry_of in H.
    destruct (its_grounds c); try (injection H as <-; reflexivity); apply bind_accepted in H; destruct H as [t [_ H]]; injection H as <-; reflexivity.
  Qed.
  Lemma entries_claims : forall cs earlier all, each_entry places contents earlier cs = Accepted all ->
    exists es, all = earlier ++ es /\ map its_claim es = cs.
  Proof.
    induction cs as [|c cs IH]; intros earlier all H; cbn [each_entry] in H; [injection H as <-; exists []; rewrite app_nil_r; auto|].
    apply bind_accepted in H. destruct H as [e [E H]]. destruct (IH _ _ H) as [es [-> M]]. exists (e :: es). rewrite <- app_assoc.
    split; [reflexivity|]. cbn [map]. rewrite M, (entry_claim _ _ _ E). reflexivity.
  Qed.
  Fixpoint all_keep_by_signs (earlier : list entry) (fs : list (list R -> option (list R))) (es : list entry) (gs : list (list R -> option (list R))) : Prop :=
    match es, gs with
    | e :: es', g :: gs' => keeps_by_signs earlier fs e g /\ all_keep_by_signs (earlier ++ [e]) (fs ++ [g]) es' gs'
    | _, _ => True
    end.
  Lemma entries_stand : forall cs earlier fs es gs, Forall is_sized cs -> Forall2 stands earlier fs -> each_entry places contents earlier cs = Accepted (earlier ++ es) ->
    all_checked propose root (known_entries earlier) es = true -> are_functions fs es gs -> Forall2 stands es gs /\ all_keep_by_signs earlier fs es gs.
  Proof.
    induction cs as [|c cs IH]; intros earlier fs es gs SU F H A G; cbn [each_entry] in H.
    - injection H as H. rewrite <- (app_nil_r earlier) in H at 1. apply app_inv_head in H. subst es.
      destruct gs; [split; [constructor|exact I]|contradiction].
    - apply bind_accepted in H. destruct H as [e [E H]]. destruct (entries_claims _ _ _ H) as [es' [Q _]].
      rewrite <- app_assoc in Q. apply app_inv_head in Q. subst es. destruct gs as [|g gs]; [contradiction|]. destruct G as [G1 G2].
      cbn [app all_checked] in A. apply andb_true_iff in A. destruct A as [A1 A2].
      inversion SU as [|? ? SU1 SU2]; subst. destruct (entry_stands earlier fs c e g F SU1 E A1 G1) as [ST KS].
      destruct (IH (earlier ++ [e]) (fs ++ [g]) es' gs) as [S1 S2]; [exact SU2|apply Forall2_app; [exact F|constructor; [exact ST|constructor]]| | |exact G2|].
      + rewrite <- app_assoc. exact H.
      + unfold known_entries. rewrite map_app. exact A2.
      + split; [constructor; assumption|split; assumption].
  Qed.

  (** Of each certificate that is accepted: everything fits, and its bound holds of the function of its own units, as they
      are listed; and whatever the parameters of constructions are, of all such functions. *)
  Theorem all_checked_sound : forall claims entries fs, Forall is_sized claims -> entries_of places contents claims = Accepted entries ->
    all_checked propose root [] entries = true -> are_functions [] entries fs -> Forall2 keeps entries fs.
  Proof.
    intros claims entries fs SU E A G. destruct (entries_claims _ _ _ E) as [es [Q <-]]. cbn [app] in Q. subst es.
    destruct (entries_stand _ [] [] entries fs SU (Forall2_nil _) E A G) as [S _]. clear SU E A G.
    induction S as [|e f es fs [K _] S IH]; constructor; assumption.
  Qed.
  (** Of each certificate of pairs with second proofs, what signs say. *)
  Theorem signs_are_sound : forall claims entries fs, Forall is_sized claims -> entries_of places contents claims = Accepted entries ->
    all_checked propose root [] entries = true -> are_functions [] entries fs -> all_keep_by_signs [] [] entries fs.
  Proof.
    intros claims entries fs SU E A G. destruct (entries_claims _ _ _ E) as [es [Q <-]]. cbn [app] in Q. subst es.
    exact (proj2 (entries_stand _ [] [] entries fs SU (Forall2_nil _) E A G)).
  Qed.
End Sound.
