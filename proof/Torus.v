(** Proofs by all frequencies: docs/certificate-format.md, "All frequencies". The rules of the format are compared here; the
    inequality is that of the network itself, on its grid, with the multiplier of a channel for each of its pixels.

    Nothing is lost by that. Take any differences of the grid as signals of the torus that are zero elsewhere, with what is
    made clean equal to itself on the grid. S of the torus at these is S of the grid, and what stands outside, where nothing is
    positive: docs/soundness.md, "The whole inequality on one torus". So S of the grid is nonnegative if S of the torus is. *)
From Coq Require Import ZArith String List Bool Reals Lra Lia Psatz.
From Lipc Require Import Dyadic Activations Images Units Norms Certificate Document Numbers Reading Layout Records.
Import ListNotations.
Open Scope string_scope.
Open Scope Z_scope.

(** On the torus an interval [a, b] of positive slopes is widened to [0, b]. Its constraint is b/(b - a) times the one of
    [a, b], and a square: so that of [a, b], with the multiplier b/(b - a) times as large, gives no less. *)
Lemma narrower_gives_no_less : forall a b z w : R, (0 < a -> a < b ->
  b / (b - a) * (2 * ((w - a * z) * (b * z - w))) <= 2 * (w * (b * z - w)))%R.
Proof.
  intros a b z w A B. assert (E : (2 * (w * (b * z - w)) - b / (b - a) * (2 * ((w - a * z) * (b * z - w)))
    = 2 * (a / (b - a)) * ((b * z - w) * (b * z - w)))%R) by (field; lra).
  assert (P : (0 <= a / (b - a))%R) by (apply Rmult_le_pos; [lra|left; apply Rinv_0_lt_compat; lra]).
  assert (0 <= 2 * (a / (b - a)) * ((b * z - w) * (b * z - w)))%R by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]). lra.
Qed.
(** Next to b/(b - a), or 1 where 0 is a slope. *)
Definition widening (a b : dyadic) : dyadic :=
  if positive a then
    let d := sub b a in
    let shift := 128 + Z.log2 (mantissa d) in
    Dyadic (Z.shiftl (mantissa b) shift / mantissa d) (exponent b - exponent d - shift)
  else one.

Record image := Image { channels_of : Z; height_of : Z; width_of : Z }.
Definition same_pixels (a b : image) : bool := (height_of a =? height_of b) && (width_of a =? width_of b).
Definition same_image (a b : image) : bool := (channels_of a =? channels_of b) && same_pixels a b.
Definition no_image := Image 0 0 0.
Definition least_multiplier := Dyadic 1 (-500).
Definition axis_fits (n p : Z) (reads_clean : bool) (a : side) : bool :=
  let all := n * p * stride_of a in
  negb reads_clean
  || (pixels_of a + before_of a <=? all) && (stride_of a * (comes a - 1) + reach_of a - before_of a <=? all) && (stride_of a * comes a <=? all).

