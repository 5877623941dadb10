(* TRUSTED. From a certificate's text to the terms of Certificate.v. *)
open Checker
open Reader
open Grounds
include Units

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
   place; the two others are linear, and no record is about them. That a unit has the size of what it reads is compared
   here: a selection may leave elements out, so the sizes of the three would fit. *)
let side_by_side inputs units proofs =
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
      let given = if o = 0 then inputs else snd (List.nth units (o - 1)) in
      require (given = size) "groups of channels of another size than what they read";
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
    | Call (o, k, _) -> List.nth sizes (number o) = List.hd (List.nth earlier (number k)).declared_sizes (* inlined, too *)
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
  let parted, proofs = side_by_side inputs flat proofs in
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
