(** The tensors of certificates: where a file has them, what units make of them; and the certificates that are checked. *)
From Coq Require Import ZArith String List Bool.
From Lipc Require Import Dyadic Activations Images Units Norms Certificate Signs Document Numbers Reading Layout Boxes Records Constructed Claim Ranges Settled Rows.
Import ListNotations.
Open Scope string_scope.
Open Scope Z_scope.

(** * The header of a safetensors file, whose texts are without escapes *)
Inductive kind := F64 | F32 | F16 | BF16.
Definition kinds := [("F64", F64); ("F32", F32); ("F16", F16); ("BF16", BF16)].
Definition kind_name (k : kind) : string := match k with F64 => "F64" | F32 => "F32" | F16 => "F16" | BF16 => "BF16" end.
Definition width_of (k : kind) : Z := match k with F64 => 8 | F32 => 4 | F16 | BF16 => 2 end.

(** A tensor, and its bytes from those behind the header on. *)
Record located := Located { placed : string; stored_as : kind; shape_there : list Z; first_byte : Z; end_byte : Z }.

Definition product (shape : list Z) : Z := fold_left Z.mul shape 1.
Definition extents (l : list json) : option (list Z) :=
  fold_right (fun j rest => match j, rest with Whole k, Some ks => if (0 <=? k) && (k <=? 0x7fffffff) then Some (k :: ks) else None | _, _ => None end)
    (Some []) l.
Definition place_of (entry : string * json) : result located :=
  let '(name, j) := entry in
  let its_name := quoted (escaped name) in
  let fault := Rejected ("tensor " ++ its_name ++ " is not described by dtype, shape and two data_offsets") in
  match j with
  | Object all =>
      match Nat.eqb (length all) 3, member "dtype" all, member "shape" all, member "data_offsets" all with
      | true, Some (Text t), Some (Items l), Some (Items [Whole first; Whole behind]) =>
          match extents l, found String.eqb t kinds with
          | None, _ => fault
          | _, None => Rejected ("tensor " ++ its_name ++ " is stored as " ++ quoted (escaped t))
          | Some shape, Some k =>
              need (0 <=? first) && (behind - first =? width_of k * product shape) else "tensor " ++ its_name ++ " is not of its shape" in
              Accepted (Located name k shape first behind)
          end
      | _, _, _, _ => fault
      end
  | _ => fault
  end.

(** The tensors fill their file one after the other: sorted by their first byte, and empty ones before others. *)
Definition comes_before (p q : located) : bool := (first_byte p <? first_byte q) || (first_byte p =? first_byte q) && (end_byte p <=? end_byte q).
Fixpoint put (p : located) (l : list located) : list located :=
  match l with [] => [p] | q :: l' => if comes_before p q then p :: l else q :: put p l' end.
Fixpoint follow_each_other (at_ : Z) (l : list located) (file_end : Z) : bool :=
  match l with [] => at_ =? file_end | p :: l' => (first_byte p =? at_) && follow_each_other (end_byte p) l' file_end end.

