(** Units in which nothing is left of scalar functions that are linear on a box: others in their place, which compute the
    same for inputs of the box. What is proved of these for all inputs is true of the units on the box. *)
From Coq Require Import ZArith List Reals Lra Bool Lia.
From Lipc Require Import Dyadic Forms Activations Images Units Represents Lengths Steps Layout Inlined Parted Ranges Backward.
Import ListNotations.
Open Scope R_scope.

Definition is_some {A} (o : option A) : bool := match o with Some _ => true | None => false end.
(** One where something is free, and zero elsewhere; and the other way round. *)
Definition free_ones {A} (ls : list (option A)) : list dyadic := map (fun l => if is_some l then zero else one) ls.
Definition bound_ones {A} (ls : list (option A)) : list dyadic := map (fun l => if is_some l then one else zero) ls.
Definition zeros_of {A} (ls : list A) : list dyadic := map (fun _ => zero) ls.
(** Of each pair twice. *)
Definition doubled {A} (l : list A) : list A := flat_map (fun a => [a; a]) l.

(** The reason of a unit is that of the second one in its place, if there are several. *)
Definition reasons_in_place {name} (us : list (unit name)) (r : reason) : list reason :=
  match us with
  | _ :: _ :: us' => no_reason :: r :: map (fun _ => no_reason) us'
  | _ => [r]
  end.

Lemma two_equal : forall A (a a' b b' : A) l, a = a' -> b = b' -> a :: b :: l = a' :: b' :: l.
Proof. congruence. Qed.

