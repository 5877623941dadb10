(** When a quadratic form is nonnegative everywhere. Whoever proposes a witness need not be trusted. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms.
Import ListNotations.
Open Scope R_scope.

(** The elements are those of the form. *)
Lemma dot_elements : forall l v,
  dot l v = fold_right (fun p s => val (snd p) * v (fst p) + s) 0 (elements (fun i => i) l []).
Proof. intros. rewrite (total_elements val l (fun i => i) [] v). cbn [fold_right]. unfold dot. rewrite Rplus_0_r. reflexivity. Qed.

(** * Diagonal dominance: 2 q >= sum of weights times squares, because 2 |a b| <= a^2 + b^2 *)
Fixpoint mass (l : linear) : dyadic :=
  match l with
  | Leaf => zero
  | Node e a o => add (mass e) (match a with Some x => add (abs x) (mass o) | None => mass o end)
  end.
Definition negated (l : linear) : linear := map_all (fun _ a => opp (abs a)) l.
Definition some (a : option dyadic) : dyadic := match a with Some x => x | None => zero end.

Definition row_weights (i : index) (row : linear) : linear :=
  let others := remove i row in
  plus (single i (sub (mul (Dyadic 1 1) (some (get i row))) (mass others))) (negated others).
Definition weights (q : quadratic) : linear :=
  fold_right (fun p w => plus (row_weights (fst p) (snd p)) w) Leaf (elements (fun i => i) q []).
Definition dominant (q : quadratic) : bool :=
  forallb (fun p => nonnegative (snd p)) (elements (fun i => i) (weights q) []).

Definition squares (l : linear) (v : index -> R) : R := dot l (fun i => v i * v i).

Lemma mass_nonnegative : forall l, 0 <= val (mass l).
Proof.
  induction l as [|e IHe a o IHo]; cbn [mass]; [rewrite val_zero; lra|].
  rewrite val_add. destruct a as [a|]; rewrite ?val_add, ?val_abs; try pose proof (Rabs_pos (val a)); lra.
Qed.

Lemma cross : forall l x v, - (val (mass l) * (x * x)) + squares (negated l) v <= 2 * (x * dot l v).
Proof.
  unfold squares, dot. induction l as [|e IHe a o IHo]; intros x v; cbn [mass negated map_all total].
  - rewrite val_zero. lra.
  - specialize (IHe x (fun i => v (Even i))). specialize (IHo x (fun i => v (Odd i))).
    unfold negated in IHe, IHo. destruct a as [a|]; cbn [option_map worth]; rewrite !val_add, ?val_opp, ?val_abs; [|lra].
    assert (- (Rabs (val a) * (x * x + v One * v One)) <= 2 * (val a * (x * v One))).
    { unfold Rabs. destruct (Rcase_abs (val a)).
      - pose proof (Rle_0_sqr (x - v One)) as H. unfold Rsqr in H. nra.
      - pose proof (Rle_0_sqr (x + v One)) as H. unfold Rsqr in H. nra. }
    lra.
Qed.

Lemma val_some : forall a, val (some a) = worth val a.
Proof. intros [a|]; cbn; [reflexivity|apply val_zero]. Qed.

Lemma row_weights_below : forall i row v, squares (row_weights i row) v <= 2 * (v i * dot row v).
Proof.
  intros. unfold squares, row_weights. rewrite dot_plus. unfold dot at 1 3. rewrite total_single.
  rewrite (total_remove val i row). rewrite val_sub, val_mul, val_some.
  replace (val (Dyadic 1 1)) with 2 by (unfold val, two; simpl; lra).
  pose proof (cross (remove i row) (v i) v) as H. unfold squares, dot in H. unfold dot. nra.
Qed.

Lemma form_elements : forall q v,
  form q v = fold_right (fun p s => dot (snd p) v * v (fst p) + s) 0 (elements (fun i => i) q []).
Proof. intros. rewrite (total_elements (fun row => dot row v) q (fun i => i) [] v). cbn [fold_right]. unfold form. rewrite Rplus_0_r. reflexivity. Qed.

Lemma weights_below : forall q v, squares (weights q) v <= 2 * form q v.
Proof.
  intros. rewrite form_elements. unfold weights. induction (elements _ q []) as [|[i row] rest IH]; cbn [fold_right fst snd].
  - unfold squares, dot. cbn. lra.
  - unfold squares in *. rewrite dot_plus. pose proof (row_weights_below i row v) as H. unfold squares in H. lra.
Qed.

Theorem dominant_nonnegative : forall q, dominant q = true -> forall v, 0 <= form q v.
Proof.
  intros q H v. pose proof (weights_below q v) as B. enough (0 <= squares (weights q) v) by lra.
  unfold dominant in H. unfold squares.
  rewrite (dot_elements (weights q) (fun i => v i * v i)).
  induction (elements _ (weights q) []) as [|[i a] rest IH]; cbn [fold_right forallb fst snd] in *; [lra|].
  apply andb_true_iff in H. destruct H as [H1 H2]. apply nonnegative_true in H1. specialize (IH H2). nra.
Qed.

(** * Each pair of coordinates at one place *)
Fixpoint before (i j : index) : bool :=
  match i, j with
  | Even i', Even j' | Odd i', Odd j' => before i' j'
  | Even _, _ => true
  | One, One | One, Odd _ => true
  | _, _ => false
  end.
Definition entry (i j : index) (a : dyadic) : quadratic :=
  if before i j then single i (single j a) else single j (single i a).
Definition spread (i : index) (row : linear) (q : quadratic) : quadratic :=
  fold_right (fun p r => if is_zero (snd p) then r else qplus (entry i (fst p) (snd p)) r) q (elements (fun i => i) row []).
Definition upper (q : quadratic) : quadratic :=
  fold_right (fun p r => spread (fst p) (snd p) r) Leaf (elements (fun i => i) q []).

Lemma form_entry : forall i j a v, form (entry i j a) v = val a * v j * v i.
Proof.
  intros. unfold entry, form. destruct (before i j); rewrite total_single; unfold dot; rewrite total_single; lra.
Qed.

Lemma form_spread : forall i row q v, form (spread i row q) v = dot row v * v i + form q v.
Proof.
  intros. unfold spread. rewrite dot_elements.
  induction (elements _ row []) as [|[j a] more IH]; cbn [fold_right fst snd]; [lra|].
  destruct (is_zero a) eqn:Z.
  - apply is_zero_true in Z. rewrite IH, Z. lra.
  - rewrite form_qplus, form_entry, IH. lra.
Qed.

Lemma form_upper : forall q v, form (upper q) v = form q v.
Proof.
  intros. rewrite (form_elements q). unfold upper.
  induction (elements _ q []) as [|[i row] rest IH]; cbn [fold_right fst snd]; [reflexivity|].
  rewrite form_spread, IH. reflexivity.
Qed.

(** * Minus a square, each pair at one place *)
Definition behind (p : index * dyadic) (s : linear * quadratic) : linear * quadratic :=
  let (i, a) := p in
  let (later, q) := s in
  (plus (single i a) later,
   qplus (single i (plus (single i (opp (mul a a))) (times (mul (Dyadic (-2) 0) a) later))) q).
Definition minus_square (l : linear) : quadratic :=
  snd (fold_right behind (Leaf, Leaf) (elements (fun i => i) l [])).

Lemma form_minus_square : forall l v, form (minus_square l) v = - (dot l v * dot l v).
Proof.
  intros. unfold minus_square. rewrite dot_elements.
  set (es := elements (fun i => i) l []).
  enough (dot (fst (fold_right behind (Leaf, Leaf) es)) v = fold_right (fun p s => val (snd p) * v (fst p) + s) 0 es
          /\ form (snd (fold_right behind (Leaf, Leaf) es)) v
             = - (fold_right (fun p s => val (snd p) * v (fst p) + s) 0 es
                  * fold_right (fun p s => val (snd p) * v (fst p) + s) 0 es)) as [_ H] by exact H.
  induction es as [|[i a] es [IH1 IH2]]; cbn [fold_right].
  - split; cbn; unfold dot, form; cbn; lra.
  - destruct (fold_right behind (Leaf, Leaf) es) as [later q]. cbn [behind fst snd] in *. split.
    + rewrite dot_plus, IH1. unfold dot. rewrite total_single. lra.
    + rewrite form_qplus, IH2. unfold form at 1. rewrite total_single, dot_plus, dot_times, IH1.
      unfold dot. rewrite total_single, val_opp, !val_mul.
      replace (val (Dyadic (-2) 0)) with (-2) by (unfold val, two; simpl; lra). ring.
Qed.

(** * A congruence by powers of two *)
Definition rescaled (e : index -> Z) (q : quadratic) : quadratic :=
  map_all (fun i => map_all (fun j => scaled (e i + e j))) q.

Lemma form_rescaled : forall e q v, form (rescaled e q) v = form q (fun i => two (e i) * v i).
Proof.
  intros. unfold form, rescaled. apply total_map. intros i row.
  enough (dot (map_all (fun j => scaled (e i + e j)) row) v = two (e i) * dot row (fun j => two (e j) * v j)) as E
    by (rewrite E; ring).
  unfold dot. rewrite <- total_factor. apply total_map. intros j a. rewrite val_scaled, two_add. ring.
Qed.

(** * Sums of squares and a dominant rest *)
Definition squares_and_dominant (e : index -> Z) (rows : list linear) (q : quadratic) : bool :=
  expecting (squares_work rows) (fun _ => dominant (fold_left (fun r l => qplus r (minus_square l)) rows (rescaled e q))).

Lemma form_minus_squares : forall rows q v,
  form (fold_left (fun r l => qplus r (minus_square l)) rows q) v <= form q v.
Proof.
  induction rows as [|l rows IH]; intros q v; cbn [fold_left]; [lra|].
  specialize (IH (qplus q (minus_square l)) v). rewrite form_qplus, form_minus_square in IH.
  pose proof (Rle_0_sqr (dot l v)) as H. unfold Rsqr in H. lra.
Qed.

Theorem squares_and_dominant_nonnegative : forall e rows q,
  squares_and_dominant e rows q = true -> forall v, 0 <= form q v.
Proof.
  intros e rows q H v. pose proof (dominant_nonnegative _ H (fun i => two (- e i) * v i)) as D.
  pose proof (form_minus_squares rows (rescaled e q) (fun i => two (- e i) * v i)) as B.
  rewrite form_rescaled in B.
  rewrite (form_same q _ v) in B; [lra|].
  intros i. rewrite <- Rmult_assoc, <- two_add, Z.add_opp_diag_r. unfold two. simpl. lra.
Qed.

(** * Exact elimination: d q = (d x + c / 2)^2 + d rest - (c / 2)^2 *)
Definition content (q : quadratic) : Z :=
  fold_left (fun g p => fold_left (fun h s => Z.gcd h (mantissa (snd s))) (elements (fun i => i) (snd p) []) g)
            (elements (fun i => i) q []) 0%Z.
Definition empty (q : quadratic) : bool :=
  forallb (fun p => match snd p with Leaf => true | _ => false end) (elements (fun i => i) q []).
(** By a common divisor of all mantissas, if it is one. *)
Definition divided (g : Z) (q : quadratic) : quadratic :=
  map_all (fun _ => map_all (fun _ a => Dyadic (Z.div (mantissa a) g) (exponent a))) q.
Definition reduced (q : quadratic) : quadratic :=
  let g := content q in
  let r := divided g q in
  if Z.ltb 1 g && empty (qplus q (qtimes (Dyadic (- g) 0) r)) then r else q.

Fixpoint eliminated (fuel : nat) (q : quadratic) : bool :=
  match fuel, elements (fun i => i) q [] with
  | _, [] => true
  | O, _ => false
  | S n, (i, _) :: _ =>
      let rest := remove i q in
      let row := match get i q with Some r => r | None => Leaf end in
      let others := remove i row in
      match get i row with
      | Some d =>
          positive d && eliminated n (reduced (qplus (qtimes d rest) (minus_square (times (Dyadic 1 (-1)) others))))
      | None => match others with Leaf => eliminated n rest | _ => false end
      end
  end.

Lemma empty_form : forall q v, empty q = true -> form q v = 0.
Proof.
  intros q v H. rewrite form_elements. unfold empty in H.
  induction (elements _ q []) as [|[i row] rest IH]; cbn in *; [reflexivity|].
  apply andb_true_iff in H. destruct H as [H1 H2]. rewrite (IH H2). destruct row; [|discriminate]. unfold dot. cbn. lra.
Qed.

Lemma reduced_nonnegative : forall q v, 0 <= form (reduced q) v -> 0 <= form q v.
Proof.
  intros q v H. unfold reduced in H. set (r := divided (content q) q) in H.
  destruct (Z.ltb_spec 1 (content q)) as [G|G]; [|exact H]. cbn [andb] in H.
  destruct (empty _) eqn:E; [|exact H]. apply (empty_form _ v) in E.
  rewrite form_qplus, form_qtimes in E. unfold val, two in E. cbn in E. rewrite opp_IZR in E.
  apply IZR_lt in G. nra.
Qed.

Lemma no_elements : forall q v, elements (fun i => i) q [] = [] -> form q v = 0.
Proof. intros q v H. rewrite form_elements, H. reflexivity. Qed.

Theorem eliminated_nonnegative : forall fuel q, eliminated fuel q = true -> forall v, 0 <= form q v.
Proof.
  induction fuel as [|n IH]; intros q H v; cbn [eliminated] in H;
    destruct (elements (fun i => i) q []) as [|[i ignored] more] eqn:E; try discriminate;
    try (rewrite (no_elements q v E); lra).
  cbv zeta in H. set (row := match get i q with Some r => r | None => Leaf end) in H.
  assert (F : form q v = v i * dot row v + form (remove i q) v).
  { unfold form. rewrite (total_remove _ i q v). unfold row. destruct (get i q); cbn; rewrite ?dot_leaf; lra. }
  assert (D : dot row v = worth val (get i row) * v i + dot (remove i row) v) by (apply total_remove).
  destruct (get i row) as [d|]; cbn [worth] in D.
  - apply andb_true_iff in H. destruct H as [H1 H2]. apply positive_true in H1.
    pose proof (reduced_nonnegative _ v (IH _ H2 v)) as B.
    rewrite form_qplus, form_qtimes, form_minus_square, dot_times in B.
    replace (val (Dyadic 1 (-1))) with (/ 2) in B by (unfold val, two; simpl; lra).
    rewrite F, D. set (x := v i) in *. set (c := dot (remove i row) v) in *. set (r := form (remove i q) v) in *.
    set (e := val d) in *. pose proof (Rle_0_sqr (e * x + / 2 * c)) as S. unfold Rsqr in S.
    assert (0 <= e * (x * (e * x + c) + r)) by lra.
    destruct (Rle_lt_dec 0 (x * (e * x + c) + r)); [assumption|nra].
  - destruct (remove i row) eqn:O; [|discriminate]. specialize (IH _ H v). rewrite F, D, dot_leaf. lra.
Qed.

(** * What a witness says, and the test: for whatever is proposed *)
Inductive witness :=
| Squares (scales : index -> Z) (rows : list linear)
| Elimination (fuel : nat).

Definition nonnegative_form (propose : quadratic -> witness) (q : quadratic) : bool :=
  let u := upper q in
  match propose u with
  | Squares e rows => squares_and_dominant e rows u
  | Elimination fuel => eliminated fuel u
  end.

Theorem nonnegative_form_true : forall propose q, nonnegative_form propose q = true -> forall v, 0 <= form q v.
Proof.
  intros propose q H v. rewrite <- form_upper. unfold nonnegative_form in H. destruct (propose (upper q)).
  - exact (squares_and_dominant_nonnegative _ _ _ H v).
  - exact (eliminated_nonnegative _ _ H v).
Qed.
