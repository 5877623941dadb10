package io.lipc.kernels.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.lipc.kernels.graph.Buffer;
import io.lipc.kernels.graph.Kernel;
import io.lipc.kernels.graph.KernelGraph;
import io.lipc.kernels.graph.Lookup;
import io.lipc.kernels.pass.BufferPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * The part of a generated class that grows with the network: weights, layers, buffers.
 *
 * <p>A method of the JVM holds 64 KB, C2 compiles none above 8000 bytes, and a class has 65535
 * constants. So a long network is cut into nested classes {@code Part1}, {@code Part2}, ..., each
 * far below these limits; a short one is written without them.
 */
final class NetworkBody {

  /** The nested class of intermediate results. */
  static final String BUFFERS = "Buffers";

  /** The nested class of the intermediate results of a block of rows. */
  static final String BLOCK = "Block";

  /** The nested class of the intermediate results of one part. */
  private static final String RESULTS = "Results";

  /** The method that runs the layers before the head on an image. */
  static final String APPLY_IMAGE = "applyImage";

  /** The name of the buffer that the head reads. */
  static final String FEATURES = "features";

  /** A call of a kernel is about 30 bytes, of the longest sum 120. */
  static final int MAX_KERNELS = 60;

  private final ClassNames names;
  private final Scalar scalar;
  private final Buffer input;
  private final ImagePlan images;

  /** The kernels that run on blocks of rows; they stand behind all others. */
  private final Optional<KernelGraph> blocks;

  /** The buffers of the kernels that run on blocks. */
  private final BufferPlan plan;

  /** The part in which each buffer is first written. */
  private final Map<Buffer, Integer> writers = new HashMap<>();

  /** The buffers that each part is the first to write. */
  private final List<List<Buffer>> results = new ArrayList<>();

  private final List<List<LayerCode>> parts = new ArrayList<>();
  private final List<String> partFields = new ArrayList<>();
  private final int partCount;

  /** The number of parts that run row by row only. */
  private final int rowParts;

  /** Whether parts are nested classes. */
  private final boolean isCut;

  NetworkBody(ClassNames names, Scalar scalar, KernelGraph graph) {
    this.names = names;
    this.scalar = scalar;
    this.input = graph.input();
    this.images = ImagePlan.of(graph, scalar);
    this.blocks = BlockGraph.of(graph, scalar);
    this.plan = blocks.map(BufferPlan::of).orElse(new BufferPlan(Map.of(), List.of()));
    List<Kernel> onBlocks = blocks.map(KernelGraph::kernels).orElse(List.of());
    int alone = graph.kernels().size() - onBlocks.size();
    List<List<Kernel>> cut = cut(graph.kernels().subList(0, alone));
    this.rowParts = cut.size();
    cut.addAll(cut(onBlocks));
    this.partCount = cut.size();
    this.isCut = graph.kernels().size() > MAX_KERNELS;
    for (int part = 0; part < partCount; part++) {
      results.add(firstWritten(cut.get(part), part));
      if (isCut) {
        partFields.add(names.newField(partName(part)));
      }
    }
    // Only now: the parts take their names first, whatever the layers are called.
    LayerEmitter emitter =
        new LayerEmitter(
            names, scalar, images, new LayerEmitter.Places(this::place, this::blockPlace));
    cut.forEach(kernels -> parts.add(kernels.stream().map(emitter::emit).toList()));
  }

  private static List<List<Kernel>> cut(List<Kernel> kernels) {
    List<List<Kernel>> cut = new ArrayList<>();
    for (int from = 0; from < kernels.size(); from += MAX_KERNELS) {
      cut.add(kernels.subList(from, Math.min(from + MAX_KERNELS, kernels.size())));
    }
    return cut;
  }

  private List<Buffer> firstWritten(List<Kernel> kernels, int part) {
    List<Buffer> first = new ArrayList<>();
    for (Kernel kernel : kernels) {
      if (writers.putIfAbsent(kernel.target(), part) == null) {
        first.add(kernel.target());
      }
    }
    return first;
  }

  /** The text for a buffer in the class's {@code apply} methods. */
  String place(Buffer buffer) {
    if (buffer.equals(input)) {
      return "input";
    }
    String part = isCut ? partName(Lookup.in(writers, buffer)) + "." : "";
    return "buffers." + part + names.of(buffer);
  }

