(** Softmax: [dw'(ell dz - dw) >= 0] where [2 T ell >= 1]. Baillon and Haddad prove that of the gradient of any convex
    function; here it is the mean value theorem along the segment from z' to z, for a sum with fixed coefficients. *)
From Coq Require Import Reals Lra Lia Arith List Psatz.
From Lipc Require Import Matrices.
Import ListNotations.
Open Scope R_scope.

(** With weights [E]: [C(u, v) = sum E sum E u v - sum E u sum E v], the covariance times [(sum E)^2]. *)
Section Covariance.
  Variables (n : nat) (E : vector).
  Hypothesis positive : forall i, (i < n)%nat -> 0 < E i.
  Let S := sum n E.
  Let mean u := sum n (fun i => E i * u i).
  Definition covariance (u v : vector) : R := S * sum n (fun i => E i * (u i * v i)) - mean u * mean v.

  Lemma total_nonnegative : 0 <= S.
  Proof. apply sum_nonnegative. intros. left. apply positive. assumption. Qed.

  (** [C(u, u) = sum E sum E (u - c)^2 - (mean u - c sum E)^2], for any c. *)
  Lemma covariance_shifted : forall u c,
    covariance u u = S * sum n (fun i => E i * ((u i - c) * (u i - c))) - (mean u - c * S) * (mean u - c * S).
  Proof.
    intros u c. unfold covariance.
    assert (H : sum n (fun i => E i * ((u i - c) * (u i - c)))
      = sum n (fun i => E i * (u i * u i)) + ((-2) * c * mean u + c * c * S)).
    { unfold mean, S. rewrite <- !sum_scaled, <- !sum_plus. apply sum_same. intros. ring. }
    rewrite H. ring.
  Qed.

  Lemma covariance_nonnegative : forall u, 0 <= covariance u u.
  Proof.
    intros u. pose proof total_nonnegative as P. destruct (Req_dec S 0) as [Z|N].
    - rewrite (covariance_shifted u 0). rewrite Z. assert (M : mean u = 0).
      { unfold mean. rewrite <- (sum_zero n). apply sum_same. intros i I. exfalso.
        assert (0 < S); [|lra]. unfold S. clear -positive I. induction n as [|m IH]; [lia|]. cbn.
        destruct (Nat.eq_dec i m) as [->|J].
        - pose proof (positive m ltac:(lia)). assert (0 <= sum m E) by (apply sum_nonnegative; intros; left; apply positive; lia). lra.
        - pose proof (positive m ltac:(lia)). assert (0 < sum m E) by (apply IH; [intros; apply positive; lia|lia]). lra. }
      rewrite M. lra.
    - rewrite (covariance_shifted u (mean u / S)). replace (mean u - mean u / S * S) with 0 by (field; exact N).
      assert (0 <= sum n (fun i => E i * ((u i - mean u / S) * (u i - mean u / S)))); [|nra].
      apply sum_nonnegative. intros i I. apply Rmult_le_pos; [left; apply positive, I|apply Rle_0_sqr].
  Qed.

  (** Popoviciu: [C(u, u) <= (sum E)^2 |u|^2 / 2]. *)
  Lemma extremes : forall m u, (0 < m)%nat -> exists lo hi, (forall i, (i < m)%nat -> lo <= u i <= hi) /\
    lo * lo <= square_of m u /\ hi * hi <= square_of m u /\ (hi - lo) * (hi - lo) <= 2 * square_of m u.
  Proof.
    unfold square_of, scalar_product. induction m as [|m IH]; intros u P; [lia|]. destruct m as [|m].
    - exists (u 0%nat), (u 0%nat). cbn. split; [|split; [|split]]; try nra. intros i I. replace i with 0%nat by lia. lra.
    - destruct (IH u ltac:(lia)) as [lo [hi [A [B [C D]]]]]. set (x := u (Datatypes.S m)) in *.
      change (sum (Datatypes.S (Datatypes.S m)) (fun i => u i * u i)) with (sum (Datatypes.S m) (fun i => u i * u i) + x * x).
      set (q := sum (Datatypes.S m) (fun i => u i * u i)) in *. exists (Rmin lo x), (Rmax hi x).
      assert (L : lo <= hi) by (specialize (A 0%nat ltac:(lia)); lra).
      assert (X : 0 <= x * x) by apply Rle_0_sqr.
      pose proof (Rle_0_sqr (lo + x)) as S1. pose proof (Rle_0_sqr (hi + x)) as S2. unfold Rsqr in S1, S2.
      split; [|unfold Rmin, Rmax; destruct (Rle_dec lo x), (Rle_dec hi x); repeat split; nra].
      intros i I. destruct (Nat.eq_dec i (Datatypes.S m)) as [->|N].
      + fold x. pose proof (Rmin_r lo x). pose proof (Rmax_r hi x). lra.
      + specialize (A i ltac:(lia)). pose proof (Rmin_l lo x). pose proof (Rmax_l hi x). lra.
  Qed.

  Lemma covariance_below : forall u, covariance u u <= S * S * square_of n u / 2.
  Proof.
    intros u. destruct (Nat.eq_dec n 0) as [Z|N].
    - unfold covariance, mean, S, square_of, scalar_product. rewrite Z. cbn. lra.
    - destruct (extremes n u ltac:(lia)) as [lo [hi [A [_ [_ D]]]]]. set (c := (lo + hi) / 2). set (r := (hi - lo) / 2).
      rewrite (covariance_shifted u c). pose proof total_nonnegative as P.
      assert (B : sum n (fun i => E i * ((u i - c) * (u i - c))) <= r * r * S).
      { unfold S. rewrite <- sum_scaled. assert (G : 0 <= sum n (fun i => r * r * E i + (-1) * (E i * ((u i - c) * (u i - c))))).
        - apply sum_nonnegative. intros i I. specialize (A i I). specialize (positive i I).
          assert ((u i - c) * (u i - c) <= r * r) by (unfold c, r; nra). nra.
        - rewrite sum_plus, (sum_scaled n (-1)) in G. lra. }
      pose proof (Rle_0_sqr (mean u - c * S)) as Q. unfold Rsqr in Q.
      assert (r * r <= square_of n u / 2) by (unfold r; lra).
      assert (S * sum n (fun i => E i * ((u i - c) * (u i - c))) <= S * (r * r * S)) by (apply Rmult_le_compat_l; assumption).
      assert (S * S * (r * r) <= S * S * (square_of n u / 2)) by (apply Rmult_le_compat_l; [apply Rle_0_sqr|assumption]). lra.
  Qed.

  Lemma covariance_combined : forall a u b v w, covariance (fun i => a * u i + b * v i) w = a * covariance u w + b * covariance v w.
  Proof.
    intros. unfold covariance, mean. rewrite (sum_same n _ (fun i => a * (E i * (u i * w i)) + b * (E i * (v i * w i)))) by (intros; ring).
    rewrite (sum_same n (fun i => E i * (a * u i + b * v i)) (fun i => a * (E i * u i) + b * (E i * v i))) by (intros; ring).
    rewrite !sum_plus, !sum_scaled. ring.
  Qed.
  Lemma covariance_symmetric : forall u v, covariance u v = covariance v u.
  Proof. intros. unfold covariance. rewrite (sum_same n _ (fun i => E i * (v i * u i))) by (intros; ring). ring. Qed.

  (** [2 C(u, d) - ell C(d, d) <= C(u, u) / ell] *)
  Lemma covariance_mixed : forall u d ell, 0 < ell ->
    2 * covariance u d - ell * covariance d d <= S * S * square_of n u / (2 * ell).
  Proof.
    intros u d ell P. pose proof (covariance_nonnegative (fun i => 1 * u i + - ell * d i)) as N.
    rewrite covariance_combined, (covariance_symmetric u), (covariance_symmetric d (fun i => _)), !covariance_combined in N.
    rewrite (covariance_symmetric d u) in N. pose proof (covariance_below u) as B.
    apply (Rmult_le_reg_l ell); [exact P|]. replace (ell * (S * S * square_of n u / (2 * ell))) with (S * S * square_of n u / 2) by (field; lra).
    nra.
  Qed.
End Covariance.

Section Segment.
  Variables (n : nat) (T : R) (z d : vector).
  Hypothesis some : (0 < n)%nat.
  Hypothesis warm : 0 < T.

  Definition power (t : R) (i : nat) : R := exp ((z i + t * d i) / T).
  Definition mixed (a : vector) (t : R) : R := sum n (fun i => a i * power t i).
  (** [a' softmax (z + t d)] *)
  Definition softened (a : vector) (t : R) : R := mixed a t / sum n (power t).

  Lemma power_positive : forall t i, 0 < power t i. Proof. intros. apply exp_pos. Qed.
  Lemma powers_positive : forall t, 0 < sum n (power t).
  Proof.
    intros t. destruct n as [|m]; [lia|]. cbn. pose proof (power_positive t m).
    assert (0 <= sum m (power t)) by (apply sum_nonnegative; intros; left; apply power_positive). lra.
  Qed.

  Lemma power_derivative : forall i t, derivable_pt_lim (fun t => power t i) t (d i / T * power t i).
  Proof.
    intros i t. unfold power. replace (d i / T * exp ((z i + t * d i) / T)) with (exp ((z i + t * d i) / T) * (d i / T)) by ring.
    apply (derivable_pt_lim_comp (fun t => (z i + t * d i) / T) exp); [|apply derivable_pt_lim_exp].
    assert (L : derivable_pt_lim (fun t => z i / T + d i / T * t) t (0 + d i / T * 1)).
    { apply derivable_pt_lim_plus; [apply derivable_pt_lim_const|].
      apply (derivable_pt_lim_scal (fun x => x)), derivable_pt_lim_id. }
    replace (d i / T) with (0 + d i / T * 1) by ring.
    intros eps P. destruct (L eps P) as [delta H]. exists delta. intros h N B. specialize (H h N B).
    replace ((z i + (t + h) * d i) / T - (z i + t * d i) / T) with (z i / T + d i / T * (t + h) - (z i / T + d i / T * t)) by (field; lra).
    exact H.
  Qed.

  Lemma mixed_derivative : forall a t, derivable_pt_lim (mixed a) t (sum n (fun i => a i * (d i / T * power t i))).
  Proof.
    intros a t. unfold mixed. clear some. induction n as [|m IH]; cbn; [apply derivable_pt_lim_const|].
    apply (derivable_pt_lim_plus (fun t => sum m (fun i => a i * power t i)) (fun t => a m * power t m)); [exact IH|].
    apply derivable_pt_lim_scal, power_derivative.
  Qed.

  Lemma softened_derivative : forall a t,
    derivable_pt_lim (softened a) t (covariance n (power t) a d / (T * (sum n (power t) * sum n (power t)))).
  Proof.
    intros a t. pose proof (powers_positive t) as P. pose proof (mixed_derivative a t) as A. pose proof (mixed_derivative (fun _ => 1) t) as B.
    assert (E : forall s, sum n (power s) = mixed (fun _ => 1) s) by (intros s; unfold mixed; apply sum_same; intros; lra).
    assert (Q : mixed (fun _ => 1) t <> 0) by (rewrite <- E; lra).
    pose proof (derivable_pt_lim_div _ _ _ _ _ A B Q) as D.
    replace (covariance n (power t) a d / (T * (sum n (power t) * sum n (power t))))
      with ((sum n (fun i => a i * (d i / T * power t i)) * mixed (fun _ => 1) t
             - sum n (fun i => 1 * (d i / T * power t i)) * mixed a t) / Rsqr (mixed (fun _ => 1) t)).
    - intros eps K. destruct (D eps K) as [delta H]. exists delta. intros h N M. specialize (H h N M).
      unfold softened. rewrite !E. exact H.
    - unfold Rsqr. rewrite <- E. unfold covariance, mixed.
      rewrite (sum_same n (fun i => a i * (d i / T * power t i)) (fun i => / T * (power t i * (a i * d i)))) by (intros; field; lra).
      rewrite (sum_same n (fun i => 1 * (d i / T * power t i)) (fun i => / T * (power t i * d i))) by (intros; field; lra).
      rewrite (sum_same n (fun i => a i * power t i) (fun i => power t i * a i)) by (intros; ring).
      rewrite !sum_scaled. field. split; lra.
  Qed.

  Lemma softened_mean : forall a, exists t, softened a 1 - softened a 0
    = covariance n (power t) a d / (T * (sum n (power t) * sum n (power t))).
  Proof.
    intros a. destruct (MVT_cor2 (softened a) (fun t => covariance n (power t) a d / (T * (sum n (power t) * sum n (power t)))) 0 1)
      as [t [H _]]; [lra|intros; apply softened_derivative|]. exists t. rewrite H. ring.
  Qed.

  Definition soft (t : R) : vector := fun i => power t i / sum n (power t).
  Lemma softened_product : forall a t, softened a t = scalar_product n a (soft t).
  Proof.
    intros. unfold softened, mixed, scalar_product, soft. unfold Rdiv at 1. rewrite Rmult_comm, <- sum_scaled. apply sum_same.
    intros. unfold Rdiv. ring.
  Qed.

  Theorem softmax_cocoercive : forall ell, 1 <= 2 * T * ell ->
    let u i := soft 1 i - soft 0 i in square_of n u <= ell * scalar_product n d u.
  Proof.
    intros ell L u. assert (P : 0 < ell) by nra.
    set (a := fun i => 2 * u i + - ell * d i). destruct (softened_mean a) as [t H]. rewrite !softened_product in H.
    assert (D : scalar_product n a (soft 1) - scalar_product n a (soft 0) = 2 * square_of n u - ell * scalar_product n d u).
    { unfold square_of.
      transitivity (scalar_product n a u).
      - unfold u. rewrite (scalar_product_same n a (fun i => soft 1 i - soft 0 i) a (fun i => 1 * soft 1 i + (-1) * soft 0 i)) by (intros; ring).
        rewrite !scalar_product_right. ring.
      - unfold a. rewrite scalar_product_left. ring. }
    rewrite D in H. pose proof (powers_positive t) as Q. set (S := sum n (power t)) in *.
    assert (B : covariance n (power t) a d <= S * S * square_of n u / (2 * ell)).
    { unfold a. rewrite covariance_combined. pose proof (covariance_mixed n (power t) (fun i _ => power_positive t i) u d ell P). unfold S. lra. }
    assert (F : covariance n (power t) a d / (T * (S * S)) <= square_of n u).
    { apply (Rmult_le_reg_r (T * (S * S))); [apply Rmult_lt_0_compat; nra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by nra. rewrite Rmult_1_r.
      eapply Rle_trans; [exact B|]. pose proof (square_nonnegative n u) as N. set (q := square_of n u) in *.
      assert (X : S * S * q / (2 * ell) * (2 * ell) <= q * (T * (S * S)) * (2 * ell)).
      { replace (S * S * q / (2 * ell) * (2 * ell)) with (S * S * q) by (field; lra).
        assert (0 <= S * S * q) by (apply Rmult_le_pos; [apply Rle_0_sqr|exact N]). nra. }
      apply (Rmult_le_reg_r (2 * ell)); [lra|exact X]. }
    lra.
  Qed.

  Lemma one_of_sum : forall f i, (forall j, (j < n)%nat -> 0 <= f j) -> (i < n)%nat -> f i <= sum n f.
  Proof.
    intros f i H I. clear some. induction n as [|m IH]; [lia|]. cbn. assert (0 <= f m) by (apply H; lia).
    destruct (Nat.eq_dec i m) as [->|N].
    - assert (0 <= sum m f) by (apply sum_nonnegative; intros; apply H; lia). lra.
    - assert (f i <= sum m f) by (apply IH; [intros; apply H; lia|lia]). lra.
  Qed.

  (** Row i of the derivative has the absolute sum [2 y_i (1 - y_i) / T <= ell]. *)
  Theorem softmax_near : forall ell D, 1 <= 2 * T * ell -> (forall j, (j < n)%nat -> Rabs (d j) <= D) ->
    forall i, (i < n)%nat -> Rabs (soft 1 i - soft 0 i) <= ell * D.
  Proof.
    intros ell D L H i I. destruct (softened_mean (identity i)) as [t M].
    rewrite !softened_product in M. unfold scalar_product in M. rewrite !sum_identity in M by exact I. rewrite M. clear M.
    pose proof (powers_positive t) as P. set (S := sum n (power t)) in *. set (e := power t i).
    assert (E0 : 0 < e) by apply power_positive.
    assert (E1 : e <= S) by (apply one_of_sum; [intros; left; apply power_positive|exact I]).
    assert (B : forall j, (j < n)%nat -> - D <= d j <= D).
    { intros j J. specialize (H j J). unfold Rabs in H. destruct (Rcase_abs (d j)); lra. }
    assert (D0 : 0 <= D) by (specialize (B i I); lra).
    set (m := sum n (fun j => power t j * d j)).
    assert (C : covariance n (power t) (identity i) d = e * (S * d i - m)).
    { unfold covariance. fold S.
      rewrite (sum_same n _ (fun j => identity i j * (power t j * d j))) by (intros; ring).
      rewrite (sum_same n (fun j => power t j * identity i j) (fun j => identity i j * power t j)) by (intros; ring).
      rewrite !sum_identity by exact I. fold m e. ring. }
    rewrite C.
    assert (U : e * (D - d i) <= S * D - m).
    { replace (S * D - m) with (sum n (fun j => power t j * (D - d j))).
      - apply (one_of_sum (fun j => power t j * (D - d j))); [|exact I]. intros j J.
        apply Rmult_le_pos; [left; apply power_positive|specialize (B j J); lra].
      - unfold S, m. rewrite (sum_same n _ (fun j => D * power t j + (-1) * (power t j * d j))) by (intros; ring).
        rewrite sum_plus, !sum_scaled. ring. }
    assert (V : e * (D + d i) <= S * D + m).
    { replace (S * D + m) with (sum n (fun j => power t j * (D + d j))).
      - apply (one_of_sum (fun j => power t j * (D + d j))); [|exact I]. intros j J.
        apply Rmult_le_pos; [left; apply power_positive|specialize (B j J); lra].
      - unfold S, m. rewrite (sum_same n _ (fun j => D * power t j + 1 * (power t j * d j))) by (intros; ring).
        rewrite sum_plus, !sum_scaled. ring. }
    specialize (B i I).
    assert (W : Rabs (S * d i - m) <= 2 * D * (S - e)).
    { assert (0 <= (S - e) * (D - d i)) by (apply Rmult_le_pos; lra). assert (0 <= (S - e) * (D + d i)) by (apply Rmult_le_pos; lra).
      apply Rabs_le. lra. }
    assert (K : 0 < T * (S * S)) by (apply Rmult_lt_0_compat; [exact warm|apply Rmult_lt_0_compat; exact P]).
    unfold Rdiv. rewrite !Rabs_mult, (Rabs_right e) by lra. rewrite (Rabs_right (/ (T * (S * S)))).
    - apply (Rmult_le_reg_r (T * (S * S))); [exact K|]. rewrite Rmult_assoc, Rinv_l by lra. rewrite Rmult_1_r.
      apply (Rle_trans _ (e * (2 * D * (S - e)))); [apply Rmult_le_compat_l; lra|].
      assert (Q : 4 * (e * (S - e)) <= S * S) by (pose proof (Rle_0_sqr (S - 2 * e)) as Q; unfold Rsqr in Q; lra).
      assert (X : 2 * (e * (2 * D * (S - e))) <= D * (S * S)) by nra.
      assert (Y : D * (S * S) <= 2 * T * ell * (D * (S * S))).
      { assert (0 <= D * (S * S)) by (apply Rmult_le_pos; [exact D0|apply Rle_0_sqr]). nra. }
      lra.
    - apply Rle_ge. left. apply Rinv_0_lt_compat, K.
  Qed.
End Segment.
