package io.lipc.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lipc.runtime.tornado.BatchSizes.Piece;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How batches are cut. None of this needs a device. */
class BatchSizesTest {

  private static List<Piece> rounded(int rows) {
    return rounded(rows, List.of());
  }

  private static List<Piece> rounded(int rows, List<Integer> compiled) {
    return new BatchSizes.Rounded().pieces(rows, compiled);
  }

  @Test
  void a_batch_that_fills_half_of_a_plan_is_rounded_up() {
    assertThat(rounded(1)).containsExactly(new Piece(1, 1));
    assertThat(rounded(2)).containsExactly(new Piece(2, 4));
    assertThat(rounded(64)).containsExactly(new Piece(64, 64));
    assertThat(rounded(600)).containsExactly(new Piece(600, 1024));
    assertThat(rounded(4096)).containsExactly(new Piece(4096, 4096));
  }

  @Test
  void another_one_is_cut() {
    assertThat(rounded(7)).containsExactly(new Piece(4, 4), new Piece(3, 4));
    assertThat(rounded(5)).containsExactly(new Piece(4, 4), new Piece(1, 1));
    assertThat(rounded(300)).containsExactly(new Piece(256, 256), new Piece(44, 64));
    assertThat(rounded(10_000))
        .containsExactly(
            new Piece(4096, 4096),
            new Piece(4096, 4096),
            new Piece(1024, 1024),
            new Piece(784, 1024));
  }

  @Test
  void what_was_compiled_for_is_taken_as_well() {
    assertThat(rounded(600, List.of(600))).containsExactly(new Piece(600, 600));
    assertThat(rounded(350, List.of(600))).containsExactly(new Piece(350, 600));
    assertThat(rounded(10_000, List.of(10_000))).containsExactly(new Piece(10_000, 10_000));
  }

  /** However many rows there are: all of them, in few pieces, by seven plans in all. */
  @Test
  void every_batch_up_to_10000() {
    Set<Integer> sizes = new HashSet<>();
    for (int rows = 1; rows <= 10_000; rows++) {
      List<Piece> pieces = rounded(rows);
      assertThat(pieces.stream().mapToInt(Piece::rows).sum()).isEqualTo(rows);
      assertThat(pieces).allMatch(piece -> piece.rows() >= 1 && piece.rows() <= piece.size());
      assertThat(pieces.stream().mapToInt(Piece::size).sum()).isLessThanOrEqualTo(2 * rows);
      assertThat(pieces.subList(0, pieces.size() - 1)).allMatch(p -> p.rows() == p.size());
      assertThat(pieces).hasSizeLessThanOrEqualTo(6 + rows / 4096);
      assertThat(pieces.subList(0, pieces.size() - 1))
          .filteredOn(p -> p.size() < 4096)
          .doesNotHaveDuplicates();
      pieces.forEach(piece -> sizes.add(piece.size()));
    }
    assertThat(sizes).containsExactlyInAnyOrder(1, 4, 16, 64, 256, 1024, 4096);
  }

  @Test
  void the_largest_batch_is_cut_without_overflow() {
    List<Piece> pieces = rounded(Integer.MAX_VALUE);
    assertThat(pieces.stream().mapToLong(Piece::rows).sum()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void one_size_alone_cuts_every_batch_into_pieces_of_it() {
    BatchSizes fixed = new BatchSizes.Fixed(64);
    assertThat(fixed.first()).isEqualTo(64);
    assertThat(fixed.pieces(1, List.of())).containsExactly(new Piece(1, 64));
    assertThat(fixed.pieces(64, List.of(64))).containsExactly(new Piece(64, 64));
    assertThat(fixed.pieces(150, List.of(64)))
        .containsExactly(new Piece(64, 64), new Piece(64, 64), new Piece(22, 64));
    List<Piece> all = new BatchSizes.Fixed(Integer.MAX_VALUE).pieces(7, List.of());
    assertThat(all).containsExactly(new Piece(7, Integer.MAX_VALUE));
  }

  @Test
  void one_size_alone_refuses_to_compile_for_others() {
    BatchSizes fixed = new BatchSizes.Fixed(64);
    fixed.checkExact(64);
    assertThatThrownBy(() -> fixed.checkExact(16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "this network was placed for batches of 64 rows alone, and is not compiled for 16;"
                + " on(device, program) compiles for others");
    new BatchSizes.Rounded().checkExact(16);
  }
}
