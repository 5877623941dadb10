(** The theorem of the program: that of Meaning.v, and that it is not about nothing. Of all certificates that were read there
    are functions, of those by construction too, as the reader takes none of another form, nor of bound 0. *)
From Coq Require Import ZArith String List Bool Reals Lra.
From Lipc Require Import Dyadic Activations Units Certificate Document Layout Reading Constructed Claim Terms.
From Lipc Require Import Matrices Contractions Existence ResidualExistence Constructions NetworkExistence Listed Formed Meaning.
Import ListNotations.

(** * The simplest parameters: of any widths, Lambda = I, N = 0 and A = 0; Formed.v has all others *)
Definition zeros : matrix := fun _ _ => 0%R.
Lemma zeros_square : forall m n u, square_of m (times_vector n zeros u) = 0%R.
Proof.
  intros m n u. unfold square_of, scalar_product, times_vector, zeros. rewrite (sum_same m _ (fun _ => 0%R)); [apply sum_zero|].
  intros i _. rewrite sum_scaled. ring.
Qed.
Lemma zeros_contraction : forall m n, contraction m n zeros.
Proof. intros m n u. rewrite zeros_square. apply square_nonnegative. Qed.
Lemma zeros_strict : forall m n, strict m n zeros.
Proof. intros m n u P. rewrite zeros_square. exact P. Qed.

Definition simplest (width : nat) (a b : R) : parameters :=
  {| elements := width; low := a; high := b; multiplier_root := fun _ => 1%R; direction := zeros |}.
Lemma simplest_free : forall n width a b, (a < b)%R -> free n (simplest width a b).
Proof. intros n width a b H. split; [exact H|]. split; [intros; exact Rlt_0_1|]. split; [apply zeros_contraction|right; apply zeros_strict]. Qed.

Lemma chain_parameters : forall (width : @place tensor -> nat) hs, Forall (fun h => exists a b, (a < b)%R /\ slopes a b (apply (activation h))) hs ->
  exists ps, Forall2 suits hs ps /\ Forall2 (fun h p => elements p = width h) hs ps /\ forall n, all_free n ps.
Proof.
  induction 1 as [|h hs [a [b [AB S]]] _ [ps [P [W F]]]]; [exists []; repeat split; constructor|].
  exists (simplest (width h) a b :: ps). split; [constructor; assumption|]. split; [constructor; [reflexivity|exact W]|]. intros n. split; [apply simplest_free, AB|apply F].
Qed.
Lemma residual_parameters : forall (width : @place tensor -> nat) hs, Forall (fun h => slopes 0 1 (apply (activation h))) hs ->
  exists ps, Forall2 suits hs ps /\ Forall2 (fun h p => elements p = width h) hs ps /\ forall n, residual_free n ps.
Proof.
  induction 1 as [|h hs S _ [ps [P [W F]]]]; [exists []; repeat split; constructor|].
  exists (simplest (width h) 0 1 :: ps). split; [constructor; assumption|]. split; [constructor; [reflexivity|exact W]|]. intros n. split; [apply simplest_free, Rlt_0_1|].
  split; [reflexivity|]. split; [reflexivity|]. split; [intros; apply zeros_strict|apply F].
Qed.

(** * What was read *)
Definition was_read (c : claim) : Prop := exists earlier digest j, claim_of earlier digest j = Accepted c.

Lemma claims_of_read : forall fuel depth texts read digest all,
  claims_of fuel depth texts read digest = Accepted all -> Forall was_read read -> Forall was_read all.
Proof.
  induction fuel as [|fuel IH]; intros depth texts read digest all H R; cbn [claims_of] in H;
    (destruct (existsb (fun c => String.eqb (its_digest c) digest) read); [injection H as <-; exact R|]);
    destruct (Document.found String.eqb digest texts) as [text|]; try discriminate.
  next H. destruct (claim_of read digest (text tt)) as [c| | |callee] eqn:C; try discriminate.
  - injection H as <-. apply Forall_app. split; [exact R|]. constructor; [exists read, digest, (text tt); exact C|constructor].
  - next H. eapply IH; [exact H|]. eapply IH; [exact E0|exact R].
Qed.
Lemma claims_given_read : forall given claims, claims_given given = Accepted claims -> Forall was_read claims.
Proof.
  intros given claims H. unfold claims_given in H. cbv zeta in H. next H. apply bind_accepted in H. destruct H as [all [A H]].
  repeat next H. injection H as ->. unfold all_claims in A. destruct (map _ given) as [|[digest text] texts]; [injection A as <-; constructor|].
  exact (claims_of_read _ _ _ _ _ _ A (Forall_nil _)).
Qed.

(** A construction of bound 0 is rejected. Its residual form would have no parameters, as |A| < L. *)
Lemma construction_bound : forall c which, was_read c -> its_grounds c = ByConstruction which -> (0 < val (its_bound c))%R.
Proof.
  intros c which [earlier [digest [j H]]] G. unfold claim_of in H. repeat next H. injection H as <-. cbn [its_grounds its_bound] in *. subst.
  match goal with on : rests_on |- _ => destruct on; try discriminate end.
  match goal with S : suits_construction _ _ _ _ _ = Accepted _ |- _ => unfold suits_construction in S; do 3 next S end.
  match goal with B : equal _ _ && lt zero _ = true |- _ => apply andb_true_iff in B; destruct B as [_ B]; apply lt_true in B end.
  rewrite <- val_zero. assumption.
