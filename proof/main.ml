(* lipc-proved CERTIFICATE WEIGHTS: decides by the extracted checker. *)
open Checker
open Reader

let contents path = In_channel.with_open_bin path In_channel.input_all
let printable text = String.map (fun c -> if c < ' ' || c = '\127' then '?' else c) text
let say format = Printf.ksprintf (fun s -> print_endline (printable s)) format

let hypothesis = function
  | Elementwise (_, Unproved name) ->
      let word, slopes = match name with
        | Silu -> ("silu", "[-0x1.98f11d8p-4, 0x1.198f11d8p0]")
        | Gelu -> ("gelu", "[-0x1.07fee58p-3, 0x1.20ffdcbp0]")
        | GeluTanh -> ("gelu_tanh", "[-0x1.082d84ap-3, 0x1.2105b094p0]")
        | Mish -> ("mish", "[-0x1.cce831p-4, 0x1.16a7d0c5p0]") in
      Some ("all difference quotients of " ^ word ^ " are in " ^ slopes)
  | _ -> None

let decide text weights =
  say "certificate %s" (sha256 text);
  let claim = Claim.read text in
  let c = claim.certificate in
  let norm = function L2 -> "l2" | Linf -> "linf" in
  let norms = Printf.sprintf "from %s to %s" (norm c.input_norm) (norm c.output_norm) in
  let about = if claim.structural then "for all values of its parameters" else "for these tensors" in
  say "  %s, %s: |f(x) - f(x')| <= %s |x - x'| %s, %s" claim.network (if claim.single then "f32" else "f64")
    claim.bound_text norms about;
  let tensors = Claim.tensors claim weights in
  List.iter (fun (name, shape, digest) ->
    say "  tensor %s [%s] %s" name (String.concat ", " (List.map string_of_int shape)) digest) claim.records;
  (match sizes tensors c.units [c.inputs] with
   | Some found when List.map Claim.number found = claim.declared_sizes -> ()
   | _ -> reject "units whose sizes do not fit");
  say "theorem: check_sound, proof/Certificate.v";
  let hypotheses = List.sort_uniq compare (List.filter_map hypothesis c.units) in
  List.iter (say "hypothesis, not proved in Rocq: %s") (if hypotheses = [] then ["none"] else hypotheses);
  if not (check Oracle.propose tensors c) then
    undecided "no proof was found that the form is nonnegative";
  say "PROVED: %s is %s-Lipschitz, exactly %s, %s, %s" claim.network
    (Printf.sprintf "%.17g" (float_of_string claim.bound_text)) claim.bound_text norms about

let usage = "usage: lipc-proved CERTIFICATE WEIGHTS, where WEIGHTS is a safetensors file, or - for none;\n\
  \       lipc-proved WEIGHTS, for the certificate that the weights carry"

let () =
  let answer read =
    match read () with
    | exception Sys_error what -> prerr_endline (printable what); exit 2
    | text, weights -> (
        try decide (text ()) weights with
        | Rejected what -> say "REJECTED: %s" what; exit 1
        | Invalid_argument what | Failure what -> say "REJECTED: no kind of certificate: %s" what; exit 1
        | Not_found -> say "REJECTED: no kind of certificate"; exit 1
        | Undecided what -> say "NOT DECIDED: %s" what; exit 1
        | Out_of_memory | Stack_overflow -> say "NOT DECIDED: too large for the memory of this machine"; exit 1) in
  match Sys.argv with
  | [| _; weights |] -> answer (fun () -> let file = contents weights in ((fun () -> carried file), file))
  | [| _; certificate; weights |] ->
      answer (fun () ->
        let text = contents certificate in
        ((fun () -> text), if weights = "-" then "" else contents weights))
  | _ -> prerr_endline usage; exit 2
