package io.lipc.examples.shirts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data set's files, in a folder of a test's own: the data set itself is not here. */
final class ImagesTest {

  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

  @TempDir private Path folder;
  private DataFolder files;

  @BeforeEach
  void write() throws IOException {
    files = new DataFolder(folder);
    files.writePart("train", 18);
    files.writePart("t10k", 3);
  }

  private void assertRefused(String message) {
    assertThatIOException()
        .isThrownBy(() -> Images.read(folder, Images.Part.TEST))
        .withMessageContaining(message);
  }

  @Test
  void pixels_are_unsigned_bytes_row_by_row() throws IOException {
    List<Images.Image> images = Images.read(folder, Images.Part.TEST);
    assertThat(images).extracting(Images.Image::label).containsExactly(0, 1, 2);
    int[] counts = images.get(2).counts();
    assertThat(counts).hasSize(784);
    assertThat(Arrays.copyOf(counts, 3)).containsExactly(2, 3, 4);
    assertThat(counts[253]).isEqualTo(255);
    assertThat(counts[254]).isZero();
    assertThat(images.get(2).pixels()[253]).isEqualTo(1.0);
    assertThat(images.get(2).pixels()[0]).isEqualTo(2 / 255.0);
  }

  @Test
  void both_parts_are_read() throws IOException {
    assertThat(Images.read(folder, Images.Part.TRAINING)).hasSize(18);
  }

  @Test
  void the_table_begins_with_a_test_image_and_has_one_before_six_others() throws IOException {
    StringWriter table = new StringWriter();
    List<Images.Image> training = Images.read(folder, Images.Part.TRAINING);
    Table.write(training, Images.read(folder, Images.Part.TEST), table);
    List<String> rows = table.toString().lines().toList();
    assertThat(rows).hasSize(21).allMatch(row -> row.split(",", -1).length == 785);
    assertThat(rows.get(7)).startsWith("1,2,3,").endsWith(",1");
    assertThat(rows.get(8)).startsWith("6,7,8,").endsWith(",6");
    assertThat(rows.get(20)).startsWith("17,18,19,").endsWith(",7");
  }

  @Test
  void a_table_of_other_shares_would_mix_test_and_training() throws IOException {
    List<Images.Image> test = Images.read(folder, Images.Part.TEST);
    assertThatThrownBy(() -> Table.write(test, test, new StringWriter()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 training images are not six for each of 3 test images");
  }

  @Test
  void a_folder_without_the_data_set_is_told_where_to_get_it() throws IOException {
    Files.delete(folder.resolve(TEST_LABELS));
    assertRefused(TEST_LABELS + " does not exist; name the folder with the four files");
    assertThatIOException()
        .isThrownBy(() -> Images.read(folder.resolve("none"), Images.Part.TEST))
        .withMessageContaining(": there is no such folder; name")
        .withMessageContaining("dataset-fashion-mnist");
  }

  @Test
  void what_is_no_file_is_refused() throws IOException {
    Files.delete(folder.resolve(TEST_LABELS));
    Files.createDirectory(folder.resolve(TEST_LABELS));
    assertRefused(TEST_LABELS + " cannot be read: ");
  }

  @Test
  void a_file_that_is_not_compressed_is_refused() throws IOException {
    Files.write(folder.resolve(TEST_IMAGES), new byte[] {0, 0, 8, 3});
    assertRefused(TEST_IMAGES + " is not a whole file of gzip");
  }

  @Test
  void a_file_that_ends_early_is_refused() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(TEST_IMAGES));
    Files.write(folder.resolve(TEST_IMAGES), Arrays.copyOf(whole, whole.length / 2));
    assertRefused(TEST_IMAGES + " is not a whole file of gzip");
  }

  @Test
  void another_kind_of_array_is_refused() throws IOException {
    files.write(TEST_IMAGES, 0x0d03, new int[] {1, 1, 1}, new byte[4]);
    assertRefused(TEST_IMAGES + " is not an idx file of unsigned bytes with 3 extents");
    files.write(TEST_IMAGES, 0x0803, new int[] {1}, new byte[4]);
    assertRefused(TEST_IMAGES + " is not an idx file of unsigned bytes with 3 extents");
  }

  @Test
  void extents_have_to_fit_the_elements() throws IOException {
    files.write(TEST_IMAGES, 0x0803, new int[] {3, 28, 28}, new byte[3 * 784 - 1]);
    assertRefused("extents [3, 28, 28], but holds 2351 bytes");
    files.write(TEST_IMAGES, 0x0803, new int[] {3, 28, 28}, new byte[3 * 784 + 1]);
    assertRefused("extents [3, 28, 28], but holds 2353 bytes");
  }

  @Test
  void extents_whose_product_overflows_are_refused() throws IOException {
    files.write(TEST_IMAGES, 0x0803, new int[] {1 << 30, 1 << 30, 16}, new byte[0]);
    assertRefused("but holds 0 bytes");
    files.write(TEST_IMAGES, 0x0803, new int[] {-1, 28, -28}, new byte[784]);
    assertRefused("but holds 784 bytes");
    files.write(TEST_IMAGES, 0x0803, new int[] {0, 28, 28}, new byte[0]);
    assertRefused("but holds 0 bytes");
  }

  @Test
  void images_of_another_size_are_refused() throws IOException {
    files.write(TEST_IMAGES, 0x0803, new int[] {3, 14, 56}, new byte[3 * 784]);
    assertRefused("has extents [3, 14, 56]; images of 28 by 28 pixels were expected");
  }

  @Test
  void as_many_labels_as_images_are_expected() throws IOException {
    files.write(TEST_LABELS, 0x0801, new int[] {2}, new byte[2]);
    assertRefused(TEST_LABELS + " has 2 labels, but ");
  }

  @Test
  void a_label_is_one_of_ten() throws IOException {
    files.write(TEST_LABELS, 0x0801, new int[] {3}, new byte[] {9, 10, 0});
    assertRefused(TEST_LABELS + ": image 2 has the class 10; there are ten, from 0");
  }
}