Definition is_metadata (entry : string * json) : bool := String.eqb (fst entry) "__metadata__".
Definition metadata_of (entry : string * json) : result (list (string * string)) :=
  match snd entry with
  | Object texts => each (fun '(n, j) => match j with Text t => Accepted (n, t) | _ => Rejected "metadata that are no texts" end) texts
  | _ => Rejected "metadata that are no texts"
  end.
(** A file has one reading: nothing in it is there twice, so another program finds the tensors that are proved. *)
Definition header_of (header : json) (bytes : Z) : result (list located * list (string * string)) :=
  let entries := match header with Object all => all | _ => [] end in
  limit Nat.leb (length entries) most_listed else "too large: the header of the weights" in
  let* about := each metadata_of (filter is_metadata entries) in
  let* places := each place_of (filter (fun e => negb (is_metadata e)) entries) in
  need follow_each_other 0 (fold_right put [] places) bytes else "tensors that do not fill their file" in
  Accepted (places, concat about).
Definition carried (metadata : list (string * string)) : result string :=
  match found String.eqb "lipc.certificate" metadata with
  | Some t => Accepted t
  | None => Rejected "these weights carry no certificate"
  end.

(** * Units of the tensors themselves *)
Definition rows : Type := list (list dyadic).
(** Units of a certificate as they are listed, those that its records count, and the ones that the proof is about. *)
Record terms := {
  listed_rows : list (plain rows);
  flat_rows : Datatypes.unit -> option (@flat_network rows);
  recorded : list (plain rows);
  in_parts : list (unit rows); (* with three in place of groups of channels *)
  checked : certificate rows;  (* on a box those of them that are not linear there *)
  seconds : list proof }. (* the second proofs of pairs *)
(** A certificate of given tensors; or one by a construction, of free ones. *)
Inductive entry := Given (c : claim) (t : terms) | Free (c : claim) (which : construction).
Definition its_claim (e : entry) : claim := match e with Given c _ | Free c _ => c end.
Definition flat_entry (e : entry) : option (@flat_network rows) := match e with Given _ t => flat_rows t tt | Free _ _ => None end.

Section Terms.
  (** What the reader knows of the weights beside a certificate, by its digest: the tensors, and of one of them the digest
      and the elements. *)
  Variable places : string -> list located.
  Variable contents : string -> located -> string * list dyadic.

  Definition most_numbers := 1000000.
  Definition numbers_of (c : claim) (r : record) : result (string * (list Z * list dyadic)) :=
    let name := tensor_name r in
    let shown := quoted name in
    let shape := tensor_shape r in
    need forallb (Z.leb 0) shape else "a shape that is negative" in
    limit forallb (fun k => k <=? most_numbers) shape && (product shape <=? most_numbers) else "too large: tensor " ++ shown in
    match find (fun p => String.eqb (placed p) name) (places (its_digest c)) with
    | None => Rejected ("tensor " ++ shown ++ " is not among the weights")
    | Some p =>
        need all_same Z.eqb (shape_there p) shape else "tensor " ++ shown ++ " has another shape" in
        let type := if is_single c then F32 else F64 in
        limit String.eqb (kind_name (stored_as p)) (kind_name type)
          else "tensor " ++ shown ++ " is stored as " ++ kind_name (stored_as p) ++ ", and not as " ++ kind_name type in
        let '(digest, numbers) := contents (its_digest c) p in
        need String.eqb digest (tensor_digest r) else "tensor " ++ shown ++ " has another digest" in
        need Z.of_nat (length numbers) =? product shape else "tensor " ++ shown ++ " is not of its shape" in
        Accepted (name, (shape, numbers))
    end.

  Section Resolved.
    Variable single : bool.
    Variable table : list (string * (list Z * list dyadic)).
    Definition tensor_of (name : string) : result (list Z * list dyadic) :=
      match found String.eqb name table with Some t => Accepted t | None => Rejected ("there is no tensor " ++ quoted name) end.
    (** Its rows, by all extents but the first; a vector is one row. *)
    Definition rows_in (t : tensor) : result rows :=
      match t with
      | Stored name =>
          let* '(shape, numbers) := tensor_of name in
          let width := match shape with _ :: (_ :: _) as rest => product (tl shape) | [n] => n | [] => 1 end in
          Accepted (groups (Z.to_nat width) numbers)
      | Scaling _ _ | Shifting _ _ => Rejected "a batch normalisation in the place of a tensor"
      end.
    Definition optional (t : option tensor) : result (option rows) :=
      match t with Some t => let* r := rows_in t in Accepted (Some r) | None => Accepted None end.
    Fixpoint normalisations (epsilon : dyadic) (weight bias mean variance : list dyadic) : result (list (dyadic * dyadic)) :=
      match weight, bias, mean, variance with
      | w :: ws, b :: bs, m :: ms, v :: vs =>
          present (normalisation single epsilon w b m v) "a scale or shift that is not finite" (fun st =>
            let* rest := normalisations epsilon ws bs ms vs in Accepted (st :: rest))
      | [], [], [], [] => Accepted []
      | _, _, _, _ => Rejected "a batch normalisation of tensors of different lengths"
      end.
    Definition normalised_rows (epsilon : dyadic) (name : string) : result (rows * rows) :=
      let part p := let* '(_, numbers) := tensor_of (name ++ p) in Accepted numbers in
      let* weight := part ".weight" in
      let* bias := part ".bias" in
      let* mean := part ".running_mean" in
      let* variance := part ".running_var" in
      let* both := normalisations epsilon weight bias mean variance in
      Accepted ([map fst both], [map snd both]).
    Definition resolved_map (m : linear_map tensor) : result (linear_map rows) :=
      match m with
      | Convolution down across inputs channels groups w b =>
          let* w := rows_in w in let* b := optional b in Accepted (Convolution down across inputs channels groups w b)
      | AveragePool down across channels f => Accepted (AveragePool down across channels f)
      | Channels n (Scaling epsilon name) (Shifting _ _) =>
          let* '(s, t) := normalised_rows epsilon name in Accepted (Channels n s t)
      | Channels _ _ _ => Rejected "no batch normalisation"
      | Center c => Accepted (Center c)
      end.
    Definition resolved (u : unit tensor) : result (unit rows) :=
      match u with
      | Dense o w b => let* w := rows_in w in let* b := optional b in Accepted (Dense o w b)
      | Elementwise o f => Accepted (Elementwise o f)
      | MaxMin o => Accepted (MaxMin o)
      | Householder o v w => Accepted (Householder o v w)
      | Sum os => Accepted (Sum os)
      | Concat os => Accepted (Concat os)
      | Scale o f => Accepted (Scale o f)
      | Affine o s t => Accepted (Affine o s t)
      | Select o indices => Accepted (Select o indices)
      | GroupSort o k => Accepted (GroupSort o k)
      | Cocoercive o k f ell => Accepted (Cocoercive o k f ell)
      | Linear o m => let* m := resolved_map m in Accepted (Linear o m)
      | MaxPool o down across channels => Accepted (MaxPool o down across channels)
      | Call o k n => Accepted (Call o k n)
      end.
    Definition resolved_plain (p : plain tensor) : result (plain rows) :=
      let* u := resolved (what p) in Accepted (Plain u (extent p) (apart p)).
  End Resolved.

  (** The gain of a batch normalisation is the largest magnitude of what it multiplies by. *)
  Definition completed (p : plain rows) (r : reason) : reason :=
    match what p, r with
    | Linear _ (Channels _ scale _), Gain l _ => Gain l (fold_left (fun g s => largest g (abs s)) (concat scale) zero)
    | _, _ => r
    end.
  Definition completed_proof (us : list (plain rows)) (p : proof) : proof :=
    {| reasons := parted_reasons us (map (fun '(u, r) => completed u r) (combine us (reasons p))); ranges := ranges p |}.

  (** Units that some proof knows by their gains alone. *)
  Definition kept_units (ps : list proof) (n : nat) : list bool :=
    map (fun k => existsb (fun p => match nth k (reasons p) no_reason with Gain _ _ => true | Slopes _ => false end) ps) (seq 0 n).
  Definition proof_in_place (these : list (list (unit rows))) (p : proof) : proof :=
    {| reasons := concat (zip reasons_in_place these (reasons p)); ranges := ranges p |}.

  Definition itself (r : rows) : rows := r.
  Definition settled_units (s : scale) (ps : list proof) (us : list (unit rows)) : list (unit rows) * list proof :=
    match s with
    | OnBox box => let these := on_box itself box (kept_units ps (length us)) us in (concat these, map (proof_in_place these) ps)
    | _ => (us, ps)
    end.
  (** Of certificates before, what is known of them, and their units without calls. *)
  Definition known_entries (es : list entry) : list (option known) := map (fun e => known_of (its_claim e)) es.
  Definition flat_entries (es : list entry) (k : nat) : option flat_network :=
    match nth_error es k with Some e => flat_entry e | None => None end.

  (** Each unit gives as many elements as it says, as they are listed. *)
  Definition of_their_sizes (callees : nat -> option known) (inputs : nat) (us : list (plain rows)) : bool :=
    match sizes callees itself (map what us) [inputs] with
    | Some found => all_same Nat.eqb found (inputs :: map extent us) && forallb (is_proper found) us
    | None => false
    end.
  (** The units that the proof is about. *)
  Definition counted_rows (inlined : bool) (us : list (plain rows)) (flat : Datatypes.unit -> option (@flat_network rows)) : result (list (plain rows)) :=
    if inlined then
      match flat tt with
      | Some (all, out) => need Nat.eqb out (length all) else "an output that is not the last unit" in Accepted all
      | None => Undecided "too large: inlined calls"
      end
    else Accepted us.
  (** Lengths that are called after a tensor are its numbers, as they are stored. The theorem is about the lengths; but a
      reader takes them for those of this name. *)
  Definition compared_with (c : claim) (lengths : list dyadic) (name : string) : result Datatypes.unit :=
    let its_name := quoted name in
    present (find (fun p => String.eqb (placed p) name) (places (its_digest c))) ("the units " ++ its_name ++ " are not among the weights") (fun p =>
      limit match stored_as p with F64 | F32 => true | F16 | BF16 => false end
        else "the units " ++ its_name ++ " are stored as " ++ kind_name (stored_as p) in
      let '(_, numbers) := contents (its_digest c) p in
      need all_same equal numbers lengths else "the units " ++ its_name ++ " have other numbers among the weights" in
      Accepted tt).
  Definition lengths_named (c : claim) : result Datatypes.unit :=
    match its_scale c, units_named c with
    | ByUnits lengths, Some name => compared_with c lengths name
    | _, _ => Accepted tt
    end.
  Definition terms_of (earlier : list entry) (c : claim) : result terms :=
    let* table := each (numbers_of c) (records_there c) in
    let* _ := lengths_named c in
    let* us := each (resolved_plain (is_single c) table) (its_units c) in
    let fits := of_their_sizes (known_at (known_entries earlier)) in
    need fits (its_inputs c) us else "units whose sizes do not fit" in
    present (behind (its_scale c) (its_inputs c) us) (misfit (its_scale c)) (fun '(read, them) =>
    need fits read them else "units behind a scale whose sizes do not fit" in
    let flat := fun _ => if flat_cost c <=? most_flat then flattened (flat_entries earlier) them [0%nat] [] else None in
    let* all := counted_rows (is_inlined c) them flat in
    need negb (is_inlined c) || fits read all else "inlined units whose sizes do not fit" in
    let '(how, proofs) := match its_grounds c with
      | ByProofs ps => (Inequality, map (fun p => completed_proof all (fst p)) ps)
      | ByProduct | ByConstruction _ | ByDerivatives _ => (Elements, [])
      end in
    let parts := parted all [0%nat] 0 in
    let '(own, proofs) := settled_units (its_scale c) proofs parts in
    Accepted {| seconds := map (completed_proof all) (second_proofs c); listed_rows := us; flat_rows := flat; recorded := all; in_parts := parts;
      checked := {| inputs := read; units := own; input_norm := norm_in c; output_norm := norm_out c;
                    bound := its_bound c; proved_by := how; proofs := proofs |} |}).
  Definition entry_of (earlier : list entry) (c : claim) : result entry :=
    match its_grounds c with
    | ByConstruction which => Accepted (Free c which)
    | ByProofs _ | ByProduct | ByDerivatives _ => let* t := terms_of earlier c in Accepted (Given c t)
    end.
  Fixpoint each_entry (earlier : list entry) (cs : list claim) : result (list entry) :=
    match cs with
    | [] => Accepted earlier
    | c :: cs' => let* e := entry_of earlier c in each_entry (earlier ++ [e])%list cs'
    end.
  Definition entries_of (cs : list claim) : result (list entry) := each_entry [] cs.
End Terms.

(** Each of the certificates, with what is known of those before it. *)
Section All.
  Variable propose : Forms.quadratic -> Positivity.witness.
  Variable root : dyadic -> dyadic.
  Definition is_scaled (c : claim) : bool := match its_scale c with Unscaled => false | _ => true end.
  Definition is_bound (c : claim) : bool := match its_statement c with ABound => true | Trends _ | Movement _ => false end.
  (** Of pairs with a delta: that each second proof stays positive without it. *)
  Definition all_stay (known_before : list (option known)) (c : claim) (t : terms) : bool :=
    match its_delta c with
    | None => true
    | Some (_, delta) => forallb (stays propose (known_at known_before) itself (checked t) delta) (seconds t)
    end.
  (** What is claimed, on one part of its box, by the derivatives of the units that are not linear there. *)
  Definition holds_on (c : claim) (t : terms) (moves : intervals * list (option element)) (box : ends) : bool :=
    let us := concat (on_box itself box [] (in_parts t)) in
    match its_statement c with
    | ABound => bounded_by_rows itself us moves (norm_out c) (its_bound c)
    | Trends ts => forallb (fun r => monotone_by_rows itself us (its_inputs c) (increases_there r) (map Z.to_nat (of_inputs r)) (map Z.to_nat (of_outputs r))) ts
    | Movement m => sloped_by_rows itself us (its_inputs c) (slopes_of m) (map Z.to_nat (of_moved m))
    end.
  Definition are_there (size : nat) (l : list Z) : bool := forallb (fun i => (0 <=? i) && (i <? Z.of_nat size)) l.
  Definition is_about_elements (c : claim) : bool :=
    match its_statement c with
    | ABound => true
    | Trends ts => forallb (fun r => are_there (its_inputs c) (of_inputs r) && are_there (last_size c) (of_outputs r)) ts
    | Movement m => Nat.eqb (length (slopes_of m)) (its_inputs c) && are_there (last_size c) (of_moved m)
    end.
  (** On each part the ranges of all inputs are made, and for each input of a trend, or with a slope, the differences of all. *)
  Definition work_of_range := 64.
  Definition work_of_move := 16.
  Definition work_of_parts (c : claim) (cuts : boxes) : Z :=
    let moves := match its_statement c with
      | ABound => 0
      | Trends ts => total (map (fun r => Z.of_nat (length (of_inputs r))) ts)
      | Movement m => Z.of_nat (length (slopes_of m))
      end in
    leaves cuts * (8 + Z.of_nat (its_inputs c)) * (work_of_range + moves * work_of_move).
  Definition holds_by_derivatives (c : claim) (t : terms) (cuts : boxes) : bool :=
    match its_scale c, its_delta c with
    | OnBox box, None =>
        nonnegative (its_bound c) && is_about_elements c
        && spending (work_of_parts c cuts) (fun _ => let moves := all_moves (its_inputs c) in all_parts cuts box (holds_on c t moves))
    | _, _ => false
    end.
  (** Of a construction, that its theorem is about what is claimed: about l2, without a scale, and no groups of channels. *)
  Definition check_entry (known_before : list (option known)) (e : entry) : bool :=
    match e with
    | Given c t =>
        match its_grounds c with
        | ByDerivatives cuts => holds_by_derivatives c t cuts
        | _ => is_bound c && check propose root (known_at known_before) itself (checked t) && all_stay known_before c t
        end
    | Free c _ => is_bound c && nonnegative (its_bound c) && negb (is_scaled c) && is_l2 (norm_in c) && is_l2 (norm_out c) && forallb (fun p => Nat.eqb (apart p) 1) (its_units c)
    end.
  Fixpoint all_checked (known_before : list (option known)) (es : list entry) : bool :=
    match es with
    | [] => true
    | e :: es' => check_entry known_before e && all_checked (known_before ++ [known_of (its_claim e)])%list es'
    end.
End All.
