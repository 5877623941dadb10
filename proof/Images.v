(** Linear maps of images by their rows, and windows: docs/certificate-format.md, "Images". *)
From Coq Require Import ZArith List Reals Bool Arith.
From Lipc Require Import Dyadic.
Import ListNotations.
Local Open Scope nat_scope.

(** An axis over which a window moves. *)
Record axis := { pixels : nat; kernel : nat; stride : nat; margin_before : nat; margin_behind : nat; dilation : nat }.

(** How many pixels come out, if the window fits. *)
Definition span (a : axis) : nat := (kernel a - 1) * dilation a + 1.
Definition given (a : axis) : nat := (pixels a + margin_before a + margin_behind a - span a) / stride a + 1.

(** The elements of the window that stand on a pixel when pixel [p] comes out, with these pixels. *)
Definition taps (a : axis) (p : nat) : list (nat * nat) :=
  flat_map (fun u =>
    let q := stride a * p + dilation a * u in
    if Nat.leb (margin_before a) q && Nat.ltb (q - margin_before a) (pixels a) then [(u, q - margin_before a)] else []) (seq 0 (kernel a)).

(** Of channel [i] what the window reads when it gives pixel (y, x): the elements of the window, row by row, and of the image. *)
Definition reach (down across : axis) (i y x : nat) : list (nat * nat) :=
  flat_map (fun t => map (fun s => (fst t * kernel across + fst s, (i * pixels down + snd t) * pixels across + snd s)) (taps across x))
    (taps down y).

Definition each_pixel {A} (down across : axis) (channels : nat) (f : nat -> nat -> nat -> A) : list A :=
  flat_map (fun c => flat_map (fun y => map (f c y) (seq 0 (given across))) (seq 0 (given down))) (seq 0 channels).

(** A number, or an element of a tensor, by its row and its place there. *)
Inductive coefficient (name : Type) := Number (c : dyadic) | Element (tensor : name) (row column : nat).
Arguments Number {name}.
Arguments Element {name}.

Inductive linear_map (name : Type) :=
| Convolution (down across : axis) (inputs channels groups : nat) (weight : name) (bias : option name)
| AveragePool (down across : axis) (channels : nat) (factor : dyadic)
| Channels (channel : nat) (scale shift : name) (* of so many pixels each *)
| Center (factor : dyadic).
Arguments Convolution {name}.
Arguments AveragePool {name}.
Arguments Channels {name}.
Arguments Center {name}.

(** What is read, with what it is multiplied by; then what is added. *)
Definition line (name : Type) : Type := list (nat * coefficient name) * coefficient name.

(** The elements of what a map gives, of [n] elements. *)
Definition lines {name} (m : linear_map name) (n : nat) : list (line name) :=
  match m with
  | Convolution down across inputs channels groups weight bias =>
      let r := inputs / groups in
      let taps_of_channel := kernel down * kernel across in
      each_pixel down across channels (fun o y x =>
        (flat_map (fun i => map (fun t => (snd t, Element weight o (i * taps_of_channel + fst t)))
                                (reach down across (o / (channels / groups) * r + i) y x)) (seq 0 r),
         match bias with Some b => Element b 0 o | None => Number zero end))
  | AveragePool down across channels factor =>
      each_pixel down across channels (fun c y x => (map (fun t => (snd t, Number factor)) (reach down across c y x), Number zero))
  | Channels channel scale shift =>
      map (fun k => ([(k, Element scale 0 (k / channel))], Element shift 0 (k / channel))) (seq 0 n)
  | Center factor =>
      map (fun k => (map (fun j => (j, Number (if Nat.eqb j k then sub one factor else opp factor))) (seq 0 n), Number zero)) (seq 0 n)
  end.

(** The windows of a maximum. *)
Definition windows (down across : axis) (channels : nat) : list (list nat) :=
  each_pixel down across channels (fun c y x => map snd (reach down across c y x)).

(** * What has to fit, so that nothing is cut off and nothing is filled in *)
Section Fit.
  Context {name A : Type}.
  Variable tensors : name -> list (list A).

  (** A window that lies on pixels and their margins, and moves. *)
  Definition lies_on (a : axis) : bool :=
    (0 <? pixels a) && (0 <? kernel a) && (0 <? stride a) && (0 <? dilation a) && (span a <=? pixels a + margin_before a + margin_behind a).
  (** [n] elements are an image of so many channels, and the window lies on it. *)
  Definition is_image_of (down across : axis) (channels n : nat) : bool :=
    lies_on down && lies_on across && (n =? channels * (pixels down * pixels across)).
  (** For a maximum an image has no margins, because nothing stands there. *)
  Definition is_bare (a : axis) : bool := margin_before a + margin_behind a =? 0.
  (** A tensor is one row of [n] elements. *)
  Definition is_row (t : name) (n : nat) : bool := match tensors t with [row] => length row =? n | _ => false end.

  (** A map reads an image of its extents; a channel has one row of the kernel, with an element for each that it reads. *)
  Definition map_fits (m : linear_map name) (n : nat) : bool :=
    match m with
    | Convolution down across inputs channels groups weight bias =>
        is_image_of down across inputs n
        && (0 <? groups) && (inputs mod groups =? 0) && (channels mod groups =? 0) && (length (tensors weight) =? channels)
        && forallb (fun row => length row =? inputs / groups * (kernel down * kernel across)) (tensors weight)
        && match bias with Some b => is_row b channels | None => true end
    | AveragePool down across channels _ => is_image_of down across channels n
    | Channels channel scale shift =>
        (0 <? channel) && (n mod channel =? 0) && is_row scale (n / channel) && is_row shift (n / channel)
    | Center _ => true
    end.
End Fit.
