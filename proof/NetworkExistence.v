(** That there are tensors for all parameters: of units that are of the form of an LDL^T construction, whose tensors have
    different names. So of all these networks there are ones that Constructions.v is about. *)
From Coq Require Import Reals Lra Lia Arith List.
From Lipc Require Import Dyadic Activations Units Matrices Contractions Ldlt Existence Residual ResidualExistence Constructions.
Import ListNotations.
Open Scope R_scope.

Section Networks.
  Context {name : Type}.
  Hypothesis equal_names : forall a b : name, {a = b} + {a <> b}.

  Definition rows_of (m n : nat) (A : matrix) : list (list R) := map (fun i => map (A i) (seq 0 n)) (seq 0 m).
  Lemma nth_of_seq : forall A (f : nat -> A) m i d, (i < m)%nat -> nth i (map f (seq 0 m)) d = f i.
  Proof.
    intros A f m i d I. rewrite (nth_indep _ d (f 0%nat)) by (rewrite length_map, length_seq; exact I).
    rewrite map_nth, seq_nth by exact I. reflexivity.
  Qed.
  Lemma rows_are_matrix : forall m n A, is_matrix m n A (rows_of m n A).
  Proof.
    intros m n A. unfold rows_of. split; [rewrite length_map, length_seq; reflexivity|]. split.
    - intros row I. apply in_map_iff in I. destruct I as [i [<- _]]. rewrite length_map, length_seq. reflexivity.
    - intros i j I J. rewrite nth_of_seq, nth_of_seq by assumption. reflexivity.
  Qed.

  (** * Tables of tensors *)
  Definition table := list (name * list (list R)).
  Fixpoint found (t : table) (a : name) : list (list R) :=
    match t with [] => [] | (b, rows) :: t' => if equal_names b a then rows else found t' a end.
  Lemma found_in : forall t a rows, NoDup (map fst t) -> In (a, rows) t -> found t a = rows.
  Proof.
    induction t as [|[b rows] t IH]; intros a rows' D I; [contradiction|]. cbn in *. inversion D as [|? ? D1 D2]; subst.
    destruct I as [E|I]; [injection E as -> ->; destruct (equal_names a a); congruence|].
    destruct (equal_names b a) as [->|]; [|apply IH; assumption].
    exfalso. apply D1. apply in_map_iff. exists (a, rows'). auto.
  Qed.

  (** A dense unit's number, and its tensors. *)
  Record dense_place := { at_unit : nat; weight : name; bias : option name }.
  Definition names_of (d : dense_place) : list name := weight d :: match bias d with None => [] | Some b => [b] end.
  Definition tensors_of (d : dense_place) (m n : nat) (A : matrix) : table :=
    (weight d, rows_of m n A) :: match bias d with None => [] | Some b => [(b, [map (fun _ => 0) (seq 0 m)])] end.
  Lemma tensors_names : forall d m n A, map fst (tensors_of d m n A) = names_of d.
  Proof. intros [k w [b|]] m n A; reflexivity. Qed.

  Variable us : list (unit name).

  Lemma dense_holds : forall t d o m n A, NoDup (map fst t) -> incl (tensors_of d m n A) t ->
    unit_is us (at_unit d) (Dense o (weight d) (bias d)) -> (o < at_unit d)%nat -> dense_is (found t) us (at_unit d) o m n A.
  Proof.
    intros t [k w b] o m n A D I U O. cbn in *. exists w, b. split; [exact U|]. split; [exact O|]. split.
    - rewrite (found_in t w (rows_of m n A) D); [apply rows_are_matrix|apply I; left; reflexivity].
    - destruct b as [b|]; [|exact Logic.I]. rewrite (found_in t b [map (fun _ => 0) (seq 0 m)] D); [|apply I; right; left; reflexivity].
      cbn [concat]. rewrite app_nil_r, length_map, length_seq. reflexivity.
  Qed.

  (** * Hidden layers: a dense unit, and where its activation is. *)
  Record place := { dense_of : dense_place; at_activation : nat; activation : pointwise }.
  Fixpoint places (from : nat) (hs : list place) (to : nat) : Prop :=
    match hs with
    | [] => to = from
    | h :: hs' =>
        let d := dense_of h in
        unit_is us (at_unit d) (Dense from (weight d) (bias d)) /\ (from < at_unit d)%nat /\
        unit_is us (at_activation h) (Elementwise (at_unit d) (activation h)) /\ (at_unit d < at_activation h)%nat /\
        places (at_activation h) hs' to
    end.
  Definition suits (h : place) (p : parameters) : Prop := slopes (low p) (high p) (apply (activation h)).
  Definition hidden_names (hs : list place) : list name := concat (map (fun h => names_of (dense_of h)) hs).
  Fixpoint hidden_tensors (n : nat) (G : matrix) (hs : list place) (ls : list layer) : table :=
    match hs, ls with
    | h :: hs', l :: ls' => tensors_of (dense_of h) (width l) n (weights n G l) ++ hidden_tensors (width l) (factor l) hs' ls'
    | _, _ => []
    end.

  Lemma hidden_tensors_names : forall hs ls n G, Forall2 suits hs (map parameters_of ls) ->
    map fst (hidden_tensors n G hs ls) = hidden_names hs.
  Proof.
    unfold hidden_names. induction hs as [|h hs IH]; intros [|l ls] n G S; inversion S; subst; [reflexivity|].
    cbn [hidden_tensors map concat]. rewrite map_app, tensors_names, IH by assumption. reflexivity.
  Qed.

  Lemma hidden_have : forall t hs ls n G from to, NoDup (map fst t) -> incl (hidden_tensors n G hs ls) t ->
    places from hs to -> Forall2 suits hs (map parameters_of ls) -> hidden (found t) us from n G ls to.
  Proof.
    intros t. induction hs as [|h hs IH]; intros [|l ls] n G from to D I P S; inversion S as [|? ? ? ? S1 S2]; subst; [exact P|].
    cbn [places hidden_tensors] in *. destruct P as [P1 [P2 [P3 [P4 P5]]]]. apply incl_app_inv in I. destruct I as [I1 I2].
    exists (at_unit (dense_of h)), (at_activation h), (activation h).
    split; [apply dense_holds; assumption|]. split; [exact P3|]. split; [exact P4|]. split; [exact S1|]. apply (IH ls); assumption.
  Qed.

  (** Its tensors are of these shapes; and so are those of hidden layers, each of as many elements as its parameters. *)
  Definition has_shape (tensors : name -> list (list R)) (d : dense_place) (m n : nat) : Prop :=
    length (tensors (weight d)) = m /\ (forall row, In row (tensors (weight d)) -> length row = n) /\
    match bias d with Some b => length (concat (tensors b)) = m | None => True end.
  Fixpoint have_shapes (tensors : name -> list (list R)) (n : nat) (hs : list place) (ps : list parameters) : Prop :=
    match hs, ps with
    | h :: hs', p :: ps' => has_shape tensors (dense_of h) (elements p) n /\ have_shapes tensors (elements p) hs' ps'
    | _, _ => True
    end.
  Lemma dense_shape : forall tensors d k o m n A, dense_is tensors us k o m n A -> unit_is us k (Dense o (weight d) (bias d)) ->
    has_shape tensors d m n.
  Proof.
    intros tensors d k o m n A [w [b [[_ U] [_ [[M [R _]] B]]]]] [_ V]. rewrite U in V. injection V as -> ->.
    split; [exact M|]. split; [exact R|]. destruct (bias d); exact B.
  Qed.
  Lemma hidden_shaped : forall t hs ls n G from to, NoDup (map fst t) -> incl (hidden_tensors n G hs ls) t ->
    places from hs to -> have_shapes (found t) n hs (map parameters_of ls).
  Proof.
    intros t. induction hs as [|h hs IH]; intros [|l ls] n G from to D I P; cbn [have_shapes map]; try exact Logic.I.
    cbn [places hidden_tensors] in *. destruct P as [P1 [P2 [_ [_ P5]]]]. apply incl_app_inv in I. destruct I as [I1 I2]. split.
    - apply (dense_shape _ _ (at_unit (dense_of h)) from _ _ (weights n G l)); [apply dense_holds; assumption|exact P1].
    - apply (IH ls (width l) (factor l) (at_activation h) to); assumption.
  Qed.

  (** Of a chain, whose last unit is dense. *)
  Theorem chain_tensors : forall L n m hs k d ps N,
    places 0 hs k -> at_unit d = length us -> unit_is us (length us) (Dense k (weight d) (bias d)) -> (k < length us)%nat ->
    NoDup (hidden_names hs ++ names_of d) ->
    Forall2 suits hs ps -> all_free n ps -> contraction m (width_behind n ps) N ->
    let G := matrix_scaled L identity in
    exists tensors ls, map parameters_of ls = ps /\ constructed n ls /\ hidden tensors us 0 n G ls k /\
      dense_is tensors us (length us) k m (last_width n ls) (last_weights (last_width n ls) N (last_factor G ls)) /\
      ldlt_chain tensors us L n m /\ have_shapes tensors n hs ps /\ has_shape tensors d m (width_behind n ps).
  Proof.
    intros L n m hs k d ps N P D U K ND S F C G. destruct (chain_exists ps n F) as [ls [<- M]].
    set (t := hidden_tensors n G hs ls ++ tensors_of d m (last_width n ls) (last_weights (last_width n ls) N (last_factor G ls))).
    assert (T : NoDup (map fst t)) by (unfold t; rewrite map_app, hidden_tensors_names, tensors_names; assumption).
    assert (H1 : hidden (found t) us 0 n G ls k) by (apply (hidden_have t hs); try assumption; apply incl_appl, incl_refl).
    assert (H2 : dense_is (found t) us (length us) k m (last_width n ls) (last_weights (last_width n ls) N (last_factor G ls))).
    { rewrite <- D. apply dense_holds; rewrite ?D; try assumption. apply incl_appr, incl_refl. }
    exists (found t), ls. repeat (split; [first [reflexivity|assumption]|]). split; [exists ls, N, k; rewrite <- last_width_of in C; auto|].
    split; [apply (hidden_shaped t hs ls n G 0 k); try assumption; apply incl_appl, incl_refl|].
    rewrite <- last_width_of. apply (dense_shape _ _ _ _ _ _ _ H2 U).
  Qed.

  (** Of a sum of a dense layer and a chain. *)
  Theorem residual_tensors : forall L n m A hs k first last ps N,
    places 0 hs k -> unit_is us (at_unit first) (Dense 0 (weight first) (bias first)) -> (0 < at_unit first < length us)%nat ->
    unit_is us (at_unit last) (Dense k (weight last) (bias last)) -> (k < at_unit last < length us)%nat ->
    (unit_is us (length us) (Sum [at_unit first; at_unit last]) \/ unit_is us (length us) (Sum [at_unit last; at_unit first])) ->
    NoDup (hidden_names hs ++ names_of first ++ names_of last) ->
    Forall2 suits hs ps -> residual_free n ps -> contraction m (width_behind n ps) N ->
    (forall u, 0 < square_of n u -> square_of m (times_vector n A u) < L * L * square_of n u) ->
    exists tensors e ls, skip e = A /\ end_turn e = N /\ map parameters_of (layers ls) = ps /\ residual_made n m e ls /\
      dense_is tensors us (at_unit first) 0 m n A /\ hidden tensors us 0 n (front e) (layers ls) k /\
      dense_is tensors us (at_unit last) k m (last_width n (layers ls)) (end_weights n m e ls) /\ ldlt_residual tensors us L n m /\
      have_shapes tensors n hs ps /\ has_shape tensors first m n /\ has_shape tensors last m (width_behind n ps).
  Proof.
    intros L n m A hs k first last ps N P U1 K1 U2 K2 UU ND S F C B.
    destruct (residual_exists L n m A ps N B F C) as [e [ls [EB [EA [EN [<- M]]]]]].
    set (t := hidden_tensors n (front e) hs (layers ls) ++ tensors_of first m n A
      ++ tensors_of last m (last_width n (layers ls)) (end_weights n m e ls)).
    assert (T : NoDup (map fst t)) by (unfold t; rewrite !map_app, hidden_tensors_names, !tensors_names; assumption).
    assert (H1 : dense_is (found t) us (at_unit first) 0 m n A).
    { apply dense_holds; try assumption; [apply incl_appr, incl_appl, incl_refl|lia]. }
    assert (H2 : hidden (found t) us 0 n (front e) (layers ls) k) by (apply (hidden_have t hs); try assumption; apply incl_appl, incl_refl).
    assert (H3 : dense_is (found t) us (at_unit last) k m (last_width n (layers ls)) (end_weights n m e ls)).
    { apply dense_holds; try assumption; [apply incl_appr, incl_appr, incl_refl|lia]. }
    exists (found t), e, ls. repeat (split; [first [reflexivity|assumption]|]).
    split; [exists e, ls, k, (at_unit first), (at_unit last); rewrite EA; repeat (split; [first [assumption|lia]|]); exact UU|].
    split; [apply (hidden_shaped t hs (layers ls) n (front e) 0 k); try assumption; apply incl_appl, incl_refl|].
    split; [apply (dense_shape _ _ _ _ _ _ _ H1 U1)|]. rewrite <- last_width_of. apply (dense_shape _ _ _ _ _ _ _ H3 U2).
  Qed.
End Networks.
