(** Vectors and matrices over the reals, as functions of indices, with as many of these as are said: what Ldlt.v needs. *)
From Coq Require Import Reals Lra Lia Arith.
Open Scope R_scope.

Definition vector := nat -> R.
Definition matrix := nat -> nat -> R.

Fixpoint sum (n : nat) (f : nat -> R) : R := match n with O => 0 | S m => sum m f + f m end.

(** [u'v] of vectors of length [n], and [A v] of a matrix with [n] columns. *)
Definition scalar_product (n : nat) (u v : vector) : R := sum n (fun i => u i * v i).
Definition square_of (n : nat) (u : vector) : R := scalar_product n u u.
Definition times_vector (n : nat) (A : matrix) (v : vector) : vector := fun i => sum n (fun j => A i j * v j).

Definition transposed (A : matrix) : matrix := fun i j => A j i.
Definition identity : matrix := fun i j => if Nat.eqb i j then 1 else 0.
Definition matrix_plus (A B : matrix) : matrix := fun i j => A i j + B i j.
Definition matrix_minus (A B : matrix) : matrix := fun i j => A i j - B i j.
Definition matrix_scaled (c : R) (A : matrix) : matrix := fun i j => c * A i j.
(** [A B], where [A] has [n] columns. *)
Definition matrix_product (n : nat) (A B : matrix) : matrix := fun i j => sum n (fun k => A i k * B k j).
(** [diag(s) A diag(t)] *)
Definition between (s : vector) (A : matrix) (t : vector) : matrix := fun i j => s i * A i j * t j.
(** Equal, as matrices of [m] rows and [n] columns. *)
Definition same (m n : nat) (A B : matrix) : Prop := forall i j, (i < m)%nat -> (j < n)%nat -> A i j = B i j.
(** A matrix of [m] rows and [n] columns whose norm is at most 1. *)
Definition contraction (m n : nat) (N : matrix) : Prop :=
  forall u, square_of m (times_vector n N u) <= square_of n u.

(** * Sums *)
Lemma sum_same : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof. induction n as [|n IH]; intros f g H; cbn; [reflexivity|]. rewrite (IH f g), H by (intros; try apply H; lia). reflexivity. Qed.

Lemma sum_zero : forall n, sum n (fun _ => 0) = 0.
Proof. induction n as [|n IH]; cbn; lra. Qed.

Lemma sum_plus : forall n f g, sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n as [|n IH]; intros; cbn; [lra|]. rewrite IH. lra. Qed.

Lemma sum_scaled : forall n c f, sum n (fun i => c * f i) = c * sum n f.
Proof. induction n as [|n IH]; intros; cbn; [lra|]. rewrite IH. lra. Qed.

Lemma sum_first : forall n f, sum (S n) f = f 0%nat + sum n (fun i => f (S i)).
Proof. induction n as [|n IH]; intros f; [cbn; lra|]. change (sum (S (S n)) f) with (sum (S n) f + f (S n)). rewrite IH. cbn. lra. Qed.

Lemma sum_exchanged : forall m n f, sum m (fun i => sum n (f i)) = sum n (fun j => sum m (fun i => f i j)).
Proof. induction m as [|m IH]; intros n f; cbn; [symmetry; apply sum_zero|]. rewrite IH, <- sum_plus. reflexivity. Qed.

Lemma sum_nonnegative : forall n f, (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  induction n as [|n IH]; intros f H; cbn; [lra|]. assert (0 <= f n) by (apply H; lia).
  assert (0 <= sum n f) by (apply IH; intros; apply H; lia). lra.
Qed.

Lemma sum_identity : forall n i v, (i < n)%nat -> sum n (fun j => identity i j * v j) = v i.
Proof.
  unfold identity. induction n as [|n IH]; intros i v H; [lia|]. cbn. destruct (Nat.eqb_spec i n) as [->|E].
  - rewrite (sum_same _ _ (fun _ => 0)), sum_zero; [lra|]. intros j J. destruct (Nat.eqb_spec n j); [lia|lra].
  - rewrite IH by lia. lra.
Qed.

Lemma identity_symmetric : forall i j, identity i j = identity j i.
Proof. intros. unfold identity. rewrite Nat.eqb_sym. reflexivity. Qed.

(** * Products *)
Lemma scalar_product_same : forall n u v u' v', (forall i, (i < n)%nat -> u i = u' i) -> (forall i, (i < n)%nat -> v i = v' i) ->
  scalar_product n u v = scalar_product n u' v'.
Proof. intros n u v u' v' H K. apply sum_same. intros i I. rewrite H, K by exact I. reflexivity. Qed.

Lemma scalar_product_commutes : forall n u v, scalar_product n u v = scalar_product n v u.
Proof. intros. apply sum_same. intros. lra. Qed.

(** [(a u + b v)'w = a u'w + b v'w], and the same on the other side. *)
Lemma scalar_product_left : forall n a u b v w,
  scalar_product n (fun i => a * u i + b * v i) w = a * scalar_product n u w + b * scalar_product n v w.
Proof.
  intros. unfold scalar_product. rewrite <- !sum_scaled, <- sum_plus. apply sum_same. intros. lra.
Qed.
Lemma scalar_product_right : forall n a u b v w,
  scalar_product n w (fun i => a * u i + b * v i) = a * scalar_product n w u + b * scalar_product n w v.
Proof. intros. rewrite scalar_product_commutes, scalar_product_left. f_equal; rewrite scalar_product_commutes; reflexivity. Qed.

Lemma square_nonnegative : forall n u, 0 <= square_of n u.
Proof. intros. apply sum_nonnegative. intros. apply Rle_0_sqr. Qed.

Lemma times_same : forall n A u v i, (forall j, (j < n)%nat -> u j = v j) -> times_vector n A u i = times_vector n A v i.
Proof. intros n A u v i H. apply sum_same. intros j J. rewrite H by exact J. reflexivity. Qed.

Lemma times_combined : forall n A a u b v i, times_vector n A (fun j => a * u j + b * v j) i
  = a * times_vector n A u i + b * times_vector n A v i.
Proof. intros. unfold times_vector. rewrite <- !sum_scaled, <- sum_plus. apply sum_same. intros. lra. Qed.

Lemma times_identity : forall n v i, (i < n)%nat -> times_vector n identity v i = v i.
Proof. intros. apply sum_identity. assumption. Qed.

Lemma times_product : forall m n A B v i,
  times_vector n (matrix_product m A B) v i = times_vector m A (times_vector n B v) i.
Proof.
  intros. unfold times_vector, matrix_product.
  transitivity (sum n (fun j => sum m (fun k => A i k * B k j * v j))).
  - apply sum_same. intros j _. rewrite Rmult_comm, <- sum_scaled. apply sum_same. intros. lra.
  - rewrite sum_exchanged. apply sum_same. intros k _. rewrite <- sum_scaled. apply sum_same. intros. lra.
Qed.

(** [u'(A v) = (A'u)'v] *)
Lemma adjoint : forall m n A u v,
  scalar_product m u (times_vector n A v) = scalar_product n (times_vector m (transposed A) u) v.
Proof.
  intros. unfold scalar_product, times_vector, transposed.
  transitivity (sum m (fun i => sum n (fun j => u i * (A i j * v j)))).
  - apply sum_same. intros. rewrite sum_scaled. reflexivity.
  - rewrite sum_exchanged. apply sum_same. intros j _. rewrite (Rmult_comm _ (v j)), <- sum_scaled. apply sum_same. intros. lra.
Qed.

Lemma transposed_product : forall m A B i j,
  transposed (matrix_product m A B) i j = matrix_product m (transposed B) (transposed A) i j.
Proof. intros. apply sum_same. intros. unfold transposed. lra. Qed.

(** [v'(G G')v = |G'v|^2] *)
Lemma factored : forall n k G v,
  scalar_product n v (times_vector n (matrix_product k G (transposed G)) v) = square_of k (times_vector n (transposed G) v).
Proof.
  intros. unfold square_of. rewrite <- (adjoint n k G). apply scalar_product_same; [reflexivity|].
  intros. apply times_product.
Qed.

Lemma times_same_matrix : forall m n A B v i, same m n A B -> (i < m)%nat -> times_vector n A v i = times_vector n B v i.
Proof. intros m n A B v i H I. apply sum_same. intros j J. rewrite H by assumption. reflexivity. Qed.
