(** Three units in place of groups of channels compute what the format says that the groups do. *)
From Coq Require Import ZArith List Reals Bool Lia.
From Lipc Require Import Dyadic Activations Images Units Represents Lengths Norms Certificate Layout Sizes Inlined.
Import ListNotations.
Open Scope nat_scope.

Section Parted.
  Context {name : Type}.
  Variable callees : nat -> option known.
  Variable tensors : name -> list (list dyadic).
  Variable called : nat -> list R -> list R.

  Lemma selected_gathered : forall k pixels z, map (fun i => nth i z 0%R) (map (place k pixels) (seq 0 (length z))) = gathered k pixels z.
  Proof. intros. unfold gathered. apply map_map. Qed.
  Lemma selected_back : forall k pixels y, map (fun i => nth i y 0%R) (map (position k pixels) (seq 0 (length y))) = put_back k pixels y.
  Proof. intros. unfold put_back. apply map_map. Qed.
  (** What is gathered and put back stands where it stood, where groups fill the vector. *)
  Lemma position_below : forall k pixels m e, k <> 0 -> pixels <> 0 -> e < m * (k * pixels) -> position k pixels e < m * (k * pixels).
  Proof.
    intros k p m e K P E. unfold position. pose proof (Nat.mod_upper_bound e p P) as R. pose proof (Nat.mod_upper_bound (e / p) k K) as Q.
    assert (D : e / p / k < m).
    { rewrite Nat.Div0.div_div. apply Nat.Div0.div_lt_upper_bound. replace (p * k * m) with (m * (k * p)) by ring. exact E. }
    set (d := e / p / k) in *. set (r := e mod p) in *. set (q := (e / p) mod k) in *.
    assert (A : (d + 1) * (k * p) <= m * (k * p)) by (apply Nat.mul_le_mono_r; lia).
    assert (B : (r + 1) * k <= p * k) by (apply Nat.mul_le_mono_r; lia). nia.
  Qed.
  Lemma back_again : forall k pixels m z, k <> 0 -> pixels <> 0 -> length z = m * (k * pixels) -> put_back k pixels (gathered k pixels z) = z.
  Proof.
    intros k p m z K P L. unfold put_back. rewrite gathered_length. apply nth_ext with 0%R 0%R; [rewrite length_map, length_seq; reflexivity|].
    intros e E. rewrite length_map, length_seq in E.
    assert (N : forall (f : nat -> R) i, i < length z -> nth i (map f (seq 0 (length z))) 0%R = f i).
    { intros f i I. rewrite (nth_indep _ 0%R (f 0)) by (rewrite length_map, length_seq; exact I). rewrite map_nth, seq_nth by exact I. reflexivity. }
    rewrite N by exact E. unfold gathered. rewrite N by (rewrite L in *; apply position_below; assumption). rewrite place_of_position by assumption. reflexivity.
  Qed.

  Lemma run_app : forall us vs S, run called (stored tensors) (us ++ vs) S = run called (stored tensors) vs (run called (stored tensors) us S).
  Proof. induction us as [|u us IH]; intros vs S; [reflexivity|]. cbn [app run]. apply IH. Qed.

  Lemma renumbered_constant : forall c at_ (u : unit name), renumbered (fun _ => c) (renumbered at_ u) = renumbered (fun _ => c) (renumbered (fun _ => 0) u).
  Proof. intros. rewrite !renumbered_twice. reflexivity. Qed.

  (** The three units, behind signals [S'] of which number [at_ o] is [nth o S []]. *)
  Lemma three_units : forall (u : unit name) o at_ k pixels n S S', source u = Some o -> nth (at_ o) S' [] = nth o S [] ->
    length (nth o S []) = n ->
    length (value called (stored tensors) (renumbered (fun _ => 0) u) [gathered k pixels (nth o S [])]) = n ->
    exists middle,
    run called (stored tensors)
      [Select (at_ o) (map (place k pixels) (seq 0 n)); renumbered (fun _ => length S') (renumbered at_ u);
       Select (Datatypes.S (length S')) (map (position k pixels) (seq 0 n))] S'
    = S' ++ [gathered k pixels (nth o S []); middle;
        put_back k pixels (value called (stored tensors) (renumbered (fun _ => 0) u) [gathered k pixels (nth o S [])])].
  Proof.
    intros u o at_ k p n S S' E A L M. set (z := nth o S []) in *. set (y := value called (stored tensors) (renumbered (fun _ => 0) u) [gathered k p z]) in *.
    exists y. cbn [run value]. rewrite A, <- L, selected_gathered. rewrite renumbered_constant.
    assert (V : value called (stored tensors) (renumbered (fun _ => length S') (renumbered (fun _ => 0) u)) (S' ++ [gathered k p z]) = y).
    { apply value_renumbered. intros q Q. rewrite operands_renumbered, (source_operand _ _ E) in Q. destruct Q as [<-|[]]. apply nth_middle. }
    rewrite V.
    assert (Y : nth (Datatypes.S (length S')) ((S' ++ [gathered k p z]) ++ [y]) [] = y).
    { rewrite app_nth2; rewrite length_app; cbn [length]; [|lia]. replace (Datatypes.S (length S') - (length S' + 1)) with 0 by lia. reflexivity. }
    rewrite Y, L, <- M, selected_back, <- !app_assoc. reflexivity.
  Qed.

  Lemma operand_in : forall (u : unit name) o, source u = Some o -> In o (operands u).
  Proof. intros u o E. rewrite (source_operand _ _ E). left. reflexivity. Qed.
  Lemma group_size : forall (u : unit name) ns n o, 1 < group u -> source u = Some o -> size callees tensors u ns = Some n -> n = nth o ns 0.
  Proof.
    intros u ns n o G E H. destruct u; cbn in G; try lia; cbn in E; injection E as <-; cbn [size] in H;
      match type of H with (if ?b then _ else _) = _ => destruct b; [congruence|discriminate] end.
  Qed.

  Lemma parted_stands : forall us S numbers count S' found, stands_for numbers S S' -> last numbers 0 = count ->
    length S' = Datatypes.S count -> S <> [] ->
    sizes callees tensors (map what us) (map (@length R) S) = Some found -> forallb (is_proper found) us = true ->
    last (run called (stored tensors) (parted us numbers count) S') [] = last (execution called (stored tensors) us S) [].
  Proof.
    induction us as [|p us IH]; intros S numbers count S' found G LN L N Z P; cbn [parted run execution map sizes forallb] in *.
    - destruct G as [G1 G2]. destruct (G2 (length S - 1)) as [A B]; [destruct S; [contradiction|cbn; lia]|].
      rewrite !last_nth, <- B, L. rewrite last_nth, G1 in LN. rewrite LN. f_equal. lia.
    - apply andb_true_iff in P. destruct P as [P1 P2].
      destruct (size callees tensors (what p) (map (@length R) S)) as [n|] eqn:E; [|discriminate].
      assert (NS : what p <> Sum []) by (intros K; unfold is_proper in P1; rewrite K, andb_false_r in P1; discriminate).
      pose proof (meaning_size callees tensors called p S n NS E) as M.
      assert (Z' : sizes callees tensors (map what us) (map (@length R) (S ++ [meaning called (stored tensors) p S])) = Some found)
        by (rewrite map_app; cbn [map]; rewrite M; exact Z).
      assert (N' : S ++ [meaning called (stored tensors) p S] <> []) by (destruct S; discriminate).
      assert (AT : forall o, In o (operands (what p)) -> nth (nth o numbers 0) S' [] = nth o S []).
      { intros o Q. pose proof (operands_there callees tensors _ _ _ E) as Q'. rewrite length_map in Q'.
        destruct G as [_ G]. apply G. exact (forall_operands _ _ Q' o Q). }
      set (at_ := fun o => nth o numbers 0) in *. rewrite source_renumbered, group_renumbered.
      destruct (Nat.eqb (apart p) 1) eqn:A; [|destruct (source (what p)) as [o|] eqn:SO; cbn [option_map]].
      1, 3: cbn [run]; rewrite (value_renumbered called (stored tensors) at_ (what p) S S' AT);
        assert (EM : meaning called (stored tensors) p S = value called (stored tensors) (what p) S) by (unfold meaning; rewrite A, ?SO; reflexivity);
        rewrite EM in *; apply (IH _ _ _ _ found); try assumption;
        [apply stands_next; [exact G|rewrite length_app; cbn; lia|rewrite <- L; apply nth_middle]|apply last_last|rewrite length_app; cbn; lia].
      unfold is_proper in P1. rewrite A in P1. cbn [orb] in P1. rewrite (source_operand _ _ SO) in P1. cbn [hd] in P1.
      rewrite !andb_true_iff in P1. destruct P1 as [[[[G1' P1] _] _] _]. apply Nat.eqb_eq in P1. apply Nat.ltb_lt in G1'.
      pose proof (operands_there callees tensors _ _ _ E) as Q. rewrite (source_operand _ _ SO), length_map in Q. inversion Q as [|q qs Q1 Q2]; subst q qs.
      assert (PRE : forall us ns all, sizes callees tensors us ns = Some all -> forall i, i < length ns -> nth i all 0 = nth i ns 0).
      { clear. induction us as [|u us IH]; intros ns all H i I; cbn [sizes] in H; [congruence|].
        destruct (size callees tensors u ns) as [m|]; [|discriminate].
        rewrite (IH _ _ H) by (rewrite length_app; lia). apply app_nth1, I. }
      assert (LZ : length (nth o S []) = extent p).
      { rewrite <- lengths_nth, <- P1, (PRE _ _ _ Z o) by (rewrite length_app, length_map; cbn; lia).
        rewrite app_nth1 by (rewrite length_map; exact Q1). reflexivity. }
      assert (EX : n = extent p) by (rewrite <- LZ, <- lengths_nth; exact (group_size _ _ _ _ G1' SO E)).
      assert (EM : meaning called (stored tensors) p S = put_back (group (what p)) (apart p)
        (value called (stored tensors) (renumbered (fun _ => 0) (what p)) [gathered (group (what p)) (apart p) (nth o S [])]))
        by (unfold meaning; rewrite A, SO; reflexivity).
      assert (MV : length (value called (stored tensors) (renumbered (fun _ => 0) (what p)) [gathered (group (what p)) (apart p) (nth o S [])]) = extent p)
        by (rewrite <- EX, <- M, EM, put_back_length; reflexivity).
      destruct (three_units (what p) o at_ (group (what p)) (apart p) (extent p) S S' SO (AT o (operand_in _ _ SO)) LZ MV) as [middle R].
      rewrite L in R. cbn [run] in R |- *. rewrite R, <- EM. apply (IH _ _ _ _ found); try assumption.
      + apply stands_next; [exact G|rewrite length_app; cbn; lia|].
        rewrite app_nth2 by lia. replace (3 + count - length S') with 2 by lia. reflexivity.
      + apply last_last.
      + rewrite length_app. cbn. lia.
  Qed.
End Parted.
