(* TRUSTED. Reads a certificate and the tensors that it names: docs/certificate-format.md. *)

exception Rejected of string
exception Undecided of string
let reject format = Printf.ksprintf (fun s -> raise (Rejected s)) format
let undecided format = Printf.ksprintf (fun s -> raise (Undecided s)) format
let require condition what = if not condition then raise (Rejected what)

(* SHA-256, FIPS 180-4: roots of the first primes, found by integers alone. *)
let sha256 text =
  let mask = 0xffffffff in
  let primes =
    let prime n = List.for_all (fun d -> n mod d <> 0) (List.init (n - 2) (fun d -> d + 2)) in
    List.filter prime (List.init 310 (fun n -> n + 2)) in
  let fraction power prime = (* the first 32 bits behind the point of the root *)
    let open Z in
    let scaled = shift_left (of_int prime) (Stdlib.( * ) 32 power) in
    to_int (logand (root scaled power) (of_int mask)) in
  let k = Array.of_list (List.map (fraction 3) primes) in
  let state = Array.of_list (List.map (fraction 2) (List.filteri (fun i _ -> i < 8) primes)) in
  let length = String.length text in
  let data = Bytes.make ((length + 72) / 64 * 64) '\000' in
  Bytes.blit_string text 0 data 0 length;
  Bytes.set data length '\128';
  Bytes.set_int64_be data (Bytes.length data - 8) (Int64.of_int (8 * length));
  let rotate x n = ((x lsr n) lor (x lsl (32 - n))) land mask in
  let w = Array.make 64 0 in
  for block = 0 to Bytes.length data / 64 - 1 do
    for t = 0 to 15 do w.(t) <- Int32.to_int (Bytes.get_int32_be data (64 * block + 4 * t)) land mask done;
    for t = 16 to 63 do
      let a = w.(t - 15) and b = w.(t - 2) in
      let s0 = rotate a 7 lxor rotate a 18 lxor (a lsr 3) and s1 = rotate b 17 lxor rotate b 19 lxor (b lsr 10) in
      w.(t) <- (w.(t - 16) + s0 + w.(t - 7) + s1) land mask
    done;
    let s = Array.copy state in
    for t = 0 to 63 do
      let e = s.(4) and a = s.(0) in
      let t1 = s.(7) + (rotate e 6 lxor rotate e 11 lxor rotate e 25)
        + ((e land s.(5)) lxor (lnot e land mask land s.(6))) + k.(t) + w.(t) in
      let t2 = (rotate a 2 lxor rotate a 13 lxor rotate a 22)
        + ((a land s.(1)) lxor (a land s.(2)) lxor (s.(1) land s.(2))) in
      Array.blit s 0 s 1 7;
      s.(4) <- (s.(4) + t1) land mask;
      s.(0) <- (t1 + t2) land mask
    done;
    Array.iteri (fun i x -> state.(i) <- (state.(i) + x) land mask) s
  done;
  "sha256:" ^ String.concat "" (List.map (Printf.sprintf "%08x") (Array.to_list state))

(* What a text of JSON stands for. *)
let unescaped text =
  let out = Buffer.create (String.length text) in
  let bad () = reject "a text with an escape that JSON does not have" in
  let digit = function '0' .. '9' | 'a' .. 'f' | 'A' .. 'F' -> true | _ -> false in
  let unit at =
    let digits = if at + 4 <= String.length text then String.sub text at 4 else bad () in
    if String.for_all digit digits then int_of_string ("0x" ^ digits) else bad () in
  let unicode code = Buffer.add_utf_8_uchar out (Uchar.of_int code) in
  let rec go at =
    if at < String.length text then
      if text.[at] <> '\\' then (Buffer.add_char out text.[at]; go (at + 1))
      else if text.[at + 1] = 'u' then begin
        let high = unit (at + 2) in
        if high lsr 10 = 0x36 && at + 8 <= String.length text && String.sub text (at + 6) 2 = "\\u" then begin
          let low = unit (at + 8) in
          if low lsr 10 <> 0x37 then bad ();
          unicode (0x10000 + ((high land 0x3ff) lsl 10) + (low land 0x3ff));
          go (at + 12)
        end
        else if high lsr 11 = 0x1b then bad ()
        else (unicode high; go (at + 6))
      end
      else match String.index_opt "\"\\/bfnrt" text.[at + 1] with
        | Some i -> Buffer.add_char out "\"\\/\b\012\n\r\t".[i]; go (at + 2)
        | None -> bad () in
  go 0;
  Buffer.contents out

(* JSON without fractions; texts stay as they are written, escapes and all. *)
type value = Object of (string * value) list | List of value list | Text of string | Integer of int

