package org.telephonystack.model.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What the model is told of a parameter, and the bounds its value must keep.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Describe {

    /// For the model: meaning and format, with an example.
    String value();

    /// Characters; longer texts are refused.
    int maxLength() default 200;
}
