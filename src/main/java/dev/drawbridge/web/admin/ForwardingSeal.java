package dev.drawbridge.web.admin;

import dev.drawbridge.cluster.link.ClusterSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Shows a node that another one has brought it a request, which it then has to answer itself, so that no request goes in
 * circles. It says so of this request at this node, and lets nobody in: for that the caller's token comes along.
 */
final class ForwardingSeal {
    static final String HEADER = "Drawbridge-Forwarded";

    private static final String PURPOSE = "forwarded admin request";

    private final ClusterSecret secret;

    ForwardingSeal(ClusterSecret secret) {
        this.secret = secret;
    }

    /**
     * The header's value.
     *
     * @param to the node that it is brought to, which has another id after each start
     * @param target path and query, as they are sent
     */
    String of(String to, String method, String target) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secret.sign(PURPOSE, bytes(to), bytes(method), bytes(target)));
    }

    /** Whether another node has brought a request to this one. */
    boolean isOn(HttpServletRequest request, String nodeId) {
        String value = request.getHeader(HEADER);
        return value != null && isOn(value, nodeId, request.getMethod(), Forwarder.target(request));
    }

    boolean isOn(String value, String to, String method, String target) {
        try {
            return secret.hasSigned(
                    Base64.getUrlDecoder().decode(value), PURPOSE, bytes(to), bytes(method), bytes(target));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