let parse text =
  let at = ref 0 in
  let fail () = reject "no JSON at byte %d" !at in
  let peek () = if !at < String.length text then text.[!at] else fail () in
  let rec blank () =
    if !at < String.length text && String.contains " \t\r\n" text.[!at] then (incr at; blank ()) in
  let take c = blank (); if peek () = c then incr at else fail () in
  let from start = String.sub text start (!at - start) in
  let words () =
    take '"';
    let start = !at in
    while peek () <> '"' do (if peek () < ' ' then fail ()); at := !at + (if peek () = '\\' then 2 else 1) done;
    incr at;
    String.sub text start (!at - start - 1) in
  let digits () =
    let start = !at in
    if peek () = '-' then incr at;
    while !at < String.length text && text.[!at] >= '0' && text.[!at] <= '9' do incr at done;
    match int_of_string_opt (from start) with
    | Some n when string_of_int n = from start -> n
    | _ -> fail () in
  let rec several close element =
    blank ();
    if peek () = close then (incr at; []) else
      let rec more () =
        let first = element () in
        blank ();
        if peek () = close then (incr at; [first]) else (take ','; first :: more ()) in
      more () in
  let rec value depth =
    if depth > 100 then fail ();
    blank ();
    match peek () with
    | '{' ->
        incr at;
        let member () = blank (); let name = words () in take ':'; (name, value (depth + 1)) in
        let members = several '}' member in
        let names = List.sort_uniq compare (List.map (fun (name, _) -> unescaped name) members) in
        require (List.length names = List.length members) "two members of one name";
        Object members
    | '[' -> incr at; List (several ']' (fun () -> value (depth + 1)))
    | '"' -> Text (words ())
    | _ -> Integer (digits ()) in
  let result = value 0 in
  blank ();
  if !at < String.length text then fail ();
  result

(* FORMAT, "Texts": what is escaped, and how. *)
let rec is_canonical text at =
  let hex from = try Scanf.sscanf (String.sub text from 4) "%4[0-9a-f]%!" (fun d -> int_of_string ("0x" ^ d)) with _ -> -1 in
  at = String.length text
  || if text.[at] <> '\\' then text.[at] < '\240' && is_canonical text (at + 1)
     else match text.[at + 1] with
       | '"' | '\\' -> is_canonical text (at + 2)
       | 'u' ->
           let unit = hex (at + 2) in
           if unit >= 0 && unit < 32 then is_canonical text (at + 6)
           else unit lsr 10 = 0x36 && at + 12 <= String.length text && text.[at + 6] = '\\' && text.[at + 7] = 'u'
             && hex (at + 8) lsr 10 = 0x37 && is_canonical text (at + 12)
       | _ -> false

(* The one text of a certificate: FORMAT, "Layout". *)
let rec print depth value =
  let several left right = function
    | [] -> left ^ right
    | items when depth > 1 -> left ^ String.concat ", " items ^ right
    | items ->
        let line = "\n" ^ String.make (2 * depth) ' ' in
        left ^ String.concat "," (List.map (fun item -> line ^ "  " ^ item) items) ^ line ^ right in
  match value with
  | Object members -> several "{" "}" (List.map (fun (n, v) -> print depth (Text n) ^ ": " ^ print (depth + 1) v) members)
  | List items -> several "[" "]" (List.map (print (depth + 1)) items)
  | Text text ->
      require (is_canonical text 0) "a text that is escaped otherwise";
      "\"" ^ text ^ "\""
  | Integer n -> string_of_int n

