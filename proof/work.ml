(* TRUSTED to give what Zarith gives, and Coq's [nth], [length], [app] and [iter_pos], and our [zip], [all_same],
   [is_there] and [changed_at]. Work is counted before it is done, in products of machine words: a text of half a
   kilobyte can ask for hours of exact arithmetic. *)
exception Spent

(* A second is some 70 to 160 million: so a text of half a kilobyte gets some 5 seconds, and none more than some 10 by itself. *)
let left = ref 0
let allow times bytes = left := times * min 1_200_000_000 (1 lsl 29 + bytes lsl 11)
let spend n = if n > !left then raise Spent else left := !left - n

let expecting work todo =
  if not (Z.fits_int work && Z.to_int work <= !left) then raise Spent;
  todo ()
let spending work todo = expecting work (fun () -> spend (Z.to_int work); todo ())

(* A number is an element of a list or a tree, and to get there takes as long as ten products. *)
let add a b = spend (10 + max (Z.size a) (Z.size b)); Z.add a b
let mul a b = spend (10 + Z.size a * Z.size b); Z.mul a b
let gcd a b = spend (10 + Z.size a * Z.size b); Z.gcd a b
let shiftl a by =
  let by = if Z.fits_int by then Z.to_int by else raise Spent in
  spend (10 + Z.size a + max 0 by / 64);
  if by < 0 then Z.shift_right a (- by) else Z.shift_left a by

(* Of natural numbers; by 0 as Coq has it. *)
let div a b = spend 10; if Z.sign b = 0 then Z.zero else Z.div a b
let modulo a b = spend 10; if Z.sign b = 0 then a else Z.rem a b

(* Of a list from place [i] on. A place is below the length of a list, or behind all lists that there can be. *)
let rec behind i l = if i <= 0 then l else match l with [] -> [] | _ :: l -> behind (i - 1) l
let place i = if Z.fits_int i then Z.to_int i else max_int
let nth i l absent =
  let i = place i in
  spend (1 + i / 4);
  match behind i l with x :: _ -> x | [] -> absent
let changed_at change i l =
  let i = place i in
  spend (1 + i / 2);
  let rec at i l = match l with
    | [] -> []
    | x :: l -> if i <= 0 then change x :: l else let rest = at (i - 1) l in x :: rest in
  at i l

let length l =
  let n = List.length l in
  spend (1 + n / 4);
  Z.of_int n
(* Elements that are zero, or are found equal at once, cost nothing else. *)
let rec zip f l m = match l, m with
  | x :: l, y :: m -> spend 2; let z = f x y in z :: zip f l m
  | _ -> []
let rec all_same same l m = match l, m with
  | [], [] -> true
  | a :: l, b :: m -> spend 1; same a b && all_same same l m
  | _ -> false
let is_there same key l = List.exists (fun a -> spend 1; same key a) l
(* Units of calls that are inlined are put behind one another, and all of them are copied for each. *)
let append l m = spend (1 + List.length l / 2); l @ m
(* Doubles are shifted bit by bit before they are added. *)
let rec times n f x = if n <= 0 then x else times (n - 1) f (f x)
let iter_pos f n x =
  let n = place n in
  if n > !left / 24 then raise Spent;
  spend (24 * n);
  times n f x
