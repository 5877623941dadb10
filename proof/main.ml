(* TRUSTED. lipc-proved CERTIFICATE WEIGHTS: decides by the extracted checker, and prints what is proved of what. *)
module I = Z
open Checker

exception Unknown of string
let contents path = In_channel.with_open_bin path In_channel.input_all
(* No terminal is moved, and no blank is drawn that is none: what is not visible ASCII is written by its UTF-16 units. *)
let printable text =
  let out = Buffer.create (String.length text) in
  let unit = Printf.bprintf out "\\u%04x" in
  let rec from at =
    if at < String.length text then begin
      let d = String.get_utf_8_uchar text at in
      let c = Uchar.to_int (Uchar.utf_decode_uchar d) in
      if c >= 0x20 && c <= 0x7e then Buffer.add_char out (Char.chr c)
      else if c < 0x10000 then unit c
      else (unit (0xd7c0 + (c lsr 10)); unit (0xdc00 + (c land 0x3ff)));
      from (at + Uchar.utf_decode_length d)
    end in
  from 0;
  Buffer.contents out
let say format = Printf.ksprintf (fun s -> print_endline (printable s)) format
let value = function
  | Accepted a -> a
  | Rejected why -> raise (Reader.Refused why)
  | Undecided why -> raise (Unknown why)
  | Missing digest -> raise (Unknown ("the callee " ^ digest ^ " is not given"))

let norms c =
  let norm = function L2 -> "l2" | Linf -> "linf" in
  let scale = match c.its_scale, c.units_named with
    | (Unscaled | OnBox _), _ -> ""
    | ByFirstLayer, _ -> " behind its first layer"
    | ByUnits _, None -> " in the units given"
    | ByUnits _, Some name -> " in the units " ^ quoted name in
  let box = match c.its_scale with OnBox _ -> " on the box" | Unscaled | ByFirstLayer | ByUnits _ -> "" in
  Printf.sprintf "from %s%s to %s%s" (norm c.norm_in) scale (norm c.norm_out) box
let numbers l = String.concat ", " (List.map I.to_string l)
(* Of a monotone claim: which outputs never fall, or never rise, in which inputs. *)
let say_trend t =
  say "  outputs [%s] never %s where one of the inputs [%s] alone rises" (numbers t.of_outputs) (if t.increases_there then "fall" else "rise")
    (numbers t.of_inputs)
let say_claim c =
  say "certificate %s" c.its_digest;
  let inputs = match c.its_scale with Unscaled | OnBox _ -> "|x - x'|" | ByFirstLayer -> "|z(x) - z(x')|" | ByUnits _ -> "|(x - x') / units|" in
  let kind = if c.is_single then "f32" else "f64" in
  (match c.its_statement with
  | ABound -> say "  %s, %s: |f(x) - f(x')| <= %s %s %s, %s" c.network_name kind c.bound_text inputs (norms c) (holds_for c)
  | Trends ts -> say "  %s, %s: monotone on the box, %s" c.network_name kind (holds_for c); List.iter say_trend ts
  | Movement m ->
      say "  %s, %s: a slope for each input on the box, %s" c.network_name kind (holds_for c);
      say "  each of the outputs [%s] moves by at most the sum of all s_i |x_i - x'_i|, s = [%s]" (numbers m.of_moved)
        (String.concat ", " m.slope_texts));
  (match c.its_scale with
  | OnBox _ -> say "  box %s" (String.concat " x " c.units_texts)
  | ByUnits _ -> say "  units [%s]" (String.concat ", " c.units_texts)
  | Unscaled | ByFirstLayer -> ());
  Option.iter (fun (text, _) -> say "  delta %s, and a second proof of each pair" text) c.its_delta
let say_parts = function
  | Free (_, which) ->
      say "  by construction: %s, proof/Constructions.v" (match which with Chain -> "ldlt_chain_lipschitz" | Residual -> "ldlt_residual_lipschitz")
  | Given (c, _) ->
      List.iter (fun r ->
        say "  tensor %s [%s] %s" (quoted r.tensor_name) (numbers r.tensor_shape) r.tensor_digest)
        c.records_there;
      List.iter (say "  calls %s") (List.sort_uniq compare c.its_calls)
(* Seventeen digits of a number that is positive, never below it: those of its whole expansion, which has at most 767. *)
let decimal_above v =
  let text = Printf.sprintf "%.800e" v in
  let point = String.index text 'e' in
  let digits = String.concat "" (String.split_on_char '.' (String.sub text 0 point)) in
  let exponent = int_of_string (String.sub text (point + 1) (String.length text - point - 1)) in
  let is_exact = String.for_all (( = ) '0') (String.sub digits 17 (String.length digits - 17)) in
  let first = I.of_string (String.sub digits 0 17) in
  let above = I.to_string (if is_exact then first else I.succ first) in
  let exponent = exponent + String.length above - 17 in
  let rec significant n = if n > 1 && above.[n - 1] = '0' then significant (n - 1) else n in
  let all = String.sub above 0 (significant (String.length above)) in
  let n = String.length all in
  let behind k = if n > k then "." ^ String.sub all k (n - k) else "" in
  if exponent < -5 || exponent > 16 then Printf.sprintf "%c%se%d" all.[0] (behind 1) exponent
  else if exponent < 0 then "0." ^ String.make (- exponent - 1) '0' ^ all
  else if n <= exponent + 1 then all ^ String.make (exponent + 1 - n) '0'
  else String.sub all 0 (exponent + 1) ^ behind (exponent + 1)
let decimal v = if v = 0. then "0" else decimal_above v

