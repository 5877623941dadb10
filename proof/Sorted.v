(** Sorted groups in coordinates: one for each element that an insertion moves. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Units Differences Represents Groups Lengths.
Import ListNotations.
Open Scope R_scope.

Section Sorted.
  Variable v : index -> R.

  Lemma represents_first : forall k s s' F, represents v s s' F -> represents v (firstn k s) (firstn k s') (firstn k F).
  Proof. induction k as [|k IH]; intros s s' F H; inversion H; subst; cbn; constructor; auto. Qed.
  Lemma represents_rest : forall k s s' F, represents v s s' F -> represents v (skipn k s) (skipn k s') (skipn k F).
  Proof. induction k as [|k IH]; intros s s' F H; [exact H|]. inversion H; subst; cbn; [constructor|auto]. Qed.
  Lemma represents_but_last : forall s s' F, represents v s s' F ->
    represents v (removelast s) (removelast s') (removelast F).
  Proof.
    induction 1 as [|x x' f s s' F E H IH]; [constructor|]. destruct H; [constructor|]. cbn [removelast] in *.
    constructor; [exact E|exact IH].
  Qed.
  Lemma represents_last : forall s s' F, represents v s s' F -> last s 0 - last s' 0 = dot (last F Leaf) v.
  Proof.
    induction 1 as [|x x' f s s' F E H IH]; [unfold dot; cbn; lra|]. destruct H; [exact E|exact IH].
  Qed.
  Lemma represents_total : forall s s' F, represents v s s' F ->
    fold_right Rplus 0 s - fold_right Rplus 0 s' = dot (total_of F) v.
  Proof.
    unfold total_of. induction 1 as [|x x' f s s' F E H IH]; [unfold dot; cbn; lra|].
    cbn [fold_right]. rewrite dot_plus. lra.
  Qed.

  Lemma represents_groups : forall k s s' F, represents v s s' F -> all_represent v (groups k s) (groups k s') (groups k F).
  Proof.
    intros k s s' F H. unfold groups. destruct (represents_length _ _ _ _ H) as [-> ->]. generalize (length F).
    intros f. revert s s' F H. induction f as [|f IH]; intros s s' F H; [constructor|].
    destruct H as [|x x' l s s' F E H]; cbn [chunks]; constructor.
    - apply (represents_first k (x :: s) (x' :: s') (l :: F)). constructor; assumption.
    - apply IH. apply (represents_rest k (x :: s) (x' :: s') (l :: F)). constructor; assumption.
  Qed.

  Lemma represents_all_but_last : forall S S' FS, all_represent v S S' FS ->
    represents v (concat (map (@removelast R) S)) (concat (map (@removelast R) S')) (concat (map (@removelast linear) FS)).
  Proof. induction 1; cbn; [constructor|]. apply represents_app; [apply represents_but_last; assumption|assumption]. Qed.

  Lemma rebuilt : forall g s, length s = length g -> g <> [] ->
    s = zip Rplus (removelast g) (removelast (zip Rminus s g))
        ++ [last g 0 + (fold_right Rplus 0 s - fold_right Rplus 0 g) - fold_right Rplus 0 (removelast (zip Rminus s g))].
  Proof.
    induction g as [|y g IH]; intros [|x s] L N; try discriminate; [congruence|]. injection L as L.
    destruct g as [|y2 g], s as [|x2 s]; try discriminate.
    - cbn. f_equal. lra.
    - specialize (IH (x2 :: s) L ltac:(discriminate)).
      change (zip Rminus (x :: x2 :: s) (y :: y2 :: g)) with (x - y :: zip Rminus (x2 :: s) (y2 :: g)).
      change (removelast (y :: y2 :: g)) with (y :: removelast (y2 :: g)).
      change (removelast (x - y :: zip Rminus (x2 :: s) (y2 :: g))) with (x - y :: removelast (zip Rminus (x2 :: s) (y2 :: g))).
      change (last (y :: y2 :: g) 0) with (last (y2 :: g) 0).
      set (d := removelast (zip Rminus (x2 :: s) (y2 :: g))) in *. set (t := x2 :: s) in *. set (h := y2 :: g) in *.
      cbn [zip app fold_right]. f_equal; [lra|]. rewrite IH at 1. do 2 f_equal. lra.
  Qed.

  Lemma sorted_moves : forall g, g <> [] ->
    sorted g = zip Rplus (removelast g) (moves g) ++ [last g 0 - fold_right Rplus 0 (moves g)].
  Proof.
    intros g N. pose proof (rebuilt g (sorted g) (sorted_length g) N) as E. rewrite sorted_sum in E. unfold moves.
    rewrite E at 1. do 2 f_equal. lra.
  Qed.

  Lemma group_sound : forall g g' G i l, represents v g g' G -> g <> [] -> nonnegative l = true ->
    agrees v i (moves g) (moves g') ->
    let w := group_output G (coordinates i (length (removelast G))) in
    represents v (sorted g) (sorted g') w /\ 0 <= form (group_form l G w) v.
  Proof.
    intros g g' G i l H N P A w. destruct (represents_length _ _ _ _ H) as [L L'].
    assert (N' : g' <> []) by (intros ->; destruct g; [congruence|cbn in *; congruence]).
    pose proof (coordinates_represent v _ _ i A) as C.
    assert (M : length (moves g) = length (removelast G)) by (rewrite moves_length, removelast_length; congruence).
    rewrite M in C.
    assert (W : represents v (sorted g) (sorted g') w).
    { rewrite (sorted_moves g N), (sorted_moves g' N'). unfold w, group_output. apply represents_app.
      - apply represents_zip_plus; [apply represents_but_last; exact H|exact C].
      - constructor; [|constructor]. rewrite dot_minus, <- (represents_last _ _ _ H), <- (represents_total _ _ _ C). lra. }
    split; [exact W|]. unfold group_form. rewrite form_qtimes, form_qplus, squares_value, val_mul, val_2.
    change (fold_right (fun f q => qplus (minus_square f) q) Leaf w) with (minus_squares w). rewrite minus_squares_value.
    rewrite <- (represents_values _ _ _ _ W), <- (represents_values _ _ _ _ H).
    pose proof (sorted_square g g') as Q. apply nonnegative_true in P. apply Rmult_le_pos; [lra|].
    specialize (Q ltac:(congruence)). lra.
  Qed.

  Lemma equal_group_sound : forall g g' G, represents v g g' G -> all_equal G = true -> represents v (sorted g) (sorted g') G.
  Proof.
    intros g g' G H A. destruct (equal_differences v _ _ _ H A) as [d [-> D]]. rewrite sorted_moved.
    apply moved_represents; [|exact D]. rewrite sorted_length. apply (represents_length _ _ _ _ H).
  Qed.

  Lemma by_groups_sound : forall S S' FS, all_represent v S S' FS -> Forall (fun g => g <> []) S -> forall i ls,
    forallb nonnegative ls = true -> agrees v i (concat (map moves S)) (concat (map moves S')) ->
    represents v (concat (map sorted S)) (concat (map sorted S')) (fst (by_groups ls i FS))
    /\ 0 <= form (snd (by_groups ls i FS)) v.
  Proof.
    induction 1 as [|g g' G S S' FS H K IH]; intros N i ls P A; cbn [map concat by_groups] in *.
    - split; [constructor|cbn; lra].
    - inversion N as [|? ? N1 N2]; subst. destruct (represents_length _ _ _ _ H) as [L L'].
      apply agrees_app in A; [|rewrite !moves_length; congruence]. destruct A as [A1 A2].
      assert (M : length (moves g) = length (removelast G)) by (rewrite moves_length, removelast_length; congruence).
      rewrite M in A2.
      assert (P1 : nonnegative (hd zero ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in P; tauto]).
      assert (P2 : forallb nonnegative (tl ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in P; tauto]).
      destruct (group_sound g g' G i (hd zero ls) H N1 P1 A1) as [W Q].
      specialize (IH N2 _ _ P2 A2). destruct (by_groups (tl ls) _ FS) as [rest q]. cbn [fst snd] in *. destruct IH as [R T].
      destruct (all_equal G) eqn:X; cbn [fst snd].
      { split; [apply represents_app; [apply equal_group_sound; assumption|exact R]|exact T]. }
      split; [apply represents_app; assumption|]. rewrite form_qplus. lra.
  Qed.

  Lemma groups_nonempty : forall k (l : list R), k <> 0%nat -> Forall (fun g => g <> []) (groups k l).
  Proof.
    intros k l K. unfold groups. generalize (length l). intros f. revert l.
    induction f as [|f IH]; intros [|x l]; cbn [chunks]; constructor; [|apply IH].
    destruct k; [congruence|discriminate].
  Qed.
End Sorted.