Section Settled.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).
  Variable b : lower_ends.

  Definition lines_of (f : pointwise) (z : list (option element)) : list (option (dyadic * dyadic)) :=
    map (fun e => match e with Some e => line_on f e | None => None end) z.
  Fixpoint orders (z : list (option element)) : list (option comparison) :=
    match z with
    | x :: y :: z' => match order_of b x y with Some Eq => None | c => c end :: orders z'
    | _ => []
    end.
  Definition slope_of (l : option (dyadic * dyadic)) : dyadic := match l with Some (a, _) => a | None => zero end.
  Definition shift_of (l : option (dyadic * dyadic)) : dyadic := match l with Some (_, c) => c | None => zero end.
  Fixpoint arranged (k : nat) (os : list (option comparison)) : list nat :=
    match os with
    | [] => []
    | Some Lt :: os' => S k :: k :: arranged (S (S k)) os'
    | _ :: os' => k :: S k :: arranged (S (S k)) os'
    end.

  (** Behind [count] units. *)
  Definition in_place (u : unit name) (at_ : nat -> nat) (count : nat) (ranges : list (list (option element))) : list (unit name) :=
    match u with
    | Elementwise o f =>
        let ls := lines_of f (nth o ranges []) in
        if existsb is_some ls then
          [Affine (at_ o) (free_ones ls) (zeros_of ls); Elementwise (S count) f; Affine (2 + count) (free_ones ls) (zeros_of ls);
           Affine (at_ o) (map slope_of ls) (map shift_of ls); Sum [3 + count; 4 + count]]
        else [renumbered at_ u]
    | MaxMin o =>
        let os := orders (nth o ranges []) in
        if existsb is_some os then
          let free := doubled (free_ones os) in
          [Affine (at_ o) free (zeros_of free); MaxMin (S count); Affine (2 + count) free (zeros_of free);
           Select (at_ o) (arranged 0 os); Affine (4 + count) (doubled (bound_ones os)) (zeros_of free); Sum [3 + count; 5 + count]]
        else [renumbered at_ u]
    | _ => [renumbered at_ u]
    end%nat.
  (** * They compute the same *)
  Variable called : nat -> list R -> list R.
  Variable v : index -> R.
  Hypothesis first : v One = 1.
  Hypothesis never_above : is_never_above v b.

  Definition masked (ds : list dyadic) (z : list R) (cs : list dyadic) : list R :=
    zip (fun x c => x + val c) (zip (fun a x => val a * x) ds z) cs.

  Lemma elements_joined : forall f z es, Forall2 (agrees_with v) z es -> let ls := lines_of f es in
    zip Rplus (masked (free_ones ls) (map (apply f) (masked (free_ones ls) z (zeros_of ls))) (zeros_of ls))
      (masked (map slope_of ls) z (map shift_of ls)) = map (apply f) z.
  Proof.
    intros f z es H. cbv zeta. unfold masked, lines_of, free_ones, zeros_of. induction H as [|x e z es A H IH]; [reflexivity|].
    cbn [map zip]. rewrite IH. f_equal. destruct e as [e|]; cbn [is_some].
    - destruct (line_on f e) as [[a c]|] eqn:L; cbn [is_some slope_of shift_of].
      + rewrite (line_on_true _ _ _ _ _ _ L A), val_zero. ring.
      + rewrite val_one, val_zero. replace (1 * x + 0) with x by ring. ring.
    - cbn [slope_of shift_of]. rewrite val_one, val_zero. replace (1 * x + 0) with x by ring. ring.
  Qed.
  Lemma elements_ranges : forall z es, Forall2 (agrees_with v) z es -> forall p,
    let os := orders es in let free := doubled (free_ones os) in
    zip Rplus (masked free (max_min (masked free z (zeros_of free))) (zeros_of free))
      (masked (doubled (bound_ones os)) (map (fun i => nth i (p ++ z) 0) (arranged (length p) os)) (zeros_of free)) = max_min z.
  Proof.
    fix IH 3. intros z es [|r x s1 z1 X [|t y s2 z2 Y H]] p; [reflexivity|reflexivity|]. cbv zeta. cbn [max_min orders].
    pose proof (order_of_true v b x y r t first never_above X Y) as O.
    assert (N0 : nth (length p) (p ++ r :: t :: s2) 0 = r) by apply nth_middle.
    assert (N1 : nth (S (length p)) (p ++ r :: t :: s2) 0 = t).
    { replace (p ++ r :: t :: s2) with ((p ++ [r]) ++ t :: s2) by (rewrite <- app_assoc; reflexivity).
      replace (S (length p)) with (length (p ++ [r])) by (rewrite length_app; cbn; lia). apply nth_middle. }
    specialize (IH _ _ H (p ++ [r; t])). cbv zeta in IH.
    replace ((p ++ [r; t]) ++ s2) with (p ++ r :: t :: s2) in IH by (rewrite <- app_assoc; reflexivity).
    replace (length (p ++ [r; t])) with (S (S (length p))) in IH by (rewrite length_app; cbn; lia).
    unfold masked, doubled, free_ones, bound_ones, zeros_of in *.
    destruct (order_of b x y) as [[| |]|];
      cbn [map flat_map app is_some zip max_min arranged]; rewrite ?N0, ?N1, IH, ?val_zero, ?val_one; apply two_equal.
    all: rewrite ?Rmult_0_l, ?Rmult_1_l, ?Rplus_0_r, ?Rplus_0_l.
    all: try reflexivity.
    all: try (rewrite Rmax_right by assumption; reflexivity).
    all: try (rewrite Rmin_left by assumption; reflexivity).
    all: try (rewrite Rmax_left by assumption; reflexivity).
    all: try (rewrite Rmin_right by assumption; reflexivity).
  Qed.
  (** What is in place of a unit, behind signals [S'] of which number [at_ o] is [nth o S []]. *)
  Lemma known_there : forall (l m : list (list R)) k, nth k l [] <> [] -> nth k (l ++ m) [] = nth k l [].
  Proof.
    intros l m k H. apply app_nth1. destruct (Nat.lt_ge_cases k (length l)) as [L|G]; [exact L|]. rewrite (nth_overflow _ _ G) in H. contradiction.
  Qed.
  Lemma ranges_there : forall A (g : list (option element) -> list (option A)) s z, g [] = [] -> existsb is_some (g z) = true -> covers v s z ->
    Forall2 (agrees_with v) s z.
  Proof. intros A g s z N E [->|C]; [rewrite N in E; discriminate|exact C]. Qed.

  Lemma in_place_stands : forall u at_ count E S S', (forall o, nth (at_ o) S' [] = nth o S []) -> length S' = Datatypes.S count ->
    (forall o, covers v (nth o S []) (nth o E [])) ->
    exists middle, run called (stored tensors) (in_place u at_ count E) S' = S' ++ middle ++ [value called (stored tensors) u S] /\
      Datatypes.S (length middle) = length (in_place u at_ count E).
  Proof.
    intros u at_ count E S S' AT L C.
    assert (ONE : exists middle, run called (stored tensors) [renumbered at_ u] S' = S' ++ middle ++ [value called (stored tensors) u S] /\
      Datatypes.S (length middle) = length [renumbered at_ u]).
    { exists []. split; [|reflexivity]. cbn [run app]. rewrite (value_renumbered called (stored tensors) at_ u S S') by (intros; apply AT). reflexivity. }
    assert (AT' : forall o T, nth o S [] <> [] -> nth (at_ o) (S' ++ T) [] = nth o S []).
    { intros o T N. rewrite <- AT in N |- *. apply known_there, N. }
    assert (P : forall k T, nth (k + Datatypes.S count) (S' ++ T) [] = nth k T []).
    { intros k T. rewrite <- L, Nat.add_comm. apply app_nth2_plus. }
    pose proof (P 0%nat) as P0. pose proof (P 1%nat) as P1. pose proof (P 2%nat) as P2. pose proof (P 3%nat) as P3. pose proof (P 4%nat) as P4.
    cbn [Nat.add] in P0, P1, P2, P3, P4.
    assert (EMPTY : forall o, nth o S [] = [] -> Forall2 (agrees_with v) (nth o S []) (nth o E []) -> nth o E [] = []).
    { intros o N F. rewrite N in F. inversion F. reflexivity. }
    destruct u as [|o f|o| | | | | | | | | | |]; try exact ONE; cbn [in_place].
    - set (ls := lines_of f (nth o E [])). destruct (existsb is_some ls) eqn:X; [|exact ONE]. clear ONE.
      pose proof (ranges_there _ (lines_of f) (nth o S []) _ eq_refl X (C o)) as F.
      assert (N : nth o S [] <> []) by (intros N; unfold ls in X; rewrite (EMPTY _ N F) in X; discriminate).
      pose proof (elements_joined f _ _ F) as J. cbv zeta in J. fold ls in J.
      eexists [_; _; _; _]. split; [|reflexivity]. cbn [run value Nat.add map]. rewrite <- !app_assoc. cbn [app].
      rewrite ?(AT' o), ?P0, ?P1, ?P2, ?P3 by exact N. cbn [nth sums]. rewrite AT. fold (masked (free_ones ls) (nth o S []) (zeros_of ls)).
      unfold masked in *. rewrite J. reflexivity.
    - set (os := orders (nth o E [])). destruct (existsb is_some os) eqn:X; [|exact ONE]. clear ONE.
      pose proof (ranges_there _ orders (nth o S []) _ eq_refl X (C o)) as F.
      assert (N : nth o S [] <> []) by (intros N; unfold os in X; rewrite (EMPTY _ N F) in X; discriminate).
      pose proof (elements_ranges _ _ F []) as J. cbv zeta in J. fold os in J. cbn [app length] in J.
      eexists [_; _; _; _; _]. split; [|reflexivity]. cbn [run value Nat.add map]. rewrite <- !app_assoc. cbn [app].
      rewrite ?(AT' o), ?P0, ?P1, ?P2, ?P3, ?P4 by exact N. cbn [nth sums]. rewrite AT. unfold masked in *. rewrite J. reflexivity.
  Qed.
End Settled.

(** * All units *)
Section All.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).
  Variable box : intervals.

  (** Of each unit what is in its place; [kept] says which are left as they are, [numbers] has the new numbers of those before,
      [here] is the number of its signal, and [ds] says between what forms elements of those before are. *)
  Fixpoint settled (us : list (unit name)) (kept : list bool) (numbers : list nat) (count : nat) (ranges : list (list (option element)))
    (here : index) (ds : definitions) : list (list (unit name)) :=
    match us with
    | [] => []
    | u :: us' =>
        let at_ o := nth o numbers (S count) in
        let b := backward box ds in
        let these := if hd false kept then [renumbered at_ u] else in_place b u at_ count ranges in
        let behind := (count + length these)%nat in
        let es := unit_ranges tensors b u ranges in
        these :: settled us' (tl kept) (numbers ++ [behind]) behind (ranges ++ [named here One es]) (next here) (defined here One es ds)
    end.

  Variable called : nat -> list R -> list R.
  Lemma run_extends : forall us S, exists T, run called (stored tensors) us S = S ++ T.
  Proof.
    induction us as [|u us IH]; intros S; cbn [run]; [exists []; rewrite app_nil_r; reflexivity|].
    destruct (IH (S ++ [value called (stored tensors) u S])) as [T ->]. rewrite <- app_assoc. eexists. reflexivity.
  Qed.

  (** All signals: they are worth of coordinates. *)
  Variable signals : list (list R).
  Let v := coordinates_of signals.
  Hypothesis within_box : inside v box.

  Lemma settled_stands : forall us kept S numbers count S' E here ds, run called (stored tensors) us S = signals ->
    number_of here = length S -> Forall (is_defined v) ds ->
    stands_for numbers S S' -> last numbers 0%nat = count ->
    length S' = Datatypes.S count -> S <> [] -> length E = length S -> (forall o, covers v (nth o S []) (nth o E [])) ->
    last (run called (stored tensors) (concat (settled us kept numbers count E here ds)) S') [] = last signals [].
  Proof.
    induction us as [|u us IH]; intros kept S numbers count S' E here ds RS NH D [G1 G2] LN L N LE C; cbn [settled run concat] in *.
    - subst S. destruct (G2 (length signals - 1)%nat) as [A B]; [destruct signals; [contradiction|cbn; lia]|].
      rewrite !last_nth, <- B, L. rewrite last_nth, G1 in LN. rewrite LN. f_equal. lia.
    - rewrite run_app. set (at_ := fun o => nth o numbers (Datatypes.S count)).
      pose proof (backward_true v box ds within_box D) as NA. set (b := backward box ds) in *.
      assert (F : v One = 1) by reflexivity.
      assert (AT : forall o, nth (at_ o) S' [] = nth o S []).
      { intros o. unfold at_. destruct (Nat.lt_ge_cases o (length S)) as [I|I].
        - rewrite (nth_indep numbers (Datatypes.S count) 0%nat) by lia. apply G2, I.
        - rewrite (nth_overflow numbers) by lia. rewrite (nth_overflow S) by exact I. apply nth_overflow. lia. }
      set (these := if hd false kept then [renumbered at_ u] else in_place b u at_ count E).
      assert (ST : exists middle, run called (stored tensors) these S' = S' ++ middle ++ [value called (stored tensors) u S] /\ Datatypes.S (length middle) = length these).
      { unfold these. destruct (hd false kept); [|apply (in_place_stands tensors b called v F NA); assumption]. exists []. split; [|reflexivity]. cbn [run app].
        rewrite (value_renumbered called (stored tensors) at_ u S S') by (intros; apply AT). reflexivity. }
      assert (HERE : nth (number_of here) signals [] = value called (stored tensors) u S).
      { destruct (run_extends us (S ++ [value called (stored tensors) u S])) as [T E1]. rewrite <- RS, E1, NH, <- app_assoc. apply nth_middle. }
      pose proof (unit_ranges_true tensors called b v F NA u S E C) as CU. rewrite <- HERE in CU.
      destruct (named_true signals here _ CU) as [CN DN]. rewrite HERE in CN.
      destruct ST as [middle [-> M]]. apply IH with (S ++ [value called (stored tensors) u S]).
      + exact RS.
      + rewrite number_next, NH, length_app. cbn [length]. lia.
      + apply DN, D.
      + apply stands_next; [split; assumption|rewrite !length_app; cbn [length]; lia|].
        rewrite app_assoc. replace (count + length these)%nat with (length (S' ++ middle)) by (rewrite length_app; lia). apply nth_middle.
      + apply last_last.
      + rewrite !length_app. cbn [length]. lia.
      + destruct S; discriminate.
      + rewrite !length_app, LE. reflexivity.
      + intros o. destruct (Nat.lt_ge_cases o (length S)) as [I|I].
        * rewrite !app_nth1 by lia. apply C.
        * rewrite !app_nth2 by lia. rewrite LE. destruct (o - length S)%nat as [|k]; cbn [nth]; [exact CN|].
          destruct k; left; reflexivity.
  Qed.
End All.

(** Of a network, for inputs between these ends. *)
Definition on_box {name} (tensors : name -> list (list dyadic)) (ends : list (dyadic * dyadic)) (kept : list bool) (us : list (unit name))
  : list (list (unit name)) :=
  settled tensors (box_of ends) us kept [0%nat] 0 [inputs_of ends] (next One) [].
Theorem on_box_stands : forall name (tensors : name -> list (list dyadic)) called ends kept us x, Forall2 is_between x ends ->
  network called (stored tensors) (concat (on_box tensors ends kept us)) x = network called (stored tensors) us x.
Proof.
  intros name tensors called ends kept us x H. unfold network, on_box. set (signals := run called (stored tensors) us [x]).
  assert (X : nth 0 signals [] = x) by (unfold signals; destruct (run_extends tensors called us [x]) as [T ->]; reflexivity).
  destruct (box_stands ends x signals X H) as [_ [B C]].
  apply (settled_stands tensors (box_of ends) called signals B us kept [x]); try reflexivity; try discriminate; [constructor| |].
  - split; [reflexivity|]. intros [|i] I; cbn in *; [split; [lia|reflexivity]|lia].
  - intros [|[|o]]; cbn [nth]; [exact C|left; reflexivity|left; reflexivity].
Qed.
