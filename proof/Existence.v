(** That there are layers of the LDL^T construction, whatever its free parameters are: slopes, Lambda, and matrices N of norm
    at most 1. What Ldlt.v and Residual.v ask for besides, inverses and factors, exists then. *)
From Coq Require Import Reals Lra Lia Arith List Psatz.
From Lipc Require Import Matrices Cholesky Contractions Ldlt.
Import ListNotations.
Open Scope R_scope.

(** * A hidden layer *)
Record parameters := { elements : nat; low : R; high : R; multiplier_root : vector; direction : matrix }.
Definition parameters_of (l : layer) : parameters :=
  {| elements := width l; low := lower l; high := upper l; multiplier_root := root l; direction := turn l |}.
Definition layer_of (p : parameters) (E G : matrix) : layer :=
  {| width := elements p; lower := low p; upper := high p; root := multiplier_root p; turn := direction p; inverse := E; factor := G |}.

(** Where a = -b, a norm of exactly 1 leaves [I + t N N' = I - N N'] singular: there N is a strict contraction. *)
Definition free (n : nat) (p : parameters) : Prop :=
  low p < high p /\ (forall i, (i < elements p)%nat -> 0 < multiplier_root p i) /\ contraction (elements p) n (direction p) /\
  (low p + high p <> 0 \/ strict (elements p) n (direction p)).

