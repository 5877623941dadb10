(** Units of a network: what they compute in real arithmetic; what the difference of two executions is in coordinates;
    the quadratic constraints on these. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations.
Import ListNotations.
Open Scope R_scope.

(** What a proof says of a unit: the multipliers of its scalar functions, or that it is known by its gain alone, with the
    only multiplier of that. *)
Inductive reason := Slopes (multipliers : list dyadic) | Gain (multiplier bound : dyadic).

Definition squared (z : list R) : R := fold_right (fun x s => x * x + s) 0 z.

(** What a network's function depends on beside its tensors: the activations whose slopes are not proved, and the functions
    of the networks that it calls. *)
Record world := { smooth : unproved -> R -> R; callee : nat -> list R -> list R }.

(** Exactly [m] elements; where there are as many, it does nothing. *)
Fixpoint fit (m : nat) (l : list R) : list R :=
  match m, l with
  | O, _ => []
  | S k, [] => 0 :: fit k []
  | S k, x :: l' => x :: fit k l'
  end.

(** * The function *)
Section Real.
  (** Tensors by whatever names them, as lists of rows; a bias is one row. *)
  Context {name : Type}.

  (** Operands are numbers of earlier units; number 0 is the input. *)
  Inductive unit :=
  | Dense (operand : nat) (weight : name) (bias : option name)
  | Elementwise (operand : nat) (f : pointwise)
  | MaxMin (operand : nat)
  | Householder (operand : nat) (v w : dyadic)
  | Sum (operands : list nat)
  | Concat (operands : list nat)
  | Scale (operand : nat) (factor : dyadic)
  | Affine (operand : nat) (scale shift : list dyadic)
  | Select (operand : nat) (indices : list nat)
  | GroupSort (operand : nat) (group : nat)
  | Call (operand : nat) (number outputs : nat).

  Variable assumed : world.
  Variable tensors : name -> list (list dyadic).

  Fixpoint zip {A B C} (f : A -> B -> C) (l : list A) (m : list B) : list C :=
    match l, m with x :: l', y :: m' => f x y :: zip f l' m' | _, _ => [] end.
  Fixpoint sums {A} (f : A -> A -> A) (ls : list (list A)) : list A :=
    match ls with [] => [] | [l] => l | l :: ls' => zip f l (sums f ls') end.

  Definition row_times (row : list dyadic) (z : list R) : R := fold_right Rplus 0 (zip (fun a x => val a * x) row z).
  Definition shifted (y : list R) (bias : option name) : list R :=
    match bias with None => y | Some b => zip (fun x c => x + val c) y (concat (tensors b)) end.

  Fixpoint max_min (z : list R) : list R :=
    match z with x :: y :: z' => Rmax x y :: Rmin x y :: max_min z' | _ => [] end.
  Fixpoint householder (v w : R) (z : list R) : list R :=
    match z with
    | x :: y :: z' =>
        let r := Rmax (- (v * x + w * y)) 0 in
        x + 2 * v * r :: y + 2 * w * r :: householder v w z'
    | _ => []
    end.

  (** Insertion, the largest first. *)
  Fixpoint insert (x : R) (l : list R) : list R :=
    match l with [] => [x] | y :: l' => Rmax x y :: insert (Rmin x y) l' end.
  Definition sorted (l : list R) : list R := fold_right insert [] l.
  Fixpoint chunks {A} (fuel k : nat) (l : list A) : list (list A) :=
    match fuel, l with S f, _ :: _ => firstn k l :: chunks f k (skipn k l) | _, _ => [] end.
  Definition groups {A} (k : nat) (l : list A) : list (list A) := chunks (length l) k l.

  Definition value (u : unit) (signals : list (list R)) : list R :=
    let signal n := nth n signals [] in
    match u with
    | Dense o weight bias => shifted (map (fun row => row_times row (signal o)) (tensors weight)) bias
    | Elementwise o f => map (apply (smooth assumed) f) (signal o)
    | MaxMin o => max_min (signal o)
    | Householder o v w => householder (val v) (val w) (signal o)
    | Sum os => sums Rplus (map signal os)
    | Concat os => concat (map signal os)
    | Scale o factor => map (Rmult (val factor)) (signal o)
    | Affine o scale shift => zip (fun x c => x + val c) (zip (fun a x => val a * x) scale (signal o)) shift
    | Select o indices => map (fun i => nth i (signal o) 0) indices
    | GroupSort o k => concat (map sorted (groups k (signal o)))
    | Call o number outputs => fit outputs (callee assumed number (signal o))
    end.

  Fixpoint run (us : list unit) (signals : list (list R)) : list (list R) :=
    match us with [] => signals | u :: us' => run us' (signals ++ [value u signals]) end.

  (** Of a network's units, the last one is the output. *)
  Definition network (us : list unit) (x : list R) : list R := last (run us [x]) [].

  (** * New coordinates: of each scalar function in a unit, its value; of a unit known by its gain, all of it *)
  Fixpoint pairs {A} (f : A -> A -> A) (z : list A) : list A :=
    match z with x :: y :: z' => f x y :: pairs f z' | _ => [] end.

  Definition scalar (u : unit) : option pointwise :=
    match u with Elementwise _ f => Some f | MaxMin _ => Some Abs | Householder _ _ _ => Some Relu | _ => None end.
  Definition read (u : unit) (signals : list (list R)) : list R :=
    match u with
    | Elementwise o _ => nth o signals []
    | MaxMin o => pairs (fun x y => x - y) (nth o signals [])
    | Householder o v w => pairs (fun x y => - (val v * x + val w * y)) (nth o signals [])
    | GroupSort o k => concat (map (@removelast R) (groups k (nth o signals [])))
    | _ => []
    end.
  (** Of a group that is sorted, by how much all elements but the last change. *)
  Definition moves (g : list R) : list R := removelast (zip Rminus (sorted g) g).
  Definition functions (u : unit) (signals : list (list R)) : list R :=
    match u with GroupSort o k => concat (map moves (groups k (nth o signals []))) | _ =>
    match scalar u with Some f => map (apply (smooth assumed) f) (read u signals) | None => [] end
    end.
  Definition fresh (r : reason) (u : unit) (signals : list (list R)) : list R :=
    match r with Slopes _ => functions u signals | Gain _ _ => value u signals end.
  Definition no_reason := Slopes [].
  Fixpoint trace (us : list unit) (rs : list reason) (signals : list (list R)) : list R :=
    match us with
    | [] => []
    | u :: us' => fresh (hd no_reason rs) u signals ++ trace us' (tl rs) (signals ++ [value u signals])
    end.

  (** The operand of a unit that may be known by its gain. *)
  Definition source (u : unit) : option nat :=
    match u with
    | Dense o _ _ | Elementwise o _ | MaxMin o | Householder o _ _ | Affine o _ _ | Call o _ _ => Some o
    | _ => None
    end.
End Real.
Arguments unit : clear implicits.

(** * The difference of two executions *)
Definition minus_one := Dyadic (-1) 0.
Definition half := Dyadic 1 (-1).
Definition minus (l m : linear) : linear := plus l (times minus_one m).

Section Symbolic.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).

  Definition combination (row : list dyadic) (z : list linear) : linear := fold_right plus Leaf (zip times row z).

  Definition read_forms (u : unit name) (signals : list (list linear)) : list linear :=
    match u with
    | Elementwise o _ => nth o signals []
    | MaxMin o => pairs minus (nth o signals [])
    | Householder o v w => pairs (fun x y => plus (times (opp v) x) (times (opp w) y)) (nth o signals [])
    | GroupSort o k => concat (map (@removelast linear) (groups k (nth o signals [])))
    | _ => []
    end.

  (** The coordinate of each scalar function, from number [i] on, and the sum of its constraints
      [2 l (w - a z) (b z - w)]. What reads zero is zero, without a coordinate or a constraint. *)
  Fixpoint scalars (a b : dyadic) (i : index) (ls : list dyadic) (zs : list linear) : list linear * quadratic :=
    match zs with
    | [] => ([], Leaf)
    | z :: zs' =>
        let (ws, q) := scalars a b (next i) (tl ls) zs' in
        match z with
        | Leaf => (Leaf :: ws, q)
        | _ =>
            let w := coordinate i in
            let l := mul (Dyadic 1 1) (hd zero ls) in
            (w :: ws, qplus (product (times l (minus w (times a z))) (minus (times b z) w)) q)
        end
    end.

  (** With one slope a function is linear. *)
  Definition responses (f : pointwise) (i : index) (ls : list dyadic) (zs : list linear)
    : option (list linear * quadratic) :=
    match interval f with
    | None => None
    | Some (a, b) =>
        if equal a b then Some (map (times a) zs, Leaf)
        else if lt a b then Some (scalars a b i ls zs) else None
    end.

  (** The output of a pair, of its operands x and y and the coordinate r. *)
  Fixpoint rejoined (f g : linear -> linear -> linear -> linear) (z r : list linear) : list linear :=
    match z, r with x :: y :: z', s :: r' => f x y s :: g x y s :: rejoined f g z' r' | _, _ => [] end.

  Definition linear_part (u : unit name) (signals : list (list linear)) (r : list linear) : list linear :=
    let signal n := nth n signals [] in
    match u with
    | Dense o weight bias =>
        let y := map (fun row => combination row (signal o)) (tensors weight) in
        match bias with None => y | Some b => firstn (length (concat (tensors b))) y end
    | Elementwise _ _ => r
    | MaxMin o =>
        rejoined (fun x y s => times half (plus (plus x y) s)) (fun x y s => times half (minus (plus x y) s)) (signal o) r
    | Householder o v w =>
        rejoined (fun x _ s => plus x (times (mul (Dyadic 1 1) v) s))
                 (fun _ y s => plus y (times (mul (Dyadic 1 1) w) s)) (signal o) r
    | Sum os => sums plus (map signal os)
    | Concat os => concat (map signal os)
    | Scale o factor => map (times factor) (signal o)
    | Affine o scale shift => firstn (length shift) (zip times scale (signal o))
    | Select o indices => map (fun i => nth i (signal o) Leaf) indices
    | GroupSort _ _ | Call _ _ _ => []
    end.

  (** One number for all, or one for each. *)
  Definition for_each {A} (n : nat) (ls : list A) : list A := match ls with [l] => repeat l n | _ => ls end.

  (** Neither linear nor made of scalar functions. *)
  Definition is_apart (u : unit name) : bool := match u with Call _ _ _ | GroupSort _ _ => true | _ => false end.

  (** Sorted groups keep their sum, and bring [2 l (|dz|^2 - |dw|^2)], with a multiplier for each group. *)
  Definition total_of (fs : list linear) : linear := fold_right plus Leaf fs.
  Definition group_output (z f : list linear) : list linear :=
    zip plus (removelast z) f ++ [minus (last z Leaf) (total_of f)].
  Definition group_form (l : dyadic) (z w : list linear) : quadratic :=
    qtimes (mul (Dyadic 1 1) l) (qplus (fold_right (fun f q => qplus (square f) q) Leaf z) (fold_right (fun f q => qplus (minus_square f) q) Leaf w)).
  Fixpoint coordinates (i : index) (n : nat) : list linear :=
    match n with O => [] | S m => coordinate i :: coordinates (next i) m end.
  Fixpoint by_groups (ls : list dyadic) (i : index) (gs : list (list linear)) : list linear * quadratic :=
    match gs with
    | [] => ([], Leaf)
    | z :: gs' =>
        let m := length (removelast z) in
        let w := group_output z (coordinates i m) in
        let (rest, q) := by_groups (tl ls) (after i m) gs' in
        (w ++ rest, qplus (group_form (hd zero ls) z w) q)
    end.

  Definition by_slopes (u : unit name) (ls : list dyadic) (i : index) (signals : list (list linear))
    : option (list linear * quadratic) :=
    let zs := read_forms u signals in
    match scalar u with
    | None => match u with GroupSort o k =>
        let gs := groups k (nth o signals []) in
        if Nat.eqb k 0 then None else Some (by_groups (for_each (length gs) ls) i gs) | _ => if is_apart u then None else Some (linear_part u signals [], Leaf) end
    | Some f =>
        match responses f i (for_each (length zs) ls) zs with
        | None => None
        | Some (r, q) => Some (linear_part u signals r, q)
        end
    end.

  Definition minus_squares (ls : list linear) : quadratic := fold_right (fun l q => qplus (minus_square l) q) Leaf ls.
  Definition is_leaf (l : linear) : bool := match l with Leaf => true | _ => false end.

  (** How many elements a unit gives that is known by its gain. *)
  Definition width (u : unit name) (signals : list (list linear)) : nat :=
    match u with
    | Dense _ weight None => length (tensors weight)
    | Dense _ weight (Some b) => Nat.min (length (tensors weight)) (length (concat (tensors b)))
    | Elementwise o _ => length (nth o signals [])
    | Affine o scale shift => Nat.min (Nat.min (length scale) (length (nth o signals []))) (length shift)
    | MaxMin o | Householder o _ _ => Nat.double (Nat.div2 (length (nth o signals [])))
    | Call _ _ outputs => outputs
    | _ => 0
    end.

  (** Whether the unit, of an operand of [n] elements, has at most this gain. *)
  Variable has_gain : unit name -> nat -> dyadic -> bool.

  (** [l (g^2 |dz|^2 - |dw|^2)] *)
  Definition by_gain (u : unit name) (l g : dyadic) (i : index) (signals : list (list linear))
    : option (list linear * quadratic) :=
    match source u with
    | None => None
    | Some o =>
        let z := nth o signals [] in
        let w := coordinates i (width u signals) in
        if has_gain u (length z) g then
          if is_zero g || forallb is_leaf z then Some (map (fun _ => Leaf) w, Leaf)
          else Some (w, qtimes l (qplus (qtimes (mul g g) (fold_right (fun f q => qplus (square f) q) Leaf z))
                                        (minus_squares w)))
        else None
    end.

  Definition step (u : unit name) (r : reason) (i : index) (signals : list (list linear))
    : option (list linear * quadratic) :=
    match r with Slopes ls => by_slopes u ls i signals | Gain l g => by_gain u l g i signals end.
  Definition count (u : unit name) (r : reason) (signals : list (list linear)) : nat :=
    match r with Slopes _ => length (read_forms u signals) | Gain _ _ => width u signals end.

  Fixpoint differences (us : list (unit name)) (rs : list reason) (i : index) (signals : list (list linear))
    (q : quadratic) : option (list (list linear) * quadratic) :=
    match us with
    | [] => Some (signals, q)
    | u :: us' =>
        let r := hd no_reason rs in
        match step u r i signals with
        | None => None
        | Some (s, c) => differences us' (tl rs) (after i (count u r signals)) (signals ++ [s]) (qplus c q)
        end
    end.
