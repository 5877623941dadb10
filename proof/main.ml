(* lipc-proved CERTIFICATE WEIGHTS: decides by the extracted checker. What is trusted here is marked. *)
module I = Z
open Checker

exception Unknown of string
let contents path = In_channel.with_open_bin path In_channel.input_all
let printable text = String.map (fun c -> if c < ' ' || c > '~' then '?' else c) text (* no terminal is moved *)
let say format = Printf.ksprintf (fun s -> print_endline (printable s)) format
let value = function
  | Accepted a -> a
  | Rejected why -> raise (Reader.Refused why)
  | Undecided why -> raise (Unknown why)
  | Missing digest -> raise (Unknown ("the callee " ^ digest ^ " is not given"))

(* Names as they are written, in quotes where they could be taken for words of this program. *)
let shown name =
  let plain = function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '.' | '_' | '-' | '$' | '/' | ':' -> true | _ -> false in
  if name <> "" && String.for_all plain name then name else Printf.sprintf "%S" name

let norms c =
  let norm = function L2 -> "l2" | Linf -> "linf" in
  Printf.sprintf "from %s to %s" (norm c.norm_in) (norm c.norm_out)
let say_claim c =
  say "certificate %s" c.its_digest;
  say "  %s, %s: |f(x) - f(x')| <= %s |x - x'| %s, %s" (shown c.network_name) (if c.is_single then "f32" else "f64")
    c.bound_text (norms c) (holds_for c)
let say_parts = function
  | Free (_, which) ->
      say "  by construction: %s, proof/Constructions.v" (match which with Chain -> "ldlt_chain_lipschitz" | Residual -> "ldlt_residual_lipschitz")
  | Given (c, _) ->
      List.iter (fun r ->
        say "  tensor %s [%s] %s" (shown r.tensor_name) (String.concat ", " (List.map I.to_string r.tensor_shape)) r.tensor_digest)
        c.records_there;
      List.iter (say "  calls %s") (List.sort_uniq compare c.its_calls)
let say_proved c =
  say "PROVED: %s is %s-Lipschitz, exactly %s, %s, %s" (shown c.network_name)
    (Printf.sprintf "%.17g" (float_of_string c.bound_text)) c.bound_text (norms c) (holds_for c)

(* The tensors of a safetensors file, where it begins them, and its metadata; each file is looked through once. *)
let opened file =
  let start, header = Reader.weights file in
  let places, metadata = value (header_of header (I.of_int (String.length file - start))) in
  List.iter (Reader.check_finite file start) places;
  (start, places, metadata)

(* TRUSTED: that what is proved is about the texts and weights of the digests that are printed. *)
let decide files =
  let file (text, weights) =
    { file_digest = Reader.sha256 text; file_text = (fun () -> Reader.certificate text); file_weights = weights } in
  let given = List.map file files in
  let claims = value (claims_given given) in
  let weights c = (List.find (fun f -> f.file_digest = c.its_digest) given).file_weights in
  let files = List.map (fun c ->
    let bytes = weights c in
    (c.its_digest, (bytes, lazy (if bytes = "" && c.records_there = [] then (0, [], []) else opened bytes)))) claims in
  let file digest = let bytes, found = List.assoc digest files in let start, places, _ = Lazy.force found in (bytes, start, places) in
  let places digest = let _, _, places = file digest in places in
  let tensor digest place = let bytes, start, _ = file digest in Reader.contents bytes start place in
  let entries =
    try List.iter (fun c -> ignore (places c.its_digest)) claims; value (entries_of places tensor claims)
    with refused -> List.iter say_claim claims; raise refused in
  List.iter (fun e -> say_claim (its_claim e); say_parts e) entries;
  say "theorem: proved_is_true, proof/Functions.v; its premises are computed here";
  if not (all_checked Oracle.propose Oracle.root [] entries) then raise (Unknown "no proof was found");
  List.iter Rows.check entries;
  say_proved (List.nth claims (List.length claims - 1))

let usage = "usage: lipc-proved CERTIFICATE WEIGHTS [CALLEE CALLEE_WEIGHTS ...], where WEIGHTS is a safetensors file, or -\n\
  for none; lipc-proved WEIGHTS, for the certificate that the weights carry"

let () =
  let weights path = if path = "-" then "" else contents path in
  let rec pairs = function
    | c :: w :: rest -> let text = contents c in (text, weights w) :: pairs rest
    | _ -> [] in
  let carried_by bytes = let _, _, metadata = opened bytes in value (carried metadata) in
  let read = match List.tl (Array.to_list Sys.argv) with
    | [file] -> Some (fun () -> let bytes = contents file in fun () -> [(carried_by bytes, bytes)])
    | files when files <> [] && List.length files mod 2 = 0 -> Some (fun () -> let all = pairs files in fun () -> all)
    | _ -> None in
  match read with
  | None -> prerr_endline usage; exit 2
  | Some read -> (
      match read () with
      | exception Sys_error what -> prerr_endline (printable what); exit 2
      | files -> (
          try decide (files ()) with
          | Reader.Refused what -> say "REJECTED: %s" what; exit 1
          | Invalid_argument what | Failure what -> say "REJECTED: no kind of certificate: %s" what; exit 1
          | Not_found -> say "REJECTED: no kind of certificate"; exit 1
          | Unknown what -> say "NOT DECIDED: %s" what; exit 1
          | Out_of_memory | Stack_overflow -> say "NOT DECIDED: too large for the memory of this machine"; exit 1))
