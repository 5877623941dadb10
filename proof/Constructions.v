(** Networks whose weights are made by the LDL^T construction are L-Lipschitz, whatever its parameters are. *)
From Coq Require Import Reals Lra Lia Arith List Psatz.
From Lipc Require Import Dyadic Activations Images Units Represents Lengths Norms Gains Matrices Softened Ldlt Residual.
Import ListNotations.
Open Scope R_scope.

(** A list of rows as a matrix of [m] rows and [n] columns. *)
Definition is_matrix (m n : nat) (A : matrix) (rows : list (list R)) : Prop :=
  length rows = m /\ (forall row, In row rows -> length row = n) /\
  forall i j, (i < m)%nat -> (j < n)%nat -> nth j (nth i rows []) 0 = A i j.

Section Constructions.
  Context {name : Type}.
  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list R).
  Variable us : list (unit name).

  (** Number 0 is the input. *)
  Definition unit_is (k : nat) (u : unit name) : Prop := (0 < k)%nat /\ nth_error us (k - 1) = Some u.
  (** Unit [k] is a dense layer that reads unit [o], of [n] elements, and has these weights and any bias. *)
  Definition dense_is (k o m n : nat) (A : matrix) : Prop := exists weight bias,
    unit_is k (Dense o weight bias) /\ (o < k)%nat /\ is_matrix m n A (tensors weight) /\
    match bias with None => True | Some b => length (concat (tensors b)) = m end.

  (** From unit [from], of [n] elements, to unit [to] lead hidden layers of the construction, each a dense one and an
      activation; [G] is the factor of the pivot in front. *)
  Fixpoint hidden (from n : nat) (G : matrix) (ls : list layer) (to : nat) : Prop :=
    match ls with
    | [] => to = from
    | l :: ls' => exists d a f,
        dense_is d from (width l) n (weights n G l) /\ unit_is a (Elementwise d f) /\ (d < a)%nat /\
        slopes (lower l) (upper l) (apply f) /\ hidden a (width l) (factor l) ls' to
    end.

  (** A chain. *)
  Definition ldlt_chain (L : R) (n m : nat) : Prop := exists ls N k,
    constructed n ls /\ contraction m (last_width n ls) N /\
    hidden 0 n (matrix_scaled L identity) ls k /\
    dense_is (length us) k m (last_width n ls) (last_weights (last_width n ls) N (last_factor (matrix_scaled L identity) ls)).

  (** The sum of a dense layer and a chain. *)
  Definition ldlt_residual (L : R) (n m : nat) : Prop := exists e (ls : list (matrix * layer)) k s t,
    bound_of e = L /\ residual_made n m e ls /\
    dense_is s 0 m n (skip e) /\
    hidden 0 n (front e) (layers ls) k /\
    dense_is t k m (last_width n (layers ls)) (end_weights n m e ls) /\
    (s < length us)%nat /\ (t < length us)%nat /\
    (unit_is (length us) (Sum [s; t]) \/ unit_is (length us) (Sum [t; s])).

  (** * What units compute *)
  Lemma run_prefix : forall vs S, exists T, run called tensors vs S = S ++ T /\ length T = length vs.
  Proof.
    induction vs as [|v vs IH]; intros S; cbn [run]; [exists []; rewrite app_nil_r; auto|].
    destruct (IH (S ++ [value called tensors v S])) as [T [E L]]. exists (value called tensors v S :: T).
    rewrite E, <- app_assoc. cbn. auto.
  Qed.

  Lemma run_value : forall vs S k u, nth_error vs k = Some u ->
    nth (length S + k) (run called tensors vs S) []
    = value called tensors u (firstn (length S + k) (run called tensors vs S)).
  Proof.
    induction vs as [|v vs IH]; intros S k u H; [destruct k; discriminate|]. destruct k as [|k]; cbn [nth_error run] in *.
    - injection H as ->. destruct (run_prefix vs (S ++ [value called tensors u S])) as [T [E _]]. rewrite E, Nat.add_0_r, <- app_assoc.
      rewrite firstn_app, Nat.sub_diag, firstn_all, app_nil_r, app_nth2, Nat.sub_diag by lia. reflexivity.
    - specialize (IH (S ++ [value called tensors v S]) k u H). rewrite length_app in IH. cbn [length] in IH.
      replace (length S + Datatypes.S k)%nat with (length S + 1 + k)%nat by lia. exact IH.
  Qed.

  Definition signal (x : list R) (k : nat) : list R := nth k (run called tensors us [x]) [].

  Lemma signal_value : forall x k u, unit_is k u ->
    exists S, signal x k = value called tensors u S /\ forall o, (o < k)%nat -> nth o S [] = signal x o.
  Proof.
    intros x k u [K H]. pose proof (run_value us [x] _ u H) as E. cbn [length] in E. replace (1 + (k - 1))%nat with k in E by lia.
    exists (firstn k (run called tensors us [x])). split; [exact E|]. intros o O. unfold signal. rewrite nth_firstn.
    destruct (Nat.ltb_spec o k); [reflexivity|lia].
  Qed.

  Lemma signal_0 : forall x, signal x 0 = x.
  Proof. intros x. unfold signal. destruct (run_prefix us [x]) as [T [-> _]]. reflexivity. Qed.

  Lemma network_signal : forall x, network called tensors us x = signal x (length us).
  Proof.
    intros x. unfold network, signal. destruct (run_prefix us [x]) as [T [-> L]]. rewrite <- L. cbn [app].
    assert (G : forall (l : list (list R)) d, last (d :: l) [] = nth (length l) (d :: l) []).
    { induction l as [|y l IH]; intros d; [reflexivity|]. cbn [length]. change (nth (S (length l)) (d :: y :: l) []) with (nth (length l) (y :: l) []).
      rewrite <- IH. reflexivity. }
    apply G.
  Qed.

  Lemma zip_plus_nth : forall l m i, length l = length m -> nth i (zip Rplus l m) 0 = nth i l 0 + nth i m 0.
  Proof.
    induction l as [|x l IH]; intros [|y m] i L; try discriminate; [destruct i; cbn; lra|]. injection L as L.
    destruct i as [|i]; cbn; [reflexivity|apply IH, L].
  Qed.

  Lemma dense_difference : forall k o m n A x x', dense_is k o m n A ->
    length (signal x o) = n -> length (signal x' o) = n ->
    length (signal x k) = m /\ length (signal x' k) = m /\ forall i, (i < m)%nat ->
      difference (signal x k) (signal x' k) i = times_vector n A (difference (signal x o) (signal x' o)) i.
  Proof.
    intros k o m n A x x' [w [b [U [O [[M [R E]] B]]]]] L L'.
    destruct (signal_value x k _ U) as [S [V H]]. destruct (signal_value x' k _ U) as [S' [V' H']].
    cbn [value] in V, V'. rewrite H in V by exact O. rewrite H' in V' by exact O.
    set (y := map (fun row => row_times row (signal x o)) (tensors w)) in *.
    set (y' := map (fun row => row_times row (signal x' o)) (tensors w)) in *.
    assert (Y : length y = m) by (unfold y; rewrite length_map; exact M).
    assert (Y' : length y' = m) by (unfold y'; rewrite length_map; exact M).
    assert (D : forall i, (i < m)%nat -> nth i y 0 - nth i y' 0 = times_vector n A (difference (signal x o) (signal x' o)) i).
    { intros i I. assert (P : In (nth i (tensors w) []) (tensors w)) by (apply nth_In; lia).
      assert (N : forall z, nth i (map (fun row => row_times row z) (tensors w)) 0 = row_times (nth i (tensors w) []) z).
      { intros z. rewrite (nth_indep _ 0 (row_times [] z)) by (rewrite length_map; lia). apply (map_nth (fun row => row_times row z)). }
      unfold y, y'. rewrite !N, !(row_times_sum n) by auto. unfold times_vector.
      transitivity (sum n (fun j => nth j (nth i (tensors w) []) 0 * nth j (signal x o) 0
        + (-1) * (nth j (nth i (tensors w) []) 0 * nth j (signal x' o) 0))); [rewrite sum_plus, sum_scaled; lra|].
      apply sum_same. intros j J. rewrite E by assumption. unfold difference. lra. }
    rewrite V, V'. destruct b as [b|]; cbn [shifted]; [|auto].
    rewrite !zip_length, Y, Y', B, Nat.min_id. split; [reflexivity|]. split; [reflexivity|].
    intros i I. rewrite <- D by exact I. unfold difference. rewrite !zip_plus_nth by congruence. lra.
  Qed.

  Lemma activation_difference : forall l d a f x x', unit_is a (Elementwise d f) -> (d < a)%nat ->
    slopes (lower l) (upper l) (apply f) ->
    length (signal x d) = width l -> length (signal x' d) = width l ->
    length (signal x a) = width l /\ length (signal x' a) = width l /\
    0 <= constraint l (difference (signal x d) (signal x' d)) (difference (signal x a) (signal x' a)).
  Proof.
    intros l d a f x x' U O K L L'.
    destruct (signal_value x a _ U) as [S [V H]]. destruct (signal_value x' a _ U) as [S' [V' H']].
    cbn [value] in V, V'. rewrite H in V by exact O. rewrite H' in V' by exact O. rewrite V, V', !length_map.
    split; [exact L|]. split; [exact L'|]. unfold constraint. apply Rmult_le_pos; [lra|]. apply sum_nonnegative. intros i I.
    apply Rmult_le_pos; [apply Rle_0_sqr|]. unfold difference. set (g := apply f) in *.
    assert (N : forall z, (i < length z)%nat -> nth i (map g z) 0 = g (nth i z 0)).
    { intros z Z. rewrite (nth_indep _ 0 (g 0)) by (rewrite length_map; exact Z). apply map_nth. }
    rewrite !N by lia. apply slopes_product. exact K.
  Qed.

  (** Of two executions, the signals of the hidden layers: their constraints hold. *)
  Lemma constraint_same : forall l z z' w, (forall i, (i < width l)%nat -> z i = z' i) -> constraint l z w = constraint l z' w.
  Proof. intros l z z' w H. unfold constraint. f_equal. apply sum_same. intros i I. rewrite (H i I). reflexivity. Qed.

  Lemma hidden_holds : forall ls from n G to x x', hidden from n G ls to ->
    length (signal x from) = n -> length (signal x' from) = n ->
    length (signal x to) = last_width n ls /\ length (signal x' to) = last_width n ls /\
    exists ws, 0 <= constraints n G ls (difference (signal x from) (signal x' from)) ws /\
      last_of (difference (signal x from) (signal x' from)) ls ws = difference (signal x to) (signal x' to).
  Proof.
    unfold last_width. induction ls as [|l ls IH]; intros from n G to x x' H L L'; cbn [hidden fold_left] in *.
    - subst to. split; [exact L|]. split; [exact L'|]. exists (fun _ _ => 0). cbn. split; [lra|reflexivity].
    - destruct H as [d [a [f [D [U [O [K H]]]]]]].
      destruct (dense_difference _ _ _ _ _ x x' D L L') as [M [M' E]].
      destruct (activation_difference l d a f x x' U O K M M') as [N [N' C]].
      destruct (IH a (width l) (factor l) to x x' H N N') as [W [W' [ws [P Q]]]].
      split; [exact W|]. split; [exact W'|].
      exists (fun k => match k with O => difference (signal x a) (signal x' a) | S k => ws k end).
      cbn [constraints last_of]. rewrite <- (constraint_same l _ _ _ E). change (fun k : nat => ws k) with ws.
      split; [lra|exact Q].
  Qed.

  Lemma below_bound : forall L n m x x' y y', 0 <= L -> length x = n -> length x' = n -> length y = m -> length y' = m ->
    square_of m (difference y y') <= L * L * square_of n (difference x x') -> distance L2 y y' <= L * distance L2 x x'.
  Proof.
    intros L n m x x' y y' P X X' Y Y' H. unfold distance. cbn [length_in].
    rewrite (squared_difference n x x' X X'), (squared_difference m y y' Y Y').
    rewrite <- (sqrt_square L P) at 1. rewrite <- sqrt_mult; [|nra|apply square_nonnegative]. apply sqrt_le_1_alt, H.
  Qed.

  (** How many elements they give. *)
  Lemma ldlt_chain_size : forall L n m x, ldlt_chain L n m -> length x = n -> length (network called tensors us x) = m.
  Proof.
    intros L n m x [ls [N [k [C [K [H D]]]]]] X. rewrite network_signal.
    destruct (hidden_holds ls 0 n _ k x x H) as [W [W' _]]; try (rewrite signal_0; assumption).
    apply (dense_difference _ _ _ _ _ x x D W W').
  Qed.
  Lemma ldlt_residual_size : forall L n m x, ldlt_residual L n m -> length x = n -> length (network called tensors us x) = m.
  Proof.
    intros L n m x [e [ls [k [s [t [B [C [DS [H [DT [SL [TL U]]]]]]]]]]]] X. rewrite network_signal.
    destruct (hidden_holds (layers ls) 0 n _ k x x H) as [W [W' _]]; try (rewrite signal_0; assumption).
    destruct (dense_difference _ _ _ _ _ x x DT W W') as [YT _].
    destruct (dense_difference _ _ _ _ _ x x DS) as [YS _]; try (rewrite signal_0; assumption).
    destruct U as [U|U]; destruct (signal_value x _ _ U) as [S [-> R]]; cbn [value map sums]; rewrite !R by assumption;
      rewrite zip_length, YS, YT; apply Nat.min_id.
  Qed.

  (** The theorem of LDL^T: of chains, *)
  Theorem ldlt_chain_lipschitz : forall L n m, 0 <= L -> ldlt_chain L n m -> forall x x', length x = n -> length x' = n ->
    distance L2 (network called tensors us x) (network called tensors us x') <= L * distance L2 x x'.
  Proof.
    intros L n m P [ls [N [k [C [K [H D]]]]]] x x' X X'. rewrite !network_signal.
    destruct (hidden_holds ls 0 n _ k x x' H) as [W [W' [ws [Q E]]]]; try (rewrite signal_0; assumption).
    destruct (dense_difference _ _ _ _ _ x x' D W W') as [Y [Y' F]].
    rewrite !signal_0 in *. apply (below_bound L n m); try assumption.
    pose proof (ldlt_inequality L m N n ls C K (difference x x') ws) as I. cbv zeta in I. rewrite E in I.
    unfold square_of in *. rewrite (scalar_product_same m _ _ _ _ F F). lra.
  Qed.

  (** and of the sum of a dense layer and a chain. *)
  Theorem ldlt_residual_lipschitz : forall L n m, 0 <= L -> ldlt_residual L n m -> forall x x', length x = n -> length x' = n ->
    distance L2 (network called tensors us x) (network called tensors us x') <= L * distance L2 x x'.
  Proof.
    intros L n m P [e [ls [k [s [t [B [C [DS [H [DT [SL [TL U]]]]]]]]]]]] x x' X X'. rewrite !network_signal.
    destruct (hidden_holds (layers ls) 0 n _ k x x' H) as [W [W' [ws [Q E]]]]; try (rewrite signal_0; assumption).
    destruct (dense_difference _ _ _ _ _ x x' DT W W') as [YT [YT' FT]].
    destruct (dense_difference _ _ _ _ _ x x' DS) as [YS [YS' FS]]; try (rewrite signal_0; assumption).
    rewrite !signal_0 in *.
    assert (G : length (signal x (length us)) = m /\ length (signal x' (length us)) = m /\ forall i,
      difference (signal x (length us)) (signal x' (length us)) i
      = difference (signal x s) (signal x' s) i + difference (signal x t) (signal x' t) i).
    { assert (Z : forall o o' y, unit_is (length us) (Sum [o; o']) -> (o < length us)%nat -> (o' < length us)%nat ->
        signal y (length us) = zip Rplus (signal y o) (signal y o')).
      { intros o o' y V O O'. destruct (signal_value y _ _ V) as [S [-> R]]. cbn [value map sums]. rewrite !R by assumption. reflexivity. }
      destruct U as [U|U]; rewrite (Z _ _ x U), (Z _ _ x' U) by assumption;
        rewrite !zip_length, ?YS, ?YS', ?YT, ?YT', Nat.min_id; (split; [reflexivity|]); (split; [reflexivity|]);
        intros i; unfold difference; rewrite !zip_plus_nth by congruence; lra. }
    destruct G as [Y [Y' G]]. apply (below_bound L n m); try assumption.
    pose proof (residual_inequality n m e ls (difference x x') ws C) as I. rewrite E, B in I.
    assert (V : forall i, (i < m)%nat -> difference (signal x (length us)) (signal x' (length us)) i
      = times_vector n (skip e) (difference x x') i
        + times_vector (last_width n (layers ls)) (end_weights n m e ls) (difference (signal x k) (signal x' k)) i).
    { intros i J. rewrite G, FS, FT by exact J. reflexivity. }
    unfold square_of in *. rewrite (scalar_product_same m _ _ _ _ V V). lra.
  Qed.
End Constructions.
