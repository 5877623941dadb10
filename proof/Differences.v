(** What the difference of two executions is in coordinates, with the quadratic constraints on these. That this is true of what
    units compute is proved in Steps.v. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units.
Import ListNotations.
Open Scope R_scope.

Definition minus_one := Dyadic (-1) 0.
Definition half := Dyadic 1 (-1).
Definition minus (l m : linear) : linear := plus l (times minus_one m).
Definition is_leaf (l : linear) : bool := match l with Leaf => true | _ => false end.
Definition all_equal (z : list linear) : bool :=
  match z with [] => true | f :: z' => forallb (fun g => is_leaf (minus g f)) z' end.

Section Symbolic.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).

  (** As [worth_of] and [line_value]; what is added cancels. *)
  Definition dyadic_of (c : coefficient name) : dyadic :=
    match c with Number d => d | Element t row column => nth column (nth row (tensors t) []) zero end.
  Definition line_form (z : list linear) (l : line name) : linear :=
    fold_right (fun e s => plus (times (dyadic_of (snd e)) (nth (fst e) z Leaf)) s) Leaf (fst l).

  Definition combination (row : list dyadic) (z : list linear) : linear := fold_right plus Leaf (zip times row z).

  Definition read_forms (u : unit name) (signals : list (list linear)) : list linear :=
    match u with
    | Elementwise o _ => nth o signals []
    | MaxMin o => pairs minus (nth o signals [])
    | Householder o v w => pairs (fun x y => plus (times (opp v) x) (times (opp w) y)) (nth o signals [])
    | GroupSort o k | Cocoercive o k _ _ => concat (map (@removelast linear) (groups k (nth o signals [])))
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
    | Linear o m => map (line_form (signal o)) (lines m (length (signal o)))
    | GroupSort _ _ | Cocoercive _ _ _ _ | MaxPool _ _ _ _ | Call _ _ _ => []
    end.

  (** One number for all, or one for each. *)
  Definition for_each {A} (n : nat) (ls : list A) : list A := match ls with [l] => repeat l n | _ => ls end.

  (** Neither linear nor made of scalar functions. *)
  Definition is_apart (u : unit name) : bool := match u with Call _ _ _ | GroupSort _ _ | Cocoercive _ _ _ _ | MaxPool _ _ _ _ => true | _ => false end.

  (** Sorted groups keep their sum, and bring [2 l (|dz|^2 - |dw|^2)], with a multiplier for each group. What moves as a
      whole is moved so by sorting too, and has no coordinates. *)
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
        let (rest, q) := by_groups (tl ls) (after i m) gs' in
        if all_equal z then (z ++ rest, q) else
        let w := group_output z (coordinates i m) in
        (w ++ rest, qplus (group_form (hd zero ls) z w) q)
    end.

  (** [2 T ell >= 1], and [ell^2 e >= 1] *)
  Definition is_cocoercive (f : cocoercive) (ell : dyadic) : bool :=
    match f with
    | Softmax t => positive t && le one (mul (mul (Dyadic 1 1) t) ell)
    | LayerNorm e => positive e && positive ell && le one (mul (mul ell ell) e)
    end.
  (** All but the last are new, and the sum is always the same; [2 l w'(ell z - w)]. What moves as a whole has the same values. *)
  Definition cocoercive_forms (f : list linear) : list linear := f ++ [minus Leaf (total_of f)].
  Definition cocoercive_form (l ell : dyadic) (z w : list linear) : quadratic :=
    qtimes (mul (Dyadic 1 1) l)
      (qplus (qtimes ell (fold_right qplus Leaf (zip product z w))) (fold_right (fun f q => qplus (minus_square f) q) Leaf w)).
  Definition cocoercive_differences (l ell : dyadic) (i : index) (z : list linear) : list linear * quadratic :=
    if all_equal z then (map (fun _ => Leaf) z, Leaf) else
    let w := cocoercive_forms (coordinates i (length (removelast z))) in (w, cocoercive_form l ell z w).
  Fixpoint by_vectors (ell : dyadic) (ls : list dyadic) (i : index) (gs : list (list linear)) : list linear * quadratic :=
    match gs with
    | [] => ([], Leaf)
    | z :: gs' =>
        let (rest, q) := by_vectors ell (tl ls) (after i (length (removelast z))) gs' in
        let (w, p) := cocoercive_differences (hd zero ls) ell i z in (w ++ rest, qplus p q)
    end.

  Definition by_slopes (u : unit name) (ls : list dyadic) (i : index) (signals : list (list linear))
    : option (list linear * quadratic) :=
    let zs := read_forms u signals in
    match scalar u with
    | None => match u with GroupSort o k =>
        let gs := groups k (nth o signals []) in
        if Nat.eqb k 0 then None else Some (by_groups (for_each (length gs) ls) i gs)
      | Cocoercive o k f ell =>
          let gs := groups k (nth o signals []) in
          if is_cocoercive f ell && Nat.ltb 0 k then Some (by_vectors ell (for_each (length gs) ls) i gs) else None
      | _ => if is_apart u then None else Some (linear_part u signals [], Leaf) end
    | Some f =>
        match responses f i (for_each (length zs) ls) zs with
        | None => None
        | Some (r, q) => Some (linear_part u signals r, q)
        end
    end.

  Definition minus_squares (ls : list linear) : quadratic :=
    expecting (squares_work ls) (fun _ => fold_right (fun l q => qplus (minus_square l) q) Leaf ls).

  (** How many elements a unit gives that is known by its gain. *)
  Definition width (u : unit name) (signals : list (list linear)) : nat :=
    match u with
    | Dense _ weight None => length (tensors weight)
    | Dense _ weight (Some b) => Nat.min (length (tensors weight)) (length (concat (tensors b)))
    | Elementwise o _ => length (nth o signals [])
    | Affine o scale shift => Nat.min (Nat.min (length scale) (length (nth o signals []))) (length shift)
    | MaxMin o | Householder o _ _ => Nat.double (Nat.div2 (length (nth o signals [])))
    | Select _ indices => length indices
    | GroupSort o k | Cocoercive o k _ _ => length (concat (groups k (nth o signals [])))
    | Linear o m => length (lines m (length (nth o signals [])))
    | MaxPool _ down across channels => length (windows down across channels)
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
