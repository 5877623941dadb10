import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.ToolProvider;

/**
 * Writes the classes of a folder, which were compiled for the Java of the build, anew for Java 17,
 * so that sources may switch over sealed types and programs of users need no newer Java (ADR 31):
 *
 * <ul>
 *   <li>a switch over types becomes a method of the class that asks {@code instanceof} in order;
 *   <li>{@code MatchException}, which a record pattern throws where an accessor does, and a switch
 *       over sealed types that were compiled apart, becomes {@code IllegalStateException};
 *   <li>calls of newer methods become calls of {@code io.lipc.formats.newer.NewerMethods}.
 * </ul>
 *
 * <p>Then each class, method and field of Java that is named is looked up in Java 17; one that is
 * not there fails the build, and so does whatever else this program does not know. Two kinds of
 * classes stay as they are, and are loaded by the Java of the build and newer ones alone: those
 * that name the Vector API, and those of a package that the module names.
 */
final class Lowering {

  private static final int RELEASE = 17;
  private static final int VERSION = ClassFile.JAVA_17_VERSION;

  private static final String NEWER = "io/lipc/formats/newer/NewerMethods";
  private static final ClassDesc NEWER_METHODS = ClassDesc.ofInternalName(NEWER);

  private static final ClassDesc MATCH = ClassDesc.of("java.lang.MatchException");
  private static final ClassDesc STATE = ClassDesc.of("java.lang.IllegalStateException");

  /** The replacements of newer methods: static ones, with the object first. */
  private static final Map<String, MethodTypeDesc> MOVED =
      Map.ofEntries(
          moved("java/util/List.addFirst(Ljava/lang/Object;)V"),
          moved("java/util/List.getFirst()Ljava/lang/Object;"),
          moved("java/util/List.getLast()Ljava/lang/Object;"),
          moved("java/util/List.removeLast()Ljava/lang/Object;"),
          moved("java/util/List.reversed()Ljava/util/List;"),
          moved("java/lang/StringBuilder.repeat(II)Ljava/lang/StringBuilder;"),
          moved("java/lang/Thread.threadId()J"),
          movedStatic("java/lang/Float.float16ToFloat(S)F"),
          movedStatic("java/lang/Math.ceilDiv(II)I"),
          movedStatic("java/lang/Math.ceilDiv(JJ)J"),
          movedStatic("java/lang/Math.clamp(DDD)D"),
          movedStatic("java/lang/Math.clamp(JII)I"));

  private static Map.Entry<String, MethodTypeDesc> moved(String member) {
    ClassDesc object = ClassDesc.ofInternalName(member.substring(0, member.indexOf('.')));
    return Map.entry(member, type(member).insertParameterTypes(0, object));
  }

  private static Map.Entry<String, MethodTypeDesc> movedStatic(String member) {
    return Map.entry(member, type(member));
  }

  private static MethodTypeDesc type(String member) {
    return MethodTypeDesc.ofDescriptor(member.substring(member.indexOf('(')));
  }

  private Lowering() {}

