(** What the text of a certificate says, as a tree, and how its members are read: docs/certificate-format.md, "Layout".
    Texts are compared and joined as wholes, and taken apart only by their bytes, so they can be OCaml's. *)
From Coq Require Import ZArith String Ascii List Bool.
Import ListNotations.
Open Scope string_scope.

Inductive json :=
| Object (members : list (string * json))
| Items (items : list json)
| Text (text : string)
| Whole (number : Z).

(** What becomes of a text: it may also need the certificate of another digest first. *)
Inductive result (A : Type) := Accepted (a : A) | Rejected (why : string) | Undecided (why : string) | Missing (digest : string).
Arguments Accepted {A}.
Arguments Rejected {A}.
Arguments Undecided {A}.
Arguments Missing {A}.

Definition bind {A B} (r : result A) (f : A -> result B) : result B :=
  match r with Accepted a => f a | Rejected why => Rejected why | Undecided why => Undecided why | Missing d => Missing d end.
Lemma bind_accepted : forall A B (r : result A) (f : A -> result B) b, bind r f = Accepted b -> exists a, r = Accepted a /\ f a = Accepted b.
Proof. intros A B [a|w|w|d] f b H; try discriminate. exists a. auto. Qed.
Notation "'let*' x ':=' a 'in' b" := (bind a (fun x => b)) (at level 200, x binder, a at level 100, b at level 200).
Notation "'need' b 'else' why 'in' k" := (if b then k else Rejected why) (at level 200, b at level 100, why at level 100, k at level 200).
Notation "'limit' b 'else' why 'in' k" := (if b then k else Undecided why) (at level 200, b at level 100, why at level 100, k at level 200).

Fixpoint each {A B} (f : A -> result B) (l : list A) : result (list B) :=
  match l with [] => Accepted [] | a :: l' => let* b := f a in let* bs := each f l' in Accepted (b :: bs) end.
Definition present {A B} (o : option A) (why : string) (f : A -> result B) : result B :=
  match o with Some a => f a | None => Rejected why end.

(** * What may be printed of a text *)
Definition between (least most c : ascii) : bool := N.leb (N_of_ascii least) (N_of_ascii c) && N.leb (N_of_ascii c) (N_of_ascii most).
Definition is_letter (c : ascii) : bool := between "a" "z" c || between "A" "Z" c || Ascii.eqb c "_".
Definition is_digit (c : ascii) : bool := between "0" "9" c.
(** Identifiers of the language's grammar, with single dots between them; of a certificate of pairs also the suffix behind them. *)
Fixpoint are_identifiers (begins : bool) (suffix : string) (cs : list ascii) : bool :=
  match cs with
  | [] => negb begins
  | c :: cs' =>
      if is_letter c then are_identifiers false suffix cs'
      else negb begins
        && (is_digit c && are_identifiers false suffix cs' || Ascii.eqb c "." && are_identifiers true suffix cs'
            || String.eqb (string_of_list_ascii cs) suffix)
  end.
Definition is_network (suffix name : string) : bool := are_identifiers true suffix (list_ascii_of_string name).
(** A text as it is written, escapes and all, where it could be taken for words of this program: in quotes. *)
Definition quoted (t : string) : string :=
  let plain c := is_letter c || is_digit c || Ascii.eqb c "." || Ascii.eqb c "-" in
  let cs := list_ascii_of_string t in
  if forallb plain cs && match cs with c :: _ => is_letter c || is_digit c | [] => false end then t else """" ++ t ++ """".
(** Of a text without escapes, as one with them. *)
Definition escaped (t : string) : string :=
  string_of_list_ascii (flat_map (fun c => if Ascii.eqb c """" || Ascii.eqb c "\" then ["\"%char; c] else [c]) (list_ascii_of_string t)).

(** * Lists by names and numbers *)
Fixpoint found {K A} (same : K -> K -> bool) (key : K) (l : list (K * A)) : option A :=
  match l with [] => None | (k, a) :: l' => if same k key then Some a else found same key l' end.
Fixpoint numbered {A} (i : nat) (l : list A) : list (nat * A) := match l with [] => [] | a :: l' => (i, a) :: numbered (S i) l' end.
Definition is_there {K} (same : K -> K -> bool) (key : K) (l : list K) : bool := existsb (same key) l.
Fixpoint all_same {K} (same : K -> K -> bool) (l m : list K) : bool :=
  match l, m with [], [] => true | a :: l', b :: m' => same a b && all_same same l' m' | _, _ => false end.
Fixpoint all_different {K} (same : K -> K -> bool) (l : list K) : bool :=
  match l with [] => true | a :: l' => negb (is_there same a l') && all_different same l' end.

(** * Members *)
(** Those that an object has to have, and those that it may have, in their order. *)
Inductive field := Must (name : string) | May (name : string).
Definition called (f : field) : string := match f with Must n => n | May n => n ++ "?" end.
Definition members (schema : list field) (j : json) : result (list (string * json)) :=
  let what := String.concat "," (map called schema) in
  match j with
  | Object all =>
      let names := map fst all in
      let expected := flat_map (fun f => match f with Must n => [n] | May n => if is_there String.eqb n names then [n] else [] end) schema in
      need all_same String.eqb names expected else "not the members " ++ what in Accepted all
  | _ => Rejected ("no object of the members " ++ what)
  end.

Definition object := list (string * json).
Definition member (name : string) (m : object) : option json := found String.eqb name m.
Definition has (name : string) (m : object) : bool := match member name m with Some _ => true | None => false end.
Definition get (name : string) (m : object) : result json :=
  match member name m with Some j => Accepted j | None => Rejected ("there is no " ++ name) end.
Definition text (name : string) (m : object) : result string :=
  let* j := get name m in match j with Text t => Accepted t | _ => Rejected (name ++ " is no text") end.
Definition items (name : string) (m : object) : result (list json) :=
  let* j := get name m in match j with Items l => Accepted l | _ => Rejected (name ++ " is no list") end.
(** Integers of a certificate have 32 bits. *)
Definition whole (name : string) (j : json) : result Z :=
  match j with
  | Whole n => need Z.leb (-0x80000000) n && Z.leb n 0x7fffffff else name ++ " is no integer of 32 bits" in Accepted n
  | _ => Rejected (name ++ " is no integer of 32 bits")
  end.
Definition integer (name : string) (m : object) : result Z := let* j := get name m in whole name j.
Definition integers (name : string) (m : object) : result (list Z) := let* l := items name m in each (whole name) l.
(** Units, records and tensors are compared with one another, which takes the square of how many they are. *)
Definition most_listed := Z.to_nat 10000.
(** One of several words, each of which means something. *)
Definition word {A} (name : string) (words : list (string * A)) (m : object) : result A :=
  let* t := text name m in
  match found String.eqb t words with Some a => Accepted a | None => Rejected (name ++ " cannot be " ++ quoted t) end.
Definition is_text (t : string) (j : option json) : bool := match j with Some (Text s) => String.eqb s t | _ => false end.
