(** A box of inputs that is cut into smaller ones, and what is true of all its inputs because it is true of each part.
    docs/certificate-format.md, "Rows". *)
From Coq Require Import ZArith List Reals Lra Bool Lia.
From Lipc Require Import Dyadic Units Represents Norms Layout.
Import ListNotations.
Open Scope R_scope.

Inductive boxes := Uncut | Cut (element : nat) (place : dyadic) (below above : boxes).
Definition ends : Type := list (dyadic * dyadic).
Fixpoint changed_at (i : nat) (f : dyadic * dyadic -> dyadic * dyadic) (box : ends) : ends :=
  match box, i with
  | [], _ => []
  | pq :: box', O => f pq :: box'
  | pq :: box', S j => pq :: changed_at j f box'
  end.
Definition part_below (i : nat) (m : dyadic) (box : ends) : ends := changed_at i (fun pq => (fst pq, m)) box.
Definition part_above (i : nat) (m : dyadic) (box : ends) : ends := changed_at i (fun pq => (m, snd pq)) box.
(** How many leaves there are. *)
Fixpoint leaves (cuts : boxes) : Z := match cuts with Uncut => 1 | Cut _ _ below above => (leaves below + leaves above)%Z end.
(** Work that is known beforehand, and that the program does not count by itself: it is spent before anything of it is done. *)
Definition spending {A} (work : Z) (todo : Datatypes.unit -> A) : A := todo tt.
(** Whether something holds of all leaves. *)
Fixpoint all_parts (cuts : boxes) (box : ends) (holds : ends -> bool) : bool :=
  match cuts with
  | Uncut => holds box
  | Cut i m below above => all_parts below (part_below i m box) holds && all_parts above (part_above i m box) holds
  end.

