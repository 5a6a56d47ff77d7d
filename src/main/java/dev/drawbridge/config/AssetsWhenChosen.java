package dev.drawbridge.config;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** For what is there only where assets are kept at all. */
public final class AssetsWhenChosen implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return !"none".equalsIgnoreCase(context.getEnvironment().getProperty("drawbridge.assets.type"));
    }
}
