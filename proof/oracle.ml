(* NOT TRUSTED. Proposes why a form is nonnegative: squares from a Cholesky factorisation, or elimination. *)
module I = Z
open Checker

let rec key = function One -> 1 | Even i -> 2 * key i | Odd i -> 2 * key i + 1
let rec index n = if n = 1 then One else if n land 1 = 0 then Even (index (n / 2)) else Odd (index (n / 2))

(* A number as m 2^e with m a double below 2^60. *)
let double { mantissa; exponent } =
  let extra = max 0 (I.numbits mantissa - 60) in
  (I.to_float (I.shift_right mantissa extra), I.to_int exponent + extra)

(* The square root of the matrix less [shift] on its diagonal, upper triangular, if its pivots are positive. *)
let cholesky a n shift =
  Work.spend (n * n * n / 24);
  let u = Array.map Array.copy a in
  let positive = ref true in
  for i = 0 to n - 1 do
    if !positive then begin
      let pivot = u.(i).(i) -. shift in
      if not (pivot > 0.) then positive := false
      else begin
        let row = u.(i) in
        let root = sqrt pivot in
        row.(i) <- root;
        for j = i + 1 to n - 1 do row.(j) <- row.(j) /. root done;
        for k = i + 1 to n - 1 do
          let f = row.(k) in
          if f <> 0. then begin
            let target = u.(k) in
            for j = k to n - 1 do Array.unsafe_set target j (Array.unsafe_get target j -. f *. Array.unsafe_get row j) done
          end
        done
      end
    end
  done;
  if !positive then Some u else None

(* The same in place, in whole numbers of which 2^bits is one, of any sizes: what is far above one has more digits. *)
let fixed_cholesky u n bits shift =
  let rec from i =
    i = n ||
    let row = u.(i) in
    let pivot = I.sub row.(i) shift in
    I.sign pivot > 0 && begin
      Work.spend (I.size pivot * I.size pivot);
      let root = I.sqrt (I.shift_left pivot bits) in
      row.(i) <- root;
      for j = i + 1 to n - 1 do
        Work.spend (10 + I.size row.(j) * I.size root);
        row.(j) <- I.div (I.shift_left row.(j) bits) root
      done;
      for k = i + 1 to n - 1 do
        let f = row.(k) in
        if I.sign f <> 0 then begin
          let target = u.(k) in
          for j = k to n - 1 do
            target.(j) <- Work.add target.(j) (I.neg (I.shift_right (Work.mul f row.(j)) bits))
          done
        end
      done;
      from (i + 1)
    end in
  if from 0 then Some u else None

(* The matrix of a form: its coordinates in order, the powers of two that bring its diagonal near one, and its entries by
   places, each above the diagonal. *)
type matrix = { coordinates : int array; scales : int array; entries : (int * int * dyadic) list }

let matrix_of form =
  let rows = List.map (fun (i, row) -> (key i, List.map (fun (j, a) -> (key j, a)) (elements Fun.id row [])))
    (elements Fun.id form []) in
  let coordinates = Array.of_list (List.sort_uniq compare (List.concat_map (fun (i, row) -> i :: List.map fst row) rows)) in
  let place = Hashtbl.create (Array.length coordinates) in
  Array.iteri (fun p k -> Hashtbl.replace place k p) coordinates;
  let entry i (j, a) = let p = Hashtbl.find place i and q = Hashtbl.find place j in (min p q, max p q, a) in
  let entries = List.concat_map (fun (i, row) -> List.map (entry i) row) rows in
  let scales = Array.make (Array.length coordinates) 0 in
  List.iter (fun (p, q, a) ->
    if p = q && I.sign a.mantissa > 0 then begin
      let m, e = double a in
      let _, e' = Float.frexp m in
      scales.(p) <- - ((e + e') asr 1)
    end) entries;
  { coordinates; scales; entries }

(* Its upper half, scaled, in any numbers: [scaled a by] is a 2^by. *)
let filled { coordinates; scales; entries } zero plus scaled =
  let n = Array.length coordinates in
  let m = Array.make_matrix n n zero in
  List.iter (fun (p, q, a) ->
    m.(p).(q) <- plus m.(p).(q) (scaled a (scales.(p) + scales.(q) - if p = q then 0 else 1))) entries;
  m

(* The witness of an upper triangular factor with these entries. *)
let squares { coordinates; scales; _ } entry =
  let n = Array.length coordinates in
  let row p =
    List.fold_left (fun row q ->
      let e = entry p q in
      if is_zero e then row else plus row (single (index coordinates.(q)) e)) Leaf (List.init (n - p) (fun d -> p + d)) in
  let scale_of = Hashtbl.create n in
  Array.iteri (fun p k -> Hashtbl.replace scale_of k (I.of_int scales.(p))) coordinates;
  Squares ((fun i -> Option.value (Hashtbl.find_opt scale_of (key i)) ~default:I.zero), List.init n row)

let by_doubles matrix =
  let n = Array.length matrix.coordinates in
  let a = filled matrix 0. (+.) (fun a by -> let m, e = double a in Float.ldexp m (e + by)) in
  let least = Float.ldexp (float_of_int (n * n)) (-53) and finer = Float.ldexp (float_of_int (n + 4)) (-53) in
  List.filter (fun shift -> shift > least) [1e-3; 1e-5; 1e-7; 1e-9] @ [least; finer]
  |> List.find_map (fun shift ->
    let bits = 4 + int_of_float (Float.log2 (float_of_int n ** 1.5 /. shift)) in
    let entry u p q = { mantissa = I.of_float (Float.round (Float.ldexp u.(p).(q) bits)); exponent = I.of_int (- bits) } in
    Option.map (fun u -> squares matrix (entry u)) (cholesky a n shift))

let by_digits matrix =
  let n = Array.length matrix.coordinates in
  let shifted x by = Work.shiftl x (I.of_int by) in
  [60; 100; 140] |> List.find_map (fun digits ->
    let spare = 40 in (* for what is rounded *)
    let bits = digits + spare in
    let a = filled matrix I.zero I.add (fun a by -> shifted a.mantissa (I.to_int a.exponent + by + bits)) in
    let entry u p q = { mantissa = u.(p).(q); exponent = I.of_int (- bits) } in
    Option.map (fun u -> squares matrix (entry u)) (fixed_cholesky a n bits (I.shift_left I.one spare)))

(* By doubles where they are enough. What is singular to them is eliminated exactly if it is small, or else factorised with
   more digits. *)
let propose form =
  let matrix = matrix_of form in
  let n = Array.length matrix.coordinates in
  match by_doubles matrix with
  | Some witness -> witness
  | None when n <= 40 -> Elimination (I.of_int n)
  | None ->
      let found = if n <= 400 then by_digits matrix else None in
      Option.value found ~default:(Squares ((fun _ -> I.zero), []))

(* The root of a number that is not negative, exactly where it has one, or else a little above. *)
let root { mantissa; exponent } =
  let even = I.is_even exponent in
  let shift = 2 * max 0 (128 - I.numbits mantissa / 2) in
  let m = I.shift_left mantissa (if even then shift else shift + 1) in
  let r = I.sqrt m in
  let r = if I.equal (I.mul r r) m then r else I.succ r in
  { mantissa = r; exponent = I.div (I.sub exponent (I.of_int (if even then shift else shift + 1))) (I.of_int 2) }
