package io.lipc.runtime;

import io.lipc.certificate.RoundingBound;
import io.lipc.certificate.Subject;
import io.lipc.certificate.Unit;
import io.lipc.formats.Tensor;
import java.util.List;

/**
 * The numbers that a network runs on: to the bit the ones that its certificate is about. Generated
 * constructors take their arrays from here, {@code float[]} or {@code double[]} by their precision;
 * the conversion to float changes no number, because the certified ones are floats then.
 */
public final class CertifiedParameters {

  private final Subject subject;
  private final List<Unit.Affine> affines;

  /** Of a subject whose tensors have been compared with its certificate. */
  CertifiedParameters(Subject subject) {
    this.subject = subject;
    this.affines =
        subject.certificate().units().stream()
            .filter(Unit.Affine.class::isInstance)
            .map(Unit.Affine.class::cast)
            .toList();
  }

  /** The certificate with everything that it is about. */
  public Subject subject() {
    return subject;
  }

  /**
   * A bound of the rounding error of one evaluation, per logit, over the declared box of inputs;
   * infinite where none can be proved.
   */
  public double maxError() {
    return RoundingBound.maxError(subject).orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * The columns of a dense layer's weight.
   *
   * @param tensor the name of a tensor of two extents, {@code [outputs, inputs]}
   * @return one fresh array of {@code outputs} numbers per input
   */
  public float[][] floatColumns(String tensor) {
    Tensor weight = tensor(tensor);
    int outputs = weight.shape().get(0);
    int inputs = weight.shape().get(1);
    float[][] columns = new float[inputs][outputs];
    for (int i = 0; i < outputs; i++) {
      for (int k = 0; k < inputs; k++) {
        columns[k][i] = (float) weight.get(i * inputs + k);
      }
    }
    return columns;
  }

  /** The elements of a tensor, in row-major order, as a fresh array. */
  public float[] floatVector(String tensor) {
    return toFloats(tensor(tensor).values());
  }

  /** The factors of the certificate's affine unit number {@code index}, counted from 0. */
  public float[] floatScale(int index) {
    return toFloats(toDoubles(affine(index).scale()));
  }

  /** The shifts of the certificate's affine unit number {@code index}, counted from 0. */
  public float[] floatShift(int index) {
    return toFloats(toDoubles(affine(index).shift()));
  }

  /**
   * The columns of a dense layer's weight.
   *
   * @param tensor the name of a tensor of two extents, {@code [outputs, inputs]}
   * @return one fresh array of {@code outputs} numbers per input
   */
  public double[][] doubleColumns(String tensor) {
    Tensor weight = tensor(tensor);
    int outputs = weight.shape().get(0);
    int inputs = weight.shape().get(1);
    double[][] columns = new double[inputs][outputs];
    for (int i = 0; i < outputs; i++) {
      for (int k = 0; k < inputs; k++) {
        columns[k][i] = weight.get(i * inputs + k);
      }
    }
    return columns;
  }

  /** The elements of a tensor, in row-major order, as a fresh array. */
  public double[] doubleVector(String tensor) {
    return tensor(tensor).values();
  }

  /** The factors of the certificate's affine unit number {@code index}, counted from 0. */
  public double[] doubleScale(int index) {
    return toDoubles(affine(index).scale());
  }

  /** The shifts of the certificate's affine unit number {@code index}, counted from 0. */
  public double[] doubleShift(int index) {
    return toDoubles(affine(index).shift());
  }

  private Tensor tensor(String name) {
    return subject
        .weights()
        .tensor(name)
        .orElseThrow(() -> new IllegalStateException("no tensor `" + name + "` was certified"));
  }

  private Unit.Affine affine(int index) {
    if (index >= affines.size()) {
      throw new IllegalStateException("no affine unit " + index + " was certified");
    }
    return affines.get(index);
  }

  private static double[] toDoubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
