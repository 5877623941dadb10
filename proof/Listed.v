(** The sizes of a certificate by construction are those of a network: each unit has the size of what it reads, and tensors
    that parameters of the listed widths make are of the listed shapes. *)
From Coq Require Import ZArith String List Bool Reals Lia.
From Lipc Require Import Dyadic Slopes Activations Units Document Layout Sizes Reading Constructed Claim.
From Lipc Require Import Matrices Contractions Ldlt Existence Constructions NetworkExistence.
Import ListNotations.
Open Scope nat_scope.

Ltac next H :=
  match type of H with
  | bind _ _ = Accepted _ => let E := fresh "E" in apply bind_accepted in H; destruct H as [? [E H]]
  | (if ?b then _ else _) = Accepted _ => let E := fresh "E" in destruct b eqn:E; [|discriminate H]
  | (let '(_, _) := ?p in _) = Accepted _ => destruct p
  | (let _ := _ in _) = Accepted _ => cbv zeta in H
  | present ?o _ _ = Accepted _ => let E := fresh "E" in destruct o eqn:E; cbn [present] in H; [|discriminate H]
  end.

Lemma numbered_nth : forall A (l : list A) i k, nth_error (numbered i l) k = option_map (pair (i + k)) (nth_error l k).
Proof.
  induction l as [|a l IH]; intros i [|k]; try reflexivity; cbn; [rewrite Nat.add_0_r; reflexivity|]. rewrite IH, Nat.add_succ_r. reflexivity.
Qed.
Lemma is_ordered_true : forall ls, is_ordered ls = true -> forall k u o, unit_is (map unit_of ls) k u -> In o (operands u) -> o < k.
Proof.
  intros ls H k u o [K E] I. rewrite nth_error_map in E. destruct (nth_error ls (k - 1)) as [l|] eqn:N; [|discriminate]. injection E as <-.
  unfold is_ordered in H. rewrite forallb_forall in H.
  assert (Q : In (k - 1, l) (numbered 0 ls)) by (apply nth_error_In with (k - 1); rewrite numbered_nth, N; reflexivity).
  specialize (H _ Q). cbn in H. rewrite forallb_forall in H. specialize (H o I). apply Nat.leb_le in H. lia.
Qed.

Lemma all_there : forall (ks seen : list nat), forallb (fun k => is_there Nat.eqb k seen) ks = true -> forall i, In i ks -> In i seen.
Proof.
  intros ks seen H i I. rewrite forallb_forall in H. specialize (H i I). unfold is_there in H. apply existsb_exists in H.
  destruct H as [j [J E]]. apply Nat.eqb_eq in E. subst j. exact J.
Qed.

(** * What form_of takes *)
Section Seen.
  Variable inputs : Z.
  Variable ls : list listed.

  (** Each unit that was seen has the size of what it reads, unless it is dense. *)
  Definition is_of_size (k : nat) : Prop := forall l, nth_error ls (k - 1) = Some l ->
    match unit_of l with
    | Dense _ _ _ => True
    | Elementwise d _ => size_at inputs ls d = size_of l
    | Sum [a; b] => size_at inputs ls a = size_of l /\ size_at inputs ls b = size_of l
    | _ => False
    end.
  Lemma unit_at_seen : forall k s l s', unit_at ls k s = Accepted (l, s') -> nth_error ls (k - 1) = Some l /\ fst s' = k :: fst s.
  Proof.
    intros [|k] s l s' H; [discriminate|]. unfold unit_at in H. destruct (is_there Nat.eqb (S k) (fst s)); [discriminate|].
    destruct (nth_error ls (S k - 1)) as [l'|] eqn:E; [|discriminate]. injection H as -> <-. auto.
  Qed.
  Lemma own_tensors_seen : forall ts s s', own_tensors ts s = Accepted s' -> fst s' = fst s.
  Proof.
    induction ts as [|t ts IH]; intros s s' H; cbn [own_tensors] in H; [injection H as <-; reflexivity|].
    match type of H with (if ?b then _ else _) = _ => destruct b; [|discriminate] end. rewrite (IH _ _ H). reflexivity.
  Qed.
  Lemma dense_at_seen : forall k s o s', dense_at inputs ls k s = Accepted (o, s') -> fst s' = k :: fst s /\ is_of_size k.
  Proof.
    intros k s o s' H. unfold dense_at in H. apply bind_accepted in H. destruct H as [[l s1] [E H]].
    destruct (unit_at_seen _ _ _ _ E) as [N F]. destruct (unit_of l) as [o' w b| | | | | | | | | | | | |] eqn:U; try discriminate.
    match type of H with (if ?b then _ else _) = _ => destruct b; [|discriminate] end.
    apply bind_accepted in H. destruct H as [s2 [O H]]. injection H as -> ->. rewrite (own_tensors_seen _ _ _ O). split; [exact F|].
    intros l' N'. rewrite N in N'. injection N' as <-. rewrite U. exact I.
  Qed.
  Lemma chain_from_seen : forall fuel k fits s s', chain_from inputs ls fuel k fits s = Accepted s' ->
    Forall is_of_size (fst s) -> Forall is_of_size (fst s').
  Proof.
    induction fuel as [|fuel IH]; intros k fits s s' H F; [discriminate|]. cbn [chain_from] in H.
    apply bind_accepted in H. destruct H as [[o s1] [E H]]. destruct (dense_at_seen _ _ _ _ E) as [F1 D].
    assert (G : Forall is_of_size (fst s1)) by (rewrite F1; constructor; assumption).
    destruct o as [|o]; [injection H as <-; exact G|].
    apply bind_accepted in H. destruct H as [[l s2] [A H]]. destruct (unit_at_seen _ _ _ _ A) as [N F2].
    destruct (unit_of l) as [|d' g| | | | | | | | | | | |] eqn:U; try discriminate.
    match type of H with (if ?b then _ else _) = _ => destruct b eqn:B; [|discriminate] end.
    apply (IH _ _ _ _ H). rewrite F2. constructor; [|exact G]. intros l' N'. rewrite N in N'. injection N' as <-. rewrite U.
    apply andb_true_iff in B. destruct B as [_ B]. apply Z.eqb_eq in B. symmetry. exact B.
  Qed.
End Seen.

Theorem form_of_sizes : forall inputs ls which, form_of inputs ls = Accepted which ->
  forall i, In i (seq 1 (length ls)) -> is_of_size inputs ls i.
Proof.
  intros inputs ls which H. unfold form_of in H. apply bind_accepted in H.
  destruct H as [[which' s] [E H]]. match type of H with (if ?b then _ else _) = _ => destruct b eqn:T; [|discriminate] end.
  assert (F : Forall (is_of_size inputs ls) (fst s)); [|rewrite Forall_forall in F; intros i I; apply F, (all_there _ _ T), I].
  destruct (option_map unit_of (nth_error ls (length ls - 1))) as [u|] eqn:U; [destruct u|];
    try (apply bind_accepted in E; destruct E as [s' [F E]]; injection E as <- <-; apply (chain_from_seen _ _ _ _ _ _ _ F); constructor).
  destruct operands as [|l [|r [|x xs]]];
    try (apply bind_accepted in E; destruct E as [s' [F E]]; injection E as <- <-; apply (chain_from_seen _ _ _ _ _ _ _ F); constructor).
  cbv zeta in E. match type of E with (if ?b then _ else _) = _ => destruct b; [|discriminate] end.
  apply bind_accepted in E. destruct E as [[o s1] [DS E]]. apply bind_accepted in E. destruct E as [s2 [CH E]].
  match type of E with (if ?b then _ else _) = _ => destruct b eqn:Q; [|discriminate] end. injection E as <- <-.
  destruct (dense_at_seen _ _ _ _ _ _ DS) as [F1 D]. apply (chain_from_seen _ _ _ _ _ _ _ CH). rewrite F1. cbn [fst].
  constructor; [exact D|]. constructor; [|constructor]. intros k N. rewrite N in U. cbn [option_map] in U. injection U as U. rewrite U.
  apply andb_true_iff in Q. destruct Q as [Q1 Q2]. apply Z.eqb_eq in Q1, Q2.
  assert (K : size_at inputs ls (length ls) = size_of k).
  { unfold size_at. destruct (length ls) as [|n] eqn:LN; [destruct ls; discriminate|]. replace (S n - 1) with n in N by lia. rewrite N. reflexivity. }
  rewrite K in Q1, Q2. destruct (reads_input ls l); auto.
Qed.

(** * What claim_of takes *)
Lemma plain_units : forall ls us, each plain_of ls = Accepted us -> map what us = map unit_of ls.
Proof.
  induction ls as [|l ls IH]; intros us H; cbn [each] in H; [injection H as <-; reflexivity|].
  apply bind_accepted in H. destruct H as [p [E H]]. apply bind_accepted in H. destruct H as [ps [F H]]. injection H as <-.
  unfold plain_of in E. apply bind_accepted in E. destruct E as [a [_ E]]. injection E as <-. cbn [map what]. rewrite (IH _ F). reflexivity.
Qed.

Lemma plain_extents : forall ls us, each plain_of ls = Accepted us -> map extent us = map (fun l => Z.to_nat (size_of l)) ls.
Proof.
  induction ls as [|l ls IH]; intros us H; cbn [each] in H; [injection H as <-; reflexivity|].
  apply bind_accepted in H. destruct H as [p [E H]]. apply bind_accepted in H. destruct H as [ps [F H]]. injection H as <-.
  unfold plain_of in E. apply bind_accepted in E. destruct E as [a [_ E]]. injection E as <-. cbn [map extent]. rewrite (IH _ F). reflexivity.
Qed.
Lemma sizes_there : forall inputs ls us k, each plain_of ls = Accepted us ->
  nth k (Z.to_nat inputs :: map extent us) 0 = Z.to_nat (size_at inputs ls k).
Proof.
  intros inputs ls us [|k] H; [reflexivity|]. cbn [nth size_at]. rewrite (plain_extents _ _ H). clear H. revert k.
  induction ls as [|l ls IH]; intros [|k]; try reflexivity. apply IH.
Qed.
Theorem claim_is_sized : forall earlier digest j c which, claim_of earlier digest j = Accepted c -> its_grounds c = ByConstruction which ->
  sized_units (its_inputs c) (its_units c).
Proof.
  intros earlier digest j c which H G. unfold claim_of in H. repeat next H. injection H as <-. cbn [its_grounds its_units its_inputs] in *. subst.
  match goal with W : well_formed _ _ _ = Accepted _ |- _ => unfold well_formed in W; cbv zeta in W; repeat next W end.
  match goal with F : match ?on with OnProofs => _ | OnProduct => _ | OnConstruction => bind (form_of _ _) _ | OnDerivatives => _ end = Accepted _ |- _ =>
    destruct on; [discriminate F|discriminate F| |discriminate F]; next F; injection F as -> end.
  match goal with P : each plain_of ?ls = Accepted ?us, F : form_of ?i ?ls = Accepted _, O : is_ordered ?ls = true |- _ =>
    pose proof (plain_units _ _ P) as PU; pose proof (form_of_sizes _ _ _ F) as SZ; pose proof (is_ordered_true _ O) as OR;
    intros k p N; assert (ST : forall k, nth k (Z.to_nat i :: map extent us) 0 = Z.to_nat (size_at i ls k)) by (intros; apply sizes_there, P);
    assert (M : nth_error (map unit_of ls) k = Some (what p)) by (rewrite <- PU, nth_error_map, N; reflexivity) end.
  split.
  - intros q. apply (OR (S k)). unfold unit_is. replace (S k - 1) with k by lia. split; [lia|exact M].
  - rewrite nth_error_map in M. match type of M with option_map _ ?e = _ => destruct e as [own|] eqn:NL; [|discriminate] end.
    injection M as <-.
    assert (Q : forall A (l : list A) k a, nth_error l k = Some a -> In (S k) (seq 1 (length l)))
      by (intros A' l' k' a' E'; apply in_seq; assert (k' < length l') by (apply nth_error_Some; congruence); lia).
    specialize (SZ _ (Q _ _ _ _ NL) own). replace (S k - 1) with k in SZ by lia. specialize (SZ NL).
    assert (SK : forall i ls', nth_error ls' k = Some own -> size_at i ls' (S k) = size_of own) by (intros i' ls' E'; cbn [size_at]; rewrite E'; reflexivity).
    destruct (unit_of own) as [|d f| | |os| | | | | | | | |]; try contradiction; [exact Logic.I|rewrite !ST, SZ, (SK _ _ NL); reflexivity|].
    destruct os as [|a [|b [|]]]; try contradiction. rewrite !ST, (proj1 SZ), (proj2 SZ), (SK _ _ NL). auto.
Qed.

(** * Tensors of hidden layers are of the listed shapes *)
(** The numbers of hidden layers. *)
Definition numbers (hs : list (@place tensor)) : list nat := flat_map (fun h => [at_unit (dense_of h); at_activation h]) hs.

Section Shapes.
  Variable tensors : tensor -> list (list R).
  Variable inputs : nat.
  Variable us : list (plain tensor).
  Hypothesis sized : sized_units inputs us.
  Let all := inputs :: map extent us.
  Definition of_width (h : @place tensor) (p : parameters) : Prop := elements p = nth (at_unit (dense_of h)) all 0.

  Lemma sized_at : forall k u, unit_is (map what us) k u -> sized_unit all k u.
  Proof.
    intros k u [K E]. rewrite nth_error_map in E. destruct (nth_error us (k - 1)) as [p|] eqn:N; [|discriminate]. injection E as <-.
    pose proof (sized _ _ N) as S. replace (Datatypes.S (k - 1)) with k in S by lia. exact S.
  Qed.
  Definition shaped_at (d : @dense_place tensor) : Prop := forall o, unit_is (map what us) (at_unit d) (Dense o (weight d) (bias d)) ->
    has_shape tensors d (nth (at_unit d) all 0) (nth o all 0).
  Lemma same_unit : forall k u v, unit_is (map what us) k u -> unit_is (map what us) k v -> u = v.
  Proof. intros k u v [_ U] [_ V]. congruence. Qed.

  Lemma hidden_shapes : forall hs ps from to, places (map what us) from hs to -> Forall2 of_width hs ps ->
    have_shapes tensors (nth from all 0) hs ps ->
    width_behind (nth from all 0) ps = nth to all 0 /\ Forall (fun h => shaped_at (dense_of h)) hs.
  Proof.
    induction hs as [|h hs IH]; intros ps from to P W H; inversion W as [|? p ? qs W1 W2]; subst; cbn [places have_shapes] in *; [subst; auto|].
    destruct P as [P1 [P2 [P3 [P4 P5]]]]. destruct H as [H1 H2]. unfold of_width in W1. rewrite W1 in *.
    destruct (sized_at _ _ P3) as [_ E]. cbn beta iota in E. rewrite E in H2. destruct (IH _ _ _ P5 W2 H2) as [A B].
    split; [unfold width_behind in *; cbn [fold_left]; rewrite W1, E; exact A|]. constructor; [|exact B].
    intros o V. pose proof (same_unit _ _ _ P1 V) as Q. injection Q as <-. exact H1.
  Qed.
  Lemma shaped_as_listed : (forall k o w b, unit_is (map what us) k (Dense o w b) -> exists d, at_unit d = k /\ weight d = w /\ bias d = b /\ shaped_at d) ->
    of_listed_shapes tensors inputs us.
  Proof.
    intros H p o w b I W. destruct (In_nth_error _ _ I) as [k N].
    assert (U : unit_is (map what us) (S k) (Dense o w b)).
    { unfold unit_is. replace (S k - 1) with k by lia. rewrite nth_error_map, N. cbn. rewrite W. split; [lia|reflexivity]. }
    destruct (H _ _ _ _ U) as [d [D1 [<- [<- S]]]]. unfold shaped_at in S. rewrite D1 in S. pose proof (S o U) as [S1 [S2 S3]].
    assert (X : nth (Datatypes.S k) all 0 = extent p).
    { unfold all. cbn [nth]. apply nth_error_nth. rewrite nth_error_map, N. reflexivity. }
    rewrite X in *. auto.
  Qed.
  Lemma numbers_shaped : forall hs from to k o w b, places (map what us) from hs to -> Forall (fun h => shaped_at (dense_of h)) hs ->
    unit_is (map what us) k (Dense o w b) -> In k (numbers hs) -> exists d, at_unit d = k /\ weight d = w /\ bias d = b /\ shaped_at d.
  Proof.
    induction hs as [|h hs IH]; intros from to k o w b P S U I; [contradiction|]. cbn [places numbers flat_map app In] in *.
    destruct P as [P1 [_ [P3 [_ P5]]]]. inversion S as [|? ? S1 S2]; subst. destruct I as [<-|[<-|I]].
    - pose proof (same_unit _ _ _ P1 U) as Q. injection Q as _ Q1 Q2. exists (dense_of h). auto.
    - pose proof (same_unit _ _ _ P3 U). discriminate.
    - exact (IH _ _ _ _ _ _ P5 S2 U I).
  Qed.
End Shapes.
Lemma last_extent : forall (us : list (plain tensor)) n, last (map extent us) n = nth (length us) (n :: map extent us) 0.
Proof.
  intros us n. destruct us as [|p us] using rev_ind; [reflexivity|]. rewrite map_app, length_app, Nat.add_comm. cbn [map length Nat.add nth].
  rewrite last_last, app_nth2 by (rewrite length_map; lia). rewrite length_map, Nat.sub_diag. reflexivity.
Qed.
