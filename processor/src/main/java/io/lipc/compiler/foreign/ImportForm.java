package io.lipc.compiler.foreign;

import io.lipc.formats.ElementType;
import io.lipc.model.Operation;
import io.lipc.model.Property;
import java.util.List;
import java.util.Optional;

/**
 * The facts of a declaration that a model of another format does not state.
 *
 * @param name the qualified name of the network
 * @param documentation its doc comment; may be empty
 * @param properties the bound to be proved, and other claims; empty where none is declared
 * @param weights the name of the declaration's file of weights
 * @param precision its precision; if empty, the least that holds all numbers of the model
 * @param input the name of the input
 * @param box the interval of every element of the input, if there is one
 */
public record ImportForm(
    String name,
    String documentation,
    List<Property> properties,
    String weights,
    Optional<ElementType> precision,
    String input,
    Optional<Operation.Box> box) {}
