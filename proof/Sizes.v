(** That signals have the sizes that [sizes] compares, and so everything fits: a network has a value, for all inputs. *)
From Coq Require Import ZArith List Reals Bool Lia.
From Lipc Require Import Dyadic Activations Images Units Represents Groups Lengths Sorted Steps Norms Certificate Layout.
Import ListNotations.
Open Scope nat_scope.

Lemma lengths_nth : forall (S : list (list R)) o, nth o (map (@length R) S) 0 = length (nth o S []).
Proof. intros S o. apply (map_nth (@length R) S [] o). Qed.

Lemma chunks_mapped : forall (g : list R -> list R), (forall s, length (g s) = length s) -> forall f k l, k <> 0 -> length l <= f ->
  length (concat (map g (chunks f k l))) = length l.
Proof.
  intros g G. induction f as [|f IH]; intros k l K F; [destruct l; [reflexivity|cbn in F; lia]|].
  destruct l as [|x l]; [reflexivity|]. cbn [chunks map concat]. rewrite length_app, G, IH by
    (try assumption; rewrite length_skipn; cbn [length] in *; lia).
  rewrite length_firstn, length_skipn. cbn [length]. lia.
Qed.

Lemma even_double : forall n, Nat.even n = true -> Nat.double (Nat.div2 n) = n.
Proof. intros n H. symmetry. apply Nat.Even_double, Nat.even_spec, H. Qed.

(** All signals, and the last one, whether or not anything fits. *)
Fixpoint execution {name} called (tensors : name -> list (list R)) (us : list (plain name)) (signals : list (list R)) : list (list R) :=
  match us with [] => signals | p :: us' => execution called tensors us' (signals ++ [meaning called tensors p signals]) end.
Definition outcome {name} called (tensors : name -> list (list R)) us (x : list R) : list R := last (execution called tensors us [x]) [].

