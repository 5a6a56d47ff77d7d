package dev.drawbridge.config;

import dev.drawbridge.links.LinkObserver;
import dev.drawbridge.links.LinkPreviews;
import dev.drawbridge.links.NameResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Previews of links, unless they are switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "drawbridge.links.enabled", matchIfMissing = true)
class LinksConfiguration {

    @Bean
    LinkPreviews linkPreviews(LinksProperties properties, LinkObserver observer) {
        return new LinkPreviews(properties.toLinkSettings(), NameResolver.system(), observer);
    }
}
