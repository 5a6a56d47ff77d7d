package dev.drawbridge.web;

import dev.drawbridge.config.McpProperties;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** What pages of other origins may ask for: those whose sockets may be opened, what belongs to rooms. */
@Configuration(proxyBeanMethods = false)
class CrossOriginConfiguration {

    /** It looks at these paths only: whatever is not named to it is answered with 403 when a browser asks beforehand. */
    @Bean
    FilterRegistrationBean<CorsFilter> crossOriginFilter(AllowedOrigins origins, McpProperties agents) {
        UrlBasedCorsConfigurationSource rules = new UrlBasedCorsConfigurationSource();
        rules.registerCorsConfiguration("/unfurl", origins.forMethods("GET", "HEAD"));
        rules.registerCorsConfiguration("/api/unfurl", origins.forMethods("GET", "HEAD"));
        rules.registerCorsConfiguration("/bookmarks/unfurl", origins.forMethods("POST"));
        rules.registerCorsConfiguration("/api/bookmarks/unfurl", origins.forMethods("POST"));
        CorsConfiguration versions = origins.forMethods("GET", "HEAD", "POST");
        versions.setExposedHeaders(List.of(
                HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER));
        rules.registerCorsConfiguration("/rooms/**", versions);
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(rules));
        filter.addUrlPatterns("/unfurl", "/api/unfurl", "/bookmarks/unfurl", "/api/bookmarks/unfurl", "/rooms/*");
        if (agents.enabled()) {
            CorsConfiguration messages = origins.forMethods("POST", "DELETE");
            messages.setExposedHeaders(
                    List.of("Mcp-Session-Id", HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE));
            rules.registerCorsConfiguration("/mcp", messages);
            filter.addUrlPatterns("/mcp");
        }
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }
}
