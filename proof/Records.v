(** Why a certificate holds, as it says: the records of a proof, and the rows that they are about.
    docs/certificate-format.md, "What is read", "Multipliers" and "Segmentations". *)
From Coq Require Import ZArith String List Bool.
From Lipc Require Import Dyadic Activations Images Units Norms Certificate Document Numbers Reading Layout.
Import ListNotations.
Open Scope string_scope.
Open Scope Z_scope.

(** * Procedures and witnesses *)
Inductive named := Congruence | Exact | Cholesky | Construction | Product | AllFrequencies | Derivatives.
Definition procedures := [("congruence", Congruence); ("exact elimination", Exact); ("verified cholesky", Cholesky);
  ("ldlt construction", Construction); ("elementwise product", Product); ("all frequencies", AllFrequencies); ("rows", Derivatives)].
Definition procedure_of (m : object) : result named := word "procedure" procedures m.

(** What witnesses are about: of S and of each gain how many rows are given, if any; and of which coordinates there is
    one row, the first of each row's elements. No number of a row is used. *)
Record witnesses := { of_s : option nat; of_gains : list (Z * option nat); first_elements : list bool }.

Fixpoint rows_from (i : nat) (l : list json) : result nat :=
  match l with
  | [] => Accepted i
  | Text t :: l' => need is_row i t else "a row that can be none of a witness" in rows_from (S i) l'
  | _ => Rejected "rows that are no texts"
  end.
(** How many rows a witness of a matrix has, where it has some. *)
Definition matrix_rows (p : named) (m : object) : result (option nat) :=
  match p with
  | Congruence => let* l := items "rows" m in let* n := rows_from 0 l in Accepted (Some n)
  | Exact | Cholesky => need negb (has "rows" m) else "rows that nothing reads" in Accepted None
  | Construction => Undecided "the procedure ldlt construction"
  | Product => Undecided "the procedure elementwise product"
  | AllFrequencies => Undecided "the procedure all frequencies"
  | Derivatives => Rejected "the procedure rows"
  end.

(** An elementwise product, and a construction, have no records. *)
Definition no_records (m : object) : bool :=
  forallb (fun name => match member name m with Some (Items []) => true | _ => false end) ["gains"; "segmentations"; "multipliers"]
  && negb (existsb (fun name => has name m) ["rows"; "torus"; "twist"; "head"]).

(** * Records *)
Inductive constraint := OfSlope | OfGain | OfRange | OfCrop.
Definition same_constraint (c d : constraint) : bool :=
  match c, d with OfSlope, OfSlope | OfGain, OfGain | OfRange, OfRange | OfCrop, OfCrop => true | _, _ => false end.
Definition same_key (a b : Z * constraint) : bool := (fst a =? fst b) && same_constraint (snd a) (snd b).

(** What a proof records: lengths of rows; gains, of convolutions with a torus, and the rows of their witnesses; and
    multipliers. *)
Record records := {
  cuts : list (Z * list Z);
  gains : list (Z * ((dyadic * option (Z * Z)) * option nat));
  multipliers : list ((Z * constraint) * list dyadic) }.

Definition cut (j : json) : result (Z * list Z) :=
  let* r := members [Must "unit"; Must "lengths"] j in
  let* u := integer "unit" r in
  let* lengths := integers "lengths" r in Accepted (u, lengths).
Definition is_half_turn (j : json) : bool := is_text "0x0.0p0" (Some j) || is_text "0x1.0p-1" (Some j).
(** Two numbers of cells, with twists. *)
Definition torus_of (r : object) : result (Z * Z) :=
  let* twist := items "twist" r in
  need Nat.eqb (length twist) 2 && forallb is_half_turn twist else "no torus" in
  let* cells := integers "torus" r in
  match cells with
  | [n; m] => need (0 <? n) && (0 <? m) else "no torus" in Accepted (n, m)
  | _ => Rejected "no torus"
  end.
Definition gain_record (j : json) : result (Z * ((dyadic * option (Z * Z)) * option nat)) :=
  let* r := members [Must "unit"; Must "gain"; May "torus"; May "twist"; Must "procedure"; May "rows"] j in
  let* p := procedure_of r in
  let* rows := matrix_rows p r in
  let* value := get "gain" r in
  let* g := real false value in
  need nonnegative g else "a gain that is negative" in
  let* torus := match has "torus" r, has "twist" r with
    | false, false => Accepted None
    | true, true => match p with Cholesky => let* t := torus_of r in Accepted (Some t) | _ => Rejected "no torus" end
    | _, _ => Rejected "no torus"
    end in
  let* u := integer "unit" r in
  Accepted (u, ((g, torus), rows)).
Definition multiplier (j : json) : result ((Z * constraint) * list dyadic) :=
  let* r := members [Must "unit"; Must "constraint"; Must "values"] j in
  let* values := reals false "values" r in
  need forallb nonnegative values else "a multiplier that is negative" in
  let* c := word "constraint" [("slope", OfSlope); ("gain", OfGain); ("range", OfRange); ("crop", OfCrop)] r in
  let* u := integer "unit" r in
  Accepted ((u, c), values).

(** Each is compared with each other. *)
Definition listed_in (name : string) (m : object) : result (list json) :=
  let* l := items name m in limit Nat.leb (length l) most_listed else "too large: " ++ name in Accepted l.
Definition records_of (m : object) : result records :=
  let* l := listed_in "segmentations" m in
  let* cs := each cut l in
  need all_different Z.eqb (map fst cs) else "two records of one segmentation" in
  let* l := listed_in "gains" m in
  let* gs := each gain_record l in
  need all_different Z.eqb (map fst gs) else "two records of one gain" in
  let* l := listed_in "multipliers" m in
  let* ms := each multiplier l in
  need all_different same_key (map fst ms) else "two records of one multiplier" in
  Accepted {| cuts := cs; gains := gs; multipliers := ms |}.

(** * Rows *)
Definition total (l : list Z) : Z := fold_left Z.add l 0.
Definition ones (n : nat) : list Z := repeat 1 n.
Definition are_single (rows : list Z) : bool := forallb (Z.eqb 1) rows.
Definition is_cut (size : nat) (lengths : list Z) : bool := forallb (Z.ltb 0) lengths && (total lengths =? Z.of_nat size).

Section Proof.
  Context {name : Type}.

  (** The rows of what a unit gives, by their lengths, from those of what it reads. What stands for a row of several
      elements here stands for each of them, which makes S no more and no less positive. *)
  Definition rows_of (u : unit name) (size : nat) (by_gain : bool) (cut_there : option (list Z)) (rows : list (list Z)) : result (list Z) :=
    let of_operand o := nth o rows [] in
    match cut_there, by_gain with
    | Some lengths, _ => need by_gain && is_cut size lengths else "a segmentation that does not fit" in Accepted lengths
    | None, true => Accepted (ones size)
    | None, false =>
        let alone o := need are_single (of_operand o) else "single elements are read of rows of several" in Accepted (ones size) in
        match u with
        | Elementwise o _ | Scale o _ => Accepted (of_operand o)
        | Affine o scale _ => if forallb (fun s => equal s (hd zero scale)) scale then Accepted (of_operand o) else alone o
        | Concat os => Accepted (flat_map of_operand os)
        | Sum os =>
            let first := of_operand (hd 0%nat os) in
            need forallb (fun o => all_same Z.eqb (of_operand o) first) os else "rows of different lengths are added" in Accepted first
        | Call _ _ _ | MaxPool _ _ _ _ => Rejected "a call or a maximum without a gain"
        | Dense o _ _ | MaxMin o | GroupSort o _ | Householder o _ _ | Select o _ | Cocoercive o _ _ _ | Linear o _ => alone o
        end
    end.

  (** One multiplier for all rows, or one for each: one for each element. *)
  Definition for_elements (rows : list Z) (values : list dyadic) : list dyadic :=
    match values with
    | [] | [_] => values
    | _ => flat_map (fun '(n, l) => repeat l (Z.to_nat n)) (combine rows values)
    end.

  (** How many multipliers a unit has: none, or those of its scalar functions. *)
  Definition slopes_of (f : pointwise) : result (dyadic * dyadic) :=
    match interval f with Some ab => Accepted ab | None => Rejected "an activation with a parameter that it cannot have" end.
  Definition expected (u : unit name) (size : nat) : result nat :=
    match u with
    | Elementwise _ f => let* '(a, b) := slopes_of f in Accepted (if lt a b then size else 0%nat)
    | MaxMin _ | Householder _ _ _ => Accepted (Nat.div2 size)
    | GroupSort _ k | Cocoercive _ k _ _ => Accepted (Nat.div size k)
    | _ => Accepted 0%nat
    end.

  (** * Gains *)
  Variable callees : nat -> option known.

  Definition on_torus (cells : Z) (a : side) : bool :=
    (reach_of a <=? stride_of a)
    || (cells * stride_of a >=? pixels_of a + before_of a)
       && (cells * stride_of a >=? stride_of a * (comes a - 1) + reach_of a - before_of a) && (cells >=? comes a).
  (** In how many windows a pixel can be. *)
  Definition shared (a : axis) : nat := Nat.div (kernel a + stride a - 1) (stride a).
  Definition in_windows (down across : axis) : dyadic := Dyadic (Z.of_nat (shared down) * Z.of_nat (shared across)) 0.

  (** The gain of a unit that is known by it: proved of a matrix, and of others what the format says. That of a batch
      normalisation follows from its tensors, in [completed]. *)
  Definition gain_of (u : unit name) (record : option (dyadic * option (Z * Z))) : result dyadic :=
    match u, record with
    | Dense _ _ _, Some (g, None) => Accepted g
    | Linear _ (Convolution down across _ _ _ _ _), Some (g, Some (n, m)) =>
        need on_torus n (side_of down) && on_torus m (side_of across) else "a torus that is too small" in Accepted g
    | Dense _ _ _, Some _ | Linear _ (Convolution _ _ _ _ _ _ _), Some _ => Rejected "a gain of another kind"
    | Dense _ _ _, None | Linear _ (Convolution _ _ _ _ _ _ _), None => Rejected "a gain is missing"
    | _, Some _ => Rejected "a gain that nothing reads"
    | Elementwise _ f, None => let* '(a, b) := slopes_of f in Accepted (largest (abs a) (abs b))
    | Affine _ scale _, None => Accepted (fold_left (fun g s => largest g (abs s)) scale zero)
    | Call _ k m, None =>
        match callees k with
        | Some b => Accepted (match to_norm b with L2 => at_most b | Linf => root_times m (at_most b) end)
        | None => Rejected "a call of nothing"
        end
    | MaxMin _, None | GroupSort _ _, None | Linear _ (Center _), None => Accepted one
    | Select _ indices, None => need distinct indices else "a gain of a selection that has an element twice" in Accepted one
    | Householder _ v w, None =>
        let n := add (mul v v) (mul w w) in Accepted (largest one (abs (sub (add n n) one)))
    | Cocoercive _ _ _ ell, None => Accepted ell
    | Linear _ (Channels _ _ _), None => Accepted zero
    | Linear _ (AveragePool down across _ f), None =>
        Accepted (root_of (mul (mul (mul f f) (Dyadic (Z.of_nat (kernel down) * Z.of_nat (kernel across)) 0)) (in_windows down across)))
    | MaxPool _ down across _, None => Accepted (root_of (in_windows down across))
    | Sum _, None | Concat _, None | Scale _ _, None => Rejected "a gain of a unit that cannot have one"
    end.

  (** * The reasons of a proof, for each unit *)
  Definition is_elementwise (u : unit name) : bool := match u with Elementwise _ _ => true | _ => false end.
  Definition counted (n : nat) (values : list dyadic) : bool := Nat.eqb (length values) n || Nat.eqb (length values) 1.
  Definition take (r : records) (i : Z) (c : constraint) (n : nat) : result (list dyadic) :=
    match found same_key (i, c) (multipliers r) with
    | Some values => need Nat.ltb 0 n && counted n values else "multipliers that nothing reads, or too few or many" in Accepted values
    | None => need Nat.eqb n 0 else "a multiplier is missing" in Accepted []
    end.
  Definition reason_of (r : records) (i : Z) (u : unit name) (size : nat) (own : list Z) : result reason :=
    match found same_key (i, OfGain) (multipliers r) with
    | Some [l] => let* g := gain_of u (option_map fst (found Z.eqb i (gains r))) in Accepted (Gain l g)
    | Some _ => Rejected "a gain has one multiplier"
    | None =>
        need negb (is_there Z.eqb i (map fst (gains r))) else "a gain that nothing reads" in
        let* n := expected u size in
        let* values := take r i OfSlope (if is_elementwise u && Nat.ltb 0 n then length own else n) in
        Accepted (Slopes (if is_elementwise u then for_elements own values else values))
    end.
  (** Of each unit its rows and its reason; [rows] has those of the units before number [i]. *)
  Fixpoint reasons_of (r : records) (i : Z) (us : list (plain name)) (rows : list (list Z)) : result (list (list Z * reason)) :=
    match us with
    | [] => Accepted []
    | p :: us' =>
        let by_gain := match found same_key (i, OfGain) (multipliers r) with Some _ => true | None => false end in
        let* own := rows_of (what p) (extent p) by_gain (found Z.eqb i (cuts r)) rows in
        let* reason := reason_of r i (what p) (extent p) own in
        let* rest := reasons_of r (i + 1) us' (rows ++ [own])%list in
        Accepted ((own, reason) :: rest)
    end.

  (** Which of the coordinates of a unit stands for a row. *)
  Definition first_of (rows : list Z) : list bool := flat_map (fun n => true :: repeat false (Z.to_nat (n - 1))) rows.
  Definition own_rows (p : plain name) (of_unit : list Z * reason) : result (list bool) :=
    let '(rows, reason) := of_unit in
    match reason, what p with
    | Gain _ _, _ | Slopes _, Elementwise _ _ => Accepted (first_of rows)
    | Slopes _, GroupSort _ k | Slopes _, Cocoercive _ k _ _ => Accepted (repeat true (extent p - Nat.div (extent p) k))
    | Slopes _, u => let* n := expected u (extent p) in Accepted (repeat true n)
    end.
  Definition is_read (r : reason) : bool := match r with Slopes [] => false | _ => true end.

  Definition proof_of (us : list (plain name)) (inputs : nat) (from_linf to_linf : bool) (m : object) : result (proof * witnesses) :=
    let* p := procedure_of m in
    let* rows_of_s := matrix_rows p m in
    need negb (existsb (fun n => has n m) ["torus"; "twist"; "head"]) else "a torus that nothing reads" in
    let* r := records_of m in
    let* input_rows := match found Z.eqb 0 (cuts r) with
      | Some lengths => need is_cut inputs lengths else "a segmentation that does not fit" in Accepted lengths
      | None => Accepted (ones inputs)
      end in
    let* units_read := reasons_of r 1 us [input_rows] in
    need negb to_linf || are_single (last (input_rows :: map fst units_read) []) else "single elements are read of rows of several" in
    let reasons := map snd units_read in
    let* range := take r 0 OfRange (if from_linf then length input_rows else 0%nat) in
    let ranges := if from_linf then for_elements input_rows range else range in
    need Nat.eqb (length (filter is_read (Slopes ranges :: reasons))) (length (multipliers r)) else "records that nothing reads" in
    let is_unit low i := (low <=? i) && (i <=? Z.of_nat (length us)) in
    need forallb (fun g => is_unit 1 (fst g)) (gains r) else "a gain that nothing reads" in
    need forallb (fun c => is_unit 0 (fst c)) (cuts r) else "a segmentation that nothing reads" in
    let* own := each (fun '(p, u) => own_rows p u) (combine us units_read) in
    Accepted ({| Certificate.reasons := reasons; ranges := ranges |},
              {| of_s := rows_of_s; of_gains := map (fun g => (fst g, snd (snd g))) (gains r);
                 first_elements := first_of input_rows ++ concat own |}%list).
End Proof.
