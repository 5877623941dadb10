package io.lipc.certificate.frequency;

import io.lipc.certificate.NetworkUnderTest;
import io.lipc.certificate.PositivityWitness;
import io.lipc.certificate.Proof;
import io.lipc.certificate.Proof.Constraint;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.certificate.inequality.Assembly;
import io.lipc.certificate.linear.Grid;
import io.lipc.certificate.positivity.Ball;
import io.lipc.certificate.positivity.Decision;
import io.lipc.certificate.positivity.Positivity;
import io.lipc.certificate.positivity.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network of images without any torus: the multiplier of a channel stands at each of its pixels,
 * and a pool with a multiplier for each channel is a pool of each channel by itself.
 */
final class OnGrid {

  private final NetworkUnderTest net;
  private final NetworkUnderTest grid = new NetworkUnderTest();

  /** Which unit of the grid gives what a unit of the network does. */
  private final List<Integer> places = new ArrayList<>();

  /** The pools of the channels of each pool that was cut. */
  private final List<List<Integer>> cuts = new ArrayList<>();

  private OnGrid(NetworkUnderTest net) {
    this.net = net;
  }

  /** Whether the matrices of all neurons prove a bound, by the proofs of the network. */
  static boolean isProved(NetworkUnderTest net, double bound) {
    OnGrid all = new OnGrid(net);
    all.grid.tensors.putAll(net.tensors);
    all.grid.records.addAll(net.records);
    all.grid.norms = net.norms;
    all.grid.bound = bound;
    net.units.forEach(all::add);
    List<Proof> proofs = net.subject().certificate().proofs();
    return IntStream.range(0, proofs.size()).allMatch(i -> all.isProved(proofs, i));
  }

  private boolean isProved(List<Proof> proofs, int number) {
    grid.multipliers.clear();
    proofs.get(number).multipliers().forEach(this::add);
    grid.witness = new PositivityWitness.VerifiedCholesky();
    Proof proof = new Proof(List.of(), List.of(), List.copyOf(grid.multipliers), grid.witness);
    grid.finished.clear();
    grid.finished.addAll(Collections.nCopies(proofs.size() - 1, proof));
    Subject subject = grid.subject();
    return Assembly.matrix(
            subject, subject.certificate()::known, number, Ball::of, new Work(() -> {}))
        .filter(matrix -> Positivity.factorises(matrix, new Work(() -> {})) == Decision.POSITIVE)
        .isPresent();
  }

  private void add(Unit unit) {
    List<Integer> pools = new ArrayList<>();
    places.add(
        switch (unit) {
          case Unit.Input input -> grid.add(input);
          case Unit.Linear linear ->
              grid.add(
                  new Unit.Linear(
                      linear.operands().stream().map(places::get).toList(),
                      linear.map(),
                      linear.size()));
          case Unit.Activation one ->
              grid.add(
                  new Unit.Activation(
                      places.get(one.operand()), one.function(), one.size(), one.pixels()));
          case Unit.MaxPool pool -> add(pool, pools);
          case Unit.Call _ -> throw new AssertionError("an image calls nothing");
        });
    cuts.add(pools);
  }

  private int add(Unit.MaxPool pool, List<Integer> pools) {
    Grid image = pool.input();
    Grid channel = new Grid(1, image.height(), image.width());
    for (int c = 0; c < image.channels(); c++) {
      int from = c * image.pixels();
      List<Integer> all = IntStream.range(from, from + image.pixels()).boxed().toList();
      int one = grid.add(Unit.select(places.get(pool.operand()), all));
      pools.add(grid.add(new Unit.MaxPool(one, channel, pool.window())));
    }
    return pools.size() == 1 ? pools.getFirst() : grid.add(Unit.concat(pools, pool.size()));
  }

  /** A crop's result is zero beyond the grid, so it needs no constraint here. */
  private void add(Proof.Multiplier multiplier) {
    List<Double> values = multiplier.values();
    Unit unit = net.units.get(multiplier.unit());
    List<Integer> pools = cuts.get(multiplier.unit());
    for (int c = 0; c < pools.size(); c++) {
      grid.gain(pools.get(c), values.get(values.size() == 1 ? 0 : c));
    }
    if (multiplier.constraint() != Constraint.CROP && pools.isEmpty()) {
      boolean each = multiplier.constraint() == Constraint.SLOPE && values.size() > 1;
      int pixels = each ? unit.size() / values.size() : 1;
      double[] all =
          values.stream()
              .flatMap(value -> Collections.nCopies(pixels, value).stream())
              .mapToDouble(Double::doubleValue)
              .toArray();
      grid.multiplier(places.get(multiplier.unit()), multiplier.constraint(), all);
    }
  }
}