  /**
   * @param arguments the folder of classes, which are overwritten, and a package whose classes stay
   *     as they are, such as {@code io.lipc.processor}, or {@code none}; what classes refer to is
   *     on this program's class path
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path kept = folder.resolve(arguments[1].replace('.', '/'));
    OldApi api = new OldApi();
    Set<String> missing = new TreeSet<>();
    int lowered = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(file -> isClass(file, kept)).toList()) {
        ClassModel model = ClassFile.of().parse(file);
        if (model.majorVersion() <= VERSION || namesVectors(model)) {
          continue;
        }
        byte[] bytes = lower(model);
        Files.write(file, bytes);
        missing.addAll(api.missing(ClassFile.of().parse(bytes), folder.relativize(file)));
        lowered++;
      }
    }
    if (!missing.isEmpty()) {
      missing.forEach(System.err::println);
      throw new IllegalStateException(
          missing.size() + " names are not in Java " + RELEASE + "; ADR 31 says what to do");
    }
    System.out.println(lowered + " classes written for Java " + RELEASE);
  }

  private static boolean isClass(Path file, Path kept) {
    String name = file.getFileName().toString();
    return name.endsWith(".class")
        && !name.equals("module-info.class")
        && !file.getParent().equals(kept);
  }

  private static boolean namesVectors(ClassModel model) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry name
          && name.asInternalName().contains("jdk/incubator/vector/")) {
        return true;
      }
    }
    return false;
  }

  private static byte[] lower(ClassModel model) {
    ClassFile file = ClassFile.of(ConstantPoolSharingOption.NEW_POOL);
    List<TypeSwitch> switches = new ArrayList<>();
    return file.build(
        model.thisClass().asSymbol(),
        builder -> {
          for (ClassElement element : model) {
            switch (element) {
              case ClassFileVersion _ -> builder.withVersion(VERSION, 0);
              case MethodModel method ->
                  builder.transformMethod(
                      method, MethodTransform.transformingCode(instructions(model, switches)));
              default -> builder.with(element);
            }
          }
          switches.forEach(found -> found.write(builder));
        });
  }

  private static CodeTransform instructions(ClassModel model, List<TypeSwitch> switches) {
    return (code, element) -> {
      switch (element) {
        case InvokeDynamicInstruction call when isSwitch(call) -> {
          TypeSwitch found = TypeSwitch.of(call, switches.size());
          switches.add(found);
          ClassDesc owner = model.thisClass().asSymbol();
          boolean inInterface = model.flags().has(AccessFlag.INTERFACE);
          code.invokestatic(owner, found.name(), found.type(), inInterface);
        }
        case NewObjectInstruction created when created.className().asSymbol().equals(MATCH) ->
            code.new_(STATE);
        case InvokeInstruction call when call.owner().asSymbol().equals(MATCH) ->
            code.invokespecial(STATE, constructor(call), call.typeSymbol());
        case InvokeInstruction call when MOVED.containsKey(member(call)) ->
            code.invokestatic(NEWER_METHODS, call.name().stringValue(), MOVED.get(member(call)));
        default -> code.with(element);
      }
    };
  }

  private static String constructor(InvokeInstruction call) {
    if (!call.name().equalsString(ConstantDescs.INIT_NAME)) {
      throw new IllegalStateException("a call of MatchException." + call.name() + " is not known");
    }
    return ConstantDescs.INIT_NAME;
  }

  private static String member(InvokeInstruction call) {
    return call.owner().asInternalName() + "." + call.name().stringValue() + call.type();
  }

  private static boolean isSwitch(InvokeDynamicInstruction call) {
    return call.bootstrapMethod()
        .owner()
        .equals(ClassDesc.of("java.lang.runtime.SwitchBootstraps"));
  }

  /**
   * The question of a switch over types: the first of these, from some number on, that the value is
   * an instance of; as many as there are for none, and -1 for null.
   *
   * @param type from the value and the number to the answer
   */
  private record TypeSwitch(String name, MethodTypeDesc type, List<ClassDesc> types) {

    static TypeSwitch of(InvokeDynamicInstruction call, int number) {
      if (!call.name().stringValue().equals("typeSwitch")) {
        throw new IllegalStateException("a switch by " + call.name() + " is not known");
      }
      List<ClassDesc> types = new ArrayList<>();
      for (ConstantDesc label : call.bootstrapArgs()) {
        if (!(label instanceof ClassDesc type)) {
          throw new IllegalStateException("a switch over types has the label " + label);
        }
        types.add(type);
      }
      return new TypeSwitch("switch$" + number, call.typeSymbol(), types);
    }

    void write(ClassBuilder builder) {
      int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
      builder.withMethodBody(name, type, flags, this::write);
    }

    private void write(CodeBuilder code) {
      Label there = code.newLabel();
      code.aload(0).ifnonnull(there).loadConstant(-1).ireturn().labelBinding(there);
      for (int i = 0; i < types.size(); i++) {
        Label next = code.newLabel();
        code.iload(1).loadConstant(i).if_icmpgt(next);
        code.aload(0).instanceOf(types.get(i)).ifeq(next);
        code.loadConstant(i).ireturn().labelBinding(next);
      }
      code.loadConstant(types.size()).ireturn();
    }
  }

  /** The API of Java 17, by javac's own list of it. */
  private static final class OldApi {

    /** The names of Java's types, in an internal name or a descriptor. */
    private static final Pattern NAMES = Pattern.compile("(?:^|[L;(\\[])(javax?/[\\w/$]+)");

    private final Elements elements;
    private final Types types;
    private final Map<String, Set<String>> members = new HashMap<>();

    OldApi() {
      JavacTask task =
          (JavacTask)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(
                      null,
                      null,
                      null,
                      List.of("--release", String.valueOf(RELEASE), "-proc:none"),
                      List.of("java.lang.Object"),
                      null);
      this.elements = task.getElements();
      this.types = task.getTypes();
    }

