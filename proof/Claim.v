(** From the text of a certificate to what it claims and to its reasons; the tensors that it names come later. *)
From Coq Require Import ZArith String Ascii List Bool.
From Lipc Require Import Dyadic Activations Images Units Norms Certificate Document Numbers Reading Layout Boxes Records Torus Constructed.
Import ListNotations.
Open Scope string_scope.
Open Scope Z_scope.

(** A tensor that is named: its name, shape and digest. *)
Record record := { tensor_name : string; tensor_shape : list Z; tensor_digest : string }.

(** By a matrix inequality for each of the proofs, by factors of single elements, because of its form, or by derivatives on
    each part of a box. *)
Inductive grounds := ByProofs (ps : list (proof * witnesses)) | ByProduct | ByConstruction (c : construction) | ByDerivatives (cuts : boxes).
Inductive rests_on := OnProofs | OnProduct | OnConstruction | OnDerivatives.

(** That these outputs never fall where one of these inputs alone rises, or that they never rise. *)
Record trend := { increases_there : bool; of_inputs : list Z; of_outputs : list Z }.
(** That none of these outputs moves by more than the sum, over the inputs, of a slope for each times how far that input moves. *)
Record movement := { slopes_of : list dyadic; slope_texts : list string; of_moved : list Z }.
(** What is said: that nothing moves by more than the bound, or what the outputs do as single inputs move. *)
Inductive statement := ABound | Trends (ts : list trend) | Movement (m : movement).

Record claim := {
  its_digest : string; network_name : string; is_single : bool; is_structural : bool;
  bound_text : string; its_bound : dyadic; norm_in : norm; norm_out : norm;
  its_scale : scale;                               (* by what the bound measures inputs, or the box that it is about *)
  its_statement : statement;
  units_named : option string;                     (* the tensor that has the lengths of the scale *)
  units_texts : list string;                       (* these lengths, or the intervals of the box, as they are written *)
  its_delta : option (string * dyadic);            (* of pairs with second proofs, as it is written *)
  second_proofs : list proof;                      (* on which radii by signs rest *)
  records_there : list record;
  its_inputs : nat;
  its_units : list (plain tensor);                 (* as they are listed *)
  flat_units : Datatypes.unit -> option (@flat_network tensor); (* those behind the scale, with those of callees, for a caller; none if there are too many *)
  flat_cost : Z;                                   (* how many these are, or a few more *)
  is_inlined : bool;                               (* whether records count the flat ones *)
  its_calls : list (string);                       (* digests *)
  is_free : bool;                                  (* whether it rests on parameters of a construction, its own or of what it calls *)
  its_grounds : grounds }.

Definition is_constructed (c : claim) : bool := match its_grounds c with ByConstruction _ => true | _ => false end.
(** What the bound is true of. *)
Definition holds_for (c : claim) : string :=
  if is_structural c then "for all values of its parameters"
  else if is_free c then "for these tensors, and all values of the parameters of what it calls"
  else "for these tensors".

Definition last_size (c : claim) : nat := last (map extent (its_units c)) (its_inputs c).
Definition bound_of (c : claim) : known :=
  {| arguments := its_inputs c; results := last_size c; from_norm := norm_in c; to_norm := norm_out c; at_most := its_bound c |}.
(** What a caller may use: no bound in a scale or on a box. *)
Definition known_of (c : claim) : option known := match its_scale c, its_statement c with Unscaled, ABound => Some (bound_of c) | _, _ => None end.
Definition known_at (all : list (option known)) (k : nat) : option known := nth k all None.