Section Sizes.
  Context {name : Type}.
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).

  (** Of what is listed as the operands of a unit, all are there. *)
  Lemma operands_there : forall (u : unit name) ns n, size callees tensors u ns = Some n -> Forall (fun o => o < length ns) (operands u).
  Proof.
    intros u ns n H.
    assert (G : forall (b : bool) (m : nat), (if b then Some m else None) = Some n -> b = true) by (intros [] m E; [reflexivity|discriminate]).
    assert (ALL : forall (f : nat -> bool) os, (forall o, f o = true -> o < length ns) -> forallb f os = true -> Forall (fun o => o < length ns) os).
    { intros f os F E. rewrite forallb_forall in E. apply Forall_forall. intros o I. apply F, E, I. }
    destruct u; cbn [size Layout.operands] in *; try (destruct (callees number); [|discriminate]); apply G in H; rewrite ?andb_true_iff in H;
      try (repeat constructor; apply Nat.ltb_lt; tauto).
    - refine (ALL _ _ _ H). intros o E. apply andb_true_iff in E. apply Nat.ltb_lt. tauto.
    - refine (ALL _ _ _ H). intros o E. apply Nat.ltb_lt, E.
  Qed.

  (** A unit of one operand, with that alone. *)
  Lemma size_alone : forall (u : unit name) ns n o, source u = Some o -> size callees tensors u ns = Some n ->
    size callees tensors (renumbered (fun _ => 0) u) [nth o ns 0] = Some n.
  Proof.
    intros u ns n o E H. pose proof (operands_there _ _ _ H) as T.
    assert (Q : forall p, p < length ns -> Nat.ltb p (length ns) = true) by (intros; apply Nat.ltb_lt; assumption).
    destruct u; cbn [source] in E; try discriminate; injection E as <-; cbn [Layout.operands] in T; inversion T; subst; cbn [renumbered size] in *;
      rewrite (Q _ H2) in H; cbn [length nth] in *; exact H.
  Qed.

  Variable called : nat -> list R -> list R.
  Lemma sums_size : forall (os : list nat) (S : list (list R)) m, os <> [] -> (forall o, In o os -> length (nth o S []) = m) ->
    length (sums Rplus (map (fun o => nth o S []) os)) = m.
  Proof.
    induction os as [|o os IH]; intros S m N H; [contradiction|]. cbn [map].
    destruct os as [|p os]; [cbn; apply H; left; reflexivity|].
    change (sums Rplus (nth o S [] :: map (fun q => nth q S []) (p :: os)))
      with (zip Rplus (nth o S []) (sums Rplus (map (fun q => nth q S []) (p :: os)))).
    rewrite zip_length, (H o) by (left; reflexivity). rewrite (IH S m); [apply Nat.min_id|discriminate|]. intros q Q. apply H. right. exact Q.
  Qed.

  Lemma value_size : forall (u : unit name) S n, u <> Sum [] -> size callees tensors u (map (@length R) S) = Some n ->
    length (value called (stored tensors) u S) = n.
  Proof.
    intros u S n N H.
    assert (G : forall (b : bool) (m : nat), (if b then Some m else None) = Some n -> b = true /\ m = n)
      by (intros [] m E; [injection E as <-; auto|discriminate]).
    assert (CS : forall t, length (concat (stored tensors t)) = length (concat (tensors t))).
    { intros t. unfold stored. induction (tensors t) as [|r rs IH]; [reflexivity|]. cbn. rewrite !length_app, length_map, IH. reflexivity. }
    destruct u; cbn [size] in H; try (destruct (callees number) as [b|]; [|discriminate]); apply G in H; destruct H as [H E];
      rewrite ?andb_true_iff in H; rewrite ?lengths_nth in *; cbn [value]; subst n.
    - assert (L : length (map (fun row => row_times row (nth operand S [])) (stored tensors weight)) = length (tensors weight))
        by (unfold stored; rewrite !length_map; reflexivity).
      destruct bias as [t|]; cbn [shifted]; [|exact L]. destruct H as [_ H]. apply Nat.eqb_eq in H.
      rewrite zip_length, L, CS, H, Nat.min_id. reflexivity.
    - apply length_map.
    - rewrite max_min_length. apply even_double, H.
    - rewrite householder_length. apply even_double, H.
    - apply sums_size; [congruence|]. intros o O. rewrite forallb_forall in H. specialize (H o O). apply andb_true_iff in H.
      destruct H as [_ H]. apply Nat.eqb_eq in H. rewrite !lengths_nth in H. exact H.
    - clear. induction operands as [|o os IH]; [reflexivity|]. cbn. rewrite length_app, IH, lengths_nth. reflexivity.
    - apply length_map.
    - destruct H as [[_ H1] H2]. apply Nat.eqb_eq in H1, H2. rewrite !zip_length, H1, H2, !Nat.min_id. reflexivity.
    - apply length_map.
    - destruct H as [[_ H1] _]. apply Nat.ltb_lt in H1. apply chunks_mapped; [apply sorted_length|lia|lia].
    - destruct H as [[_ H1] _]. apply Nat.ltb_lt in H1. apply chunks_mapped; [apply vector_length|lia|lia].
    - apply length_map.
    - apply length_map.
    - apply fit_length.
  Qed.

  Lemma put_back_length : forall k pixels y, length (put_back k pixels y) = length y.
  Proof. intros. unfold put_back. rewrite length_map, length_seq. reflexivity. Qed.
  Lemma gathered_length : forall k pixels z, length (gathered k pixels z) = length z.
  Proof. intros. unfold gathered. rewrite length_map, length_seq. reflexivity. Qed.
  Lemma renumbered_sum : forall at_ (u : unit name), u <> Sum [] -> renumbered at_ u <> Sum [].
  Proof. intros at_ u N. destruct u; cbn; try discriminate. destruct operands; [contradiction|discriminate]. Qed.

  Lemma meaning_size : forall (p : plain name) S n, what p <> Sum [] -> size callees tensors (what p) (map (@length R) S) = Some n ->
    length (meaning called (stored tensors) p S) = n.
  Proof.
    intros p S n N H. unfold meaning. destruct (Nat.eqb (apart p) 1); [apply value_size; assumption|].
    destruct (source (what p)) as [o|] eqn:E; [|apply value_size; assumption].
    rewrite put_back_length. apply value_size; [apply renumbered_sum, N|].
    cbn [map]. rewrite gathered_length, <- lengths_nth. apply size_alone; assumption.
  Qed.

  Lemma execution_sizes : forall (us : list (plain name)) S all, Forall (fun p => what p <> Sum []) us ->
    sizes callees tensors (map what us) (map (@length R) S) = Some all ->
    map (@length R) (execution called (stored tensors) us S) = all.
  Proof.
    induction us as [|p us IH]; intros S all N H; cbn [map sizes execution] in *; [congruence|].
    inversion N as [|q qs N1 N2]; subst. destruct (size callees tensors (what p) (map (@length R) S)) as [n|] eqn:E; [|discriminate].
    apply IH; [exact N2|]. rewrite map_app. cbn [map].
    rewrite (meaning_size p S n N1 E). exact H.
  Qed.
