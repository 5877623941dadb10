(** The units of a certificate from its members: docs/certificate-format.md, "Members" and "Images". *)
From Coq Require Import ZArith String List Bool.
From Lipc Require Import Dyadic Activations Images Units Document Numbers.
Import ListNotations.
Open Scope string_scope.
Open Scope Z_scope.

(** Tensors by their names, and what becomes of the four of a batch normalisation. *)
Inductive tensor := Stored (tensor : string) | Scaling (epsilon : dyadic) (tensors : string) | Shifting (epsilon : dyadic) (tensors : string).

(** A unit as it is listed: its size, the shapes of what it names, and the member [pixels] of groups of channels. *)
Record listed := Listed { unit_of : unit tensor; size_of : Z; shapes : list (string * list Z); channel_pixels : option Z }.

(** * Windows over images *)
Record side := Side { pixels_of : Z; kernel_of : Z; stride_of : Z; before_of : Z; behind_of : Z; dilation_of : Z }.
Definition most_elements := 0x1000000.
Definition reach_of (a : side) : Z := (kernel_of a - 1) * dilation_of a + 1.
Definition comes (a : side) : Z := (pixels_of a + before_of a + behind_of a - reach_of a) / stride_of a + 1.
Definition axis_of (a : side) : axis :=
  {| pixels := Z.to_nat (pixels_of a); kernel := Z.to_nat (kernel_of a); stride := Z.to_nat (stride_of a);
     margin_before := Z.to_nat (before_of a); margin_behind := Z.to_nat (behind_of a); dilation := Z.to_nat (dilation_of a) |}.
Definition side_of (a : axis) : side :=
  Side (Z.of_nat (pixels a)) (Z.of_nat (kernel a)) (Z.of_nat (stride a)) (Z.of_nat (margin_before a)) (Z.of_nat (margin_behind a))
    (Z.of_nat (dilation a)).

Definition side_from (n k s before behind apart : Z) : result side :=
  need forallb (Z.ltb 0) [n; k; s; apart] else "an extent that is not positive" in
  need forallb (fun v => (0 <=? v) && (v <=? most_elements)) [before; behind] && (n <=? most_elements) else "an image or its padding is too large" in
  let a := Side n k s before behind apart in
  need reach_of a <=? n + before + behind else "a window that does not fit" in
  limit forallb (fun v => v <=? 10000) [n; k; s; before; behind; apart] else "too large: a window" in
  Accepted a.
Definition is_image (c h w : Z) : bool := (0 <? c) && (c * h * w <=? most_elements).

(** The channels of an image, and both axes of a window over it. *)
Definition window (input kernel stride padding dilation : list Z) : result (Z * side * side) :=
  match input, kernel, stride, padding, dilation with
  | [c; h; w], [kh; kw], [sh; sw], [above; l; below; r], [dh; dw] =>
      let* down := side_from h kh sh above below dh in
      let* across := side_from w kw sw l r dw in
      need is_image c h w else "no image, or too large a one" in
      Accepted (c, down, across)
  | _, _, _, _, _ => Rejected "a window of other extents"
  end.
(** How many elements come out of so many channels; what is read in all is limited, because the checker counts by ones. *)
Definition window_size (channels per_element : Z) (down across : side) : result Z :=
  need is_image channels (comes down) (comes across) else "no image, or too large a one" in
  let outputs := channels * comes down * comes across in
  limit (outputs <=? 10000) && (per_element <=? 10000) && (outputs * per_element <=? 1000000) else "too large: a window" in
  Accepted outputs.

(** * Activations *)
Definition plain_activations : list (string * pointwise) :=
  [("identity", Identity); ("relu", Relu); ("relu6", Relu6); ("hard_tanh", HardTanh); ("hard_sigmoid", HardSigmoid);
   ("hard_swish", HardSwish); ("abs", Abs); ("tanh", Tanh); ("sigmoid", Sigmoid); ("softplus", Softplus); ("softsign", Softsign);
   ("sin", Sin); ("selu", Selu); ("silu", Silu); ("gelu", Gelu); ("gelu_tanh", GeluTanh); ("mish", Mish)].
