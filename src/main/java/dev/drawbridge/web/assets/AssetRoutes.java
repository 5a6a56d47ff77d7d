package dev.drawbridge.web.assets;

import dev.drawbridge.config.WebSocketProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Which requests are for assets, and from which origins' pages they may come: from those that may open sockets. Whether its
 * template puts an application below {@code /api} or not, it gets the same.
 */
@Configuration(proxyBeanMethods = false)
class AssetRoutes {
    private static final int BEFORE_PAGES = 1;
    private static final String EVERY_ORIGIN = "*";

    @Bean
    SimpleUrlHandlerMapping assets(AssetHandler handler, WebSocketProperties properties) {
        SimpleUrlHandlerMapping routes = new SimpleUrlHandlerMapping(
                Map.of(AssetUrl.PATH + "**", handler, AssetUrl.API_PATH + "**", handler), BEFORE_PAGES);
        routes.setCorsConfigurations(Map.of("/**", cors(properties.allowedOrigins())));
        return routes;
    }

    private static CorsConfiguration cors(List<String> origins) {
        CorsConfiguration cors = new CorsConfiguration();
        if (origins.contains(EVERY_ORIGIN)) {
            cors.setAllowedOrigins(List.of(EVERY_ORIGIN));
        } else {
            cors.setAllowedOriginPatterns(origins);
            cors.setAllowCredentials(true); // tokens may be in cookies
        }
        cors.setAllowedMethods(
                List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.PUT.name(), HttpMethod.POST.name()));
        cors.setAllowedHeaders(List.of("*"));
        cors.setExposedHeaders(List.of(
                HttpHeaders.ACCEPT_RANGES,
                HttpHeaders.CONTENT_LENGTH,
                HttpHeaders.CONTENT_RANGE,
                HttpHeaders.ETAG,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER));
        cors.setMaxAge(Duration.ofHours(1));
        return cors;
    }
}