    /** Names of Java that it has not. */
    Set<String> missing(ClassModel model, Path file) {
      Set<String> missing = new TreeSet<>();
      for (PoolEntry entry : model.constantPool()) {
        switch (entry) {
          case ClassEntry type -> typesOf(type.asInternalName(), file, missing);
          case NameAndTypeEntry member -> typesOf(member.type().stringValue(), file, missing);
          case MemberRefEntry member
              when !has(member.owner().asInternalName(), signature(member)) ->
              missing.add(file + ": " + member.owner().asInternalName() + "." + signature(member));
          default -> {}
        }
      }
      return missing;
    }

    /** Collects the missing types of an internal name, or of all names in a descriptor. */
    private void typesOf(String names, Path file, Set<String> missing) {
      NAMES
          .matcher(names)
          .results()
          .map(found -> found.group(1))
          .filter(name -> type(name) == null)
          .forEach(name -> missing.add(file + ": " + name));
    }

    private static boolean isOfJava(String type) {
      return type.startsWith("java/") || type.startsWith("javax/");
    }

    private TypeElement type(String name) {
      return elements.getTypeElement(name.replace('/', '.').replace('$', '.'));
    }

    private static String signature(MemberRefEntry member) {
      return member.name().stringValue() + member.type().stringValue();
    }

    /** Whether a type has a member, its own or inherited. */
    private boolean has(String owner, String signature) {
      if (isOfJava(owner)) {
        TypeElement type = type(owner);
        // Methods of handles take whatever a call passes.
        boolean anyType = type != null && type.getSimpleName().toString().endsWith("Handle");
        return anyType || type != null && members(type).contains(signature);
      }
      // Arrays have the methods of objects, other libraries what is theirs to know.
      return owner.startsWith("[")
          || own(owner).map(model -> has(model, signature)).orElse(!owner.equals(NEWER));
    }

    private boolean has(ClassModel model, String signature) {
      boolean declared =
          Stream.concat(
                  model.methods().stream()
                      .map(method -> method.methodName().stringValue() + method.methodType()),
                  model.fields().stream()
                      .map(field -> field.fieldName().stringValue() + field.fieldType()))
              .anyMatch(signature::equals);
      return declared
          || Stream.concat(model.superclass().stream(), model.interfaces().stream())
              .anyMatch(type -> has(type.asInternalName(), signature));
    }

    private static Optional<ClassModel> own(String name) {
      try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
        return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Set<String> members(TypeElement type) {
      return members.computeIfAbsent(
          elements.getBinaryName(type).toString(),
          _ -> {
            Set<String> all = new HashSet<>();
            elements.getAllMembers(type).forEach(member -> all.add(signature(member)));
            elements
                .getTypeElement("java.lang.Object")
                .getEnclosedElements()
                .forEach(member -> all.add(signature(member)));
            return all;
          });
    }

    private String signature(Element member) {
      if (member instanceof ExecutableElement method) {
        StringBuilder signature = new StringBuilder(method.getSimpleName()).append('(');
        for (VariableElement parameter : method.getParameters()) {
          signature.append(descriptor(parameter.asType()));
        }
        boolean constructor = method.getKind() == ElementKind.CONSTRUCTOR;
        String result = constructor ? "V" : descriptor(method.getReturnType());
        return signature.append(')').append(result).toString();
      }
      return member.getSimpleName() + descriptor(member.asType());
    }

    private String descriptor(TypeMirror type) {
      TypeMirror erased = types.erasure(type);
      return switch (erased.getKind()) {
        case BOOLEAN -> ConstantDescs.CD_boolean.descriptorString();
        case BYTE -> ConstantDescs.CD_byte.descriptorString();
        case CHAR -> ConstantDescs.CD_char.descriptorString();
        case SHORT -> ConstantDescs.CD_short.descriptorString();
        case INT -> ConstantDescs.CD_int.descriptorString();
        case LONG -> ConstantDescs.CD_long.descriptorString();
        case FLOAT -> ConstantDescs.CD_float.descriptorString();
        case DOUBLE -> ConstantDescs.CD_double.descriptorString();
        case VOID -> ConstantDescs.CD_void.descriptorString();
        case ARRAY -> "[" + descriptor(((ArrayType) erased).getComponentType());
        default -> {
          TypeElement element = (TypeElement) ((DeclaredType) erased).asElement();
          yield "L" + elements.getBinaryName(element).toString().replace('.', '/') + ";";
        }
      };
    }
  }
}
