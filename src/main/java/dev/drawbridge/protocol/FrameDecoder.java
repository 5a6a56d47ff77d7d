package dev.drawbridge.protocol;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text frames of one socket into client messages (§2). It holds the state of an unfinished chunk sequence, so
 * it belongs to one socket and is used by one thread at a time.
 */
public final class FrameDecoder {
    private static final long NO_NUMBER = -1;

    private final FrameLimits limits;
    private @Nullable ChunkSequence sequence;

    public FrameDecoder(FrameLimits limits) {
        this.limits = limits;
    }

    /** What a frame amounts to. */
    public sealed interface Frame {}

    /** A complete message, and how many characters it took. */
    public record Message(ClientMessage message, int length) implements Frame {}

    /** A part of a message; more is to come. */
    public record Partial() implements Frame {
        private static final Partial INSTANCE = new Partial();
    }

    /** The framing itself is broken: the socket is closed so that the client connects again. */
    public record Broken(String why) implements Frame {}

    /** A frame of which no sense can be made and which would come again: the session is refused. */
    public record Refused(RefusalReason reason, String why, Optional<Limit> limit) implements Frame {

        Refused(RefusalReason reason, String why) {
            this(reason, why, Optional.empty());
        }

        Refused(Limit limit, RefusalReason reason, String why) {
            this(reason, why, Optional.of(limit));
        }
    }

    public Frame decode(String frame) {
        if (frame.length() > limits.maxMessageLength()) {
            return tooLong();
        }
        if (!frame.startsWith("{")) {
            return chunk(frame);
        }
        if (sequence != null) {
            return broken("a whole message inside a chunk sequence");
        }
        return whole(frame);
    }

    /** The answer to a message that grows beyond the limit; also for the socket, which need not read it to its end. */
    public Refused tooLong() {
        sequence = null;
        return new Refused(
                Limit.MESSAGE_LENGTH,
                RefusalReason.UNKNOWN_ERROR,
                "message longer than " + limits.maxMessageLength() + " characters");
    }

    private Frame chunk(String frame) {
        int header = frame.indexOf('_');
        long following = header < 0 ? NO_NUMBER : number(frame, header);
        if (following == NO_NUMBER) {
            return broken("neither JSON nor a chunk");
        }
        if (sequence == null) {
            if (following >= limits.maxChunks()) {
                return new Refused(
                        Limit.CHUNKS,
                        RefusalReason.UNKNOWN_ERROR,
                        "message in more than " + limits.maxChunks() + " chunks");
            }
            sequence = new ChunkSequence((int) following);
        }
        ChunkSequence open = sequence;
        if (!open.isNext(following)) {
            return broken("chunks out of order");
        }
        if (open.length() + (frame.length() - header - 1) > limits.maxMessageLength()) {
            return tooLong();
        }
        open.append(frame, header + 1);
        if (!open.isComplete()) {
            return Partial.INSTANCE;
        }
        sequence = null;
        return assembled(open.text());
    }

    private Frame whole(String text) {
        try {
            return read(Json.parse(text, limits.maxDepth()), text.length());
        } catch (JsonException.TooDeep e) {
            return new Refused(Limit.JSON_DEPTH, RefusalReason.INVALID_RECORD, e.getMessage());
        } catch (JsonException e) {
            return new Refused(RefusalReason.UNKNOWN_ERROR, e.getMessage());
        }
    }

    /** Unlike a whole frame that is not JSON, a sequence that does not add up to JSON counts as broken framing (§2). */
    private Frame assembled(String text) {
        try {
            return read(Json.parse(text, limits.maxDepth()), text.length());
        } catch (JsonException.TooDeep e) {
            return new Refused(Limit.JSON_DEPTH, RefusalReason.INVALID_RECORD, e.getMessage());
        } catch (JsonException e) {
            return new Broken(e.getMessage());
        }
    }

    private static Frame read(JsonValue json, int length) {
        Optional<ClientMessage> message = ClientMessage.read(json);
        return message.isPresent()
                ? new Message(message.get(), length)
                : new Refused(RefusalReason.UNKNOWN_ERROR, "no message of a known type");
    }

    private Broken broken(String why) {
        sequence = null;
        return new Broken(why);
    }

    /** The number before the underscore; leading zeros are tolerated, and so is any length. */
    private static long number(String frame, int end) {
        long number = 0;
        for (int i = 0; i < end; i++) {
            char c = frame.charAt(i);
            if (c < '0' || c > '9') {
                return NO_NUMBER;
            }
            number = Math.min(number * 10 + (c - '0'), Integer.MAX_VALUE);
        }
        return end == 0 ? NO_NUMBER : number;
    }
}
