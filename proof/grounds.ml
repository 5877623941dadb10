(* TRUSTED. Why a certificate holds, as it says: its records, and the rows that they are about. *)
module I = Z
open Checker
open Reader
open Units

(* The rows of what a unit gives, by their lengths, from those of what it reads: FORMAT, "Segmentations". What stands for
   a row of several elements here stands for each of them, which makes S no more and no less positive. *)
let rows_of u size by_gain cut rows =
  let read o = List.nth rows (number o) in
  match u, cut with
  | _, Some lengths ->
      require (by_gain && List.for_all (fun k -> k > 0) lengths && List.fold_left (+) 0 lengths = size)
        "a segmentation that does not fit";
      lengths
  | _, None when by_gain -> List.init size (fun _ -> 1)
  | (Elementwise (o, _) | Scale (o, _)), None -> read o
  | Affine (o, scale, _), None when List.for_all (fun s -> equal s (List.hd scale)) scale -> read o
  | Concat os, None -> List.concat_map read os
  | (Call _ | MaxPool _), None -> reject "a call or a maximum without a gain"
  | Sum os, None ->
      require (List.for_all (fun o -> read o = read (List.hd os)) os) "rows of different lengths are added";
      read (List.hd os)
  | (Dense (o, _, _) | MaxMin o | GroupSort (o, _) | Householder (o, _, _) | Affine (o, _, _) | Select (o, _)
    | Softmax (o, _, _) | Linear (o, _)), None ->
      require (List.for_all (fun k -> k = 1) (read o)) "single elements are read of rows of several";
      List.init size (fun _ -> 1)

(* One multiplier for all rows, or one for each: one for each element. *)
let expanded rows = function
  | [] | [_] as values -> values
  | values -> List.concat (List.map2 (fun n l -> List.init n (fun _ -> l)) rows values)

(* How many multipliers a unit has: none, or those of its scalar functions. *)
let expected u size = match u with
  | Elementwise (_, f) -> (
      match interval f with
      | Some (a, b) -> if lt a b then size else 0
      | None -> reject "an activation with a parameter that it cannot have")
  | MaxMin _ | Householder _ -> size / 2
  | GroupSort (_, k) -> size / number k
  | Softmax _ -> 1
  | _ -> 0

(* Row i of a congruence has i + 1 integers of at most 18 digits, the last one positive; no number of it is used, and how
   many rows there have to be is for [Rows]. *)
let witness i = function
  | Text row ->
      let numbers = String.split_on_char ' ' row in
      let is_integer n = match int_of_string_opt n with
        | Some k -> string_of_int k = n && abs k < 1_000_000_000_000_000_000
        | None -> false in
      let last = List.nth numbers (List.length numbers - 1) in
      require (List.for_all is_integer numbers && List.length numbers = i + 1 && last.[0] <> '-' && last <> "0")
        "a row that can be none of a witness"
  | _ -> reject "rows that are no texts"

(* How many rows a witness has, where it has some. *)
let matrix_procedure m =
  match word "procedure" ["congruence"; "exact elimination"; "verified cholesky"; "ldlt construction";
    "elementwise product"; "all frequencies"] m with
  | "congruence" -> List.iteri witness (list "rows" m); Some (List.length (list "rows" m))
  | "exact elimination" | "verified cholesky" ->
      require (not (List.mem_assoc "rows" m)) "rows that nothing reads"; None
  | other -> undecided "the procedure %s" other

(* An elementwise product is one proof of all outputs, from linf, without records. *)
let not_read m =
  List.for_all (fun name -> list name m = []) ["gains"; "segmentations"; "multipliers"]
  && not (List.exists (fun name -> List.mem_assoc name m) ["rows"; "torus"; "twist"; "head"])
let by_elements m =
  List.mem_assoc "procedure" m && get "procedure" m = Text "elementwise product" && begin
    require (not_read m) "records that nothing reads";
    true
  end

