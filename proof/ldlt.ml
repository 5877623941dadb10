(* TRUSTED. Whether units are of the form of an LDL^T construction: docs/certificate-format.md, "LDL^T". The theorems of
   Constructions.v ask for such units, with weights that its parameters make: without this their hypotheses could never hold. *)
open Checker
open Reader

let rec number = function O -> 0 | S n -> 1 + number n

(* [units] with their sizes and the shapes of what they name, from unit 1 on; the input has [inputs] elements. Answers with the
   theorem that applies. *)
let theorem inputs units =
  let n = List.length units in
  let used = Array.make (n + 1) false and names = Hashtbl.create 16 in
  let unit_at k =
    require (k > 0 && not used.(k)) "units that are not of the construction";
    used.(k) <- true;
    List.nth units (k - 1) in
  let size k = if k = 0 then inputs else let _, size, _ = List.nth units (k - 1) in size in
  (* The operand of a dense unit whose tensors are its own. *)
  let dense k = match unit_at k with
    | Dense (o, _, _), _, tensors ->
        List.iter (fun (name, shape) ->
          require (not (Hashtbl.mem names name)) "a tensor of two units of the construction";
          Hashtbl.add names name ();
          match shape with
          | [_; columns] -> require (columns = size (number o)) "a size that does not fit"
          | _ -> ()) tensors;
        number o
    | _ -> reject "units that are not of the construction" in
  let rec chain k low high =
    let o = dense k in
    if o <> 0 then match unit_at o with
      | Elementwise (d, f), own, _ ->
          let fits = match interval f with Some (a, b) -> lt a b && low a && high b | None -> false in
          require (fits && own = size (number d)) "an activation that is not of the construction";
          chain (number d) low high
      | _ -> reject "units that are not of the construction" in
  let reads_input k = k > 0 && match List.nth units (k - 1) with Dense (o, _, _), _, _ -> number o = 0 | _ -> false in
  let any _ = true in
  let applies = match List.nth units (n - 1) with
    | Sum [left; right], own, _ ->
        used.(n) <- true;
        let left = number left and right = number right in
        let skip, last = if reads_input left then (left, right) else (right, left) in
        require (reads_input skip && not (reads_input last)) "units that are not of the construction";
        ignore (dense skip);
        chain last (le zero) (fun b -> le b one);
        require (size skip = own && size last = own) "a size that does not fit";
        "ldlt_residual_lipschitz"
    | _ -> chain n any any; "ldlt_chain_lipschitz" in
  require (List.for_all (fun k -> k = 0 || used.(k)) (List.init (n + 1) Fun.id)) "a unit outside of the construction";
  applies