Definition activations_of_a_number : list (string * (dyadic -> pointwise)) := [("leaky_relu", LeakyRelu); ("elu", Elu); ("celu", Celu)].

(** The integer that a number of integers is, where it is one. *)
Definition whole (a : dyadic) : Z := Z.shiftl (mantissa a) (Z.min 20 (exponent a)).
Definition activation (name : string) (parameters : list dyadic) (size : Z) (o : nat) : result (unit tensor) :=
  match found String.eqb name plain_activations, found String.eqb name activations_of_a_number, parameters with
  | Some f, _, [] => Accepted (Elementwise o f)
  | _, Some f, [a] => Accepted (Elementwise o (f a))
  | _, _, [] =>
      if String.eqb name "maxmin" then Accepted (MaxMin o)
      else if String.eqb name "center" then
        limit size <=? 1000 else "too large: a matrix of center" in
        present (inverse size) "a size that is not positive" (fun c => Accepted (Linear o (Center c)))
      else Rejected ("the activation " ++ quoted name ++ " with 0 parameters")
  | _, _, [a] =>
      if String.eqb name "group_sort" then
        let k := whole a in
        need equal a (Dyadic k 0) && (2 <=? k) && (k <=? size) else "groups of no size" in
        limit k <=? 10000 else "too large: signals" in
        Accepted (if k =? 2 then MaxMin o else GroupSort o (Z.to_nat k))
      else if String.eqb name "softmax" then
        need positive a else "a temperature that is not positive" in
        present (half_inverse a) "a temperature that is too small" (fun ell => Accepted (Cocoercive o (Z.to_nat size) (Softmax a) ell))
      else if String.eqb name "l2_normalize" then Undecided "no theorem about l2_normalize"
      else Rejected ("the activation " ++ quoted name ++ " with 1 parameters")
  | _, _, [v; w] =>
      if String.eqb name "householder" then Accepted (Householder o v w)
      else if String.eqb name "layer_norm" then
        need positive v else "an epsilon that is not positive" in
        need is_zero w || (equal w (Dyadic (whole w) 0) && (2 <=? whole w) && (whole w <=? size)) else "groups of no size" in
        let k := if is_zero w then size else whole w in
        present (inverse_root v) "an epsilon that is too small" (fun ell => Accepted (Cocoercive o (Z.to_nat k) (LayerNorm v) ell))
      else Rejected ("the activation " ++ quoted name ++ " with 2 parameters")
  | _, _, _ => Rejected ("the activation " ++ quoted name ++ " with " ++ numeral (length parameters) ++ " parameters")
  end.

