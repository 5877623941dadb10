(** By how much the elements of signals move where inputs move by little or much: ranges of differences, each divided by one
    positive number. docs/soundness.md, "Derivatives on a box". *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic Forms Positivity Activations Images Units Differences Represents Groups Lengths Steps Norms Certificate Layout Boxes Inlined Ranges Backward Settled.
Import ListNotations.
Open Scope R_scope.

(** What is between [a t] and [c t], for [t] that is enclosed. *)
Definition cone (a c : dyadic) (e : element) : element :=
  let high := bend a c e in
  let low := image minus_one zero (bend (opp c) (opp a) e) in
  Known (below low) (above high) (lower low) (upper high).
Lemma cone_true : forall v a c e t w, v One = 1 -> encloses v t e -> Rmin (val a * t) (val c * t) <= w <= Rmax (val a * t) (val c * t) ->
  encloses v w (cone a c e).
Proof.
  intros v a c e t w F H [L U]. pose proof (bend_true v a c e t F H) as [[_ H1] [_ H2]].
  pose proof (image_true v F minus_one zero _ _ (bend_true v (opp c) (opp a) e t F H)) as [[H3 _] [H4 _]].
  rewrite val_minus_one, val_zero, !val_opp in H3, H4.
  assert (M : -1 * Rmax (- val c * t) (- val a * t) + 0 = Rmin (val a * t) (val c * t))
    by (unfold Rmax, Rmin; destruct (Rle_dec _ _), (Rle_dec _ _); lra).
  rewrite M in H3, H4. unfold encloses, cone. cbn zeta. cbn [below above lower upper]. lra.
Qed.

Definition first_of {A B} (a : A) (_ : B) : A := a.
(** Two that are sorted move by no less and no more than one of them. *)
Definition mixed (x y : option element) : option element :=
  match x, y with Some x, Some y => Some (flat (least (lower x) (lower y)) (largest (upper x) (upper y))) | _, _ => None end.
Fixpoint mixed_pairs (z : list (option element)) : list (option element) :=
  match z with x :: y :: z' => mixed x y :: mixed x y :: mixed_pairs z' | _ => [] end.

Section Rows.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).
  Variable b : lower_ends.

  Definition moved_line (z : list (option element)) (l : line name) : option element :=
    fold_right (fun e s => both (weighed (dyadic_of tensors (snd e)) (nth (fst e) z None)) s) (Some (constant zero)) (fst l).
  Definition moved_ranges (u : unit name) (signals : list (list (option element))) : list (option element) :=
    let signal n := nth n signals [] in
    let unless_empty o (ranges : list (option element)) := if is_empty (signal o) then [] else ranges in
    map (if mixes u then option_map (clipped b) else fun e => e)
    match u with
    | Dense o weight bias =>
        unless_empty o
          (let y := map (fun row => row_range row (signal o)) (tensors weight) in
           match bias with None => y | Some t => zip first_of y (concat (tensors t)) end)
    | Elementwise o f => match interval f with Some (a, c) => map (option_map (cone a c)) (signal o) | None => [] end
    | MaxMin o => mixed_pairs (signal o)
    | Sum os => sums both (map signal os)
    | Concat os => if existsb (fun o => is_empty (signal o)) os then [] else concat (map signal os)
    | Scale o factor => map (weighed factor) (signal o)
    | Affine o scale shift => zip first_of (zip weighed scale (signal o)) shift
    | Select o indices => unless_empty o (map (fun i => nth i (signal o) None) indices)
    | Linear o m => unless_empty o (map (moved_line (signal o)) (lines m (length (signal o))))
    | Householder _ _ _ | GroupSort _ _ | Cocoercive _ _ _ _ | MaxPool _ _ _ _ | Call _ _ _ => []
    end.

  (** * They cover what the units compute of two inputs *)
  Variable called : nat -> list R -> list R.
  Variable v : index -> R.
  Hypothesis first : v One = 1.
  Hypothesis never_above : is_never_above v b.
  Variable k : R.
  Hypothesis positive_k : 0 < k.

  Definition apart_by (s s' : list R) : list R := zip (fun a c => k * (c - a)) s s'.

  Lemma apart_nth : forall s s' i, length s = length s' -> nth i (apart_by s s') 0 = k * (nth i s' 0 - nth i s 0).
  Proof.
    unfold apart_by. induction s as [|a s IH]; intros [|c s'] i L; try discriminate; [destruct i; cbn; lra|]. injection L as L.
    destruct i as [|i]; cbn [zip nth]; [reflexivity|apply IH, L].
  Qed.
  Lemma apart_map : forall (f : R -> R) g s s', (forall a c, k * (f c - f a) = g (k * (c - a))) -> apart_by (map f s) (map f s') = map g (apart_by s s').
  Proof.
    intros f g s s' H. unfold apart_by. revert s'. induction s as [|a s IH]; intros [|c s']; cbn [map zip]; try reflexivity. rewrite IH, H. reflexivity.
  Qed.
  Lemma apart_rows : forall row s s', length s = length s' -> row_times row (apart_by s s') = k * (row_times row s' - row_times row s).
  Proof.
    unfold row_times, apart_by. induction row as [|a row IH]; intros [|x s] [|c s'] L; try discriminate; cbn [zip fold_right]; try lra.
    injection L as L. rewrite (IH s s' L). ring.
  Qed.
  Lemma apart_plus : forall s t s' t', apart_by (zip Rplus s t) (zip Rplus s' t') = zip Rplus (apart_by s s') (apart_by t t').
  Proof.
    unfold apart_by. induction s as [|a s IH]; intros [|c t] [|a' s'] [|c' t']; cbn [zip]; try reflexivity. rewrite IH. f_equal. ring.
  Qed.
  Lemma apart_shifted : forall A (f : R -> A -> R) s s' t, (forall x y a, f y a - f x a = y - x) ->
    apart_by (zip f s t) (zip f s' t) = zip first_of (apart_by s s') t.
  Proof.
    intros A f s s' t H. revert s' t. unfold apart_by. induction s as [|a s IH]; intros [|c s'] [|d t]; cbn [zip]; try reflexivity.
    rewrite IH. f_equal. unfold first_of. rewrite H. reflexivity.
  Qed.
  Lemma apart_app : forall s t s' t', length s = length s' -> apart_by (s ++ t) (s' ++ t') = apart_by s s' ++ apart_by t t'.
  Proof.
    unfold apart_by. induction s as [|a s IH]; intros t [|c s'] t' L; try discriminate; [reflexivity|]. injection L as L. cbn [app zip]. rewrite (IH _ _ _ L). reflexivity.
  Qed.
  Lemma covers_first : forall A (t : list A) s z, covers v s z -> covers v (zip first_of s t) (zip first_of z t).
  Proof.
    intros A t s z [->|C]; [left; reflexivity|right]. revert t. induction C as [|x e s z X C IH]; intros [|a t]; cbn [zip]; constructor; auto.
  Qed.

  Section Unit.
    Variables S S' : list (list R).
    Variable E : list (list (option element)).
    Hypothesis same : alike S S'.
    Hypothesis cover : forall o, covers v (apart_by (nth o S []) (nth o S' [])) (nth o E []).

    Lemma elements_moved : forall f a c o, interval f = Some (a, c) ->
      covers v (apart_by (map (apply f) (nth o S [])) (map (apply f) (nth o S' []))) (map (option_map (cone a c)) (nth o E [])).
    Proof.
      intros f a c o I. pose proof (interval_slopes _ _ _ I) as SL. destruct (cover o) as [->|C]; [left; reflexivity|right].
      revert C. generalize (nth o E []). generalize (nth o S' []). generalize (nth o S []). unfold apart_by.
      induction l as [|x s IH]; intros [|y s'] z C; cbn [zip map] in *; inversion C; subst; cbn [map]; constructor; auto.
      match goal with H : agrees_with v _ ?e |- _ => destruct e as [e|]; cbn [option_map agrees_with] in *; [|exact Logic.I]; apply (cone_true v a c e _ _ first H) end.
      destruct (Rtotal_order x y) as [L|[Q|G]].
      - pose proof (SL y x L) as [B1 B2]. rewrite Rmin_left, Rmax_right by nra. nra.
      - subst y. replace (k * (x - x)) with 0 by ring. replace (k * (apply f x - apply f x)) with 0 by ring. rewrite !Rmult_0_r, Rmin_left, Rmax_left by lra. lra.
      - pose proof (SL x y G) as [B1 B2]. rewrite Rmin_right, Rmax_left by nra. nra.
    Qed.
    Lemma pairs_moved : forall s s' z, Forall2 (agrees_with v) (apart_by s s') z -> length s = length s' ->
      Forall2 (agrees_with v) (apart_by (max_min s) (max_min s')) (mixed_pairs z).
    Proof.
      fix IH 1. unfold apart_by in *. intros [|x [|y s]] [|x' [|y' s']] z H L; try discriminate; cbn [zip max_min] in *; inversion H as [|d e ds es D H']; subst; try exact (Forall2_nil _);
        inversion H' as [|d2 e2 ds2 es2 D2 H2]; subst; try exact (Forall2_nil _).
      injection L as L. specialize (IH s s' es2 H2 L).
      cbn [mixed_pairs]. destruct e as [e|], e2 as [e2|]; cbn [mixed agrees_with] in *; try (constructor; [exact I|]; constructor; [exact I|exact IH]).
      destruct D as [_ [D1 D3]], D2 as [_ [D2 D4]].
      assert (G : forall w, Rmin (k * (x' - x)) (k * (y' - y)) <= w <= Rmax (k * (x' - x)) (k * (y' - y)) ->
        agrees_with v w (Some (flat (least (lower e) (lower e2)) (largest (upper e) (upper e2))))).
      { intros w W. cbn [agrees_with]. unfold encloses, flat. cbn [below above Ranges.lower Ranges.upper]. rewrite !(number_value v first), val_least, val_largest.
        unfold Rmin, Rmax in *. repeat match goal with |- context [Rle_dec ?p ?q] => destruct (Rle_dec p q) | _ : context [Rle_dec ?p ?q] |- _ => destruct (Rle_dec p q) end; lra. }
      constructor; [|constructor; [|exact IH]]; apply G; unfold Rmin, Rmax;
        destruct (Rle_dec x y), (Rle_dec x' y'), (Rle_dec (k * (x' - x)) (k * (y' - y))); nra.
    Qed.

    Theorem moved_ranges_true : forall u, covers v (apart_by (value called (stored tensors) u S) (value called (stored tensors) u S')) (moved_ranges u E).
    Proof.
      intros u. unfold moved_ranges. rewrite <- (map_id (apart_by _ _)).
      apply (covers_map v); [intros x [e|] A; destruct (mixes u); cbn; [apply clipped_true; assumption|exact A|exact I|exact I]|].
      assert (LEN : forall o, length (nth o S []) = length (nth o S' [])) by (intros; apply alike_nth, same).
      destruct u; cbn [value]; try (left; reflexivity); try pose proof (cover operand) as O; try pose proof (LEN operand) as LO.
      - destruct (is_empty (nth operand E [])) eqn:N; [left; reflexivity|]. destruct O as [O|O]; [rewrite O in N; discriminate|].
        assert (Y : covers v (apart_by (map (fun row => row_times row (nth operand S [])) (stored tensors weight)) (map (fun row => row_times row (nth operand S' [])) (stored tensors weight)))
          (map (fun row => row_range row (nth operand E [])) (tensors weight))).
        { right. unfold stored. rewrite !map_map. unfold apart_by at 1. induction (tensors weight) as [|row rows IH]; cbn [map zip]; [constructor|].
          constructor; [|exact IH]. rewrite <- (apart_rows _ _ _ LO). apply row_range_true; assumption. }
        destruct bias as [t|]; cbn [shifted]; [|exact Y]. rewrite apart_shifted by (intros; ring). unfold stored at 3. rewrite <- concat_map.
        assert (ZM : forall A B C (l : list A) (m : list B) (g : B -> C), zip first_of l (map g m) = zip first_of l m).
        { intros A B C l m g. revert m. induction l as [|p l IH]; intros [|q m]; cbn; [reflexivity|reflexivity|reflexivity|]. rewrite IH. reflexivity. }
        rewrite ZM. apply covers_first, Y.
      - destruct (interval f) as [[a c]|] eqn:I; [|left; reflexivity]. apply elements_moved, I.
      - destruct O as [->|O]; [left; reflexivity|right; apply pairs_moved; assumption].
      - induction operands as [|o os IH]; [left; reflexivity|]. cbn [map]. destruct os as [|p os]; [apply cover|].
        cbn [map sums] in *. rewrite apart_plus. apply covers_both; [apply cover|exact IH].
      - destruct (existsb _ _) eqn:N; [left; reflexivity|right]. induction operands as [|o os IH]; cbn [map concat existsb] in *; [constructor|].
        apply orb_false_iff in N. destruct N as [N1 N2]. rewrite apart_app by apply LEN. apply Forall2_app; [|apply IH, N2].
        destruct (cover o) as [Z|F]; [rewrite Z in N1; discriminate|exact F].
      - rewrite (apart_map _ (Rmult (val factor))) by (intros; ring). apply (covers_map v); [|exact O]. intros. apply weighed_true; assumption.
      - rewrite apart_shifted by (intros; ring). apply covers_first.
        assert (ZZ : forall ds s s', apart_by (zip (fun a x => val a * x) ds s) (zip (fun a x => val a * x) ds s') = zip (fun a x => val a * x) ds (apart_by s s')).
        { unfold apart_by. clear. induction ds as [|d ds IH]; intros [|x s] [|y s']; cbn [zip]; try reflexivity. rewrite IH. f_equal. ring. }
        rewrite ZZ. apply covers_zip; [|exact O]. intros. apply weighed_true; assumption.
      - destruct (is_empty (nth operand E [])) eqn:N; [left; reflexivity|right]. unfold apart_by at 1.
        induction indices as [|i is IH]; cbn [map zip]; [constructor|]. constructor; [|exact IH]. rewrite <- (apart_nth _ _ _ LO). apply covers_nth, O.
      - destruct (is_empty (nth operand E [])) eqn:N; [left; reflexivity|right]. destruct O as [O|O]; [rewrite O in N; discriminate|].
        assert (LE : length (nth operand E []) = length (nth operand S [])).
        { rewrite <- (Forall2_length O). unfold apart_by. rewrite zip_length, LO. apply Nat.min_id. }
        rewrite LE, <- LO. unfold apart_by at 1. induction (lines rows _) as [|[es c] ls IH]; cbn [map zip]; [constructor|]. constructor; [|exact IH].
        unfold line_value, moved_line. cbn [fst snd]. clear IH.
        induction es as [|[i a] es IH]; cbn [fold_right fst snd].
        + replace (k * (0 + worth_of (stored tensors) c - (0 + worth_of (stored tensors) c))) with (val zero) by (rewrite val_zero; ring). exact (constant_true v first zero).
        + match goal with |- agrees_with _ (k * (?p * ?q + ?r + ?w - (?p * ?q' + ?r' + ?w))) _ =>
            replace (k * (p * q + r + w - (p * q' + r' + w))) with (p * (k * (q - q')) + k * (r + w - (r' + w))) by ring end.
          apply both_true; [|exact IH]. rewrite worth_stored. apply weighed_true; [exact first|]. rewrite <- (apart_nth _ _ _ LO). apply covers_nth. right. exact O.
    Qed.
  End Unit.
End Rows.

(** * Of all units *)
Section All.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).
  Variable box : intervals.
  (** [here] is the number of the next unit's signal, and [ds] says between what forms elements of those before move. *)
  Fixpoint all_moved (us : list (unit name)) (moves : list (list (option element))) (here : index) (ds : definitions) : list (list (option element)) :=
    match us with
    | [] => moves
    | u :: us' => let es := moved_ranges tensors (backward box ds) u moves in all_moved us' (moves ++ [named here One es]) (next here) (defined here One es ds)
    end.

  Variable called : nat -> list R -> list R.
  Variable k : R.
  Hypothesis positive_k : 0 < k.
  (** By how much all signals move: it is worth of coordinates. *)
  Definition all_apart (S S' : list (list R)) : list (list R) := zip (apart_by k) S S'.
  Variable signals : list (list R).
  Let v := coordinates_of signals.
  Hypothesis within_box : inside v box.

  Lemma all_apart_nth : forall S S' i, length S = length S' -> nth i (all_apart S S') [] = apart_by k (nth i S []) (nth i S' []).
  Proof.
    unfold all_apart. induction S as [|s S IH]; intros [|s' S'] i L; try discriminate; [destruct i; reflexivity|]. injection L as L.
    destruct i as [|i]; cbn [zip nth]; [reflexivity|apply IH, L].
  Qed.
  Lemma run_alike : forall us S S', alike S S' -> length (run called (stored tensors) us S) = length (run called (stored tensors) us S').
  Proof.
    induction us as [|u us IH]; intros S S' A; cbn [run]; [exact (Forall2_length A)|]. apply IH. apply Forall2_app; [exact A|]. constructor; [apply value_alike, A|constructor].
  Qed.
  Lemma all_moved_true : forall us S S' E here ds, alike S S' ->
    all_apart (run called (stored tensors) us S) (run called (stored tensors) us S') = signals -> number_of here = length S -> Forall (is_defined v) ds ->
    length E = length S -> S <> [] -> (forall o, covers v (apart_by k (nth o S []) (nth o S' [])) (nth o E [])) ->
    covers v (apart_by k (last (run called (stored tensors) us S) []) (last (run called (stored tensors) us S') [])) (last (all_moved us E here ds) []).
  Proof.
    induction us as [|u us IH]; intros S S' E here ds A RS NH D L N C; cbn [run all_moved] in *.
    - rewrite !last_nth, L. rewrite <- (Forall2_length A). apply C.
    - pose proof (Forall2_length A) as LA. assert (A2 : alike (S ++ [value called (stored tensors) u S]) (S' ++ [value called (stored tensors) u S'])).
      { apply Forall2_app; [exact A|]. constructor; [apply value_alike, A|constructor]. }
      assert (HERE : nth (number_of here) signals [] = apart_by k (value called (stored tensors) u S) (value called (stored tensors) u S')).
      { rewrite <- RS, all_apart_nth by (apply run_alike, A2). rewrite NH. f_equal.
        - destruct (run_extends tensors called us (S ++ [value called (stored tensors) u S])) as [T ->]. rewrite <- app_assoc. apply nth_middle.
        - destruct (run_extends tensors called us (S' ++ [value called (stored tensors) u S'])) as [T ->]. rewrite LA, <- app_assoc. apply nth_middle. }
      pose proof (backward_true v box ds within_box D) as NA.
      pose proof (moved_ranges_true tensors (backward box ds) called v eq_refl NA k positive_k S S' E A C u) as CU. rewrite <- HERE in CU.
      destruct (named_true signals here _ CU) as [CN DN]. rewrite HERE in CN. apply IH; [exact A2|exact RS| | | | |].
      + rewrite number_next, NH, length_app. cbn [length]. lia.
      + apply DN, D.
      + rewrite !length_app, L. reflexivity.
      + destruct S; discriminate.
      + intros o. destruct (Nat.lt_ge_cases o (length S)) as [I|I].
        * rewrite !app_nth1 by lia. apply C.
        * rewrite !app_nth2 by lia. rewrite L, <- LA. destruct (o - length S)%nat as [|m]; cbn [nth]; [exact CN|].
          destruct m; left; reflexivity.
  Qed.
End All.

(** * Of two inputs that are apart by no more than 1, in a norm, or that differ in one element alone *)
Section Claims.
  Context {name : Type}.
  Variable tensors : name -> list (list dyadic).
  Variable called : nat -> list R -> list R.

  Definition largest_move (e : option element) : option dyadic := option_map (fun e => largest (abs (lower e)) (abs (upper e))) e.
  Definition squares_of (es : list (option element)) : option dyadic :=
    fold_right (fun e s => match largest_move e, s with Some m, Some t => Some (add (mul m m) t) | _, _ => None end) (Some zero) es.
  Definition moves_by (to : norm) (bound : dyadic) (es : list (option element)) : bool :=
    negb (is_empty es) &&
    match to with
    | Linf => forallb (fun e => match largest_move e with Some m => le m bound | None => false end) es
    | L2 => match squares_of es with Some s => le s (mul bound bound) | None => false end
    end.
  Definition ball (n : nat) : list (dyadic * dyadic) := repeat (minus_one, one) n.
  (** All differences of inputs that are apart by no more than 1: made once, for all parts of a box. *)
  Definition all_moves (n : nat) : intervals * list (option element) := (box_of (ball n), inputs_of (ball n)).
  Definition bounded_by_rows (us : list (unit name)) (moves : intervals * list (option element)) (to : norm) (bound : dyadic) : bool :=
    moves_by to bound (last (all_moved tensors (fst moves) us [snd moves] (next One) []) []).
  Definition one_moves (n i : nat) : list (option element) := map (fun q => Some (constant (if Nat.eqb q i then one else zero))) (seq 0 n).
  Definition has_sign (up : bool) (e : option element) : bool :=
    match e with Some e => nonnegative (if up then lower e else opp (upper e)) | None => false end.
  Definition monotone_by_rows (us : list (unit name)) (n : nat) (up : bool) (ins outs : list nat) : bool :=
    forallb (fun i => let es := last (all_moved tensors (box_of []) us [one_moves n i] (next One) []) [] in forallb (fun j => has_sign up (nth j es None)) outs) ins.

  Definition is_within (most : dyadic) (e : option element) : bool := match largest_move e with Some m => le m most | None => false end.
  Definition sloped_by_rows (us : list (unit name)) (n : nat) (slopes : list dyadic) (outs : list nat) : bool :=
    forallb (fun '(i, most) => let es := last (all_moved tensors (box_of []) us [one_moves n i] (next One) []) [] in forallb (fun j => is_within most (nth j es None)) outs)
      (combine (seq 0 n) slopes).

  Lemma network_alike : forall us x x', length x = length x' ->
    length (network called (stored tensors) us x) = length (network called (stored tensors) us x').
  Proof.
    intros us x x' L. unfold network.
    assert (G : forall us S S', alike S S' -> length (last (run called (stored tensors) us S) []) = length (last (run called (stored tensors) us S') [])).
    { clear. induction us as [|u us IH]; intros S S' A; cbn [run]; [rewrite !last_nth, <- (Forall2_length A); apply alike_nth, A|].
      apply IH. apply Forall2_app; [exact A|]. constructor; [apply value_alike, A|constructor]. }
    apply G. constructor; [exact L|constructor].
  Qed.

  Lemma first_apart : forall k us x x', length x = length x' ->
    nth 0 (all_apart k (run called (stored tensors) us [x]) (run called (stored tensors) us [x'])) [] = apart_by k x x'.
  Proof.
    intros k us x x' L. rewrite all_apart_nth by (apply run_alike; constructor; [exact L|constructor]).
    destruct (run_extends tensors called us [x]) as [T ->], (run_extends tensors called us [x']) as [T' ->]. reflexivity.
  Qed.
  Lemma element_below : forall from d i, Rabs (nth i d 0) <= length_in from d.
  Proof.
    intros [|] d i; cbn [length_in].
    - rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. apply square_below.
    - revert i. induction d as [|a d IH]; intros [|i]; cbn [nth fold_right]; [rewrite Rabs_R0; lra|rewrite Rabs_R0; lra|apply Rmax_l|].
      eapply Rle_trans; [apply IH|apply Rmax_r].
  Qed.
  Lemma difference_nth : forall x x' i, length x = length x' -> nth i (zip Rminus x x') 0 = nth i x 0 - nth i x' 0.
  Proof.
    induction x as [|a x IH]; intros [|c x'] i L; try discriminate; [destruct i; cbn; lra|]. injection L as L.
    destruct i as [|i]; cbn [zip nth]; [reflexivity|apply IH, L].
  Qed.
  Lemma same_elements : forall x x' : list R, length x = length x' -> (forall i, nth i x 0 = nth i x' 0) -> x = x'.
  Proof. intros x x' L H. apply (nth_ext x x' 0 0 L). intros i _. apply H. Qed.
  Lemma distance_same : forall to y, distance to y y = 0.
  Proof.
    intros to y. unfold distance. assert (Z : zip Rminus y y = map (fun _ => 0) y).
    { induction y as [|a y IH]; cbn; [reflexivity|]. rewrite IH. f_equal. ring. }
    rewrite Z. clear Z. destruct to; cbn [length_in].
    - assert (Q : squared (map (fun _ => 0) y) = 0) by (unfold squared; induction y as [|a y IH]; cbn; [reflexivity|rewrite IH; ring]). rewrite Q. apply sqrt_0.
    - induction y as [|a y IH]; cbn; [reflexivity|]. rewrite IH, Rabs_R0. apply Rmax_left. lra.
  Qed.

  Lemma apart_squared : forall k s s', length s = length s' -> squared (apart_by k s s') = k * k * squared (zip Rminus s s').
  Proof.
    intros k. unfold apart_by, squared. induction s as [|a s IH]; intros [|c s'] L; try discriminate; cbn [zip fold_right]; [ring|].
    injection L as L. rewrite (IH _ L). ring.
  Qed.

  Theorem bounded_by_rows_true : forall us n from to bound, nonnegative bound = true -> bounded_by_rows us (all_moves n) to bound = true ->
    forall x x', length x = n -> length x' = n ->
    distance to (network called (stored tensors) us x) (network called (stored tensors) us x') <= val bound * distance from x x'.
  Proof.
    intros us n from to bound B H x x' L L'. apply nonnegative_true in B. assert (LL : length x = length x') by congruence.
    pose proof (network_alike us x x' LL) as LY. pose proof (length_nonnegative from (zip Rminus x x')) as N0. fold (distance from x x') in N0.
    assert (EL : forall i, Rabs (nth i x 0 - nth i x' 0) <= distance from x x')
      by (intros i; rewrite <- (difference_nth _ _ _ LL); apply element_below).
    set (N := distance from x x') in *. clearbody N. destruct N0 as [N0|N0].
    2: { replace x' with x; [rewrite distance_same, <- N0; lra|]. apply same_elements; [exact LL|]. intros i. specialize (EL i). rewrite <- N0 in EL.
         pose proof (Rabs_pos (nth i x 0 - nth i x' 0)) as P. apply Rminus_diag_uniq. destruct (Req_dec (nth i x 0 - nth i x' 0) 0) as [Z|Z]; [exact Z|].
         apply Rabs_pos_lt in Z. lra. }
    assert (K : 0 < / N) by (apply Rinv_0_lt_compat; exact N0).
    assert (IN : Forall2 is_between (apart_by (/ N) x x') (ball n)).
    { clear -EL L LL N0 K. unfold ball. rewrite <- L. clear L. revert x' LL EL. unfold apart_by. induction x as [|a x IH]; intros [|c x'] LL EL; try discriminate; cbn [length repeat zip]; constructor.
      - specialize (EL 0%nat). cbn in EL. unfold is_between. cbn [fst snd]. rewrite val_minus_one, val_one.
        assert (Q : / N * N = 1) by (field; lra). apply Rabs_le_inv in EL || (unfold Rabs in EL; destruct (Rcase_abs _)); nra.
      - injection LL as LL. apply IH; [exact LL|]. intros i. exact (EL (Datatypes.S i)). }
    set (signals := all_apart (/ N) (run called (stored tensors) us [x]) (run called (stored tensors) us [x'])).
    assert (FS : nth 0 signals [] = apart_by (/ N) x x') by (apply first_apart, LL).
    destruct (box_stands _ _ signals FS IN) as [F [IB C]]. set (v := coordinates_of signals) in *.
    assert (CV : covers v (apart_by (/ N) (network called (stored tensors) us x) (network called (stored tensors) us x'))
      (last (all_moved tensors (box_of (ball n)) us [inputs_of (ball n)] (next One) []) [])).
    { unfold network. apply (all_moved_true tensors (box_of (ball n)) called (/ N) K signals IB); [constructor; [exact LL|constructor]|reflexivity|reflexivity|constructor|reflexivity|discriminate|].
      intros [|[|o]]; cbn [nth]; [exact C|left; reflexivity|left; reflexivity]. }
    unfold bounded_by_rows, all_moves in H. cbn [fst snd] in H. set (es := last (all_moved _ _ _ _ _ _) []) in *. set (y := network _ _ us x) in *. set (y' := network _ _ us x') in *.
    unfold moves_by in H. apply andb_true_iff in H. destruct H as [NE H]. destruct CV as [CV|CV]; [rewrite CV in NE; discriminate|].
    assert (MV : forall e d, agrees_with v d e -> forall m, largest_move e = Some m -> Rabs d <= val m).
    { intros [e|] d A m M; [|discriminate]. injection M as <-. destruct A as [_ [A1 A2]]. rewrite val_largest, !val_abs. unfold Rmax, Rabs.
      destruct (Rle_dec _ _), (Rcase_abs d), (Rcase_abs (val (lower e))), (Rcase_abs (val (upper e))); unfold Rabs in *;
        repeat match goal with _ : context [Rcase_abs ?q] |- _ => destruct (Rcase_abs q) end; lra. }
    assert (MU : forall a, Rabs (/ N * a) <= val bound -> Rabs a <= val bound * N).
    { intros a A. rewrite Rabs_mult, (Rabs_right (/ N)) in A by lra. apply (Rmult_le_compat_r N) in A; [|lra].
      replace (/ N * Rabs a * N) with (Rabs a) in A by (field; lra). exact A. }
    unfold distance at 1. destruct to.
    - cbn [length_in]. destruct (squares_of es) as [s|] eqn:SQ; [|discriminate]. apply le_true in H. rewrite val_mul in H.
      assert (Q : squared (apart_by (/ N) y y') <= val s).
      { clear -CV SQ MV. revert s SQ. unfold squares_of, squared. induction CV as [|d e ds es A CV IH]; intros s SQ; cbn [fold_right] in *; [injection SQ as <-; rewrite val_zero; lra|].
        destruct (largest_move e) as [m|] eqn:M; [|discriminate]. destruct (fold_right _ _ es) as [t|]; [|discriminate]. injection SQ as <-.
        specialize (IH _ eq_refl). pose proof (MV _ _ A _ M) as B. rewrite val_add, val_mul. pose proof (Rabs_pos d).
        assert (D : d * d = Rabs d * Rabs d) by (rewrite <- Rabs_mult; symmetry; apply Rabs_right; nra). nra. }
      pose proof (apart_squared (/ N) y y' LY) as Q2.
      rewrite <- (sqrt_square (val bound * N)) by (apply Rmult_le_pos; lra). apply sqrt_le_1_alt. rewrite Q2 in Q.
      assert (Q3 : / N * / N * squared (zip Rminus y y') <= val bound * val bound) by lra.
      apply (Rmult_le_compat_r (N * N)) in Q3; [|nra]. replace (/ N * / N * squared (zip Rminus y y') * (N * N)) with (squared (zip Rminus y y')) in Q3 by (field; lra). lra.
    - apply max_below; [apply Rmult_le_pos; lra|]. intros i I. rewrite difference_nth by exact LY. apply MU.
      rewrite zip_length, LY, Nat.min_id in I.
      replace (/ N * (nth i y 0 - nth i y' 0)) with (- nth i (apart_by (/ N) y y') 0) by (rewrite apart_nth by exact LY; ring). rewrite Rabs_Ropp.
      assert (LD : length (apart_by (/ N) y y') = length y') by (unfold apart_by; rewrite zip_length, LY; apply Nat.min_id).
      clear -CV H MV I LD. revert i I. rewrite <- LD. clear LD. induction CV as [|d e ds es A CV IH]; intros i I; [cbn in I; lia|]. cbn [forallb] in H. apply andb_true_iff in H. destruct H as [H1 H2].
      destruct i as [|i]; cbn [nth]; [|apply (IH H2); cbn in I; lia]. destruct (largest_move e) as [m|] eqn:M; [|discriminate]. apply le_true in H1.
      pose proof (MV _ _ A _ M). lra.
  Qed.

  (** Of two inputs of which one element rises, by [1 / k], and no other one moves. *)
  Lemma one_moved : forall us n i j x x', length x = n -> length x' = n -> nth i x 0 < nth i x' 0 -> alone i x x' ->
    let k := / (nth i x' 0 - nth i x 0) in
    agrees_with (coordinates_of (all_apart k (run called (stored tensors) us [x]) (run called (stored tensors) us [x'])))
      (k * (nth j (network called (stored tensors) us x') 0 - nth j (network called (stored tensors) us x) 0))
      (nth j (last (all_moved tensors (box_of []) us [one_moves n i] (next One) []) []) None).
  Proof.
    intros us n i j x x' L L' R Q k. assert (LL : length x = length x') by congruence.
    set (N := nth i x' 0 - nth i x 0) in *. assert (N0 : 0 < N) by (unfold N; lra). assert (K : 0 < k) by (apply Rinv_0_lt_compat; exact N0).
    set (signals := all_apart k (run called (stored tensors) us [x]) (run called (stored tensors) us [x'])). set (v := coordinates_of signals).
    assert (F : v One = 1) by reflexivity. assert (IB : inside v (box_of [])) by (cbn [box_of box_from inside]; rewrite F, val_one; repeat split; lra).
    assert (C : covers v (apart_by k x x') (one_moves n i)).
    { right. assert (AX : apart_by k x x' = map (fun q => val (if Nat.eqb q i then one else zero)) (seq 0 n)).
      { apply (nth_ext _ _ 0 (val (if Nat.eqb 0 i then one else zero))); [unfold apart_by; rewrite zip_length, length_map, length_seq, LL, Nat.min_id; congruence|].
        intros q I'. unfold apart_by in I'. rewrite zip_length, LL, Nat.min_id, L' in I'. rewrite apart_nth by exact LL.
        rewrite (map_nth (fun q => val (if Nat.eqb q i then one else zero))), seq_nth by exact I'. cbn [Nat.add]. destruct (Nat.eqb_spec q i) as [->|D].
        - fold N. rewrite val_one. unfold k. field. lra.
        - rewrite (Q _ D), val_zero. ring. }
      rewrite AX. clear AX. unfold one_moves. induction (seq 0 n) as [|q qs IH]; cbn [map]; [constructor|]. constructor; [apply constant_true, F|exact IH]. }
    assert (CV : covers v (apart_by k (network called (stored tensors) us x) (network called (stored tensors) us x'))
      (last (all_moved tensors (box_of []) us [one_moves n i] (next One) []) [])).
    { unfold network. apply (all_moved_true tensors (box_of []) called k K signals IB); [constructor; [exact LL|constructor]|reflexivity|reflexivity|constructor|reflexivity|discriminate|].
      intros [|[|o]]; cbn [nth]; [exact C|left; reflexivity|left; reflexivity]. }
    apply (covers_nth v _ _ j) in CV. rewrite apart_nth in CV by (apply network_alike, LL). exact CV.
  Qed.

  Theorem monotone_by_rows_true : forall us n up ins outs, monotone_by_rows us n up ins outs = true ->
    forall i j, In i ins -> In j outs -> forall x x', length x = n -> length x' = n -> nth i x 0 <= nth i x' 0 -> alone i x x' ->
    let y := nth j (network called (stored tensors) us x) 0 in let y' := nth j (network called (stored tensors) us x') 0 in
    if up then y <= y' else y' <= y.
  Proof.
    intros us n up ins outs H i j I J x x' L L' R Q y y'. destruct (Rle_lt_or_eq_dec _ _ R) as [P|Z].
    2: { assert (E : x = x') by (apply same_elements; [congruence|]; intros q; destruct (Nat.eq_dec q i) as [->|D]; [exact Z|apply Q, D]).
         unfold y, y'. rewrite E. destruct up; lra. }
    pose proof (one_moved us n i j x x' L L' P Q) as C. cbv zeta in C. fold y y' in C.
    unfold monotone_by_rows in H. rewrite forallb_forall in H. specialize (H i I). cbv zeta in H. rewrite forallb_forall in H. specialize (H j J).
    destruct (nth j _ None) as [e|]; [|discriminate]. destruct C as [_ [A1 A2]]. cbn [has_sign] in H.
    assert (M : forall a, 0 <= / (nth i x' 0 - nth i x 0) * a -> 0 <= a).
    { intros a A. apply (Rmult_le_compat_r (nth i x' 0 - nth i x 0)) in A; [|lra].
      replace (/ (nth i x' 0 - nth i x 0) * a * (nth i x' 0 - nth i x 0)) with a in A by (field; lra). lra. }
    destruct up; apply nonnegative_true in H.
    - enough (0 <= y' - y) by lra. apply M. lra.
    - rewrite val_opp in H. enough (0 <= y - y') by lra. apply M. lra.
  Qed.

  Theorem sloped_by_rows_true : forall us n slopes outs, sloped_by_rows us n slopes outs = true -> length slopes = n ->
    forall i j, (i < n)%nat -> In j outs -> forall x x', length x = n -> length x' = n -> alone i x x' ->
    Rabs (nth j (network called (stored tensors) us x) 0 - nth j (network called (stored tensors) us x') 0) <= val (nth i slopes zero) * Rabs (nth i x 0 - nth i x' 0).
  Proof.
    intros us n slopes outs H S i j I J. unfold sloped_by_rows in H. rewrite forallb_forall in H.
    assert (IN : In (i, nth i slopes zero) (combine (seq 0 n) slopes)).
    { replace (i, nth i slopes zero) with (nth i (combine (seq 0 n) slopes) (0%nat, zero)).
      - apply nth_In. rewrite length_combine, length_seq, S, Nat.min_id. exact I.
      - rewrite combine_nth by (rewrite length_seq; congruence). rewrite seq_nth by exact I. reflexivity. }
    specialize (H _ IN). cbv beta zeta iota in H. rewrite forallb_forall in H. specialize (H j J). clear IN J.
    set (f := fun x => nth j (network called (stored tensors) us x) 0). set (most := val (nth i slopes zero)) in *.
    assert (UP : forall x x', length x = n -> length x' = n -> nth i x 0 < nth i x' 0 -> alone i x x' -> Rabs (f x' - f x) <= most * (nth i x' 0 - nth i x 0)).
    { intros x x' L L' R Q. pose proof (one_moved us n i j x x' L L' R Q) as C. cbv zeta in C. fold (f x) (f x') in C.
      unfold is_within in H. destruct (nth j _ None) as [e|]; [|discriminate]. cbn [largest_move option_map] in H. apply le_true in H. fold most in H.
      destruct C as [_ [A1 A2]]. rewrite val_largest, !val_abs in H. set (N := nth i x' 0 - nth i x 0) in *. set (d := f x' - f x) in *.
      assert (N0 : 0 < N) by (unfold N; lra). assert (B : - most <= / N * d <= most).
      { unfold Rmax in H. destruct (Rle_dec _ _) in H; unfold Rabs in *; destruct (Rcase_abs (val (lower e))), (Rcase_abs (val (upper e))); lra. }
      assert (E : d = N * (/ N * d)) by (field; lra). set (q := / N * d) in *. apply Rabs_le. rewrite E. split; nra. }
    intros x x' L L' Q. fold (f x) (f x'). destruct (Rtotal_order (nth i x 0) (nth i x' 0)) as [R|[R|R]].
    - rewrite (Rabs_minus_sym (f x)), (Rabs_minus_sym (nth i x 0)), (Rabs_pos_eq (nth i x' 0 - nth i x 0)) by lra. apply UP; assumption.
    - assert (E : x = x') by (apply same_elements; [congruence|]; intros q; destruct (Nat.eq_dec q i) as [->|D]; [exact R|apply Q, D]).
      rewrite E. unfold Rminus. rewrite !Rplus_opp_r, Rabs_R0. lra.
    - rewrite (Rabs_pos_eq (nth i x 0 - _)) by lra. apply UP; try assumption. intros k D. symmetry. apply Q, D.
  Qed.
End Claims.
