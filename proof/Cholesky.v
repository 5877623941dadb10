(** Of matrices over the reals: a semidefinite one has a factor; a definite one has an inverse, with a factor of that. Both by
    induction, bordering a matrix by a row and a column: its last element d, the rest c of its column, and the matrix B in
    front, of which elimination leaves [B - c c' / d]. *)
From Coq Require Import Reals Lra Lia Arith Psatz.
From Lipc Require Import Matrices.
Open Scope R_scope.

Definition symmetric (n : nat) (A : matrix) : Prop := forall i j, (i < n)%nat -> (j < n)%nat -> A i j = A j i.
(** [v'A v >= 0]; and more, but for v = 0 *)
Definition semidefinite (n : nat) (A : matrix) : Prop := forall v, 0 <= scalar_product n v (times_vector n A v).
Definition definite (n : nat) (A : matrix) : Prop :=
  forall v, 0 < square_of n v -> 0 < scalar_product n v (times_vector n A v).

Lemma entry : forall n A i j, (i < n)%nat -> (j < n)%nat -> A i j = scalar_product n (identity i) (times_vector n A (identity j)).
Proof.
  intros n A i j I J. unfold scalar_product. rewrite (sum_identity n i (times_vector n A (identity j)) I). unfold times_vector.
  rewrite <- (sum_identity n j (A i) J). apply sum_same. intros. ring.
Qed.

Lemma form_symmetric : forall n A, (forall v w, scalar_product n v (times_vector n A w) = scalar_product n w (times_vector n A v)) ->
  symmetric n A.
Proof. intros n A H i j I J. rewrite (entry n A i j), (entry n A j i) by assumption. apply H. Qed.

(** * Vectors and matrices with one element more along each axis *)
Definition extended (n : nat) (v : vector) (x : R) : vector := fun i => if Nat.ltb i n then v i else x.
Definition bordered (n : nat) (A : matrix) (column row : vector) (corner : R) : matrix :=
  fun i => extended n (fun j => if Nat.ltb i n then A i j else row j) (if Nat.ltb i n then column i else corner).

Lemma extended_front : forall n v x i, (i < n)%nat -> extended n v x i = v i.
Proof. intros n v x i I. unfold extended. destruct (Nat.ltb_spec i n); [reflexivity|lia]. Qed.
Lemma extended_last : forall n v x, extended n v x n = x.
Proof. intros. unfold extended. rewrite Nat.ltb_irrefl. reflexivity. Qed.

Lemma same_bordered : forall n A B,
  (forall i j, (i < n)%nat -> (j < n)%nat -> A i j = B i j) -> (forall i, (i < n)%nat -> A i n = B i n) ->
  (forall j, (j < n)%nat -> A n j = B n j) -> A n n = B n n -> same (S n) (S n) A B.
Proof.
  intros n A B H1 H2 H3 H4 i j I J.
  destruct (Nat.eq_dec i n) as [->|], (Nat.eq_dec j n) as [->|]; [exact H4|apply H3|apply H2|apply H1]; lia.
Qed.

Section Bordered.
  Variables (n : nat) (A : matrix) (column row : vector) (corner : R).
  Let M := bordered n A column row corner.
  Lemma bordered_front : forall i j, (i < n)%nat -> (j < n)%nat -> M i j = A i j.
  Proof.
    intros i j I J. unfold M, bordered. rewrite extended_front by exact J. destruct (Nat.ltb_spec i n); [reflexivity|lia].
  Qed.
  Lemma bordered_column : forall i, (i < n)%nat -> M i n = column i.
  Proof. intros i I. unfold M, bordered. rewrite extended_last. destruct (Nat.ltb_spec i n); [reflexivity|lia]. Qed.
  Lemma bordered_row : forall j, (j < n)%nat -> M n j = row j.
  Proof. intros j J. unfold M, bordered. rewrite extended_front, Nat.ltb_irrefl by exact J. reflexivity. Qed.
  Lemma bordered_corner : M n n = corner.
  Proof. unfold M, bordered. rewrite extended_last, Nat.ltb_irrefl. reflexivity. Qed.
End Bordered.

Lemma sum_extended : forall n f v x, sum n (fun i => f i * extended n v x i) = sum n (fun i => f i * v i).
Proof. intros. apply sum_same. intros i I. rewrite extended_front by exact I. reflexivity. Qed.

Lemma square_extended : forall n v x, square_of (S n) (extended n v x) = square_of n v + x * x.
Proof.
  intros. unfold square_of, scalar_product. cbn [sum]. rewrite extended_last. f_equal.
  apply sum_same. intros i I. rewrite extended_front by exact I. reflexivity.
Qed.

(** [v'B v + 2 x c'v + d x^2] *)
Lemma form_extended : forall n A v x, symmetric (S n) A ->
  scalar_product (S n) (extended n v x) (times_vector (S n) A (extended n v x))
  = scalar_product n v (times_vector n A v) + 2 * x * times_vector n A v n + A n n * x * x.
Proof.
  intros n A v x H. unfold scalar_product, times_vector. cbn [sum]. rewrite extended_last, sum_extended.
  transitivity (sum n (fun i => v i * sum n (fun j => A i j * v j) + x * (A n i * v i)) + x * (sum n (fun j => A n j * v j) + A n n * x)).
  - f_equal. apply sum_same. intros i I. rewrite extended_front, sum_extended by exact I. rewrite (H i n) by lia. ring.
  - rewrite sum_plus, sum_scaled. ring.
Qed.

(** What elimination of the last element leaves. *)
Definition eliminated (n : nat) (A : matrix) : matrix := fun i j => A i j - A i n * A n j / A n n.

Lemma eliminated_symmetric : forall n A, symmetric (S n) A -> symmetric n (eliminated n A).
Proof.
  intros n A H i j I J. unfold eliminated, Rdiv. rewrite (H i j), (H i n), (H n j) by lia. ring.
Qed.

Lemma eliminated_times : forall n A v i, times_vector n (eliminated n A) v i
  = times_vector n A v i - A i n * (times_vector n A v n / A n n).
Proof.
  intros. unfold times_vector, Rdiv. rewrite (Rmult_comm (sum n _) (/ A n n)), <- Rmult_assoc, <- sum_scaled.
  transitivity (sum n (fun j => A i j * v j + (-1) * (A i n * / A n n * (A n j * v j)))).
  - apply sum_same. intros j _. unfold eliminated, Rdiv. ring.
  - rewrite sum_plus, sum_scaled. ring.
Qed.

(** The least value of the form, over the last element. *)
Lemma eliminated_form : forall n A v, symmetric (S n) A -> A n n <> 0 ->
  let u := extended n v (- (times_vector n A v n / A n n)) in
  scalar_product n v (times_vector n (eliminated n A) v) = scalar_product (S n) u (times_vector (S n) A u).
Proof.
  intros n A v H D u. unfold u. rewrite form_extended by exact H. set (s := times_vector n A v n).
  transitivity (scalar_product n v (fun i => 1 * times_vector n A v i + (- (s / A n n)) * A n i)).
  - apply scalar_product_same; [reflexivity|]. intros i I. rewrite eliminated_times. fold s. rewrite (H i n) by lia. ring.
  - rewrite scalar_product_right. replace (scalar_product n v (A n)) with s by (apply sum_same; intros; ring).
    field. exact D.
Qed.

Lemma last_element : forall n A, symmetric (S n) A ->
  scalar_product (S n) (extended n (fun _ => 0) 1) (times_vector (S n) A (extended n (fun _ => 0) 1)) = A n n.
Proof.
  intros n A H. rewrite form_extended by exact H. unfold scalar_product, times_vector.
  rewrite (sum_same n (fun i => 0 * _) (fun _ => 0)) by (intros; ring).
  rewrite (sum_same n (fun j => A n j * 0) (fun _ => 0)) by (intros; ring). rewrite sum_zero. ring.
Qed.

(** Where the last element is zero, so is its column: else the form is negative somewhere. *)
Lemma zero_column : forall n A, symmetric (S n) A -> semidefinite (S n) A -> A n n = 0 ->
  forall i, (i < n)%nat -> A n i = 0.
Proof.
  intros n A H P D i I. set (b := scalar_product n (identity i) (times_vector n A (identity i))).
  assert (E : times_vector n A (identity i) n = A n i).
  { unfold times_vector. rewrite <- (sum_identity n i (A n) I). apply sum_same. intros. ring. }
  assert (Q : forall x, 0 <= b + 2 * x * A n i).
  { intros x. specialize (P (extended n (identity i) x)). rewrite form_extended, E, D in P by exact H. fold b in P. lra. }
  destruct (Req_dec (A n i) 0) as [|Z]; [assumption|exfalso].
  specialize (Q (- (b + 1) / (2 * A n i))). replace (2 * (- (b + 1) / (2 * A n i)) * A n i) with (- (b + 1)) in Q by (field; exact Z).
  lra.
Qed.

(** * The factor of a semidefinite matrix *)
Theorem factor_exists : forall n A, symmetric n A -> semidefinite n A ->
  exists G, same n n (matrix_product n G (transposed G)) A.
Proof.
  induction n as [|n IH]; intros A H P; [exists identity; intros i j I; lia|].
  assert (D : 0 <= A n n) by (rewrite <- (last_element n A H); apply P).
  destruct (Req_dec (A n n) 0) as [Z|Z].
  - assert (C : forall i, (i < n)%nat -> A n i = 0) by (apply zero_column; assumption).
    destruct (IH A) as [G E].
    + intros i j I J. apply H; lia.
    + intros v. specialize (P (extended n v 0)). rewrite form_extended in P by exact H. lra.
    + exists (bordered n G (fun _ => 0) (fun _ => 0) 0). unfold matrix_product, transposed.
      apply same_bordered; cbn [sum]; intros;
        rewrite ?bordered_corner, ?bordered_column by assumption.
      * rewrite <- E by assumption. rewrite Rmult_0_l, Rplus_0_r. apply sum_same. intros.
        rewrite !bordered_front by assumption. reflexivity.
      * rewrite (H i n), (C i) by lia. rewrite (sum_same n _ (fun _ => 0)), sum_zero; [ring|].
        intros. rewrite (bordered_row n G) by assumption. ring.
      * rewrite (C j) by lia. rewrite (sum_same n _ (fun _ => 0)), sum_zero; [ring|].
        intros. rewrite (bordered_row n G) by assumption. ring.
      * rewrite Z, (sum_same n _ (fun _ => 0)), sum_zero; [ring|]. intros. rewrite (bordered_row n G) by assumption. ring.
  - assert (S := sqrt_sqrt _ D). set (s := sqrt (A n n)) in *.
    assert (N : s <> 0) by (intros N; apply Z; rewrite <- S, N; ring).
    destruct (IH (eliminated n A)) as [G E].
    + apply eliminated_symmetric, H.
    + intros v. rewrite eliminated_form by assumption. apply P.
    + exists (bordered n G (fun i => A i n / s) (fun _ => 0) s). unfold matrix_product, transposed.
      assert (R : forall u v, (forall k, (k < n)%nat -> v k = 0) -> sum n (fun k => u k * v k) = 0).
      { intros u v V. rewrite (sum_same n _ (fun _ => 0)), sum_zero; [reflexivity|]. intros k K. rewrite V by exact K. ring. }
      apply same_bordered; cbn [sum]; intros; rewrite ?bordered_corner, ?bordered_column by assumption.
      * rewrite (sum_same n _ (fun k => G i k * G j k)) by (intros; rewrite !bordered_front by assumption; reflexivity).
        specialize (E i j ltac:(assumption) ltac:(assumption)). unfold matrix_product, transposed, eliminated in E. rewrite E.
        rewrite (H n j) by lia. rewrite <- S. field. exact N.
      * rewrite R by (intros; apply bordered_row; assumption). field. exact N.
      * rewrite (sum_same n _ (fun k => bordered n G (fun i => A i n / s) (fun _ => 0) s j k
          * bordered n G (fun i => A i n / s) (fun _ => 0) s n k)) by (intros; ring).
        rewrite R by (intros; apply bordered_row; assumption). rewrite (H n j) by lia. field. exact N.
      * rewrite R by (intros; apply bordered_row; assumption). lra.
Qed.

(** * The inverse of a definite matrix *)
Lemma zero_vector : forall n v, square_of n v <= 0 -> forall i, (i < n)%nat -> v i = 0.
Proof.
  unfold square_of, scalar_product. induction n as [|n IH]; intros v Z i I; [lia|]. cbn [sum] in Z.
  pose proof (square_nonnegative n v) as P. unfold square_of, scalar_product in P. pose proof (Rle_0_sqr (v n)) as Q. unfold Rsqr in Q.
  destruct (Nat.eq_dec i n) as [->|]; [apply Rsqr_0_uniq; unfold Rsqr; lra|apply IH; [lra|lia]].
Qed.

Lemma definite_semidefinite : forall n A, definite n A -> semidefinite n A.
Proof.
  intros n A H v. destruct (Rle_lt_dec (square_of n v) 0) as [Z|P]; [|left; apply H, P].
  right. symmetry. unfold scalar_product. rewrite (sum_same _ _ (fun _ => 0)); [apply sum_zero|].
  intros i I. rewrite (zero_vector n v Z i I). ring.
Qed.

Lemma product_associates : forall n A B C i j,
  matrix_product n A (matrix_product n B C) i j = matrix_product n (matrix_product n A B) C i j.
Proof. intros. symmetry. exact (times_product n n A B (fun k => C k j) i). Qed.

Section Root.
  Variables (n : nat) (A F : matrix).
  Hypothesis is_symmetric : symmetric (S n) A.
  Hypothesis positive : 0 < A n n.
  Let E := eliminated n A.
  Hypothesis inside : same n n (matrix_product n (transposed F) (matrix_product n E F)) identity.
  Hypothesis inverted : same n n (matrix_product n E (matrix_product n F (transposed F))) identity.
  Let s := sqrt (A n n).
  Let c : vector := fun j => sum n (fun k => A n k * F k j).
  Definition root_of_inverse : matrix := bordered n F (fun _ => 0) (fun j => - c j / A n n) (/ s).
  Let W := root_of_inverse.

  Lemma square_root : s * s = A n n.
  Proof. apply sqrt_sqrt. lra. Qed.
  Lemma root_nonzero : s <> 0.
  Proof. intros Z. pose proof square_root as Q. rewrite Z in Q. lra. Qed.

  Lemma times_root : same (S n) (S n) (matrix_product (S n) A W) (bordered n (matrix_product n E F) (fun i => A i n / s) (fun _ => 0) s).
  Proof.
    pose proof root_nonzero as N. pose proof square_root as Q. unfold matrix_product at 1, W, root_of_inverse.
    apply same_bordered; cbn [sum]; intros; rewrite ?bordered_corner.
    - rewrite bordered_row, bordered_front by assumption.
      rewrite (sum_same n _ (fun k => A i k * F k j)) by (intros; rewrite bordered_front by assumption; reflexivity).
      pose proof (eliminated_times n A (fun k => F k j) i) as T. unfold times_vector in T. unfold matrix_product, E. rewrite T.
      unfold c. field. lra.
    - rewrite bordered_column by assumption. rewrite (sum_same n _ (fun _ => 0)), sum_zero; [unfold Rdiv; ring|].
      intros. rewrite bordered_column by assumption. ring.
    - rewrite !bordered_row by assumption.
      rewrite (sum_same n _ (fun k => A n k * F k j)) by (intros; rewrite bordered_front by assumption; reflexivity).
      fold (c j). field. lra.
    - rewrite (sum_same n _ (fun _ => 0)), sum_zero; [rewrite <- Q; field; exact N|].
      intros. rewrite bordered_column by assumption. ring.
  Qed.

  Lemma root_inside : same (S n) (S n) (matrix_product (S n) (transposed W) (matrix_product (S n) A W)) identity.
  Proof.
    pose proof root_nonzero as N. pose proof square_root as Q. intros i j I J. unfold matrix_product at 1.
    rewrite (sum_same _ _ (fun k => W k i * bordered n (matrix_product n E F) (fun i => A i n / s) (fun _ => 0) s k j))
      by (intros; rewrite times_root by assumption; reflexivity).
    revert i j I J. apply same_bordered; cbn [sum]; unfold W, root_of_inverse; intros; rewrite ?bordered_corner.
    - rewrite !bordered_row by assumption. rewrite Rmult_0_r, Rplus_0_r. rewrite <- inside by assumption. apply sum_same.
      intros. rewrite !bordered_front by assumption. reflexivity.
    - rewrite !bordered_row by assumption. unfold identity. destruct (Nat.eqb_spec i n); [lia|].
      rewrite (sum_same n _ (fun k => / s * (A n k * F k i))).
      + rewrite sum_scaled. fold (c i). rewrite <- Q. field. exact N.
      + intros k K. rewrite bordered_front, bordered_column, (is_symmetric k n) by (assumption || lia). unfold Rdiv. ring.
    - rewrite !bordered_row by assumption. unfold identity. destruct (Nat.eqb_spec n j); [lia|].
      rewrite (sum_same n _ (fun _ => 0)), sum_zero; [ring|]. intros. rewrite bordered_column by assumption. ring.
    - unfold identity. rewrite Nat.eqb_refl. rewrite (sum_same n _ (fun _ => 0)), sum_zero; [field; exact N|].
      intros. rewrite bordered_column by assumption. ring.
  Qed.

  Lemma root_inverts : same (S n) (S n) (matrix_product (S n) A (matrix_product (S n) W (transposed W))) identity.
  Proof.
    pose proof root_nonzero as N. pose proof square_root as Q. intros i j I J. rewrite product_associates. unfold matrix_product at 1.
    rewrite (sum_same _ _ (fun k => bordered n (matrix_product n E F) (fun i => A i n / s) (fun _ => 0) s i k * W j k))
      by (intros; rewrite times_root by assumption; reflexivity).
    revert i j I J. apply same_bordered; cbn [sum]; unfold W, root_of_inverse; intros; rewrite ?bordered_corner.
    - rewrite !bordered_column, Rmult_0_r, Rplus_0_r by assumption. rewrite <- inverted by assumption.
      rewrite product_associates. apply sum_same. intros. rewrite !bordered_front by assumption. reflexivity.
    - rewrite bordered_column by assumption. unfold identity. destruct (Nat.eqb_spec i n); [lia|].
      rewrite (sum_same n _ (fun k => - / A n n * (matrix_product n E F i k * c k))).
      + rewrite sum_scaled. replace (sum n (fun k => matrix_product n E F i k * c k)) with (A n i).
        * rewrite (is_symmetric i n) by lia. rewrite <- Q. field. exact N.
        * pose proof (times_product n n (matrix_product n E F) (transposed F) (A n) i) as T.
          change (times_vector n (transposed F) (A n)) with (fun k => sum n (fun l => F l k * A n l)) in T.
          transitivity (times_vector n (matrix_product n (matrix_product n E F) (transposed F)) (A n) i).
          -- rewrite <- (times_identity n (A n) i) by assumption. symmetry. apply (times_same_matrix n); [|assumption].
             intros a b I J. rewrite <- product_associates. apply inverted; assumption.
          -- rewrite T. apply sum_same. intros k _. f_equal. apply sum_same. intros. ring.
      + intros. rewrite bordered_front, bordered_row by assumption. unfold Rdiv. ring.
    - rewrite bordered_column by assumption. unfold identity. destruct (Nat.eqb_spec n j); [lia|].
      rewrite (sum_same n _ (fun _ => 0)), sum_zero; [ring|]. intros. rewrite bordered_row by assumption. ring.
    - unfold identity. rewrite Nat.eqb_refl. rewrite (sum_same n _ (fun _ => 0)), sum_zero; [field; exact N|].
      intros. rewrite bordered_row by assumption. ring.
  Qed.
End Root.

(** [F'A F] and [A (F F')] are the identity: [F F'] is the inverse of A. *)
Theorem inverse_root_exists : forall n A, symmetric n A -> definite n A -> exists F,
  same n n (matrix_product n (transposed F) (matrix_product n A F)) identity /\
  same n n (matrix_product n A (matrix_product n F (transposed F))) identity.
Proof.
  induction n as [|n IH]; intros A H P; [exists identity; split; intros i j I; lia|].
  assert (D : 0 < A n n).
  { rewrite <- (last_element n A H). apply P. rewrite square_extended. pose proof (square_nonnegative n (fun _ => 0)). lra. }
  destruct (IH (eliminated n A)) as [F [E1 E2]].
  - apply eliminated_symmetric, H.
  - intros v V. rewrite eliminated_form by (assumption || lra). apply P. rewrite square_extended.
    set (x := - (times_vector n A v n / A n n)). pose proof (Rle_0_sqr x) as Q. unfold Rsqr in Q. lra.
  - exists (root_of_inverse n A F). split; [apply root_inside|apply root_inverts]; assumption.
Qed.
