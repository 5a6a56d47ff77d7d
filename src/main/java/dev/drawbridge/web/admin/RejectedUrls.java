package dev.drawbridge.web.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** Answers URLs that the firewall takes for an attack: below {@code /admin/v1} with a problem, as everything there. */
@Component
class RejectedUrls implements RequestRejectedHandler {

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, RequestRejectedException requestRejectedException)
            throws IOException {
        if (AdminApi.isFor(request)) {
            Problem.of(
                            ProblemType.INVALID_REQUEST,
                            "The URL has characters, or escaped ones, that are not allowed in one")
                    .writeTo(request, response);
        } else {
            response.sendError(HttpStatus.BAD_REQUEST.value());
        }
    }
}
