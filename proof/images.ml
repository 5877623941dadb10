(* TRUSTED. Units of images, from what a certificate says of them: docs/certificate-format.md, "Images". *)
module I = Z
open Checker
open Reader

let rec nat n = if n <= 0 then O else S (nat (n - 1))

(* Along an axis: pixels, elements of the window, its steps, zeros around, and how far the elements are apart. *)
type side = { n : int; k : int; s : int; front : int; back : int; apart : int }

let most = 1 lsl 24
let reach a = (a.k - 1) * a.apart + 1
let comes a = (a.n + a.front + a.back - reach a) / a.s + 1
let axis a =
  { pixels = nat a.n; kernel = nat a.k; stride = nat a.s; margin_before = nat a.front; margin_behind = nat a.back; dilation = nat a.apart }

let side n k s front back apart =
  require (List.for_all (fun v -> v > 0) [n; k; s; apart]) "an extent that is not positive";
  require (List.for_all (fun v -> v >= 0 && v <= most) [front; back] && n <= most) "an image or its padding is too large";
  let fits = k = 1 || (k <= 4 * most && apart <= 4 * most) in
  let a = { n; k; s; front; back; apart } in
  require (fits && reach a <= n + front + back) "a window that does not fit";
  if List.exists (fun v -> v > 10_000) [n; k; s; front; back; apart] then undecided "too large: a window";
  a

let image c h w = require (c > 0 && c <= most && h <= most / c && w <= most / (c * max 1 h)) "no image, or too large a one"

(* The channels of an image, and both axes of a window over it. *)
let window input kernel stride padding dilation = match input, kernel, stride, padding, dilation with
  | [c; h; w], [kh; kw], [sh; sw], [above; left; below; right], [dh; dw] ->
      let down = side h kh sh above below dh and across = side w kw sw left right dw in
      image c h w;
      (c, down, across)
  | _ -> reject "a window of other extents"

(* How many elements come out of so many channels; what is read in all is limited, because the checker counts by ones. *)
let size channels per_element down across =
  image channels (comes down) (comes across);
  let outputs = channels * comes down * comes across in
  if outputs > 10_000 || per_element > 10_000 || outputs * per_element > 1_000_000 then undecided "too large: a window";
  outputs

(* A gain on a torus of so many cells, by its axes. *)
let on_torus cells a =
  reach a <= a.s
  || (cells * a.s >= a.n + a.front && cells * a.s >= a.s * (comes a - 1) + reach a - a.front && cells >= comes a)

(* In how many windows a pixel can be. *)
let shared a = (a.k + a.s - 1) / a.s

(* The least double ell with 2 T ell >= 1, for softmax: the sign is exact. *)
let half_inverse t =
  let nearest = 0.5 /. t in
  let ell = if Float.fma nearest t (-0.5) < 0. then Float.succ nearest else nearest in
  require (Float.is_finite ell) "a temperature that is too small";
  ell

(* What a batch normalisation multiplies by and adds, in doubles, as the format has it. *)
let normalisation single epsilon weight bias mean variance =
  let number (m, e) = Float.ldexp (I.to_float m) (I.to_int e) in
  let stored v = if single then Int32.float_of_bits (Int32.bits_of_float v) else v in
  let of_channel i w =
    let s = stored (number w /. Float.sqrt (number variance.(i) +. epsilon)) in
    let t = stored (number bias.(i) -. (number mean.(i) *. s)) in
    require (Float.is_finite s && Float.is_finite t) "a scale or shift that is not finite";
    (exactly s, exactly t) in
  Array.mapi of_channel weight
