(** Units of a callee in place of a call, and three units in place of groups of channels, compute what the units compute
    that a certificate lists. *)
From Coq Require Import ZArith List Reals Bool Lia.
From Lipc Require Import Dyadic Activations Images Units Represents Lengths Norms Certificate Document Layout Sizes.
Import ListNotations.
Open Scope nat_scope.

Lemma forall_operands : forall (P : nat -> Prop) os, Forall P os -> forall o, In o os -> P o.
Proof. intros P os H. rewrite Forall_forall in H. exact H. Qed.

Section Numbers.
  Context {name : Type}.
  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list R).

  (** A unit with other operands, where the same signals are. *)
  Lemma value_renumbered : forall at_ (u : unit name) S S', (forall o, In o (operands u) -> nth (at_ o) S' [] = nth o S []) ->
    value called tensors (renumbered at_ u) S' = value called tensors u S.
  Proof.
    intros at_ u S S' H.
    assert (M : forall os, (forall o, In o os -> nth (at_ o) S' [] = nth o S []) ->
      map (fun n => nth n S' []) (map at_ os) = map (fun n => nth n S []) os).
    { intros os K. rewrite map_map. apply map_ext_in. exact K. }
    destruct u; cbn [renumbered value Layout.operands] in *; try (rewrite (H _ (or_introl eq_refl)); reflexivity).
    - rewrite (M _ H). reflexivity.
    - rewrite (M _ H). reflexivity.
  Qed.

  Lemma renumbered_twice : forall f g (u : unit name), renumbered f (renumbered g u) = renumbered (fun o => f (g o)) u.
  Proof. intros f g u. destruct u; cbn [renumbered]; rewrite ?map_map; reflexivity. Qed.
  Lemma source_renumbered : forall at_ (u : unit name), source (renumbered at_ u) = option_map at_ (source u).
  Proof. intros at_ u. destruct u; reflexivity. Qed.
  Lemma group_renumbered : forall at_ (u : unit name), group (renumbered at_ u) = group u.
  Proof. intros at_ u. destruct u; reflexivity. Qed.
  Lemma operands_renumbered : forall at_ (u : unit name), operands (renumbered at_ u) = map at_ (operands u).
  Proof. intros at_ u. destruct u; reflexivity. Qed.
  Lemma source_operand : forall (u : unit name) o, source u = Some o -> operands u = [o].
  Proof. intros u o. destruct u; cbn; congruence. Qed.

  Lemma meaning_moved : forall at_ (p : plain name) S S', (forall o, In o (operands (what p)) -> nth (at_ o) S' [] = nth o S []) ->
    meaning called tensors (moved at_ p) S' = meaning called tensors p S.
  Proof.
    intros at_ p S S' H. unfold meaning, moved. cbn [what apart extent]. rewrite source_renumbered, group_renumbered, renumbered_twice.
    destruct (Nat.eqb (apart p) 1); [apply value_renumbered, H|].
    destruct (source (what p)) as [o|] eqn:E; cbn [option_map]; [|apply value_renumbered, H].
    rewrite (H o) by (rewrite (source_operand _ _ E); left; reflexivity). reflexivity.
  Qed.

  Lemma execution_app : forall us vs S, execution called tensors (us ++ vs) S = execution called tensors vs (execution called tensors us S).
  Proof. induction us as [|p us IH]; intros vs S; [reflexivity|]. cbn [app execution]. apply IH. Qed.
  Lemma execution_extends : forall us S, exists T, execution called tensors us S = S ++ T /\ length T = length us.
  Proof.
    induction us as [|p us IH]; intros S; cbn [execution]; [exists []; rewrite app_nil_r; auto|].
    destruct (IH (S ++ [meaning called tensors p S])) as [T [-> L]]. eexists (_ :: T). rewrite <- app_assoc. cbn. split; [reflexivity|lia].
  Qed.
End Numbers.

(** Each unit reads earlier ones, of [n] signals before, and calls nothing. *)
Definition is_call {name} (u : unit name) : bool := match u with Call _ _ _ => true | _ => false end.
Fixpoint ordered {name} (n : nat) (us : list (plain name)) : Prop :=
  match us with
  | [] => True
  | p :: us' => Forall (fun o => o < n) (operands (what p)) /\ is_call (what p) = false /\ ordered (S n) us'
  end.

Lemma ordered_app : forall name (us vs : list (plain name)) n, ordered n us -> ordered (n + length us) vs -> ordered n (us ++ vs).
Proof.
  induction us as [|p us IH]; intros vs n H K; cbn [app length] in *; [rewrite Nat.add_0_r in K; exact K|].
  destruct H as [H1 [H2 H3]]. repeat split; try assumption. apply IH; [exact H3|]. replace (S n + length us) with (n + S (length us)) by lia. exact K.
Qed.

(** Without calls it does not matter what is called. *)
Lemma meaning_any : forall name called called' (tensors : name -> list (list R)) p S, is_call (what p) = false ->
  meaning called tensors p S = meaning called' tensors p S.
Proof.
  intros name w w' t p S H. unfold meaning.
  assert (V : forall (u : unit name) T, is_call u = false -> value w t u T = value w' t u T) by (intros u T E; destruct u; try reflexivity; discriminate).
  assert (C : forall at_, is_call (renumbered at_ (what p)) = false) by (intros at_; destruct (what p); try reflexivity; discriminate).
  destruct (Nat.eqb (apart p) 1); [apply V, H|]. destruct (source (what p)); [rewrite (V _ _ (C _)); reflexivity|apply V, H].
Qed.

Section Inlined.
  Context {name : Type}.
  Variable tensors : name -> list (list R).

  (** Each signal of [S] is the one of [S'] that has its number there. *)
  Definition stands_for (numbers : list nat) (S S' : list (list R)) : Prop :=
    length numbers = length S /\ forall i, i < length S -> nth i numbers 0 < length S' /\ nth (nth i numbers 0) S' [] = nth i S [].

  Lemma stands_next : forall numbers S S' T s k, stands_for numbers S S' -> k < length (S' ++ T) -> nth k (S' ++ T) [] = s ->
    stands_for (numbers ++ [k]) (S ++ [s]) (S' ++ T).
  Proof.
    intros numbers S S' T s k [L H] K E. split; [rewrite !length_app, L; reflexivity|]. intros i I. rewrite length_app in I. cbn in I.
    destruct (Nat.eq_dec i (length S)) as [->|D].
    - assert (N : nth (length S) (numbers ++ [k]) 0 = k) by (rewrite <- L; apply nth_middle). rewrite N, nth_middle. auto.
    - destruct (H i) as [A B]; [lia|]. rewrite (app_nth1 numbers) by lia. rewrite (app_nth1 S) by lia. rewrite (app_nth1 S') by exact A.
      split; [rewrite length_app; lia|exact B].
  Qed.

  (** The units of a callee behind [S'], which read its input at number [at_0]. *)
  Lemma inner_stands : forall called called' at_0 base (inner : list (plain name)) S S' n, ordered n inner -> n = length S -> 0 < n ->
    length S' = base + length S ->
    (forall i, i < length S -> nth (match i with O => at_0 | _ => base + i end) S' [] = nth i S []) -> at_0 < length S' ->
    forall i, i < length S + length inner ->
      nth (match i with O => at_0 | _ => base + i end)
        (execution called' tensors (map (moved (fun i => match i with O => at_0 | _ => base + i end)) inner) S') []
      = nth i (execution called tensors inner S) [].
  Proof.
    intros w w' a base. set (at_ := fun i => match i with O => a | _ => base + i end).
    induction inner as [|p inner IH]; intros S S' n O N P L H A i I; cbn [map execution length ordered] in *; [apply H; lia|].
    destruct O as [O1 [O2 O3]].
    assert (E : meaning w' tensors (moved at_ p) S' = meaning w tensors p S).
    { rewrite (meaning_moved w' tensors at_ p S S'); [apply meaning_any, O2|]. intros o Q. apply H. pose proof (forall_operands _ _ O1 _ Q). cbn in *. lia. }
    rewrite E. set (y := meaning w tensors p S). apply (IH (S ++ [y]) (S' ++ [y]) (Datatypes.S n) O3).
    - rewrite length_app. cbn. lia.
    - lia.
    - rewrite !length_app. cbn. lia.
    - intros j J. rewrite length_app in J. cbn in J. destruct (Nat.eq_dec j (length S)) as [->|D].
      + assert (Q : match length S with O => a | _ => base + length S end = length S') by (destruct (length S); lia).
        rewrite Q, !nth_middle. reflexivity.
      + rewrite (app_nth1 S) by lia. rewrite app_nth1; [apply H; lia|]. destruct j; lia.
    - rewrite length_app. lia.
    - rewrite length_app. cbn. lia.
  Qed.

  Lemma inner_ordered : forall at_0 base (inner : list (plain name)) n, ordered n inner -> 0 < n -> at_0 < base + n ->
    ordered (base + n) (map (moved (fun i => match i with O => at_0 | _ => base + i end)) inner).
  Proof.
    intros a base. induction inner as [|p inner IH]; intros n O P A; cbn [map ordered] in *; [exact I|]. destruct O as [O1 [O2 O3]].
    split; [|split].
    - unfold moved. cbn [what]. rewrite operands_renumbered. apply Forall_map. revert O1. apply Forall_impl. intros [|o] Q; lia.
    - unfold moved. cbn [what]. destruct (what p); try reflexivity; discriminate.
    - replace (S (base + n)) with (base + S n) by lia. apply IH; [exact O3|lia|lia].
  Qed.

  (** Units without calls that give what a function gives, whatever they would call. *)
  Definition is_flat (f : list R -> list R) (n : nat) (flat : @flat_network name) : Prop :=
    ordered 1 (fst flat) /\ snd flat <= length (fst flat) /\
    forall called z, length z = n -> nth (snd flat) (execution called tensors (fst flat) [z]) [] = f z.
End Inlined.

Lemma fit_same : forall l, fit (length l) l = l.
Proof. induction l as [|x l IH]; [reflexivity|]. cbn. rewrite IH. reflexivity. Qed.
Lemma last_nth : forall A (l : list A) d, last l d = nth (length l - 1) l d.
Proof.
  induction l as [|x l IH]; intros d; [reflexivity|]. destruct l as [|y l]; [reflexivity|].
  change (last (x :: y :: l) d) with (last (y :: l) d). rewrite IH. cbn. rewrite Nat.sub_0_r. reflexivity.
Qed.
Lemma all_same_true : forall l m, Document.all_same Nat.eqb l m = true -> l = m.
Proof.
  induction l as [|a l IH]; intros [|b m] H; try discriminate; [reflexivity|]. cbn in H. apply andb_true_iff in H.
  destruct H as [H1 H2]. apply Nat.eqb_eq in H1. rewrite H1, (IH m H2). reflexivity.
Qed.

Section Flattened.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).
  Variable called : nat -> list R -> list R.
  Variable callees : nat -> option known.
  Variable flats : nat -> option (@flat_network name).
  Hypothesis flat_callees : forall k b flat, callees k = Some b -> flats k = Some flat -> is_flat (stored tensors) (called k) (arguments b) flat.
  Hypothesis callee_sizes : forall k b z, callees k = Some b -> length z = arguments b -> length (called k z) = results b.

  Lemma call_step : forall w o k m flat numbers x S base inner out, flats k = Some (inner, out) ->
    size callees tensors (Call o k m) (map (@length R) S) = Some m -> ordered 1 flat -> base = length flat ->
    stands_for numbers S (execution w (stored tensors) flat [x]) ->
    let inside i := match i with O => nth o numbers 0 | _ => base + i end in
    let flat' := flat ++ map (moved inside) inner in
    ordered 1 flat' /\ stands_for (numbers ++ [inside out]) (S ++ [fit m (called k (nth o S []))]) (execution w (stored tensors) flat' [x]).
  Proof.
    intros w o k m flat numbers x S base inner out F Z O B G inside flat'. cbn [size] in Z.
    destruct (callees k) as [b|] eqn:E; [|discriminate]. rewrite length_map, lengths_nth in Z.
    destruct (Nat.ltb o (length S) && Nat.eqb (length (nth o S [])) (arguments b) && Nat.eqb m (results b)) eqn:Q; [|discriminate].
    rewrite !andb_true_iff in Q. destruct Q as [[Q1 Q2] Q3]. apply Nat.ltb_lt in Q1. apply Nat.eqb_eq in Q2, Q3.
    destruct (flat_callees k b _ E F) as [I1 [I2 I3]]. cbn [fst snd] in *.
    destruct (execution_extends w (stored tensors) flat [x]) as [T [ET LT]]. unfold flat'. rewrite execution_app.
    set (S' := execution w (stored tensors) flat [x]) in *.
    assert (L' : length S' = base + 1) by (rewrite ET; cbn; lia).
    destruct G as [G1 G2]. destruct (G2 o Q1) as [A1 A2].
    assert (V : nth (inside out) (execution w (stored tensors) (map (moved inside) inner) S') [] = called k (nth o S [])).
    { rewrite <- (I3 called (nth o S []) Q2).
      apply (inner_stands (stored tensors) called w (nth o numbers 0) base inner [nth o S []] S' 1); try assumption; cbn [length]; try lia.
      intros i I. destruct i as [|i]; [exact A2|lia]. }
    split; [apply ordered_app; [exact O|]|].
    - replace (1 + length flat) with (base + 1) by lia. apply inner_ordered; [exact I1|lia|lia].
    - destruct (execution_extends w (stored tensors) (map (moved inside) inner) S') as [T' [ET' LT']]. rewrite ET' in *. rewrite length_map in LT'.
      apply stands_next; [split; assumption| |].
      + rewrite length_app. unfold inside. destruct out; lia.
      + rewrite V. rewrite Q3, <- (callee_sizes k b _ E Q2). symmetry. apply fit_same.
  Qed.

  Lemma flattened_stands : forall w x us S numbers flat all out found, ordered 1 flat ->
    stands_for numbers S (execution w (stored tensors) flat [x]) -> S <> [] ->
    sizes callees tensors (map what us) (map (@length R) S) = Some found -> forallb (is_proper found) us = true ->
    flattened flats us numbers flat = Some (all, out) ->
    ordered 1 all /\ out <= length all /\
    nth out (execution w (stored tensors) all [x]) [] = last (execution called (stored tensors) us S) [].
  Proof.
    intros w x. induction us as [|p us IH]; intros S numbers flat all out found O G N Z P H; cbn [flattened execution map sizes forallb] in *.
    - injection H as <- <-. destruct G as [G1 G2]. split; [exact O|]. rewrite !last_nth, G1.
      destruct (G2 (length S - 1)) as [A B]; [destruct S; [contradiction|cbn; lia]|]. split; [|exact B].
      destruct (execution_extends w (stored tensors) flat [x]) as [T [E L]]. rewrite E in A. cbn in A. lia.
    - apply andb_true_iff in P. destruct P as [P1 P2].
      destruct (size callees tensors (what p) (map (@length R) S)) as [n|] eqn:E; [|discriminate].
      assert (NS : what p <> Sum []) by (intros K; unfold is_proper in P1; rewrite K, andb_false_r in P1; discriminate).
      pose proof (meaning_size callees tensors called p S n NS E) as M.
      assert (Z' : sizes callees tensors (map what us) (map (@length R) (S ++ [meaning called (stored tensors) p S])) = Some found)
        by (rewrite map_app; cbn [map]; rewrite M; exact Z).
      assert (N' : S ++ [meaning called (stored tensors) p S] <> []) by (destruct S; discriminate).
      destruct (is_call (what p)) eqn:C.
      + destruct (what p) as [| | | | | | | | | | | | |o k m] eqn:W; try discriminate.
        destruct (flats k) as [[inner out']|] eqn:F; [|discriminate].
        assert (A1 : Nat.eqb (apart p) 1 = true).
        { unfold is_proper in P1. rewrite W in P1. cbn [group] in P1. destruct (Nat.eqb (apart p) 1); [reflexivity|discriminate]. }
        assert (EM : meaning called (stored tensors) p S = fit m (called k (nth o S []))) by (unfold meaning; rewrite A1, W; reflexivity).
        assert (m = n).
        { cbn [size] in E. destruct (callees k); [|discriminate]. match type of E with (if ?b then _ else _) = _ => destruct b; [congruence|discriminate] end. }
        subst m. destruct (call_step w o k n flat numbers x S (length flat) inner out' F E O eq_refl G) as [O' G']. cbv zeta in O', G'.
        rewrite <- EM in G'. exact (IH _ _ _ _ _ _ O' G' N' Z' P2 H).
      + assert (R : flattened flats us (numbers ++ [Datatypes.S (length flat)]) (flat ++ [moved (fun o => nth o numbers 0) p]) = Some (all, out))
          by (destruct (what p); try exact H; discriminate).
        clear H. refine (IH _ _ _ _ _ _ _ _ N' Z' P2 R).
        * apply ordered_app; [exact O|]. cbn [ordered]. unfold moved. cbn [what]. rewrite operands_renumbered.
          destruct (execution_extends w (stored tensors) flat [x]) as [T [ET LT]]. destruct G as [G1 G2].
          pose proof (operands_there callees tensors _ _ _ E) as Q. rewrite length_map in Q.
          split; [|split; [destruct (what p); try reflexivity; discriminate|exact I]].
          apply Forall_map. revert Q. apply Forall_impl. intros o Q. destruct (G2 o Q) as [A _]. rewrite ET in A. cbn in A. lia.
        * rewrite execution_app. cbn [execution]. destruct (execution_extends w (stored tensors) flat [x]) as [T [ET LT]].
          set (S' := execution w (stored tensors) flat [x]) in *. assert (L' : length S' = Datatypes.S (length flat)) by (rewrite ET; cbn; lia).
          assert (EM : meaning w (stored tensors) (moved (fun o => nth o numbers 0) p) S' = meaning called (stored tensors) p S).
          { rewrite (meaning_moved w (stored tensors) (fun o => nth o numbers 0) p S S').
            - apply meaning_any. exact C.
            - intros o Q. pose proof (operands_there callees tensors _ _ _ E) as Q'. rewrite length_map in Q'.
              destruct G as [_ G]. apply G. exact (forall_operands _ _ Q' o Q). }
          rewrite EM. apply stands_next; [exact G| |].
          -- rewrite length_app. cbn. lia.
          -- rewrite <- L'. apply nth_middle.
  Qed.
End Flattened.
