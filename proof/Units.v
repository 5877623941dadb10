(** Units of a network: what they compute in real arithmetic, and where coordinates of the difference of two executions begin. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images.
Import ListNotations.
Open Scope R_scope.

(** What a proof says of a unit: the multipliers of its scalar functions, or that it is known by its gain alone, with the
    only multiplier of that. *)
Inductive reason := Slopes (multipliers : list dyadic) | Gain (multiplier bound : dyadic).

Definition squared (z : list R) : R := fold_right (fun x s => x * x + s) 0 z.

(** Functions of whole vectors, each the gradient of a convex function, and so cocoercive: with dz and dw for the differences of
    what is read and given, [|dw|^2 <= ell dz'dw]. *)
Inductive cocoercive := Softmax (temperature : dyadic) | LayerNorm (epsilon : dyadic).
Definition softmax (T : R) (z : list R) : list R :=
  let powers := map (fun x => exp (x / T)) z in map (fun x => x / fold_right Rplus 0 powers) powers.
Definition mean (z : list R) : R := fold_right Rplus 0 z / INR (length z).
Definition layer_norm (e : R) (z : list R) : list R :=
  let d := map (fun x => x - mean z) z in map (fun x => x / sqrt (squared d / INR (length z) + e)) d.
Definition vector_of (f : cocoercive) (z : list R) : list R :=
  match f with Softmax t => softmax (val t) z | LayerNorm e => layer_norm (val e) z end.

(** Exactly [m] elements; where there are as many, it does nothing. *)
Fixpoint fit (m : nat) (l : list R) : list R :=
  match m, l with
  | O, _ => []
  | S k, [] => 0 :: fit k []
  | S k, x :: l' => x :: fit k l'
  end.

(** * The function *)
Section Real.
  (** Tensors by whatever names them, as lists of rows of real numbers; a bias is one row. *)
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
  | Cocoercive (operand group : nat) (f : cocoercive) (ell : dyadic) (* how far it moves at most, or a little above, is for the proof *)
  | Linear (operand : nat) (rows : linear_map name)
  | MaxPool (operand : nat) (down across : axis) (channels : nat)
  | Call (operand : nat) (number outputs : nat).

  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list R).

  Fixpoint zip {A B C} (f : A -> B -> C) (l : list A) (m : list B) : list C :=
    match l, m with x :: l', y :: m' => f x y :: zip f l' m' | _, _ => [] end.
  Fixpoint sums {A} (f : A -> A -> A) (ls : list (list A)) : list A :=
    match ls with [] => [] | [l] => l | l :: ls' => zip f l (sums f ls') end.

  Definition row_times (row z : list R) : R := fold_right Rplus 0 (zip Rmult row z).
  Definition shifted (y : list R) (bias : option name) : list R :=
    match bias with None => y | Some b => zip Rplus y (concat (tensors b)) end.

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

  Definition worth_of (c : coefficient name) : R :=
    match c with Number d => val d | Element t row column => nth column (nth row (tensors t) []) 0 end.
  Definition line_value (z : list R) (l : line name) : R :=
    fold_right (fun e s => worth_of (snd e) * nth (fst e) z 0 + s) 0 (fst l) + worth_of (snd l).

  Fixpoint maximum (l : list R) : R := match l with [] => 0 | [x] => x | x :: l' => Rmax x (maximum l') end.

  Definition value (u : unit) (signals : list (list R)) : list R :=
    let signal n := nth n signals [] in
    match u with
    | Dense o weight bias => shifted (map (fun row => row_times row (signal o)) (tensors weight)) bias
    | Elementwise o f => map (apply f) (signal o)
    | MaxMin o => max_min (signal o)
    | Householder o v w => householder (val v) (val w) (signal o)
    | Sum os => sums Rplus (map signal os)
    | Concat os => concat (map signal os)
    | Scale o factor => map (Rmult (val factor)) (signal o)
    | Affine o scale shift => zip (fun x c => x + val c) (zip (fun a x => val a * x) scale (signal o)) shift
    | Select o indices => map (fun i => nth i (signal o) 0) indices
    | GroupSort o k => concat (map sorted (groups k (signal o)))
    | Cocoercive o k f _ => concat (map (vector_of f) (groups k (signal o)))
    | Linear o m => map (line_value (signal o)) (lines m (length (signal o)))
    | MaxPool o down across channels => map (fun w => maximum (map (fun i => nth i (signal o) 0) w)) (windows down across channels)
    | Call o number outputs => fit outputs (called number (signal o))
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
    | GroupSort o k | Cocoercive o k _ _ => concat (map (@removelast R) (groups k (nth o signals [])))
    | _ => []
    end.
  (** Of a group that is sorted, by how much all elements but the last change. *)
  Definition moves (g : list R) : list R := removelast (zip Rminus (sorted g) g).
  Definition functions (u : unit) (signals : list (list R)) : list R :=
    match u with GroupSort o k => concat (map moves (groups k (nth o signals [])))
    | Cocoercive o k f _ => concat (map (fun g => removelast (vector_of f g)) (groups k (nth o signals []))) | _ =>
    match scalar u with Some f => map (apply f) (read u signals) | None => [] end
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
    | Dense o _ _ | Elementwise o _ | MaxMin o | Householder o _ _ | Affine o _ _ | Select o _ | GroupSort o _
    | Cocoercive o _ _ _ | Linear o _ | MaxPool o _ _ _ | Call o _ _ => Some o
    | _ => None
    end.
End Real.
Arguments unit : clear implicits.

(** The tensors that are stored, as real numbers. *)
Definition stored {name : Type} (tensors : name -> list (list dyadic)) : name -> list (list R) :=
  fun n => map (map val) (tensors n).
