package dev.drawbridge.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Protects the admin API. Everything else is open, or has a guard of its own. */
@Configuration(proxyBeanMethods = false)
class AdminSecurityConfiguration {

    @Bean
    SecurityFilterChain adminSecurity(HttpSecurity http) {
        return http.securityMatcher("/admin/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                .build();
    }
}