(** * Units *)
Section Units.
  (** Whether numbers are floats; and the number of a callee of a digest, a name, inputs and a size. *)
  Variable single : bool.
  Variable callee : string -> string -> Z -> Z -> result nat.

  Definition operand (name : string) (n : Z) : result nat :=
    need 0 <=? n else name ++ " is negative" in
    limit n <=? 100000 else "too large: " ++ name in
    Accepted (Z.to_nat n).
  Definition one_operand (m : object) : result nat := let* n := integer "operand" m in operand "operand" n.
  Definition operands_of (m : object) : result (list nat) :=
    let* os := integers "operands" m in
    need Nat.ltb 1 (length os) else "a single operand" in each (operand "operands") os.
  Definition bias_of (m : object) : result (option string) :=
    if has "bias" m then let* b := text "bias" m in Accepted (Some b) else Accepted None.
  Definition number (name : string) (m : object) : result dyadic := let* j := get name m in real single j.
  Definition simple (u : unit tensor) (size : Z) : result listed := Accepted (Listed u size [] None).
  Definition with_bias (b : option string) (size : Z) : list (string * list Z) :=
    match b with Some name => [(name, [size])] | None => [] end.
  Definition its_bias (b : option string) : option tensor := match b with Some name => Some (Stored name) | None => None end.

  Definition dense (m : object) : result listed :=
    let* size := integer "size" m in
    let* weight := text "weight" m in
    let* b := bias_of m in
    let* inputs := integer "inputs" m in
    let* o := one_operand m in
    Accepted (Listed (Dense o (Stored weight) (its_bias b)) size ((weight, [size; inputs]) :: with_bias b size) None).
  Definition activated (m : object) : result listed :=
    let* size := integer "size" m in
    let* o := one_operand m in
    let* parameters := reals single "parameters" m in
    let* name := text "name" m in
    let* u := activation name parameters size o in
    let* pixels := if has "pixels" m then (let* p := integer "pixels" m in Accepted (Some p)) else Accepted None in
    Accepted (Listed u size [] pixels).
  Definition summed (m : object) : result listed := let* n := integer "size" m in let* os := operands_of m in simple (Sum os) n.
  Definition joined (m : object) : result listed := let* n := integer "size" m in let* os := operands_of m in simple (Concat os) n.
  Definition times_factor (m : object) : result listed :=
    let* n := integer "size" m in let* f := number "factor" m in let* o := one_operand m in simple (Scale o f) n.
  Definition affine (m : object) : result listed :=
    let* n := integer "size" m in
    let* shift := reals single "shift" m in
    let* scale := reals single "scale" m in
    let* o := one_operand m in simple (Affine o scale shift) n.
  Definition selection (m : object) : result listed :=
    let* indices := integers "indices" m in
    let* places := each (operand "indices") indices in
    let* o := one_operand m in simple (Select o places) (Z.of_nat (length indices)).
  Definition calling (m : object) : result listed :=
    let* size := integer "size" m in
    let* digest := text "certificate" m in
    let* name := text "network" m in
    need is_network "" name else "a network whose name is no identifier: " ++ quoted name in
    let* inputs := integer "inputs" m in
    let* k := callee digest name inputs size in
    let* o := one_operand m in simple (Call o k (Z.to_nat size)) size.
  Definition convolution (m : object) : result listed :=
    let* input := integers "input" m in
    let* kernel := integers "kernel" m in
    let* stride := integers "stride" m in
    let* padding := integers "padding" m in
    let* dilation := integers "dilation" m in
    let* '(c, down, across) := window input kernel stride padding dilation in
    let* channels := integer "channels" m in
    let* groups := integer "groups" m in
    need (0 <? channels) && (0 <? groups) && (c mod groups =? 0) && (channels mod groups =? 0) else "groups that do not divide the channels" in
    let* weight := text "weight" m in
    let* b := bias_of m in
    let r := c / groups in
    let* size := window_size channels (r * kernel_of down * kernel_of across) down across in
    let* o := one_operand m in
    limit (c <=? 1000000) else "too large: a window" in
    let map_of := Convolution (axis_of down) (axis_of across) (Z.to_nat c) (Z.to_nat channels) (Z.to_nat groups) (Stored weight) (its_bias b) in
    Accepted (Listed (Linear o map_of) size ((weight, [channels; r; kernel_of down; kernel_of across]) :: with_bias b channels) None).
  Definition pool (largest : bool) (m : object) : result listed :=
    let* input := integers "input" m in
    let* kernel := integers "kernel" m in
    let* stride := integers "stride" m in
    let* '(c, down, across) := window input kernel stride [0; 0; 0; 0] [1; 1] in
    let* size := window_size c (kernel_of down * kernel_of across) down across in
    let channels := Z.to_nat c in
    if largest then let* o := one_operand m in simple (MaxPool o (axis_of down) (axis_of across) channels) size
    else
      let* f := number "factor" m in
      let* o := one_operand m in simple (Linear o (AveragePool (axis_of down) (axis_of across) channels f)) size.
  Definition normalised (m : object) : result listed :=
    let* channels := integer "channels" m in
    let* pixels := integer "pixels" m in
    need (0 <? channels) && (0 <? pixels) && (channels * pixels <=? most_elements) else "no image, or too large a one" in
    let* name := text "tensors" m in
    let* epsilon := number "epsilon" m in
    limit (pixels <=? 10000) && (channels <=? 10000) else "too large: signals" in
    let* o := one_operand m in
    let map_of := Channels (Z.to_nat pixels) (Scaling epsilon name) (Shifting epsilon name) in
    Accepted (Listed (Linear o map_of) (channels * pixels)
      (map (fun part => (name ++ part, [channels])) [".weight"; ".bias"; ".running_mean"; ".running_var"]) None).

  Definition of_image := [Must "operation"; Must "operand"; Must "input"].
  Definition operations : list (string * (list field * (object -> result listed))) :=
    let vector := [Must "operation"; Must "operand"] in
    [("dense", (vector ++ [Must "inputs"; Must "size"; Must "weight"; May "bias"], dense));
     ("activation", (vector ++ [Must "name"; Must "parameters"; Must "size"; May "pixels"], activated));
     ("sum", ([Must "operation"; Must "operands"; Must "size"], summed));
     ("concat", ([Must "operation"; Must "operands"; Must "size"], joined));
     ("scale", (vector ++ [Must "factor"; Must "size"], times_factor));
     ("affine", (vector ++ [Must "scale"; Must "shift"; Must "size"], affine));
     ("select", (vector ++ [Must "indices"], selection));
     ("call", (vector ++ [Must "network"; Must "certificate"; Must "inputs"; Must "size"], calling));
     ("convolution", (of_image ++ [Must "channels"; Must "kernel"; Must "stride"; Must "padding"; Must "dilation"; Must "groups"; Must "weight"; May "bias"],
       convolution));
     ("average_pool", (of_image ++ [Must "kernel"; Must "stride"; Must "factor"], pool false));
     ("max_pool", (of_image ++ [Must "kernel"; Must "stride"], pool true));
     ("batch_norm", (vector ++ [Must "channels"; Must "pixels"; Must "tensors"; Must "epsilon"], normalised))]%list.

  Definition listed_unit (j : json) : result listed :=
    match j with
    | Object ((first, Text operation) :: _) =>
        need String.eqb first "operation" else "a unit without an operation" in
        present (found String.eqb operation operations) ("the operation " ++ quoted operation) (fun '(schema, read) =>
          let* m := members schema j in read m)
    | _ => Rejected "a unit without an operation"
    end.
