(** The theorem of the program: what is accepted is true of the networks as their certificates list them, in which a call is
    the function of the network that is called, inlined or not, and a group of channels is one of elements that stand apart. *)
From Coq Require Import ZArith List Reals Bool Lia.
From Lipc Require Import Dyadic Activations Images Units Represents Lengths Norms Certificate Document Layout Sizes Inlined Parted Records Claim Terms.
Import ListNotations.

(** The function of a certificate's units, where [earlier] are those of the certificates before it, and those of several. *)
Definition function_of (earlier : list (list R -> list R)) (e : entry) : list R -> list R :=
  function (fun k => nth k earlier (fun _ => [])) (stored itself) (listed_rows e).
Fixpoint functions_of (earlier : list (list R -> list R)) (es : list entry) : list (list R -> list R) :=
  match es with [] => earlier | e :: es' => functions_of (earlier ++ [function_of earlier e]) es' end.

Lemma bind_accepted : forall A B (r : result A) (f : A -> result B) b, bind r f = Accepted b -> exists a, r = Accepted a /\ f a = Accepted b.
Proof. intros A B [a|w|w|d] f b H; try discriminate. exists a. auto. Qed.
Lemma each_extents : forall s t ps us, each (resolved_plain s t) ps = Accepted us -> map extent us = map extent ps.
Proof.
  induction ps as [|p ps IH]; intros us H; cbn [each] in H; [injection H as <-; reflexivity|].
  apply bind_accepted in H. destruct H as [u [E H]]. apply bind_accepted in H. destruct H as [rest [F H]]. injection H as <-.
  unfold resolved_plain in E. apply bind_accepted in E. destruct E as [v [_ E]]. injection E as <-. cbn [map extent]. rewrite (IH _ F). reflexivity.
Qed.

(** What is known of an entry before, whose function is [f]. *)
Definition stands (e : entry) (f : list R -> list R) : Prop :=
  obeys (bound_of (its_claim e)) f /\
  (forall z, length z = its_inputs (its_claim e) -> length (f z) = last_size (its_claim e)) /\
  forall flat, flat_rows e tt = Some flat -> is_flat (stored itself) f (its_inputs (its_claim e)) flat.

Lemma nth_stands : forall es fs, Forall2 stands es fs -> forall k e, nth_error es k = Some e -> stands e (nth k fs (fun _ => [])).
Proof. induction 1; intros [|k] c E; cbn in E; try discriminate; [injection E as <-; assumption|apply IHForall2, E]. Qed.
Lemma known_stands : forall es fs, Forall2 stands es fs -> forall k b, nth_error (known_entries es) k = Some b ->
  exists e, nth_error es k = Some e /\ b = bound_of (its_claim e) /\ stands e (nth k fs (fun _ => [])).
Proof.
  intros es fs H k b E. unfold known_entries in E. rewrite nth_error_map in E. destruct (nth_error es k) as [e|] eqn:F; [|discriminate].
  injection E as <-. exists e. split; [reflexivity|]. split; [reflexivity|]. exact (nth_stands es fs H k e F).
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

  Lemma entry_stands : forall earlier fs c e, Forall2 stands earlier fs -> entry_of places contents earlier c = Accepted e ->
    its_claim e = c /\ (check propose root (nth_error (known_entries earlier)) itself (checked e) = true -> stands e (function_of fs e)).
  Proof.
    intros earlier fs c e F H. unfold entry_of in H.
    apply bind_accepted in H. destruct H as [table [_ H]]. apply bind_accepted in H. destruct H as [us [RU H]]. cbv zeta in H.
    destruct (of_their_sizes (nth_error (known_entries earlier)) (its_inputs c) us) eqn:SU; [|discriminate].
    apply bind_accepted in H. destruct H as [all [CA H]].
    destruct (negb (is_inlined c) || of_their_sizes (nth_error (known_entries earlier)) (its_inputs c) all) eqn:SA; [|discriminate].
    destruct (match its_grounds c with ByProofs ps => (Inequality, map (fun p => completed_proof all (fst p)) ps) | _ => (Elements, []) end) as [how ps].
    injection H as <-. cbn [its_claim checked]. split; [reflexivity|]. intros CH.
    set (called := fun k => nth k fs (fun _ => [])). pose proof (each_extents _ _ _ _ RU) as EX.
    assert (OB : forall k b, nth_error (known_entries earlier) k = Some b -> obeys b (called k)).
    { intros k b E. destruct (known_stands _ _ F k b E) as [e' [_ [-> S]]]. apply S. }
    assert (SZ : forall k b z, nth_error (known_entries earlier) k = Some b -> length z = arguments b -> length (called k z) = results b).
    { intros k b z E. destruct (known_stands _ _ F k b E) as [e' [_ [-> [_ [S _]]]]]. apply S. }
    assert (FL : forall k b flat, nth_error (known_entries earlier) k = Some b -> flat_entries earlier k = Some flat ->
      is_flat (stored itself) (called k) (arguments b) flat).
    { intros k b flat E G. destruct (known_stands _ _ F k b E) as [e' [N [-> [_ [_ S]]]]]. unfold flat_entries in G. rewrite N in G. apply S, G. }
    apply of_their_sizes_true in SU. destruct SU as [SU PU].
    assert (ST : forall x : list R, stands_for [0%nat] [x] [x]).
    { intros x. split; [reflexivity|]. intros [|i] I; cbn in *; [split; [lia|reflexivity]|lia]. }
    assert (FT : forall flat, flattened (flat_entries earlier) us [0%nat] [] = Some flat ->
      is_flat (stored itself) (function called (stored itself) us) (its_inputs c) flat).
    { intros [inner out] G.
      assert (Q : forall w x, length x = its_inputs c -> ordered 1 inner /\ (out <= length inner)%nat /\
        nth out (execution w (stored itself) inner [x]) [] = function called (stored itself) us x).
      { intros w x L. refine (flattened_stands itself called _ _ FL SZ w x us [x] [0%nat] [] inner out _ I (ST x) _ _ PU G); [discriminate|].
        cbn [map]. rewrite L. exact SU. }
      assert (L0 : length (repeat 0%R (its_inputs c)) = its_inputs c) by apply repeat_length.
      destruct (Q called _ L0) as [Q1 [Q2 _]]. split; [exact Q1|]. split; [exact Q2|]. intros w z L. apply (Q w z L). }
    assert (NW : forall x, length x = its_inputs c ->
      network called (stored itself) (parted all [0%nat] 0) x = function called (stored itself) us x).
    { intros x L. unfold network.
      assert (SA' : sizes (nth_error (known_entries earlier)) itself (map what all) [its_inputs c] = Some (its_inputs c :: map extent all)
        /\ forallb (is_proper (its_inputs c :: map extent all)) all = true).
      { unfold counted_rows in CA. destruct (is_inlined c); [apply of_their_sizes_true; exact SA|]. injection CA as <-. auto. }
      destruct SA' as [SA1 SA2].
      rewrite (parted_stands (nth_error (known_entries earlier)) itself called all [x] [0%nat] 0 [x] (its_inputs c :: map extent all) (ST x));
        [|reflexivity|reflexivity|discriminate|cbn [map]; rewrite L; exact SA1|exact SA2].
      unfold counted_rows in CA. destruct (is_inlined c); [|injection CA as <-; reflexivity].
      destruct (Z.leb (flat_cost c) most_flat); [|discriminate].
      destruct (flattened (flat_entries earlier) us [0%nat] []) as [[inner out]|]; [|discriminate].
      destruct (Nat.eqb out (length inner)) eqn:OE; [|discriminate]. injection CA as ->. apply Nat.eqb_eq in OE.
      destruct (FT _ eq_refl) as [_ [_ T]]. cbn [fst snd] in T. rewrite <- (T called x L). rewrite last_nth.
      destruct (execution_extends called (stored itself) all [x]) as [X [-> LX]]. cbn [app length]. f_equal. lia. }
    assert (LN : forall z, length z = its_inputs c -> length (function called (stored itself) us z) = last_size c).
    { intros z L. unfold function, last_size. rewrite <- EX.
      assert (SU' : sizes (nth_error (known_entries earlier)) itself (map what us) (map (@length R) [z]) = Some (its_inputs c :: map extent us))
        by (cbn [map]; rewrite L; exact SU).
      pose proof (execution_sizes _ itself called us [z] _ (proper_sums _ _ _ PU) SU') as X.
      rewrite last_nth, <- lengths_nth, X. rewrite <- (length_map (@length R)), X. cbn [length]. rewrite Nat.sub_succ, Nat.sub_0_r.
      rewrite last_nth. destruct (map extent us) as [|n ns] eqn:M; [reflexivity|]. cbn [length nth]. rewrite Nat.sub_succ, Nat.sub_0_r.
      destruct (length ns) as [|q] eqn:LL; [reflexivity|apply nth_indep; lia]. }
    unfold stands. cbn [its_claim flat_rows listed_rows]. unfold function_of. cbn [listed_rows]. fold called.
    split; [|split; [exact LN|intros flat G; apply FT; destruct (Z.leb (flat_cost c) most_flat); [exact G|discriminate]]].
    intros z z' L L'. cbn [bound_of arguments at_most to_norm from_norm] in *. split; [rewrite !LN by assumption; reflexivity|].
    pose proof (check_sound propose root _ itself called OB _ CH z z') as C. cbn [inputs units input_norm output_norm bound] in C.
    rewrite !NW in C by assumption. apply C; assumption.
  Qed.

  Lemma entries_stand : forall cs earlier fs entries, Forall2 stands earlier fs -> each_entry places contents earlier cs = Accepted entries ->
    exists es, entries = earlier ++ es /\ (all_checked propose root (known_entries earlier) es = true -> Forall2 stands entries (functions_of fs es)).
  Proof.
    induction cs as [|c cs IH]; intros earlier fs entries F H; cbn [each_entry] in H.
    - injection H as <-. exists []. rewrite app_nil_r. auto.
    - apply bind_accepted in H. destruct H as [e [E H]]. destruct (entry_stands earlier fs c e F E) as [_ S].
      assert (G : each_entry places contents (earlier ++ [e]) cs = Accepted entries) by exact H.
      destruct (check propose root (nth_error (known_entries earlier)) itself (checked e)) eqn:CH.
      + destruct (IH _ (fs ++ [function_of fs e]) _ (Forall2_app F (Forall2_cons _ _ (S eq_refl) (Forall2_nil _))) G) as [es [-> K]].
        exists (e :: es). rewrite <- app_assoc. split; [reflexivity|]. intros A. cbn [all_checked functions_of] in *.
        apply andb_true_iff in A. destruct A as [_ A]. rewrite <- app_assoc in K. apply K. unfold known_entries. rewrite map_app. exact A.
      + assert (P : forall cs' earlier' all, each_entry places contents earlier' cs' = Accepted all -> exists es, all = earlier' ++ es).
        { clear. induction cs' as [|c cs IH]; intros earlier all H; cbn [each_entry] in H; [injection H as <-; exists []; rewrite app_nil_r; reflexivity|].
          apply bind_accepted in H. destruct H as [e [_ H]]. destruct (IH _ _ H) as [es ->]. exists (e :: es). rewrite <- app_assoc. reflexivity. }
        destruct (P _ _ _ G) as [es ->]. exists (e :: es). rewrite <- app_assoc. split; [reflexivity|]. intros A. cbn [all_checked] in A.
        rewrite CH in A. discriminate.
  Qed.

  (** The entries are those of the claims, in their order. *)
  Theorem entries_are_claims : forall claims entries, entries_of places contents claims = Accepted entries -> map its_claim entries = claims.
  Proof.
    assert (G : forall cs earlier all, each_entry places contents earlier cs = Accepted all -> map its_claim all = map its_claim earlier ++ cs).
    { induction cs as [|c cs IH]; intros earlier all H; cbn [each_entry] in H; [injection H as <-; rewrite app_nil_r; reflexivity|].
      apply bind_accepted in H. destruct H as [e [E H]]. rewrite (IH _ _ H), map_app, <- app_assoc. cbn [map app]. do 2 f_equal.
      unfold entry_of in E. apply bind_accepted in E. destruct E as [table [_ E]]. apply bind_accepted in E. destruct E as [us [_ E]]. cbv zeta in E.
      match type of E with (if ?b then _ else _) = _ => destruct b; [|discriminate] end. apply bind_accepted in E. destruct E as [all' [_ E]].
      match type of E with (if ?b then _ else _) = _ => destruct b; [|discriminate] end.
      destruct (match its_grounds c with ByProofs ps => (Inequality, map (fun p => completed_proof all' (fst p)) ps) | _ => (Elements, []) end).
      injection E as <-. reflexivity. }
    intros claims entries H. unfold entries_of in H. destruct (negb (existsb is_constructed claims)); [|discriminate]. apply (G _ _ _ H).
  Qed.

  Lemma functions_extend : forall es fs, exists T, functions_of fs es = fs ++ T /\ length T = length es.
  Proof.
    induction es as [|e es IH]; intros fs; cbn [functions_of]; [exists []; rewrite app_nil_r; auto|].
    destruct (IH (fs ++ [function_of fs e])) as [T [-> L]]. exists (function_of fs e :: T). rewrite <- app_assoc. cbn. auto.
  Qed.
  Lemma functions_app : forall es es' fs, functions_of fs (es ++ es') = functions_of (functions_of fs es) es'.
  Proof. induction es as [|e es IH]; intros es' fs; [reflexivity|]. cbn [app functions_of]. apply IH. Qed.

  (** Of each certificate that is checked: its bound holds of the function of its own units, as they are listed. *)
  Theorem all_checked_sound : forall claims entries, entries_of places contents claims = Accepted entries ->
    all_checked propose root [] entries = true ->
    forall front e back, entries = front ++ e :: back ->
    let c := its_claim e in
    let f := function_of (functions_of [] front) e in
    forall x x', length x = its_inputs c -> length x' = its_inputs c ->
    (distance (norm_out c) (f x) (f x') <= val (its_bound c) * distance (norm_in c) x x')%R.
  Proof.
    intros claims entries E A front e back -> c f x x' L L'. unfold entries_of in E.
    destruct (negb (existsb is_constructed claims)); [|discriminate].
    destruct (entries_stand claims [] [] _ (Forall2_nil _) E) as [es [Q S]]. cbn [app] in Q. subst es. specialize (S A).
    rewrite functions_app in S. cbn [functions_of] in S.
    destruct (functions_extend back (functions_of [] front ++ [f])) as [T [EQ _]]. fold f in S. rewrite EQ, <- app_assoc in S. cbn [app] in S.
    destruct (functions_extend front []) as [T' [EQ' LT]]. cbn [app] in EQ'.
    assert (N : nth_error (front ++ e :: back) (length front) = Some e) by (rewrite nth_error_app2, Nat.sub_diag by lia; reflexivity).
    pose proof (nth_stands _ _ S _ _ N) as [O _]. rewrite EQ' in O. rewrite <- LT in O. rewrite nth_middle in O.
    apply (O x x' L L').
  Qed.
End Sound.
