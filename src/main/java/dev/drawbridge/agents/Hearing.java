package dev.drawbridge.agents;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.DataEvent.Verdict;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what concerns an agent in what it is told. All else, the changes of others above all, is neither kept nor made into
 * trees, and of a hydration no more than the beginning is even looked at.
 */
final class Hearing {
    /** Begins every message with events. */
    private static final byte[] DATA = utf8("{\"type\":\"data\"");

    /** Begins every custom message. */
    private static final byte[] CUSTOM = utf8("{\"type\":\"custom\"");

    /** Stands in every message with the answer to a push, and in few others. */
    private static final byte[] PUSH_RESULT = utf8("\"push_result\"");

    private Hearing() {}

    /** Whether a message is one with events. */
    static boolean isData(Payload message) {
        return begins(message, DATA);
    }

    /** Whether a message is a custom one. */
    static boolean isCustom(Payload message) {
        return begins(message, CUSTOM);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean begins(Payload message, byte[] with) {
        int at = 0;
        for (Iterator<byte[]> slices = message.slices(); at < with.length && slices.hasNext(); ) {
            byte[] slice = slices.next();
            for (int i = 0; i < slice.length && at < with.length; i++, at++) {
                if (slice[i] != with[at]) {
                    return false;
                }
            }
        }
        return at == with.length;
    }

    /** Whether there may be an answer to a push in a message: it looks at each byte once. */
    static boolean mayHaveResult(Payload message) {
        int matched = 0;
        for (Iterator<byte[]> slices = message.slices(); slices.hasNext(); ) {
            for (byte b : slices.next()) {
                // Of its bytes only the first and the last are quotes: whatever does not go on may be a beginning.
                if (b == PUSH_RESULT[matched]) {
                    matched++;
                } else {
                    matched = b == PUSH_RESULT[0] ? 1 : 0;
                }
                if (matched == PUSH_RESULT.length) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The answer to a connect, of which the beginning is enough; empty when it is something else. */
    static Optional<Heard.Connected> connected(Payload beginning) throws IOException, JsonException {
        try (JsonStream json = JsonStream.of(new SlicesInput(beginning), JsonStream.Meter.NONE)) {
            JsonObject.Builder head = JsonObject.builder();
            if (!json.enterObject()) {
                return Optional.empty();
            }
            for (String name = json.nextMember(); name != null && !name.equals("diff"); name = json.nextMember()) {
                if (name.equals("schema")) {
                    json.skip();
                } else {
                    head.put(name, json.value());
                }
            }
            JsonObject answer = head.build();
            return "connect".equals(answer.string("type"))
                    ? Optional.of(new Heard.Connected(
                            number(answer.get("serverClock")),
                            JsonBoolean.TRUE.equals(answer.get("isReadonly")),
                            ObjectAccess.of(answer.string("objectAccess")).orElse(ObjectAccess.WRITE)))
                    : Optional.empty();
        }
    }

    /** The answers to pushes in a message with events, in their order. */
    static List<Heard.Result> results(Payload message) throws IOException, JsonException {
        List<Heard.Result> results = new ArrayList<>();
        try (JsonStream json = JsonStream.of(new SlicesInput(message), JsonStream.Meter.NONE)) {
            if (!json.enterObject()) {
                return results;
            }
            for (String name = json.nextMember(); name != null; name = json.nextMember()) {
                if (name.equals("data") && json.enterArray()) {
                    while (json.nextItem()) {
                        event(json).ifPresent(results::add);
                    }
                } else {
                    json.skip();
                }
            }
        }
        return results;
    }

    private static Optional<Heard.Result> event(JsonStream json) throws IOException, JsonException {
        if (!json.enterObject()) {
            json.skip();
            return Optional.empty();
        }
        boolean isResult = false;
        JsonObject.Builder members = JsonObject.builder();
        Verdict verdict = Verdict.DISCARD;
        Set<String> effects = new HashSet<>();
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            switch (name) {
                case "type" -> isResult = json.value() instanceof JsonString(String type) && type.equals("push_result");
                case "clientClock", "serverClock" -> members.put(name, json.value());
                case "action" -> verdict = verdict(json, effects);
                default -> json.skip();
            }
        }
        JsonObject event = members.build();
        return isResult
                ? Optional.of(new Heard.Result(
                        number(event.get("clientClock")), number(event.get("serverClock")), verdict, effects))
                : Optional.empty();
    }

    private static Verdict verdict(JsonStream json, Set<String> effects) throws IOException, JsonException {
        if (!json.enterObject()) {
            return json.value() instanceof JsonString(String word) && word.equals("commit")
                    ? Verdict.COMMIT
                    : Verdict.DISCARD;
        }
        for (String name = json.nextMember(); name != null; name = json.nextMember()) {
            if (name.equals("rebaseWithDiff") && json.enterObject()) {
                for (String id = json.nextMember(); id != null; id = json.nextMember()) {
                    effects.add(id);
                    json.skip();
                }
            } else {
                json.skip();
            }
        }
        return Verdict.REBASE;
    }

    /** What the room says of a limit by which it may not grow; empty for any other custom message. */
    static Optional<Heard.Full> full(Payload message) throws IOException, JsonException {
        try (JsonStream json = JsonStream.of(new SlicesInput(message), JsonStream.Meter.NONE)) {
            return json.value() instanceof JsonObject custom
                            && custom.get("data") instanceof JsonObject notice
                            && "drawbridge.limit".equals(notice.string("type"))
                    ? limit(notice.string("limit")).map(limit -> new Heard.Full(limit, number(notice.get("max"))))
                    : Optional.empty();
        }
    }

    private static Optional<Limit> limit(@Nullable String name) {
        for (Limit limit : Limit.values()) {
            if (limit.name().equals(name)) {
                return Optional.of(limit);
            }
        }
        return Optional.empty();
    }

    private static long number(@Nullable JsonValue value) {
        return value instanceof JsonNumber(double number) ? (long) number : -1;
    }

    /** Reads a message; its slices are made as they are read. */
    private static final class SlicesInput extends InputStream {
        private final Iterator<byte[]> slices;
        private byte[] slice = new byte[0];
        private int at;

        SlicesInput(Payload message) {
            this.slices = message.slices();
        }

        private boolean isAtEnd() {
            while (at == slice.length) {
                if (!slices.hasNext()) {
                    return true;
                }
                slice = slices.next();
                at = 0;
            }
            return false;
        }

        @Override
        public int read() {
            return isAtEnd() ? -1 : slice[at++] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (isAtEnd()) {
                return -1;
            }
            int count = Math.min(length, slice.length - at);
            System.arraycopy(slice, at, bytes, offset, count);
            at += count;
            return count;
        }
    }
}
