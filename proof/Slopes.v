(** Difference quotients of functions of one number. *)
From Coq Require Import Reals Lra Psatz.
Open Scope R_scope.

(** All difference quotients of [f] are in [[a, b]]. *)
Definition slopes (a b : R) (f : R -> R) : Prop :=
  forall z z', z' < z -> a * (z - z') <= f z - f z' <= b * (z - z').

Lemma slopes_wider : forall a b c d f, slopes a b f -> c <= a -> b <= d -> slopes c d f.
Proof. intros a b c d f H H1 H2 z z' L. specialize (H z z' L). nra. Qed.

Lemma slopes_same : forall a b f g, (forall z, f z = g z) -> slopes a b f -> slopes a b g.
Proof. intros a b f g E H z z' L. rewrite <- !E. apply H, L. Qed.

Lemma slopes_glued : forall a b f,
  (forall z z', 0 <= z' -> z' < z -> a * (z - z') <= f z - f z' <= b * (z - z')) ->
  (forall z z', z <= 0 -> z' < z -> a * (z - z') <= f z - f z' <= b * (z - z')) -> slopes a b f.
Proof.
  intros a b f P N z z' L.
  destruct (Rle_lt_dec 0 z'); [apply P; lra|]. destruct (Rle_lt_dec z 0); [apply N; lra|].
  specialize (P z 0). specialize (N 0 z'). lra.
Qed.

Lemma slopes_of_derivative : forall a b f f', (forall x, derivable_pt_lim f x (f' x)) ->
  (forall x, a <= f' x <= b) -> slopes a b f.
Proof.
  intros a b f f' HD HB z z' L.
  destruct (MVT_cor2 f f' z' z L) as [c [E _]]; [intros; apply HD|]. rewrite E. specialize (HB c). nra.
Qed.

(** A function whose derivative is not negative increases. *)
Lemma increases : forall f f' a b, a <= b -> (forall x, derivable_pt_lim f x (f' x)) -> (forall x, a <= x <= b -> 0 <= f' x) -> f a <= f b.
Proof.
  intros f f' a b [L|<-] D P; [|lra]. destruct (MVT_cor2 f f' a b L) as [c [E C]]; [intros; apply D|].
  assert (0 <= f' c) by (apply P; lra). nra.
Qed.

Lemma decreases : forall f f' a b, a <= b -> (forall x, derivable_pt_lim f x (f' x)) -> (forall x, a <= x <= b -> f' x <= 0) -> f b <= f a.
Proof.
  intros f f' a b [L|<-] D P; [|lra]. destruct (MVT_cor2 f f' a b L) as [c [E C]]; [intros; apply D|].
  assert (f' c <= 0) by (apply P; lra). nra.
Qed.

Lemma derivable_same : forall f g x l, (forall z, f z = g z) -> derivable_pt_lim f x l -> derivable_pt_lim g x l.
Proof. intros f g x l E D e P. destruct (D e P) as [d H]. exists d. intros h H1 H2. rewrite <- !E. apply H; assumption. Qed.
