(** Numbers of a certificate: how its texts spell them, and the floating-point arithmetic that the format names. *)
From Coq Require Import ZArith String Ascii List Bool Floats.SpecFloat.
From Lipc Require Import Dyadic Document.
Import ListNotations.
Open Scope Z_scope.

(** * Digits *)
Definition decimal : list ascii := list_ascii_of_string "0123456789".
Definition hexadecimal : list ascii := list_ascii_of_string "0123456789abcdef".
Fixpoint place_of (c : ascii) (digits : list ascii) (i : Z) : option Z :=
  match digits with [] => None | d :: ds => if Ascii.eqb c d then Some i else place_of c ds (i + 1) end.
(** Behind the digits of [n]. *)
Fixpoint behind (digits : list ascii) (base n : Z) (cs : list ascii) : option Z :=
  match cs with
  | [] => Some n
  | c :: cs' => match place_of c digits 0 with Some d => behind digits base (base * n + d) cs' | None => None end
  end.
Definition starts (c : ascii) (cs : list ascii) : bool := match cs with d :: _ => Ascii.eqb c d | [] => false end.

(** An integer in the only way to write it: at most [most] digits. *)
Definition natural (most : nat) (cs : list ascii) : option Z :=
  match cs with
  | [] => None
  | _ :: rest => if starts "0"%char cs && negb (Nat.eqb (length rest) 0) || negb (Nat.leb (length cs) most) then None else behind decimal 10 0 cs
  end.
Definition signed (most : nat) (cs : list ascii) : option Z :=
  if starts "-"%char cs then match natural most (tl cs) with Some n => if 0 <? n then Some (- n) else None | None => None end
  else natural most cs.

(** What stands before and behind the first such character. *)
Fixpoint split (at_char : ascii) (cs : list ascii) : option (list ascii * list ascii) :=
  match cs with
  | [] => None
  | c :: cs' => if Ascii.eqb c at_char then Some ([], cs')
                else match split at_char cs' with Some (l, r) => Some (c :: l, r) | None => None end
  end.