let say_proved c =
  let some n what = Printf.sprintf "%d %s%s" n what (if n = 1 then "" else "s") in
  let signs = match c.its_delta with None -> "" | Some (text, _) -> ", with radii by signs from delta " ^ text in
  let network = Printf.sprintf "%s (%s, %s, %s)" c.network_name (some (I.to_int c.its_inputs) "input") (some (I.to_int (last_size c)) "output")
    (some (List.length c.its_units) "unit") in
  match c.its_statement with
  | ABound ->
      say "PROVED: %s is %s-Lipschitz, exactly %s, %s, %s%s" network (decimal (float_of_string c.bound_text)) c.bound_text (norms c) (holds_for c) signs
  | Trends _ -> say "PROVED: %s is monotone on the box, as is said above, %s" network (holds_for c)
  | Movement _ -> say "PROVED: %s has the slopes on the box that are said above, %s" network (holds_for c)

(* The tensors of a safetensors file, where it begins them, and its metadata; each file is looked through once. *)
let opened file =
  let start, header = Reader.weights file in
  let places, metadata = value (header_of header (I.of_int (String.length file - start))) in
  List.iter (Reader.check_finite file start) places;
  (start, places, metadata)

(* What is proved is about the texts and weights of the digests that are printed. *)
let claims word (text, _) = match String.split_on_char '\n' text with
  | _ :: _ :: network :: _ -> String.ends_with ~suffix:("/" ^ word ^ "\",") network
  | _ -> false
let decide files =
  (* Before anything is read, and after it nothing is proved: of these claims there is no theorem. *)
  if List.exists (claims "range") files then raise (Unknown "a range of outputs, of which there is no theorem here");
  if List.exists (claims "query") files then raise (Unknown "a query, of which there is no theorem here");
  let file (text, weights) =
    (* A text is read once more behind each callee that it lacks. *)
    let read () = Work.spend (8 * String.length text); Reader.certificate text in
    { file_digest = Reader.sha256 text; file_text = read; file_weights = weights } in
  let given = List.map file files in
  let claims = value (claims_given given) in
  let weights c = (List.find (fun f -> f.file_digest = c.its_digest) given).file_weights in
  let files = List.map (fun c ->
    let bytes = weights c in
    (c.its_digest, (bytes, lazy (if bytes = "" && not (reads_weights c) then (0, [], []) else opened bytes)))) claims in
  let file digest = let bytes, found = List.assoc digest files in let start, places, _ = Lazy.force found in (bytes, start, places) in
  let places digest = let _, _, places = file digest in places in
  let tensor digest place = let bytes, start, _ = file digest in Reader.contents bytes start place in
  let entries =
    try List.iter (fun c -> ignore (places c.its_digest)) claims; value (entries_of places tensor claims)
    with refused -> List.iter say_claim claims; raise refused in
  List.iter (fun e -> say_claim (its_claim e); say_parts e) entries;
  say "theorem: proved_is_true, proof/Functions.v; its premises are computed here";
  if List.exists (fun c -> c.its_delta <> None) claims then say "theorem of radii by signs: signs_are_true, proof/Functions.v";
  if not (all_checked Oracle.propose Oracle.root [] entries) then raise (Unknown "no proof was found");
  List.iter Rows.check entries;
  say_proved (List.nth claims (List.length claims - 1))

let usage = "usage: lipc-proved [--work N] CERTIFICATE WEIGHTS [CALLEE CALLEE_WEIGHTS ...], where WEIGHTS is a safetensors\n\
  file, or - for none; lipc-proved [--work N] WEIGHTS, for the certificate that the weights carry. With N it works N times\n\
  as long as without before it gives up"
let refused what = say "REJECTED: %s" what; exit 1
let undecided what = say "NOT DECIDED: %s" what; exit 3

let () =
  (* Most of what is made is dropped soon: 64 MiB for that save a third of the time. *)
  Gc.set { (Gc.get ()) with minor_heap_size = 1 lsl 23 };
  let weights path = if path = "-" then "" else match contents path with "" -> raise (Reader.Refused "no safetensors file") | bytes -> bytes in
  let rec pairs = function
    | c :: w :: rest -> let text = contents c in (text, weights w) :: pairs rest
    | _ -> [] in
  let carried_by bytes = let _, _, metadata = opened bytes in value (carried metadata) in
  let times, arguments = match List.tl (Array.to_list Sys.argv) with
    | "--work" :: n :: rest -> (int_of_string_opt n, rest)
    | all -> (Some 1, all) in
  let read = match times, arguments with
    | Some times, _ when times < 1 || times > 1_000_000 -> None
    | None, _ -> None
    | _, [file] -> Some (fun () -> let bytes = contents file in (String.length bytes, fun () -> [(carried_by bytes, bytes)]))
    | _, files when files <> [] && List.length files mod 2 = 0 -> Some (fun () ->
        let all = pairs files in
        (List.fold_left (fun n (text, bytes) -> n + String.length text + String.length bytes) 0 all, fun () -> all))
    | _ -> None in
  match read with
  | None -> prerr_endline usage; exit 2
  | Some read -> (
      match read () with
      | exception Sys_error what -> prerr_endline (printable what); exit 2
      | exception Reader.Refused what -> refused what
      | bytes, files -> (
          Work.allow (Option.get times) bytes;
          try decide (files ()) with
          | Reader.Refused what -> refused what
          | Invalid_argument what | Failure what -> refused ("no kind of certificate: " ^ what)
          | Not_found -> refused "no kind of certificate"
          | Unknown what -> undecided what
          | Work.Spent -> undecided (Printf.sprintf "too much work for %d bytes: --work %d allows ten times as much" bytes (10 * Option.get times))
          | Out_of_memory | Stack_overflow -> undecided "too large for the memory of this machine"))
