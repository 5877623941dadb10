(** Certificates that call each other, each those before it: with proofs in numbers, or of networks by a construction. *)
From Coq Require Import List Reals Lra Bool.
From Lipc Require Import Dyadic Forms Positivity Units Lengths Norms Certificate Constructions.
Import ListNotations.
Open Scope R_scope.

Section Calls.
  Context {name : Type}.
  Variable propose : quadratic -> witness.
  Variable root : dyadic -> dyadic.

  (** A certificate that is checked, with its tensors; or one of so many outputs by the LDL^T construction, of free ones. *)
  Inductive entry :=
  | Checked (c : certificate name) (tensors : name -> list (list dyadic))
  | Constructed (c : certificate name) (outputs : nat).
  Definition certificate_of (e : entry) : certificate name := match e with Checked c _ | Constructed c _ => c end.

  (** * The program *)
  Definition known_of (c : certificate name) (outputs : nat) : known :=
    {| arguments := inputs c; results := outputs; from_norm := input_norm c; to_norm := output_norm c; at_most := bound c |}.
  Definition outputs_of (done : list known) (tensors : name -> list (list dyadic)) (c : certificate name) : nat :=
    match sizes (nth_error done) tensors (units c) [inputs c] with Some ns => last ns 0%nat | None => 0%nat end.
  Definition known_by (done : list known) (e : entry) : known :=
    match e with Checked c tensors => known_of c (outputs_of done tensors c) | Constructed c outputs => known_of c outputs end.

  Definition check_entry (done : list known) (e : entry) : bool :=
    match e with
    | Checked c tensors => check propose root (nth_error done) tensors c
    | Constructed c _ => nonnegative (bound c) && match input_norm c, output_norm c with L2, L2 => true | _, _ => false end
    end.
  Fixpoint check_all (done : list known) (es : list entry) : bool :=
    match es with [] => true | e :: es' => check_entry done e && check_all (done ++ [known_by done e]) es' end.

  (** * What it is about *)
  (** [f] is a function of this entry, where [earlier] are those of the entries before: with the tensors of the certificate,
      or with any that the parameters of the construction make. *)
  Definition is_function (earlier : list (list R -> list R)) (e : entry) (f : list R -> list R) : Prop :=
    match e with
    | Checked c tensors => f = network (fun k => nth k earlier (fun _ => [])) (stored tensors) (units c)
    | Constructed c outputs => exists called free, f = network called free (units c) /\
        (ldlt_chain free (units c) (val (bound c)) (inputs c) outputs \/ ldlt_residual free (units c) (val (bound c)) (inputs c) outputs)
    end.
  Fixpoint are_functions (earlier : list (list R -> list R)) (es : list entry) (fs : list (list R -> list R)) : Prop :=
    match es, fs with
    | [], [] => True
    | e :: es', f :: fs' => is_function earlier e f /\ are_functions (earlier ++ [f]) es' fs'
    | _, _ => False
    end.
  Definition keeps (e : entry) (f : list R -> list R) : Prop :=
    let c := certificate_of e in
    forall x x', length x = inputs c -> length x' = inputs c ->
    distance (output_norm c) (f x) (f x') <= val (bound c) * distance (input_norm c) x x'.

  (** * Soundness *)
  Lemma same_length : forall called (free : name -> list (list R)) us x x', length x = length x' ->
    length (network called free us x) = length (network called free us x').
  Proof.
    intros called free us x x' L. unfold network. assert (A : alike [x] [x']) by (constructor; [exact L|constructor]).
    revert A. generalize [x] [x']. induction us as [|u us IH]; intros S S' A; cbn [run].
    - induction A as [|s s' S S' H K IH]; [reflexivity|]. destruct K; [exact H|exact IH].
    - apply IH. apply Forall2_app; [exact A|]. constructor; [apply value_alike; exact A|constructor].
  Qed.

  Lemma nth_obeys : forall done fs, Forall2 obeys done fs -> forall k b, nth_error done k = Some b ->
    obeys b (nth k fs (fun _ => [])).
  Proof.
    induction 1; intros [|k] c E; cbn in E; try discriminate; [injection E as <-; assumption|apply IHForall2, E].
  Qed.

  Lemma entry_sound : forall done earlier e f, Forall2 obeys done earlier -> check_entry done e = true -> is_function earlier e f ->
    keeps e f /\ obeys (known_by done e) f.
  Proof.
    intros done earlier e f G H F.
    assert (O : keeps e f -> (forall z z', length z = length z' -> length (f z) = length (f z')) -> obeys (known_by done e) f).
    { intros K A z z' L L'. destruct e; cbn in *; (split; [apply A; congruence|apply K; assumption]). }
    assert (K : keeps e f /\ (forall z z', length z = length z' -> length (f z) = length (f z'))); [|destruct K; auto].
    destruct e as [c tensors|c outputs]; cbn [check_entry is_function certificate_of] in *.
    - subst f. split; [|apply same_length]. apply (check_sound propose root (nth_error done) tensors _); [|exact H].
      intros k b K. apply (nth_obeys _ _ G _ _ K).
    - destruct F as [called [free [-> F]]]. unfold keeps. cbn [certificate_of]. apply andb_true_iff in H. destruct H as [B H].
      apply nonnegative_true in B. destruct (input_norm c), (output_norm c); try discriminate. split; [|apply same_length].
      intros x x' X X'. destruct F as [F|F];
        [apply (ldlt_chain_lipschitz _ _ _ _ _ _ B F)|apply (ldlt_residual_lipschitz _ _ _ _ _ _ B F)]; assumption.
  Qed.

  (** Whatever the parameters of constructions are, all functions of the entries keep their bounds. *)
  Theorem check_all_sound : forall es fs, check_all [] es = true -> are_functions [] es fs -> Forall2 keeps es fs.
  Proof.
    assert (P : forall es done earlier fs, Forall2 obeys done earlier -> check_all done es = true -> are_functions earlier es fs ->
      Forall2 keeps es fs).
    { induction es as [|e es IH]; intros done earlier [|f fs] G H F; cbn in F; try contradiction; constructor;
        cbn [check_all] in H; apply andb_true_iff in H; destruct H as [H1 H2], F as [F1 F2];
        destruct (entry_sound done earlier e f G H1 F1) as [K B]; [exact K|].
      apply (IH (done ++ [known_by done e]) (earlier ++ [f])); try assumption. apply Forall2_app; [exact G|].
      constructor; [exact B|constructor]. }
    intros es fs. apply (P es [] []). constructor.
  Qed.
End Calls.
