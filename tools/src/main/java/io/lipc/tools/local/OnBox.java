package io.lipc.tools.local;

import io.lipc.certificate.Norms;
import io.lipc.certificate.Subject;
import io.lipc.certificate.margin.Lead;
import io.lipc.certifier.FurtherSearch;
import io.lipc.certifier.LeadSearch;
import io.lipc.certifier.LocalBracket;
import io.lipc.certifier.MonotoneSearch;
import io.lipc.certifier.SearchListener;
import io.lipc.certifier.problem.UnitLists;
import io.lipc.formats.Norm;
import io.lipc.linalg.Deadline;
import io.lipc.model.CheckedNetwork;
import io.lipc.model.Interval;
import io.lipc.model.Property;
import io.lipc.model.Region;
import io.lipc.model.check.DeclarationChecker;
import io.lipc.tools.command.InputError;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Questions about a network on a box, and their answers.
 *
 * @param proved the network with a bound for all inputs
 * @param sides of the box
 * @param end when there has to be an answer
 */
record OnBox(
    CheckedNetwork checked, Subject proved, List<Interval> sides, BoxSearch search, Deadline end) {

  /** The rest of the time is for one more look at all parts. */
  private static final double BEFORE_SLOPES = 0.85;

  /** The rest of the time is for the reason, where nothing is proved. */
  private static final double BEFORE_REASON = 0.8;

  /** The same questions about another box. */
  OnBox of(List<Interval> others, Deadline other) {
    return new OnBox(checked, proved, others, search, other);
  }

  /**
   * A bound.
   *
   * @param wanted the least that is found is wanted, if it is empty
   * @param slopes whether a bound of each output by each input is asked for
   * @throws InputError if the network cannot have one, or declares a smaller box
   */
  LocalAnswer.Bound bound(OptionalDouble wanted, Norms norms, boolean slopes) throws InputError {
    // A bound that nobody asks for is the least that is found, above any number.
    Property.Local question = checked(local(wanted.orElse(Double.MIN_VALUE), norms));
    Deadline before = slopes ? end.part(BEFORE_SLOPES) : end;
    LocalBracket.Found found = search.of(question, proved, before);
    Optional<List<List<Double>>> moves =
        slopes
            ? Optional.of(LocalBracket.slopes(question, proved, found, end).orElse(List.of()))
            : Optional.empty();
    return new LocalAnswer.Bound(proved, question, wanted, found, moves);
  }

  /**
   * Whether the output in the lead stays there.
   *
   * @param smallest whether the smallest is in the lead, in place of the largest
   * @throws InputError if the network cannot be asked, declares a smaller box, or its differences
   *     of outputs have no bound for all inputs
   */
  LocalAnswer.OfClass ofClass(Norm from, boolean smallest) throws InputError {
    checked(local(1, new Norms(from, Norm.LINF)));
    Optional<Lead> found = Lead.of(proved, from, UnitLists.box(sides), smallest);
    if (found.isEmpty()) {
      return new LocalAnswer.OfClass(proved, from, Optional.empty());
    }
    Lead lead = found.get();
    Subject differences =
        LeadSearch.differences(proved, lead, end.part(Proved.SHARE))
            .orElseThrow(
                () -> Proved.unproved("the differences of outputs of " + checked.network().name()));
    Property.Local question = local(lead.enough(), lead.norms());
    LocalBracket.Found searched = search.of(question, differences, end);
    return new LocalAnswer.OfClass(
        proved, from, Optional.of(new LocalAnswer.Led(lead, differences, searched)));
  }

  /**
   * Whether outputs follow inputs.
   *
   * @throws InputError if the network cannot have such trends, or declares a smaller box
   */
  LocalAnswer.Trends trends(List<Property.Trend> all) throws InputError {
    Property.Monotone question = checked(new Property.Monotone(all, new Region.Sides(sides)));
    Optional<Subject> found =
        FurtherSearch.certify(
            question, proved, end.left(), end.part(BEFORE_REASON), SearchListener.NONE);
    Optional<MonotoneSearch.Reason> reason =
        found.isPresent()
            ? Optional.empty()
            : Optional.of(MonotoneSearch.reason(question, proved, end));
    return new LocalAnswer.Trends(proved, question, found, reason);
  }

  private Property.Local local(double bound, Norms norms) {
    return new Property.Local(
        new Property.Lipschitz(bound, norms.input(), norms.output()), new Region.Sides(sides));
  }

  private <P extends Property.Further> P checked(P asked) throws InputError {
    DeclarationChecker.Further found = DeclarationChecker.check(checked, asked);
    if (!found.findings().isEmpty()) {
      throw new InputError(found.findings().getFirst().diagnostic().message());
    }
    return asked;
  }
}
