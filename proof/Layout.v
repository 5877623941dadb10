(** Units as a certificate lists them, what they compute, and the units that the proofs of Certificate.v are about: those of
    a callee in place of a call that is inlined, and three in place of groups of channels. *)
From Coq Require Import ZArith List Reals Bool Lia.
From Lipc Require Import Dyadic Activations Images Units.
Import ListNotations.
Open Scope nat_scope.

(** A unit, how many elements it gives, and how far apart the elements of a group are: 1, or the pixels of a channel. *)
Record plain (name : Type) := Plain { what : unit name; extent : nat; apart : nat }.
Arguments Plain {name}.
Arguments what {name}.
Arguments extent {name}.
Arguments apart {name}.

Definition group {name} (u : unit name) : nat :=
  match u with MaxMin _ | Householder _ _ _ => 2 | GroupSort _ k | Cocoercive _ k _ _ => k | _ => 0 end.

(** docs/certificate-format.md, "Activations": element [j] of group [g], in the order of groups number [i = g k + j], and
    where element [e] stands in that order. *)
Definition place (k pixels i : nat) : nat := (i / k / pixels * k + i mod k) * pixels + (i / k) mod pixels.
Definition position (k pixels e : nat) : nat := (e / pixels / k * pixels + e mod pixels) * k + (e / pixels) mod k.

Lemma place_of_position : forall k pixels e, k <> 0 -> pixels <> 0 -> place k pixels (position k pixels e) = e.
Proof.
  intros k p e K P. unfold place, position. set (q := e / p). set (r := e mod p).
  assert (R : r < p) by (apply Nat.mod_upper_bound; exact P).
  assert (Q : q mod k < k) by (apply Nat.mod_upper_bound; exact K).
  assert (E1 : ((q / k * p + r) * k + q mod k) / k = q / k * p + r) by (rewrite Nat.div_add_l, (Nat.div_small (q mod k)) by assumption; lia).
  assert (E2 : ((q / k * p + r) * k + q mod k) mod k = q mod k)
    by (rewrite Nat.add_comm, Nat.Div0.mod_add, Nat.mod_small by assumption; reflexivity).
  rewrite E1, E2.
  assert (E3 : (q / k * p + r) / p = q / k) by (rewrite Nat.div_add_l, (Nat.div_small r) by assumption; lia).
  assert (E4 : (q / k * p + r) mod p = r) by (rewrite Nat.add_comm, Nat.Div0.mod_add, Nat.mod_small by assumption; reflexivity).
  rewrite E3, E4. unfold r, q. pose proof (Nat.div_mod_eq (e / p) k). pose proof (Nat.div_mod_eq e p). nia.
Qed.

(** By what a claim measures two inputs: by their difference; by that of what the first unit makes of them; by their
    difference with each element divided by a length; or by their difference, where both are between these ends. *)
Inductive scale := Unscaled | ByFirstLayer | ByUnits (lengths : list dyadic) | OnBox (ends : list (dyadic * dyadic)).
(** Which inputs a claim is about: those between the ends, where it has some. *)
Definition is_between (x : R) (ends : dyadic * dyadic) : Prop := (val (fst ends) <= x <= val (snd ends))%R.
Definition is_about (s : scale) (x : list R) : Prop := match s with OnBox ends => Forall2 is_between x ends | _ => True end.
(** Whether an element does not move, as its ends meet. *)
Definition is_fixed (ends : dyadic * dyadic) : bool := equal (fst ends) (snd ends).