Section Layer.
  Variables (n : nat) (l : layer).
  Let m := width l.
  Let N := turn l.
  Let t := bend l.
  Hypothesis is_free : free n (parameters_of l).
  (** [I + t N N'], and N'h. *)
  Definition metric : matrix := matrix_plus identity (matrix_scaled (bend l) (gram n l)).
  Let back (h : vector) : vector := times_vector m (transposed N) h.
  Let forth (h : vector) : vector := times_vector n N (back h).

  Lemma bend_is_above : -1 <= t /\ (low (parameters_of l) + high (parameters_of l) <> 0 -> -1 < t).
  Proof.
    destruct is_free as [C _]. cbn in *. unfold t, bend. set (a := lower l) in *. set (b := upper l) in *.
    assert (D : 0 < (b - a) * (b - a)) by nra.
    assert (E : 4 * a * b / ((b - a) * (b - a)) = (a + b) * (a + b) / ((b - a) * (b - a)) - 1) by (field; lra).
    rewrite E. pose proof (Rinv_0_lt_compat _ D) as I. unfold Rdiv. split.
    - assert (0 <= (a + b) * (a + b) * / ((b - a) * (b - a))) by (apply Rmult_le_pos; [apply Rle_0_sqr|lra]). lra.
    - intros Z. assert (0 < (a + b) * (a + b) * / ((b - a) * (b - a))) by (apply Rmult_lt_0_compat; [nra|exact I]). lra.
  Qed.

  Lemma gram_times : forall h i, times_vector m (gram n l) h i = forth h i.
  Proof. intros. apply times_product. Qed.

  Lemma metric_times : forall h i, (i < m)%nat -> times_vector m metric h i = h i + t * forth h i.
  Proof.
    intros h i I. rewrite <- gram_times. unfold metric, times_vector, matrix_plus, matrix_scaled. fold t.
    rewrite (sum_same m _ (fun j => identity i j * h j + t * (gram n l i j * h j))) by (intros; ring).
    rewrite sum_plus, sum_scaled, sum_identity by exact I. reflexivity.
  Qed.

  Lemma forth_product : forall g h, scalar_product m g (forth h) = scalar_product n (back g) (back h).
  Proof. intros. apply adjoint. Qed.

  Lemma metric_form : forall g h, scalar_product m g (times_vector m metric h)
    = scalar_product m g h + t * scalar_product n (back g) (back h).
  Proof.
    intros g h. rewrite <- forth_product. rewrite <- (Rmult_1_l (scalar_product m g h)), <- scalar_product_right.
    apply scalar_product_same; [reflexivity|]. intros i I. rewrite metric_times by exact I. ring.
  Qed.

  Lemma metric_symmetric : symmetric m metric.
  Proof.
    apply form_symmetric. intros v w. rewrite !metric_form, (scalar_product_commutes m v w), (scalar_product_commutes n (back v)).
    reflexivity.
  Qed.

  Lemma metric_definite : definite m metric.
  Proof.
    intros h P. rewrite metric_form. fold (square_of m h) (square_of n (back h)). destruct bend_is_above as [T T'].
    destruct is_free as [_ [_ [C S]]]. cbn in C, S. fold m N in C, S.
    pose proof (transposed_contraction m n N C h) as K. fold (back h) in K. pose proof (square_nonnegative n (back h)) as Q.
    destruct S as [S|S]; [specialize (T' S); destruct (Rle_lt_dec 0 t); nra|].
    pose proof (transposed_strict m n N S h P) as K'. fold (back h) in K'. destruct (Rle_lt_dec 0 t); nra.
  Qed.

  (** The pivot in terms of [h = (I + t N N')^-1 Lambda^1/2 v]. *)
  Hypothesis inverted : same m m (matrix_product m metric (inverse l)) identity.
  Let scaled (v : vector) : vector := fun i => root l i * v i.
  Let inner (v : vector) : vector := times_vector m (inverse l) (scaled v).

  Lemma inner_inverts : forall v i, (i < m)%nat -> root l i * v i = inner v i + t * forth (inner v) i.
  Proof.
    intros v i I. pose proof (times_same_matrix _ _ _ _ (scaled v) i inverted I) as E.
    rewrite times_identity, times_product in E by exact I. fold (inner v) in E. rewrite metric_times in E by exact I.
    unfold scaled in E. lra.
  Qed.

  Lemma pivot_times : forall w i, (i < m)%nat -> times_vector m (pivot n l) w i = 2 * root l i * (inner w i - forth (inner w) i).
  Proof.
    intros w i I. unfold pivot. fold m.
    transitivity (2 * root l i * times_vector m (matrix_product m (matrix_minus identity (gram n l)) (inverse l)) (scaled w) i).
    - unfold times_vector. rewrite <- sum_scaled. apply sum_same. intros. unfold matrix_scaled, between, scaled. ring.
    - f_equal. rewrite times_product. fold (inner w). rewrite <- gram_times. unfold times_vector, matrix_minus.
      rewrite (sum_same m _ (fun j => identity i j * inner w j + (-1) * (gram n l i j * inner w j))) by (intros; ring).
      rewrite sum_plus, sum_scaled, sum_identity by exact I. ring.
  Qed.

  Lemma pivot_form : forall v w, let h := inner v in let g := inner w in
    scalar_product m v (times_vector m (pivot n l) w) = 2 * (scalar_product m h g - scalar_product n (back h) (back g)
      + t * (scalar_product n (back h) (back g) - scalar_product m (forth h) (forth g))).
  Proof.
    intros v w h g.
    transitivity (scalar_product m (fun i => 1 * h i + t * forth h i) (fun i => 2 * g i + (-2) * forth g i)).
    - unfold scalar_product. apply sum_same. intros i I. rewrite pivot_times by exact I. fold g.
      pose proof (inner_inverts v i I) as E. fold h in E. transitivity (root l i * v i * (2 * (g i - forth g i))); [ring|]. rewrite E. ring.
    - rewrite scalar_product_left, !scalar_product_right, forth_product, (scalar_product_commutes m (forth h) g), forth_product.
      rewrite (scalar_product_commutes n (back g)). ring.
  Qed.

  Lemma pivot_symmetric : symmetric m (pivot n l).
  Proof.
    apply form_symmetric. intros v w. rewrite !pivot_form.
    rewrite (scalar_product_commutes m (inner w)), (scalar_product_commutes n (back (inner w))), (scalar_product_commutes m (forth (inner w))).
    reflexivity.
  Qed.

  (** [|h - N N'h|^2 + (1 + t) (|N'h|^2 - |N N'h|^2)], twice. *)
  Lemma pivot_square : forall v, let h := inner v in scalar_product m v (times_vector m (pivot n l) v)
    = 2 * (square_of m (fun i => h i - forth h i) + (1 + t) * (square_of n (back h) - square_of m (forth h))).
  Proof.
    intros v h. rewrite pivot_form. fold h. pose proof (transposed_value m n N h) as E. cbv zeta in E. fold (back h) (forth h) in E.
    rewrite E. unfold square_of. ring.
  Qed.

  Lemma pivot_semidefinite : semidefinite m (pivot n l).
  Proof.
    intros v. rewrite pivot_square. set (h := inner v). destruct bend_is_above as [T _]. destruct is_free as [_ [_ [C _]]].
    pose proof (C (back h) : square_of m (forth h) <= square_of n (back h)). pose proof (square_nonnegative m (fun i => h i - forth h i)).
    assert (0 <= (1 + t) * (square_of n (back h) - square_of m (forth h))) by (apply Rmult_le_pos; lra). lra.
  Qed.

  (** If it is zero, then h = N N'h, which is shorter than h. *)
  Lemma pivot_definite : strict m n N -> definite m (pivot n l).
  Proof.
    intros S v P. pose proof (pivot_semidefinite v) as Q. destruct Q as [Q|Q]; [exact Q|exfalso].
    rewrite pivot_square in Q. set (h := inner v) in *. destruct bend_is_above as [T _].
    pose proof (strict_contraction m n N S (back h)) as C. fold (forth h) in C.
    pose proof (square_nonnegative m (fun i => h i - forth h i)) as D.
    assert (0 <= (1 + t) * (square_of n (back h) - square_of m (forth h))) by (apply Rmult_le_pos; lra).
    assert (Z : forall i, (i < m)%nat -> h i - forth h i = 0) by (apply zero_vector; lra).
    assert (E : square_of m h = square_of m (forth h)).
    { apply scalar_product_same; intros i I; specialize (Z i I); lra. }
    destruct (Rle_lt_dec (square_of m h) 0) as [H0|H0].
    - pose proof (zero_vector m h H0) as Z0.
      assert (V : forall i, (i < m)%nat -> v i = 0).
      { intros i I. destruct is_free as [_ [R _]]. specialize (R i I). cbn in R. pose proof (inner_inverts v i I) as K. fold h in K.
        specialize (Z i I). rewrite (Z0 i I) in K, Z. replace (forth h i) with 0 in K by lra.
        apply (Rmult_eq_reg_l (root l i)); lra. }
      assert (square_of m v = 0); [|lra]. unfold square_of, scalar_product. rewrite (sum_same m _ (fun _ => 0)); [apply sum_zero|].
      intros i I. rewrite (V i I). ring.
    - pose proof (transposed_strict m n N S h H0) as K. fold (back h) in K. lra.
  Qed.
End Layer.

Lemma of_parameters : forall p E G, parameters_of (layer_of p E G) = p.
Proof. intros [] E G. reflexivity. Qed.

(** For all parameters there is a layer. *)
Theorem layer_exists : forall n p, free n p -> exists l, parameters_of l = p /\ made n l.
Proof.
  intros n p F. set (m := elements p).
  assert (A : forall E G, free n (parameters_of (layer_of p E G))) by (intros; rewrite of_parameters; exact F).
  set (first := layer_of p identity identity).
  destruct (inverse_root_exists m (metric n first)) as [W [_ E]];
    [exact (metric_symmetric n first)|exact (metric_definite n first (A _ _))|].
  set (second := layer_of p (matrix_product m W (transposed W)) identity).
  destruct (factor_exists m (pivot n second)) as [G H];
    [exact (pivot_symmetric n second E)|exact (pivot_semidefinite n second (A _ _) E)|].
  exists (layer_of p (matrix_product m W (transposed W)) G). split; [apply of_parameters|].
  destruct F as [F1 [F2 [F3 _]]]. repeat split; assumption.
Qed.

(** * A chain *)
Definition width_behind (n : nat) (ps : list parameters) : nat := fold_left (fun _ p => elements p) ps n.

Lemma last_width_of : forall ls n, last_width n ls = width_behind n (map parameters_of ls).
Proof. unfold last_width, width_behind. induction ls as [|l ls IH]; intros n; [reflexivity|apply IH]. Qed.

Fixpoint all_free (n : nat) (ps : list parameters) : Prop :=
  match ps with [] => True | p :: ps' => free n p /\ all_free (elements p) ps' end.

(** For all parameters there is a chain, to which [ldlt_inequality] applies. *)
Theorem chain_exists : forall ps n, all_free n ps -> exists ls, map parameters_of ls = ps /\ constructed n ls.
Proof.
  induction ps as [|p ps IH]; intros n F; [exists []; split; [reflexivity|exact I]|]. destruct F as [F1 F2].
  destruct (layer_exists n p F1) as [l [<- M]]. destruct (IH _ F2) as [ls [<- C]].
  exists (l :: ls). split; [reflexivity|split; assumption].
Qed.
