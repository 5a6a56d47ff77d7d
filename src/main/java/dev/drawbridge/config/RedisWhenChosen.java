package dev.drawbridge.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps Spring Boot's Redis away where Redis is not the store: no client, no health check that fails for a server which
 * nobody has. It is registered in {@code META-INF/spring.factories}.
 */
class RedisWhenChosen implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final String REDIS = "org.springframework.boot.data.redis.autoconfigure.";

    /** Nobody here has use for these. */
    private static final Set<String> NEVER = Set.of(
            REDIS + "DataRedisRepositoriesAutoConfiguration",
            REDIS + "DataRedisReactiveAutoConfiguration",
            REDIS + "health.DataRedisReactiveHealthContributorAutoConfiguration");

    private boolean chosen;

    @Override
    public void setEnvironment(Environment environment) {
        chosen = "redis".equalsIgnoreCase(environment.getProperty("drawbridge.store.type"));
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < matches.length; i++) {
            String name = autoConfigurations[i];
            matches[i] = name == null || !name.startsWith(REDIS) || (chosen && !NEVER.contains(name));
        }
        return matches;
    }
}
