(** That a certificate by construction is of the form of NetworkExistence.v: so for all parameters there are tensors of which
    the theorem of its bound is, and it is not about none. *)
From Coq Require Import ZArith String List Bool Reals Lia Permutation.
From Lipc Require Import Dyadic Slopes Activations Units Document Layout Reading Constructed Claim.
From Lipc Require Import Matrices Contractions Ldlt Existence Residual ResidualExistence Constructions NetworkExistence Listed.
Import ListNotations.
Open Scope nat_scope.

Lemma equal_tensors : forall a b : tensor, {a = b} + {a <> b}.
Proof. repeat decide equality. Defined.

(** * What form_of takes *)
Section Form.
  Variable inputs : Z.
  Variable ls : list listed.
  Let us := map unit_of ls.
  Hypothesis ordered : forall k u o, unit_is us k u -> In o (operands u) -> o < k.

  Lemma unit_at_is : forall k s l s', unit_at ls k s = Accepted (l, s') -> unit_is us k (unit_of l) /\ snd s' = snd s.
  Proof.
    intros [|k] s l s' H; [discriminate|]. unfold unit_at in H. destruct (is_there Nat.eqb (S k) (fst s)); [discriminate|].
    destruct (nth_error ls (S k - 1)) as [l'|] eqn:E; [|discriminate]. injection H as -> <-. split; [|reflexivity].
    split; [lia|]. unfold us. rewrite nth_error_map, E. reflexivity.
  Qed.

  Lemma own_tensors_differ : forall ts s s', own_tensors ts s = Accepted s' -> NoDup (snd s) -> NoDup (snd s') /\ Permutation (snd s') (ts ++ snd s).
  Proof.
    induction ts as [|t ts IH]; intros s s' H D; cbn [own_tensors] in H; [injection H as <-; auto|].
    destruct (is_there same_tensor t (snd s)) eqn:E; [discriminate|]. cbn [negb] in H.
    destruct (IH _ _ H) as [D' P].
    - constructor; [|exact D]. intros I. unfold is_there in E. assert (F : existsb (same_tensor t) (snd s) = true); [|congruence].
      apply existsb_exists. exists t. split; [exact I|]. destruct t; cbn; [apply String.eqb_refl|reflexivity|reflexivity].
    - split; [exact D'|]. rewrite P. cbn [snd app]. symmetry. apply Permutation_middle.
  Qed.

  (** Its number, its operand, and its tensors, which were not seen before. *)
  Lemma dense_at_is : forall k s o s', dense_at inputs ls k s = Accepted (o, s') -> NoDup (snd s) -> exists d,
    at_unit d = k /\ unit_is us k (Dense o (weight d) (bias d)) /\ o < k /\ NoDup (snd s') /\ Permutation (snd s') (names_of d ++ snd s).
  Proof.
    intros k s o s' H D. unfold dense_at in H. apply bind_accepted in H. destruct H as [[l s1] [E H]].
    destruct (unit_at_is _ _ _ _ E) as [U Q]. destruct (unit_of l) as [o' w b| | | | | | | | | | | | |]; try discriminate.
    match type of H with (if ?b then _ else _) = _ => destruct b; [|discriminate] end.
    apply bind_accepted in H. destruct H as [s2 [O H]]. injection H as -> ->. rewrite <- Q in D.
    destruct (own_tensors_differ _ _ _ O D) as [D' P]. rewrite Q in P.
    exists {| at_unit := k; weight := w; bias := b |}. cbn [at_unit weight bias].
    repeat (split; [first [reflexivity|assumption|apply (ordered _ _ _ U); left; reflexivity]|]). exact P.
  Qed.

  Lemma places_more : forall hs from to h, places us from hs to -> unit_is us (at_unit (dense_of h)) (Dense to (weight (dense_of h)) (bias (dense_of h))) ->
    to < at_unit (dense_of h) -> unit_is us (at_activation h) (Elementwise (at_unit (dense_of h)) (activation h)) ->
    at_unit (dense_of h) < at_activation h -> places us from (hs ++ [h]) (at_activation h).
  Proof.
    induction hs as [|g hs IH]; intros from to h P U L A M; cbn [app places] in *; [subst to; auto 10|].
    destruct P as [P1 [P2 [P3 [P4 P5]]]]. repeat (split; [assumption|]). apply (IH _ to); assumption.
  Qed.
  Lemma hidden_names_more : forall (hs : list (@place tensor)) h, hidden_names (hs ++ [h]) = (hidden_names hs ++ names_of (dense_of h))%list.
  Proof. intros hs h. unfold hidden_names. rewrite map_app, concat_app. cbn. rewrite app_nil_r. reflexivity. Qed.

  (** Activations of slopes from a to b, as the form has them. *)
  Definition sloped (fits : dyadic -> dyadic -> bool) (h : @place tensor) : Prop := exists a b,
    interval (activation h) = Some (a, b) /\ lt a b && fits a b = true.

  Lemma chain_from_is : forall fuel k fits s s', chain_from inputs ls fuel k fits s = Accepted s' -> NoDup (snd s) -> exists hs from d,
    places us 0 hs from /\ at_unit d = k /\ unit_is us k (Dense from (weight d) (bias d)) /\ from < k /\
    Forall (sloped fits) hs /\ NoDup (hidden_names hs ++ names_of d ++ snd s) /\ incl (fst s') (k :: numbers hs ++ fst s).
  Proof.
    induction fuel as [|fuel IH]; intros k fits s s' H D; [discriminate|]. cbn [chain_from] in H.
    apply bind_accepted in H. destruct H as [[o s1] [E H]]. destruct (dense_at_is _ _ _ _ E D) as [d [K [U [O [D1 P]]]]].
    destruct (dense_at_seen _ _ _ _ _ _ E) as [F1 _].
    destruct o as [|o].
    - injection H as <-. exists [], 0, d. split; [reflexivity|]. split; [exact K|]. split; [exact U|]. split; [exact O|]. split; [constructor|].
      split; [apply (Permutation_NoDup P D1)|].
      rewrite F1. apply incl_refl.
    - apply bind_accepted in H. destruct H as [[l s2] [A H]]. destruct (unit_at_is _ _ _ _ A) as [V Q].
      destruct (unit_at_seen _ _ _ _ _ A) as [_ F2].
      destruct (unit_of l) as [|d' g| | | | | | | | | | | |]; try discriminate.
      match type of H with (if ?b then _ else _) = _ => destruct b eqn:B; [|discriminate] end. rewrite <- Q in D1.
      destruct (IH _ _ _ _ H D1) as [hs [from [e [PL [EK [EU [EO [SL [N C]]]]]]]]].
      exists (hs ++ [{| dense_of := e; at_activation := S o; activation := g |}])%list, (S o), d.
      split; [apply (places_more hs 0 from); cbn [dense_of at_activation activation]; rewrite ?EK; try assumption; apply (ordered _ _ _ V); left; reflexivity|].
      repeat (split; [assumption|]). split.
      { apply Forall_app. split; [exact SL|]. constructor; [|constructor]. unfold sloped. cbn [activation]. apply andb_true_iff in B. destruct B as [B _].
        destruct (interval g) as [[a b]|]; [|discriminate]. exists a, b. auto. }
      rewrite hidden_names_more. cbn [dense_of]. rewrite <- app_assoc. rewrite Q in N.
      split; [refine (Permutation_NoDup _ N); apply Permutation_app_head, Permutation_app_head, P|].
      intros i I. specialize (C i I). unfold numbers in *. rewrite flat_map_app, F2, F1 in *. cbn [In flat_map app dense_of at_activation] in *.
      rewrite !in_app_iff in *. cbn [In] in *. rewrite EK. tauto.
  Qed.
End Form.

(** The hidden layers, and the dense units that are none, as the theorems of NetworkExistence.v ask for them. *)
Definition is_chain (us : list (unit tensor)) (hs : list (@place tensor)) : Prop := exists k d,
  places us 0 hs k /\ at_unit d = length us /\ unit_is us (length us) (Dense k (weight d) (bias d)) /\ k < length us /\
  Forall (fun h => exists a b, (a < b)%R /\ slopes a b (apply (activation h))) hs /\ NoDup (hidden_names hs ++ names_of d) /\
  forall i, In i (seq 1 (length us)) -> In i (length us :: numbers hs).
Definition is_residual (us : list (unit tensor)) (hs : list (@place tensor)) : Prop := exists k first last,
  places us 0 hs k /\ unit_is us (at_unit first) (Dense 0 (weight first) (bias first)) /\ 0 < at_unit first < length us /\
  unit_is us (at_unit last) (Dense k (weight last) (bias last)) /\ k < at_unit last < length us /\
  (unit_is us (length us) (Sum [at_unit first; at_unit last]) \/ unit_is us (length us) (Sum [at_unit last; at_unit first])) /\
  Forall (fun h => slopes 0 1 (apply (activation h))) hs /\ NoDup (hidden_names hs ++ names_of first ++ names_of last) /\
  forall i, In i (seq 1 (length us)) -> In i (at_unit last :: numbers hs ++ [at_unit first; length us]).
Definition is_formed (which : construction) := match which with Chain => is_chain | Residual => is_residual end.

Theorem form_of_true : forall inputs ls which, is_ordered ls = true -> form_of inputs ls = Accepted which ->
  exists hs, is_formed which (map unit_of ls) hs.
Proof.
  intros inputs ls which O H. pose proof (is_ordered_true ls O) as OR. unfold form_of in H. apply bind_accepted in H.
  destruct H as [[which' s] [E H]]. match type of H with (if ?b then _ else _) = _ => destruct b eqn:T; [|discriminate] end. injection H as ->.
  assert (L : length (map unit_of ls) = length ls) by apply length_map.
  assert (TH : forall i, In i (seq 1 (length ls)) -> In i (fst s)) by (apply all_there, T).
  assert (C : forall fits s', chain_from inputs ls (S (length ls)) (length ls) fits ([], []) = Accepted s' ->
    (forall i, In i (seq 1 (length ls)) -> In i (fst s')) -> exists hs, is_chain (map unit_of ls) hs).
  { intros fits s' F TC. destruct (chain_from_is inputs ls OR _ _ _ _ _ F (NoDup_nil _)) as [hs [from [d [P [K [U [M [SL [N CV]]]]]]]]].
    cbn [fst snd] in N, CV. rewrite app_nil_r in N, CV. exists hs, from, d. rewrite L. repeat (split; [assumption|]).
    split; [|split; [exact N|intros i I; apply CV, TC, I]].
    revert SL. apply Forall_impl. intros h [a [b [I B]]]. apply andb_true_iff in B. destruct B as [B _]. exists (val a), (val b).
    split; [apply lt_true, B|apply interval_slopes, I]. }
  destruct (option_map unit_of (nth_error ls (length ls - 1))) as [u|] eqn:U; [destruct u|];
    try (apply bind_accepted in E; destruct E as [s' [F E]]; injection E as <- <-; exact (C _ _ F TH)).
  destruct operands as [|l [|r [|x xs]]];
    try (apply bind_accepted in E; destruct E as [s' [F E]]; injection E as <- <-; exact (C _ _ F TH)).
  assert (V : unit_is (map unit_of ls) (length (map unit_of ls)) (Sum [l; r])).
  { rewrite L. unfold unit_is. rewrite nth_error_map. split; [destruct ls; [discriminate U|cbn; lia]|exact U]. }
  assert (LT : l < length (map unit_of ls) /\ r < length (map unit_of ls)) by (split; apply (OR _ _ _ V); cbn; auto).
  set (skip := if reads_input ls l then l else r) in *. set (last := if reads_input ls l then r else l) in *. cbv zeta in E.
  destruct (reads_input ls skip && negb (reads_input ls last)) eqn:R; [|discriminate]. apply andb_true_iff in R. destruct R as [R _].
  apply bind_accepted in E. destruct E as [[o s1] [DS E]]. apply bind_accepted in E. destruct E as [s2 [CH E]].
  match type of E with (if ?b then _ else _) = _ => destruct b; [|discriminate] end. injection E as <- <-.
  destruct (dense_at_is inputs ls OR _ _ _ _ DS (NoDup_nil _)) as [first [K1 [U1 [M1 [D1 P1]]]]].
  destruct (dense_at_seen _ _ _ _ _ _ DS) as [SN _].
  destruct (chain_from_is inputs ls OR _ _ _ _ _ CH D1) as [hs [k [d [P [K2 [U2 [M2 [SL [N CV]]]]]]]]].
  assert (Z : o = 0).
  { destruct U1 as [_ U1]. destruct skip as [|i]; [discriminate R|]. unfold reads_input in R. rewrite nth_error_map in U1.
    replace (S i - 1) with i in U1 by lia. destruct (nth_error ls i) as [x|]; [|discriminate]. cbn in U1. injection U1 as U1. rewrite U1 in R.
    destruct o; [reflexivity|discriminate]. }
  subst o. exists hs, k, first, d. cbn [snd] in P1. rewrite app_nil_r in P1. rewrite K1, K2.
  assert (B : skip < length (map unit_of ls) /\ last < length (map unit_of ls)) by (unfold skip, last; destruct (reads_input ls l); tauto).
  repeat (split; [first [assumption|lia]|]). split; [|split].
  - unfold skip, last. destruct (reads_input ls l); [left|right]; exact V.
  - revert SL. apply Forall_impl. intros h [a [b [I F]]]. rewrite !andb_true_iff in F. destruct F as [_ [F1 F2]].
    apply (slopes_wider (val a) (val b)); [apply interval_slopes, I|rewrite <- val_zero; apply le_true, F1|rewrite <- val_one; apply le_true, F2].
  - split; [refine (Permutation_NoDup _ N); apply Permutation_app_head; rewrite Permutation_app_comm; apply Permutation_app_tail, P1|].
    intros i I. rewrite L in *. rewrite SN in CV. apply CV, TH, I.
Qed.
(** * What claim_of takes *)
Lemma claim_is_formed : forall earlier digest j c which, claim_of earlier digest j = Accepted c -> its_grounds c = ByConstruction which ->
  exists hs, is_formed which (map what (its_units c)) hs.
Proof.
  intros earlier digest j c which H G. unfold claim_of in H. repeat next H. injection H as <-. cbn [its_grounds its_units] in *. subst.
  match goal with W : well_formed _ _ _ = Accepted _ |- _ => unfold well_formed in W; cbv zeta in W; repeat next W end.
  match goal with F : match ?on with OnProofs => _ | OnProduct => _ | OnConstruction => bind (form_of _ _) _ | OnDerivatives => _ end = Accepted _ |- _ =>
    destruct on; [discriminate F|discriminate F| |discriminate F]; next F; injection F as -> end.
  match goal with P : each plain_of _ = Accepted _ |- _ => rewrite (plain_units _ _ P) end.
  eapply form_of_true; eassumption.
Qed.

(** * All parameters have networks *)
(** Of a certificate by construction: with any parameters that suit its activations, and some slopes do, there are tensors of
    its units that these parameters make, so [is_function] of Meaning.v holds of their function. *)
Theorem chain_has_tensors : forall earlier digest j c, claim_of earlier digest j = Accepted c -> its_grounds c = ByConstruction Chain ->
  let us := map what (its_units c) in
  exists hs : list (@place tensor), Forall (fun h => exists a b, (a < b)%R /\ slopes a b (apply (activation h))) hs /\
  forall L n m ps N, Forall2 suits hs ps -> all_free n ps -> contraction m (width_behind n ps) N ->
  let G := matrix_scaled L identity in
  exists free ls k, map parameters_of ls = ps /\ constructed n ls /\ hidden free us 0 n G ls k /\
    dense_is free us (length us) k m (last_width n ls) (last_weights (last_width n ls) N (last_factor G ls)) /\ ldlt_chain free us L n m /\
    (n = its_inputs c -> m = last_size c -> Forall2 (of_width n (its_units c)) hs ps -> of_listed_shapes free n (its_units c)).
Proof.
  intros earlier digest j c H G us. destruct (claim_is_formed _ _ _ _ _ H G) as [hs [k [d [P [D [U [K [SL [ND CV]]]]]]]]].
  exists hs. split; [exact SL|]. intros L n m ps N S F C W. destruct (chain_tensors equal_tensors us L n m hs k d ps N P D U K ND S F C) as
    [free [ls [Q1 [Q2 [Q3 [Q4 [Q5 [Q6 Q7]]]]]]]].
  exists free, ls, k. repeat (split; [assumption|]). intros -> -> V. pose proof (claim_is_sized _ _ _ _ _ H G) as Z.
  destruct (hidden_shapes free _ _ Z hs ps 0 k P V Q6) as [A B]. apply (shaped_as_listed free). intros i o w b I.
  assert (R : In i (seq 1 (length us))).
  { destruct I as [I1 I2]. assert (i - 1 < length us) by (apply nth_error_Some; unfold us; congruence). apply in_seq. lia. }
  destruct (CV i R) as [<-|R']; [|apply (numbers_shaped free _ _ hs 0 k i o w b P B I R')].
  pose proof (same_unit _ _ _ _ U I) as E. injection E as E1 E2 E3. exists d. repeat (split; [assumption|]).
  intros o' I'. rewrite D in *. pose proof (same_unit _ _ _ _ U I') as E. injection E as <-. rewrite <- A.
  unfold last_size in Q7. rewrite last_extent in Q7. unfold us. rewrite length_map. exact Q7.
Qed.
Theorem residual_has_tensors : forall earlier digest j c, claim_of earlier digest j = Accepted c -> its_grounds c = ByConstruction Residual ->
  let us := map what (its_units c) in
  exists hs : list (@place tensor), Forall (fun h => slopes 0 1 (apply (activation h))) hs /\
  forall L n m A ps N, Forall2 suits hs ps -> residual_free n ps -> contraction m (width_behind n ps) N ->
  (forall u, 0 < square_of n u -> square_of m (times_vector n A u) < L * L * square_of n u)%R ->
  exists free e ls, skip e = A /\ end_turn e = N /\ map parameters_of (layers ls) = ps /\ residual_made n m e ls /\ ldlt_residual free us L n m /\
    (n = its_inputs c -> m = last_size c -> Forall2 (of_width n (its_units c)) hs ps -> of_listed_shapes free n (its_units c)).
Proof.
  intros earlier digest j c H G us.
  destruct (claim_is_formed _ _ _ _ _ H G) as [hs [k [first [last [P [U1 [K1 [U2 [K2 [S [SL [ND CV]]]]]]]]]]]].
  exists hs. split; [exact SL|]. intros L n m A ps N T F C B.
  destruct (residual_tensors equal_tensors us L n m A hs k first last ps N P U1 K1 U2 K2 S ND T F C B) as
    [free [e [ls [Q1 [Q2 [Q3 [Q4 [_ [_ [_ [Q5 [Q6 [Q7 Q8]]]]]]]]]]]]].
  exists free, e, ls. repeat (split; [assumption|]). intros -> -> V. pose proof (claim_is_sized _ _ _ _ _ H G) as Z.
  destruct (hidden_shapes free _ _ Z hs ps 0 k P V Q6) as [X Y]. apply (shaped_as_listed free). intros i o w b I.
  assert (R : In i (seq 1 (length us))).
  { destruct I as [I1 I2]. assert (i - 1 < length us) by (apply nth_error_Some; unfold us; congruence). apply in_seq. lia. }
  assert (M : last_size c = nth (at_unit first) (its_inputs c :: map extent (its_units c)) 0 /\
    last_size c = nth (at_unit last) (its_inputs c :: map extent (its_units c)) 0).
  { unfold last_size. rewrite last_extent. rewrite <- (length_map what). fold us.
    destruct S as [S|S]; destruct (sized_at _ _ Z _ _ S) as [_ [E1 E2]]; rewrite E1, E2; auto. }
  destruct M as [M1 M2].
  assert (DF : shaped_at free (its_inputs c) (its_units c) first).
  { intros o' I'. pose proof (same_unit _ _ _ _ U1 I') as E. injection E as <-. rewrite <- M1. exact Q7. }
  assert (DL : shaped_at free (its_inputs c) (its_units c) last).
  { intros o' I'. pose proof (same_unit _ _ _ _ U2 I') as E. injection E as <-. rewrite <- M2. rewrite <- X. exact Q8. }
  destruct (CV i R) as [E|R']; [|apply in_app_iff in R'; destruct R' as [R'|[E|[E|[]]]]].
  - subst i. pose proof (same_unit _ _ _ _ U2 I) as E. injection E as _ E1 E2. exists last. auto.
  - apply (numbers_shaped free _ _ hs 0 k i o w b P Y I R').
  - subst i. pose proof (same_unit _ _ _ _ U1 I) as E. injection E as _ E1 E2. exists first. auto.
  - subst i. destruct S as [S|S]; pose proof (same_unit _ _ _ _ S I); discriminate.
Qed.