let side (a : axis) : Images.side =
  { n = number a.pixels; k = number a.kernel; s = number a.stride; front = number a.margin_before; back = number a.margin_behind;
    apart = number a.dilation }
let on_torus cells a = Images.on_torus cells (side a)
let in_windows down across = Images.shared (side down) * Images.shared (side across)
let whole_number n = { mantissa = I.of_int n; exponent = I.zero }
(* A little above the root. *)
let root_of { mantissa; exponent } =
  let odd = not (I.is_even exponent) in
  let m = if odd then I.shift_left mantissa 1 else mantissa and e = if odd then I.pred exponent else exponent in
  { mantissa = Reader.root_above (I.shift_left m 128); exponent = Reader.below (I.shift_right e 1) }

(* The gain of a unit that is known by it: proved of a matrix, and of others what the format says. *)
let gain_of earlier u record = match u, record with
  | Dense _, Some (g, None) -> g
  | Linear (_, Convolution (down, across, _, _, _, _, _)), Some (g, Some (n, m)) ->
      require (on_torus n down && on_torus m across) "a torus that is too small";
      g
  | (Dense _ | Linear (_, Convolution _)), Some _ -> reject "a gain of another kind"
  | (Dense _ | Linear (_, Convolution _)), None -> reject "a gain is missing"
  | _, Some _ -> reject "a gain that nothing reads"
  | Elementwise (_, f), None -> (
      match interval f with
      | Some (a, b) -> largest (abs0 a) (abs0 b)
      | None -> reject "an activation with a parameter that it cannot have")
  | Affine (_, scale, _), None -> List.fold_left (fun g s -> largest g (abs0 s)) zero scale
  | Call (_, k, m), None ->
      let { bound; output_norm; _ } = (List.nth earlier (number k)).certificate in
      if output_norm = L2 then bound
      else (* a little above the root of m L^2 *)
        let squared = Reader.square_times (number m) bound.mantissa in
        { mantissa = Reader.root_above squared; exponent = Reader.below bound.exponent }
  | (MaxMin _ | GroupSort _), None -> one
  | Select (_, indices), None -> require (distinct indices) "a gain of a selection that has an element twice"; one
  | Householder (_, v, w), None ->
      let n = add0 (mul0 v v) (mul0 w w) in
      largest one (abs0 (sub0 (add0 n n) one))
  | Softmax (_, _, ell), None -> ell
  | Linear (_, Center _), None -> one
  | Linear (_, Channels _), None -> zero (* [completed] has it *)
  | Linear (_, AveragePool (down, across, _, f)), None ->
      root_of (mul0 (mul0 f f) (whole_number (number down.kernel * number across.kernel * in_windows down across)))
  | MaxPool (_, down, across, _), None -> root_of (whole_number (in_windows down across))
  | (Sum _ | Concat _ | Scale _), None -> reject "a gain of a unit that cannot have one"

let distinct what keys = require (List.length (List.sort_uniq compare keys) = List.length keys) ("two records of one " ^ what)