End Units.

(** The elements of the input, and its extents if they are more than one; its box is no part of the claim, but has to be one. *)
Definition elements_of (shape : list Z) : Z := fold_left (fun n k => if (10000 <? n) || (10000 <? k) then 10001 else n * k) shape 1.
Definition input_of (j : json) : result (Z * list Z) :=
  let* m := members [Must "operation"; May "size"; May "shape"; May "lower"; May "upper"] j in
  let* operation := text "operation" m in
  need String.eqb operation "input" else "the first unit is no input" in
  let* '(size, shape) := match has "size" m, has "shape" m with
    | true, false => let* n := integer "size" m in Accepted (n, [])
    | false, true =>
        let* shape := integers "shape" m in
        need Nat.ltb 1 (length shape) && forallb (Z.ltb 0) shape else "no shape" in Accepted (elements_of shape, shape)
    | _, _ => Rejected "an input without a size"
    end in
  need Bool.eqb (has "lower" m) (has "upper" m) else "no box" in
  if has "lower" m then
    let* lower := reals false "lower" m in
    let* upper := reals false "upper" m in
    need (Z.of_nat (length lower) =? size) && (Z.of_nat (length upper) =? size) && forallb (fun '(a, b) => le a b) (combine lower upper) else "no box" in
    Accepted (size, shape)
  else Accepted (size, shape).
