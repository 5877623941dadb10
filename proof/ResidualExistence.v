(** That there are residual networks of the LDL^T construction, whatever the free parameters are: as Existence.v says of
    chains, with a matrix A of norm below L beside it. Pivots in front of a hidden layer are inverted, so norms are below 1
    but for the last one's. *)
From Coq Require Import Reals Lra Lia Arith List Psatz.
From Lipc Require Import Matrices Cholesky Contractions Ldlt Existence Residual.
Import ListNotations.
Open Scope R_scope.

Fixpoint residual_free (n : nat) (ps : list parameters) : Prop :=
  match ps with
  | [] => True
  | p :: ps' =>
      free n p /\ low p = 0 /\ high p = 1 /\ (ps' <> [] -> strict (elements p) n (direction p)) /\ residual_free (elements p) ps'
  end.

Lemma definite_same : forall n A B, same n n A B -> definite n A -> definite n B.
Proof.
  intros n A B E H v P. replace (scalar_product n v (times_vector n B v)) with (scalar_product n v (times_vector n A v)); [apply H, P|].
  apply scalar_product_same; [reflexivity|]. intros i I. apply (times_same_matrix n); assumption.
Qed.

Lemma square_symmetric : forall n k G, symmetric n (matrix_product k G (transposed G)).
Proof. intros n k G i j _ _. unfold matrix_product, transposed. apply sum_same. intros. ring. Qed.

Lemma hidden_exist : forall ps n G, definite n (matrix_product n G (transposed G)) -> residual_free n ps ->
  exists ls, map parameters_of (layers ls) = ps /\ reversible n G ls.
Proof.
  induction ps as [|p ps IH]; intros n G D F; [exists []; split; [reflexivity|exact I]|].
  destruct F as [F1 [F2 [F3 [F4 F5]]]].
  destruct (inverse_root_exists n _ (square_symmetric n n G) D) as [W [_ E]].
  destruct (layer_exists n p F1) as [l [P M]]. subst p. cbn in F2, F3, F4, F5.
  assert (R : exists ls, map parameters_of (layers ls) = ps /\ reversible (width l) (factor l) ls).
  { destruct ps as [|q ps]; [exists []; split; [reflexivity|exact I]|]. apply IH; [|exact F5].
    destruct M as [_ [_ [_ [M1 M2]]]]. apply (definite_same _ (pivot n l)).
    - intros i j I J. symmetry. apply M2; assumption.
    - apply pivot_definite; [exact F1|exact M1|apply F4; discriminate]. }
  destruct R as [ls [R1 R2]]. exists ((matrix_product n W (transposed W), l) :: ls).
  split; [cbn; congruence|]. cbn. auto.
Qed.

Lemma collected_nonnegative : forall n0 ls n G Phi u, reversible n G ls ->
  0 <= scalar_product n0 u (times_vector n0 (collected n G Phi ls) u).
Proof.
  intros n0. induction ls as [|[E l] ls IH]; intros n G Phi u H; cbn [collected]; [rewrite zero_product; lra|].
  destruct H as [H1 [_ [_ [_ H5]]]]. rewrite collected_product, (inverse_product n G E H1).
  specialize (IH _ _ (coupled n G E l Phi) u H5). pose proof (square_nonnegative n (times_vector n (transposed G) (times_vector n E (times_vector n0 Phi u)))) as S.
  unfold square_of in S. lra.
Qed.

(** [D_0 = L^2 I - A'A] *)
Section Front.
  Variables (L : R) (n p : nat) (A : matrix).
  Hypothesis below : forall u, 0 < square_of n u -> square_of p (times_vector n A u) < L * L * square_of n u.
  Definition first_pivot : matrix := matrix_minus (matrix_scaled (L * L) identity) (matrix_product p (transposed A) A).

  Lemma first_symmetric : symmetric n first_pivot.
  Proof.
    intros i j _ _. unfold first_pivot, matrix_minus, matrix_scaled. rewrite identity_symmetric. f_equal. unfold matrix_product, transposed.
    apply sum_same. intros. ring.
  Qed.

  Lemma first_definite : definite n first_pivot.
  Proof.
    intros v P. specialize (below v P).
    replace (scalar_product n v (times_vector n first_pivot v)) with (L * L * square_of n v - square_of p (times_vector n A v)); [lra|].
    transitivity (scalar_product n v (fun i => L * L * v i + (-1) * times_vector n (matrix_product p (transposed A) (transposed (transposed A))) v i)).
    - rewrite scalar_product_right, factored. unfold square_of. change (transposed (transposed A)) with A. ring.
    - apply scalar_product_same; [reflexivity|]. intros i I. rewrite <- (times_identity n v i I). change (transposed (transposed A)) with A.
      unfold times_vector. rewrite <- !sum_scaled, <- sum_plus. apply sum_same. intros. unfold first_pivot, matrix_minus, matrix_scaled. ring.
  Qed.
End Front.

Section Ends.
  Variables (n p : nat) (e : ends) (ls : list (matrix * layer)).
  Hypothesis hidden : reversible n (front e) ls.
  Let m := last_width n (layers ls).

  Lemma sigma_is_symmetric : symmetric p (sigma n e ls).
  Proof.
    apply form_symmetric. intros v w.
    rewrite !sigma_product, (collected_symmetric n ls n (front e) identity _ _ hidden), (scalar_product_commutes p v w). reflexivity.
  Qed.

  Lemma sigma_definite : definite p (sigma n e ls).
  Proof.
    intros v P. rewrite sigma_product.
    pose proof (collected_nonnegative n ls n (front e) identity (times_vector p (transposed (skip e)) v) hidden). unfold square_of in P. lra.
  Qed.

  (** [Q = G_K G_K' + (A Phi_K')' F F' (A Phi_K')] *)
  Variable F : matrix.
  Hypothesis inverse_is : sigma_inverse e = matrix_product p F (transposed F).

  Lemma last_form_of : forall v w, scalar_product m v (times_vector m (last_form n p e ls) w)
    = let G := transposed (last_factor (front e) (layers ls)) in
      let T u := times_vector p (transposed F) (times_vector m (turned n e ls) u) in
      scalar_product m (times_vector m G v) (times_vector m G w) + scalar_product p (T v) (T w).
  Proof.
    intros v w. cbv zeta. set (G := last_factor (front e) (layers ls)).
    transitivity (scalar_product m v (fun i => 1 * times_vector m G (times_vector m (transposed G) w) i
      + 1 * times_vector p (transposed (turned n e ls)) (times_vector p F (times_vector p (transposed F) (times_vector m (turned n e ls) w))) i)).
    - apply scalar_product_same; [reflexivity|]. intros i _. unfold last_form. rewrite times_plus, !Rmult_1_l. f_equal.
      + apply times_product.
      + rewrite times_product. apply times_same. intros j _. rewrite times_product, inverse_is. apply times_product.
    - rewrite scalar_product_right, !adjoint. change (transposed (transposed (turned n e ls))) with (turned n e ls). ring.
  Qed.

  Lemma last_form_symmetric : symmetric m (last_form n p e ls).
  Proof.
    apply form_symmetric. intros v w. rewrite !last_form_of. cbv zeta. f_equal; apply scalar_product_commutes.
  Qed.

  Lemma last_form_semidefinite : semidefinite m (last_form n p e ls).
  Proof.
    intros v. rewrite last_form_of. cbv zeta.
    pose proof (square_nonnegative m (times_vector m (transposed (last_factor (front e) (layers ls))) v)) as H1.
    pose proof (square_nonnegative p (times_vector p (transposed F) (times_vector m (turned n e ls) v))) as H2.
    unfold square_of in *. lra.
  Qed.
End Ends.

(** For all parameters there is a residual network, to which [residual_inequality] applies. *)
Theorem residual_exists : forall L n p A ps N,
  (forall u, 0 < square_of n u -> square_of p (times_vector n A u) < L * L * square_of n u) ->
  residual_free n ps -> contraction p (width_behind n ps) N ->
  exists e ls, bound_of e = L /\ skip e = A /\ end_turn e = N /\ map parameters_of (layers ls) = ps /\ residual_made n p e ls.
Proof.
  intros L n p A ps N B F C.
  destruct (factor_exists n (first_pivot L p A)) as [G G0];
    [apply first_symmetric|apply definite_semidefinite, first_definite, B|].
  destruct (hidden_exist ps n G) as [ls [P R]]; [|exact F|].
  { apply (definite_same n (first_pivot L p A)); [|apply first_definite, B]. intros i j I J. symmetry. apply G0; assumption. }
  set (made_of := fun T W H => {| bound_of := L; skip := A; front := G; sigma_inverse := T; sigma_root := W; end_root := H; end_turn := N |}).
  set (first := made_of identity identity identity).
  destruct (inverse_root_exists p (sigma n first ls)) as [W [W1 W2]];
    [apply sigma_is_symmetric, R|apply sigma_definite, R|].
  set (T := matrix_product p W (transposed W)). set (second := made_of T identity identity). set (m := last_width n (layers ls)).
  destruct (factor_exists m (last_form n p second ls)) as [H H0];
    [apply (last_form_symmetric n p second ls W); reflexivity|apply (last_form_semidefinite n p second ls W); reflexivity|].
  exists (made_of T W H), ls. unfold residual_made. fold m. repeat split; try assumption.
  unfold m. rewrite last_width_of, P. exact C.
Qed.