Section Claim.
  (** The certificates that were read before; calls are of these, by their numbers. *)
  Variable earlier : list claim.
  Definition flat_of (k : nat) : option flat_network := match nth_error earlier k with Some c => flat_units c tt | None => None end.
  Definition known_of_claim (k : nat) : option known := match nth_error earlier k with Some c => known_of c | None => None end.

  Definition callee (single : bool) (digest name : string) (inputs size : Z) : result nat :=
    match find (fun '(_, c) => String.eqb (its_digest c) digest) (numbered 0 earlier) with
    | None => Missing digest
    | Some (k, c) =>
        need String.eqb (network_name c) name && Bool.eqb (is_single c) single && (Z.of_nat (its_inputs c) =? inputs)
             && (Z.of_nat (last_size c) =? size) else "a callee of another name, type or size" in
        Accepted k
    end.

  (** * Members of the certificate itself *)
  Definition proof_members := [Must "gains"; Must "segmentations"; Must "multipliers"; Must "procedure"; May "rows"; May "torus"; May "twist"; May "head"; May "boxes"].
  (** The members that say what is claimed of derivatives, and the end of the name of such a claim. *)
  Definition derived : list (string * list string) := [("/monotone", ["trends"]); ("/slopes", ["slopes"; "outputs"])].
  Definition own_members (m : object) : option (string * list string) := find (fun '(_, own) => existsb (fun name => has name m) own) derived.
  Definition is_derived (m : object) : bool := match own_members m with Some _ => true | None => false end.
  Definition schema (m : object) (several : bool) : list field :=
    match own_members m with
    | Some (_, own) =>
        (map Must (["format"; "network"; "kind"; "type"] ++ own ++ ["method"; "units"; "tensors"; "lower"; "upper"]) ++ May "calls" :: proof_members)%list
    | None =>
        (map Must ["format"; "network"; "kind"; "type"; "declared"; "bound"; "method"; "units"; "tensors"]
         ++ map May ["input norm"; "output norm"; "per"; "per tensor"; "delta"; "lower"; "upper"; "calls"]
         ++ if several then [Must "proofs"] else proof_members)%list
    end.
  Definition norm_of (name : string) (m : object) : result norm :=
    if has name m then word name [("l2", L2); ("linf", Linf)] m else Accepted L2.
  Definition is_l2 (n : norm) : bool := match n with L2 => true | Linf => false end.
  Definition norms_of (m : object) : result (norm * norm) :=
    let* i := norm_of "input norm" m in
    let* o := norm_of "output norm" m in
    let said := has "input norm" m in
    need Bool.eqb said (has "output norm" m) && Bool.eqb said (negb (is_l2 i && is_l2 o)) else "norms that need not be said" in
    Accepted (i, o).
  (** The bound, and whether it is the declared one. *)
  Definition bounds (m : object) : result (dyadic * dyadic) :=
    if is_derived m then Accepted (zero, zero) else
    let* b := get "bound" m in
    let* bound := real false b in
    let* d := get "declared" m in
    let* declared := real false d in
    need nonnegative bound && le bound declared else "a bound that is negative, or above the declared one" in
    Accepted (bound, declared).
  Definition record_of (j : json) : result record :=
    let* r := members [Must "name"; Must "shape"; Must "digest"] j in
    let* digest := text "digest" r in
    let* shape := integers "shape" r in
    let* name := text "name" r in
    Accepted {| tensor_name := name; tensor_shape := shape; tensor_digest := digest |}.

  (** * Units: their sizes are compared as they are listed, before anything is put in place of anything *)
  Definition called_of (u : unit tensor) : list nat := match u with Call _ k _ => [k] | _ => [] end.
  Definition size_fits (sizes : list Z) (l : listed) : bool :=
    match unit_of l with
    | Concat os => total (map (fun o => nth o sizes 0) os) =? size_of l
    | Call o k _ => match nth_error earlier k with Some c => nth o sizes 0 =? Z.of_nat (its_inputs c) | None => false end
    | _ => true
    end.
  Definition is_ordered (ls : list listed) : bool :=
    forallb (fun '(i, l) => forallb (fun o => Nat.leb o i) (operands (unit_of l))) (numbered 0 ls).
  (** How far apart the elements of a group are. *)
  Definition apart_of (l : listed) : result nat :=
    match channel_pixels l with
    | None => Accepted 1%nat
    | Some pixels =>
        let k := Z.of_nat (group (unit_of l)) in
        need (1 <? pixels) && (1 <? k) && (pixels <=? size_of l) && (size_of l mod (k * pixels) =? 0) else "groups of channels that do not fit" in
        Accepted (Z.to_nat pixels)
    end.
  Definition plain_of (l : listed) : result (plain tensor) :=
    let* a := apart_of l in Accepted (Plain (unit_of l) (Z.to_nat (size_of l)) a).

  Definition listed_units (single : bool) (units : list json) : result (Z * option image * list listed) :=
    match units with
    | [] => Rejected "no units"
    | first :: rest =>
        let* '(inputs, shape) := input_of first in
        limit Nat.leb (length rest) most_listed else "too large: units" in
        let* ls := each (listed_unit single (callee single)) rest in
        Accepted (inputs, match shape with [c; h; w] => Some (Image c h w) | _ => None end, ls)
    end.
  Definition well_formed (inputs : Z) (ls : list listed) : result Datatypes.unit :=
    let sizes := inputs :: map size_of ls in
    need forallb (Z.ltb 0) sizes else "a size that is not positive" in
    limit forallb (fun s => s <=? 10000) sizes && (total sizes <=? 40000) else "too large: signals" in
    need is_ordered ls else "a unit that reads a later one" in
    need forallb (size_fits sizes) ls else "a size that does not fit" in
    let read := map Z.of_nat (flat_map (fun l => operands (unit_of l)) ls) in
    need forallb (fun i => is_there Z.eqb i read) (map Z.of_nat (seq 0 (length ls))) else "a unit that nothing reads" in
    Accepted tt.
  (** A call of nothing counts for one: else calls of calls of nothing would take for ever. *)
  Definition most_flat := 10000.
  Definition cost_of (us : list (plain tensor)) : Z :=
    total (map (fun p => match what p with
      | Call _ k _ => match nth_error earlier k with Some c => Z.max 1 (flat_cost c) | None => 1 end
      | _ => 1 end) us).
  (** The units that records count: those that are listed, or with those of the callees in place of calls. *)
  Definition counted_units (inlined : bool) (us : list (plain tensor)) (flat : Datatypes.unit -> option (@flat_network tensor)) : result (list (plain tensor)) :=
    if inlined then
      match flat tt with
      | None => Undecided "too large: inlined calls"
      | Some (all, out) => need Nat.eqb out (length all) else "an output that is not the last unit" in Accepted all
      end
    else Accepted us.

  (** * Its reasons *)
  Definition says (p : string) (m : object) : bool := is_text p (member "procedure" m).
  Definition suits_construction (free without_calls : bool) (norms : norm * norm) (bounds : dyadic * dyadic) (m : object) : result Datatypes.unit :=
    need free && is_l2 (fst norms) && is_l2 (snd norms) && without_calls else "a construction of given weights, between other norms, or with calls" in
    need negb (has "per" m) else "a construction of a bound in a scale" in
    need equal (fst bounds) (snd bounds) && lt zero (fst bounds) else "a construction with another bound than the declared one, or 0" in
    need no_records m else "records that nothing reads" in
    Accepted tt.
  (** How many coordinates a proof has, and whether a matrix is too wide for a gain of its own. *)
  Definition coordinates_of (p : plain tensor) (r : reason) : result nat :=
    match r, what p with
    | Gain _ _, _ | Slopes _, GroupSort _ _ | Slopes _, Cocoercive _ _ _ _ => Accepted (extent p)
    | Slopes _, u => expected u (extent p)
    end.
  Definition most_coordinates := 1500.
  Definition is_wide (inputs : nat) (us : list (plain tensor)) (p : plain tensor) (r : reason) : bool :=
    match r, what p with
    | Gain _ _, Dense o _ _ | Gain _ _, Linear o _ => most_coordinates <? Z.of_nat (nth o (inputs :: map extent us) 0%nat)
    | _, _ => false
    end.
  Definition affordable_proof (inputs : nat) (us : list (plain tensor)) (p : proof) : result Datatypes.unit :=
    let both := combine us (reasons p) in
    let* own := each (fun '(u, r) => coordinates_of u r) both in
    limit (total (map Z.of_nat (inputs :: own)) <=? most_coordinates) && negb (existsb (fun '(u, r) => is_wide inputs us u r) both)
      else "too large: more than 1500 coordinates" in
    Accepted tt.
  (** A second proof has multipliers alone. *)
  Definition is_bare (m : object) : bool :=
    says "verified cholesky" m && forallb (fun n => match member n m with Some (Items []) => true | _ => false end) ["gains"; "segmentations"].
  Definition proofs_of (inputs : nat) (input : option image) (us : list (plain tensor)) (norms : norm * norm) (twice : bool) (ps : list object)
    : result (list (proof * witnesses) * list proof) :=
    let from_linf := negb (is_l2 (fst norms)) in
    let to_linf := negb (is_l2 (snd norms)) in
    let* all := each (fun p =>
      if says "all frequencies" p then torus_proof known_of_claim us inputs input from_linf to_linf p
      else proof_of known_of_claim us inputs from_linf to_linf p) ps in
    let* _ := each (fun p => affordable_proof inputs us (fst p)) all in
    let expected := if is_l2 (snd norms) then 1%nat else last (map extent us) inputs in
    need Nat.eqb (length all) (if twice then expected + expected else expected)%nat else "too few or too many proofs" in
    need forallb is_bare (skipn expected ps) else "a second proof that is not of multipliers alone" in
    Accepted (firstn expected all, map fst (skipn expected all)).

  Definition rests_on_of (from : norm) (several : bool) (m : object) (ps : list object) : result rests_on :=
    let product := says "elementwise product" m in
    need negb product || no_records m else "records that nothing reads" in
    need negb product || negb (is_l2 from) else "an elementwise product that is not from linf" in
    need negb (several && existsb (says "elementwise product") ps) else "an elementwise product among several proofs" in
    let rows := says "rows" m in
    need negb rows || no_records m else "records that nothing reads" in
    need negb (several && existsb (says "rows") ps) else "rows among several proofs" in
    need forallb (fun p => says "rows" p || negb (has "boxes" p)) ps else "boxes that nothing reads" in
    Accepted (if product then OnProduct else if rows then OnDerivatives else if says "ldlt construction" m then OnConstruction else OnProofs).

  (** The tensors that units name are those of the records, sorted; a structural certificate has none. *)
  Definition has_record (rs : list record) (t : string * list Z) : bool :=
    existsb (fun r => String.eqb (tensor_name r) (fst t) && all_same Z.eqb (tensor_shape r) (snd t)) rs.
  Definition has_escape (name : string) : bool := is_there Ascii.eqb "092"%char (list_ascii_of_string name).
  Definition tensors_fit (structural constructed : bool) (rs : list record) (named : list (string * list Z)) : result Datatypes.unit :=
    if constructed then need match rs with [] => true | _ => false end else "a construction of given tensors" in Accepted tt
    else
      need forallb (has_record rs) named else "a tensor without a record of its shape" in
      limit negb (existsb (fun t => has_escape (fst t)) named) else "names of tensors with escapes" in
      let names := map tensor_name rs in
      need are_sorted names && forallb (fun n => is_there String.eqb n (map fst named)) names else "not the units' tensors, sorted" in
      need negb structural || match named with [] => true | _ => false end else "a structural certificate of given tensors" in
      Accepted tt.

  (** Names of networks are identifiers, so that nothing else can be read in what is printed of them. A certificate of this
      suffix is of another claim than the network's own. *)
  Definition is_of_suffix (suffix name : string) : bool := is_network suffix name && negb (is_network "" name).
  Definition named (m : object) : result string :=
    let* _ := word "format" [("lipc-certificate-1", tt)] m in
    let* name := text "network" m in
    need existsb (fun s => is_network s name) ["/pairs"; "/scaled"; "/local"; "/monotone"; "/slopes"] else "a network whose name is no identifier: " ++ quoted name in
    Accepted name.
  (** By what inputs are measured, and the tensor that the lengths are called after. The lengths are doubles, whatever the
      type of the network is. *)
  Definition scale_of (name : string) (m : object) : result (scale * option string) :=
    let scaled := is_of_suffix "/scaled" name in
    need Bool.eqb (has "per" m) scaled || is_of_suffix "/pairs" name else "a scale without its name, or that without a scale" in
    match member "per" m with
    | None => need negb (has "per tensor" m) else "a tensor of units that are not given" in Accepted (Unscaled, None)
    | Some (Items l) =>
        let* lengths := each (real false) l in
        let* tensor := if has "per tensor" m then let* t := text "per tensor" m in Accepted (Some t) else Accepted None in
        limit match tensor with Some t => negb (has_escape t) | None => true end else "names of tensors with escapes" in
        Accepted (ByUnits lengths, tensor)
    | Some _ =>
        let* _ := word "per" [("first layer", tt)] m in
        need negb (has "per tensor" m) else "a tensor of units that are not given" in
        Accepted (ByFirstLayer, None)
    end.
  (** Pairs that have a delta have two proofs each: docs/certificate-format.md, "Radii by signs". *)
  Definition delta_of (name : string) (m : object) : result (option (string * dyadic)) :=
    match member "delta" m with
    | None => Accepted None
    | Some j =>
        need is_of_suffix "/pairs" name && has "proofs" m else "a delta that nothing reads" in
        let* d := real false j in
        let* t := text "delta" m in
        need lt zero d && lt d one else "a delta that is not between 0 and 1" in
        Accepted (Some (t, d))
    end.
  (** * Boxes: docs/certificate-format.md, "A local bound", "Rows", "Monotone outputs" and "Bounds of single inputs" *)
  Definition ends_in (m : object) : result ends :=
    let* low := reals false "lower" m in
    let* high := reals false "upper" m in
    need Nat.eqb (length low) (length high) else "no box" in Accepted (combine low high).
  Definition are_ends (inputs : nat) (box : ends) : bool := Nat.eqb (length box) inputs && forallb (fun pq => le (fst pq) (snd pq)) box.
  (** The box of a claim, within that of the input, where it has one. *)
  Definition box_in (name : string) (inputs : nat) (units : list json) (m : object) : result (option ends) :=
    let on_box := existsb (fun suffix => is_of_suffix suffix name) ["/local"; "/monotone"; "/slopes"] in
    need Bool.eqb (has "lower" m) on_box && Bool.eqb (has "upper" m) on_box else "a box without its name, or that without a box" in
    if on_box then
      let* box := ends_in m in
      need are_ends inputs box else "no box" in
      match units with
      | Object input :: _ =>
          if has "lower" input then
            let* declared := ends_in input in
            need forallb (fun '(pq, own) => le (fst pq) (fst own) && le (snd own) (snd pq)) (combine declared box) else "a box beyond the declared one" in
            Accepted (Some box)
          else Accepted (Some box)
      | _ => Accepted (Some box)
      end
    else Accepted None.
  (** A cut: the number of an element, a blank, and a place. *)
  Fixpoint before_blank (cs : list ascii) (n : Z) : option (Z * list ascii) :=
    match cs with
    | [] => None
    | c :: cs' =>
        if Ascii.eqb c " " then Some (n, cs')
        else if is_digit c && (n <=? 10000) then before_blank cs' (10 * n + Z.of_N (N_of_ascii c) - 48) else None
    end.
  Definition cut_in (t : string) : result (nat * dyadic) :=
    match before_blank (list_ascii_of_string t) 0 with
    | None => Rejected "no box is cut so"
    | Some (k, cs) =>
        let i := Z.to_nat k in
        let place := string_of_list_ascii cs in
        need String.eqb t (numeral i ++ " " ++ place) else "no box is cut so" in
        let* m := real false (Text place) in Accepted (i, m)
    end.
  (** A box before its parts, of these words; what is behind it. Each cut is within the box. *)
  Fixpoint boxes_from (fuel depth : nat) (box : ends) (l : list json) : result (boxes * list json) :=
    match fuel, l with
    | S f, Text t :: l' =>
        if String.eqb t "leaf" then Accepted (Uncut, l') else
        let* '(i, m) := cut_in t in
        need match nth_error box i with Some pq => lt (fst pq) m && lt m (snd pq) | None => false end else "a cut outside of its box" in
        need Nat.ltb depth 200 else "boxes cut more than 200 times" in
        let* '(low, l1) := boxes_from f (S depth) (part_below i m box) l' in
        let* '(high, l2) := boxes_from f (S depth) (part_above i m box) l1 in
        Accepted (Cut i m low high, l2)
    | _, _ => Rejected "too few boxes"
    end.
  (** A part that is cut at a unit, that a sum of values of units shows to be empty, or about which each end of its slopes is
      looked at: the other checkers decide these. *)
  Definition is_of_units (j : json) : bool :=
    match j with
    | Text t => String.eqb t "vertices" || negb (String.prefix "0 " t) && Nat.ltb 1 (length (filter (Ascii.eqb " ") (list_ascii_of_string t)))
    | _ => false
    end.
  Definition most_leaves := 1000000.
  (** A cut walks to its element, and copies what is before it for each of both parts: as much for each element of the box,
      and for each of eight more. *)
  Definition work_of_cut := 16.
  Definition boxes_in (box : ends) (m : object) : result boxes :=
    if has "boxes" m then
      let* l := items "boxes" m in
      let words := Z.of_nat (length l) in
      need words <? 2 * most_leaves else "more than a million boxes" in
      spending (words * (8 + Z.of_nat (length box)) * work_of_cut) (fun _ =>
      limit negb (existsb is_of_units l) else "parts that are cut at units, or proved at all ends of slopes" in
      need Nat.ltb 1 (length l) else "boxes that are not cut" in
      let* '(cuts, rest) := boxes_from (S (length l)) 0 box l in
      need match rest with [] => true | _ => false end else "boxes after the last one" in Accepted cuts)
    else Accepted Uncut.
  (** One number or more, in increasing order. *)
  Fixpoint increase (l : list Z) : bool := match l with a :: (b :: _) as l' => (a <? b) && increase l' | _ => true end.
  Definition elements_in_order (name : string) (size : nat) (m : object) : result (list Z) :=
    let* l := integers name m in
    need Nat.ltb 0 (length l) && increase l && forallb (fun i => (0 <=? i) && (i <? Z.of_nat size)) l else name ++ " that are no elements in order" in
    Accepted l.
  Definition trend_in (inputs outputs : nat) (j : json) : result trend :=
    let* r := members [Must "trend"; Must "inputs"; Must "outputs"] j in
    let* up := word "trend" [("increasing", true); ("decreasing", false)] r in
    let* i := elements_in_order "inputs" inputs r in
    let* o := elements_in_order "outputs" outputs r in
    Accepted {| increases_there := up; of_inputs := i; of_outputs := o |}.
  Definition texts_in (name : string) (m : object) : list string :=
    match member name m with Some (Items l) => flat_map (fun j => match j with Text t => [t] | _ => [] end) l | _ => [] end.
  Definition statement_in (inputs outputs : nat) (m : object) : result statement :=
    if has "trends" m then
      let* l := items "trends" m in
      need Nat.ltb 0 (length l) else "no trends" in
      let* ts := each (trend_in inputs outputs) l in Accepted (Trends ts)
    else if has "slopes" m then
      let* slopes := reals false "slopes" m in
      need Nat.eqb (length slopes) inputs && forallb nonnegative slopes else "slopes that are negative, or not one for each input" in
      let* o := elements_in_order "outputs" outputs m in
      Accepted (Movement {| slopes_of := slopes; slope_texts := texts_in "slopes" m; of_moved := o |})
    else Accepted ABound.
  (** What is proved on a box: by derivatives where it is no bound, by no construction, and without a witness of S. *)
  Definition suits_box (box : option ends) (free_callees : bool) (on : rests_on) (m : object) (ps : list object) : result boxes :=
    match box, on with
    | None, OnDerivatives => Rejected "rows without a box"
    | None, _ => Accepted Uncut
    | Some box, OnDerivatives => boxes_in box m
    | Some _, OnConstruction => Rejected "a construction on a box"
    | Some _, _ =>
        need negb free_callees else "ranges of free parameters" in
        need negb (is_derived m) else "what is said of single inputs does not rest on rows" in
        need negb (existsb (fun p => has "rows" p) ps) else "a witness of a matrix on a box" in
        limit negb (existsb (says "all frequencies") ps) else "all frequencies on a box" in Accepted Uncut
    end.
  (** Lengths, or intervals. *)
  Definition lengths_of (m : object) : list string :=
    if has "lower" m then map (fun '(a, b) => "[" ++ a ++ ", " ++ b ++ "]") (combine (texts_in "lower" m) (texts_in "upper" m)) else texts_in "per" m.
  Definition misfit (s : scale) : string :=
    match s with ByFirstLayer => "no linear unit alone reads the input" | _ => "no positive length for each element of the input" end.
  (** docs/certificate-format.md, "Pairs of outputs": the last five units, the first of which is number [n], and the bound.
      The theorem is about any units; but a reader takes these for the differences of each two outputs. *)
  Definition are_pairs (to : norm) (bounds : dyadic * dyadic) (inputs : nat) (us : list (plain tensor)) : bool :=
    let n := (length us - 4)%nat in
    let outputs := nth (n - 1) (inputs :: map extent us) 0%nat in
    negb (is_l2 to) && equal (fst bounds) one && equal (snd bounds) one && Nat.leb 2 outputs && Nat.leb outputs 64
    && match map what (skipn (n - 1) us) with
       | [Select a first; Select b second; Scale c factor; Sum [p; q]; Affine d scale shift] =>
           let all := filter (fun '(i, j) => Nat.ltb i j) (list_prod (seq 0 outputs) (seq 0 outputs)) in
           all_same Nat.eqb [a; b; c; p; q; d] [n - 1; n - 1; n + 1; n; n + 2; n + 3]%nat
           && all_same Nat.eqb first (map fst all) && all_same Nat.eqb second (map snd all)
           && equal factor (Dyadic (-1) 0) && forallb positive scale && forallb (equal zero) shift
       | _ => false
       end.
  (** A shift of pairs is written 0, not -0, which no number that was read tells from it. *)
  Definition shifts_by_zero (unit : json) : bool :=
    match unit with
    | Object m => match member "shift" m with Some (Items l) => forallb (fun j => is_text "0x0.0p0" (Some j)) l | _ => false end
    | _ => false
    end.
  (** A name is that of one network: a reader takes two calls of it for calls of the same. *)
  Definition one_of_each_name (callees : list claim) : bool :=
    forallb (fun c => match find (fun d => String.eqb (network_name d) (network_name c)) callees with
      | Some d => String.eqb (its_digest d) (its_digest c) | None => false end) callees.
  (** The certificate of this digest. *)
  Definition claim_of (digest : string) (j : json) : result claim :=
    let several := match j with Object all => has "proofs" all | _ => false end in
    let* m := members (schema (match j with Object all => all | _ => [] end) several) j in
    let* name := named m in
    need forallb (fun '(suffix, own) => Bool.eqb (existsb (fun member => has member m) own) (is_of_suffix suffix name)) derived
      else "trends or slopes without their name, or that without them" in
    let* structural := word "kind" [("numeric", false); ("structural", true)] m in
    let* single := word "type" [("f32", true); ("f64", false)] m in
    let inlined := has "calls" m in
    let* _ := if inlined then word "calls" [("inlined", tt)] m else Accepted tt in
    let* norms := norms_of m in
    let* _ := text "method" m in
    let* bounds := bounds m in
    let* units := items "units" m in
    let* '(inputs, input, ls) := listed_units single units in
    let calls := flat_map (fun l => called_of (unit_of l)) ls in
    let callees := flat_map (fun k => match nth_error earlier k with Some c => [c] | None => [] end) calls in
    need negb structural || forallb is_structural callees else "a structural certificate that calls a numeric one" in
    need one_of_each_name callees else "two callees of one name" in
    let* _ := well_formed inputs ls in
    let* ps := if several then let* l := items "proofs" m in each (members proof_members) l else Accepted [m] in
    need negb several || Nat.ltb 1 (length ps) else "a list of a single proof" in
    need negb inlined || Nat.ltb 0 (length calls) else "calls are inlined where nothing is called" in
    need negb (inlined && existsb is_free callees) else "a construction that is inlined" in
    let* us := each plain_of ls in
    let n := Z.to_nat inputs in
    need negb (is_of_suffix "/pairs" name) || are_pairs (snd norms) bounds n us && shifts_by_zero (last units (Object []))
      else "no units of pairs, or another bound than 1 to linf" in
    let* '(measured, tensor) := scale_of name m in
    let* box := box_in name n units m in
    let scale := match box with Some box => OnBox box | None => measured end in
    let* statement := statement_in n (last (map extent us) n) m in
    let* delta := delta_of name m in
    present (behind scale n us) (misfit scale) (fun '(read, them) =>
    let cost := cost_of them in
    let flat := fun _ => if cost <=? most_flat then flattened flat_of them [0%nat] [] else None in
    let* counted := counted_units inlined them flat in
    limit total (map Z.of_nat (read :: map extent counted)) <=? 40000 else "too large: signals" in
    let* on := rests_on_of (fst norms) several m ps in
    let* cuts := suits_box box (existsb is_free callees) on m ps in
    let* _ := match on with
      | OnConstruction => suits_construction structural (Nat.eqb (length calls) 0) norms bounds m
      | _ => Accepted tt
      end in
    let extents := if Nat.eqb read n then input else None in
    let twice := match delta with Some _ => true | None => false end in
    let* '(proofs, seconds) := match on with OnProofs => proofs_of read extents counted norms twice ps | _ => Accepted ([], []) end in
    let* tensors := items "tensors" m in
    limit Nat.leb (length tensors) most_listed else "too large: tensors" in
    let* rs := each record_of tensors in
    let* _ := tensors_fit structural (match on with OnConstruction => true | _ => false end) rs (flat_map shapes ls) in
    need forallb (is_proper (n :: map extent us)) us else "groups of channels of another size than what they read" in
    let* grounds := match on with
      | OnProofs => Accepted (ByProofs proofs)
      | OnProduct => Accepted ByProduct
      | OnConstruction => let* c := form_of inputs ls in Accepted (ByConstruction c)
      | OnDerivatives => Accepted (ByDerivatives cuts)
      end in
    let* bound := if is_derived m then Accepted "" else text "bound" m in
    Accepted {| its_digest := digest; network_name := name; is_single := single; is_structural := structural;
      bound_text := bound; its_bound := fst bounds; norm_in := fst norms; norm_out := snd norms; its_scale := scale; its_statement := statement;
      units_named := tensor; units_texts := lengths_of m; its_delta := delta; second_proofs := seconds; records_there := rs;
      its_inputs := n; its_units := us; flat_units := flat; flat_cost := cost; is_inlined := inlined; its_calls := map its_digest callees;
      is_free := match on with OnConstruction => true | _ => existsb is_free callees end; its_grounds := grounds |}).
End Claim.

(** The certificate of a digest, and before it those that it calls, each once; [texts] are what is given, by digests. *)
Fixpoint claims_of (fuel depth : nat) (texts : list (string * (Datatypes.unit -> json))) (read : list claim) (digest : string) : result (list claim) :=
  if existsb (fun c => String.eqb (its_digest c) digest) read then Accepted read
  else
    match fuel, found String.eqb digest texts with
    | _, None => Undecided ("the callee " ++ quoted digest ++ " is not given")
    | S f, Some text =>
        limit Nat.leb depth 127 else "calls of calls more than 127 deep" in
        match claim_of read digest (text tt) with
        | Missing callee => let* before := claims_of f (S depth) texts read callee in claims_of f depth texts before digest
        | answer => let* c := answer in Accepted (read ++ [c])%list
        end
    | O, Some _ => Undecided "calls of calls more than 127 deep"
    end.
(** Of the first text, and of what it calls. *)
Definition all_claims (texts : list (string * (Datatypes.unit -> json))) : result (list claim) :=
  match texts with [] => Accepted [] | (digest, _) :: _ => claims_of (130 + length texts) 0 texts [] digest end.

(** What is given: a certificate by its digest, and the bytes of the weights beside it, empty where there are none. *)
Record file := { file_digest : string; file_text : Datatypes.unit -> json; file_weights : string }.
Definition is_of (digest : string) (c : claim) : bool := String.eqb (its_digest c) digest.
(** The certificates of all that is given. Weights of a construction are free, so none are beside it; nor are any that
    nothing names, since nothing would be proved of them. *)
Definition reads_weights (c : claim) : bool := match records_there c, units_named c with [], None => false | _, _ => true end.
Definition claims_given (files : list file) : result (list claim) :=
  let agrees f g := negb (String.eqb (file_digest f) (file_digest g)) || String.eqb (file_weights f) (file_weights g) in
  need forallb (fun f => forallb (agrees f) files) files else "a certificate is given twice, with other weights" in
  let* claims := all_claims (map (fun f => (file_digest f, file_text f)) files) in
  need forallb (fun f => existsb (is_of (file_digest f)) claims) files else "a certificate is given that nothing calls" in
  let made digest := existsb (fun c => is_of digest c && is_constructed c) claims in
  need forallb (fun f => String.eqb (file_weights f) "" || negb (made (file_digest f))) files
    else "weights are given, and the theorem is about free parameters" in
  let reads digest := existsb (fun c => is_of digest c && reads_weights c) claims in
  need forallb (fun f => String.eqb (file_weights f) "" || reads (file_digest f)) files
    else "weights are given, of which the certificate names none" in
  Accepted claims.
