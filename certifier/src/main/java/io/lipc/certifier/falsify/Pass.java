package io.lipc.certifier.falsify;

import io.lipc.certificate.Unit;
import io.lipc.certificate.activation.ActivationFunction;
import io.lipc.certificate.function.Elementwise;
import io.lipc.certificate.function.Grouped;
import io.lipc.certificate.linear.Windows;
import io.lipc.certifier.problem.LinearOperator;
import io.lipc.linalg.Deadline;
import io.lipc.linalg.Dense;

/**
 * The function of a step in doubles, made once for all inputs: a search evaluates a small network a
 * hundred thousand times. Operands are one vector.
 */
sealed interface Pass {

  /** The value at {@code x}. */
  double[] value(double[] x, Deadline deadline);

  /** The derivative at {@code x}; where the function has a kink, one of its sides. */
  Derivative at(double[] x);

  /** A derivative J at one place. */
  sealed interface Derivative {

    /** {@code J v}. */
    double[] times(double[] v, Deadline deadline);

    /** {@code x += J' u}. */
    void addTransposed(double[] u, double[] x, Deadline deadline);
  }

  /** The pass of an activation of vectors of {@code width} elements. */
  static Pass of(Unit.Activation activation, int width) {
    return switch (activation.function()) {
      case ActivationFunction.OfElements elements -> new Elements(Elementwise.of(elements));
      case ActivationFunction.OfGroups groups ->
          new Groups(Grouped.of(groups).apart(width, activation.pixels()));
    };
  }

  /** The input of a program. */
  record Input() implements Pass, Derivative {

    @Override
    public double[] value(double[] x, Deadline deadline) {
      return x.clone();
    }

    @Override
    public Derivative at(double[] x) {
      return this;
    }

    @Override
    public double[] times(double[] v, Deadline deadline) {
      return v.clone();
    }

    @Override
    public void addTransposed(double[] u, double[] x, Deadline deadline) {
      Dense.addScaled(x, u, 1);
    }
  }

  /** A linear map, and a shift. */
  record Linear(LinearOperator operator) implements Pass, Derivative {

    @Override
    public double[] value(double[] x, Deadline deadline) {
      return operator.times(x, true, deadline);
    }

    @Override
    public Derivative at(double[] x) {
      return this;
    }

    @Override
    public double[] times(double[] v, Deadline deadline) {
      return operator.times(v, false, deadline);
    }

    @Override
    public void addTransposed(double[] u, double[] x, Deadline deadline) {
      operator.addTransposed(u, x, deadline);
    }
  }

  /** A function of each element. */
  record Elements(Elementwise function) implements Pass {

    @Override
    public double[] value(double[] x, Deadline deadline) {
      double[] y = new double[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = function.value(x[i]);
      }
      return y;
    }

    @Override
    public Derivative at(double[] x) {
      double[] slopes = new double[x.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = function.slope(x[i]);
      }
      return new Diagonal(slopes);
    }
  }

  /** Slopes of each element. */
  record Diagonal(double[] slopes) implements Derivative {

    @Override
    public double[] times(double[] v, Deadline deadline) {
      double[] y = new double[v.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = slopes[i] * v[i];
      }
      return y;
    }

    @Override
    public void addTransposed(double[] u, double[] x, Deadline deadline) {
      for (int i = 0; i < u.length; i++) {
        x[i] += slopes[i] * u[i];
      }
    }
  }

  /** A function of groups. */
  record Groups(Grouped function) implements Pass {

    @Override
    public double[] value(double[] x, Deadline deadline) {
      return function.value(x);
    }

    @Override
    public Derivative at(double[] x) {
      return new OfGroups(function, x);
    }
  }

  /** The derivative of groups at {@code at}. */
  record OfGroups(Grouped function, double[] at) implements Derivative {

    @Override
    public double[] times(double[] v, Deadline deadline) {
      return function.times(at, v);
    }

    @Override
    public void addTransposed(double[] u, double[] x, Deadline deadline) {
      Dense.addScaled(x, function.transposedTimes(at, u), 1);
    }
  }

  /** The maxima of windows: {@code places} has the places of each window. */
  record Pool(int[][] places) implements Pass {

    static Pool of(Unit.MaxPool pool) {
      Windows windows = pool.windows();
      int[][] places = new int[pool.size()][];
      for (int i = 0; i < places.length; i++) {
        places[i] = windows.places(i);
      }
      return new Pool(places);
    }

    @Override
    public double[] value(double[] x, Deadline deadline) {
      return at(x).times(x, deadline);
    }

    @Override
    public Picked at(double[] x) {
      int[] largest = new int[places.length];
      for (int i = 0; i < largest.length; i++) {
        largest[i] = largest(places[i], x);
      }
      return new Picked(largest);
    }

    /** The first of equal ones. */
    private static int largest(int[] window, double[] x) {
      int best = window[0];
      for (int k : window) {
        best = x[k] > x[best] ? k : best;
      }
      return best;
    }
  }

  /** One element for each result. */
  record Picked(int[] places) implements Derivative {

    @Override
    public double[] times(double[] v, Deadline deadline) {
      double[] y = new double[places.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = v[places[i]];
      }
      return y;
    }

    @Override
    public void addTransposed(double[] u, double[] x, Deadline deadline) {
      for (int i = 0; i < u.length; i++) {
        x[places[i]] += u[i];
      }
    }
  }
}
