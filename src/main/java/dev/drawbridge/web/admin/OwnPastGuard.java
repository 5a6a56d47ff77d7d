package dev.drawbridge.web.admin;

import dev.drawbridge.web.CallerGate;
import dev.drawbridge.web.PastGate;
import dev.drawbridge.web.UnwantedBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets users in to what they ask of the past of their rooms: before anything is read, or brought to another node. */
@Configuration(proxyBeanMethods = false)
class OwnPastGuard implements WebMvcConfigurer, HandlerInterceptor {
    /** Under which the query of who was let in is found. */
    static final String QUERY = "dev.drawbridge.web.admin.query";

    private final PastGate gate;
    private final ObjectProvider<ToTheOwner> toTheOwner;

    OwnPastGuard(PastGate gate, ObjectProvider<ToTheOwner> toTheOwner) {
        this.gate = gate;
        this.toTheOwner = toTheOwner;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(AdminApi.OWN_ROOMS + "**").order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)) {
            return true; // nothing of a room's
        }
        NeedsPast needs = method.getMethodAnnotation(NeedsPast.class);
        if (needs == null) {
            return true;
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        UnwantedBody.closeAfter(request, response);
        ToTheOwner owners = toTheOwner.getIfAvailable();
        Optional<CallerGate.Entry> entry = gate.admit(
                request, response, room(request), needs.value(), owners != null && owners.isForwarded(request));
        if (entry.isEmpty()) {
            UnwantedBody.end(request, response);
            return false;
        }
        UnwantedBody.keepOpen(response);
        request.setAttribute(QUERY, new OwnQuery(entry.get().query()));
        return true;
    }

    private static String room(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("roomId") instanceof String id
                ? AdminApi.room(id)
                : AdminApi.room("");
    }
}