let proof earlier units sizes from_linf to_linf m =
  let of_s = matrix_procedure m in
  require (not (List.exists (fun name -> List.mem_assoc name m) ["torus"; "twist"; "head"])) "a torus that nothing reads";
  let cuts = List.map (fun item ->
    let r = members "unit,lengths" item in
    (integer "unit" r, integers "lengths" r)) (list "segmentations" m) in
  distinct "segmentation" (List.map fst cuts);
  let gains = List.map (fun item ->
    let r = members "unit,gain,torus?,twist?,procedure,rows?" item in
    let rows = matrix_procedure r in
    let g = dyadic (real false (get "gain" r)) in
    require (nonnegative g) "a gain that is negative";
    let torus = match List.mem_assoc "torus" r, List.mem_assoc "twist" r with
      | false, false -> None
      | true, true ->
          let twists = List.for_all (fun t -> t = Text "0x0.0p0" || t = Text "0x1.0p-1") (list "twist" r) in
          require (twists && List.length (list "twist" r) = 2 && get "procedure" r = Text "verified cholesky") "no torus";
          (match integers "torus" r with
           | [n; m] when n > 0 && m > 0 -> Some (n, m)
           | _ -> reject "no torus")
      | _ -> reject "no torus" in
    (integer "unit" r, ((g, torus), rows))) (list "gains" m) in
  distinct "gain" (List.map fst gains);
  let records = List.map (fun item ->
    let r = members "unit,constraint,values" item in
    let values = List.map (fun v -> dyadic (real false v)) (list "values" r) in
    require (List.for_all nonnegative values) "a multiplier that is negative";
    ((integer "unit" r, word "constraint" ["slope"; "gain"; "range"; "crop"] r), values)) (list "multipliers" m) in
  distinct "multiplier" (List.map fst records);
  let counted n values = List.length values = n || List.length values = 1 in
  let take key n = match List.assoc_opt key records with
    | Some values -> require (n > 0 && counted n values) "multipliers that nothing reads, or too few or many"; values
    | None -> require (n = 0) "a multiplier is missing"; [] in
  let input_size = List.hd sizes in
  let input_rows = match List.assoc_opt 0 cuts with
    | Some lengths -> rows_of (Sum []) input_size true (Some lengths) []
    | None -> List.init input_size (fun _ -> 1) in
  let step (rows, reasons) (i, (u, size)) =
    let gain = List.assoc_opt (i, "gain") records in
    let own = rows_of u size (gain <> None) (List.assoc_opt i cuts) rows in
    let reason = match gain with
      | Some [l] -> Gain (l, gain_of earlier u (Option.map fst (List.assoc_opt i gains)))
      | Some _ -> reject "a gain has one multiplier"
      | None ->
          require (not (List.mem_assoc i gains)) "a gain that nothing reads";
          let elementwise = match u with Elementwise _ -> true | _ -> false in
          let n = expected u size in
          let values = take (i, "slope") (if elementwise && n > 0 then List.length own else n) in
          Slopes (if elementwise then expanded own values else values) in
    (rows @ [own], reason :: reasons) in
  let numbered = List.mapi (fun i u -> (i + 1, u)) (List.combine units (List.tl sizes)) in
  let rows, reversed = List.fold_left step ([input_rows], []) numbered in
  require (not to_linf || List.for_all (fun k -> k = 1) (List.nth rows (List.length units)))
    "single elements are read of rows of several";
  let reasons = List.rev reversed in
  let given = take (0, "range") (if from_linf then List.length input_rows else 0) in
  let ranges = if from_linf then expanded input_rows given else given in
  let read = List.length (List.filter (fun r -> r <> Slopes []) (Slopes ranges :: reasons)) in
  require (read = List.length records) "records that nothing reads";
  require (List.for_all (fun (i, _) -> i >= 1 && i <= List.length units) gains) "a gain that nothing reads";
  require (List.for_all (fun (i, _) -> i >= 0 && i <= List.length units) cuts) "a segmentation that nothing reads";
  let first lengths = List.concat_map (fun n -> List.init n (fun k -> k = 0)) lengths in
  let coordinates reason own (u, size) = match reason, u with
    | Gain _, _ | Slopes _, Elementwise _ -> first own
    | Slopes _, GroupSort (_, k) -> List.init (size - size / number k) (fun _ -> true)
    | Slopes _, Softmax _ -> List.init (size - 1) (fun _ -> true)
    | Slopes _, _ -> List.init (expected u size) (fun _ -> true) in
  let own = List.map2 (fun (r, l) u -> coordinates r l u) (List.combine reasons (List.tl rows)) (List.map snd numbered) in
  let sorts r u = match r, u with Slopes _, (GroupSort _ | Softmax _) -> true | _ -> false in (* of equal forms a group has none *)
  ({ reasons; ranges }, { of_s; of_gains = List.map (fun (i, (_, n)) -> (i, n)) gains;
     first_elements = first input_rows @ List.concat own; whole = not (List.exists2 sorts reasons units) })