Section Layout.
  Context {name : Type}.

  Definition renumbered (at_ : nat -> nat) (u : unit name) : unit name :=
    match u with
    | Dense o w b => Dense (at_ o) w b
    | Elementwise o f => Elementwise (at_ o) f
    | MaxMin o => MaxMin (at_ o)
    | Householder o v w => Householder (at_ o) v w
    | Sum os => Sum (map at_ os)
    | Concat os => Concat (map at_ os)
    | Scale o f => Scale (at_ o) f
    | Affine o s t => Affine (at_ o) s t
    | Select o indices => Select (at_ o) indices
    | GroupSort o k => GroupSort (at_ o) k
    | Cocoercive o k f ell => Cocoercive (at_ o) k f ell
    | Linear o m => Linear (at_ o) m
    | MaxPool o down across channels => MaxPool (at_ o) down across channels
    | Call o k m => Call (at_ o) k m
    end.
  Definition moved (at_ : nat -> nat) (p : plain name) : plain name := Plain (renumbered at_ (what p)) (extent p) (apart p).

  Definition operands (u : unit name) : list nat :=
    match u with
    | Dense o _ _ | Elementwise o _ | MaxMin o | Householder o _ _ | Scale o _ | Affine o _ _ | Select o _ | GroupSort o _
    | Cocoercive o _ _ _ | Linear o _ | MaxPool o _ _ _ | Call o _ _ => [o]
    | Sum os | Concat os => os
    end.

  (** Groups of channels are of all elements that are read, and fill them, and sums have terms: of what is no network nothing
      is said. *)
  Definition is_proper (sizes : list nat) (p : plain name) : bool :=
    (Nat.eqb (apart p) 1
     || Nat.ltb 1 (group (what p)) && Nat.eqb (nth (hd 0 (operands (what p))) sizes 0) (extent p) && Nat.ltb 0 (apart p)
        && Nat.eqb (extent p mod (group (what p) * apart p)) 0)
    && match what p with Sum [] => false | _ => true end.

  (** Units without calls, and the number of the one that is the output; number 0 is the input. *)
  Definition flat_network : Type := list (plain name) * nat.

  (** One flat list: the units of a callee but its input in place of the call. [numbers] has the number in [flat] of
      each unit that was seen, the input first. None where a callee is not flat. *)
  Fixpoint flattened (callees : nat -> option flat_network) (us : list (plain name)) (numbers : list nat) (flat : list (plain name))
    : option flat_network :=
    match us with
    | [] => Some (flat, last numbers 0)
    | p :: us' =>
        let at_ o := nth o numbers 0 in
        let base := length flat in
        match what p with
        | Call o k _ =>
            match callees k with
            | Some (inner, out) =>
                let inside i := match i with O => at_ o | _ => base + i end in
                flattened callees us' (numbers ++ [inside out]) (flat ++ map (moved inside) inner)
            | None => None
            end
        | _ => flattened callees us' (numbers ++ [S base]) (flat ++ [moved at_ p])
        end
    end.

  (** Groups of channels: elements are put next to each other, and back. [count] units are there before these. *)
  Fixpoint parted (us : list (plain name)) (numbers : list nat) (count : nat) : list (unit name) :=
    match us with
    | [] => []
    | p :: us' =>
        let u := renumbered (fun o => nth o numbers 0) (what p) in
        match Nat.eqb (apart p) 1, source u with
        | false, Some o =>
            let k := group u in
            Select o (map (place k (apart p)) (seq 0 (extent p))) :: renumbered (fun _ => S count) u
              :: Select (S (S count)) (map (position k (apart p)) (seq 0 (extent p)))
              :: parted us' (numbers ++ [3 + count]) (3 + count)
        | _, _ => u :: parted us' (numbers ++ [S count]) (S count)
        end
    end.
  (** No record is about the first and the last of three. *)
  Fixpoint parted_reasons (us : list (plain name)) (rs : list reason) : list reason :=
    match us, rs with
    | p :: us', r :: rs' =>
        if Nat.eqb (apart p) 1 then r :: parted_reasons us' rs' else Slopes [] :: r :: Slopes [] :: parted_reasons us' rs'
    | _, _ => []
    end.

  (** * Scales of the inputs: docs/certificate-format.md, "A scaled bound" *)
  Definition is_linear (u : unit name) : bool :=
    match u with
    | Dense _ _ _ | Elementwise _ Identity | Sum _ | Concat _ | Scale _ _ | Affine _ _ _ | Select _ _ | Linear _ _ => true
    | _ => false
    end.
  Definition reads_input (u : unit name) : bool := existsb (Nat.eqb 0) (operands u).
  (** The units that the proofs of a scaled bound are about, and how many elements these read: those of the function that
      reads what the scale gives. *)
  Definition behind (s : scale) (inputs : nat) (us : list (plain name)) : option (nat * list (plain name)) :=
    match s, us with
    | Unscaled, _ => Some (inputs, us)
    | ByFirstLayer, first :: us' =>
        if is_linear (what first) && match operands (what first) with [0] => true | _ => false end
           && forallb (fun p => negb (reads_input (what p))) us'
        then Some (extent first, map (moved pred) us') else None
    | ByFirstLayer, [] => None
    | ByUnits lengths, _ =>
        if (length lengths =? inputs) && forallb positive lengths
        then Some (inputs, Plain (Affine 0 lengths (repeat zero inputs)) inputs 1 :: map (moved S) us) else None
    | OnBox ends, _ =>
        if (length ends =? inputs) && forallb (fun pq => le (fst pq) (snd pq)) ends then
          if existsb is_fixed ends
          then Some (inputs, Plain (Affine 0 (map (fun pq => if is_fixed pq then zero else one) ends)
                                             (map (fun pq => if is_fixed pq then fst pq else zero) ends)) inputs 1 :: map (moved S) us)
          else Some (inputs, us)
        else None
    end.

  (** * What a network computes, as it is listed *)
  Section Meaning.
  Variable called : nat -> list R -> list R.
  Variable tensors : name -> list (list R).

  Definition gathered (k pixels : nat) (z : list R) : list R := map (fun i => nth (place k pixels i) z 0%R) (seq 0 (length z)).
  Definition put_back (k pixels : nat) (y : list R) : list R := map (fun e => nth (position k pixels e) y 0%R) (seq 0 (length y)).
  (** Of groups of channels: of the elements of each group, next to each other; and each of what comes out at its place. *)
  Definition meaning (p : plain name) (signals : list (list R)) : list R :=
    let u := what p in
    match Nat.eqb (apart p) 1, source u with
    | false, Some o =>
        put_back (group u) (apart p)
          (value called tensors (renumbered (fun _ => 0) u) [gathered (group u) (apart p) (nth o signals [])])
    | _, _ => value called tensors u signals
    end.
  End Meaning.

  (** What is called has no value where something does not fit. *)
  Variable called : nat -> list R -> option (list R).
  Variable tensors : name -> list (list R).

  (** Whether everything fits that a unit reads: its operands are there, and tensors and signals are as long as each other. *)
  Definition unit_fits (u : unit name) (signals : list (list R)) : bool :=
    let signal o := nth o signals [] in
    let n o := length (signal o) in
    forallb (fun o => o <? length signals) (operands u) &&
    match u with
    | Dense o weight bias =>
        forallb (fun row => length row =? n o) (tensors weight)
        && match bias with Some b => length (concat (tensors b)) =? length (tensors weight) | None => true end
    | Elementwise _ _ | Scale _ _ | Concat _ => true
    | MaxMin o | Householder o _ _ => Nat.even (n o)
    | Sum os => match os with o :: rest => forallb (fun p => n p =? n o) rest | [] => false end
    | Affine o scale shift => (length scale =? n o) && (length shift =? n o)
    | Select o indices => forallb (fun i => i <? n o) indices
    | GroupSort o k | Cocoercive o k _ _ => (0 <? k) && (n o mod k =? 0)
    | Linear o m => map_fits tensors m (n o)
    | MaxPool o down across channels => is_image_of down across channels (n o) && is_bare down && is_bare across
    | Call o number outputs => match called number (signal o) with Some y => length y =? outputs | None => false end
    end.
  (** Groups of channels are those of an image: so many pixels of each of their channels. *)
  Definition groups_fit (p : plain name) (signals : list (list R)) : bool :=
    (apart p =? 1)
    || (0 <? apart p) && (1 <? group (what p))
       && forallb (fun o => length (nth o signals []) mod (group (what p) * apart p) =? 0) (operands (what p)).

  Definition value_of (f : list R -> option (list R)) (z : list R) : list R := match f z with Some y => y | None => [] end.
  (** All signals, the input first; none where something does not fit, or a unit gives another number of elements than it is
      listed with. *)
  Fixpoint signals_of (us : list (plain name)) (signals : list (list R)) : option (list (list R)) :=
    match us with
    | [] => Some signals
    | p :: us' =>
        let y := meaning (fun k => value_of (called k)) tensors p signals in
        if unit_fits (what p) signals && groups_fit p signals && (length y =? extent p) then signals_of us' (signals ++ [y]) else None
    end.
  (** What the units make of an input of the listed size. *)
  Definition function (inputs : nat) (us : list (plain name)) (x : list R) : option (list R) :=
    if length x =? inputs then option_map (fun signals => last signals []) (signals_of us [x]) else None.

  (** Tensors of the shapes that are listed: a weight has a row for each element of its unit, and a column for each of its
      operand's. *)
  Definition of_listed_shapes (inputs : nat) (us : list (plain name)) : Prop :=
    forall p o weight bias, In p us -> what p = Dense o weight bias ->
    length (tensors weight) = extent p /\
    (forall row, In row (tensors weight) -> length row = nth o (inputs :: map extent us) 0) /\
    match bias with Some b => length (concat (tensors b)) = extent p | None => True end.
End Layout.
