(* TRUSTED TO REJECT alone: nothing is proved by it. How many rows a matrix has that a witness is about, so that a witness
   of another matrix is no part of what is accepted: FORMAT, "Witnesses". *)
module I = Z
open Checker

let reject what = raise (Reader.Refused what)

(* The pairs of coordinates of a form, numbered from 1, with what they are multiplied by; the smaller number first. *)
let pairs form =
  let row (i, row) =
    List.filter_map (fun (j, a) ->
      let i = Oracle.key i and j = Oracle.key j in
      if is_zero a then None else Some ((min i j, max i j), a)) (Checker.elements Fun.id row []) in
  List.concat_map row (Checker.elements Fun.id (upper form) [])

(* The rows of a form that is not negative anywhere, of which the first [inputs] are eliminated where they are exactly
   [rho] times the squares of their coordinates. [is_counted] says which stands for a row: the first one of its elements.
   What is zero is left out, before the elimination and behind it: row i is zero then if [4 rho a_ii] is the sum of the
   squares of [a_ij] over the inputs j, where a_ij is what x_i x_j is multiplied by. *)
let of_form inputs rho is_counted form =
  let pairs = pairs form in
  let n = List.fold_left (fun n ((_, j), _) -> max n j) inputs pairs in
  let diagonal = Array.make (n + 1) zero and squares = Array.make (n + 1) zero in
  List.iter (fun ((i, j), a) ->
    if i = j then diagonal.(i) <- a
    else if i <= inputs then squares.(j) <- add0 squares.(j) (mul0 a a)) pairs;
  let is_input i = i >= 1 && i <= inputs in
  let is_scaled i = (not (is_input i)) || (I.sign rho.mantissa > 0 && equal diagonal.(i) rho && is_zero squares.(i)) in
  let eliminated = if inputs > 0 && List.for_all is_scaled (List.init n succ) then inputs else 0 in
  let four_rho = mul0 { mantissa = I.of_int 4; exponent = I.zero } rho in
  let is_there i =
    i > eliminated && is_counted i && (not (is_zero diagonal.(i)))
    && (eliminated = 0 || not (equal (mul0 four_rho diagonal.(i)) squares.(i))) in
  List.length (List.filter is_there (List.init n succ))

(* The rows of S; none where the outputs are zero. *)
let of_proof c number (p : Checker.proof) is_counted =
  let start = [coordinates One c.inputs] in
  match differences itself (fun _ _ _ -> true) c.units p.reasons (after One c.inputs) start Leaf with
  | None -> reject "units that no form is made of"
  | Some (signals, constraints) ->
      let y = List.nth signals (List.length signals - 1) in
      let y = if c.output_norm = Linf then [List.nth y number] else y in
      if List.for_all is_leaf y then 0
      else
        let base = qplus (weighted (weights_of c p) One) (minus_squares y) in
        let inputs = if c.input_norm = L2 then I.to_int c.inputs else 0 in
        of_form inputs (mul0 c.bound c.bound) is_counted (qplus base (qtimes minus_one constraints))

(* Of [g^2 I - W W'], or of [g^2 I - W' W] where W has more rows than columns. *)
let of_gain weight gain =
  let rows = List.length weight and columns = List.length (List.hd weight) in
  let squares = Array.make (min rows columns) zero in
  List.iteri (fun i row -> List.iteri (fun j a ->
    let k = if rows > columns then j else i in
    squares.(k) <- add0 squares.(k) (mul0 a a)) row) weight;
  Array.fold_left (fun n s -> if equal (mul0 gain gain) s then n else n + 1) 0 squares

(* Of a certificate that is proved: no witness of it has another number of rows. *)
let check_terms claim terms =
  let fits what n rows = Reader.require (rows = n) (Printf.sprintf "%s has %d rows, its witness %d" what n rows) in
  let of_each number (p : Checker.proof) w =
    let flags = Array.of_list w.first_elements in
    let of_s () = of_proof terms.checked number p (fun i -> flags.(i - 1)) in
    Option.iter (fun rows -> fits (Printf.sprintf "S of proof %d" number) (of_s ()) (I.to_int rows)) w.of_s in
  let gains (listed : Checker.proof) w = (* records count units before groups of channels are three *)
    List.iter (fun (i, asked) ->
      let i = I.to_int i in
      match (List.nth terms.recorded (i - 1)).what, List.nth listed.reasons (i - 1), asked with
      | Dense (_, weight, _), Gain (_, gain), Some rows ->
          fits (Printf.sprintf "the matrix of the gain of unit %d" i) (of_gain weight gain) (I.to_int rows)
      | _ -> ()) w.of_gains in
  match claim.its_grounds with
  | ByProofs both ->
      List.iteri (fun number (p, (listed, w)) -> of_each number p w; gains listed w) (List.combine terms.checked.proofs both)
  | ByProduct | ByConstruction _ | ByDerivatives _ -> ()

let check = function Given (claim, terms) -> check_terms claim terms | Free _ -> ()
