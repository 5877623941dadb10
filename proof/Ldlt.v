(** The LDL^T construction (Juston et al., arXiv 2512.05915): whatever its parameters are, the matrix inequality of the chain
    that it makes holds. Its proof by elimination, docs/soundness.md and the comment of LdltTheorem.java, divides by pivots;
    here each layer gives away a square. With [u = G'dx], [dz] and [dw] the differences of what the activation reads and gives,

      |u|^2 - |G_k'dw|^2 - Q_k = |r|^2 + t |N r|^2 >= 0,   r = u - sqrt 2 (a + b) / (b - a) N'h,

    where [(I + t N N') h = Lambda^1/2 dw], because [t >= -1] and [|N r| <= |r|]. So [|G_k'dw_k|^2] goes down from layer to layer, from
    [L^2 |dx|^2] on, by the constraints [Q_k] at least. *)
From Coq Require Import Reals Lra Lia Arith List Psatz.
From Lipc Require Import Matrices.
Import ListNotations.
Open Scope R_scope.

(** What a hidden layer of [width] elements is made of. *)
Record layer := {
  width : nat;
  lower : R; upper : R;      (* the slopes of its activation lie in between *)
  root : vector;             (* the diagonal of Lambda^1/2 *)
  turn : matrix;             (* N, of norm at most 1 *)
  inverse : matrix;          (* of I + t N N' *)
  factor : matrix }.         (* G, of the pivot: G G' = D *)

(** [t = 4 a b / (b - a)^2] *)
Definition bend (l : layer) : R := 4 * lower l * upper l / ((upper l - lower l) * (upper l - lower l)).

(** [N N'], of the layer behind [n] elements; [D = 2 Lambda^1/2 (I - N N') (I + t N N')^-1 Lambda^1/2] *)
Definition gram (n : nat) (l : layer) : matrix := matrix_product n (turn l) (transposed (turn l)).
Definition pivot (n : nat) (l : layer) : matrix :=
  matrix_scaled 2 (between (root l) (matrix_product (width l) (matrix_minus identity (gram n l)) (inverse l)) (root l)).

(** The layer's weights, behind [n] elements with the factor [G] of their pivot:
    [sqrt 2 / (b - a) Lambda^-1/2 N G'] *)
Definition weights (n : nat) (G : matrix) (l : layer) : matrix :=
  matrix_scaled (sqrt 2 / (upper l - lower l))
    (between (fun i => / root l i) (matrix_product n (turn l) (transposed G)) (fun _ => 1)).

(** What is asked of a layer's parameters, behind [n] elements. Slopes, Lambda and N are free; of [I + t N N'] there is then
    an inverse, and of the pivot a factor, whichever: Existence.v. *)
Definition made (n : nat) (l : layer) : Prop :=
  lower l < upper l /\
  (forall i, (i < width l)%nat -> 0 < root l i) /\
  contraction (width l) n (turn l) /\
  same (width l) (width l)
    (matrix_product (width l) (matrix_plus identity (matrix_scaled (bend l) (gram n l))) (inverse l)) identity /\
  same (width l) (width l) (matrix_product (width l) (factor l) (transposed (factor l))) (pivot n l).

(** [2 (w - a z)' Lambda (b z - w)]: not negative if z and w are the differences of what the activation reads and gives. *)
Definition constraint (l : layer) (z w : vector) : R :=
  2 * sum (width l) (fun i => root l i * root l i * ((w i - lower l * z i) * (upper l * z i - w i))).

Section Layer.
  Variables (n : nat) (G : matrix) (l : layer) (x w : vector).
  Hypothesis is_made : made n l.
  Let m := width l.
  Let N := turn l.
  Let t := bend l.
  Let u := times_vector n (transposed G) x.
  Let z := times_vector n (weights n G l) x.
  Let o : vector := fun i => root l i * w i.
  Let h := times_vector m (inverse l) o.
  Let q := times_vector m (transposed N) h.
  Let Nu := times_vector n N u.
  Let Nq := times_vector n N q.
  Let c := upper l - lower l.
  Let k := sqrt 2 / c.

  Lemma root_times_z : forall i, (i < m)%nat -> root l i * z i = k * Nu i.
  Proof.
    intros i I. destruct is_made as [C [P _]]. specialize (P i I). unfold z, weights, times_vector, matrix_scaled, between.
    rewrite <- sum_scaled. unfold Nu, u.
    transitivity (k * times_vector n (matrix_product n N (transposed G)) x i).
    - unfold times_vector. rewrite <- sum_scaled. apply sum_same. intros j _. unfold N, k, c. field. lra.
    - rewrite times_product. reflexivity.
  Qed.

  Lemma inverted : forall i, (i < m)%nat -> h i + t * Nq i = o i.
  Proof.
    intros i I. destruct is_made as [_ [_ [_ [H _]]]].
    pose proof (times_same_matrix _ _ _ _ o i H I) as E. rewrite times_identity in E by exact I. rewrite <- E.
    rewrite times_product. unfold times_vector at 1. fold m h.
    unfold matrix_plus, matrix_scaled.
    rewrite (sum_same m _ (fun j => identity i j * h j + t * (gram n l i j * h j))) by (intros; fold t; lra).
    rewrite sum_plus, sum_scaled, sum_identity by exact I. do 2 f_equal.
    change (sum m (fun j => gram n l i j * h j)) with (times_vector m (gram n l) h i).
    unfold gram. rewrite times_product. reflexivity.
  Qed.

  Lemma pivot_value : square_of m (times_vector m (transposed (factor l)) w) = 2 * (scalar_product m o h - scalar_product m o Nq).
  Proof.
    rewrite <- factored. destruct is_made as [_ [_ [_ [_ H]]]].
    transitivity (scalar_product m o (fun i => 2 * h i + (-2) * Nq i)).
    - unfold scalar_product. apply sum_same. intros i I. fold m in H. rewrite (times_same_matrix _ _ _ _ w i H I).
      unfold times_vector at 1, pivot, matrix_scaled, between.
      transitivity (w i * root l i * (2 * times_vector m (matrix_product m (matrix_minus identity (gram n l)) (inverse l)) o i)).
      + unfold times_vector. rewrite <- !sum_scaled. apply sum_same. intros j _. unfold o. fold m. lra.
      + rewrite times_product. fold h. unfold times_vector, matrix_minus.
        rewrite (sum_same m _ (fun j => identity i j * h j + (-1) * (gram n l i j * h j))) by (intros; lra).
        rewrite sum_plus, sum_scaled, sum_identity by exact I.
        change (sum m (fun j => gram n l i j * h j)) with (times_vector m (gram n l) h i).
        unfold gram. rewrite times_product. fold N q Nq. unfold o. lra.
    - rewrite scalar_product_right. lra.
  Qed.

  Lemma constraint_value : constraint l z w
    = 2 * ((lower l + upper l) * k * scalar_product m o Nu - square_of m o - lower l * upper l * (k * k) * square_of m Nu).
  Proof.
    unfold constraint, square_of, scalar_product. f_equal. fold m.
    rewrite <- !sum_scaled.
    transitivity (sum m (fun i => (lower l + upper l) * k * (o i * Nu i) + ((-1) * (o i * o i) + (- (lower l * upper l * (k * k))) * (Nu i * Nu i)))).
    - apply sum_same. intros i I. pose proof (root_times_z i I) as E.
      transitivity ((o i - lower l * (root l i * z i)) * (upper l * (root l i * z i) - o i)); [unfold o; ring|].
      rewrite E. ring.
    - rewrite !sum_plus, !sum_scaled. lra.
  Qed.

  (** The gap is a square in the metric [I + t N'N]. *)
  Theorem layer_gap : square_of n u - square_of m (times_vector m (transposed (factor l)) w) - constraint l z w
    = let r i := u i - (lower l + upper l) * k * q i in square_of n r + t * square_of m (times_vector n N r).
  Proof.
    cbv zeta. rewrite pivot_value, constraint_value. set (s := (lower l + upper l) * k).
    assert (C : c <> 0) by (destruct is_made as [C _]; unfold c; lra).
    assert (K : k * k = 2 / (c * c)).
    { unfold k. pose proof (sqrt_sqrt 2 ltac:(lra)) as S. replace (sqrt 2 / c * (sqrt 2 / c)) with (sqrt 2 * sqrt 2 / (c * c)) by (field; exact C).
      rewrite S. reflexivity. }
    assert (T : 2 * (lower l * upper l * (k * k)) = t) by (rewrite K; unfold t, bend, c in *; field; exact C).
    assert (S : s * s = 2 * (1 + t)).
    { unfold s. replace ((lower l + upper l) * k * ((lower l + upper l) * k)) with ((lower l + upper l) * (lower l + upper l) * (k * k)) by ring.
      rewrite K. unfold t, bend, c in *. field. exact C. }
    assert (H : forall v, scalar_product m o v = scalar_product m h v + t * scalar_product m Nq v).
    { intros v. transitivity (scalar_product m (fun i => 1 * h i + t * Nq i) v).
      - apply scalar_product_same; [|reflexivity]. intros i I. rewrite <- (inverted i I). lra.
      - rewrite scalar_product_left. lra. }
    assert (A : forall v, scalar_product m h (times_vector n N v) = scalar_product n q v) by (intros; apply adjoint).
    set (r := fun i => u i - s * q i).
    assert (R1 : square_of n r = square_of n u - 2 * s * scalar_product n q u + s * s * square_of n q).
    { unfold square_of. assert (E : forall i, (i < n)%nat -> r i = 1 * u i + - s * q i) by (intros; unfold r; lra).
      rewrite (scalar_product_same n r r _ _ E E), scalar_product_left, !scalar_product_right.
      rewrite (scalar_product_commutes n u q). ring. }
    assert (R2 : square_of m (times_vector n N r) = square_of m Nu - 2 * s * scalar_product m Nq Nu + s * s * square_of m Nq).
    { unfold square_of. assert (E : forall i, (i < m)%nat -> times_vector n N r i = 1 * Nu i + - s * Nq i).
      { intros i _. unfold Nu, Nq. rewrite <- times_combined. apply times_same. intros. unfold r. lra. }
      rewrite (scalar_product_same m _ _ _ _ E E), scalar_product_left, !scalar_product_right.
      rewrite (scalar_product_commutes m Nu Nq). ring. }
    assert (Z : scalar_product m o Nu = scalar_product n q u + t * scalar_product m Nq Nu) by (rewrite H; f_equal; apply A).
    assert (Y : scalar_product m o Nq = square_of n q + t * square_of m Nq) by (rewrite H; f_equal; apply A).
    assert (X : square_of m o = scalar_product m o h + t * scalar_product m o Nq).
    { unfold square_of. rewrite (H o), (scalar_product_commutes m h o), (scalar_product_commutes m Nq o). reflexivity. }
    rewrite R1, R2, X, Y, Z, S. replace (lower l * upper l * (k * k)) with (t / 2) by (rewrite <- T; field).
    unfold square_of. field.
  Qed.

  Lemma bend_above : -1 <= t.
  Proof.
    destruct is_made as [C _]. unfold t, bend. fold c. assert (0 < c * c) by (unfold c; nra).
    apply (Rmult_le_reg_r (c * c)); [assumption|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra.
    pose proof (Rle_0_sqr (lower l + upper l)) as S. unfold Rsqr in S. unfold c. lra.
  Qed.

  Corollary layer_contracts : square_of m (times_vector m (transposed (factor l)) w) + constraint l z w <= square_of n u.
  Proof.
    pose proof layer_gap as E. cbv zeta in E. set (r := fun i => u i - _) in E.
    destruct is_made as [_ [_ [K _]]]. specialize (K r). pose proof bend_above.
    pose proof (square_nonnegative m (times_vector n N r)). fold m N in K. nra.
  Qed.
End Layer.

(** * The chain *)
Fixpoint constructed (n : nat) (ls : list layer) : Prop :=
  match ls with [] => True | l :: ls' => made n l /\ constructed (width l) ls' end.

(** What elimination leaves behind the last layer: so many elements, with this factor of their pivot. *)
Definition last_width (n : nat) (ls : list layer) : nat := fold_left (fun _ l => width l) ls n.
Definition last_factor (G : matrix) (ls : list layer) : matrix := fold_left (fun _ l => factor l) ls G.

(** Of any signals, [w] in front and [ws] of each hidden layer: the last one; the sum of the constraints. *)
Fixpoint last_of (w : vector) (ls : list layer) (ws : nat -> vector) : vector :=
  match ls with [] => w | _ :: ls' => last_of (ws 0%nat) ls' (fun k => ws (S k)) end.
Fixpoint constraints (n : nat) (G : matrix) (ls : list layer) (w : vector) (ws : nat -> vector) : R :=
  match ls with
  | [] => 0
  | l :: ls' =>
      constraint l (times_vector n (weights n G l) w) (ws 0%nat)
      + constraints (width l) (factor l) ls' (ws 0%nat) (fun k => ws (S k))
  end.

Lemma hidden_contract : forall ls n G w ws, constructed n ls ->
  square_of (last_width n ls) (times_vector (last_width n ls) (transposed (last_factor G ls)) (last_of w ls ws))
    + constraints n G ls w ws <= square_of n (times_vector n (transposed G) w).
Proof.
  unfold last_width, last_factor.
  induction ls as [|l ls IH]; intros n G w ws C; cbn [constraints constructed fold_left last_of] in *; [lra|].
  destruct C as [C1 C2]. specialize (IH (width l) (factor l) (ws 0%nat) (fun k => ws (S k)) C2).
  pose proof (layer_contracts n G l w (ws 0%nat) C1). lra.
Qed.

Lemma scaled_identity : forall n c v,
  square_of n (times_vector n (transposed (matrix_scaled c identity)) v) = c * c * square_of n v.
Proof.
  intros. unfold square_of, scalar_product. rewrite <- sum_scaled. apply sum_same. intros i I.
  assert (E : times_vector n (transposed (matrix_scaled c identity)) v i = c * v i).
  { unfold times_vector, transposed, matrix_scaled. rewrite <- (times_identity n v i I). unfold times_vector.
    rewrite <- sum_scaled. apply sum_same. intros j _. unfold identity. rewrite (Nat.eqb_sym j i). lra. }
  rewrite E. ring.
Qed.

(** The last layer's weights: [N G'], of [m] elements. *)
Definition last_weights (n : nat) (N G : matrix) : matrix := matrix_product n N (transposed G).

(** [S = L^2 |dx|^2 - |dy|^2 - sum Q_k >= 0], of any vectors, whatever the parameters are. *)
Theorem ldlt_inequality : forall L m N n ls, constructed n ls -> contraction m (last_width n ls) N ->
  let G := matrix_scaled L identity in
  let y w := times_vector (last_width n ls) (last_weights (last_width n ls) N (last_factor G ls)) w in
  forall x ws, 0 <= L * L * square_of n x - square_of m (y (last_of x ls ws)) - constraints n G ls x ws.
Proof.
  intros L m N n ls C K G y x ws. pose proof (hidden_contract ls n G x ws C) as H. unfold G at 3 in H. rewrite scaled_identity in H.
  pose proof (K (times_vector (last_width n ls) (transposed (last_factor G ls)) (last_of x ls ws))) as B.
  replace (square_of m (y (last_of x ls ws))) with (square_of m (times_vector (last_width n ls) N
    (times_vector (last_width n ls) (transposed (last_factor G ls)) (last_of x ls ws)))); [lra|].
  apply scalar_product_same; intros; symmetry; apply times_product.
Qed.
