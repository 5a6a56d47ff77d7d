package dev.drawbridge.config;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.ElementType.TYPE_USE;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The smallest size that a setting may have. */
@Documented
@Constraint(validatedBy = MinSize.Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({FIELD, METHOD, PARAMETER, RECORD_COMPONENT, TYPE_USE, ANNOTATION_TYPE})
@interface MinSize {

    /** Such as {@code 64KB}. */
    String value();

    String message() default "must be a size of at least {value}, such as 512KB or 8MB";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Compares sizes. */
    class Validator implements ConstraintValidator<MinSize, DataSize> {
        private DataSize smallest = DataSize.ofBytes(0);

        @Override
        public void initialize(MinSize constraint) {
            smallest = DataSize.parse(constraint.value());
        }

        @Override
        public boolean isValid(@Nullable DataSize size, ConstraintValidatorContext context) {
            return size == null || size.compareTo(smallest) >= 0;
        }
    }
}