Qed.

Lemma construction_has_function : forall earlier c which, was_read c -> its_grounds c = ByConstruction which ->
  exists f, is_function earlier (Free c which) f.
Proof.
  intros earlier c which R G. pose proof (construction_bound c which R G) as B. destruct R as [before [digest [j R]]].
  set (width := fun h : @place tensor => nth (at_unit (dense_of h)) (its_inputs c :: map extent (its_units c)) 0%nat).
  destruct which; cbn [is_function].
  - destruct (chain_has_tensors _ _ _ _ R G) as [hs [S H]]. destruct (chain_parameters width hs S) as [ps [P [W F]]].
    destruct (H (val (its_bound c)) (its_inputs c) (last_size c) ps zeros P (F _) (zeros_contraction _ _)) as [free [_ [_ [_ [_ [_ [_ [M T]]]]]]]].
    exists (function (fun k => nth k earlier (fun _ => None)) free (its_inputs c) (its_units c)), free. split; [reflexivity|]. split; [|exact M].
    apply T; [reflexivity|reflexivity|exact W].
  - destruct (residual_has_tensors _ _ _ _ R G) as [hs [S H]]. destruct (residual_parameters width hs S) as [ps [P [W F]]].
    destruct (H (val (its_bound c)) (its_inputs c) (last_size c) zeros ps zeros P (F _) (zeros_contraction _ _)) as [free [_ [_ [_ [_ [_ [_ [M T]]]]]]]].
    { intros u U. rewrite zeros_square. apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat; exact B|exact U]. }
    exists (function (fun k => nth k earlier (fun _ => None)) free (its_inputs c) (its_units c)), free. split; [reflexivity|]. split; [|exact M].
    apply T; [reflexivity|reflexivity|exact W].
Qed.

(** * Their functions *)
Section Functions.
  Variable places : String.string -> list located.
  Variable contents : String.string -> located -> String.string * list dyadic.

  Lemma entries_have_functions : forall cs before all, Forall was_read cs -> each_entry places contents before cs = Accepted all ->
    exists es, all = (before ++ es)%list /\ forall earlier, exists fs, are_functions earlier es fs.
  Proof.
    induction cs as [|c cs IH]; intros before all R H; cbn [each_entry] in H.
    - injection H as <-. exists []. rewrite app_nil_r. split; [reflexivity|]. intros earlier. exists []. exact I.
    - inversion R as [|? ? R1 R2]; subst. apply bind_accepted in H. destruct H as [e [E H]]. destruct (IH _ _ R2 H) as [es [-> F]].
      exists (e :: es). rewrite <- app_assoc. split; [reflexivity|]. intros earlier.
      assert (G : exists f, is_function earlier e f).
      { unfold entry_of in E. destruct (its_grounds c) as [| |which|] eqn:G; [| |injection E as <-; apply (construction_has_function _ _ _ R1 G)|];
          apply bind_accepted in E; destruct E as [t [_ E]]; injection E as <-; eexists; reflexivity. }
      destruct G as [f G]. destruct (F (earlier ++ [f])%list) as [fs GS]. exists (f :: fs). split; assumption.
  Qed.

  (** Of whatever certificates are read, with weights that fit, there are functions. *)
  Theorem functions_exist : forall given claims entries, claims_given given = Accepted claims ->
    entries_of places contents claims = Accepted entries -> exists fs, are_functions [] entries fs.
  Proof.
    intros given claims entries R E. destruct (entries_have_functions _ _ _ (claims_given_read _ _ R) E) as [es [-> F]]. apply F.
  Qed.

  (** What the program has found when it prints that a bound is proved: there are functions, and all of them have values, as
      everything fits, and keep it. *)
  Theorem proved_is_true : forall propose root given claims entries, claims_given given = Accepted claims ->
    entries_of places contents claims = Accepted entries -> all_checked propose root [] entries = true ->
    map its_claim entries = claims /\
    (exists fs, are_functions [] entries fs) /\ forall fs, are_functions [] entries fs -> Forall2 keeps entries fs.
  Proof.
    intros propose root given claims entries R E A.
    split; [destruct (entries_claims _ _ _ _ _ E) as [es [-> <-]]; reflexivity|]. split; [exact (functions_exist _ _ _ R E)|].
    intros fs. refine (all_checked_sound _ _ _ _ _ _ _ _ E A). refine (Forall_impl _ _ (claims_given_read _ _ R)).
    intros c [earlier [digest [j C]]] which G. exact (claim_is_sized _ _ _ _ _ C G).
  Qed.
  (** What it has found when it names a delta: what signs at an input say, of all such functions. *)
  Theorem signs_are_true : forall propose root given claims entries, claims_given given = Accepted claims ->
    entries_of places contents claims = Accepted entries -> all_checked propose root [] entries = true ->
    forall fs, are_functions [] entries fs -> all_keep_by_signs propose [] [] entries fs.
  Proof.
    intros propose root given claims entries R E A fs. refine (signs_are_sound _ _ _ _ _ _ _ _ E A).
    refine (Forall_impl _ _ (claims_given_read _ _ R)). intros c [earlier [digest [j C]]] which G. exact (claim_is_sized _ _ _ _ _ C G).
  Qed.
End Functions.
