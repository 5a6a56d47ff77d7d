package dev.drawbridge.web;

import dev.drawbridge.config.WebSocketProperties;
import dev.drawbridge.loop.Loops;
import dev.drawbridge.web.socket.Handshake;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

/** Where sockets come in: {@code /connect/{roomId}?sessionId=…}. */
@Component
class RoomSocketHandler implements HttpRequestHandler {
    private final AllowedOrigins origins;
    private final RoomSocket.Doors doors;
    private final Handshake handshake;

    RoomSocketHandler(AllowedOrigins origins, RoomSocket.Doors doors, WebSocketProperties properties, Loops loops) {
        this.origins = origins;
        this.doors = doors;
        this.handshake = new Handshake(properties.compression(), loops::next);
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (!origins.contain(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        String query = HiddenQuery.of(request).query();
        JoinRequest join = JoinRequest.of(request.getRequestURI(), query);
        handshake.answer(request, response, new RoomSocket(join, headers(request), request.getRemoteAddr(), doors));
    }

    private static HttpHeaders headers(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        request.getHeaderNames().asIterator().forEachRemaining(name -> request.getHeaders(name)
                .asIterator()
                .forEachRemaining(value -> headers.add(name, value)));
        return headers;
    }
}
