(** Matrices of norm below 1, and the way in which lipc makes them of free parameters: [N = C^-1 V], where [C C' = V V' + a I]. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lipc Require Import Matrices Cholesky.
Open Scope R_scope.

(** [m] rows, [n] columns; of norm below 1. *)
Definition strict (m n : nat) (N : matrix) : Prop :=
  forall u, 0 < square_of n u -> square_of m (times_vector n N u) < square_of n u.

Lemma zero_square : forall m n N u, square_of n u <= 0 -> square_of m (times_vector n N u) = 0.
Proof.
  intros m n N u Z. assert (T : forall i, times_vector n N u i = 0).
  { intros i. unfold times_vector. rewrite (sum_same n _ (fun _ => 0)); [apply sum_zero|].
    intros j J. rewrite (zero_vector n u Z j J). ring. }
  unfold square_of, scalar_product. rewrite (sum_same m _ (fun _ => 0)); [apply sum_zero|]. intros i _. rewrite T. ring.
Qed.

Lemma strict_contraction : forall m n N, strict m n N -> contraction m n N.
Proof.
  intros m n N H u. destruct (Rle_lt_dec (square_of n u) 0) as [Z|P]; [|left; apply H, P].
  rewrite (zero_square m n N u Z). apply square_nonnegative.
Qed.

Lemma square_of_difference : forall n u v,
  square_of n (fun i => u i - v i) = square_of n u - 2 * scalar_product n u v + square_of n v.
Proof.
  intros. unfold square_of. set (d := fun i => u i - v i).
  assert (E : forall i, (i < n)%nat -> d i = 1 * u i + (-1) * v i) by (intros; unfold d; ring).
  rewrite (scalar_product_same n d d _ _ E E), scalar_product_left, !scalar_product_right, (scalar_product_commutes n v u). ring.
Qed.

(** With q = N'v: [0 <= |v - N q|^2 = |v|^2 - 2 |q|^2 + |N q|^2 <= |v|^2 - |q|^2]. *)
Lemma transposed_value : forall m n N v, let q := times_vector m (transposed N) v in
  square_of m (fun i => v i - times_vector n N q i) = square_of m v - 2 * square_of n q + square_of m (times_vector n N q).
Proof.
  intros m n N v q. rewrite square_of_difference, (adjoint m n N v). unfold square_of at 4. fold q. unfold square_of. ring.
Qed.

Lemma transposed_contraction : forall m n N, contraction m n N -> contraction n m (transposed N).
Proof.
  intros m n N H v. pose proof (transposed_value m n N v) as E. cbv zeta in E. set (q := times_vector m (transposed N) v) in *.
  pose proof (square_nonnegative m (fun i => v i - times_vector n N q i)). specialize (H q). lra.
Qed.

Lemma transposed_strict : forall m n N, strict m n N -> strict n m (transposed N).
Proof.
  intros m n N H v P. pose proof (transposed_value m n N v) as E. cbv zeta in E. set (q := times_vector m (transposed N) v) in *.
  pose proof (square_nonnegative m (fun i => v i - times_vector n N q i)). specialize (H q).
  destruct (Rle_lt_dec (square_of n q) 0); [lra|]. specialize (H ltac:(assumption)). lra.
Qed.

(** * Square matrices: [D D' = I] implies [D'D = I] *)
Definition trace (n : nat) (A : matrix) : R := sum n (fun i => A i i).

Lemma trace_commutes : forall n A B, trace n (matrix_product n A B) = trace n (matrix_product n B A).
Proof.
  intros. unfold trace, matrix_product. rewrite sum_exchanged. apply sum_same. intros i _. apply sum_same. intros. ring.
Qed.

Lemma trace_same : forall n A B, same n n A B -> trace n A = trace n B.
Proof. intros n A B H. apply sum_same. intros i I. apply H; exact I. Qed.

Lemma summands_zero : forall n f, (forall i, 0 <= f i) -> sum n f = 0 -> forall i, (i < n)%nat -> f i = 0.
Proof.
  induction n as [|n IH]; intros f P Z i I; [lia|]. cbn [sum] in Z. pose proof (sum_nonnegative n f (fun i _ => P i)). specialize (P n) as Q.
  destruct (Nat.eq_dec i n) as [->|]; [lra|apply IH; [exact P|lra|lia]].
Qed.

(** [K = D'D] is its own square and symmetric: the squares of the entries of [I - K] add up to [trace (I - K) = 0]. *)
Lemma orthogonal_both : forall n D,
  same n n (matrix_product n D (transposed D)) identity -> same n n (matrix_product n (transposed D) D) identity.
Proof.
  intros n D H. set (K := matrix_product n (transposed D) D).
  assert (S : forall i j, K i j = K j i) by (intros; unfold K, matrix_product, transposed; apply sum_same; intros; ring).
  assert (T : trace n K = trace n identity) by (unfold K; rewrite trace_commutes; apply trace_same, H).
  assert (Q : trace n (matrix_product n K K) = trace n K).
  { apply trace_same. intros i j I J. unfold K at 1. rewrite <- product_associates. unfold matrix_product at 1. apply sum_same.
    intros k L. f_equal. unfold K. rewrite product_associates. unfold matrix_product at 1.
    rewrite <- (sum_identity n k (fun l => D l j) L). apply sum_same. intros l M. rewrite H by assumption. reflexivity. }
  assert (Z : sum n (fun i => sum n (fun j => (identity i j - K i j) * (identity i j - K i j))) = 0).
  { transitivity (sum n (fun i => identity i i + (-2) * K i i + matrix_product n K K i i)).
    - apply sum_same. intros i I.
      transitivity (sum n (fun j => identity i j * (identity i j + (-2) * K i j) + K i j * K j i)).
      + apply sum_same. intros j _. rewrite (S j i). ring.
      + rewrite sum_plus, (sum_identity n i (fun j => identity i j + (-2) * K i j) I). reflexivity.
    - rewrite !sum_plus, sum_scaled. fold (trace n identity) (trace n K) (trace n (matrix_product n K K)). lra. }
  assert (N : forall i, 0 <= sum n (fun j => (identity i j - K i j) * (identity i j - K i j))).
  { intros i. apply sum_nonnegative. intros. apply Rle_0_sqr. }
  intros i j I J. enough (identity i j - K i j = 0) by (unfold K in *; lra).
  apply (zero_vector n (fun j => identity i j - K i j)); [|exact J]. right. exact (summands_zero n _ N Z i I).
Qed.

(** * The parameters of a contraction *)
(** N of V and a > 0, whichever factor C is. *)
Definition of_free (m n : nat) (V : matrix) (a : R) (C N : matrix) : Prop :=
  0 < a /\
  same m m (matrix_product m C (transposed C)) (matrix_plus (matrix_product n V (transposed V)) (matrix_scaled a identity)) /\
  same m n (matrix_product m C N) V.

Section Free.
  Variables (m n : nat) (V : matrix) (a : R).
  Hypothesis positive : 0 < a.
  Let M := matrix_plus (matrix_product n V (transposed V)) (matrix_scaled a identity).

  Lemma shifted_form : forall v w, scalar_product m v (times_vector m M w)
    = scalar_product n (times_vector m (transposed V) v) (times_vector m (transposed V) w) + a * scalar_product m v w.
  Proof.
    intros v w. rewrite <- (adjoint m n V), <- (Rmult_1_l (scalar_product m v (times_vector n V _))), <- scalar_product_right.
    apply scalar_product_same; [reflexivity|]. intros i I. rewrite Rmult_1_l, <- times_product.
    rewrite <- (times_identity m w i I). unfold times_vector. rewrite <- sum_scaled, <- sum_plus. apply sum_same. intros.
    unfold M, matrix_plus, matrix_scaled. ring.
  Qed.

  Lemma shifted_symmetric : symmetric m M.
  Proof.
    apply form_symmetric. intros v w. rewrite !shifted_form, (scalar_product_commutes m v w), (scalar_product_commutes n). reflexivity.
  Qed.

  Lemma shifted_definite : definite m M.
  Proof.
    intros v P. rewrite shifted_form. pose proof (square_nonnegative n (times_vector m (transposed V) v)) as Q. unfold square_of in P, Q.
    assert (0 < a * scalar_product m v v) by (apply Rmult_lt_0_compat; assumption). lra.
  Qed.

  Lemma free_exists : exists C N, of_free m n V a C N.
  Proof.
    destruct (inverse_root_exists m M shifted_symmetric shifted_definite) as [F [_ F2]].
    assert (I : forall i v, (i < m)%nat -> times_vector m M (times_vector m F (times_vector m (transposed F) v)) i = v i).
    { intros i v I. rewrite <- (times_identity m v i I), <- (times_same_matrix m m _ identity v i F2 I), times_product.
      apply times_same. intros j _. symmetry. apply times_product. }
    exists (matrix_product m M F), (matrix_product m (transposed F) V). split; [exact positive|]. split.
    - intros i j II J. rewrite <- product_associates. fold M. rewrite <- (I i (fun k => M k j) II).
      unfold matrix_product at 1, times_vector at 1. apply sum_same. intros k K. f_equal. unfold matrix_product, times_vector. apply sum_same.
      intros l L. f_equal. unfold transposed. apply sum_same. intros q Q. rewrite (shifted_symmetric j q) by assumption. ring.
    - intros i j II J. rewrite <- product_associates. exact (I i (fun k => V k j) II).
  Qed.

  (** With [F'M F = I] and [D = F'C] every v is C'u, [u = F D v]; then [N'v = V'u], and [|V'u|^2 = |v|^2 - a |u|^2]. *)
  Lemma free_is_strict : forall C N, of_free m n V a C N -> strict m n N.
  Proof.
    intros C N [_ [HC HN]]. apply (transposed_strict n m (transposed N)). intros v P.
    destruct (inverse_root_exists m M shifted_symmetric shifted_definite) as [F [F1 _]].
    set (D := matrix_product m (transposed F) C).
    assert (O : same m m (matrix_product m D (transposed D)) identity).
    { intros i j I J. rewrite <- F1 by assumption. unfold D. rewrite <- product_associates. unfold matrix_product at 1 3. apply sum_same.
      intros k K. f_equal. transitivity (matrix_product m (matrix_product m C (transposed C)) F k j).
      - rewrite <- product_associates. unfold matrix_product at 1 2. apply sum_same. intros l L. f_equal.
        unfold matrix_product, transposed. apply sum_same. intros. ring.
      - unfold matrix_product at 1 3. apply sum_same. intros l L. rewrite HC by assumption. reflexivity. }
    apply orthogonal_both in O. set (u := times_vector m F (times_vector m D v)).
    assert (U : forall i, (i < m)%nat -> times_vector m (transposed C) u i = v i).
    { intros i I. rewrite <- (times_identity m v i I), <- (times_same_matrix m m _ identity v i O I), times_product. unfold u.
      rewrite <- times_product. unfold times_vector at 1 3. apply sum_same. intros j _. f_equal.
      unfold D, matrix_product, transposed. apply sum_same. intros. ring. }
    assert (E : square_of m v = square_of n (times_vector m (transposed V) u) + a * square_of m u).
    { unfold square_of at 2 3. rewrite <- shifted_form.
      transitivity (square_of m (times_vector m (transposed C) u)); [apply scalar_product_same; intros; symmetry; apply U; assumption|].
      rewrite <- factored. apply scalar_product_same; [reflexivity|]. intros i I. apply (times_same_matrix m); assumption. }
    assert (T : square_of n (times_vector m (transposed N) v) = square_of n (times_vector m (transposed V) u)).
    { assert (G : forall j, (j < n)%nat -> times_vector m (transposed N) v j = times_vector m (transposed V) u j).
      { intros j J. transitivity (times_vector m (transposed N) (times_vector m (transposed C) u) j).
        - apply times_same. intros. symmetry. apply U. assumption.
        - rewrite <- times_product. apply sum_same. intros k K. f_equal. unfold transposed at 3. rewrite <- HN by assumption.
          unfold matrix_product, transposed. apply sum_same. intros. ring. }
      apply scalar_product_same; exact G. }
    rewrite T. destruct (Rle_lt_dec (square_of m u) 0) as [Z|Z]; [exfalso|nra].
    rewrite (zero_square n m (transposed V) u Z) in E. pose proof (square_nonnegative m u). nra.
  Qed.
End Free.

(** lipc's contractions are the strict ones, all of them and no others. *)
Theorem free_contractions : forall m n N, strict m n N <-> exists V a C, of_free m n V a C N.
Proof.
  intros m n N. split; [|intros [V [a [C H]]]; exact (free_is_strict m n V a (proj1 H) C N H)].
  intros H. set (P := matrix_minus identity (matrix_product n N (transposed N))).
  assert (E : forall v w, scalar_product m v (times_vector m P w)
    = scalar_product m v w - scalar_product n (times_vector m (transposed N) v) (times_vector m (transposed N) w)).
  { intros v w. rewrite <- (adjoint m n N).
    transitivity (scalar_product m v (fun i => 1 * w i + (-1) * times_vector n N (times_vector m (transposed N) w) i)).
    - apply scalar_product_same; [reflexivity|]. intros i I. rewrite <- times_product, <- (times_identity m w i I) at 1.
      unfold times_vector. rewrite <- !sum_scaled, <- sum_plus. apply sum_same. intros. unfold P, matrix_minus. ring.
    - rewrite scalar_product_right. ring. }
  destruct (inverse_root_exists m P) as [F [F1 _]].
  - apply form_symmetric. intros v w. rewrite !E, (scalar_product_commutes m v w), (scalar_product_commutes n). reflexivity.
  - intros v V. rewrite E. pose proof (transposed_strict m n N H v V) as K. unfold square_of in K. lra.
  - exists (matrix_product m (transposed F) N), 1, (transposed F). split; [lra|]. split; [|intros i j _ _; reflexivity].
    intros i j I J. specialize (F1 i j I J).
    assert (S : matrix_product m (transposed F) (matrix_product m P F) i j
      = matrix_product m (transposed F) F i j - matrix_product n (matrix_product m (transposed F) N) (transposed (matrix_product m (transposed F) N)) i j).
    { etransitivity; [exact (E (fun k => F k i) (fun k => F k j))|]. f_equal. apply sum_same. intros k _.
      unfold times_vector, matrix_product, transposed. f_equal; apply sum_same; intros; ring. }
    unfold matrix_plus, matrix_scaled. change (matrix_product m (transposed F) (transposed (transposed F)) i j) with (matrix_product m (transposed F) F i j).
    lra.
Qed.
