(** The residual LDL^T construction: [y = A x + B w_K + b], where [w_K] is what a chain of hidden layers of slopes in [[0, 1]]
    gives. With a pivot [D_0 = L^2 I - A'A] in front, it is the chain of Ldlt.v but for the product of [A x] and [B w_K],
    which elimination carries from layer to layer. *)
From Coq Require Import Reals Lra Lia Arith List Psatz.
From Lipc Require Import Matrices Ldlt.
Import ListNotations.
Open Scope R_scope.

Definition diagonal (s : vector) : matrix := fun i j => s i * identity i j.

(** Each hidden layer with the inverse [E] of the pivot in front of it; [n] are the elements in front, [G] is the factor. *)
Fixpoint reversible (n : nat) (G : matrix) (ls : list (matrix * layer)) : Prop :=
  match ls with
  | [] => True
  | (E, l) :: ls' =>
      same n n (matrix_product n (matrix_product n G (transposed G)) E) identity
      /\ lower l = 0 /\ upper l = 1 /\ made n l /\ reversible (width l) (factor l) ls'
  end.

(** [Phi_k = Lambda_k C_k D_(k-1)^-1 Phi_(k-1)] *)
Definition coupled (n : nat) (G E : matrix) (l : layer) (Phi : matrix) : matrix :=
  matrix_product (width l) (diagonal (fun i => root l i * root l i))
    (matrix_product n (weights n G l) (matrix_product n E Phi)).
Fixpoint coupling (n : nat) (G Phi : matrix) (ls : list (matrix * layer)) : matrix :=
  match ls with [] => Phi | (E, l) :: ls' => coupling (width l) (factor l) (coupled n G E l Phi) ls' end.

(** [M = sum_(k<K) Phi_k' D_k^-1 Phi_k] *)
Fixpoint collected (n : nat) (G Phi : matrix) (ls : list (matrix * layer)) : matrix :=
  match ls with
  | [] => fun _ _ => 0
  | (E, l) :: ls' =>
      matrix_plus (matrix_product n (transposed Phi) (matrix_product n E Phi))
                  (collected (width l) (factor l) (coupled n G E l Phi) ls')
  end.

Lemma times_plus : forall n A B v i,
  times_vector n (matrix_plus A B) v i = times_vector n A v i + times_vector n B v i.
Proof. intros. unfold times_vector, matrix_plus. rewrite <- sum_plus. apply sum_same. intros. lra. Qed.

Lemma times_diagonal : forall n s v i, (i < n)%nat -> times_vector n (diagonal s) v i = s i * v i.
Proof.
  intros n s v i I. rewrite <- (times_identity n v i I). unfold times_vector. rewrite <- sum_scaled. apply sum_same.
  intros. unfold diagonal. lra.
Qed.

(** What the inverse E of G G' is to G. *)
Section Inverse.
  Variables (n : nat) (G E : matrix).
  Hypothesis inverted : same n n (matrix_product n (matrix_product n G (transposed G)) E) identity.
  Let f v := times_vector n (transposed G) (times_vector n E v).

  Lemma pivot_times_inverse : forall v i, (i < n)%nat -> times_vector n G (f v) i = v i.
  Proof.
    intros v i I. pose proof (times_same_matrix _ _ _ _ v i inverted I) as H.
    rewrite times_identity, !times_product in H by exact I. exact H.
  Qed.

  (** [v'E w = f(v)'f(w)] *)
  Lemma inverse_product : forall v w, scalar_product n v (times_vector n E w) = scalar_product n (f v) (f w).
  Proof.
    intros v w. change (f w) with (times_vector n (transposed G) (times_vector n E w)). rewrite (adjoint n n (transposed G) (f v)).
    apply scalar_product_same; [|reflexivity]. intros i I. symmetry.
    change (transposed (transposed G)) with G. apply pivot_times_inverse, I.
  Qed.
End Inverse.

(** One layer: where [e] is coupled with [x], [Lambda C E e] is with [w]. *)
Lemma coupled_layer : forall n G E l x w e, made n l -> lower l = 0 -> upper l = 1 ->
  same n n (matrix_product n (matrix_product n G (transposed G)) E) identity ->
  let e' := times_vector n (matrix_product (width l) (diagonal (fun i => root l i * root l i)) (weights n G l))
                         (times_vector n E e) in
  square_of (width l) (times_vector (width l) (transposed (factor l)) w) - 2 * scalar_product (width l) w e'
    + constraint l (times_vector n (weights n G l) x) w
  <= square_of n (times_vector n (transposed G) x) - 2 * scalar_product n x e + scalar_product n e (times_vector n E e).
Proof.
  intros n G E l x w e C A B H e'. set (g := times_vector n E e). set (x0 := fun i => 1 * x i + (-1) * g i).
  pose proof (layer_contracts n G l x0 w C) as K. fold g in e'.
  set (z0 := times_vector n (weights n G l) x0) in K. set (z := times_vector n (weights n G l) x).
  assert (Z : constraint l z0 w = constraint l z w - 2 * scalar_product (width l) w e').
  { unfold constraint, scalar_product. rewrite A, B.
    transitivity (2 * sum (width l) (fun i => root l i * root l i * ((w i - 0 * z i) * (1 * z i - w i)) + (-1) * (w i * e' i)));
      [|rewrite sum_plus, sum_scaled; lra].
    f_equal. apply sum_same. intros i I. unfold e'. rewrite times_product, times_diagonal by exact I.
    unfold z0, x0. rewrite times_combined. fold z. lra. }
  assert (X : square_of n (times_vector n (transposed G) x0)
    = square_of n (times_vector n (transposed G) x) - 2 * scalar_product n x e + scalar_product n e g).
  { unfold square_of.
    assert (D : forall i, (i < n)%nat -> times_vector n (transposed G) x0 i
      = 1 * times_vector n (transposed G) x i + (-1) * times_vector n (transposed G) g i).
    { intros i _. apply times_combined. }
    rewrite (scalar_product_same _ _ _ _ _ D D), scalar_product_left, !scalar_product_right.
    rewrite (scalar_product_commutes n (times_vector n (transposed G) g) (times_vector n (transposed G) x)).
    assert (F : scalar_product n e g = scalar_product n (times_vector n (transposed G) g) (times_vector n (transposed G) g))
      by exact (inverse_product n G E H e e).
    rewrite <- F.
    replace (scalar_product n (times_vector n (transposed G) x) (times_vector n (transposed G) g)) with (scalar_product n x e); [lra|].
    rewrite <- adjoint. apply scalar_product_same; [reflexivity|]. intros i I. symmetry.
    apply (pivot_times_inverse n G E H e i I). }
  rewrite X, Z in K. lra.
Qed.

Notation layers ls := (map (@snd matrix layer) ls).

Lemma zero_product : forall n u w, scalar_product n u (times_vector n (fun _ _ => 0) w) = 0.
Proof.
  intros. unfold scalar_product, times_vector. rewrite (sum_same _ _ (fun _ => 0)); [apply sum_zero|].
  intros i _. rewrite (sum_same _ _ (fun _ => 0)) by (intros; lra). rewrite sum_zero. lra.
Qed.

Lemma collected_product : forall n0 n E Phi rest u w,
  scalar_product n0 u (times_vector n0 (matrix_plus (matrix_product n (transposed Phi) (matrix_product n E Phi)) rest) w)
  = scalar_product n (times_vector n0 Phi u) (times_vector n E (times_vector n0 Phi w)) + scalar_product n0 u (times_vector n0 rest w).
Proof.
  intros. transitivity (scalar_product n0 u (fun i => 1 * times_vector n (transposed Phi) (times_vector n E (times_vector n0 Phi w)) i
    + 1 * times_vector n0 rest w i)).
  - apply scalar_product_same; [reflexivity|]. intros i _. rewrite times_plus, times_product, !Rmult_1_l. f_equal.
    apply times_same. intros j _. apply times_product.
  - rewrite scalar_product_right, adjoint. change (transposed (transposed Phi)) with Phi. lra.
Qed.

(** All layers, where [Phi p] is coupled with the first signal. *)
Lemma coupled_layers : forall n0 p ls n G Phi w ws, reversible n G ls ->
  let m := last_width n (layers ls) in
  let v := last_of w (layers ls) ws in
  square_of m (times_vector m (transposed (last_factor G (layers ls))) v)
    - 2 * scalar_product m v (times_vector n0 (coupling n G Phi ls) p) + constraints n G (layers ls) w ws
  <= square_of n (times_vector n (transposed G) w) - 2 * scalar_product n w (times_vector n0 Phi p)
     + scalar_product n0 p (times_vector n0 (collected n G Phi ls) p).
Proof.
  intros n0 p. induction ls as [|[E l] ls IH]; intros n G Phi w ws H.
  - cbv zeta. unfold last_width, last_factor. cbn [map fold_left last_of coupling constraints collected].
    rewrite zero_product. lra.
  - destruct H as [H1 [H2 [H3 [H4 H5]]]].
    specialize (IH (width l) (factor l) (coupled n G E l Phi) (ws 0%nat) (fun k => ws (S k)) H5).
    pose proof (coupled_layer n G E l w (ws 0%nat) (times_vector n0 Phi p) H4 H2 H3 H1) as K. cbv zeta in K, IH.
    unfold last_width, last_factor in *. cbn [map fold_left last_of constraints coupling collected snd] in *.
    rewrite (scalar_product_same (width l) (ws 0%nat) _ (ws 0%nat) (times_vector n0 (coupled n G E l Phi) p)) in K.
    + rewrite collected_product. lra.
    + reflexivity.
    + intros i I. unfold coupled. rewrite !times_product. apply times_same. intros j _. rewrite times_product.
      apply times_same. intros k _. symmetry. apply times_product.
Qed.

Lemma collected_symmetric : forall n0 ls n G Phi u w, reversible n G ls ->
  scalar_product n0 u (times_vector n0 (collected n G Phi ls) w) = scalar_product n0 w (times_vector n0 (collected n G Phi ls) u).
Proof.
  intros n0. induction ls as [|[E l] ls IH]; intros n G Phi u w H; cbn [collected].
  - rewrite !zero_product. reflexivity.
  - destruct H as [H1 [_ [_ [_ H5]]]]. rewrite !collected_product, !(inverse_product n G E H1), (IH _ _ _ u w H5).
    f_equal. apply scalar_product_commutes.
Qed.

Lemma square_of_sum : forall n u v, square_of n (fun i => u i + v i) = square_of n u + 2 * scalar_product n u v + square_of n v.
Proof.
  intros. unfold square_of, scalar_product. rewrite <- !sum_scaled, <- !sum_plus. apply sum_same. intros. ring.
Qed.

(** What the two ends are made of, of an input of [n] elements and an output of [p]; [ls] are the hidden layers, the last one
    of [m] elements. *)
Record ends := {
  bound_of : R;        (* L *)
  skip : matrix;       (* A *)
  front : matrix;      (* G_0, with G_0 G_0' = L^2 I - A'A *)
  sigma_inverse : matrix;
  sigma_root : matrix; (* F, with F F' = Sigma^-1 *)
  end_root : matrix;   (* H, with H H' = Q *)
  end_turn : matrix }. (* N_B, of norm at most 1 *)

Section Residual.
  Variables (n p : nat) (e : ends) (ls : list (matrix * layer)).
  Let m := last_width n (layers ls).
  Let A := skip e.

  (** [Phi_K]; [Sigma = I + A M A'] *)
  Definition whole_coupling : matrix := coupling n (front e) identity ls.
  Definition sigma : matrix :=
    matrix_plus identity (matrix_product n A (matrix_product n (collected n (front e) identity ls) (transposed A))).
  (** [A Phi_K']; [Q = D_K + Phi_K A' Sigma^-1 A Phi_K'], where [D_K = 2 Lambda_K - Lambda_K C_K D_(K-1)^-1 C_K' Lambda_K] *)
  Definition turned : matrix := matrix_product n A (transposed whole_coupling).
  Definition last_form : matrix :=
    matrix_plus (matrix_product m (last_factor (front e) (layers ls)) (transposed (last_factor (front e) (layers ls))))
      (matrix_product p (transposed turned) (matrix_product p (sigma_inverse e) turned)).
  (** [B = F N_B H' - Sigma^-1 A Phi_K'] *)
  Definition end_weights : matrix :=
    matrix_minus (matrix_product p (sigma_root e) (matrix_product m (end_turn e) (transposed (end_root e))))
                 (matrix_product p (sigma_inverse e) turned).

  Definition residual_made : Prop :=
    same n n (matrix_product n (front e) (transposed (front e)))
             (matrix_minus (matrix_scaled (bound_of e * bound_of e) identity) (matrix_product p (transposed A) A)) /\
    reversible n (front e) ls /\
    same p p (matrix_product p sigma (sigma_inverse e)) identity /\
    same p p (matrix_product p (transposed (sigma_root e)) (matrix_product p sigma (sigma_root e))) identity /\
    same m m (matrix_product m (end_root e) (transposed (end_root e))) last_form /\
    contraction p m (end_turn e).

  Variables (x : vector) (ws : nat -> vector).
  Hypothesis is_made : residual_made.
  Let v := last_of x (layers ls) ws.
  Let b := times_vector m end_weights v.
  Let g := times_vector m turned v.
  Let T := times_vector p (sigma_inverse e).
  Let k := times_vector m (end_turn e) (times_vector m (transposed (end_root e)) v).
  Let Fk := times_vector p (sigma_root e) k.
  Let at_back := times_vector p (transposed A) b.

  Lemma sigma_product : forall u w, scalar_product p u (times_vector p sigma w)
    = scalar_product p u w + scalar_product n (times_vector p (transposed A) u)
        (times_vector n (collected n (front e) identity ls) (times_vector p (transposed A) w)).
  Proof.
    intros u w. rewrite <- adjoint. unfold scalar_product at 2 3. rewrite <- sum_plus. apply sum_same. intros i I.
    unfold sigma. rewrite times_plus, times_identity, times_product by exact I. rewrite Rmult_plus_distr_l. do 2 f_equal.
    apply times_same. intros j _. apply times_product.
  Qed.

  Lemma sigma_symmetric : forall u w, scalar_product p u (times_vector p sigma w) = scalar_product p w (times_vector p sigma u).
  Proof.
    intros u w. destruct is_made as [_ [H _]]. rewrite !sigma_product, (collected_symmetric n ls n (front e) identity _ _ H).
    f_equal. apply scalar_product_commutes.
  Qed.

  Lemma end_split : forall i, b i = 1 * Fk i + (-1) * T g i.
  Proof.
    intros i. unfold b, end_weights, Fk, T, k, g.
    transitivity (1 * times_vector m (matrix_product p (sigma_root e) (matrix_product m (end_turn e) (transposed (end_root e)))) v i
      + (-1) * times_vector m (matrix_product p (sigma_inverse e) turned) v i).
    - unfold times_vector. rewrite <- !sum_scaled, <- sum_plus. apply sum_same. intros j _. unfold matrix_minus. lra.
    - rewrite !times_product. do 2 f_equal. apply times_same. intros j _. apply times_product.
  Qed.

  (** [b' Sigma b + 2 g'b = |N_B H'v|^2 - g' Sigma^-1 g] *)
  Lemma end_value : scalar_product p b (times_vector p sigma b) + 2 * scalar_product p g b
    = square_of p k - scalar_product p g (T g).
  Proof.
    destruct is_made as [_ [_ [HT [HF _]]]].
    assert (ST : forall i, (i < p)%nat -> times_vector p sigma (T g) i = g i).
    { intros i I. pose proof (times_same_matrix _ _ _ _ g i HT I) as E. rewrite times_product, times_identity in E by exact I. exact E. }
    assert (FF : scalar_product p Fk (times_vector p sigma Fk) = square_of p k).
    { unfold Fk at 1. rewrite scalar_product_commutes, adjoint, scalar_product_commutes. unfold square_of.
      apply scalar_product_same; [reflexivity|]. intros i I. pose proof (times_same_matrix _ _ _ _ k i HF I) as E.
      rewrite times_identity in E by exact I. rewrite <- E, times_product. apply times_same. intros j _.
      symmetry. apply times_product. }
    assert (FT : scalar_product p Fk (times_vector p sigma (T g)) = scalar_product p g Fk).
    { rewrite scalar_product_commutes. apply scalar_product_same; [exact ST|reflexivity]. }
    assert (TT : scalar_product p (T g) (times_vector p sigma (T g)) = scalar_product p g (T g)).
    { rewrite scalar_product_commutes. apply scalar_product_same; [exact ST|reflexivity]. }
    assert (S : forall w, scalar_product p w (times_vector p sigma b)
      = scalar_product p w (times_vector p sigma Fk) - scalar_product p w (times_vector p sigma (T g))).
    { intros w. transitivity (scalar_product p w (fun i => 1 * times_vector p sigma Fk i + (-1) * times_vector p sigma (T g) i)).
      - apply scalar_product_same; [reflexivity|]. intros i _. rewrite <- times_combined. apply times_same. intros. apply end_split.
      - rewrite scalar_product_right. lra. }
    assert (B : forall w, scalar_product p b w = scalar_product p Fk w - scalar_product p (T g) w).
    { intros w. rewrite (scalar_product_same p b w _ w (fun i _ => end_split i) (fun _ _ => eq_refl)), scalar_product_left. lra. }
    rewrite B, !S, FF, FT, TT, (sigma_symmetric (T g) Fk), FT, (scalar_product_commutes p g b), B.
    rewrite (scalar_product_commutes p Fk g), (scalar_product_commutes p (T g) g). lra.
  Qed.

  Lemma last_value : square_of m (times_vector m (transposed (end_root e)) v)
    = square_of m (times_vector m (transposed (last_factor (front e) (layers ls))) v) + scalar_product p g (T g).
  Proof.
    destruct is_made as [_ [_ [_ [_ [HQ _]]]]]. rewrite <- !factored.
    transitivity (scalar_product m v (fun i => 1 * times_vector m (matrix_product m (last_factor (front e) (layers ls))
        (transposed (last_factor (front e) (layers ls)))) v i + 1 * times_vector p (transposed turned) (T g) i)).
    - apply scalar_product_same; [reflexivity|]. intros i I. rewrite (times_same_matrix _ _ _ _ v i HQ I).
      unfold last_form. rewrite times_plus, !Rmult_1_l. f_equal. rewrite times_product. apply times_same. intros j _. apply times_product.
    - rewrite scalar_product_right, (adjoint m p (transposed turned)). change (transposed (transposed turned)) with turned.
      fold g. lra.
  Qed.

  (** [L^2 |dx|^2 - |dy|^2 - sum Q_k >= 0], of any vectors. *)
  Theorem residual_inequality :
    square_of p (fun i => times_vector n A x i + times_vector m end_weights v i) + constraints n (front e) (layers ls) x ws
    <= bound_of e * bound_of e * square_of n x.
  Proof.
    rewrite square_of_sum. fold b. destruct is_made as [HG [HR [_ [_ [_ HN]]]]].
    pose proof (coupled_layers n at_back ls n (front e) identity x ws HR) as K. cbv zeta in K. fold m v whole_coupling in K.
    assert (X : square_of n (times_vector n (transposed (front e)) x)
      = bound_of e * bound_of e * square_of n x - square_of p (times_vector n A x)).
    { rewrite <- factored.
      transitivity (scalar_product n x (fun i => bound_of e * bound_of e * x i
        + (-1) * times_vector n (matrix_product p (transposed A) A) x i)).
      - apply scalar_product_same; [reflexivity|]. intros i I. rewrite (times_same_matrix _ _ _ _ x i HG I).
        rewrite <- (times_identity n x i I). unfold times_vector. rewrite <- !sum_scaled, <- sum_plus. apply sum_same.
        intros j _. unfold matrix_minus, matrix_scaled. lra.
      - rewrite scalar_product_right. change A with (transposed (transposed A)) at 2. rewrite factored.
        change (transposed (transposed A)) with A. unfold square_of. lra. }
    assert (Y : scalar_product n x (times_vector n identity at_back) = scalar_product p (times_vector n A x) b).
    { transitivity (scalar_product n x at_back).
      - apply scalar_product_same; [reflexivity|]. intros i I. apply times_identity, I.
      - unfold at_back. rewrite adjoint. reflexivity. }
    assert (Z : scalar_product m v (times_vector n whole_coupling at_back) = scalar_product p g b).
    { rewrite adjoint. unfold at_back. rewrite adjoint. change (transposed (transposed A)) with A. apply scalar_product_same; [|reflexivity].
      intros i _. unfold g, turned. rewrite times_product. reflexivity. }
    pose proof (sigma_product b b) as S. fold at_back in S. rewrite X, Y, Z in K.
    pose proof end_value as V. pose proof last_value as W. pose proof (HN (times_vector m (transposed (end_root e)) v)) as N.
    fold m k in N. unfold square_of at 1. unfold square_of in *. lra.
  Qed.
End Residual.
