(** When linear forms of coordinates are the differences of two lists of numbers; what is so of sums and of squares. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Units Differences.
Import ListNotations.
Open Scope R_scope.

Inductive represents (v : index -> R) : list R -> list R -> list linear -> Prop :=
| represents_nil : represents v [] [] []
| represents_cons : forall x x' f s s' fs, x - x' = dot f v -> represents v s s' fs ->
    represents v (x :: s) (x' :: s') (f :: fs).

Inductive all_represent (v : index -> R) : list (list R) -> list (list R) -> list (list linear) -> Prop :=
| all_nil : all_represent v [] [] []
| all_cons : forall s s' fs S S' FS, represents v s s' fs -> all_represent v S S' FS ->
    all_represent v (s :: S) (s' :: S') (fs :: FS).

(** The coordinates from [i] on are the differences of these numbers. *)
Fixpoint agrees (v : index -> R) (i : index) (c c' : list R) : Prop :=
  match c, c' with
  | x :: t, x' :: t' => v i = x - x' /\ agrees v (next i) t t'
  | [], [] => True
  | _, _ => False
  end.

Lemma val_minus_one : val minus_one = -1. Proof. unfold val, minus_one, two. simpl. lra. Qed.
Lemma val_half : val half = / 2. Proof. unfold val, half, two. simpl. lra. Qed.
Lemma val_2 : val (Dyadic 1 1) = 2. Proof. unfold val, two. simpl. lra. Qed.
Lemma dot_minus : forall l m v, dot (minus l m) v = dot l v - dot m v.
Proof. intros. unfold minus. rewrite dot_plus, dot_times, val_minus_one. lra. Qed.

Section Represents.
  Variable v : index -> R.

  Lemma represents_length : forall s s' F, represents v s s' F -> length s = length F /\ length s' = length F.
  Proof. induction 1; cbn; lia. Qed.

  Lemma represents_app : forall s s' F t t' G, represents v s s' F -> represents v t t' G ->
    represents v (s ++ t) (s' ++ t') (F ++ G).
  Proof. induction 1; intros; cbn; [assumption|constructor; auto]. Qed.

  Lemma represents_nth : forall k s s' F, represents v s s' F -> nth k s 0 - nth k s' 0 = dot (nth k F Leaf) v.
  Proof.
    induction k as [|k IH]; intros s s' F H; inversion H; subst; cbn; rewrite ?dot_leaf; auto; lra.
  Qed.

  Lemma represents_map : forall f g s s' F, (forall x x' l, x - x' = dot l v -> f x - f x' = dot (g l) v) ->
    represents v s s' F -> represents v (map f s) (map f s') (map g F).
  Proof. induction 2; cbn; constructor; auto. Qed.

  Lemma represents_shift : forall c s s' F, represents v s s' F ->
    represents v (zip (fun x a => x + val a) s c) (zip (fun x a => x + val a) s' c) (firstn (length c) F).
  Proof.
    induction c as [|a c IH]; intros s s' F H; inversion H; subst; cbn; constructor; auto. lra.
  Qed.

  Lemma represents_zip_times : forall c s s' F, represents v s s' F ->
    represents v (zip (fun a x => val a * x) c s) (zip (fun a x => val a * x) c s') (zip times c F).
  Proof.
    induction c as [|a c IH]; intros s s' F H; inversion H; subst; cbn; constructor; auto.
    rewrite dot_times. nra.
  Qed.

  Lemma represents_zip_plus : forall s s' F t t' G, represents v s s' F -> represents v t t' G ->
    represents v (zip Rplus s t) (zip Rplus s' t') (zip plus F G).
  Proof.
    intros s s' F t t' G H. revert t t' G. induction H; intros t t' G K; inversion K; subst; cbn; constructor; auto.
    rewrite dot_plus. lra.
  Qed.

  Lemma represents_sums : forall S S' FS, all_represent v S S' FS -> represents v (sums Rplus S) (sums Rplus S') (sums plus FS).
  Proof.
    induction 1 as [|s s' F S S' FS H K IH]; [constructor|].
    destruct K; cbn in *; [assumption|apply represents_zip_plus; assumption].
  Qed.

  Lemma represents_concat : forall S S' FS, all_represent v S S' FS -> represents v (concat S) (concat S') (concat FS).
  Proof. induction 1; cbn; [constructor|apply represents_app; assumption]. Qed.

  Lemma zip_map : forall A B C D (f : A -> C -> D) (g : B -> C) l m, zip f l (map g m) = zip (fun x y => f x (g y)) l m.
  Proof. induction l as [|x l IH]; intros [|y m]; cbn; rewrite ?IH; reflexivity. Qed.
  Lemma map_zip : forall A B C D (f : A -> C -> D) (g : B -> A) l m, zip f (map g l) m = zip (fun x y => f (g x) y) l m.
  Proof. induction l as [|x l IH]; intros [|y m]; cbn; rewrite ?IH; reflexivity. Qed.

  Lemma row_times_difference : forall row s s' F, represents v s s' F ->
    row_times (map val row) s - row_times (map val row) s' = dot (combination row F) v.
  Proof.
    intros row s s' F H. unfold row_times, combination. rewrite !map_zip. apply (represents_zip_times row) in H.
    induction H as [|x x' f s0 s0' F0 E H IH]; cbn; rewrite ?dot_leaf; [lra|]. rewrite dot_plus. lra.
  Qed.

  Lemma all_nth : forall k S S' FS, all_represent v S S' FS -> represents v (nth k S []) (nth k S' []) (nth k FS []).
  Proof. induction k as [|k IH]; intros S S' FS H; inversion H; subst; cbn; auto; constructor. Qed.

  Lemma all_selected : forall os S S' FS, all_represent v S S' FS ->
    all_represent v (map (fun n => nth n S []) os) (map (fun n => nth n S' []) os) (map (fun n => nth n FS []) os).
  Proof. induction os as [|o os IH]; intros; cbn; constructor; auto. apply all_nth. assumption. Qed.

  Lemma all_appended : forall S S' FS s s' F, all_represent v S S' FS -> represents v s s' F ->
    all_represent v (S ++ [s]) (S' ++ [s']) (FS ++ [F]).
  Proof. induction 1; intros; cbn; repeat constructor; auto. Qed.

  Lemma all_last : forall S S' FS, all_represent v S S' FS -> represents v (last S []) (last S' []) (last FS []).
  Proof. induction 1 as [|s s' F S S' FS H K IH]; cbn; [constructor|]. destruct K; assumption. Qed.

  (** Equal forms: all numbers have moved by the same. *)
  Lemma equal_differences : forall s s' F, represents v s s' F -> all_equal F = true ->
    exists d, s = map (Rplus d) s' /\ Forall (fun f => dot f v = d) F.
  Proof.
    intros s s' F [|x x' f t t' G E H] A; [exists 0; split; constructor|]. cbn [all_equal] in A. exists (dot f v).
    enough (t = map (Rplus (dot f v)) t' /\ Forall (fun g => dot g v = dot f v) G) as [-> K]
      by (split; [cbn; f_equal; lra|constructor; [reflexivity|exact K]]).
    clear E. induction H as [|y y' g t t' G E H IH]; cbn [forallb map] in *; [split; constructor|].
    apply andb_true_iff in A. destruct A as [A1 A2]. destruct (IH A2) as [-> K].
    assert (D : dot (minus g f) v = 0) by (destruct (minus g f); [apply dot_leaf|discriminate]). rewrite dot_minus in D.
    split; [f_equal; lra|constructor; [lra|exact K]].
  Qed.
  Lemma moved_represents : forall d F t, length t = length F -> Forall (fun f => dot f v = d) F ->
    represents v (map (Rplus d) t) t F.
  Proof.
    intros d F. induction F as [|f F IH]; intros [|x t] L H; try discriminate; cbn; constructor; inversion H; subst; [lra|].
    apply IH; [injection L as L; exact L|assumption].
  Qed.

  (** Two by two. *)
  Lemma pairs_induction : forall (P : list R -> list R -> list linear -> Prop),
    P [] [] [] -> (forall x x' f, x - x' = dot f v -> P [x] [x'] [f]) ->
    (forall x x' f y y' g s s' F, x - x' = dot f v -> y - y' = dot g v -> represents v s s' F -> P s s' F ->
      P (x :: y :: s) (x' :: y' :: s') (f :: g :: F)) ->
    forall s s' F, represents v s s' F -> P s s' F.
  Proof.
    intros P P0 P1 P2. fix IH 4. intros s s' F [|x x' f t t' G E H]; [exact P0|].
    destruct H as [|y y' g t t' G E' H]; [apply P1; exact E|]. apply P2; auto.
  Qed.

  Lemma represents_pairs : forall f g s s' F,
    (forall x x' l y y' m, x - x' = dot l v -> y - y' = dot m v -> f x y - f x' y' = dot (g l m) v) ->
    represents v s s' F -> represents v (pairs f s) (pairs f s') (pairs g F).
  Proof. intros f g s s' F H K. revert s s' F K. apply pairs_induction; cbn; intros; constructor; auto. Qed.

  Lemma slopes_product : forall a b f, slopes a b f -> forall z z',
    0 <= ((f z - f z') - a * (z - z')) * (b * (z - z') - (f z - f z')).
  Proof.
    intros a b f H z z'. destruct (Rtotal_order z z') as [L|[E|G]].
    - specialize (H _ _ L). nra.
    - subst. nra.
    - specialize (H _ _ G). nra.
  Qed.

  Lemma scalars_sound : forall a b f, slopes (val a) (val b) f ->
    forall z z' zs, represents v z z' zs -> forall i ls, forallb nonnegative ls = true ->
    agrees v i (map f z) (map f z') ->
    represents v (map f z) (map f z') (fst (scalars a b i ls zs)) /\ 0 <= form (snd (scalars a b i ls zs)) v.
  Proof.
    intros a b f H. induction 1 as [|x x' l z z' zs E K IH]; intros i ls N A; cbn [map scalars].
    - split; [constructor|cbn; lra].
    - cbn [map agrees] in A. destruct A as [A1 A2].
      assert (N' : forallb nonnegative (tl ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in N; apply N]).
      specialize (IH (next i) (tl ls) N' A2). destruct (scalars a b (next i) (tl ls) zs) as [ws q].
      cbn [fst snd] in IH. destruct IH as [IH1 IH2]. destruct l as [|e c o] eqn:D.
      + cbn [fst snd]. split; [constructor; [|exact IH1]|exact IH2].
        rewrite dot_leaf in *. replace x' with x by lra. lra.
      + rewrite <- D in *. cbn [fst snd]. split; [constructor; [rewrite dot_coordinate; lra|exact IH1]|].
        rewrite form_qplus, form_product, dot_times, !dot_minus, !dot_times, dot_coordinate, val_mul, val_2, A1, <- E.
        pose proof (slopes_product _ _ _ H x x') as P.
        assert (0 <= val (hd zero ls)).
        { destruct ls; cbn in *; [rewrite val_zero; lra|]. apply andb_true_iff in N. apply nonnegative_true, N. }
        rewrite <- (Rplus_0_l 0). apply Rplus_le_compat; [|exact IH2].
        rewrite Rmult_assoc. apply Rmult_le_pos; [lra|exact P].
  Qed.

  Lemma slopes_equal : forall a f, slopes a a f -> forall z z', f z - f z' = a * (z - z').
  Proof.
    intros a f H z z'. destruct (Rtotal_order z z') as [L|[E|G]].
    - specialize (H _ _ L). lra.
    - subst. lra.
    - specialize (H _ _ G). lra.
  Qed.

  Lemma responses_sound : forall f g a b, interval g = Some (a, b) -> slopes (val a) (val b) f ->
    forall z z' zs i ls r q, represents v z z' zs -> forallb nonnegative ls = true ->
    agrees v i (map f z) (map f z') -> responses g i ls zs = Some (r, q) ->
    represents v (map f z) (map f z') r /\ 0 <= form q v.
  Proof.
    intros f g a b I H z z' zs i ls r q K N A E. unfold responses in E. rewrite I in E.
    destruct (equal a b) eqn:Q.
    - injection E as <- <-. apply equal_true in Q. rewrite <- Q in H. split; [|cbn; lra].
      apply represents_map; [|exact K]. intros x x' l D. rewrite dot_times, <- D. apply slopes_equal. exact H.
    - destruct (lt a b); [|discriminate]. injection E as E. pose proof (scalars_sound _ _ _ H _ _ _ K i ls N A) as S.
      rewrite E in S. exact S.
  Qed.
End Represents.

(** * Sums of squares *)
Lemma minus_squares_value : forall v ls, form (minus_squares ls) v = - squared (map (fun l => dot l v) ls).
Proof.
  induction ls as [|l ls IH]; unfold minus_squares, expecting in *; cbn [fold_right map squared]; [cbn; lra|].
  unfold squared in *. rewrite form_qplus, form_minus_square, IH. lra.
Qed.

Lemma squares_value : forall v ls,
  form (fold_right (fun f q => qplus (square f) q) Leaf ls) v = squared (map (fun l => dot l v) ls).
Proof.
  induction ls as [|l ls IH]; cbn [fold_right map squared]; [reflexivity|].
  unfold squared in *. rewrite form_qplus, form_square, IH. lra.
Qed.

Lemma represents_values : forall v s s' F, represents v s s' F -> zip Rminus s s' = map (fun l => dot l v) F.
Proof. induction 1 as [|x x' f s s' fs E K IH]; cbn; [reflexivity|]. rewrite IH, E. reflexivity. Qed.

Lemma squared_nonnegative : forall z, 0 <= squared z.
Proof. induction z as [|x z IH]; cbn; [lra|]. unfold squared in IH. nra. Qed.

Lemma coordinates_represent : forall v x x' i, agrees v i x x' -> represents v x x' (coordinates i (length x)).
Proof.
  intros v. induction x as [|a x IH]; intros [|a' x'] i H; cbn in *; try contradiction; constructor.
  - rewrite dot_coordinate. symmetry. apply H.
  - apply IH, H.
Qed.

Lemma leaves_zero : forall v s s' F, represents v s s' F -> forallb is_leaf F = true -> squared (zip Rminus s s') = 0.
Proof.
  induction 1 as [|x x' f s s' F E K IH]; intros H; cbn in *; [reflexivity|]. apply andb_true_iff in H.
  destruct H as [H1 H2]. destruct f; [|discriminate]. rewrite E, dot_leaf. unfold squared in IH. rewrite (IH H2). lra.
Qed.

Lemma represents_zero : forall v s s' F, represents v s s' F -> squared (zip Rminus s s') <= 0 ->
  represents v s s' (map (fun _ => Leaf) F).
Proof.
  induction 1 as [|x x' f s s' F E K IH]; intros H; cbn in *; [constructor|].
  pose proof (squared_nonnegative (zip Rminus s s')) as N. pose proof (Rle_0_sqr (x - x')) as D.
  unfold squared in *. unfold Rsqr in D. constructor; [|apply IH; lra].
  rewrite dot_leaf. assert (Z : (x - x') * (x - x') = 0) by lra. apply Rmult_integral in Z. lra.
Qed.

Lemma agrees_app : forall v c c' d d' i, length c = length c' -> agrees v i (c ++ d) (c' ++ d') ->
  agrees v i c c' /\ agrees v (after i (length c)) d d'.
Proof.
  induction c as [|x c IH]; intros [|x' c'] d d' i L H; cbn in *; try discriminate; [split; auto|].
  destruct H as [H1 H2]. injection L as L. destruct (IH _ _ _ _ L H2). auto.
Qed.
