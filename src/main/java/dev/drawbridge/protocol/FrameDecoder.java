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

    /** What somebody may say before the first connect message, in characters: a real one takes less than a thousand. */
    private static final int BEFORE_CONNECT = 64 << 10;

    private final Limits.OfMessage limits;
    private @Nullable ChunkSequence sequence;
    /** A connect message has come: from now on messages may be long. */
    private boolean welcomed;

    public FrameDecoder(Limits.OfMessage limits) {
        this.limits = limits;
    }

    /** What a frame and those before it come to, before that is read. */
    public sealed interface Joined {}

    /** What a frame amounts to. */
    public sealed interface Frame extends Joined {}

    /** A complete message, and how many characters it took. */
    public record Message(ClientMessage message, int length) implements Frame {}

    /** A message that is there in full, and not read yet. */
    public record Complete(String text, boolean inChunks) implements Joined {}

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

    /** Joins and reads a frame. */
    public Frame decode(String frame) {
        return switch (join(frame)) {
            case Complete complete -> read(complete);
            case Frame read -> read;
        };
    }

    /** Joins a frame with those before it, and does not read yet what it amounts to: that may have its price. */
    public Joined join(String frame) {
        if (frame.length() > maxMessageLength()) {
            return tooLong();
        }
        if (!frame.startsWith("{")) {
            return chunk(frame);
        }
        if (sequence != null) {
            return broken("a whole message inside a chunk sequence");
        }
        return new Complete(frame, false);
    }

    /** Reads a complete message: a {@link Message}, or what has to be done instead. */
    public Frame read(Complete complete) {
        try {
            return read(Json.parse(complete.text, limits.depth()), complete.text.length());
        } catch (JsonException.TooDeep e) {
            return new Refused(Limit.JSON_DEPTH, RefusalReason.INVALID_RECORD, e.getMessage());
        } catch (JsonException e) {
            // Unlike a whole frame that is not JSON, a sequence that does not add up to JSON is broken framing (§2).
            return complete.inChunks
                    ? new Broken(e.getMessage())
                    : new Refused(RefusalReason.UNKNOWN_ERROR, e.getMessage());
        }
    }

    /** Forgets an unfinished message. */
    public void reset() {
        sequence = null;
    }

    /** How many characters of an unfinished message are kept. */
    public int pending() {
        return sequence == null ? 0 : sequence.length();
    }

    /** The longest message that is taken for now. */
    public int maxMessageLength() {
        return welcomed ? limits.length() : Math.min(BEFORE_CONNECT, limits.length());
    }

    /** The answer to a message that grows beyond the limit; also for the socket, which need not read it to its end. */
    public Refused tooLong() {
        sequence = null;
        return new Refused(
                Limit.MESSAGE_LENGTH,
                RefusalReason.MESSAGE_TOO_LARGE,
                "message longer than " + maxMessageLength() + " characters");
    }

    private Joined chunk(String frame) {
        int header = frame.indexOf('_');
        long following = header < 0 ? NO_NUMBER : number(frame, header);
        if (following == NO_NUMBER) {
            return broken("neither JSON nor a chunk");
        }
        if (sequence == null) {
            if (following >= limits.chunks()) {
                return new Refused(
                        Limit.CHUNKS,
                        RefusalReason.MESSAGE_TOO_LARGE,
                        "message in more than " + limits.chunks() + " chunks");
            }
            sequence = new ChunkSequence((int) following);
        }
        ChunkSequence open = sequence;
        if (!open.isNext(following)) {
            return broken("chunks out of order");
        }
        if (open.length() + (frame.length() - header - 1) > maxMessageLength()) {
            return tooLong();
        }
        open.append(frame, header + 1);
        if (!open.isComplete()) {
            return Partial.INSTANCE;
        }
        sequence = null;
        return new Complete(open.text(), true);
    }

    private Frame read(JsonValue json, int length) {
        Optional<ClientMessage> message = ClientMessage.read(json);
        welcomed |= message.isPresent() && message.get() instanceof ClientMessage.Connect;
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