(* Reals are the texts that Java's Double.toHexString writes, of this type, and meant exactly: (m, e) is m 2^e. *)
let real single = function
  | Text text -> (
      let parts = try Scanf.sscanf text "%[-]0x%[01].%[0-9a-f]p%d%!" (fun s l f e -> Some (s, l, f, e)) with _ -> None in
      match parts with
      | None -> reject "no real number: %s" text
      | Some (sign, lead, fraction, e) ->
          let digits = String.length fraction in
          let m = Z.of_string ("0x" ^ lead ^ fraction) in
          let short = digits = 1 || (digits > 1 && digits <= 13 && fraction.[digits - 1] <> '0') in
          let range = if lead = "1" then e >= -1022 && e <= 1023 else if Z.sign m = 0 then e = 0 else e = -1022 in
          let same = text = Printf.sprintf "%s0x%s.%sp%d" sign lead fraction e in
          require (short && range && same && String.length sign <= 1 && String.length lead = 1) ("a real number in another spelling: " ^ text);
          let v = float_of_string text in
          require ((not single) || Int32.float_of_bits (Int32.bits_of_float v) = v) ("no number of type f32: " ^ text);
          ((if sign = "-" then Z.neg m else m), Z.of_int (e - 4 * digits)))
  | _ -> reject "no real number"

(* For roots a little above: of n m^2 2^128, and the exponent that belongs to it. *)
let square_times n m = Z.shift_left (Z.mul (Z.of_int n) (Z.mul m m)) 128
let root_above n = Z.succ (Z.sqrt n)
let below e = Z.sub e (Z.of_int 64)

(* An element of a tensor, exactly. *)
let exactly v =
  require (Float.is_finite v) "a tensor with an element that is not finite";
  let m, e = Float.frexp v in
  (Z.of_float (Float.ldexp m 53), Z.of_int (e - 53))

(* How many elements a shape has; extents are not negative. *)
let elements shape =
  if List.mem 0 shape then 0
  else List.fold_left (fun n k -> require (n <= max_int / k) "a shape of more elements than can be counted"; n * k) 1 shape

type place = { kind : string; shape : int list; first : int; behind : int }

(* Bytes of an element. *)
let width = function "F64" -> 8 | "F32" -> 4 | _ -> 2

(* A tensor, as the header describes it. *)
let place (name, entry) =
  let fault () = reject "tensor %s is not described by dtype, shape and two data_offsets" name in
  let found = match entry with Object members -> List.map (fun (n, v) -> (unescaped n, v)) members | _ -> fault () in
  let extent = function Integer k when k >= 0 -> k | _ -> fault () in
  match List.assoc_opt "dtype" found, List.assoc_opt "shape" found, List.assoc_opt "data_offsets" found with
  | Some (Text kind), Some (List shape), Some (List [Integer first; Integer behind]) when List.length found = 3 ->
      let kind = unescaped kind and shape = List.map extent shape in
      let width = if List.mem kind ["F64"; "F32"; "F16"; "BF16"] then width kind
        else reject "tensor %s is stored as %s" name kind in
      let n = elements shape in
      require (0 <= first && first <= behind && n <= max_int / width && behind - first = width * n)
        ("tensor " ^ name ^ " is not of its shape");
      (name, { kind; shape; first; behind })
  | _ -> fault ()

(* Numbers that are not finite are the ones whose exponent has all bits set, of a type of so many bytes. *)
let is_finite file kind at =
  let bits = if kind = "F64" || kind = "F32" then 0 else String.get_uint16_le file at in
  match kind with
  | "F64" -> Float.is_finite (Int64.float_of_bits (String.get_int64_le file at))
  | "F32" -> Float.is_finite (Int32.float_of_bits (String.get_int32_le file at))
  | "F16" -> bits land 0x7c00 <> 0x7c00
  | _ -> bits land 0x7f80 <> 0x7f80

(* Where the elements of a safetensors file begin, its tensors, and its metadata. The file has one reading: nothing in it
   is there twice, and tensors fill it one after the other. Otherwise a program that reads it elsewhere could find
   other tensors than those that are proved. *)
let header file =
  let size = if String.length file < 8 then -1L else String.get_int64_le file 0 in
  require (size >= 0L && size <= Int64.of_int (String.length file - 8)) "no safetensors file";
  let text = String.sub file 8 (Int64.to_int size) in
  require (String.starts_with ~prefix:"{" text && String.is_valid_utf_8 text) "no safetensors file";
  let entries = match parse text with Object found -> List.map (fun (n, v) -> (unescaped n, v)) found | _ -> [] in
  let about, tensors = List.partition (fun (name, _) -> name = "__metadata__") entries in
  let metadata = List.concat_map (function
    | _, Object texts ->
        List.map (function n, Text t -> (unescaped n, unescaped t) | _ -> reject "metadata that are no texts") texts
    | _ -> reject "metadata that are no texts") about in
  let places = List.map place tensors in
  let ordered = List.sort compare (List.map (fun (_, p) -> (p.first, p.behind)) places) in
  let next at (first, behind) = require (first = at) "tensors that do not follow each other"; behind in
  let start = 8 + String.length text in
  require (List.fold_left next 0 ordered = String.length file - start) "tensors that do not fill their file";
  List.iter (fun (name, { kind; first; behind; _ }) ->
    for i = 0 to (behind - first) / width kind - 1 do
      if not (is_finite file kind (start + first + i * width kind)) then reject "tensor %s has an element that is not finite" name
    done) places;
  (start, places, metadata)

(* The certificate that weights carry. It is believed no more than any other text. *)
let carried file =
  let _, _, metadata = header file in
  match List.assoc_opt "lipc.certificate" metadata with
  | Some text -> text
  | None -> reject "these weights carry no certificate"

(* The elements of a tensor in a safetensors file of this header, exactly. *)
let tensor file (start, places, _) single name shape digest =
  let kind = if single then "F32" else "F64" in
  let place = match List.assoc_opt name places with
    | Some place -> place
    | None -> reject "tensor %s is not among the weights" name in
  require (place.shape = shape) ("tensor " ^ name ^ " has another shape");
  if place.kind <> kind then undecided "tensor %s is stored as %s, and not as %s" name place.kind kind;
  let bytes = String.sub file (start + place.first) (place.behind - place.first) in
  let head = kind ^ " [" ^ String.concat ", " (List.map string_of_int shape) ^ "]\n" in
  require (sha256 (head ^ bytes) = digest) ("tensor " ^ name ^ " has another digest");
  Array.init (elements shape) (fun i ->
    exactly (if single then Int32.float_of_bits (String.get_int32_le bytes (4 * i))
             else Int64.float_of_bits (String.get_int64_le bytes (8 * i))))