Section Torus.
  Context {name : Type}.

  (** The window of a unit, and whether it sums what it reads. *)
  Definition window_of (u : unit name) : option (side * side * bool) :=
    match u with
    | Linear _ (Convolution down across _ _ _ _ _) | Linear _ (AveragePool down across _ _) => Some (side_of down, side_of across, true)
    | MaxPool _ down across _ => Some (side_of down, side_of across, false)
    | _ => None
    end.
  Definition through (read : image) (inputs channels : nat) (down across : axis) : result image :=
    need same_image read (Image (Z.of_nat inputs) (Z.of_nat (pixels down)) (Z.of_nat (pixels across))) else "a unit of another image" in
    Accepted (Image (Z.of_nat channels) (comes (side_of down)) (comes (side_of across))).
  (** The extents of what a unit gives, from those of what it reads. *)
  Definition image_of (u : unit name) (read : list image) : result image :=
    let first := hd no_image read in
    match u with
    | Linear _ (Convolution down across inputs channels _ _ _) => through first inputs channels down across
    | Linear _ (AveragePool down across channels _) | MaxPool _ down across channels => through first channels channels down across
    | Linear _ (Channels pixels _ _) =>
        need (Z.of_nat pixels mod (height_of first * width_of first) =? 0) else "a unit that scales parts of channels" in Accepted first
    | Sum _ => need forallb (same_image first) read else "images of different extents" in Accepted first
    | Concat _ =>
        need forallb (same_pixels first) read else "images of different extents" in
        Accepted (Image (total (map channels_of read)) (height_of first) (width_of first))
    | Scale _ _ | Elementwise _ _ | MaxMin _ | Householder _ _ _ | GroupSort _ _ | Cocoercive _ _ _ _ => Accepted first
    | Dense _ _ _ | Affine _ _ _ | Select _ _ | Call _ _ _ | Linear _ (Center _) => Rejected "a unit that has no place on a torus"
    end.

  (** The multiplier that a unit on the torus needs. *)
  Definition needs (u : unit name) : result (option constraint) :=
    match u with
    | Elementwise _ Identity => Accepted None
    | Elementwise _ f => let* '(a, b) := slopes_of f in Accepted (Some (if lt a b then OfSlope else OfGain))
    | MaxMin _ | Householder _ _ _ | GroupSort _ _ | Cocoercive _ _ _ _ | MaxPool _ _ _ _ => Accepted (Some OfGain)
    | _ => Accepted None
    end.
  (** Whether what a unit gives is zero outside of its grid. *)
  Definition covers (a : side) : bool := (reach_of a <=? stride_of a) && (pixels_of a <=? stride_of a * comes a).
  Definition stays_clean (u : unit name) (clean : bool) : bool :=
    match u with
    | Linear _ (Convolution _ _ _ _ _ _ _) => false
    | Linear _ (AveragePool down across _ _) => covers (side_of down) && covers (side_of across)
    | _ => clean
    end.

  Definition at_least (l : list dyadic) : bool := forallb (le least_multiplier) l.
  Definition for_channels (r : records) (i : Z) (c : constraint) (channels : Z) : result (list dyadic) :=
    let* l := take r i c (Z.to_nat channels) in
    need at_least l else "a multiplier below 2^-500" in Accepted l.
  (** Of each pixel of a channel the channel's. *)
  Definition for_pixels (g : image) (l : list dyadic) : list dyadic :=
    match l with [_] => l | _ => flat_map (fun m => repeat m (Z.to_nat (height_of g * width_of g))) l end.
  Definition crops (r : records) (i : Z) (g : image) : result bool :=
    match found same_key (i, OfCrop) (multipliers r) with
    | Some _ => let* _ := for_channels r i OfCrop (channels_of g) in Accepted true
    | None => Accepted false
    end.
  Definition reason_on_torus (r : records) (i : Z) (u : unit name) (g : image) (kind : option constraint) : result reason :=
    match kind with
    | Some OfSlope =>
        let* l := for_channels r i OfSlope (channels_of g) in
        let wide := match u with Elementwise _ f => match interval f with Some (a, b) => widening a b | None => one end | _ => one end in
        Accepted (Slopes (map (mul wide) (for_pixels g l)))
    | Some _ =>
        let* l := for_channels r i OfGain (match u with MaxPool _ _ _ _ => channels_of g | _ => 1 end) in
        let first := hd zero l in
        limit forallb (equal first) l else "different multipliers for the channels of a maximum" in
        let* gain := gain_of (fun _ => None) u None in
        Accepted (Gain first gain)
    | None => Accepted (Slopes [])
    end.

  (** What is known of a unit on the torus: its image, whether it is clean, its reason, and how many multipliers it read. *)
  Record on_torus := On { image_there : image; is_clean : bool; reason_there : reason; read_there : nat }.
  Definition nothing_there := On no_image false (Slopes []) 0.
  Definition unit_on_torus (r : records) (i : Z) (p : plain name) (before : list on_torus) : result on_torus :=
    let u := what p in
    let read := map (fun o => nth o before nothing_there) (operands u) in
    let clean := forallb is_clean read in
    let* g := image_of u (map image_there read) in
    need channels_of g * height_of g * width_of g =? Z.of_nat (extent p) else "an image of another size" in
    need clean || negb (match window_of u with Some (_, sums) => sums | None => false end) else "a window over a signal that is not clean" in
    let* kind := needs u in
    let* reason := reason_on_torus r i u g kind in
    let* cropped := crops r i g in
    let fresh := match kind with Some _ => true | None => false end in
    Accepted (On g (fresh || cropped || stays_clean u clean) reason ((if fresh then 1 else 0) + (if cropped then 1 else 0))).
  Fixpoint units_on_torus (r : records) (i : Z) (us : list (plain name)) (before : list on_torus) : result (list on_torus) :=
    match us with
    | [] => Accepted before
    | p :: us' => let* t := unit_on_torus r i p before in units_on_torus r (i + 1) us' (before ++ [t])%list
    end.

  (** * Cells: of each unit how many pixels one has, from the last unit to the first *)
  Definition cell : Type := Z * Z.
  Definition strides (u : unit name) : cell :=
    match window_of u with Some (down, across, _) => (stride_of down, stride_of across) | None => (1, 1) end.
  Definition same_cell (a b : cell) : bool := (fst a =? fst b) && (snd a =? snd b).
  Fixpoint agreed (c : cell) (os : list nat) (known : list (nat * cell)) : result (list (nat * cell)) :=
    match os with
    | [] => Accepted known
    | o :: os' =>
        match found Nat.eqb o known with
        | Some d => need same_cell c d else "a unit that is read by different strides" in agreed c os' known
        | None => agreed c os' ((o, c) :: known)
        end
    end.
  Definition cell_at (i : nat) (known : list (nat * cell)) : cell := match found Nat.eqb i known with Some c => c | None => (1, 1) end.
  Fixpoint cells_of (downward : list (nat * unit name)) (known : list (nat * cell)) : result (list (nat * cell)) :=
    match downward with
    | [] => Accepted known
    | (i, u) :: rest =>
        let own := cell_at i known in
        let s := strides u in
        let* more := agreed (fst own * fst s, snd own * snd s) (operands u) known in
        cells_of rest more
    end.
  Definition fits_on (torus : Z * Z) (c : cell) (g : image) (u : option (unit name)) : bool :=
    (height_of g <=? fst torus * fst c) && (width_of g <=? snd torus * snd c)
    && match option_map window_of u with
       | Some (Some (down, across, sums)) => axis_fits (fst torus) (fst c) sums down && axis_fits (snd torus) (snd c) sums across
       | _ => true
       end.
  Definition all_fit (torus : Z * Z) (us : list (plain name)) (known : list (nat * cell)) (images : list image) : bool :=
    forallb (fun '(i, g) => fits_on torus (cell_at i known) g (match i with O => None | S k => option_map what (nth_error us k) end)) (numbered 0 images).

  (** * The proof *)
  Variable callees : nat -> option known.
  Definition is_linear (u : unit name) : bool :=
    match u with
    | Dense _ _ _ | Sum _ | Concat _ | Scale _ _ | Affine _ _ _ | Select _ _ | Linear _ _ | Elementwise _ Identity => true
    | _ => false
    end.
  (** The head, and what stands behind it and reads nothing before it. *)
  Definition behind_head (r : records) (us : list (plain name)) (h : nat) (before : list (list Z)) : result (list (list Z * reason)) :=
    match skipn (h - 1) us with
    | [] => Accepted []
    | first :: rest =>
        need is_linear (what first) else "a head that is not linear" in
        need forallb (fun p => forallb (Nat.leb h) (operands (what p))) rest else "a unit behind the head that reads one before it" in
        let own := ones (extent first) in
        let* behind := reasons_of callees r (Z.of_nat h + 1) rest (before ++ [own])%list in
        Accepted ((own, Slopes []) :: behind)
    end.
  (** The number of the first unit that is not on the torus; behind the last one if there is none. *)
  Definition head_of (us : list (plain name)) (m : object) : result nat :=
    let n := Z.of_nat (length us) in
    if has "head" m then
      let* h := integer "head" m in need (1 <=? h) && (h <=? n) else "there is no unit for a head" in Accepted (Z.to_nat h)
    else Accepted (S (length us)).
  Definition torus_proof (us : list (plain name)) (inputs : nat) (input : option image) (from_linf to_linf : bool) (m : object)
    : result (proof * witnesses) :=
    need negb (has "rows" m) && negb from_linf && (negb to_linf || has "head" m) else "all frequencies: other norms, or a witness" in
    let* torus := torus_of m in
    let* h := head_of us m in
    let* r := records_of m in
    need match gains r with [] => true | _ => false end else "a gain that nothing reads" in
    need forallb (fun c => (Z.of_nat h <? fst c) && (fst c <=? Z.of_nat (length us))) (cuts r) else "a segmentation that nothing reads" in
    present input "an input that is no image" (fun g =>
      let* cropped := crops r 0 g in
      let there := firstn (h - 1) us in
      let* all := units_on_torus r 1 there [On g true (Slopes []) (if cropped then 1 else 0)] in
      let* known := cells_of (rev (numbered 1 (map what there))) [] in
      need all_fit torus there known (map image_there all) else "a torus that does not fit" in
      let before := ones inputs :: map (fun p => ones (extent p)) there in
      let* behind := behind_head r us h before in
      need negb to_linf || are_single (last (before ++ map fst behind)%list []) else "single elements are read of rows of several" in
      let reasons := (map reason_there (tl all) ++ map snd behind)%list in
      let read := (list_sum (map read_there all) + length (filter is_read (map snd behind)))%nat in
      need Nat.eqb read (length (multipliers r)) else "records that nothing reads" in
      Accepted ({| Certificate.reasons := reasons; ranges := [] |},
                {| of_s := None; of_gains := []; first_elements := [] |})).
End Torus.