  /**
   * The text for a buffer in a block. A buffer that is in no block has no place: no code that would
   * read it there is written.
   */
  String blockPlace(Buffer buffer) {
    if (blocks.filter(graph -> graph.input().equals(buffer)).isPresent()) {
      return blockInput();
    }
    Integer place = plan.places().get(buffer);
    return place == null ? names.of(buffer) : "block." + sharedName(place);
  }

  private String blockInput() {
    return hasHead() ? FEATURES : "inputs";
  }

  /** Whether the whole network runs on blocks of rows. */
  boolean runsTransposed() {
    return blocks.isPresent() && rowParts == 0;
  }

  /** The kernels that run on blocks of rows, where others run image by image. */
  Optional<KernelGraph> head() {
    return hasHead() ? blocks : Optional.empty();
  }

  private boolean hasHead() {
    return blocks.isPresent() && rowParts > 0;
  }

  private static String sharedName(int place) {
    return "shared" + (place + 1);
  }

  /** The fields of the class itself. */
  List<FieldSpec> fields() {
    if (!isCut) {
      return LayerCode.fieldsOf(layers(0, partCount));
    }
    List<FieldSpec> fields = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      fields.add(
          FieldSpec.builder(partType(i), partFields.get(i), Modifier.PRIVATE, Modifier.FINAL)
              .build());
    }
    return fields;
  }

  /** The statements that set these fields from the variable {@code parameters}. */
  CodeBlock initialisation() {
    if (!isCut) {
      return LayerCode.assignments(layers(0, partCount));
    }
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = 0; i < parts.size(); i++) {
      code.addStatement("this.$L = new $T(parameters)", partFields.get(i), partType(i));
    }
    return code.build();
  }

  /** The statements that run all kernels, where {@code input} and {@code buffers} are in scope. */
  CodeBlock run() {
    if (!hasHead()) {
      return run(0, partCount);
    }
    return CodeBlock.builder()
        .addStatement("$L(buffers, input)", APPLY_IMAGE)
        .add(run(rowParts, partCount))
        .build();
  }

  /** The same for the kernels before the head. */
  CodeBlock runImages() {
    return run(0, rowParts);
  }

  private CodeBlock run(int from, int to) {
    if (!isCut) {
      return LayerCode.statements(layers(from, to));
    }
    CodeBlock.Builder code = CodeBlock.builder();
    for (String part : partFields.subList(from, to)) {
      code.addStatement("$L.apply(input, buffers$L)", part, names.calleeVariables(", "));
    }
    return code.build();
  }

  private List<LayerCode> layers(int from, int to) {
    return parts.subList(from, to).stream().flatMap(List::stream).toList();
  }

  /**
   * The same for a block, where {@code buffers}, {@code rows}, and {@code inputs} or {@link
   * #FEATURES} are in scope.
   */
  CodeBlock runBlock() {
    CodeBlock.Builder code = CodeBlock.builder();
    if (hasBlock()) {
      code.addStatement("$L block = buffers.block(rows)", BLOCK);
    }
    if (!isCut) {
      return code.add(LayerCode.blockStatements(layers(rowParts, partCount))).build();
    }
    for (String part : partFields.subList(rowParts, partCount)) {
      code.addStatement(
          "$L.applyTransposed($L, buffers, block, rows$L)",
          part,
          blockInput(),
          names.calleeVariables(", "));
    }
    return code.build();
  }

  /** Appends the layers' methods and the nested classes. */
  TypeSpec.Builder addTo(TypeSpec.Builder type) {
    if (isCut) {
      for (int i = 0; i < parts.size(); i++) {
        type.addType(part(i));
      }
    } else {
      parts.forEach(layers -> type.addMethods(LayerCode.methodsOf(layers)));
    }
    type.addType(buffers());
    return hasBlock() ? type.addType(block()) : type;
  }

  private boolean hasBlock() {
    return !plan.sizes().isEmpty();
  }

  private TypeSpec part(int number) {
    List<LayerCode> layers = parts.get(number);
    TypeSpec.Builder type =
        TypeSpec.classBuilder(partType(number))
            .addJavadoc(
                "Part $L of $L: a class and its methods have limits of size.",
                number + 1,
                partCount)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addFields(LayerCode.fieldsOf(layers))
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addParameter(RuntimeTypes.PARAMETERS, "parameters")
                    .addCode(LayerCode.assignments(layers))
                    .build())
            .addMethod(partApply(layers));
    if (blocks.isPresent() && number >= rowParts) {
      type.addMethod(partApplyTransposed(layers));
    }
    return type.addMethods(LayerCode.methodsOf(layers))
        .addType(
            TypeSpec.classBuilder(RESULTS)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addFields(bufferFields(number))
                .build())
        .build();
  }

  private MethodSpec partApply(List<LayerCode> layers) {
    MethodSpec.Builder apply =
        MethodSpec.methodBuilder("apply")
            .addParameter(scalar.vector(), "input")
            .addParameter(names.generated().nestedClass(BUFFERS), "buffers");
    names.callees().forEach(callee -> apply.addParameter(callee.type(), callee.variable()));
    return apply.addCode(LayerCode.statements(layers)).build();
  }

  private MethodSpec partApplyTransposed(List<LayerCode> layers) {
    MethodSpec.Builder apply =
        MethodSpec.methodBuilder("applyTransposed")
            .addParameter(scalar.matrix(), blockInput())
            .addParameter(names.generated().nestedClass(BUFFERS), "buffers")
            .addParameter(names.generated().nestedClass(BLOCK), "block")
            .addParameter(TypeName.INT, "rows");
    names.callees().forEach(callee -> apply.addParameter(callee.type(), callee.variable()));
    return apply.addCode(LayerCode.blockStatements(layers)).build();
  }

  /** Layers share these by {@link BufferPlan}. */
  private TypeSpec block() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(BLOCK)
            .addJavadoc(
                "The intermediate results of a block of rows. Results that are not needed at the same\n"
                    + "time share their arrays.")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL);
    type.addField(TypeName.INT, "rows", Modifier.FINAL);
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addParameter(TypeName.INT, "rows")
            .addStatement("this.rows = rows");
    for (int place = 0; place < plan.sizes().size(); place++) {
      type.addField(scalar.matrix(), sharedName(place), Modifier.FINAL);
      constructor.addStatement(
          "$L = $T.allocate($L, rows)",
          sharedName(place),
          RuntimeTypes.TRANSPOSED,
          plan.sizes().get(place));
    }
    return type.addMethod(constructor.build()).build();
  }

  private TypeSpec buffers() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(BUFFERS)
            .addJavadoc("The intermediate results of one evaluation.")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(RuntimeTypes.WORKSPACE);
    for (int i = 0; i < parts.size(); i++) {
      if (isCut) {
        ClassName results = partType(i).nestedClass(RESULTS);
        type.addField(
            FieldSpec.builder(results, partName(i), Modifier.FINAL)
                .initializer("new $T()", results)
                .build());
      } else {
        type.addFields(bufferFields(i));
      }
    }
    if (hasBlock()) {
      addBlock(type);
    }
    if (names.callees().isEmpty()) {
      return type.build();
    }
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
    for (ClassNames.CalleeName callee : names.callees()) {
      type.addField(RuntimeTypes.WORKSPACE, callee.workspace(), Modifier.FINAL);
      constructor
          .addParameter(callee.type(), callee.variable())
          .addStatement("this.$L = $L.newWorkspace()", callee.workspace(), callee.variable());
    }
    return type.addMethod(constructor.build()).build();
  }

  /**
   * Allocated by the first batch, and again by one with more rows, so that small ones are cheap.
   */
  private void addBlock(TypeSpec.Builder buffers) {
    ClassName block = names.generated().nestedClass(BLOCK);
    buffers
        .addField(FieldSpec.builder(block, "block", Modifier.PRIVATE).build())
        .addMethod(
            MethodSpec.methodBuilder("block")
                .returns(block)
                .addParameter(TypeName.INT, "rows")
                .beginControlFlow("if (block == null || block.rows < rows)")
                .addStatement("block = new $T(rows)", block)
                .endControlFlow()
                .addStatement("return block")
                .build());
  }

  private List<FieldSpec> bufferFields(int part) {
    return results.get(part).stream()
        .map(
            buffer ->
                FieldSpec.builder(scalar.vector(), names.of(buffer), Modifier.FINAL)
                    .initializer("new $T[$L]", scalar.type(), images.size(buffer))
                    .build())
        .toList();
  }

  private ClassName partType(int number) {
    return names.generated().nestedClass("Part" + (number + 1));
  }

  private static String partName(int number) {
    return "part" + (number + 1);
  }
}
