package dev.drawbridge.cluster;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a node tells the others of itself with each heartbeat.
 *
 * @param host where its links are accepted
 * @param webPort where its admin API is served, on the same host
 * @param webIsSecure whether that is TLS
 * @param version of the server
 * @param started when it was, by its own clock; for people
 * @param rooms how many it has open
 * @param sessions how many take part in these
 * @param connections how many sockets it has
 * @param relayed how many of these take part in rooms of other nodes
 * @param load how busy it is, from 0 to 1
 * @param draining whether it hands its rooms over, and takes none
 * @param links the nodes that it has a link to
 */
public record NodeCard(
        String nodeId,
        String host,
        int port,
        int webPort,
        boolean webIsSecure,
        String version,
        Instant started,
        int rooms,
        int sessions,
        int connections,
        int relayed,
        double load,
        boolean draining,
        List<String> links) {

    byte[] encode() {
        return Json.encode(JsonObject.builder()
                .put("host", host)
                .put("port", port)
                .put("webPort", webPort)
                .put("webIsSecure", webIsSecure)
                .put("version", version)
                .put("started", started.toEpochMilli())
                .put("rooms", rooms)
                .put("sessions", sessions)
                .put("connections", connections)
                .put("relayed", relayed)
                .put("load", Math.round(load * 1000) / 1000.0)
                .put("draining", draining)
                .put(
                        "links",
                        new JsonArray(
                                List.copyOf(links.stream().map(JsonString::new).toList())))
                .build());
    }

    /** Reads a card; empty when it is none. What a newer release has in it beyond that does not matter. */
    static Optional<NodeCard> decode(String nodeId, byte[] bytes) {
        try {
            if (!(Json.parse(bytes) instanceof JsonObject card) || card.string("host") == null) {
                return Optional.empty();
            }
            return Optional.of(new NodeCard(
                    nodeId,
                    text(card, "host"),
                    (int) number(card, "port"),
                    (int) number(card, "webPort"),
                    flag(card, "webIsSecure"),
                    text(card, "version"),
                    Instant.ofEpochMilli((long) number(card, "started")),
                    (int) number(card, "rooms"),
                    (int) number(card, "sessions"),
                    (int) number(card, "connections"),
                    (int) number(card, "relayed"),
                    number(card, "load"),
                    flag(card, "draining"),
                    links(card)));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject card, String name) {
        return String.valueOf(card.string(name));
    }

    private static double number(JsonObject card, String name) {
        return card.get(name) instanceof JsonNumber(double value) ? value : 0;
    }

    private static boolean flag(JsonObject card, String name) {
        return JsonBoolean.TRUE.equals(card.get(name));
    }

    private static List<String> links(JsonObject card) {
        return card.get("links") instanceof JsonArray links
                ? links.items().stream()
                        .filter(JsonString.class::isInstance)
                        .map(link -> ((JsonString) link).value())
                        .toList()
                : List.of();
    }
}
