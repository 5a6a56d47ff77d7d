package dev.drawbridge.web.admin;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.cluster.NodeCard;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.room.RoomId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Has requests about a room answered by the node that has it open, when that is another one. It comes after the caller has
 * been let in, and before anything of the body is read. A request that another node has brought is never brought to a third
 * one: if this node does not have the room any more, it says who has.
 */
public final class ToTheOwner implements HandlerInterceptor {
    private final Cluster cluster;
    private final NodeIdentity node;
    private final Patience patience;
    private final ForwardingSeal seal;
    private final Forwarder forwarder;

    ToTheOwner(Cluster cluster, NodeIdentity node, Patience patience, ForwardingSeal seal, Forwarder forwarder) {
        this.cluster = cluster;
        this.node = node;
        this.patience = patience;
        this.seal = seal;
        this.forwarder = forwarder;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException, RoomCommandException {
        if (!(handler instanceof HandlerMethod method) || method.hasMethodAnnotation(AnsweredHere.class)) {
            return true;
        }
        Optional<String> room = room(request);
        if (room.isEmpty() || (takesBody(method) && hasForeignBody(request))) {
            return true; // whoever answers has the same to say
        }
        return !answers(room.get(), request, response, takesBody(method));
    }

    /**
     * Has a request answered by the node that has the room open, when that is another one.
     *
     * @param room always a valid room id
     * @param withBody whether its body is wanted there: it has not been read yet, or can be read again
     * @return whether that one has answered
     */
    public boolean answers(String room, HttpServletRequest request, HttpServletResponse response, boolean withBody)
            throws IOException, RoomCommandException {
        Optional<String> owner =
                patience.await(cluster.whereabouts().owner(room)).filter(id -> !id.equals(node.id()));
        if (owner.isEmpty()) {
            return false;
        }
        if (isForwarded(request)) {
            response.setHeader(Forwarder.ELSEWHERE, owner.get());
            throw unavailable("The room has just gone to the node " + owner.get() + ". Nothing was done");
        }
        bring(owner.get(), request, response, withBody);
        return true;
    }

    private void bring(String to, HttpServletRequest request, HttpServletResponse response, boolean withBody)
            throws IOException {
        Optional<String> instead = forwarder.forward(card(to), request, response, withBody);
        if (instead.isPresent()
                && forwarder
                        .forward(card(instead.get()), request, response, withBody)
                        .isPresent()) {
            throw unavailable("The room is being moved. Nothing was done");
        }
    }

    /**
     * This node wanted to have the room opened for a request, and finds that another one has it.
     *
     * @return whether that one has answered; not when the request's body has been read here
     */
    boolean bringAgain(String to, HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (isForwarded(request)) {
            response.setHeader(Forwarder.ELSEWHERE, to);
            return false;
        }
        if (!(handler instanceof HandlerMethod method) || (takesBody(method) && Forwarder.hasBody(request))) {
            return false;
        }
        return forwarder.forward(card(to), request, response, false).isEmpty();
    }

    private NodeCard card(String nodeId) {
        return cluster.nodes().find(nodeId).filter(card -> card.webPort() > 0).orElseThrow(() -> {
            cluster.heartbeat().beat(); // it has come since the last one, or has gone
            return unavailable("The node " + nodeId + ", which has the room, cannot be reached yet. Nothing was done");
        });
    }

    /** Whether another node has brought it, which has let in whoever sends it. */
    public boolean isForwarded(HttpServletRequest request) {
        return seal.isOn(request, node.id());
    }

    private static Optional<String> room(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("roomId") instanceof String roomId
                ? RoomId.of(roomId)
                : Optional.empty();
    }

    private static boolean takesBody(HandlerMethod method) {
        for (var parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                return true;
            }
        }
        return false;
    }

    /** One that is refused unread; a form may have been read already. */
    private static boolean hasForeignBody(HttpServletRequest request) {
        String type = request.getContentType();
        return Forwarder.hasBody(request)
                && type != null
                && !type.strip().toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_JSON_VALUE);
    }

    private static ProblemException unavailable(String why) {
        return new ProblemException(ProblemType.UNAVAILABLE, why);
    }
}