End Sizes.

(** Where units have the sizes that they are listed with, they have values. *)
Section Fitting.
  Context {name : Type}.
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).
  Variable partial : nat -> list R -> option (list R).
  Hypothesis callees_have_values : forall k b z, callees k = Some b -> length z = arguments b ->
    exists y, partial k z = Some y /\ length y = results b.
  Let called k := value_of (partial k).

  Lemma row_fits : forall (t : name) n, match tensors t with [r] => Nat.eqb (length r) n | _ => false end = true -> is_row (stored tensors) t n = true.
  Proof. intros t n H. unfold is_row, stored. destruct (tensors t) as [|r [|s rs]]; try discriminate. cbn [map]. rewrite length_map. exact H. Qed.
  Lemma window_fits : forall a, is_window a = true -> lies_on a = true.
  Proof. intros a H. unfold is_window in H. unfold lies_on. rewrite !andb_true_iff in *. tauto. Qed.
  Lemma image_fits : forall down across channels n, moves_over down across = true -> Nat.eqb n (channels * (pixels down * pixels across)) = true ->
    is_image_of down across channels n = true.
  Proof.
    intros down across c n H E. unfold moves_over in H. apply andb_true_iff in H. destruct H as [H1 H2]. unfold is_image_of.
    rewrite (window_fits _ H1), (window_fits _ H2). exact E.
  Qed.
  Lemma rows_fit : forall (t : name) n, forallb (fun r => Nat.eqb (length r) n) (tensors t) = true ->
    forallb (fun row : list R => Nat.eqb (length row) n) (stored tensors t) = true.
  Proof.
    intros t n H. unfold stored. rewrite forallb_forall in *. intros row I. apply in_map_iff in I. destruct I as [r [<- I]].
    rewrite length_map. apply H, I.
  Qed.
  Lemma map_fits_true : forall (m : linear_map name) n, fits tensors m n = true -> map_fits (stored tensors) m n = true.
  Proof.
    intros m n H. destruct m as [down across inputs channels groups weight bias|down across channels f|channel scale shift|f];
      cbn [fits map_fits] in *; rewrite ?andb_true_iff in H.
    - destruct H as [[[[[[[M N] G] I] C] W] R] B]. rewrite (image_fits _ _ _ _ M N), G, I, C, (rows_fit _ _ R). unfold stored. rewrite length_map, W.
      destruct bias as [b|]; [|reflexivity]. exact (row_fits _ _ B).
    - destruct H as [M N]. apply image_fits; assumption.
    - destruct H as [[[P D] S] T]. rewrite P, D, (row_fits _ _ S), (row_fits _ _ T). reflexivity.
    - reflexivity.
  Qed.

  Lemma unit_fits_true : forall (u : unit name) S n, u <> Sum [] -> size callees tensors u (map (@length R) S) = Some n ->
    unit_fits partial (stored tensors) u S = true.
  Proof.
    intros u S n N H. unfold unit_fits.
    assert (O : forallb (fun o => Nat.ltb o (length S)) (operands u) = true).
    { pose proof (operands_there _ _ _ _ _ H) as T. rewrite length_map in T. rewrite forallb_forall. rewrite Forall_forall in T.
      intros o I. apply Nat.ltb_lt, T, I. }
    rewrite O. clear O. cbn [andb].
    assert (G : forall (b : bool) (m : nat), (if b then Some m else None) = Some n -> b = true) by (intros [] m E; [reflexivity|discriminate]).
    destruct u; cbn [size] in H; try (destruct (callees number) as [b|] eqn:B; [|discriminate]); apply G in H;
      rewrite ?andb_true_iff in H; rewrite ?lengths_nth in *; try reflexivity.
    - destruct H as [[_ R] H]. rewrite (rows_fit _ _ R). destruct bias as [b|]; [|reflexivity]. unfold stored.
      rewrite <- concat_map, !length_map. exact H.
    - tauto.
    - tauto.
    - destruct operands as [|o os]; [contradiction|]. cbn [forallb hd] in H. apply andb_true_iff in H. destruct H as [_ H].
      rewrite forallb_forall in *. intros p I. specialize (H p I). apply andb_true_iff in H. rewrite !lengths_nth in H. tauto.
    - destruct H as [[_ H1] H2]. rewrite H1, H2. reflexivity.
    - destruct H as [_ H]. exact H.
    - destruct H as [[_ H1] H2]. apply Nat.ltb_lt in H1. rewrite H2. assert (E : Nat.ltb 0 group = true) by (apply Nat.ltb_lt; lia). rewrite E. reflexivity.
    - destruct H as [[_ H1] H2]. rewrite H1, H2. reflexivity.
    - destruct H as [_ H]. apply map_fits_true, H.
    - destruct H as [[[_ M] B] E]. rewrite (image_fits _ _ _ _ M E). apply Nat.eqb_eq in B.
      unfold is_bare. rewrite (proj2 (Nat.eqb_eq _ _)) by lia. apply Nat.eqb_eq. lia.
    - destruct H as [[_ A] M]. apply Nat.eqb_eq in A, M. destruct (callees_have_values _ _ _ B A) as [y [-> Y]]. apply Nat.eqb_eq. congruence.
  Qed.

  Lemma sizes_extend : forall (us : list (unit name)) ns all, sizes callees tensors us ns = Some all -> exists more, all = ns ++ more.
  Proof.
    induction us as [|u us IH]; intros ns all H; cbn [sizes] in H; [injection H as <-; exists []; rewrite app_nil_r; reflexivity|].
    destruct (size callees tensors u ns) as [n|]; [|discriminate].
    destruct (IH _ _ H) as [more ->]. exists (n :: more). rewrite <- app_assoc. reflexivity.
  Qed.
  Lemma one_operand_of_groups : forall u : unit name, 1 < group u -> exists o, operands u = [o].
  Proof. intros u G. destruct u; cbn in *; try lia; eexists; reflexivity. Qed.

  Lemma signals_fit : forall (us : list (plain name)) S all, all = map (@length R) S ++ map extent us ->
    sizes callees tensors (map what us) (map (@length R) S) = Some all -> forallb (is_proper all) us = true ->
    signals_of partial (stored tensors) us S = Some (execution called (stored tensors) us S).
  Proof.
    induction us as [|p us IH]; intros S all A H P; [reflexivity|]. cbn [map sizes signals_of execution forallb] in *. fold called.
    apply andb_true_iff in P. destruct P as [P1 P2].
    destruct (size callees tensors (what p) (map (@length R) S)) as [n|] eqn:E; [|discriminate].
    assert (NS : what p <> Sum []) by (intros K; unfold is_proper in P1; rewrite K, andb_false_r in P1; discriminate).
    assert (X : n = extent p).
    { destruct (sizes_extend _ _ _ H) as [more M]. rewrite A, <- app_assoc in M. apply app_inv_head in M. cbn in M. congruence. }
    rewrite (unit_fits_true _ _ _ NS E).
    assert (G : groups_fit p S = true).
    { unfold is_proper in P1. unfold groups_fit. destruct (Nat.eqb (apart p) 1); [reflexivity|]. cbn [orb] in P1 |- *.
      rewrite !andb_true_iff in P1. destruct P1 as [[[[G Q] Z] D] _]. rewrite G, Z. cbn [andb]. apply Nat.ltb_lt in G.
      destruct (one_operand_of_groups _ G) as [o O]. pose proof (operands_there _ _ _ _ _ E) as T. rewrite O in *. inversion T; subst.
      cbn [hd forallb] in *. apply Nat.eqb_eq in Q. rewrite app_nth1, lengths_nth in Q by assumption. rewrite Q, D. reflexivity. }
    rewrite G, (meaning_size callees tensors called p S n NS E), X, Nat.eqb_refl. cbn [andb].
    apply (IH _ all); [|rewrite map_app; cbn [map]|exact P2].
    - rewrite map_app, <- app_assoc. cbn [map app]. rewrite (meaning_size callees tensors called p S n NS E), X. exact A.
    - rewrite (meaning_size callees tensors called p S n NS E). exact H.
  Qed.
