package io.lipc.tools.page;

import io.lipc.model.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The places of a network's layers in a drawing: each is in a rank below all that it reads, and in
 * a lane. An edge that passes ranks has a lane to itself on the way, so it crosses no box. An
 * activation shares the box of the layer before it, where nothing else reads that.
 *
 * @param boxes in the order of the network's layers
 * @param edges from what is read to its readers
 * @param ranks how many there are
 * @param wide the lanes that hold boxes; others hold lines alone
 * @param lanes how many there are
 */
record GraphLayout(List<Box> boxes, List<Edge> edges, int ranks, Set<Integer> wide, int lanes) {

  /**
   * A box.
   *
   * @param layers the numbers of the layers in it, one or two
   */
  record Box(List<Integer> layers, int rank, int lane) {
    /** The layer whose value leaves the box. */
    int result() {
      return layers.getLast();
    }
  }

  /**
   * A line between boxes.
   *
   * @param lanes where it passes each rank, from the box that it leaves to the one that it enters
   */
  record Edge(Box from, Box to, List<Integer> lanes) {}

  /** The layout of a network's layers. */
  static GraphLayout of(List<Layer> layers) {
    return new Builder(layers).build();
  }

  private static final class Builder {

    private final List<Layer> layers;
    private final List<List<Integer>> groups;

    /** From a layer to the number of its group. */
    private final int[] groupOf;

    private final int[] rank;
    private final int[] lane;

    /** The lanes of the edges that are under way, by their ends. */
    private final Map<List<Integer>, List<Integer>> passing = new HashMap<>();

    Builder(List<Layer> layers) {
      this.layers = layers;
      this.groups = LayerGroups.of(layers);
      this.groupOf = new int[layers.size()];
      for (int group = 0; group < groups.size(); group++) {
        for (int layer : groups.get(group)) {
          groupOf[layer] = group;
        }
      }
      this.rank = new int[groups.size()];
      this.lane = new int[groups.size()];
    }

    /** The groups that a group reads, each once. */
    private List<Integer> operands(int group) {
      return layers.get(groups.get(group).getFirst()).operands().stream()
          .map(layer -> groupOf[layer])
          .distinct()
          .toList();
    }

    GraphLayout build() {
      Map<Integer, List<Integer>> byRank = new TreeMap<>();
      for (int group = 0; group < groups.size(); group++) {
        rank[group] = operands(group).stream().mapToInt(o -> rank[o] + 1).max().orElse(0);
        byRank.computeIfAbsent(rank[group], _ -> new ArrayList<>()).add(group);
      }
      byRank.forEach(this::place);
      return layout(byRank.size());
    }

    private void place(int here, List<Integer> inRank) {
      Set<Integer> taken = new HashSet<>();
      List<List<Integer>> begun = new ArrayList<>();
      // Edges that are under way keep their lanes, those that enter a box here end in its lane.
      for (int reader = 0; reader < groups.size(); reader++) {
        for (int operand : operands(reader)) {
          List<Integer> edge = List.of(operand, reader);
          if (rank[operand] < here && rank[reader] > here) {
            if (passing.containsKey(edge)) {
              taken.add(passing.get(edge).getLast());
              passing.get(edge).add(passing.get(edge).getLast());
            } else {
              begun.add(edge);
            }
          }
        }
      }
      inRank.stream()
          .sorted(Comparator.comparingInt(this::wanted).thenComparingInt(group -> group))
          .forEach(group -> lane[group] = nearest(wanted(group), taken));
      for (List<Integer> edge : begun) {
        int at = nearest(lane[edge.getFirst()] + 1, taken);
        passing.put(edge, new ArrayList<>(List.of(at)));
      }
    }

    /**
     * The lane that a group should have: below the last layer that it reads, or the first of
     * several.
     */
    private int wanted(int group) {
      return operands(group).stream()
          .max(Comparator.<Integer>comparingInt(o -> rank[o]).thenComparingInt(o -> -lane[o]))
          .map(operand -> lane[operand])
          .orElse(0);
    }

    private static int nearest(int wanted, Set<Integer> taken) {
      for (int distance = 0; ; distance++) {
        if (taken.add(wanted + distance)) {
          return wanted + distance;
        }
        if (wanted - distance >= 0 && taken.add(wanted - distance)) {
          return wanted - distance;
        }
      }
    }

    private GraphLayout layout(int ranks) {
      List<Box> boxes = new ArrayList<>();
      Set<Integer> wide = new HashSet<>();
      int lanes = 0;
      for (int group = 0; group < groups.size(); group++) {
        boxes.add(new Box(groups.get(group), rank[group], lane[group]));
        wide.add(lane[group]);
        lanes = Math.max(lanes, lane[group] + 1);
      }
      List<Edge> edges = new ArrayList<>();
      for (int reader = 0; reader < groups.size(); reader++) {
        for (int operand : operands(reader)) {
          List<Integer> way = new ArrayList<>(List.of(lane[operand]));
          way.addAll(passing.getOrDefault(List.of(operand, reader), List.of()));
          way.add(lane[reader]);
          edges.add(new Edge(boxes.get(operand), boxes.get(reader), List.copyOf(way)));
          lanes = Math.max(lanes, way.stream().mapToInt(l -> l + 1).max().orElse(0));
        }
      }
      return new GraphLayout(List.copyOf(boxes), List.copyOf(edges), ranks, wide, lanes);
    }
  }
}
