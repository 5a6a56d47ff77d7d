package dev.drawbridge.web.socket;

import dev.drawbridge.loop.Loop;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a request becomes a WebSocket (RFC 6455, 4.2). */
public final class Handshake {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_LENGTH = 16;
    private static final int UPGRADE_REQUIRED = 426;

    private final boolean compression;
    private final Supplier<Loop> loops;

    /**
     * @param compression whether permessage-deflate is agreed on with clients that offer it
     * @param loops serve sockets of which their users say nothing else
     */
    public Handshake(boolean compression, Supplier<Loop> loops) {
        this.compression = compression;
        this.loops = loops;
    }

    /**
     * Answers the request; if it is what it should be, the socket is the user's from then on. A refusal is a status and
     * nothing else: the error page would see the query that is hidden from logs.
     */
    public void answer(HttpServletRequest request, HttpServletResponse response, SocketUser user)
            throws IOException, ServletException {
        if (!"GET".equals(request.getMethod())) {
            response.setHeader("Allow", "GET");
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        if (!has(request, "Upgrade", "websocket") || !has(request, "Connection", "upgrade")) {
            response.setHeader("Upgrade", "websocket");
            response.setStatus(UPGRADE_REQUIRED);
            return;
        }
        if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
            response.setHeader("Sec-WebSocket-Version", "13");
            response.setStatus(UPGRADE_REQUIRED);
            return;
        }
        String key = request.getHeader("Sec-WebSocket-Key");
        if (!isKey(key)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        boolean compressed = compression && offersDeflate(request);
        if (compressed) {
            response.setHeader(
                    "Sec-WebSocket-Extensions",
                    "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        }
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "upgrade");
        response.setHeader("Sec-WebSocket-Accept", accept(key));
        request.upgrade(TomcatSocket.class).prepare(user, compressed, loops.get());
    }

    private static boolean has(HttpServletRequest request, String header, String token) {
        return tokens(request, header, ",").anyMatch(token::equals);
    }

    private static Stream<String> tokens(HttpServletRequest request, String header, String separator) {
        List<String> values = Collections.list(request.getHeaders(header));
        return values.stream()
                .flatMap(value -> Stream.of(value.split(separator)))
                .map(token -> token.strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key).length == KEY_LENGTH;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An offer that wants a smaller window from us than there is in Java is not one for us. */
    private static boolean offersDeflate(HttpServletRequest request) {
        return tokens(request, "Sec-WebSocket-Extensions", ",")
                .anyMatch(offer -> offer.startsWith("permessage-deflate") && !offer.contains("server_max_window_bits"));
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
