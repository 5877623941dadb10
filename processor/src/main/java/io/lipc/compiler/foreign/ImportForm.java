package io.lipc.compiler.foreign;

import io.lipc.model.Operation;
import io.lipc.model.Precision;
import io.lipc.model.Property;
import java.util.List;
import java.util.Optional;

/**
 * What a declaration says that a model of another format does not.
 *
 * @param name the qualified name of the network
 * @param documentation its doc comment; may be empty
 * @param properties what is to be proved, where anything is declared
 * @param weights what the declaration calls its file of weights
 * @param precision its precision; where nothing is said, the least that holds all numbers of the
 *     model
 * @param input what the input is called
 * @param box the interval of every element of the input, if there is one
 */
public record ImportForm(
    String name,
    String documentation,
    List<Property> properties,
    String weights,
    Optional<Precision> precision,
    String input,
    Optional<Operation.Box> box) {}
