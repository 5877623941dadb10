(* lipc-proved CERTIFICATE WEIGHTS: decides by the extracted checker. *)
open Checker
open Reader

let contents path = In_channel.with_open_bin path In_channel.input_all
let printable text = String.map (fun c -> if c < ' ' || c > '~' then '?' else c) text (* no terminal is moved *)
let say format = Printf.ksprintf (fun s -> print_endline (printable s)) format

(* Names as they are written, in quotes where they could be taken for words of this program. *)
let shown name =
  let plain = function 'a' .. 'z' | 'A' .. 'Z' | '0' .. '9' | '.' | '_' | '-' | '$' | '/' | ':' -> true | _ -> false in
  if name <> "" && String.for_all plain name then name else Printf.sprintf "%S" name

(* The claims of a text and of what it calls, each once, callees first; [given] are texts and weights by digests. *)
let rec claims depth given read digest =
  if List.exists (fun (c, _) -> c.Claim.digest = digest) read then read
  else
    match List.assoc_opt digest given with
    | None -> undecided "the callee %s is not given" digest
    | Some _ when depth > 127 -> undecided "calls of calls more than 127 deep"
    | Some (text, weights) -> (
        match Claim.read (List.map fst read) text with
        | claim -> read @ [(claim, weights)]
        | exception Claim.Missing callee ->
            claims depth given (claims (depth + 1) given read callee) digest)

let norms c =
  let norm = function L2 -> "l2" | Linf -> "linf" in
  Printf.sprintf "from %s to %s" (norm c.input_norm) (norm c.output_norm)

let is_constructed claim = claim.Claim.theorem <> None

(* The certificates, by their digests, that rest on parameters of a construction: such ones, and what calls them. *)
let free claims =
  let add free c = if is_constructed c || List.exists (fun d -> List.mem d free) c.Claim.calls then c.digest :: free else free in
  List.fold_left add [] claims
let about free claim =
  if claim.Claim.structural then "for all values of its parameters"
  else if List.mem claim.digest free then "for these tensors, and all values of the parameters of what it calls"
  else "for these tensors"

let say_claim about claim =
  say "certificate %s" claim.Claim.digest;
  say "  %s, %s: |f(x) - f(x')| <= %s |x - x'| %s, %s" (shown claim.network) (if claim.single then "f32" else "f64")
    claim.bound_text (norms claim.certificate) about

(* FORMAT, "Inlined calls": the units of a construction stand in no other certificate, as its tensors have no records. *)
let inlines claims claim =
  let made digest = List.exists (fun c -> is_constructed c && c.Claim.digest = digest) claims in
  List.exists (function Dense (_, (digest, _), _) -> made digest | _ -> false) claim.Claim.certificate.units

(* The terms of one certificate, with its tensors, once their digests are compared. *)
let terms about earlier tensors (claim, weights) =
  say_claim about claim;
  let tensors = Claim.tensors tensors claim weights in
  let c = Claim.completed claim tensors in
  List.iter (fun (name, shape, digest) ->
    say "  tensor %s [%s] %s" (shown name) (String.concat ", " (List.map string_of_int shape)) digest) claim.records;
  List.iter (say "  calls %s") (List.sort_uniq compare claim.calls);
  let known = List.map (fun (k : Claim.t) -> known_of k.certificate (Claim.nat (Claim.outputs k))) earlier in
  (match sizes (nth_error known) tensors c.units [c.inputs] with
   | Some found when List.map Claim.number found = claim.declared_sizes -> ()
   | _ -> reject "units whose sizes do not fit");
  (c, tensors)

let say_proved about claim =
  say "PROVED: %s is %s-Lipschitz, exactly %s, %s, %s" (shown claim.Claim.network)
    (Printf.sprintf "%.17g" (float_of_string claim.bound_text)) claim.bound_text (norms claim.certificate) about

(* The theorem is about the parameters of these units, whatever they are. *)
let constructed about theorem (claim, weights) =
  require (weights = "") "weights are given, and the theorem is about free parameters";
  say_claim about claim;
  say "  by construction: %s, proof/Constructions.v" theorem;
  Constructed (claim.Claim.certificate, Claim.nat (Claim.outputs claim))

let decide files =
  let given = List.map (fun (text, weights) -> (sha256 text, (text, weights))) files in
  require (List.for_all (fun (d, (_, w)) -> snd (List.assoc d given) = w) given) "a certificate is given twice, with other weights";
  let all = claims 0 given [] (fst (List.hd given)) in
  require (List.for_all (fun (d, _) -> List.exists (fun (c, _) -> c.Claim.digest = d) all) given)
    "a certificate is given that nothing calls";
  let certificates = List.map fst all in
  let last = List.nth certificates (List.length certificates - 1) and about = about (free certificates) in
  let step (earlier, tensors, entries) one =
    let claim = fst one in
    require (is_constructed claim || not (inlines certificates claim)) "a construction that is inlined";
    match claim.Claim.theorem with
    | Some theorem -> (earlier @ [claim], tensors, entries @ [constructed (about claim) theorem one])
    | None ->
        let c, own = terms (about claim) earlier tensors one in
        (earlier @ [claim], own, entries @ [Checked (c, own)]) in
  let _, _, entries = List.fold_left step ([], (fun _ -> raise Not_found), []) all in
  say "theorem: check_all_sound, proof/Calls.v; it has no hypotheses";
  if not (check_all Oracle.propose Oracle.root [] entries) then
    undecided "no proof was found";
  List.iter2 (fun claim entry -> match entry with
    | Checked (certificate, tensors) -> Rows.check claim certificate tensors
    | Constructed _ -> ()) certificates entries;
  say_proved (about last) last

let usage = "usage: lipc-proved CERTIFICATE WEIGHTS [CALLEE CALLEE_WEIGHTS ...], where WEIGHTS is a safetensors file, or -\n\
  for none; lipc-proved WEIGHTS, for the certificate that the weights carry"

let () =
  let weights path = if path = "-" then "" else contents path in
  let rec pairs = function
    | c :: w :: rest -> let text = contents c in (text, weights w) :: pairs rest
    | _ -> [] in
  let read = match List.tl (Array.to_list Sys.argv) with
    | [file] -> Some (fun () -> let bytes = contents file in fun () -> [(carried bytes, bytes)])
    | files when files <> [] && List.length files mod 2 = 0 -> Some (fun () -> let all = pairs files in fun () -> all)
    | _ -> None in
  match read with
  | None -> prerr_endline usage; exit 2
  | Some read -> (
      match read () with
      | exception Sys_error what -> prerr_endline (printable what); exit 2
      | files -> (
          try decide (files ()) with
          | Rejected what -> say "REJECTED: %s" what; exit 1
          | Invalid_argument what | Failure what -> say "REJECTED: no kind of certificate: %s" what; exit 1
          | Not_found -> say "REJECTED: no kind of certificate"; exit 1
          | Undecided what -> say "NOT DECIDED: %s" what; exit 1
          | Out_of_memory | Stack_overflow -> say "NOT DECIDED: too large for the memory of this machine"; exit 1))
