package io.lipc.runtime.layout;

import io.lipc.certificate.linear.Convolution;
import java.util.Arrays;

/**
 * The output channels of a convolution by blocks: neighbours, which all read the same channels, so
 * that no block reaches over two groups. The last block of a group may be smaller.
 *
 * <p>Everything stands here twice, for float and for double, and a change to one belongs in the
 * other.
 */
public final class ChannelBlocks {

  private final Convolution map;

  /** The number of channels of a full block. */
  private final int size;

  /** The number of output channels of a group. */
  private final int channels;

  public ChannelBlocks(Convolution map, int size) {
    this.map = map;
    this.size = size;
    this.channels = map.channels() / map.groups();
  }

  private int count() {
    return map.groups() * Math.ceilDiv(channels, size);
  }

  private int first(int block) {
    int each = Math.ceilDiv(channels, size);
    return block / each * channels + block % each * size;
  }

  private int end(int block) {
    int first = first(block);
    return Math.min(first + size, (first / channels + 1) * channels);
  }

  /** Block by block what each element of a window is multiplied by, {@code [(b, u, v, i)][o]}. */
  public float[][] taps(float[] weight) {
    Windows windows = new Windows(map);
    float[][] taps = new float[count() * windows.size()][];
    for (int t = 0; t < taps.length; t++) {
      int block = t / windows.size();
      int first = first(block);
      taps[t] = new float[end(block) - first];
      for (int o = 0; o < taps[t].length; o++) {
        taps[t][o] = weight[windows.weight(first + o, t % windows.size())];
      }
    }
    return taps;
  }

  /** The same of doubles. */
  public double[][] taps(double[] weight) {
    Windows windows = new Windows(map);
    double[][] taps = new double[count() * windows.size()][];
    for (int t = 0; t < taps.length; t++) {
      int block = t / windows.size();
      int first = first(block);
      taps[t] = new double[end(block) - first];
      for (int o = 0; o < taps[t].length; o++) {
        taps[t][o] = weight[windows.weight(first + o, t % windows.size())];
      }
    }
    return taps;
  }

  /** The numbers of the channels block by block, {@code [b][o]}. */
  public float[][] biases(float[] bias) {
    float[][] biases = new float[count()][];
    for (int block = 0; block < biases.length; block++) {
      biases[block] = Arrays.copyOfRange(bias, first(block), end(block));
    }
    return biases;
  }

  /** The same of doubles. */
  public double[][] biases(double[] bias) {
    double[][] biases = new double[count()][];
    for (int block = 0; block < biases.length; block++) {
      biases[block] = Arrays.copyOfRange(bias, first(block), end(block));
    }
    return biases;
  }
}
