package dev.drawbridge.config;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether there is a cluster: on Redis, and with a secret. */
public final class ClusterWhenChosen implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        return "redis".equalsIgnoreCase(environment.getProperty("drawbridge.store.type"))
                && (isSet(environment, "drawbridge.cluster.secret")
                        || isSet(environment, "drawbridge.cluster.secret-file"));
    }

    private static boolean isSet(Environment environment, String name) {
        String value = environment.getProperty(name);
        return value != null && !value.isBlank();
    }
}