(** As Java's Double.toHexString writes it: a sign, 0x, the first digit, a point, digits, and the exponent behind a p. *)
Definition unsigned (cs : list ascii) : option dyadic :=
  match cs with
  | zero :: x :: lead :: point :: rest =>
      if Ascii.eqb zero "0" && Ascii.eqb x "x" && Ascii.eqb point "." then
        match place_of lead (firstn 2 decimal) 0, split "p" rest with
        | Some first, Some (fraction, power) =>
            let k := length fraction in
            let is_short := Nat.eqb k 1 || Nat.ltb 1 k && Nat.leb k 13 && negb (Ascii.eqb (last fraction "0"%char) "0") in
            match behind hexadecimal 16 first fraction, signed 4 power with
            | Some m, Some e =>
                let in_range := if first =? 1 then (-1022 <=? e) && (e <=? 1023) else if m =? 0 then e =? 0 else e =? -1022 in
                if is_short && in_range then Some (Dyadic m (e - 4 * Z.of_nat k)) else None
            | _, _ => None
            end
        | _, _ => None
        end
      else None
  | _ => None
  end.

(** * Floating-point numbers: those of the standard library's specification of IEEE 754 *)
Definition rounded (single : bool) (a : dyadic) : spec_float :=
  if single then binary_normalize 24 128 (mantissa a) (exponent a) false
  else binary_normalize 53 1024 (mantissa a) (exponent a) false.
(** Its value, if it is finite. *)
Definition exactly (f : spec_float) : option dyadic :=
  match f with
  | S754_zero _ => Some zero
  | S754_finite s m e => Some (Dyadic (cond_Zopp s (Zpos m)) e)
  | _ => None
  end.
Definition double (a : dyadic) : spec_float := rounded false a.
Definition is_of_type (single : bool) (a : dyadic) : bool :=
  match exactly (rounded single a) with Some b => equal a b | None => false end.

(** A real, meant exactly, of this type. *)
Definition real (single : bool) (j : json) : result dyadic :=
  match j with
  | Text t =>
      let cs := list_ascii_of_string t in
      let negative := starts "-"%char cs in
      present (unsigned (if negative then tl cs else cs)) ("no real number: " ++ quoted t)%string (fun a =>
        need negb single || is_of_type true a else ("no number of type f32: " ++ quoted t)%string in
        Accepted (if negative then opp a else a))
  | _ => Rejected "no real number"
  end.
Definition reals (single : bool) (name : string) (m : object) : result (list dyadic) :=
  let* l := items name m in each (real single) l.

(** What a batch normalisation multiplies by and adds in a channel: in doubles, and as it is stored. *)
Definition normalisation (single : bool) (epsilon weight bias mean variance : dyadic) : option (dyadic * dyadic) :=
  let stored f := match exactly f with Some a => exactly (rounded single a) | None => None end in
  match stored (SFdiv 53 1024 (double weight) (SFsqrt 53 1024 (SFadd 53 1024 (double variance) (double epsilon)))) with
  | None => None
  | Some s =>
      match stored (SFsub 53 1024 (double bias) (SFmul 53 1024 (double mean) (double s))) with
      | None => None
      | Some t => Some (s, t)
      end
  end.

(** Next to 1/n. *)
Definition of_integer (n : Z) : spec_float := double (Dyadic n 0).
Definition inverse (n : Z) : option dyadic :=
  let less x := SFsub 53 1024 (of_integer 1) x in
  exactly (less (less (SFdiv 53 1024 (of_integer 1) (of_integer n)))).

(** The least double ell with 2 T ell >= 1, if it is finite: the quotient in doubles is it, or the next one below. *)
Definition half_inverse (t : dyadic) : option dyadic :=
  let nearest := SFdiv 53 1024 (double (Dyadic 1 (-1))) (double t) in
  match exactly nearest with
  | None => None
  | Some a => if lt (mul (mul (Dyadic 1 1) t) a) one then exactly (SFsucc 53 1024 nearest) else Some a
  end.

(** The least double ell with [ell^2 e >= 1]: the root in doubles is within some doubles of it, and the first one tried is below. *)
Fixpoint raised (fuel : nat) (e : dyadic) (x : spec_float) : option dyadic :=
  match fuel, exactly x with
  | S f, Some a => if lt (mul (mul a a) e) one then raised f e (SFsucc 53 1024 x) else Some a
  | _, _ => None
  end.
Definition inverse_root (e : dyadic) : option dyadic :=
  let root := SFdiv 53 1024 (of_integer 1) (SFsqrt 53 1024 (double e)) in
  raised 16 e (SFmul 53 1024 root (double (Dyadic (2 ^ 50 - 1) (-50)))).

(** The root of an integer that is not negative, times 2^64: exactly, or a little above. *)
Definition root_up (m : Z) : Z :=
  let s := Z.shiftl m 128 in
  let r := Z.sqrt s in
  if Z.eqb (r * r) s then r else r + 1.
(** The root of a number that is not negative, likewise. *)
Definition root_of (a : dyadic) : dyadic :=
  let odd := Z.odd (exponent a) in
  let m := if odd then 2 * mantissa a else mantissa a in
  let e := if odd then exponent a - 1 else exponent a in
  Dyadic (root_up m) (e / 2 - 64).
(** The same of [n] times the square of a number that is not negative. *)
Definition root_times (n : nat) (a : dyadic) : dyadic :=
  Dyadic (root_up (Z.of_nat n * (mantissa a * mantissa a))) (exponent a - 64).

(** * Rows of a witness: integers with one blank between them *)
Fixpoint words (cs : list ascii) (so_far : list ascii) : list (list ascii) :=
  match cs with
  | [] => [rev so_far]
  | c :: cs' => if Ascii.eqb c " " then rev so_far :: words cs' [] else words cs' (c :: so_far)
  end.
(** Row [i] has [i + 1] integers of at most 18 digits, the last one positive. *)
Definition is_row (i : nat) (t : string) : bool :=
  let numbers := map (signed 18) (words (list_ascii_of_string t) []) in
  Nat.eqb (length numbers) (i + 1) && forallb (fun n => match n with Some _ => true | None => false end) numbers
  && match last numbers None with Some n => 0 <? n | None => false end.

(** A number as messages have it. *)
Fixpoint numeral_of (fuel : nat) (n : Z) : string :=
  let digit := string_of_list_ascii [nth (Z.to_nat (n mod 10)) decimal "0"%char] in
  match fuel with
  | S f => if n <? 10 then digit else (numeral_of f (n / 10) ++ digit)%string
  | O => digit
  end.
Definition numeral (n : nat) : string := numeral_of 20 (Z.of_nat n).

(** Whether the first text comes before the second one, by bytes. *)
Fixpoint is_before (l m : list ascii) : bool :=
  match l, m with
  | [], _ :: _ => true
  | a :: l', b :: m' => if Ascii.eqb a b then is_before l' m' else N.ltb (N_of_ascii a) (N_of_ascii b)
  | _, _ => false
  end.
Fixpoint are_sorted (ts : list string) : bool :=
  match ts with
  | [] => true
  | a :: rest =>
      match rest with b :: _ => is_before (list_ascii_of_string a) (list_ascii_of_string b) | [] => true end && are_sorted rest
  end.