End Symbolic.

(** * Proofs *)
Inductive represents (v : index -> R) : list R -> list R -> list linear -> Prop :=
| represents_nil : represents v [] [] []
| represents_cons : forall x x' f s s' fs, x - x' = dot f v -> represents v s s' fs ->
    represents v (x :: s) (x' :: s') (f :: fs).

Inductive all_represent (v : index -> R) : list (list R) -> list (list R) -> list (list linear) -> Prop :=
| all_nil : all_represent v [] [] []
| all_cons : forall s s' fs S S' FS, represents v s s' fs -> all_represent v S S' FS ->
    all_represent v (s :: S) (s' :: S') (fs :: FS).

(** The coordinates from [i] on are the differences of these numbers. *)
Fixpoint agrees (v : index -> R) (i : index) (c c' : list R) : Prop :=
  match c, c' with
  | x :: t, x' :: t' => v i = x - x' /\ agrees v (next i) t t'
  | [], [] => True
  | _, _ => False
  end.

Lemma val_minus_one : val minus_one = -1. Proof. unfold val, minus_one, two. simpl. lra. Qed.
Lemma val_half : val half = / 2. Proof. unfold val, half, two. simpl. lra. Qed.
Lemma val_2 : val (Dyadic 1 1) = 2. Proof. unfold val, two. simpl. lra. Qed.
Lemma dot_minus : forall l m v, dot (minus l m) v = dot l v - dot m v.
Proof. intros. unfold minus. rewrite dot_plus, dot_times, val_minus_one. lra. Qed.

Section Represents.
  Variable v : index -> R.

  Lemma represents_length : forall s s' F, represents v s s' F -> length s = length F /\ length s' = length F.
  Proof. induction 1; cbn; lia. Qed.

  Lemma represents_app : forall s s' F t t' G, represents v s s' F -> represents v t t' G ->
    represents v (s ++ t) (s' ++ t') (F ++ G).
  Proof. induction 1; intros; cbn; [assumption|constructor; auto]. Qed.

  Lemma represents_nth : forall k s s' F, represents v s s' F -> nth k s 0 - nth k s' 0 = dot (nth k F Leaf) v.
  Proof.
    induction k as [|k IH]; intros s s' F H; inversion H; subst; cbn; rewrite ?dot_leaf; auto; lra.
  Qed.

  Lemma represents_map : forall f g s s' F, (forall x x' l, x - x' = dot l v -> f x - f x' = dot (g l) v) ->
    represents v s s' F -> represents v (map f s) (map f s') (map g F).
  Proof. induction 2; cbn; constructor; auto. Qed.

  Lemma represents_shift : forall c s s' F, represents v s s' F ->
    represents v (zip (fun x a => x + val a) s c) (zip (fun x a => x + val a) s' c) (firstn (length c) F).
  Proof.
    induction c as [|a c IH]; intros s s' F H; inversion H; subst; cbn; constructor; auto. lra.
  Qed.

  Lemma represents_zip_times : forall c s s' F, represents v s s' F ->
    represents v (zip (fun a x => val a * x) c s) (zip (fun a x => val a * x) c s') (zip times c F).
  Proof.
    induction c as [|a c IH]; intros s s' F H; inversion H; subst; cbn; constructor; auto.
    rewrite dot_times. nra.
  Qed.

  Lemma represents_zip_plus : forall s s' F t t' G, represents v s s' F -> represents v t t' G ->
    represents v (zip Rplus s t) (zip Rplus s' t') (zip plus F G).
  Proof.
    intros s s' F t t' G H. revert t t' G. induction H; intros t t' G K; inversion K; subst; cbn; constructor; auto.
    rewrite dot_plus. lra.
  Qed.

  Lemma represents_sums : forall S S' FS, all_represent v S S' FS -> represents v (sums Rplus S) (sums Rplus S') (sums plus FS).
  Proof.
    induction 1 as [|s s' F S S' FS H K IH]; [constructor|].
    destruct K; cbn in *; [assumption|apply represents_zip_plus; assumption].
  Qed.

  Lemma represents_concat : forall S S' FS, all_represent v S S' FS -> represents v (concat S) (concat S') (concat FS).
  Proof. induction 1; cbn; [constructor|apply represents_app; assumption]. Qed.

  Lemma row_times_difference : forall row s s' F, represents v s s' F ->
    row_times row s - row_times row s' = dot (combination row F) v.
  Proof.
    intros row s s' F H. unfold row_times, combination. apply (represents_zip_times row) in H.
    induction H as [|x x' f s0 s0' F0 E H IH]; cbn; rewrite ?dot_leaf; [lra|]. rewrite dot_plus. lra.
  Qed.

  Lemma all_nth : forall k S S' FS, all_represent v S S' FS -> represents v (nth k S []) (nth k S' []) (nth k FS []).
  Proof. induction k as [|k IH]; intros S S' FS H; inversion H; subst; cbn; auto; constructor. Qed.

  Lemma all_selected : forall os S S' FS, all_represent v S S' FS ->
    all_represent v (map (fun n => nth n S []) os) (map (fun n => nth n S' []) os) (map (fun n => nth n FS []) os).
  Proof. induction os as [|o os IH]; intros; cbn; constructor; auto. apply all_nth. assumption. Qed.

  Lemma all_appended : forall S S' FS s s' F, all_represent v S S' FS -> represents v s s' F ->
    all_represent v (S ++ [s]) (S' ++ [s']) (FS ++ [F]).
  Proof. induction 1; intros; cbn; repeat constructor; auto. Qed.

  Lemma all_last : forall S S' FS, all_represent v S S' FS -> represents v (last S []) (last S' []) (last FS []).
  Proof. induction 1 as [|s s' F S S' FS H K IH]; cbn; [constructor|]. destruct K; assumption. Qed.

  (** Two by two. *)
  Lemma pairs_induction : forall (P : list R -> list R -> list linear -> Prop),
    P [] [] [] -> (forall x x' f, x - x' = dot f v -> P [x] [x'] [f]) ->
    (forall x x' f y y' g s s' F, x - x' = dot f v -> y - y' = dot g v -> represents v s s' F -> P s s' F ->
      P (x :: y :: s) (x' :: y' :: s') (f :: g :: F)) ->
    forall s s' F, represents v s s' F -> P s s' F.
  Proof.
    intros P P0 P1 P2. fix IH 4. intros s s' F [|x x' f t t' G E H]; [exact P0|].
    destruct H as [|y y' g t t' G E' H]; [apply P1; exact E|]. apply P2; auto.
  Qed.

  Lemma represents_pairs : forall f g s s' F,
    (forall x x' l y y' m, x - x' = dot l v -> y - y' = dot m v -> f x y - f x' y' = dot (g l m) v) ->
    represents v s s' F -> represents v (pairs f s) (pairs f s') (pairs g F).
  Proof. intros f g s s' F H K. revert s s' F K. apply pairs_induction; cbn; intros; constructor; auto. Qed.

  Lemma slopes_product : forall a b f, slopes a b f -> forall z z',
    0 <= ((f z - f z') - a * (z - z')) * (b * (z - z') - (f z - f z')).
  Proof.
    intros a b f H z z'. destruct (Rtotal_order z z') as [L|[E|G]].
    - specialize (H _ _ L). nra.
    - subst. nra.
    - specialize (H _ _ G). nra.
  Qed.

  Lemma scalars_sound : forall a b f, slopes (val a) (val b) f ->
    forall z z' zs, represents v z z' zs -> forall i ls, forallb nonnegative ls = true ->
    agrees v i (map f z) (map f z') ->
    represents v (map f z) (map f z') (fst (scalars a b i ls zs)) /\ 0 <= form (snd (scalars a b i ls zs)) v.
  Proof.
    intros a b f H. induction 1 as [|x x' l z z' zs E K IH]; intros i ls N A; cbn [map scalars].
    - split; [constructor|cbn; lra].
    - cbn [map agrees] in A. destruct A as [A1 A2].
      assert (N' : forallb nonnegative (tl ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in N; apply N]).
      specialize (IH (next i) (tl ls) N' A2). destruct (scalars a b (next i) (tl ls) zs) as [ws q].
      cbn [fst snd] in IH. destruct IH as [IH1 IH2]. destruct l as [|e c o] eqn:D.
      + cbn [fst snd]. split; [constructor; [|exact IH1]|exact IH2].
        rewrite dot_leaf in *. replace x' with x by lra. lra.
      + rewrite <- D in *. cbn [fst snd]. split; [constructor; [rewrite dot_coordinate; lra|exact IH1]|].
        rewrite form_qplus, form_product, dot_times, !dot_minus, !dot_times, dot_coordinate, val_mul, val_2, A1, <- E.
        pose proof (slopes_product _ _ _ H x x') as P.
        assert (0 <= val (hd zero ls)).
        { destruct ls; cbn in *; [rewrite val_zero; lra|]. apply andb_true_iff in N. apply nonnegative_true, N. }
        rewrite <- (Rplus_0_l 0). apply Rplus_le_compat; [|exact IH2].
        rewrite Rmult_assoc. apply Rmult_le_pos; [lra|exact P].
  Qed.

  Lemma slopes_equal : forall a f, slopes a a f -> forall z z', f z - f z' = a * (z - z').
  Proof.
    intros a f H z z'. destruct (Rtotal_order z z') as [L|[E|G]].
    - specialize (H _ _ L). lra.
    - subst. lra.
    - specialize (H _ _ G). lra.
  Qed.

  Lemma responses_sound : forall f g a b, interval g = Some (a, b) -> slopes (val a) (val b) f ->
    forall z z' zs i ls r q, represents v z z' zs -> forallb nonnegative ls = true ->
    agrees v i (map f z) (map f z') -> responses g i ls zs = Some (r, q) ->
    represents v (map f z) (map f z') r /\ 0 <= form q v.
  Proof.
    intros f g a b I H z z' zs i ls r q K N A E. unfold responses in E. rewrite I in E.
    destruct (equal a b) eqn:Q.
    - injection E as <- <-. apply equal_true in Q. rewrite <- Q in H. split; [|cbn; lra].
      apply represents_map; [|exact K]. intros x x' l D. rewrite dot_times, <- D. apply slopes_equal. exact H.
    - destruct (lt a b); [|discriminate]. injection E as E. pose proof (scalars_sound _ _ _ H _ _ _ K i ls N A) as S.
      rewrite E in S. exact S.
  Qed.
End Represents.

(** * Groups by the scalar function in them *)
Fixpoint regrouped (f g : R -> R -> R -> R) (z r : list R) : list R :=
  match z, r with x :: y :: z', s :: r' => f x y s :: g x y s :: regrouped f g z' r' | _, _ => [] end.

Lemma two_by_two : forall (P : list R -> Prop), P [] -> (forall x, P [x]) -> (forall x y z, P z -> P (x :: y :: z)) ->
  forall z, P z.
Proof. intros P P0 P1 P2. fix IH 1. intros [|x [|y z]]; [exact P0|apply P1|apply P2, IH]. Qed.

(** max = (x + y + |x - y|) / 2, min = (x + y - |x - y|) / 2 *)
Lemma max_min_abs : forall z, max_min z =
  regrouped (fun x y s => / 2 * (x + y + s)) (fun x y s => / 2 * (x + y - s)) z (map Rabs (pairs (fun x y => x - y) z)).
Proof.
  apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH. cbn. rewrite <- IH.
  f_equal; [|f_equal]; unfold Rmax, Rmin, Rabs; destruct (Rle_dec x y), (Rcase_abs (x - y)); lra.
Qed.

Lemma householder_relu : forall v w z, householder v w z =
  regrouped (fun x _ s => x + 2 * v * s) (fun _ y s => y + 2 * w * s) z
            (map (fun t => Rmax t 0) (pairs (fun x y => - (v * x + w * y)) z)).
Proof. intros v w. apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH. cbn. rewrite <- IH. reflexivity. Qed.

Lemma represents_regrouped : forall v f g f' g',
  (forall x x' l y y' m s s' r, x - x' = dot l v -> y - y' = dot m v -> s - s' = dot r v ->
    f x y s - f x' y' s' = dot (f' l m r) v /\ g x y s - g x' y' s' = dot (g' l m r) v) ->
  forall z z' F, represents v z z' F -> forall r r' G, represents v r r' G ->
  represents v (regrouped f g z r) (regrouped f g z' r') (rejoined f' g' F G).
Proof.
  intros v f g f' g' H. apply (pairs_induction v (fun z z' F => forall r r' G, represents v r r' G ->
    represents v (regrouped f g z r) (regrouped f g z' r') (rejoined f' g' F G))).
  - intros. constructor.
  - intros. constructor.
  - intros x x' l y y' m z z' F E1 E2 K IH r r' G L. inversion L as [|s s' k t t' G' E3 L']; subst; cbn; [constructor|].
    destruct (H _ _ _ _ _ _ _ _ _ E1 E2 E3). repeat constructor; auto.
Qed.

Lemma fit_length : forall m l, length (fit m l) = m.
Proof. induction m as [|m IH]; intros [|x l]; cbn; auto. Qed.

Lemma insert_length : forall l x, length (insert x l) = S (length l).
Proof. induction l as [|y l IH]; intros x; cbn; [reflexivity|]. rewrite IH. reflexivity. Qed.
Lemma sorted_length : forall l, length (sorted l) = length l.
Proof. induction l as [|x l IH]; cbn; [reflexivity|]. rewrite insert_length. unfold sorted in IH. rewrite IH. reflexivity. Qed.

Lemma insert_sum : forall l x, fold_right Rplus 0 (insert x l) = x + fold_right Rplus 0 l.
Proof.
  induction l as [|y l IH]; intros x; cbn; [reflexivity|]. rewrite IH. unfold Rmax, Rmin. destruct (Rle_dec x y); lra.
Qed.
Lemma sorted_sum : forall l, fold_right Rplus 0 (sorted l) = fold_right Rplus 0 l.
Proof. induction l as [|x l IH]; cbn; [reflexivity|]. rewrite insert_sum. unfold sorted in IH. rewrite IH. reflexivity. Qed.

Lemma insert_square : forall l l' x x', length l = length l' ->
  squared (zip Rminus (insert x l) (insert x' l')) <= (x - x') * (x - x') + squared (zip Rminus l l').
Proof.
  induction l as [|y l IH]; intros [|y' l'] x x' L; try discriminate; [cbn; lra|]. injection L as L.
  specialize (IH l' (Rmin x y) (Rmin x' y') L). unfold squared in *. cbn [insert zip fold_right].
  assert ((Rmax x y - Rmax x' y') * (Rmax x y - Rmax x' y') + (Rmin x y - Rmin x' y') * (Rmin x y - Rmin x' y')
    <= (x - x') * (x - x') + (y - y') * (y - y')).
  { unfold Rmax, Rmin. destruct (Rle_dec x y), (Rle_dec x' y'); nra. }
  lra.
Qed.

(** Sorting is a contraction. *)
Lemma sorted_square : forall l l', length l = length l' ->
  squared (zip Rminus (sorted l) (sorted l')) <= squared (zip Rminus l l').
Proof.
  induction l as [|x l IH]; intros [|x' l'] L; try discriminate; [cbn; lra|]. injection L as L.
  pose proof (insert_square (sorted l) (sorted l') x x') as I. rewrite !sorted_length in I. specialize (I L).
  specialize (IH l' L). change (sorted (x :: l)) with (insert x (sorted l)). change (sorted (x' :: l')) with (insert x' (sorted l')).
  unfold squared in *. cbn [fold_right zip]. lra.
Qed.

(** Lengths do not depend on numbers. *)
Definition alike (S S' : list (list R)) : Prop := Forall2 (fun s s' => length s = length s') S S'.

Section Lengths.
  Context {name : Type}.
  Variable assumed : world.
  Variable tensors : name -> list (list dyadic).

  Lemma alike_nth : forall n S S', alike S S' -> length (nth n S []) = length (nth n S' []).
  Proof. induction n as [|n IH]; intros S S' H; inversion H; subst; cbn; auto. Qed.

  Lemma zip_length : forall A B C (f : A -> B -> C) l m, length (zip f l m) = Nat.min (length l) (length m).
  Proof. induction l as [|a l IH]; intros [|b m]; cbn; auto. Qed.

  Lemma alike_sums : forall (os : list nat) S S', alike S S' ->
    length (sums Rplus (map (fun n => nth n S []) os)) = length (sums Rplus (map (fun n => nth n S' []) os)).
  Proof.
    intros os S S' H. induction os as [|o os IH]; [reflexivity|]. pose proof (alike_nth o S S' H) as E.
    cbn [map]. set (l := map (fun n => nth n S []) os) in *. set (l' := map (fun n => nth n S' []) os) in *.
    assert (L : length l = length l') by (unfold l, l'; rewrite !length_map; reflexivity).
    destruct l, l'; try discriminate; cbn [sums] in *; [exact E|]. rewrite !zip_length, IH, E. reflexivity.
  Qed.

  Lemma alike_concat : forall (os : list nat) S S', alike S S' ->
    length (concat (map (fun n => nth n S []) os)) = length (concat (map (fun n => nth n S' []) os)).
  Proof.
    intros os S S' H. induction os as [|o os IH]; cbn; [reflexivity|]. rewrite !length_app, IH, (alike_nth o S S' H). reflexivity.
  Qed.

  Lemma paired_length : forall f (z z' : list R), length z = length z' ->
    length (pairs f z) = length (pairs f z').
  Proof.
    intros f. apply (two_by_two (fun z => forall z', length z = length z' -> length (pairs f z) = length (pairs f z'))).
    - intros [|] H; [reflexivity|discriminate].
    - intros x [|y [|]] H; try discriminate. reflexivity.
    - intros x y z IH [|x' [|y' z']] H; try discriminate. injection H as H. cbn. f_equal. apply IH, H.
  Qed.

  Lemma regrouped_length : forall f g z r z' r', length z = length z' -> length r = length r' ->
    length (regrouped f g z r) = length (regrouped f g z' r').
  Proof.
    intros f g. apply (two_by_two (fun z => forall r z' r', length z = length z' -> length r = length r' ->
      length (regrouped f g z r) = length (regrouped f g z' r'))).
    - intros r [|] r' H K; [reflexivity|discriminate].
    - intros x r [|y [|]] r' H K; try discriminate. reflexivity.
    - intros x y z IH [|s r] [|x' [|y' z']] [|s' r'] H K; try discriminate; [reflexivity|].
      injection H as H. injection K as K. cbn. do 2 f_equal. apply IH; assumption.
  Qed.

  Lemma chunks_alike : forall f k l l', length l = length l' -> alike (chunks f k l) (chunks f k l').
  Proof.
    induction f as [|f IH]; intros k [|x l] [|y l'] L; try discriminate; cbn [chunks]; constructor.
    - rewrite !length_firstn. congruence.
    - apply IH. rewrite !length_skipn. congruence.
  Qed.

  Lemma groups_length : forall g k (l l' : list R), (forall s s', length s = length s' -> length (g s) = length (g s')) ->
    length l = length l' -> length (concat (map g (groups k l))) = length (concat (map (g : list R -> list R) (groups k l'))).
  Proof.
    intros g k l l' G L. unfold groups. rewrite <- L. pose proof (chunks_alike (length l) k l l' L) as A.
    induction A as [|s s' S S' H K IH]; cbn; [reflexivity|]. rewrite !length_app, IH, (G s s' H). reflexivity.
  Qed.

  Lemma removelast_length : forall A (l : list A), length (removelast l) = pred (length l).
  Proof. induction l as [|x [|y l] IH]; cbn in *; congruence. Qed.

  Lemma moves_length : forall g, length (moves g) = pred (length g).
  Proof. intros g. unfold moves. rewrite removelast_length, zip_length, sorted_length, Nat.min_id. reflexivity. Qed.

  Lemma value_alike : forall (u : unit name) S S', alike S S' ->
    length (value assumed tensors u S) = length (value assumed tensors u S').
  Proof.
    intros u S S' H. destruct u; cbn [value]; try pose proof (alike_nth operand S S' H) as E.
    - destruct bias; cbn [shifted]; rewrite ?zip_length, !length_map; reflexivity.
    - rewrite !length_map. exact E.
    - rewrite !max_min_abs. apply regrouped_length; [exact E|]. rewrite !length_map. apply paired_length, E.
    - rewrite !householder_relu. apply regrouped_length; [exact E|]. rewrite !length_map. apply paired_length, E.
    - apply alike_sums. assumption.
    - apply alike_concat. assumption.
    - rewrite !length_map. exact E.
    - rewrite !zip_length, E. reflexivity.
    - rewrite !length_map. reflexivity.
    - apply groups_length; [|exact E]. intros. rewrite !sorted_length. assumption.
    - rewrite !fit_length. reflexivity.
  Qed.

  Lemma fresh_alike : forall r (u : unit name) S S', alike S S' ->
    length (fresh assumed tensors r u S) = length (fresh assumed tensors r u S').
  Proof.
    intros [ls|l g] u S S' H; cbn [fresh]; [|apply value_alike; exact H]. unfold functions.
    destruct u; cbn [scalar read]; try reflexivity;
      try (rewrite !length_map; try apply paired_length; apply alike_nth; assumption).
    apply groups_length; [intros; rewrite !moves_length; congruence|apply alike_nth; assumption].
  Qed.

  Lemma trace_alike : forall (us : list (unit name)) rs S S', alike S S' ->
    length (trace assumed tensors us rs S) = length (trace assumed tensors us rs S').
  Proof.
    induction us as [|u us IH]; intros rs S S' H; cbn [trace]; [reflexivity|].
    rewrite !length_app, (fresh_alike _ u S S' H). f_equal.
    apply IH. apply Forall2_app; [exact H|]. constructor; [|constructor]. apply value_alike. exact H.
  Qed.
End Lengths.

(** * Sums of squares *)
Lemma minus_squares_value : forall v ls, form (minus_squares ls) v = - squared (map (fun l => dot l v) ls).
Proof.
  induction ls as [|l ls IH]; cbn [minus_squares fold_right map squared]; [cbn; lra|].
  unfold minus_squares, squared in *. rewrite form_qplus, form_minus_square, IH. lra.
Qed.

Lemma squares_value : forall v ls,
  form (fold_right (fun f q => qplus (square f) q) Leaf ls) v = squared (map (fun l => dot l v) ls).
Proof.
  induction ls as [|l ls IH]; cbn [fold_right map squared]; [reflexivity|].
  unfold squared in *. rewrite form_qplus, form_square, IH. lra.
Qed.

Lemma represents_values : forall v s s' F, represents v s s' F -> zip Rminus s s' = map (fun l => dot l v) F.
Proof. induction 1 as [|x x' f s s' fs E K IH]; cbn; [reflexivity|]. rewrite IH, E. reflexivity. Qed.

Lemma squared_nonnegative : forall z, 0 <= squared z.
Proof. induction z as [|x z IH]; cbn; [lra|]. unfold squared in IH. nra. Qed.

Lemma coordinates_represent : forall v x x' i, agrees v i x x' -> represents v x x' (coordinates i (length x)).
Proof.
  intros v. induction x as [|a x IH]; intros [|a' x'] i H; cbn in *; try contradiction; constructor.
  - rewrite dot_coordinate. symmetry. apply H.
  - apply IH, H.
Qed.

Lemma leaves_zero : forall v s s' F, represents v s s' F -> forallb is_leaf F = true -> squared (zip Rminus s s') = 0.
Proof.
  induction 1 as [|x x' f s s' F E K IH]; intros H; cbn in *; [reflexivity|]. apply andb_true_iff in H.
  destruct H as [H1 H2]. destruct f; [|discriminate]. rewrite E, dot_leaf. unfold squared in IH. rewrite (IH H2). lra.
Qed.

Lemma represents_zero : forall v s s' F, represents v s s' F -> squared (zip Rminus s s') <= 0 ->
  represents v s s' (map (fun _ => Leaf) F).
Proof.
  induction 1 as [|x x' f s s' F E K IH]; intros H; cbn in *; [constructor|].
  pose proof (squared_nonnegative (zip Rminus s s')) as N. pose proof (Rle_0_sqr (x - x')) as D.
  unfold squared in *. unfold Rsqr in D. constructor; [|apply IH; lra].
  rewrite dot_leaf. assert (Z : (x - x') * (x - x') = 0) by lra. apply Rmult_integral in Z. lra.
Qed.

Lemma agrees_app : forall v c c' d d' i, length c = length c' -> agrees v i (c ++ d) (c' ++ d') ->
  agrees v i c c' /\ agrees v (after i (length c)) d d'.
Proof.
  induction c as [|x c IH]; intros [|x' c'] d d' i L H; cbn in *; try discriminate; [split; auto|].
  destruct H as [H1 H2]. injection L as L. destruct (IH _ _ _ _ L H2). auto.
Qed.

(** * Sorted groups *)
Section Sorted.
  Variable v : index -> R.

  Lemma represents_first : forall k s s' F, represents v s s' F -> represents v (firstn k s) (firstn k s') (firstn k F).
  Proof. induction k as [|k IH]; intros s s' F H; inversion H; subst; cbn; constructor; auto. Qed.
  Lemma represents_rest : forall k s s' F, represents v s s' F -> represents v (skipn k s) (skipn k s') (skipn k F).
  Proof. induction k as [|k IH]; intros s s' F H; [exact H|]. inversion H; subst; cbn; [constructor|auto]. Qed.
  Lemma represents_but_last : forall s s' F, represents v s s' F ->
    represents v (removelast s) (removelast s') (removelast F).
  Proof.
    induction 1 as [|x x' f s s' F E H IH]; [constructor|]. destruct H; [constructor|]. cbn [removelast] in *.
    constructor; [exact E|exact IH].
  Qed.
  Lemma represents_last : forall s s' F, represents v s s' F -> last s 0 - last s' 0 = dot (last F Leaf) v.
  Proof.
    induction 1 as [|x x' f s s' F E H IH]; [unfold dot; cbn; lra|]. destruct H; [exact E|exact IH].
  Qed.
  Lemma represents_total : forall s s' F, represents v s s' F ->
    fold_right Rplus 0 s - fold_right Rplus 0 s' = dot (total_of F) v.
  Proof.
    unfold total_of. induction 1 as [|x x' f s s' F E H IH]; [unfold dot; cbn; lra|].
    cbn [fold_right]. rewrite dot_plus. lra.
  Qed.

  Lemma represents_groups : forall k s s' F, represents v s s' F -> all_represent v (groups k s) (groups k s') (groups k F).
  Proof.
    intros k s s' F H. unfold groups. destruct (represents_length _ _ _ _ H) as [-> ->]. generalize (length F).
    intros f. revert s s' F H. induction f as [|f IH]; intros s s' F H; [constructor|].
    destruct H as [|x x' l s s' F E H]; cbn [chunks]; constructor.
    - apply (represents_first k (x :: s) (x' :: s') (l :: F)). constructor; assumption.
    - apply IH. apply (represents_rest k (x :: s) (x' :: s') (l :: F)). constructor; assumption.
  Qed.

  Lemma represents_all_but_last : forall S S' FS, all_represent v S S' FS ->
    represents v (concat (map (@removelast R) S)) (concat (map (@removelast R) S')) (concat (map (@removelast linear) FS)).
  Proof. induction 1; cbn; [constructor|]. apply represents_app; [apply represents_but_last; assumption|assumption]. Qed.

  Lemma rebuilt : forall g s, length s = length g -> g <> [] ->
    s = zip Rplus (removelast g) (removelast (zip Rminus s g))
        ++ [last g 0 + (fold_right Rplus 0 s - fold_right Rplus 0 g) - fold_right Rplus 0 (removelast (zip Rminus s g))].
  Proof.
    induction g as [|y g IH]; intros [|x s] L N; try discriminate; [congruence|]. injection L as L.
    destruct g as [|y2 g], s as [|x2 s]; try discriminate.
    - cbn. f_equal. lra.
    - specialize (IH (x2 :: s) L ltac:(discriminate)).
      change (zip Rminus (x :: x2 :: s) (y :: y2 :: g)) with (x - y :: zip Rminus (x2 :: s) (y2 :: g)).
      change (removelast (y :: y2 :: g)) with (y :: removelast (y2 :: g)).
      change (removelast (x - y :: zip Rminus (x2 :: s) (y2 :: g))) with (x - y :: removelast (zip Rminus (x2 :: s) (y2 :: g))).
      change (last (y :: y2 :: g) 0) with (last (y2 :: g) 0).
      set (d := removelast (zip Rminus (x2 :: s) (y2 :: g))) in *. set (t := x2 :: s) in *. set (h := y2 :: g) in *.
      cbn [zip app fold_right]. f_equal; [lra|]. rewrite IH at 1. do 2 f_equal. lra.
  Qed.

  Lemma sorted_moves : forall g, g <> [] ->
    sorted g = zip Rplus (removelast g) (moves g) ++ [last g 0 - fold_right Rplus 0 (moves g)].
  Proof.
    intros g N. pose proof (rebuilt g (sorted g) (sorted_length g) N) as E. rewrite sorted_sum in E. unfold moves.
    rewrite E at 1. do 2 f_equal. lra.
  Qed.

  Lemma group_sound : forall g g' G i l, represents v g g' G -> g <> [] -> nonnegative l = true ->
    agrees v i (moves g) (moves g') ->
    let w := group_output G (coordinates i (length (removelast G))) in
    represents v (sorted g) (sorted g') w /\ 0 <= form (group_form l G w) v.
  Proof.
    intros g g' G i l H N P A w. destruct (represents_length _ _ _ _ H) as [L L'].
    assert (N' : g' <> []) by (intros ->; destruct g; [congruence|cbn in *; congruence]).
    pose proof (coordinates_represent v _ _ i A) as C.
    assert (M : length (moves g) = length (removelast G)) by (rewrite moves_length, removelast_length; congruence).
    rewrite M in C.
    assert (W : represents v (sorted g) (sorted g') w).
    { rewrite (sorted_moves g N), (sorted_moves g' N'). unfold w, group_output. apply represents_app.
      - apply represents_zip_plus; [apply represents_but_last; exact H|exact C].
      - constructor; [|constructor]. rewrite dot_minus, <- (represents_last _ _ _ H), <- (represents_total _ _ _ C). lra. }
    split; [exact W|]. unfold group_form. rewrite form_qtimes, form_qplus, squares_value, val_mul, val_2.
    change (fold_right (fun f q => qplus (minus_square f) q) Leaf w) with (minus_squares w). rewrite minus_squares_value.
    rewrite <- (represents_values _ _ _ _ W), <- (represents_values _ _ _ _ H).
    pose proof (sorted_square g g') as Q. apply nonnegative_true in P. apply Rmult_le_pos; [lra|].
    specialize (Q ltac:(congruence)). lra.
  Qed.

  Lemma by_groups_sound : forall S S' FS, all_represent v S S' FS -> Forall (fun g => g <> []) S -> forall i ls,
    forallb nonnegative ls = true -> agrees v i (concat (map moves S)) (concat (map moves S')) ->
    represents v (concat (map sorted S)) (concat (map sorted S')) (fst (by_groups ls i FS))
    /\ 0 <= form (snd (by_groups ls i FS)) v.
  Proof.
    induction 1 as [|g g' G S S' FS H K IH]; intros N i ls P A; cbn [map concat by_groups] in *.
    - split; [constructor|cbn; lra].
    - inversion N as [|? ? N1 N2]; subst. destruct (represents_length _ _ _ _ H) as [L L'].
      apply agrees_app in A; [|rewrite !moves_length; congruence]. destruct A as [A1 A2].
      assert (M : length (moves g) = length (removelast G)) by (rewrite moves_length, removelast_length; congruence).
      rewrite M in A2.
      assert (P1 : nonnegative (hd zero ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in P; tauto]).
      assert (P2 : forallb nonnegative (tl ls) = true) by (destruct ls; cbn in *; [reflexivity|apply andb_true_iff in P; tauto]).
      destruct (group_sound g g' G i (hd zero ls) H N1 P1 A1) as [W Q].
      specialize (IH N2 _ _ P2 A2). destruct (by_groups (tl ls) _ FS) as [rest q]. cbn [fst snd] in *. destruct IH as [R T].
      split; [apply represents_app; assumption|]. rewrite form_qplus. lra.
  Qed.

  Lemma groups_nonempty : forall k (l : list R), k <> 0%nat -> Forall (fun g => g <> []) (groups k l).
  Proof.
    intros k l K. unfold groups. generalize (length l). intros f. revert l.
    induction f as [|f IH]; intros [|x l]; cbn [chunks]; constructor; [|apply IH].
    destruct k; [congruence|discriminate].
  Qed.
End Sorted.

Section Steps.
  Context {name : Type}.
  Variable assumed : world.
  Variable tensors : name -> list (list dyadic).
  Variable v : index -> R.

  (** What is to be assumed about a network: the slopes of those activations in it whose slopes are not proved here. *)
  Definition assumption (u : unit name) : Prop :=
    match u with Elementwise _ (Unproved n) => as_assumed (smooth assumed) n | _ => True end.

  Lemma read_represents : forall (u : unit name) S S' FS, all_represent v S S' FS ->
    represents v (read u S) (read u S') (read_forms u FS).
  Proof.
    intros u S S' FS H. destruct u; cbn [read read_forms]; try constructor; try (apply all_nth; assumption).
    - apply represents_pairs; [|apply all_nth; assumption]. intros. rewrite dot_minus. lra.
    - apply represents_pairs; [|apply all_nth; assumption]. intros. rewrite dot_plus, !dot_times, !val_opp. nra.
    - apply represents_all_but_last, represents_groups, all_nth. assumption.
  Qed.

  Lemma linear_part_represents : forall (u : unit name) S S' FS r, is_apart u = false -> all_represent v S S' FS ->
    represents v (functions assumed u S) (functions assumed u S') r ->
    represents v (value assumed tensors u S) (value assumed tensors u S') (linear_part tensors u FS r).
  Proof.
    intros u S S' FS r C H K. destruct u; cbn [value linear_part]; try pose proof (all_nth v operand _ _ _ H) as E.
    - assert (Y : represents v (map (fun row => row_times row (nth operand S [])) (tensors weight))
                             (map (fun row => row_times row (nth operand S' [])) (tensors weight))
                             (map (fun row => combination row (nth operand FS [])) (tensors weight))).
      { induction (tensors weight); cbn; constructor; auto. apply row_times_difference. assumption. }
      destruct bias; cbn [shifted]; [apply represents_shift|]; exact Y.
    - exact K.
    - rewrite !max_min_abs. apply represents_regrouped; [|exact E|exact K].
      intros. rewrite !dot_times, dot_minus, !dot_plus, val_half. split; lra.
    - rewrite !householder_relu. apply represents_regrouped; [|exact E|exact K].
      intros. rewrite !dot_plus, !dot_times, !val_mul, val_2. split; nra.
    - apply represents_sums, all_selected. assumption.
    - apply represents_concat, all_selected. assumption.
    - apply represents_map; [|exact E]. intros. rewrite dot_times. nra.
    - apply represents_shift, represents_zip_times. exact E.
    - induction indices; cbn; constructor; auto. apply represents_nth. exact E.
    - discriminate.
    - discriminate.
  Qed.

  Lemma for_each_nonnegative : forall n ls, forallb nonnegative ls = true -> forallb nonnegative (for_each n ls) = true.
  Proof.
    intros n [|l [|m ls]] H; cbn in *; try assumption. rewrite andb_true_r in H.
    induction n; cbn; [reflexivity|]. rewrite H. assumption.
  Qed.

  Lemma functions_some : forall (u : unit name) f S, scalar u = Some f ->
    functions assumed u S = map (apply (smooth assumed) f) (read u S).
  Proof. intros u f S D. destruct u; cbn in *; try discriminate; injection D as <-; reflexivity. Qed.
  Lemma functions_none : forall (u : unit name) S, scalar u = None -> is_apart u = false -> functions assumed u S = [].
  Proof. intros u S D C. destruct u; cbn in *; try discriminate; reflexivity. Qed.

  Lemma by_slopes_sound : forall (u : unit name) ls i S S' FS F q, assumption u -> all_represent v S S' FS ->
    forallb nonnegative ls = true -> agrees v i (functions assumed u S) (functions assumed u S') ->
    by_slopes tensors u ls i FS = Some (F, q) ->
    represents v (value assumed tensors u S) (value assumed tensors u S') F /\ 0 <= form q v.
  Proof.
    intros u ls i S S' FS F q HA HS HN HG E. unfold by_slopes in E.
    destruct (scalar u) as [f|] eqn:D.
    - rewrite !(functions_some u f _ D) in HG.
      destruct (responses f i _ _) as [[r q']|] eqn:R; [|discriminate]. injection E as <- <-.
      assert (I : exists a b, interval f = Some (a, b)).
      { unfold responses in R. destruct (interval f) as [[a b]|]; [eauto|discriminate]. }
      destruct I as [a [b I]].
      assert (SL : slopes (val a) (val b) (apply (smooth assumed) f)).
      { apply interval_slopes; [exact I|]. intros n ->. destruct u; cbn in D; try discriminate.
        injection D as ->. exact HA. }
      destruct (responses_sound v _ _ _ _ I SL _ _ _ _ _ _ _ (read_represents u _ _ _ HS)
                  (for_each_nonnegative _ _ HN) HG R) as [K Q].
      split; [|exact Q]. apply linear_part_represents; [destruct u; (reflexivity || discriminate)|exact HS|].
      rewrite !(functions_some u f _ D). exact K.
    - destruct (is_apart u) eqn:C.
      { destruct u; try discriminate. destruct (Nat.eqb_spec group 0) as [K|K]; [discriminate|].
        pose proof (all_nth v operand _ _ _ HS) as Z.
        pose proof (by_groups_sound v _ _ _ (represents_groups v group _ _ _ Z) (groups_nonempty _ _ K) i _
          (for_each_nonnegative (length (groups group (nth operand FS []))) _ HN) HG) as B.
        injection E as E. rewrite E in B. exact B. }
      replace (match u with GroupSort _ _ => _ | _ => _ end) with (Some (linear_part tensors u FS [], @Leaf linear)) in E
        by (destruct u; try reflexivity; discriminate).
      injection E as <- <-. split; [|cbn; lra]. apply linear_part_represents; [exact C|exact HS|].
      rewrite !functions_none by assumption. constructor.
  Qed.

  (** A gain that is found to hold does. *)
  Variable has_gain : unit name -> nat -> dyadic -> bool.
  Definition gains_hold : Prop := forall u o g S S', source u = Some o -> assumption u ->
    length (nth o S []) = length (nth o S' []) -> has_gain u (length (nth o S [])) g = true ->
    squared (zip Rminus (value assumed tensors u S) (value assumed tensors u S'))
      <= val g * val g * squared (zip Rminus (nth o S []) (nth o S' [])).
  Hypothesis gains_true : gains_hold.

  Lemma max_min_length : forall z, length (max_min z) = Nat.double (Nat.div2 (length z)).
  Proof. unfold Nat.double. apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH. cbn [max_min length Nat.div2]. lia. Qed.
  Lemma householder_length : forall a b z, length (householder a b z) = Nat.double (Nat.div2 (length z)).
  Proof.
    intros a b. unfold Nat.double. apply two_by_two; [reflexivity|reflexivity|]. intros x y z IH.
    cbn [householder length Nat.div2]. lia.
  Qed.

  Lemma width_counted : forall (u : unit name) o S S' FS, source u = Some o -> all_represent v S S' FS ->
    length (value assumed tensors u S) = width tensors u FS.
  Proof.
    intros u o S S' FS D H. destruct u; cbn [source] in D; try discriminate; injection D as ->;
      destruct (represents_length _ _ _ _ (all_nth v o _ _ _ H)) as [L _]; cbn [value width].
    - destruct bias; cbn [shifted]; rewrite ?zip_length, length_map; reflexivity.
    - rewrite length_map. exact L.
    - rewrite max_min_length, L. reflexivity.
    - rewrite householder_length, L. reflexivity.
    - rewrite !zip_length, L. reflexivity.
    - apply fit_length.
  Qed.

  Lemma by_gain_sound : forall (u : unit name) l g i S S' FS F q, assumption u -> all_represent v S S' FS ->
    nonnegative l = true -> agrees v i (value assumed tensors u S) (value assumed tensors u S') ->
    by_gain tensors has_gain u l g i FS = Some (F, q) ->
    represents v (value assumed tensors u S) (value assumed tensors u S') F /\ 0 <= form q v.
  Proof.
    intros u l g i S S' FS F q HA HS HN HG E. unfold by_gain in E. destruct (source u) as [o|] eqn:D; [|discriminate].
    cbv zeta in E. pose proof (all_nth v o _ _ _ HS) as Z. destruct (represents_length _ _ _ _ Z) as [L L'].
    destruct (has_gain u (length (nth o FS [])) g) eqn:G; [|discriminate].
    pose proof (coordinates_represent v _ _ i HG) as W. rewrite (width_counted u o S S' FS D HS) in W.
    assert (B : squared (zip Rminus (value assumed tensors u S) (value assumed tensors u S'))
      <= val g * val g * squared (zip Rminus (nth o S []) (nth o S' []))).
    { apply (gains_true u o g S S' D HA); [congruence|]. rewrite L. exact G. }
    destruct (is_zero g || forallb is_leaf (nth o FS [])) eqn:Y; injection E as <- <-.
    - split; [|cbn; lra]. apply (represents_zero _ _ _ _ W). eapply Rle_trans; [exact B|].
      apply orb_true_iff in Y. destruct Y as [Y|Y].
      + rewrite (is_zero_true _ Y). lra.
      + rewrite (leaves_zero v _ _ _ Z Y). lra.
    - split; [exact W|]. rewrite form_qtimes, form_qplus, form_qtimes, minus_squares_value, squares_value, val_mul.
      rewrite <- (represents_values _ _ _ _ W), <- (represents_values _ _ _ _ Z). apply nonnegative_true in HN.
      apply Rmult_le_pos; [exact HN|lra].
  Qed.

  Definition is_sound (r : reason) : bool :=
    match r with Slopes ls => forallb nonnegative ls | Gain l _ => nonnegative l end.

  Theorem step_sound : forall (u : unit name) r i S S' FS F q, assumption u -> all_represent v S S' FS ->
    is_sound r = true -> agrees v i (fresh assumed tensors r u S) (fresh assumed tensors r u S') ->
    step tensors has_gain u r i FS = Some (F, q) ->
    represents v (value assumed tensors u S) (value assumed tensors u S') F /\ 0 <= form q v.
  Proof.
    intros u [ls|l g] i S S' FS F q HA HS HN HG E; cbn [step fresh is_sound] in *.
    - exact (by_slopes_sound u ls i S S' FS F q HA HS HN HG E).
    - exact (by_gain_sound u l g i S S' FS F q HA HS HN HG E).
  Qed.

  Lemma represented_alike : forall S S' FS, all_represent v S S' FS -> alike S S'.
  Proof.
    induction 1 as [|s s' F S S' FS H K IH]; constructor; [|exact IH].
    destruct (represents_length _ _ _ _ H). congruence.
  Qed.

  Lemma fresh_counted : forall (u : unit name) r i S S' FS F q, all_represent v S S' FS ->
    step tensors has_gain u r i FS = Some (F, q) -> length (fresh assumed tensors r u S) = count tensors u r FS.
  Proof.
    intros u [ls|l g] i S S' FS F q H E; cbn [fresh count].
    - destruct (represents_length _ _ _ _ (read_represents u _ _ _ H)) as [L _]. rewrite <- L.
      destruct u; cbn; rewrite ?length_map; try reflexivity.
      induction (groups group (nth operand S [])) as [|g gs IH]; cbn; [reflexivity|].
      rewrite !length_app, IH, moves_length, removelast_length. reflexivity.
    - cbn [step] in E. unfold by_gain in E. destruct (source u) as [o|] eqn:D; [|discriminate].
      apply (width_counted u o S S' FS D H).
  Qed.

  Theorem differences_sound : forall (us : list (unit name)) rs i S S' FS q FS' q', Forall assumption us ->
    all_represent v S S' FS -> forallb is_sound rs = true -> 0 <= form q v ->
    agrees v i (trace assumed tensors us rs S) (trace assumed tensors us rs S') ->
    differences tensors has_gain us rs i FS q = Some (FS', q') ->
    all_represent v (run assumed tensors us S) (run assumed tensors us S') FS' /\ 0 <= form q' v.
  Proof.
    induction us as [|u us IH]; intros rs i S S' FS q FS' q' HA HS HN HQ HG E; cbn [run differences trace] in *.
    - injection E as <- <-. auto.
    - cbv zeta in E. destruct (step tensors has_gain u (hd no_reason rs) i FS) as [[s r]|] eqn:D; [|discriminate].
      apply agrees_app in HG; [|apply fresh_alike; eapply represented_alike; eassumption]. destruct HG as [G1 G2].
      rewrite (fresh_counted u _ _ _ _ _ _ _ HS D) in G2.
      assert (N1 : is_sound (hd no_reason rs) = true)
        by (destruct rs; cbn [hd forallb] in *; [reflexivity|apply andb_true_iff in HN; tauto]).
      assert (N2 : forallb is_sound (tl rs) = true) by (destruct rs; cbn in *; [|apply andb_true_iff in HN]; tauto).
      inversion HA; subst.
      destruct (step_sound _ _ _ _ _ _ _ _ H1 HS N1 G1 D) as [K Q].
      apply (IH _ _ _ _ _ _ _ _ H2 (all_appended _ _ _ _ _ _ _ HS K) N2) in E; [exact E| |exact G2].
      rewrite form_qplus. lra.
  Qed.
End Steps.

(** There are coordinates that agree with any two executions. *)
Fixpoint place (i : index) : nat :=
  match i with One => 0 | Even j => 2 * place j + 1 | Odd j => 2 * place j + 2 end.
Lemma place_next : forall i, place (next i) = S (place i).
Proof. induction i; cbn; lia. Qed.

Lemma agrees_nth : forall c c' d d' i, length c = length c' -> place i = length d -> length d = length d' ->
  agrees (fun j => nth (place j) (d ++ c) 0 - nth (place j) (d' ++ c') 0) i c c'.
Proof.
  induction c as [|x c IH]; intros [|x' c'] d d' i L P Q; cbn [agrees]; try discriminate; [exact I|]. split.
  - rewrite P, nth_middle. rewrite Q, nth_middle. reflexivity.
  - specialize (IH c' (d ++ [x]) (d' ++ [x']) (next i)). rewrite <- !app_assoc in IH. apply IH.
    + cbn in L. lia.
    + rewrite place_next, length_app, P. cbn. lia.
    + rewrite !length_app. cbn. lia.
Qed.

Lemma coordinates_exist : forall c c', length c = length c' -> exists v, agrees v One c c'.
Proof.
  intros c c' L. exists (fun j => nth (place j) c 0 - nth (place j) c' 0). apply (agrees_nth c c' [] [] One L); reflexivity.
Qed.
