package io.lipc.training.tornado;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests that need a device. They are skipped, with the reason, where Maven was not told of one; if
 * it was, and there is none, they fail. With {@code -Dlipc.device=required} none is skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnDevice.Condition.class)
public @interface OnDevice {

  /** Whether the argfile was named. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (System.getProperty("tornado.load.runtime.implementation") != null) {
        return ConditionEvaluationResult.enabled("launched with TornadoVM's argfile");
      }
      if ("required".equals(System.getProperty("lipc.device"))) {
        throw new ExtensionConfigurationException("no TornadoVM: -Dtornado.argfile is not given");
      }
      return ConditionEvaluationResult.disabled("no TornadoVM: -Dtornado.argfile is not given");
    }
  }
}
