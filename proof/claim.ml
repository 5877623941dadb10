(* TRUSTED. From a certificate's text to the terms of Certificate.v: docs/certificate-format.md, "Members". *)
module I = Z
open Checker
open Reader

(* What the proof's witnesses are about, for [Rows]: of S and of each gain how many rows are given, if any; of which
   coordinates there is one row, the first of each row's elements; and whether all of them are in S. *)
type witness = { of_s : int option; of_gains : (int * int option) list; first_elements : bool list; whole : bool }

type t = {
  network : string; digest : string; single : bool; structural : bool; bound_text : string;
  records : (string * int list * string) list; (* name, shape, digest *)
  plain : (string Checker.unit0 * int * int) list; (* with the sizes, and how far apart the elements of a group are *)
  certificate : (string * string) Checker.certificate; (* tensors by their certificate's digest and their name *)
  declared_sizes : int list; (* of all units of the certificate, the input first; flat ones where calls are inlined *)
  calls : string list; (* by their digests *)
  theorem : string option; (* of a construction: weights are free, and there is nothing to compute *)
  normalisations : (string * (string * float)) list; (* of batch normalisations: their tensors and epsilons, by [derived] *)
  witnesses : witness list; (* of each proof *)
}

(* There has to be the certificate of this digest first. *)
exception Missing of string

let nat = Images.nat
let rec number = function O -> 0 | S n -> 1 + number n
let dyadic (mantissa, exponent) = { mantissa; exponent }

(* Which members an object has, in this order; those with a question mark may be missing. *)
let members schema = function
  | Object found ->
      let names = List.filter_map (fun m ->
        let optional = m.[String.length m - 1] = '?' in
        let name = if optional then String.sub m 0 (String.length m - 1) else m in
        if optional && not (List.mem_assoc name found) then None else Some name)
        (String.split_on_char ',' schema) in
      require (List.map fst found = names) ("not the members " ^ schema);
      found
  | _ -> reject "no object of the members %s" schema
let get name found = match List.assoc_opt name found with Some v -> v | None -> reject "there is no %s" name
let text name found = match get name found with Text t -> t | _ -> reject "%s is no text" name
let whole name = function
  | Integer n when n >= -0x80000000 && n <= 0x7fffffff -> n
  | _ -> reject "%s is no integer of 32 bits" name
let integer name found = whole name (get name found)
let list name found = match get name found with List items -> items | _ -> reject "%s is no list" name
let integers name found = List.map (whole name) (list name found)
let word name words found =
  let found = text name found in
  require (List.mem found words) (name ^ " cannot be " ^ found); found

let supported = [
  "dense", "operation,operand,inputs,size,weight,bias?"; "activation", "operation,operand,name,parameters,size,pixels?";
  "sum", "operation,operands,size"; "concat", "operation,operands,size"; "scale", "operation,operand,factor,size";
  "affine", "operation,operand,scale,shift,size"; "select", "operation,operand,indices";
  "call", "operation,operand,network,certificate,inputs,size";
  "convolution", "operation,operand,input,channels,kernel,stride,padding,dilation,groups,weight,bias?";
  "average_pool", "operation,operand,input,kernel,stride,factor"; "max_pool", "operation,operand,input,kernel,stride";
  "batch_norm", "operation,operand,channels,pixels,tensors,epsilon" ]

(* What becomes of the tensors of a batch normalisation has names that no tensor has: there is no such character in a text. *)
let derived what epsilon name = String.concat "\000" [what; epsilon; name]

let activation name parameters size operand = match name, parameters with
  | "identity", [] -> Elementwise (operand, Identity) | "relu", [] -> Elementwise (operand, Relu)
  | "leaky_relu", [s] -> Elementwise (operand, LeakyRelu s) | "relu6", [] -> Elementwise (operand, Relu6)
  | "hard_tanh", [] -> Elementwise (operand, HardTanh) | "hard_sigmoid", [] -> Elementwise (operand, HardSigmoid)
  | "hard_swish", [] -> Elementwise (operand, HardSwish) | "abs", [] -> Elementwise (operand, Abs)
  | "tanh", [] -> Elementwise (operand, Tanh) | "sigmoid", [] -> Elementwise (operand, Sigmoid)
  | "softplus", [] -> Elementwise (operand, Softplus) | "softsign", [] -> Elementwise (operand, Softsign)
  | "sin", [] -> Elementwise (operand, Sin) | "elu", [a] -> Elementwise (operand, Elu a)
  | "celu", [a] -> Elementwise (operand, Celu a) | "selu", [] -> Elementwise (operand, Selu)
  | "silu", [] -> Elementwise (operand, Silu) | "gelu", [] -> Elementwise (operand, Gelu)
  | "gelu_tanh", [] -> Elementwise (operand, GeluTanh) | "mish", [] -> Elementwise (operand, Mish)
  | "maxmin", [] -> MaxMin operand | "householder", [v; w] -> Householder (operand, v, w)
  | "group_sort", [k] ->
      let group = if I.sign k.exponent >= 0 then I.shift_left k.mantissa (min 20 (I.to_int k.exponent))
        else I.shift_right k.mantissa (- I.to_int k.exponent) in
      let is = equal k { mantissa = group; exponent = I.zero } && I.geq group (I.of_int 2) && I.leq group (I.of_int size) in
      require is "groups of no size";
      if I.equal group (I.of_int 2) then MaxMin operand else GroupSort (operand, nat (I.to_int group))
  | "center", [] ->
      let mantissa, exponent = exactly (1. -. (1. -. 1. /. float_of_int size)) in
      Linear (operand, Center { mantissa; exponent })
  | "softmax", [t] ->
      require (lt zero t) "a temperature that is not positive";
      let mantissa, exponent = exactly (Images.half_inverse (Float.ldexp (I.to_float t.mantissa) (I.to_int t.exponent))) in
      Softmax (operand, t, { mantissa; exponent })
  | _ -> reject "the activation %s with %d parameters" name (List.length parameters)

let outputs claim = List.nth claim.declared_sizes (List.length claim.declared_sizes - 1)

(* A unit, its declared size, and the shapes of the tensors that it names; [call] gives the number of a callee. *)
let unit single call item =
  let operation = match item with Object (("operation", Text o) :: _) -> o | _ -> reject "a unit without an operation" in
  let schema = match List.assoc_opt operation supported with Some s -> s | None -> reject "the operation %s" operation in
  let m = members schema item in
  let operand name n =
    require (n >= 0) (name ^ " is negative");
    if n > 100_000 then undecided "too large: %s" name;
    nat n in
  let one () = operand "operand" (integer "operand" m) in
  let many () =
    let os = integers "operands" m in
    require (List.length os > 1) "a single operand";
    List.map (operand "operands") os in
  let reals name = List.map (fun v -> dyadic (real single v)) (list name m) in
  match operation with
  | "dense" ->
      let size = integer "size" m and bias = List.assoc_opt "bias" m in
      let weight = text "weight" m in
      let b = match bias with None -> [] | Some _ -> [(text "bias" m, [size])] in
      (Dense (one (), weight, Option.map (fun _ -> text "bias" m) bias), size, (weight, [size; integer "inputs" m]) :: b)
  | "activation" ->
      let size = integer "size" m in
      (activation (text "name" m) (reals "parameters") size (one ()), size, [])
  | "sum" -> (Sum (many ()), integer "size" m, [])
  | "concat" -> (Concat (many ()), integer "size" m, [])
  | "scale" -> (Scale (one (), dyadic (real single (get "factor" m))), integer "size" m, [])
  | "affine" -> (Affine (one (), reals "scale", reals "shift"), integer "size" m, [])
  | "call" ->
      let size = integer "size" m in
      let number, callee = call (text "certificate" m) in
      let fits = callee.network = text "network" m && callee.single = single
        && List.hd callee.declared_sizes = integer "inputs" m && outputs callee = size in
      require fits "a callee of another name, type or size";
      (Call (one (), nat number, nat size), size, [])
  | "convolution" ->
      let c, down, across = Images.window (integers "input" m) (integers "kernel" m) (integers "stride" m)
        (integers "padding" m) (integers "dilation" m) in
      let channels = integer "channels" m and groups = integer "groups" m in
      require (channels > 0 && groups > 0 && c mod groups = 0 && channels mod groups = 0) "groups that do not divide the channels";
      let weight = text "weight" m and bias = Option.map (fun _ -> text "bias" m) (List.assoc_opt "bias" m) in
      let size = Images.size channels (c / groups * down.k * across.k) down across in
      (Linear (one (), Convolution (Images.axis down, Images.axis across, nat c, nat channels, nat groups, weight, bias)), size,
       (weight, [channels; c / groups; down.k; across.k]) :: List.map (fun b -> (b, [channels])) (Option.to_list bias))
  | "average_pool" | "max_pool" ->
      let c, down, across = Images.window (integers "input" m) (integers "kernel" m) (integers "stride" m) [0; 0; 0; 0] [1; 1] in
      let size = Images.size c (down.k * across.k) down across in
      let down = Images.axis down and across = Images.axis across in
      if operation = "max_pool" then (MaxPool (one (), down, across, nat c), size, [])
      else (Linear (one (), AveragePool (down, across, nat c, dyadic (real single (get "factor" m)))), size, [])
  | "batch_norm" ->
      let channels = integer "channels" m and pixels = integer "pixels" m in
      require (channels > 0 && pixels > 0 && pixels <= Images.most / min channels Images.most) "no image, or too large a one";
      let name = text "tensors" m and epsilon = text "epsilon" m in
      ignore (real single (get "epsilon" m));
      if pixels > 10_000 || channels > 10_000 then undecided "too large: signals";
      (Linear (one (), Channels (nat pixels, derived "scale" epsilon name, derived "shift" epsilon name)), channels * pixels,
       List.map (fun t -> (name ^ t, [channels])) [".weight"; ".bias"; ".running_mean"; ".running_var"])
  | _ ->
      let indices = integers "indices" m in
      (Select (one (), List.map (operand "indices") indices), List.length indices, [])

let input item =
  let m = members "operation,size?,shape?,lower?,upper?" item in
  require (text "operation" m = "input") "the first unit is no input";
  let size = match List.mem_assoc "size" m, List.mem_assoc "shape" m with
    | true, false -> integer "size" m
    | false, true ->
        let shape = integers "shape" m in
        require (List.length shape > 1 && List.for_all (fun k -> k > 0) shape) "no shape";
        List.fold_left (fun n k -> if n > 10_000 || k > 10_000 then 10_001 else n * k) 1 shape (* more is too large *)
    | _ -> reject "an input without a size" in
  let box name = if List.mem_assoc name m then List.map (fun v -> ignore (real false v); v) (list name m) else [] in
  let numbers name = List.map (function Text t -> float_of_string t | _ -> nan) (box name) in
  let lower = numbers "lower" and upper = numbers "upper" in
  let whole = List.mem_assoc "lower" m = List.mem_assoc "upper" m && List.length lower = List.length upper
    && (lower = [] && not (List.mem_assoc "lower" m) || List.length lower = size) in
  require (whole && List.for_all2 (<=) lower upper) "no box";
  size

let operands = function
  | Dense (o, _, _) | Elementwise (o, _) | MaxMin o | Householder (o, _, _) | Scale (o, _) | Affine (o, _, _)
  | GroupSort (o, _) | Select (o, _) | Softmax (o, _, _) | Linear (o, _)
  | MaxPool (o, _, _, _) | Call (o, _, _) -> [number o]
  | Sum os | Concat os -> List.map number os

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

(* The unit with other operands and other names. *)
let reading at named u = match u with
  | Dense (o, w, b) -> Dense (at o, named w, Option.map named b)
  | Elementwise (o, f) -> Elementwise (at o, f)
  | MaxMin o -> MaxMin (at o)
  | GroupSort (o, k) -> GroupSort (at o, k)
  | Softmax (o, t, ell) -> Softmax (at o, t, ell)
  | Householder (o, v, w) -> Householder (at o, v, w)
  | Sum os -> Sum (List.map at os)
  | Concat os -> Concat (List.map at os)
  | Scale (o, f) -> Scale (at o, f)
  | Affine (o, s, t) -> Affine (at o, s, t)
  | Select (o, indices) -> Select (at o, indices)
  | MaxPool (o, d, a, c) -> MaxPool (at o, d, a, c)
  | Linear (o, map) -> Linear (at o, match map with
      | Convolution (d, a, n, m, g, w, b) -> Convolution (d, a, n, m, g, named w, Option.map named b)
      | AveragePool (d, a, c, f) -> AveragePool (d, a, c, f)
      | Channels (p, s, t) -> Channels (p, named s, named t)
      | Center c -> Center c)
  | Call (o, k, m) -> Call (at o, k, m)

let group = function MaxMin _ | Householder _ -> 2 | GroupSort (_, k) -> number k | _ -> 0

(* How far apart the elements of a group are: 1, or the pixels of a channel where groups are of channels. *)
let apart u size = function
  | Object (("operation", Text "activation") :: found) when List.mem_assoc "pixels" found ->
      let pixels = integer "pixels" found in
      require (pixels > 1 && group u > 1 && pixels <= size && size mod (group u * pixels) = 0) "groups of channels that do not fit";
      pixels
  | _ -> 1

(* Groups of channels: elements are put next to each other, and back. So a unit becomes three, the last of which has its
   place; the two others are linear, and no record is about them. *)
let side_by_side units proofs =
  let places k pixels size = List.init size (fun i -> (((i / k / pixels) * k + (i mod k)) * pixels) + (i / k mod pixels)) in
  let back order = List.map snd (List.sort compare (List.mapi (fun i place -> (place, i)) order)) in
  let select size o order = (Select (nat o, List.map nat order), size) in
  let step (units, numbers) (u, size, pixels) =
    let last = List.length units in
    let at o = nat (List.nth numbers (number o)) in
    if pixels = 1 then (units @ [(reading at Fun.id u, size)], numbers @ [last + 1])
    else
      let order = places (group u) pixels size in
      let o = number (at (nat (List.hd (operands u)))) in
      let there = select size o order and middle = (reading (fun _ -> nat (last + 1)) Fun.id u, size) in
      (units @ [there; middle; select size (last + 2) (back order)], numbers @ [last + 3]) in
  let apart_reasons reasons =
    List.concat (List.map2 (fun (_, _, pixels) r -> if pixels = 1 then [r] else [Slopes []; r; Slopes []]) units reasons) in
  (fst (List.fold_left step ([], [0]) units), List.map (fun p -> { p with reasons = apart_reasons p.reasons }) proofs)

(* FORMAT, "Inlined calls": one flat list, in which the units of a callee but its input stand in place of the call. Where
   calls are not inlined, it is the list as it is. *)
let flattened inlined earlier digest units =
  let flat = ref [] and count = ref 0 in
  let rec add digest units input =
    let numbers = ref [input] in
    List.iter (fun (u, size, pixels) ->
      let at o = nat (List.nth !numbers (number o)) in
      let named n = (digest, n) in
      let append u =
        incr count;
        if !count > 10_000 then undecided "too large: inlined calls";
        flat := (u, size, pixels) :: !flat;
        numbers := !numbers @ [!count] in
      match u with
      | Call (o, k, _) when inlined ->
          let callee = List.nth earlier (number k) in
          numbers := !numbers @ [add callee.digest callee.plain (number (at o))]
      | u -> append (reading at named u)) units;
    List.nth !numbers (List.length !numbers - 1) in
  let last = add digest units 0 in
  require (last = !count) "an output that is not the last unit";
  List.rev !flat

(* Calls are of those that were read [earlier], by their numbers there. *)
let read earlier source =
  let json = parse source in
  require (String.is_valid_utf_8 source && print 0 json ^ "\n" = source) "not the one text that a certificate has";
  let schema = "format,network,kind,type,declared,bound,method,units,tensors,input norm?,output norm?,calls?" in
  let proof_members = "gains,segmentations,multipliers,procedure,rows?,torus?,twist?,head?" in
  let several = match json with Object found -> List.mem_assoc "proofs" found | _ -> false in
  let m = members (schema ^ "," ^ if several then "proofs" else proof_members) json in
  ignore (word "format" ["lipc-certificate-1"] m);
  let structural = word "kind" ["numeric"; "structural"] m = "structural" in
  let single = word "type" ["f32"; "f64"] m = "f32" in
  let inlined = List.mem_assoc "calls" m in
  if inlined then ignore (word "calls" ["inlined"] m);
  let norm name = if List.mem_assoc name m then word name ["l2"; "linf"] m else "l2" in
  let from_linf = norm "input norm" = "linf" and to_linf = norm "output norm" = "linf" in
  let said = List.mem_assoc "input norm" m in
  require (said = List.mem_assoc "output norm" m && said = (from_linf || to_linf)) "norms that need not be said";
  ignore (text "method" m);
  let bound = dyadic (real false (get "bound" m)) and declared = dyadic (real false (get "declared" m)) in
  require (nonnegative bound && le bound declared) "a bound that is negative, or above the declared one";
  let items = list "units" m in
  require (List.length items > 0) "no units";
  let inputs = input (List.hd items) in
  let calls = ref [] in
  let call digest =
    let rec place k = function
      | [] -> raise (Missing digest)
      | c :: rest -> if c.digest = digest then (k, c) else place (k + 1) rest in
    calls := digest :: !calls;
    place 0 earlier in
  let read_units = List.map (unit single call) (List.tl items) in
  let calls = !calls in
  require (List.for_all (fun c -> not (structural && List.mem c.digest calls) || c.structural) earlier) "a structural certificate that calls a numeric one";
  let units = List.map (fun (u, _, _) -> u) read_units in
  let sizes = inputs :: List.map (fun (_, size, _) -> size) read_units in
  require (List.for_all (fun s -> s > 0) sizes) "a size that is not positive";
  if List.exists (fun s -> s > 10_000) sizes || List.fold_left (+) 0 sizes > 40_000 then undecided "too large: signals";
  let last = List.length units in
  let ordered = List.mapi (fun i u -> List.for_all (fun o -> o <= i) (operands u)) units in
  require (List.for_all Fun.id ordered) "a unit that reads a later one";
  let sums = List.mapi (fun i u -> match u with
    | Concat os -> List.fold_left (fun n o -> n + List.nth sizes (number o)) 0 os = List.nth sizes (i + 1)
    | _ -> true) units in
  require (List.for_all Fun.id sums) "a size that does not fit";
  let read = List.concat_map operands units in
  require (List.for_all (fun i -> List.mem i read) (List.init last Fun.id)) "a unit that nothing reads";
  let proofs = if several then List.map (members proof_members) (list "proofs" m) else [m] in
  require (not several || List.length proofs > 1) "a list of a single proof";
  require (not inlined || calls <> []) "calls are inlined where nothing is called";
  let digest = sha256 source in
  let plain = List.map2 (fun (u, size, _) item -> (u, size, apart u size item)) read_units (List.tl items) in
  let flat = flattened inlined earlier digest plain in
  let units = List.map (fun (u, _, _) -> u) flat and sizes = inputs :: List.map (fun (_, size, _) -> size) flat in
  if List.fold_left (+) 0 sizes > 40_000 then undecided "too large: signals";
  let elements = by_elements m in
  let constructed = List.mem_assoc "procedure" m && get "procedure" m = Text "ldlt construction" in
  if constructed then begin
    require (structural && not (from_linf || to_linf) && calls = []) "a construction of given weights, between other norms, or with calls";
    require (equal bound declared && lt zero bound) "a construction with another bound than the declared one";
    require (not_read m) "records that nothing reads"
  end;
  require (from_linf || not elements) "an elementwise product that is not from linf";
  require (not (List.exists by_elements (if several then proofs else []))) "an elementwise product among several proofs";
  let proofs, witnesses =
    List.split (if elements || constructed then [] else List.map (proof earlier units sizes from_linf to_linf) proofs) in
  let coordinates reasons =
    let of_unit u = function
      | Slopes _, size -> (match u with GroupSort _ | Softmax _ -> size | _ -> expected u size)
      | Gain _, size -> size in
    List.fold_left2 (fun n u r -> n + of_unit u r) inputs units (List.combine reasons (List.tl sizes)) in
  let large = List.exists (fun p -> coordinates p.reasons > 1_500) proofs in
  let wide = List.mapi (fun i u -> match u with Dense (o, _, _) | Linear (o, _) -> List.exists (fun p ->
      (match List.nth p.reasons i with Gain _ -> List.nth_opt sizes (number o) > Some 1_500 | Slopes _ -> false)) proofs
    | _ -> false) units in
  if large || List.mem true wide then undecided "too large: more than 1500 coordinates";
  require (elements || constructed || List.length proofs = if to_linf then List.nth sizes (List.length units) else 1) "too few or too many proofs";
  let records = List.map (fun item ->
    let r = members "name,shape,digest" item in
    (text "name" r, integers "shape" r, text "digest" r)) (list "tensors" m) in
  let named = List.concat_map (fun (_, _, tensors) -> tensors) read_units in
  require (not constructed || records = []) "a construction of given tensors";
  require (constructed || List.for_all (fun (n, shape) -> List.exists (fun (n', s, _) -> n = n' && s = shape) records) named)
    "a tensor without a record of its shape";
  List.iter (fun (n, _) -> if String.contains n '\\' then undecided "names with escapes") named;
  require (constructed || List.map (fun (n, _, _) -> n) records = List.sort_uniq compare (List.map fst named))
    "not the units' tensors, sorted";
  require (constructed || not structural || named = []) "a structural certificate of given tensors";
  let parted, proofs = side_by_side flat proofs in
  let units = List.map fst parted and sizes = inputs :: List.map snd parted in
  let normalisations = List.concat_map (fun item -> match item with
    | Object (("operation", Text "batch_norm") :: found) ->
        let name = text "tensors" found and epsilon = text "epsilon" found in
        [(epsilon, (name, float_of_string epsilon))]
    | _ -> []) items in
  let theorem = if constructed then Some (Ldlt.theorem inputs read_units) else None in
  { network = text "network" m; digest; theorem; calls; normalisations; witnesses; plain; single; structural; bound_text = text "bound" m; records; declared_sizes = sizes;
    certificate = { inputs = nat inputs; units; input_norm = (if from_linf then Linf else L2);
      output_norm = (if to_linf then Linf else L2); bound;
      proved_by = (if elements then Elements else Inequality); proofs } }

(* Its own tensors, and those of the certificates before it. *)
let tensors earlier claim file =
  let table = Hashtbl.create 16 and arrays = Hashtbl.create 16 in
  let header = if file = "" && claim.records = [] then (0, [], []) else header file in
  List.iter (fun (name, shape, digest) ->
    if List.exists (fun k -> k > 1_000_000) shape || elements shape > 1_000_000 then
      undecided "too large: tensor %s" name;
    let elements = tensor file header claim.single name shape digest in
    let width = match shape with _ :: (_ :: _ as rest) -> List.fold_left ( * ) 1 rest | [n] -> n | [] -> 1 in
    let rows = Array.length elements / max 1 width in
    let row i = List.init width (fun j -> dyadic elements.(i * width + j)) in
    Hashtbl.replace arrays name elements;
    Hashtbl.replace table name (List.init rows row)) claim.records;
  List.iter (fun (text, (name, epsilon)) ->
    let of_tensor part = Hashtbl.find arrays (name ^ part) in
    let both = Images.normalisation claim.single epsilon (of_tensor ".weight") (of_tensor ".bias")
      (of_tensor ".running_mean") (of_tensor ".running_var") in
    let row part = [List.map (fun pair -> dyadic (part pair)) (Array.to_list both)] in
    Hashtbl.replace table (derived "scale" text name) (row fst);
    Hashtbl.replace table (derived "shift" text name) (row snd)) claim.normalisations;
  fun (digest, name) -> if digest = claim.digest then Hashtbl.find table name else earlier (digest, name)

(* The certificate, with the gains of batch normalisations: the largest magnitude of what they multiply by. *)
let completed claim tensors =
  let c = claim.certificate in
  let reason u r = match u, r with
    | Linear (_, Channels (_, scale, _)), Gain (l, _) ->
        Gain (l, List.fold_left (fun g s -> largest g (abs0 s)) zero (List.concat (tensors scale)))
    | _ -> r in
  { c with proofs = List.map (fun p -> { p with reasons = List.map2 reason c.units p.reasons }) c.proofs }
