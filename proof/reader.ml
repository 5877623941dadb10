(* TRUSTED. From bytes to what Document.v and Terms.v have: a text as a tree of JSON, the elements of a tensor as binary
   numbers, and SHA-256. What any of it means is not known here. *)
module I = Z
open Checker

exception Refused of string
let refuse format = Printf.ksprintf (fun s -> raise (Refused s)) format
let require condition what = if not condition then raise (Refused what)

(* SHA-256, FIPS 180-4: roots of the first primes, found by integers alone. *)
let sha256 text =
  let mask = 0xffffffff in
  let primes =
    let prime n = List.for_all (fun d -> n mod d <> 0) (List.init (n - 2) (fun d -> d + 2)) in
    List.filter prime (List.init 310 (fun n -> n + 2)) in
  let fraction power prime = (* the first 32 bits behind the point of the root *)
    let open I in
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
  let bad () = refuse "a text with an escape that JSON does not have" in
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

(* JSON without fractions, its texts by what [said] makes of them as they are written, escapes and all. *)
let parse said text =
  let at = ref 0 in
  let fail () = refuse "no JSON at byte %d" !at in
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
        Object (List.map (fun (name, v) -> (said name, v)) members)
    | '[' -> incr at; Items (several ']' (fun () -> value (depth + 1)))
    | '"' -> Text (said (words ()))
    | _ -> Whole (I.of_int (digits ())) in
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
  | Items items -> several "[" "]" (List.map (print (depth + 1)) items)
  | Text text ->
      require (is_canonical text 0) "a text that is escaped otherwise";
      "\"" ^ text ^ "\""
  | Whole n -> I.to_string n

let certificate source =
  let json = parse Fun.id source in
  require (String.is_valid_utf_8 source && print 0 json ^ "\n" = source) "not the one text that a certificate has";
  json

(* Where the elements of a safetensors file begin, and what its header says. All numbers are finite, of tensors that
   nothing reads too: the exponent of one that is not has all bits set. *)
let weights file =
  let size = if String.length file < 8 then -1L else String.get_int64_le file 0 in
  require (size >= 0L && size <= Int64.of_int (String.length file - 8)) "no safetensors file";
  let text = String.sub file 8 (Int64.to_int size) in
  require (String.starts_with ~prefix:"{" text && String.is_valid_utf_8 text) "no safetensors file";
  (8 + String.length text, parse unescaped text)

let bytes file start place =
  let first = I.to_int place.first_byte in
  String.sub file (start + first) (I.to_int place.end_byte - first)

let check_finite file start place =
  let data = bytes file start place in
  let width, exponent, bits = match place.stored_as with
    | F64 -> 8, 0x7ff0_0000_0000_0000L, String.get_int64_le data
    | F32 -> 4, 0x7f80_0000L, fun at -> Int64.of_int32 (String.get_int32_le data at)
    | F16 -> 2, 0x7c00L, fun at -> Int64.of_int (String.get_uint16_le data at)
    | BF16 -> 2, 0x7f80L, fun at -> Int64.of_int (String.get_uint16_le data at) in
  for i = 0 to String.length data / width - 1 do
    if Int64.logand (bits (i * width)) exponent = exponent then refuse "tensor %s has an element that is not finite" (quoted (escaped place.placed))
  done

(* The digest of a tensor, and its elements: m 2^e, exactly. *)
let contents file start place =
  let data = bytes file start place in
  let extents = String.concat ", " (List.map I.to_string place.shape_there) in
  let wide = place.stored_as = F64 in
  let exactly at =
    let v = if wide then Int64.float_of_bits (String.get_int64_le data (8 * at)) else Int32.float_of_bits (String.get_int32_le data (4 * at)) in
    let m, e = Float.frexp v and digits = if wide then 53 else 24 in
    { mantissa = I.of_float (Float.ldexp m digits); exponent = I.of_int (e - digits) } in
  (sha256 (Printf.sprintf "%s [%s]\n%s" (if wide then "F64" else "F32") extents data),
   List.init (String.length data / if wide then 8 else 4) exactly)
