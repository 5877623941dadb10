package io.lipc.fuzz;

import java.util.List;

/**
 * One of the formats that lipc reads.
 *
 * @param name of the format, and of the files in which its faulty mutants are kept
 * @param ending of such files, without the dot
 * @param share how many of {@link Fuzz#SHARES} are of this format
 * @param samples files as users have them, in a fixed order
 * @param change how a mutant is made
 * @param reader the way in that users take
 */
record Format(
    String name, String ending, int share, List<byte[]> samples, Change change, Reader reader) {

  Format {
    samples = List.copyOf(samples);
  }

  /** A file that lipc has never seen. */
  record Mutant(byte[] content, int sample) {}

  /** Makes a mutant of a sample; parts may come from another. */
  interface Change {
    byte[] apply(byte[] sample, byte[] other, Mutator mutator);
  }

  /** The outcome of reading a mutant, where nothing is wrong. */
  enum Outcome {
    ACCEPTED,
    REFUSED
  }

  /** Reads mutants; whatever it throws is a fault of lipc. */
  interface Reader {
    Outcome read(Mutant mutant) throws Exception;
  }

  /** The mutant of a seed. */
  Mutant mutant(long seed) {
    Mutator mutator = new Mutator(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    int sample = mutator.below(samples.size());
    byte[] other = samples.get(mutator.below(samples.size()));
    return new Mutant(change.apply(samples.get(sample), other, mutator), sample);
  }
}
