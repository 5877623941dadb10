package io.lipc.compiler.foreign;

import io.lipc.formats.Weights;
import io.lipc.model.Declaration;

/**
 * A model of another format as what a person would have written for it.
 *
 * @param declaration its layers, in the words of the language
 * @param weights the tensors that these name, in the precision of the declaration
 */
public record ImportedModel(Declaration declaration, Weights weights) {}
