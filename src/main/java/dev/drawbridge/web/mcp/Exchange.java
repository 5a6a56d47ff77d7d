package dev.drawbridge.web.mcp;

import dev.drawbridge.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request under way, from the door through the SDK to a tool.
 *
 * @param request whose body can be read again
 * @param arguments of the tool that it calls
 * @param isAnswered whether another node has answered it
 */
record Exchange(
        HttpServletRequest request,
        HttpServletResponse response,
        Guest guest,
        AgentSession session,
        JsonObject arguments,
        AtomicBoolean isAnswered) {
    /** Under which a tool finds it. */
    static final String KEY = Exchange.class.getName();
}
