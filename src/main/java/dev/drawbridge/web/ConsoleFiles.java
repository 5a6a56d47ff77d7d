package dev.drawbridge.web;

import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.config.ConsoleProperties;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** The files of the console's page. Without a console they are not there. */
@Configuration(proxyBeanMethods = false)
class ConsoleFiles implements WebMvcConfigurer {
    private static final String FILES = "classpath:/static/console/";

    private final boolean enabled;

    ConsoleFiles(ConsoleProperties console, AdminProperties admin) {
        this.enabled = console.enabled() && admin.enabled();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        if (enabled) {
            // What is in a file is in its name: another build has others.
            registry.addResourceHandler("/console/assets/**")
                    .addResourceLocations(FILES + "assets/")
                    .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                            .cachePublic()
                            .immutable());
        } else {
            registry.addResourceHandler("/console/**")
                    .addResourceLocations(FILES)
                    .resourceChain(false)
                    .addResolver(new Nothing());
        }
    }

    /** Finds no file. */
    private static final class Nothing extends PathResourceResolver {

        @Override
        protected boolean checkResource(Resource resource, Resource location) {
            return false;
        }
    }
}