Definition in_box (box : ends) (x : list R) : Prop := Forall2 is_between x box.
(** A point of the segment between two: what moves, moves by a share of the way. *)
Definition on_way (t : R) (x x' : list R) : list R := zip (fun a c => a + t * (c - a)) x x'.

Lemma changed_in_box : forall i f box x, in_box box x ->
  (forall pq, nth_error box i = Some pq -> is_between (nth i x 0) (f pq)) -> in_box (changed_at i f box) x.
Proof.
  intros i f box x H. revert i. induction H as [|a pq x box B H IH]; intros [|i] K; cbn [changed_at]; [constructor|constructor| |].
  - constructor; [apply (K pq); reflexivity|exact H].
  - constructor; [exact B|]. apply IH. exact K.
Qed.
Lemma between_there : forall box x i pq, in_box box x -> nth_error box i = Some pq -> is_between (nth i x 0) pq.
Proof.
  intros box x i pq H. revert i. induction H as [|a p x box B H IH]; intros [|i] E; cbn in *; try discriminate; [injection E as <-; exact B|apply IH, E].
Qed.
Lemma on_way_in_box : forall t box x x', 0 <= t <= 1 -> in_box box x -> in_box box x' -> in_box box (on_way t x x').
Proof.
  intros t box x x' T H. revert x'. induction H as [|a pq x box B H IH]; intros x' K; inversion K as [|c q s es C D]; subst; cbn [on_way zip]; constructor.
  - unfold is_between in *. nra.
  - apply IH, D.
Qed.
Lemma on_way_nth : forall t x x' i, length x = length x' -> nth i (on_way t x x') 0 = nth i x 0 + t * (nth i x' 0 - nth i x 0).
Proof.
  induction x as [|a x IH]; intros [|c x'] i L; try discriminate; [destruct i; cbn; lra|]. injection L as L.
  destruct i as [|i]; cbn [on_way zip nth]; [reflexivity|apply IH, L].
Qed.

(** What holds of two points if it holds of both parts of the way between them, holds in a box if it holds in its parts. *)
Theorem all_parts_true : forall (good : list R -> list R -> Prop) holds,
  (forall t x x', 0 <= t <= 1 -> length x = length x' -> good x (on_way t x x') -> good (on_way t x x') x' -> good x x') ->
  (forall box, holds box = true -> forall x x', in_box box x -> in_box box x' -> good x x') ->
  forall cuts box, all_parts cuts box holds = true -> forall x x', in_box box x -> in_box box x' -> good x x'.
Proof.
  intros good holds CH LEAF. induction cuts as [|i m below IHb above IHa]; intros box H x x' X X'; cbn [all_parts] in H; [exact (LEAF _ H _ _ X X')|].
  apply andb_true_iff in H. destruct H as [Hb Ha]. specialize (IHb _ Hb). specialize (IHa _ Ha).
  assert (BELOW : forall y, in_box box y -> nth i y 0 <= val m -> in_box (part_below i m box) y).
  { intros y Y L. apply changed_in_box; [exact Y|]. intros pq E. pose proof (between_there _ _ _ _ Y E) as B. unfold is_between in *. cbn [fst snd]. lra. }
  assert (ABOVE : forall y, in_box box y -> val m <= nth i y 0 -> in_box (part_above i m box) y).
  { intros y Y L. apply changed_in_box; [exact Y|]. intros pq E. pose proof (between_there _ _ _ _ Y E) as B. unfold is_between in *. cbn [fst snd]. lra. }
  assert (LX : length x = length x') by (apply Forall2_length in X; apply Forall2_length in X'; congruence).
  assert (CROSS : nth i x 0 <> nth i x' 0 -> Rmin (nth i x 0) (nth i x' 0) <= val m <= Rmax (nth i x 0) (nth i x' 0) ->
    exists t, 0 <= t <= 1 /\ nth i (on_way t x x') 0 = val m).
  { intros N M. exists ((val m - nth i x 0) / (nth i x' 0 - nth i x 0)). rewrite on_way_nth by exact LX.
    set (a := nth i x 0) in *. set (c := nth i x' 0) in *. split; [|field; lra]. unfold Rmin, Rmax in M.
    assert (Q : (val m - a) / (c - a) * (c - a) = val m - a) by (field; lra). set (q := (val m - a) / (c - a)) in *. destruct (Rle_dec a c); split; nra. }
  destruct (Rle_dec (nth i x 0) (val m)) as [A|A], (Rle_dec (nth i x' 0) (val m)) as [B|B].
  - apply IHb; apply BELOW; assumption.
  - destruct CROSS as [t [T E]]; [lra|unfold Rmin, Rmax; destruct (Rle_dec _ _); lra|]. pose proof (on_way_in_box t box x x' T X X') as W.
    apply (CH t); [exact T|exact LX|apply IHb; apply BELOW; lra || assumption|apply IHa; apply ABOVE; lra || assumption].
  - destruct CROSS as [t [T E]]; [lra|unfold Rmin, Rmax; destruct (Rle_dec _ _); lra|]. pose proof (on_way_in_box t box x x' T X X') as W.
    apply (CH t); [exact T|exact LX|apply IHa; apply ABOVE; lra || assumption|apply IHb; apply BELOW; lra || assumption].
  - apply IHa; apply ABOVE; lra || assumption.
Qed.

(** * Of single inputs: what moves by at most a slope times how far one of them moves, moves by at most the sum *)
Definition moved_by (slopes : list dyadic) (d : list R) : R := fold_right Rplus 0 (zip (fun a c => val a * Rabs c) slopes d).
Definition alone (i : nat) (x x' : list R) : Prop := forall k, k <> i -> nth k x 0 = nth k x' 0.
Lemma mixed_in_box : forall before box a c behind behind', in_box box (before ++ a :: behind) -> in_box box (before ++ c :: behind') -> in_box box (before ++ c :: behind).
Proof.
  induction before as [|b before IH]; intros box a c behind behind' H K; cbn [app] in *; inversion H; subst; inversion K; subst; constructor; try assumption.
  eapply IH; eassumption.
Qed.
(** From one point to the other each element moves alone, from the first to the last, and all of these ways are in the box. *)
Theorem by_single_elements : forall box (f : list R -> R) slopes,
  (forall i x x', (i < length slopes)%nat -> in_box box x -> in_box box x' -> alone i x x' -> Rabs (f x - f x') <= val (nth i slopes zero) * Rabs (nth i x 0 - nth i x' 0)) ->
  forall x x', length x = length slopes -> in_box box x -> in_box box x' -> Rabs (f x - f x') <= moved_by slopes (zip Rminus x x').
Proof.
  intros box f slopes H.
  assert (G : forall behind behind' before done todo, slopes = done ++ todo -> length done = length before -> length todo = length behind ->
    in_box box (before ++ behind) -> in_box box (before ++ behind') -> Rabs (f (before ++ behind) - f (before ++ behind')) <= moved_by todo (zip Rminus behind behind')).
  { induction behind as [|a behind IH]; intros behind' before done todo E LD LT X X'; pose proof (Forall2_length X) as LX; pose proof (Forall2_length X') as LX';
      rewrite length_app in LX, LX'.
    - destruct behind'; [|cbn in LX, LX'; lia]. destruct todo; [|discriminate]. unfold Rminus. rewrite Rplus_opp_r, Rabs_R0. unfold moved_by. cbn. lra.
    - destruct behind' as [|c behind']; [cbn in LX, LX'; lia|]. destruct todo as [|s todo]; [discriminate|]. injection LT as LT.
      pose proof (mixed_in_box _ _ _ _ _ _ X X') as M.
      assert (I : (length before < length slopes)%nat) by (rewrite E, length_app; cbn; lia).
      assert (A : alone (length before) (before ++ a :: behind) (before ++ c :: behind)).
      { intros k D. destruct (Nat.lt_ge_cases k (length before)) as [B|B]; [rewrite !app_nth1 by exact B; reflexivity|].
        rewrite !app_nth2 by exact B. destruct (k - length before)%nat eqn:Q; [lia|reflexivity]. }
      pose proof (H _ _ _ I X M A) as S1. rewrite E, <- LD, nth_middle, LD, !nth_middle in S1.
      assert (S2 := IH behind' (before ++ [c]) (done ++ [s]) todo). rewrite <- !app_assoc in S2. cbn [app] in S2.
      specialize (S2 E). rewrite !length_app, LD in S2. specialize (S2 eq_refl LT M X').
      unfold moved_by in *. cbn [zip fold_right]. set (y := f (before ++ a :: behind)) in *. set (w := f (before ++ c :: behind)) in *.
      pose proof (Rabs_triang (y - w) (w - f (before ++ c :: behind'))) as T. replace (y - w + (w - f (before ++ c :: behind'))) with (y - f (before ++ c :: behind')) in T by ring. lra. }
  intros x x' L X X'. exact (G x x' [] [] slopes eq_refl eq_refl (eq_sym L) X X').
Qed.

(** * A bound, a trend, and how far an element moves, hold from one end of the way to the other *)
Lemma alone_on_way : forall t i x x', length x = length x' -> alone i x x' -> alone i x (on_way t x x') /\ alone i (on_way t x x') x'.
Proof. intros t i x x' L A. split; intros k D; rewrite on_way_nth, (A k D) by exact L; ring. Qed.
Definition scaled_by (t : R) (z : list R) : list R := map (Rmult t) z.
Lemma way_before : forall t x x', length x = length x' -> zip Rminus x (on_way t x x') = scaled_by t (zip Rminus x x').
Proof.
  unfold on_way, scaled_by. induction x as [|a x IH]; intros [|c x'] L; try discriminate; [reflexivity|]. injection L as L. cbn [zip map]. rewrite (IH _ L). f_equal. ring.
Qed.
Lemma way_behind : forall t x x', length x = length x' -> zip Rminus (on_way t x x') x' = scaled_by (1 - t) (zip Rminus x x').
Proof.
  unfold on_way, scaled_by. induction x as [|a x IH]; intros [|c x'] L; try discriminate; [reflexivity|]. injection L as L. cbn [zip map]. rewrite (IH _ L). f_equal. ring.
Qed.
Lemma on_way_length : forall t x x', length x = length x' -> length (on_way t x x') = length x.
Proof. unfold on_way. induction x as [|a x IH]; intros [|c x'] L; try discriminate; [reflexivity|]. injection L as L. cbn [zip length]. rewrite (IH _ L). reflexivity. Qed.
Lemma length_scaled : forall n t z, 0 <= t -> length_in n (scaled_by t z) = t * length_in n z.
Proof.
  intros n t z T. unfold scaled_by. destruct n; cbn [length_in].
  - assert (Q : squared (map (Rmult t) z) = t * t * squared z) by (unfold squared; induction z as [|a z IH]; cbn; [ring|rewrite IH; ring]).
    rewrite Q, sqrt_mult by (apply squared_nonnegative || nra). rewrite sqrt_square by exact T. reflexivity.
  - induction z as [|a z IH]; cbn; [ring|]. rewrite IH, Rabs_mult, (Rabs_right t) by lra. rewrite <- RmaxRmult by exact T. reflexivity.
Qed.
Lemma length_triangle : forall n a c, length a = length c -> length_in n (zip Rplus a c) <= length_in n a + length_in n c.
Proof.
  intros n a c L. destruct n; cbn [length_in].
  - pose proof (cauchy_schwarz a c) as CS. pose proof (squared_nonnegative a) as PA. pose proof (squared_nonnegative c) as PC.
    assert (E : squared (zip Rplus a c) = squared a + 2 * inner a c + squared c).
    { clear CS PA PC. unfold squared, inner. revert c L. induction a as [|x a IH]; intros [|y c] L; try discriminate; cbn; [ring|]. injection L as L.
      specialize (IH _ L). rewrite IH. ring. }
    pose proof (sqrt_pos (squared a)) as SA. pose proof (sqrt_pos (squared c)) as SC.
    pose proof (sqrt_sqrt _ PA) as QA. pose proof (sqrt_sqrt _ PC) as QC.
    rewrite <- (sqrt_square (sqrt (squared a) + sqrt (squared c))) by lra. apply sqrt_le_1_alt. rewrite E.
    set (p := sqrt (squared a)) in *. set (q := sqrt (squared c)) in *. rewrite <- QA, <- QC in CS |- *.
    enough (inner a c <= p * q) by nra. apply Rsqr_incr_0_var; [unfold Rsqr; nra|nra].
  - revert c L. induction a as [|x a IH]; intros [|y c] L; try discriminate; cbn; [lra|]. injection L as L. specialize (IH _ L).
    apply Rmax_lub.
    + eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat; apply Rmax_l.
    + eapply Rle_trans; [exact IH|]. apply Rplus_le_compat; apply Rmax_r.
Qed.
Lemma distance_triangle : forall n x y z, length x = length y -> length y = length z -> distance n x z <= distance n x y + distance n y z.
Proof.
  intros n x y z L M. unfold distance. replace (zip Rminus x z) with (zip Rplus (zip Rminus x y) (zip Rminus y z)).
  - apply length_triangle. revert y z L M. induction x as [|a x IH]; intros [|c y] [|d z] L M; try discriminate; [reflexivity|]. injection L as L. injection M as M. cbn. f_equal. apply (IH _ _ L M).
  - revert y z L M. induction x as [|a x IH]; intros [|c y] [|d z] L M; try discriminate; [reflexivity|]. injection L as L. injection M as M. cbn [zip]. rewrite (IH _ _ L M). f_equal. ring.
Qed.
(** Of a function that gives as many elements wherever it is. *)
Theorem bound_on_way : forall (f : list R -> list R) from to k t x x', 0 <= t <= 1 -> length x = length x' -> (forall y, length y = length x -> length (f y) = length (f x)) ->
  distance to (f x) (f (on_way t x x')) <= k * distance from x (on_way t x x') ->
  distance to (f (on_way t x x')) (f x') <= k * distance from (on_way t x x') x' -> distance to (f x) (f x') <= k * distance from x x'.
Proof.
  intros f from to k t x x' T L F A B. pose proof (on_way_length t x x' L) as LW.
  change (distance from x (on_way t x x')) with (length_in from (zip Rminus x (on_way t x x'))) in A. rewrite (way_before t x x' L), length_scaled in A by lra.
  change (distance from (on_way t x x') x') with (length_in from (zip Rminus (on_way t x x') x')) in B. rewrite (way_behind t x x' L), length_scaled in B by lra.
  pose proof (distance_triangle to (f x) (f (on_way t x x')) (f x')) as D. rewrite (F _ LW) in D. rewrite (F x' (eq_sym L)) in D. specialize (D eq_refl eq_refl).
  change (distance from x x') with (length_in from (zip Rminus x x')). set (N := length_in from (zip Rminus x x')) in *. lra.
Qed.
