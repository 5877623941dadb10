(** Lists of real numbers whose elements differ by at most their factors times t, and what units make of them. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Sorted Softened Deviations Steps Norms Maps.
Import ListNotations.
Open Scope R_scope.

(** The elements of two lists differ by at most their factors times t. *)
Inductive within (t : R) : list R -> list R -> list dyadic -> Prop :=
| within_nil : within t [] [] []
| within_cons : forall x x' f z z' fs, Rabs (x - x') <= val f * t -> within t z z' fs ->
    within t (x :: z) (x' :: z') (f :: fs).
Inductive all_within (t : R) : list (list R) -> list (list R) -> list (list dyadic) -> Prop :=
| all_within_nil : all_within t [] [] []
| all_within_cons : forall z z' fs S S' FS, within t z z' fs -> all_within t S S' FS ->
    all_within t (z :: S) (z' :: S') (fs :: FS).

Definition most (fs : list dyadic) : dyadic := fold_right largest zero fs.
Definition total_squared (fs : list dyadic) : dyadic := fold_right (fun f s => add (mul f f) s) zero fs.
Definition row_factor (row : list dyadic) (fs : list dyadic) : dyadic := fold_right add zero (zip (fun a f => mul (abs a) f) row fs).

(** [f_i + 2 |v_i| (|v_0| f_0 + |v_1| f_1)] *)
Fixpoint reflected (v w : dyadic) (fs : list dyadic) : list dyadic :=
  match fs with
  | f :: g :: fs' =>
      let r := add (mul (abs v) f) (mul (abs w) g) in
      add f (mul (mul (Dyadic 1 1) (abs v)) r) :: add g (mul (mul (Dyadic 1 1) (abs w)) r) :: reflected v w fs'
  | _ => []
  end.

Section Within.
  Variable t : R.
  Hypothesis t_nonnegative : 0 <= t.

  Lemma within_length : forall z z' fs, within t z z' fs -> length z = length fs /\ length z' = length fs.
  Proof. induction 1; cbn; lia. Qed.
  Lemma within_app : forall z z' fs y y' gs, within t z z' fs -> within t y y' gs -> within t (z ++ y) (z' ++ y') (fs ++ gs).
  Proof. induction 1; intros; cbn; [assumption|constructor; auto]. Qed.
  Lemma within_zero : forall z z' fs i, within t z z' fs -> Rabs (nth i z 0 - nth i z' 0) <= val (nth i fs zero) * t.
  Proof.
    intros z z' fs i H. revert i. induction H; intros [|i]; cbn; try (rewrite Rminus_diag, Rabs_R0, val_zero; lra); auto.
  Qed.
  Lemma all_within_nth : forall k S S' FS, all_within t S S' FS -> within t (nth k S []) (nth k S' []) (nth k FS []).
  Proof. induction k as [|k IH]; intros S S' FS H; inversion H; subst; cbn; auto; constructor. Qed.
  Lemma all_within_selected : forall os S S' FS, all_within t S S' FS ->
    all_within t (map (fun n => nth n S []) os) (map (fun n => nth n S' []) os) (map (fun n => nth n FS []) os).
  Proof. induction os; intros; cbn; constructor; auto. apply all_within_nth. assumption. Qed.
  Lemma all_within_appended : forall S S' FS z z' fs, all_within t S S' FS -> within t z z' fs ->
    all_within t (S ++ [z]) (S' ++ [z']) (FS ++ [fs]).
  Proof. induction 1; intros; cbn; repeat constructor; auto. Qed.
  Lemma all_within_last : forall S S' FS, all_within t S S' FS -> within t (last S []) (last S' []) (last FS []).
  Proof. induction 1 as [|z z' fs S S' FS H K IH]; cbn; [constructor|]. destruct K; assumption. Qed.
  Lemma within_concat : forall S S' FS, all_within t S S' FS -> within t (concat S) (concat S') (concat FS).
  Proof. induction 1; cbn; [constructor|apply within_app; assumption]. Qed.

  Lemma within_map : forall f g z z' fs, (forall x x' c, Rabs (x - x') <= val c * t -> Rabs (f x - f x') <= val (g c) * t) ->
    within t z z' fs -> within t (map f z) (map f z') (map g fs).
  Proof. induction 2; cbn; constructor; auto. Qed.

  Lemma within_sums : forall S S' FS, all_within t S S' FS -> within t (sums Rplus S) (sums Rplus S') (sums add FS).
  Proof.
    induction 1 as [|z z' fs S S' FS H K IH]; [constructor|]. destruct K; cbn in *; [assumption|].
    revert IH. generalize (match S with [] => z0 | _ => zip Rplus z0 (sums Rplus S) end).
    generalize (match S' with [] => z'0 | _ => zip Rplus z'0 (sums Rplus S') end).
    generalize (match FS with [] => fs0 | _ => zip add fs0 (sums add FS) end).
    clear -H. induction H as [|x x' f z z' fs A H IH]; intros ys zs' zs B; destruct B; cbn; constructor; auto.
    rewrite val_add. replace (x + x0 - (x' + x'0)) with ((x - x') + (x0 - x'0)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. lra.
  Qed.

  Lemma within_row : forall row z z' fs, within t z z' fs ->
    Rabs (row_times (map val row) z - row_times (map val row) z') <= val (row_factor row fs) * t.
  Proof.
    unfold row_times, row_factor. induction row as [|a row IH]; intros z z' fs H; destruct H as [|x x' f z z' fs A H]; cbn [map zip fold_right];
      try (rewrite Rminus_diag, Rabs_R0, val_zero; lra).
    specialize (IH z z' fs H). rewrite val_add, val_mul, val_abs.
    match goal with |- Rabs (?p + ?q - (?p' + ?q')) <= _ => replace (p + q - (p' + q')) with (val a * (x - x') + (q - q')) by ring end.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult. pose proof (Rabs_pos (val a)). nra.
  Qed.

  Lemma within_shift : forall c z z' fs, within t z z' fs ->
    within t (zip (fun x a => x + val a) z c) (zip (fun x a => x + val a) z' c) (firstn (length c) fs).
  Proof.
    induction c as [|a c IH]; intros z z' fs H; destruct H as [|x x' f z z' fs A H]; cbn; constructor; auto.
    replace (x + val a - (x' + val a)) with (x - x') by ring. exact A.
  Qed.

  Lemma within_scales : forall c z z' fs, within t z z' fs ->
    within t (zip (fun a x => val a * x) c z) (zip (fun a x => val a * x) c z') (zip (fun a f => mul (abs a) f) c fs).
  Proof.
    induction c as [|a c IH]; intros z z' fs H; destruct H as [|x x' f z z' fs A H]; cbn; constructor; auto.
    rewrite val_mul, val_abs, <- Rmult_minus_distr_l, Rabs_mult. pose proof (Rabs_pos (val a)). nra.
  Qed.

  Lemma most_above : forall fs f, In f fs -> val f <= val (most fs).
  Proof.
    induction fs as [|g fs IH]; intros f I; [contradiction|]. cbn. rewrite val_largest. destruct I as [->|I]; [apply Rmax_l|].
    eapply Rle_trans; [apply (IH f I)|apply Rmax_r].
  Qed.
  Lemma most_nonnegative : forall fs, 0 <= val (most fs).
  Proof. induction fs as [|f fs IH]; cbn; [rewrite val_zero; lra|]. rewrite val_largest. eapply Rle_trans; [exact IH|apply Rmax_r]. Qed.

  (** Two lists whose elements differ by at most m, the same for all. *)
  Definition near (m : R) (z z' : list R) : Prop := Forall2 (fun x x' => Rabs (x - x') <= m) z z'.
  Lemma within_near : forall z z' fs m, within t z z' fs -> val (most fs) <= m -> near (m * t) z z'.
  Proof.
    induction 1 as [|x x' f z z' fs A H IH]; intros M; constructor; cbn in M; rewrite val_largest in M.
    - pose proof (Rmax_l (val f) (val (most fs))). unfold most in *. nra.
    - apply IH. pose proof (Rmax_r (val f) (val (most fs))). unfold most in *. lra.
  Qed.
  Lemma near_within : forall m z z' A (g : list A), near (val m * t) z z' -> length g = length z -> within t z z' (map (fun _ => m) g).
  Proof.
    intros m z z' A g H. revert g. induction H; intros [|a g] L; try discriminate; cbn; constructor; auto.
  Qed.
  Lemma near_max : forall m x x' y y', Rabs (x - x') <= m -> Rabs (y - y') <= m ->
    Rabs (Rmax x y - Rmax x' y') <= m /\ Rabs (Rmin x y - Rmin x' y') <= m.
  Proof.
    intros m x x' y y' A B. unfold Rmax, Rmin.
    unfold Rabs in *. destruct (Rle_dec x y), (Rle_dec x' y'); repeat match goal with |- context [Rcase_abs ?a] => destruct (Rcase_abs a)
      | H : context [Rcase_abs ?a] |- _ => destruct (Rcase_abs a) end; split; lra.
  Qed.
  Lemma near_insert : forall m l l' x x', near m l l' -> Rabs (x - x') <= m -> near m (insert x l) (insert x' l').
  Proof.
    intros m l l' x x' H. revert x x'. induction H as [|y y' l l' A H IH]; intros x x' B; cbn; [constructor; [exact B|constructor]|].
    destruct (near_max m x x' y y' B A). constructor; [assumption|]. apply IH. assumption.
  Qed.
  Lemma near_sorted : forall m l l', near m l l' -> near m (sorted l) (sorted l').
  Proof. induction 1; cbn; [constructor|]. apply near_insert; assumption. Qed.
  Lemma near_length : forall m z z', near m z z' -> length z = length z'.
  Proof. induction 1; cbn; congruence. Qed.

  Lemma within_max_min : forall z z' fs, within t z z' fs ->
    within t (max_min z) (max_min z') (concat (map (fun p => [p; p]) (pairs largest fs))).
  Proof.
    fix IH 4. intros z z' fs [|x x' f z1 z1' fs1 A H]; [constructor|]. destruct H as [|y y' g z2 z2' fs2 B H]; [constructor|].
    cbn [max_min pairs map concat app].
    assert (M : Rabs (x - x') <= val (largest f g) * t /\ Rabs (y - y') <= val (largest f g) * t).
    { rewrite val_largest. pose proof (Rmax_l (val f) (val g)). pose proof (Rmax_r (val f) (val g)). nra. }
    destruct M as [M N]. destruct (near_max _ x x' y y' M N). constructor; [assumption|]. constructor; [assumption|]. apply IH, H.
  Qed.

  Lemma within_reflected : forall v w z z' fs, within t z z' fs ->
    within t (householder (val v) (val w) z) (householder (val v) (val w) z') (reflected v w fs).
  Proof.
    intros v w. fix IH 4. intros z z' fs [|x x' f z1 z1' fs1 A H]; [constructor|]. destruct H as [|y y' g z2 z2' fs2 B H]; [constructor|].
    cbn [householder reflected].
    set (p := - (val v * x + val w * y)). set (p' := - (val v * x' + val w * y')).
    assert (R : Rabs (Rmax p 0 - Rmax p' 0) <= (Rabs (val v) * val f + Rabs (val w) * val g) * t).
    { apply (Rle_trans _ (Rabs (p - p'))).
      - unfold Rmax, Rabs. destruct (Rle_dec p 0), (Rle_dec p' 0); repeat match goal with |- context [Rcase_abs ?a] => destruct (Rcase_abs a) end; lra.
      - replace (p - p') with (val v * (x' - x) + val w * (y' - y)) by (unfold p, p'; ring).
        eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult, (Rabs_minus_sym x' x), (Rabs_minus_sym y' y).
        pose proof (Rabs_pos (val v)). pose proof (Rabs_pos (val w)). nra. }
    assert (S : forall c a a' h, Rabs (a - a') <= val h * t -> Rabs (a + 2 * val c * Rmax p 0 - (a' + 2 * val c * Rmax p' 0))
      <= val (add h (mul (mul (Dyadic 1 1) (abs c)) (add (mul (abs v) f) (mul (abs w) g)))) * t).
    { intros c a a' h Q. rewrite val_add, !val_mul, val_add, !val_mul, !val_abs, val_2.
      replace (a + 2 * val c * Rmax p 0 - (a' + 2 * val c * Rmax p' 0)) with ((a - a') + 2 * val c * (Rmax p 0 - Rmax p' 0)) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, Rabs_mult, (Rabs_right 2) by lra. pose proof (Rabs_pos (val c)). nra. }
    constructor; [apply S, A|]. constructor; [apply S, B|]. apply IH, H.
  Qed.

  Lemma within_first : forall k z z' fs, within t z z' fs -> within t (firstn k z) (firstn k z') (firstn k fs).
  Proof. induction k as [|k IH]; intros z z' fs H; destruct H; cbn; constructor; auto. Qed.
  Lemma within_rest : forall k z z' fs, within t z z' fs -> within t (skipn k z) (skipn k z') (skipn k fs).
  Proof. induction k as [|k IH]; intros z z' fs H; [exact H|]. destruct H; cbn; [constructor|auto]. Qed.

  Lemma within_sorted : forall z z' fs, within t z z' fs -> within t (sorted z) (sorted z') (map (fun _ => most fs) fs).
  Proof.
    intros z z' fs F. pose proof (within_near _ _ _ _ F (Rle_refl _)) as N. apply near_within.
    - apply near_sorted, N.
    - rewrite sorted_length. symmetry. apply (within_length _ _ _ F).
  Qed.
  (** Of groups of [k] elements at most. *)
  Lemma within_groups : forall k g h, (forall z z' fs, (length fs <= k)%nat -> within t z z' fs -> within t (g z) (g z') (h fs)) ->
    forall f z z' fs, within t z z' fs -> within t (concat (map g (chunks f k z))) (concat (map g (chunks f k z'))) (concat (map h (chunks f k fs))).
  Proof.
    intros k g h G. induction f as [|f IH]; intros z z' fs H; [constructor|].
    assert (Q : within t (g (firstn k z)) (g (firstn k z')) (h (firstn k fs))) by (apply G; [rewrite length_firstn; lia|apply (within_first k _ _ _ H)]).
    pose proof (IH _ _ _ (within_rest k _ _ _ H)) as R.
    destruct H; [constructor|]. cbn [chunks map concat]. apply within_app; assumption.
  Qed.

  Lemma within_length_in : forall z z' fs, within t z z' fs -> forall m, val (most fs) <= m -> 0 <= m ->
    length_in Linf (zip Rminus z z') <= m * t.
  Proof.
    induction 1 as [|x x' f z z' fs A H IH]; intros m M P; cbn [zip length_in fold_right]; [nra|].
    cbn in M. rewrite val_largest in M. pose proof (Rmax_l (val f) (val (most fs))). pose proof (Rmax_r (val f) (val (most fs))).
    unfold most in *. apply Rmax_lub; [nra|]. apply IH; lra.
  Qed.
  Lemma within_squared : forall z z' fs, within t z z' fs -> squared (zip Rminus z z') <= val (total_squared fs) * (t * t).
  Proof.
    induction 1 as [|x x' f z z' fs A H IH]; cbn [zip squared fold_right total_squared]; [rewrite val_zero; lra|].
    unfold squared, total_squared in *. rewrite val_add, val_mul.
    assert (E : (x - x') * (x - x') <= val f * t * (val f * t)); [|lra].
    pose proof (Rabs_pos (x - x')). replace ((x - x') * (x - x')) with (Rabs (x - x') * Rabs (x - x')).
    - apply Rmult_le_compat; assumption.
    - rewrite <- Rabs_mult. apply Rabs_right, Rle_ge, Rle_0_sqr.
  Qed.

  Lemma within_line : forall (name : Type) (tensors : name -> list (list dyadic)) l z z' fs, within t z z' fs ->
    Rabs (line_value (stored tensors) z l - line_value (stored tensors) z' l)
      <= val (fold_right (fun e s => add (mul (abs (snd e)) (nth (fst e) fs zero)) s) zero (entries tensors l)) * t.
  Proof.
    intros name tensors [es s] z z' fs H. unfold line_value, entries. cbn [fst snd].
    match goal with |- Rabs (?a + ?c - (?b + ?c)) <= _ => replace (a + c - (b + c)) with (a - b) by ring end.
    induction es as [|[i c] es IH]; cbn [map fold_right fst snd]; [rewrite Rminus_diag, Rabs_R0, val_zero; lra|].
    match goal with |- Rabs (?c * ?x + ?p - (?c * ?y + ?q)) <= _ => replace (c * x + p - (c * y + q)) with (c * (x - y) + (p - q)) by ring end.
    rewrite val_add, val_mul, val_abs, <- worth_stored. eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult.
    pose proof (within_zero _ _ _ i H) as A. pose proof (Rabs_pos (worth_of (stored tensors) c)). nra.
  Qed.

  Lemma within_maximum : forall w z z' fs, within t z z' fs ->
    Rabs (maximum (map (fun i => nth i z 0) w) - maximum (map (fun i => nth i z' 0) w)) <= val (most (map (fun i => nth i fs zero) w)) * t.
  Proof.
    intros w z z' fs H. induction w as [|i w IH]; [cbn; rewrite Rminus_diag, Rabs_R0, val_zero; lra|].
    pose proof (within_zero _ _ _ i H) as A. destruct w as [|j w].
    - cbn [map maximum most fold_right]. rewrite val_largest. pose proof (Rmax_l (val (nth i fs zero)) (val zero)). nra.
    - set (u := j :: w) in *.
      change (maximum (map (fun i => nth i z 0) (i :: u))) with (Rmax (nth i z 0) (maximum (map (fun i => nth i z 0) u))).
      change (maximum (map (fun i => nth i z' 0) (i :: u))) with (Rmax (nth i z' 0) (maximum (map (fun i => nth i z' 0) u))).
      change (most (map (fun i => nth i fs zero) (i :: u))) with (largest (nth i fs zero) (most (map (fun i => nth i fs zero) u))).
      rewrite val_largest. pose proof (Rmax_l (val (nth i fs zero)) (val (most (map (fun i => nth i fs zero) u)))).
      pose proof (Rmax_r (val (nth i fs zero)) (val (most (map (fun i => nth i fs zero) u)))).
      apply near_max; nra.
  Qed.

  Lemma near_by_elements : forall a b : list R, length a = length b -> forall m, (forall i, (i < length a)%nat -> Rabs (nth i a 0 - nth i b 0) <= m) -> near m a b.
  Proof.
    induction a as [|x a IH]; intros [|y b] L m H; try discriminate; constructor; [apply (H 0%nat); cbn; lia|].
    apply IH; [cbn in L; lia|]. intros i I. apply (H (S i)). cbn. lia.
  Qed.
  Lemma near_nth : forall m z z', near m z z' -> forall i, (i < length z)%nat -> Rabs (nth i z 0 - nth i z' 0) <= m.
  Proof. induction 1 as [|x x' z z' A N IH]; intros [|i] I; cbn in *; try lia; [exact A|]. apply IH. lia. Qed.

  Lemma within_softmax : forall T ell z z' fs, 0 < T -> 1 <= 2 * T * val ell -> within t z z' fs ->
    within t (softmax T z) (softmax T z') (map (fun _ => mul ell (most fs)) fs).
  Proof.
    intros T ell z z' fs P M H. destruct (within_length _ _ _ H) as [L L'].
    pose proof (within_near _ _ _ _ H (Rle_refl _)) as N. apply near_within; [|rewrite softmax_length; congruence].
    rewrite val_mul. pose proof (softmax_each T z z' P ltac:(congruence) (val ell) _ M (near_nth _ _ _ N)) as K.
    apply near_by_elements; [rewrite !softmax_length; congruence|]. rewrite softmax_length, Rmult_assoc. exact K.
  Qed.

  Lemma within_vector : forall f ell root z z' fs, is_cocoercive f ell = true -> 0 <= val root -> INR (length fs) <= val root * val root ->
    within t z z' fs -> within t (vector_of f z) (vector_of f z') (map (fun _ => mul (mul (mul ell half) (add one root)) (most fs)) fs).
  Proof.
    intros f ell root z z' fs C R S H. destruct (within_length _ _ _ H) as [L L'].
    pose proof (within_near _ _ _ _ H (Rle_refl _)) as N. apply near_within; [|rewrite vector_length; congruence].
    rewrite !val_mul, val_add, val_one, val_half. apply near_by_elements; [rewrite !vector_length; congruence|]. rewrite vector_length. intros i I.
    destruct (vector_differences f ell z z' C ltac:(congruence) ltac:(lia)) as [E D].
    rewrite <- zip_minus_nth by (rewrite !vector_length; congruence).
    assert (LD : length (zip Rminus z z') = length z) by (rewrite zip_length, L, L'; apply Nat.min_id).
    rewrite Rmult_assoc. apply (cocoercive_each (zip Rminus z z')); rewrite ?LD; try assumption.
    - rewrite zip_length, !vector_length, L, L'. symmetry. apply Nat.min_id.
    - rewrite L. exact S.
    - eapply Rle_trans; [apply Rabs_pos|exact (near_nth _ _ _ N i I)].
    - intros k K. rewrite zip_minus_nth by congruence. apply (near_nth _ _ _ N). exact K.
  Qed.
End Within.