End Fitting.

(** * Units of a construction, whose tensors are of the shapes that are listed *)
(** Unit number [k], with the sizes of all. *)
Definition sized_unit {name} (all : list nat) (k : nat) (u : unit name) : Prop :=
  (forall o, In o (operands u) -> o < k) /\
  match u with
  | Dense _ _ _ => True
  | Elementwise o _ => nth o all 0 = nth k all 0
  | Sum [a; b] => nth a all 0 = nth k all 0 /\ nth b all 0 = nth k all 0
  | _ => False
  end.
Definition sized_units {name} (inputs : nat) (us : list (plain name)) : Prop :=
  forall k p, nth_error us k = Some p -> sized_unit (inputs :: map extent us) (S k) (what p).

Lemma listed_shapes_fit : forall name partial (tensors : name -> list (list R)) inputs us, of_listed_shapes tensors inputs us ->
  sized_units inputs us -> forallb (fun p => Nat.eqb (apart p) 1) us = true ->
  forall rest before S, us = before ++ rest -> map (@length R) S = inputs :: map extent before ->
  signals_of partial tensors rest S = Some (execution (fun k => value_of (partial k)) tensors rest S).
Proof.
  intros name partial tensors n us T Z A. set (called := fun k => value_of (partial k)). set (all := n :: map extent us) in *.
  induction rest as [|p rest IH]; intros before S E L; [reflexivity|]. cbn [signals_of execution]. fold called.
  assert (N : nth_error us (length before) = Some p) by (rewrite E, nth_error_app2, Nat.sub_diag by lia; reflexivity).
  pose proof (nth_error_In _ _ N) as I. rewrite forallb_forall in A. pose proof (A _ I) as A1. cbn beta in A1.
  destruct (Z _ _ N) as [O M]. fold all in M.
  assert (LS : length S = Datatypes.S (length before)) by (rewrite <- (length_map (@length R)), L; cbn; rewrite length_map; reflexivity).
  assert (AT : forall o, o < Datatypes.S (length before) -> length (nth o S []) = nth o all 0).
  { intros o Q. rewrite <- lengths_nth, L. unfold all. rewrite E, map_app. change (n :: map extent before ++ map extent (p :: rest))
      with ((n :: map extent before) ++ map extent (p :: rest)). rewrite app_nth1; [reflexivity|]. cbn. rewrite length_map. exact Q. }
  assert (K : nth (Datatypes.S (length before)) all 0 = extent p).
  { unfold all. cbn [nth]. rewrite E, map_app, app_nth2, length_map, Nat.sub_diag by (rewrite length_map; lia). reflexivity. }
  assert (B : forallb (fun o => Nat.ltb o (length S)) (operands (what p)) = true).
  { apply forallb_forall. intros o Q. apply Nat.ltb_lt. rewrite LS. apply O, Q. }
  assert (G : groups_fit p S = true) by (unfold groups_fit; rewrite A1; reflexivity).
  assert (V : meaning called tensors p S = value called tensors (what p) S) by (unfold meaning; rewrite A1; reflexivity).
  assert (F : unit_fits partial tensors (what p) S = true /\ length (value called tensors (what p) S) = extent p).
  { unfold unit_fits. rewrite B. cbn [andb]. destruct (what p) as [o w b|o f| | |os| | | | | | | | |] eqn:W; try contradiction.
    - destruct (T p o w b I W) as [T1 [T2 T3]]. fold all in T2. split.
      + apply andb_true_iff. split.
        * apply forallb_forall. intros row R. apply Nat.eqb_eq. rewrite (T2 _ R). symmetry. apply AT, O. left. reflexivity.
        * destruct b as [b|]; [|reflexivity]. apply Nat.eqb_eq. congruence.
      + cbn [value]. destruct b as [b|]; cbn [shifted]; rewrite ?zip_length, length_map, T1, ?T3; [apply Nat.min_id|reflexivity].
    - split; [reflexivity|]. cbn [value]. rewrite length_map, AT, M; [exact K|apply O; left; reflexivity].
    - destruct os as [|a [|b [|c os]]]; try contradiction. destruct M as [M1 M2]. rewrite K in M1, M2.
      assert (LA : length (nth a S []) = extent p) by (rewrite AT; [exact M1|apply O; left; reflexivity]).
      assert (LB : length (nth b S []) = extent p) by (rewrite AT; [exact M2|apply O; right; left; reflexivity]).
      split; [cbn [forallb]; rewrite LA, LB, Nat.eqb_refl; reflexivity|].
      cbn [value map sums]. rewrite zip_length, LA, LB. apply Nat.min_id. }
  destruct F as [F1 F2]. rewrite F1, G, V, F2, Nat.eqb_refl. cbn [andb].
  apply (IH (before ++ [p])); [rewrite <- app_assoc; exact E|]. rewrite !map_app, L. cbn [map]. rewrite F2. reflexivity.
Qed.
