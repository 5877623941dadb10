(* TRUSTED. The units of a certificate, and how its members are read: docs/certificate-format.md, "Members". *)
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
