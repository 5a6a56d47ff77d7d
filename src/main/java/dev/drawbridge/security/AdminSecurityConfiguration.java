package dev.drawbridge.security;

import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.host.HostClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;

/** Protects the admin API. Everything else is open, or has a guard of its own. */
@Configuration(proxyBeanMethods = false)
class AdminSecurityConfiguration {

    /** There is none when the admin API is switched off: then nobody is an operator. */
    @Bean
    @ConditionalOnBooleanProperty(name = "drawbridge.admin.enabled", matchIfMissing = true)
    AdminToken adminToken(AdminProperties properties) {
        return AdminToken.of(properties);
    }

    @Bean
    BearerLogin bearerLogin(Optional<AdminToken> token, InstantSource clock, MeterRegistry metrics) {
        return new BearerLogin(token, new LoginThrottle(HostClock.of(clock)::millis), metrics);
    }

    @Bean
    SecurityFilterChain adminSecurity(
            HttpSecurity http, Optional<AdminToken> token, InstantSource clock, MeterRegistry metrics) {
        http.securityMatcher("/admin/**")
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
        if (token.isEmpty()) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .exceptionHandling(errors -> errors.authenticationEntryPoint(AdminProblems::notThere)
                            .accessDeniedHandler(AdminProblems::notThere))
                    .build();
        }
        AdminLogin login = new AdminLogin(token.get(), new LoginThrottle(HostClock.of(clock)::millis), metrics);
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(bearer -> bearer.authenticationManagerResolver(
                                request -> attempt -> login.authenticate(attempt, request.getRemoteAddr()))
                        .authenticationEntryPoint(AdminProblems::notLetIn))
                .build();
    }

    /** Otherwise a room's URL that names no room would be answered in a way that makes the client try for ever. */
    @Bean
    HttpFirewall firewall() {
        return new RoomUrlFirewall();
    }
}
