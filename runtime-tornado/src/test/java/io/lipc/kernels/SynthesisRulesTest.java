package io.lipc.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.lipc.formats.ElementType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each rule notices what breaks it, and nothing else. None of this needs a device. */
class SynthesisRulesTest {

  private static final String SUM =
      """
      #pragma OPENCL EXTENSION cl_khr_fp64 : enable
      __kernel void sum(__global long *_kernel_context, __local uchar *_local_region, __global uchar *x)
      {
        int i_8, i_7, i_6, i_30, i_9, i_31;

        // BLOCK 0
        i_6  =  get_global_size(0);
        i_7  =  get_global_id(0);
        i_8  =  i_7;
        for(;i_8 < 128;)
        {
          i_30  =  0;
          for(;i_30 < 40;)
          {
            f_53  =  fma(f_45, f_52, f_31);
            i_31  =  i_30 + 1;
            i_30  =  i_31;
          }  // B4
          i_9  =  i_6 + i_8;
          i_10  =  i_9;
          i_8  =  i_10;
        }  // B1
        return;
      }  //  kernel
      """;

  private static List<String> broken(String from, String to) {
    assertThat(SUM).contains(from);
    return SynthesisRules.ofText(SUM.replace(from, to), ElementType.F32);
  }

  @Test
  void a_sum_keeps_all_rules() {
    assertThat(SynthesisRules.ofText(SUM, ElementType.F32)).isEmpty();
    assertThat(SynthesisRules.kernels(SUM + SUM)).extracting("name").containsExactly("sum", "sum");
  }

  @Test
  void bounds_are_constants() {
    assertThat(broken("i_30 < 40", "i_30 < inputs"))
        .containsExactly("sum: a loop without a constant bound: for(;i_30 < inputs;)");
    assertThat(broken("for(;i_30 < 40;)", "while(b_2)"))
        .containsExactly("sum: a loop without a constant bound: while(b_2)");
  }

  @Test
  void steps_are_constants() {
    for (String step : List.of("i_30 + i_7", "i_30 << 1", "i_30 + 0", "i_31 + 1")) {
      assertThat(broken("i_30 + 1", step))
          .containsExactly("sum: a loop without a constant step: i_30");
    }
    assertThat(broken("f_53  =  fma(f_45, f_52, f_31)", "i_30  =  i_31"))
        .containsExactly("sum: a loop without a constant step: i_30");
    assertThat(broken("get_global_size(0)", "get_global_id(0)"))
        .containsExactly("sum: a loop without a constant step: i_8");
  }

  @Test
  void one_loop_within_another() {
    String second = "for(;i_40 < 9;)\n{\ni_41  =  i_40 + 1;\ni_40  =  i_41;\n}\n";
    assertThat(broken("i_9  =  i_6 + i_8;", second + "i_9  =  i_6 + i_8;"))
        .containsExactly("sum: several loops side by side in the loop of i_8");
    assertThat(broken("i_31  =  i_30 + 1;", second + "i_31  =  i_30 + 1;")).isEmpty();
  }

  @Test
  void groups_of_64() {
    assertThat(broken("i_8 < 128", "i_8 < 100"))
        .containsExactly("sum: work items that fill no groups of 64: for(;i_8 < 100;)");
  }

  @Test
  void nothing_is_shared_and_nothing_calls_itself() {
    for (String line :
        List.of(
            "barrier(CLK_LOCAL_MEM_FENCE);",
            "__local float ul_4[8];",
            "ul_2  =  (ulong) _local_region;",
            "i_2  =  atomic_add(ul_3, 1);")) {
      assertThat(broken("return;", line))
          .containsExactly("sum: work items that share something: " + line);
    }
    assertThat(broken("return;", "sum(x);")).containsExactly("sum: it calls itself: sum(x);");
  }

  @Test
  void all_numbers_are_of_one_precision() {
    String doubles = SUM.replace("return;", "double d_3;");
    assertThat(SynthesisRules.ofText(doubles, ElementType.F32))
        .containsExactly("sum: doubles: double d_3;");
    assertThat(SynthesisRules.ofText(doubles, ElementType.F64)).isEmpty();
    String floats = SUM.replace("return;", "d_4  =  (float) d_3;");
    assertThat(SynthesisRules.ofText(floats, ElementType.F64))
        .containsExactly("sum: floats: d_4  =  (float) d_3;");
    assertThat(SynthesisRules.ofText(floats, ElementType.F32)).isEmpty();
  }

  @Test
  void what_only_assembly_shows() {
    String llvm =
        """
        define dso_local spir_kernel void @sum(i8 addrspace(3)* nocapture %0, i64 %1) {
          %2 = tail call spir_func i64 @_Z13get_global_idj(i32 noundef 0) #2
        %LINE
        }
        declare spir_func double @_Z3expd(double)
        """;
    Set<String> functions = Set.of("_Z13get_global_idj");
    assertThat(assembly(llvm, "  ret void", functions)).isEmpty();
    assertThat(assembly(llvm, "  %3 = call spir_func float @_Z3expf(float %2)", functions))
        .containsExactly("sum: a call of _Z3expf");
    assertThat(assembly(llvm, "  call spir_kernel void @sum(i8* %0)", functions))
        .containsExactly("sum: a call of sum");
    assertThat(assembly(llvm, "  %3 = alloca float, i64 %1, align 4", functions)).hasSize(1);
    assertThat(assembly(llvm, "  %3 = alloca [8 x float], align 4", functions)).isEmpty();
    assertThat(assembly(llvm, "  %3 = fmul double %2, 2.0", functions))
        .containsExactly("sum: doubles: %3 = fmul double %2, 2.0");
    assertThat(assembly(llvm, "  store i8 0, i8 addrspace(3)* %0", functions)).hasSize(1);
  }

  private static List<String> assembly(String llvm, String line, Set<String> functions) {
    return SynthesisRules.ofAssembly(llvm.replace("%LINE", line), ElementType.F32, functions);
  }
}
