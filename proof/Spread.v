(** Norms of maps by their rows: how much each element is read. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Activations Images Units Represents Lengths.
Import ListNotations.
Open Scope R_scope.

(** Element [i] of a list. *)
Fixpoint changed_at {A} (change : A -> A) (i : nat) (l : list A) : list A :=
  match l, i with [], _ => [] | x :: l', O => change x :: l' | x :: l', S j => x :: changed_at change j l' end.
Definition add_at (i : nat) (c : dyadic) (l : list dyadic) : list dyadic := changed_at (fun x => add x c) i l.
(** Of each of [n] elements the sum of what it is multiplied by. *)
Definition spread (n : nat) (entries : list (nat * dyadic)) : list dyadic :=
  fold_right (fun e l => add_at (fst e) (snd e) l) (repeat zero n) entries.

Definition read_squares (entries : list (nat * dyadic)) (d : list R) : R :=
  fold_right (fun e s => val (snd e) * (nth (fst e) d 0 * nth (fst e) d 0) + s) 0 entries.
Definition weighted_squares (ws : list dyadic) (d : list R) : R := fold_right Rplus 0 (zip (fun w x => val w * (x * x)) ws d).

Lemma add_at_squares : forall d i c l, length l = length d ->
  weighted_squares (add_at i c l) d = val c * (nth i d 0 * nth i d 0) + weighted_squares l d.
Proof.
  unfold weighted_squares, add_at. induction d as [|x d IH]; intros i c [|w l] L; try discriminate; [destruct i; cbn; lra|].
  injection L as L. destruct i as [|i]; cbn [changed_at zip fold_right nth]; [rewrite val_add; lra|]. rewrite (IH i c l L). lra.
Qed.
Lemma add_at_length : forall l i c, length (add_at i c l) = length l.
Proof. unfold add_at. induction l as [|x l IH]; intros [|i] c; cbn [changed_at length]; try rewrite IH; reflexivity. Qed.
Lemma spread_length : forall n es, length (spread n es) = n.
Proof. intros n es. unfold spread. induction es as [|e es IH]; cbn; [apply repeat_length|]. rewrite add_at_length. exact IH. Qed.

Lemma spread_squares : forall es d, weighted_squares (spread (length d) es) d = read_squares es d.
Proof.
  induction es as [|[i c] es IH]; intros d.
  - cbn. unfold weighted_squares. induction d as [|x d IH]; cbn; [reflexivity|]. rewrite val_zero. lra.
  - change (spread (length d) ((i, c) :: es)) with (add_at i c (spread (length d) es)).
    rewrite add_at_squares by apply spread_length. rewrite IH. reflexivity.
Qed.

Lemma weighted_below : forall m ws d, Forall (fun w => val w <= m) ws -> length ws = length d ->
  weighted_squares ws d <= m * squared d.
Proof.
  unfold weighted_squares, squared. intros m ws d H. revert d. induction H as [|w ws A H IH]; intros [|x d] L; try discriminate; cbn; [lra|].
  injection L as L. specialize (IH d L). assert (0 <= x * x) by apply Rle_0_sqr. nra.
Qed.

Lemma read_squares_app : forall a b d, read_squares (a ++ b) d = read_squares a d + read_squares b d.
Proof. unfold read_squares. induction a as [|e a IH]; intros b d; cbn; [lra|]. rewrite IH. lra. Qed.

(** No element is read by more than m, all in all. *)
Lemma read_below : forall m es n d, forallb (fun w => le w m) (spread n es) = true -> length d = n ->
  read_squares es d <= val m * squared d.
Proof.
  intros m es n d H <-. rewrite <- spread_squares. apply weighted_below; [|apply spread_length].
  apply Forall_forall. intros w W. rewrite forallb_forall in H. apply le_true, H, W.
Qed.

(** [(sum c x)^2 <= sum |c| sum |c| x^2] *)
Lemma row_squares : forall (es : list (nat * dyadic)) d,
  let s := fold_right (fun e s => val (snd e) * nth (fst e) d 0 + s) 0 es in
  s * s <= val (fold_right (fun e s => add (abs (snd e)) s) zero es)
           * read_squares (map (fun e => (fst e, abs (snd e))) es) d
  /\ 0 <= read_squares (map (fun e => (fst e, abs (snd e))) es) d
  /\ 0 <= val (fold_right (fun e s => add (abs (snd e)) s) zero es).
Proof.
  intros es d. cbv zeta. unfold read_squares. induction es as [|[i c] es [IH1 [IH2 IH3]]]; cbn [map fold_right fst snd].
  - rewrite val_zero. lra.
  - set (s := fold_right (fun e s => val (snd e) * nth (fst e) d 0 + s) 0 es) in *.
    set (P := val (fold_right (fun e s => add (abs (snd e)) s) zero es)) in *.
    set (Q := fold_right (fun e s => val (snd e) * (nth (fst e) d 0 * nth (fst e) d 0) + s) 0 (map (fun e => (fst e, abs (snd e))) es)) in *.
    rewrite val_add, val_abs. fold P. set (x := nth i d 0). set (a := val c). pose proof (Rabs_pos a) as A.
    assert (X : 0 <= x * x) by apply Rle_0_sqr.
    assert (AA : Rabs a * Rabs a = a * a) by (rewrite <- Rabs_mult; apply Rabs_right, Rle_ge, Rle_0_sqr).
    split; [|split; [|lra]]; [|nra].
    assert (M : Rabs (2 * (x * s)) <= Q + P * (x * x)).
    { apply Rsqr_incr_0; [|apply Rabs_pos|nra]. rewrite <- Rsqr_abs. unfold Rsqr.
      pose proof (Rle_0_sqr (Q - P * (x * x))) as S. unfold Rsqr in S.
      assert (x * x * (s * s) <= x * x * (P * Q)) by (apply Rmult_le_compat_l; assumption). nra. }
    assert (N : 2 * (a * x * s) <= Rabs a * (Q + P * (x * x))).
    { apply (Rle_trans _ (Rabs (a * (2 * (x * s))))); [eapply Rle_trans; [|apply Rle_abs]; lra|].
      rewrite Rabs_mult. apply Rmult_le_compat_l; assumption. }
    replace ((a * x + s) * (a * x + s)) with (a * a * (x * x) + 2 * (a * x * s) + s * s) by ring.
    rewrite <- AA. nra.
Qed.

Lemma maximum_below : forall (w : list nat) z z', let m := maximum (map (fun i => nth i z 0) w) - maximum (map (fun i => nth i z' 0) w) in
  m * m <= fold_right (fun i s => (nth i z 0 - nth i z' 0) * (nth i z 0 - nth i z' 0) + s) 0 w.
