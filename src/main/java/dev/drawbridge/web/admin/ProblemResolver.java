package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommandException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers whatever goes wrong below {@code /admin/v1}, and with what users ask of their rooms, with a problem. It goes by the path, not by the controller as advice
 * would: a path or a method that no controller has is an error of the API as well.
 */
@Component
class ProblemResolver implements HandlerExceptionResolver, Ordered {
    private static final Logger log = LoggerFactory.getLogger(ProblemResolver.class);

    private final ObjectProvider<ToTheOwner> toTheOwner;

    ProblemResolver(ObjectProvider<ToTheOwner> toTheOwner) {
        this.toTheOwner = toTheOwner;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (!AdminApi.isFor(request) && !AdminApi.isForOwn(request)) {
            return null;
        }
        if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
            return new ModelAndView();
        }
        if (response.isCommitted()) {
            return null; // half an answer is out: the container cuts the connection, so that nobody takes it for a
            // whole
        }
        if (exception instanceof RoomCommandException.OwnedElsewhere elsewhere) {
            return ownedElsewhere(elsewhere, request, response, handler);
        }
        return problem(request, response, exception);
    }

    /** The room has gone elsewhere since this node was sent the request, or decided to answer it. */
    private @Nullable ModelAndView ownedElsewhere(
            RoomCommandException.OwnedElsewhere elsewhere,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler) {
        ToTheOwner forwarding = toTheOwner.getIfAvailable();
        try {
            return forwarding != null
                            && handler != null
                            && forwarding.bringAgain(elsewhere.nodeId(), request, response, handler)
                    ? new ModelAndView()
                    : problem(request, response, elsewhere);
        } catch (IOException | ProblemException e) {
            return resolveException(request, response, handler, e);
        }
    }

    private static ModelAndView problem(HttpServletRequest request, HttpServletResponse response, Exception exception) {
        Problem problem = Problems.of(exception);
        if (problem.type() == ProblemType.INTERNAL) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), exception);
        }
        try {
            problem.writeTo(request, response);
        } catch (IOException e) {
            log.debug("The caller has gone before it could be told", e);
        }
        return new ModelAndView();
    }
}
