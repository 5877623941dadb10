(** Linear and quadratic forms in coordinates, exact and sparse, and what they are worth over the reals. *)
From Coq Require Import ZArith List Reals Lra Psatz Bool Lia.
From Lipc Require Import Dyadic.
Import ListNotations.
Open Scope R_scope.

(** The numbers of coordinates, 1, 2 i and 2 i + 1: a type of its own, because the extraction makes integers of the
    library's, whose bits are slow to come by. *)
Inductive index := One | Even (i : index) | Odd (i : index).

Fixpoint next (i : index) : index :=
  match i with One => Even One | Even j => Odd j | Odd j => Even (next j) end.
Fixpoint after (i : index) (n : nat) : index :=
  match n with O => i | S m => after (next i) m end.

(** A finite map from coordinates: the bits of a number are the way to its element. *)
Inductive tree (A : Type) := Leaf | Node (even : tree A) (here : option A) (odd : tree A).
Arguments Leaf {A}.
Arguments Node {A}.

Section Trees.
  Context {A B : Type}.

  (** Nothing is kept of what is empty. *)
  Definition node (l : tree A) (a : option A) (r : tree A) : tree A :=
    match l, a, r with Leaf, None, Leaf => Leaf | _, _, _ => Node l a r end.

  Fixpoint single (i : index) (a : A) : tree A :=
    match i with
    | One => Node Leaf (Some a) Leaf
    | Even j => Node (single j a) None Leaf
    | Odd j => Node Leaf None (single j a)
    end.

  Fixpoint get (i : index) (t : tree A) : option A :=
    match t with
    | Leaf => None
    | Node l a r => match i with One => a | Even j => get j l | Odd j => get j r end
    end.

  Fixpoint remove (i : index) (t : tree A) : tree A :=
    match t with
    | Leaf => Leaf
    | Node l a r =>
        match i with One => node l None r | Even j => node (remove j l) a r | Odd j => node l a (remove j r) end
    end.

  Definition merged (f : A -> A -> option A) (a b : option A) : option A :=
    match a, b with Some x, Some y => f x y | Some x, None => Some x | None, _ => b end.

  Fixpoint merge (f : A -> A -> option A) (s t : tree A) : tree A :=
    match s, t with
    | Leaf, _ => t
    | _, Leaf => s
    | Node l a r, Node l' a' r' => node (merge f l l') (merged f a a') (merge f r r')
    end.

  Fixpoint map_all (f : index -> A -> B) (t : tree A) : tree B :=
    match t with
    | Leaf => Leaf
    | Node l a r =>
        Node (map_all (fun i => f (Even i)) l) (option_map (f One) a) (map_all (fun i => f (Odd i)) r)
    end.

  (** In an order that all trees share. *)
  Fixpoint elements (name : index -> index) (t : tree A) (rest : list (index * A)) : list (index * A) :=
    match t with
    | Leaf => rest
    | Node l a r =>
        let behind := elements (fun i => name (Odd i)) r rest in
        elements (fun i => name (Even i)) l (match a with Some x => (name One, x) :: behind | None => behind end)
    end.

  (** The sum of [f a * v i] over all elements. *)
  Definition worth (f : A -> R) (a : option A) : R := match a with Some x => f x | None => 0 end.
  Fixpoint total (f : A -> R) (t : tree A) (v : index -> R) : R :=
    match t with
    | Leaf => 0
    | Node l a r => total f l (fun i => v (Even i)) + worth f a * v One + total f r (fun i => v (Odd i))
    end.

  Lemma total_node : forall f l a r v, total f (node l a r) v = total f (Node l a r) v.
  Proof. intros f [|] [|] [|] v; cbn; lra. Qed.

  Lemma total_single : forall f i a v, total f (single i a) v = f a * v i.
  Proof. induction i as [|i IH|i IH]; intros; cbn; rewrite ?IH; lra. Qed.

  Lemma total_remove : forall f i t v, total f t v = worth f (get i t) * v i + total f (remove i t) v.
  Proof.
    induction i as [|i IH|i IH]; intros [|l a r] v; cbn [get remove]; try (cbn; lra); rewrite total_node; cbn;
      try rewrite (IH l); try rewrite (IH r); lra.
  Qed.

  Lemma total_merge : forall f g, (forall a b, worth f (g a b) = f a + f b) ->
    forall s t v, total f (merge g s t) v = total f s v + total f t v.
  Proof.
    intros f g H. induction s as [|l IHl a r IHr]; intros [|l' a' r'] v; cbn [merge]; try (cbn; lra).
    rewrite total_node. cbn. rewrite IHl, IHr.
    assert (E : worth f (merged g a a') = worth f a + worth f a').
    { destruct a, a'; cbn; rewrite ?H; lra. }
    rewrite E. lra.
  Qed.

  Lemma total_elements : forall f t name rest v,
    fold_right (fun p s => f (snd p) * v (fst p) + s) 0 (elements name t rest)
    = total f t (fun i => v (name i)) + fold_right (fun p s => f (snd p) * v (fst p) + s) 0 rest.
  Proof.
    intros f. induction t as [|l IHl a r IHr]; intros name rest v; cbn [elements total]; [lra|].
    rewrite IHl. destruct a; cbn; rewrite IHr; lra.
  Qed.
End Trees.

Lemma total_map : forall A B (g : B -> R) (h : A -> R) t (f : index -> A -> B) v w,
  (forall i a, g (f i a) * v i = h a * w i) -> total g (map_all f t) v = total h t w.
Proof.
  induction t as [|l IHl a r IHr]; intros f v w H; cbn; [reflexivity|].
  rewrite (IHl _ _ (fun i => w (Even i))) by (intros; apply H).
  rewrite (IHr _ _ (fun i => w (Odd i))) by (intros; apply H).
  destruct a as [x|]; cbn; [rewrite H|]; lra.
Qed.

Lemma total_same : forall A (f g : A -> R) t v w, (forall a, f a = g a) -> (forall i, v i = w i) ->
  total f t v = total g t w.
Proof.
  induction t as [|l IHl a r IHr]; intros v w H E; cbn; [reflexivity|].
  rewrite (IHl _ (fun i => w (Even i))), (IHr _ (fun i => w (Odd i))), E by auto. destruct a; cbn; rewrite ?H; reflexivity.
Qed.

Lemma total_factor : forall A (f : A -> R) c t v, total (fun a => c * f a) t v = c * total f t v.
Proof.
  induction t as [|l IHl a r IHr]; intros v; cbn; [lra|]. rewrite IHl, IHr. destruct a; cbn; lra.
Qed.

(** * Linear forms *)
Definition linear := tree dyadic.
Definition dot (l : linear) (v : index -> R) : R := total val l v.

Definition nonzero (a : dyadic) : option dyadic := if is_zero a then None else Some a.
Definition plus (l m : linear) : linear := merge (fun a b => nonzero (add a b)) l m.
Definition times (c : dyadic) (l : linear) : linear := if is_zero c then Leaf else map_all (fun _ => mul c) l.
Definition coordinate (i : index) : linear := single i one.

(** What is going to be computed, where the program should know beforehand how much work it is: in products of machine
    words, about. It says nothing of the value; work.ml gives up where this is too much. *)
Definition expecting {A} (work : Z) (todo : Datatypes.unit -> A) : A := todo tt.
(** The work that the squares of these forms are: of each pair of their elements some thirty. *)
Fixpoint elements_in (l : linear) : Z :=
  match l with Leaf => 0 | Node e a o => elements_in e + (match a with Some _ => 1 | None => 0 end) + elements_in o end%Z.
Definition squares_work (ls : list linear) : Z := fold_right (fun l w => let n := elements_in l in w + 16 * (n * n))%Z 0%Z ls.

Lemma worth_nonzero : forall a, worth val (nonzero a) = val a.
Proof. intros. unfold nonzero. destruct (is_zero a) eqn:E; cbn; [symmetry; apply is_zero_true; assumption|reflexivity]. Qed.

Lemma dot_leaf : forall v, dot Leaf v = 0. Proof. reflexivity. Qed.

Lemma dot_plus : forall l m v, dot (plus l m) v = dot l v + dot m v.
Proof. intros. apply total_merge. intros. rewrite worth_nonzero. apply val_add. Qed.

Lemma dot_times : forall c l v, dot (times c l) v = val c * dot l v.
Proof.
  intros. unfold times, dot. destruct (is_zero c) eqn:E.
  - apply is_zero_true in E. rewrite E. cbn. lra.
  - rewrite <- total_factor. apply total_map. intros. rewrite val_mul. reflexivity.
Qed.

Lemma dot_coordinate : forall i v, dot (coordinate i) v = v i.
Proof. intros. unfold dot, coordinate. rewrite total_single, val_one. lra. Qed.

(** * Quadratic forms: row i holds what is multiplied by coordinate i *)
Definition quadratic := tree linear.
Definition form (q : quadratic) (v : index -> R) : R := total (fun row => dot row v) q v.

Definition qplus (q r : quadratic) : quadratic := merge (fun a b => Some (plus a b)) q r.
Definition product (l m : linear) : quadratic := map_all (fun _ c => times c m) l.
Definition qtimes (c : dyadic) (q : quadratic) : quadratic := map_all (fun _ => times c) q.
Definition square (l : linear) : quadratic := product l l.
Definition qsum (qs : list quadratic) : quadratic := fold_right qplus Leaf qs.

Lemma form_leaf : forall v, form Leaf v = 0. Proof. reflexivity. Qed.

Lemma form_same : forall q v w, (forall i, v i = w i) -> form q v = form q w.
Proof. intros. apply total_same; [|assumption]. intros. apply total_same; auto. Qed.

Lemma form_qplus : forall q r v, form (qplus q r) v = form q v + form r v.
Proof. intros. apply total_merge. intros. cbn. apply dot_plus. Qed.

Lemma form_product : forall l m v, form (product l m) v = dot l v * dot m v.
Proof.
  intros. unfold form, product, dot at 2. rewrite (Rmult_comm (total val l v)), <- total_factor.
  apply total_map. intros. rewrite dot_times. lra.
Qed.

Lemma form_qtimes : forall c q v, form (qtimes c q) v = val c * form q v.
Proof.
  intros. unfold form, qtimes. rewrite <- total_factor. apply total_map. intros. rewrite dot_times. reflexivity.
Qed.

Lemma form_square : forall l v, form (square l) v = dot l v * dot l v.
Proof. intros. apply form_product. Qed.