Proof.
  induction w as [|i w IH]; intros z z'; cbv zeta in *; [cbn; lra|]. specialize (IH z z').
  destruct w as [|j w]; [cbn; lra|].
  change (maximum (map (fun i => nth i z 0) (i :: j :: w))) with (Rmax (nth i z 0) (maximum (map (fun i => nth i z 0) (j :: w)))).
  change (maximum (map (fun i => nth i z' 0) (i :: j :: w))) with (Rmax (nth i z' 0) (maximum (map (fun i => nth i z' 0) (j :: w)))).
  set (a := maximum (map (fun i => nth i z 0) (j :: w))) in *. set (a' := maximum (map (fun i => nth i z' 0) (j :: w))) in *.
  set (x := nth i z 0). set (x' := nth i z' 0). set (t := j :: w) in *. cbn [fold_right]. fold x x'.
  set (r := fold_right _ 0 t) in *. assert (0 <= (x - x') * (x - x')) by apply Rle_0_sqr.
  assert (0 <= (a - a') * (a - a')) by apply Rle_0_sqr.
  assert (B : forall p q, 0 <= p <= q -> p * p <= q * q) by (intros; apply Rmult_le_compat; lra).
  unfold Rmax. destruct (Rle_dec x a), (Rle_dec x' a'); [lra| | |lra].
  - destruct (Rle_dec a x'); [specialize (B (x' - a) (x' - x)); lra|specialize (B (a - x') (a - a')); lra].
  - destruct (Rle_dec x a'); [specialize (B (a' - x) (a' - a)); lra|specialize (B (x - a') (x - x')); lra].
Qed.
