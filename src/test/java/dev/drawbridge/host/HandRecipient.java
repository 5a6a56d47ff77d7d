package dev.drawbridge.host;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client without a socket: keeps what it is told. */
final class HandRecipient implements Recipient {
    private final String sessionId;
    private final @Nullable Outlet outlet;
    private final List<JsonObject> received = new ArrayList<>();
    private Optional<String> closed = Optional.empty();

    HandRecipient(String sessionId) {
        this(sessionId, null);
    }

    /** @param outlet says where its socket is */
    HandRecipient(String sessionId, @Nullable Outlet outlet) {
        this.sessionId = sessionId;
        this.outlet = outlet;
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public @Nullable Outlet outlet() {
        return outlet;
    }

    @Override
    public void data(SharedEvent event) {
        received.add(parse(event.payload().whole()));
    }

    @Override
    public void caughtUp(SharedEvent event) {
        data(event);
    }

    @Override
    public void message(ServerMessage message) {
        received.add(parse(message.encode().whole()));
    }

    @Override
    public void close(Optional<CloseReason> refusal, int retriableCode, String why) {
        closed = Optional.of(refusal.map(CloseReason::text).orElse(Integer.toString(retriableCode)));
    }

    /** The types of all messages so far, in their order. */
    List<String> types() {
        return received.stream()
                .map(message -> String.valueOf(message.string("type")))
                .toList();
    }

    JsonObject last() {
        return received.getLast();
    }

    /** The refusal, or the close code, that it was closed with. */
    Optional<String> closed() {
        return closed;
    }

    private static JsonObject parse(byte[] message) {
        try {
            return (JsonObject) Json.parse(message);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
