(** That signals have the sizes that [sizes] compares: nothing is cut off, and no operand is missing. *)
From Coq Require Import ZArith List Reals Bool Lia.
From Lipc Require Import Dyadic Activations Images Units Represents Groups Lengths Sorted Steps Norms Certificate Layout.
Import ListNotations.
Open Scope nat_scope.

Lemma lengths_nth : forall (S : list (list R)) o, nth o (map (@length R) S) 0 = length (nth o S []).
Proof. intros S o. apply (map_nth (@length R) S [] o). Qed.

Lemma chunks_sorted : forall f k (l : list R), k <> 0 -> length l <= f -> length (concat (map sorted (chunks f k l))) = length l.
Proof.
  induction f as [|f IH]; intros k l K F; [destruct l; [reflexivity|cbn in F; lia]|].
  destruct l as [|x l]; [reflexivity|]. cbn [chunks map concat]. rewrite length_app, sorted_length, IH by
    (try assumption; rewrite length_skipn; cbn [length] in *; lia).
  rewrite length_firstn, length_skipn. cbn [length]. lia.
Qed.

Lemma even_double : forall n, Nat.even n = true -> Nat.double (Nat.div2 n) = n.
Proof. intros n H. symmetry. apply Nat.Even_double, Nat.even_spec, H. Qed.

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
    - destruct H as [[_ H1] _]. apply Nat.ltb_lt in H1. apply chunks_sorted; lia.
    - unfold softmax. rewrite !length_map. reflexivity.
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
    destruct (Nat.eqb n 0); [discriminate|]. apply IH; [exact N2|]. rewrite map_app. cbn [map].
    rewrite (meaning_size p S n N1 E). exact H.
  Qed.
End Sizes.
