package dev.drawbridge.cluster.link;

import dev.drawbridge.cluster.link.Frame.Answer;
import dev.drawbridge.cluster.link.Frame.Ask;
import dev.drawbridge.cluster.link.Frame.Bring;
import dev.drawbridge.cluster.link.Frame.Brought;
import dev.drawbridge.cluster.link.Frame.Close;
import dev.drawbridge.cluster.link.Frame.Crowd;
import dev.drawbridge.cluster.link.Frame.Elsewhere;
import dev.drawbridge.cluster.link.Frame.Event;
import dev.drawbridge.cluster.link.Frame.Folded;
import dev.drawbridge.cluster.link.Frame.Heard;
import dev.drawbridge.cluster.link.Frame.Held;
import dev.drawbridge.cluster.link.Frame.Hold;
import dev.drawbridge.cluster.link.Frame.Hydration;
import dev.drawbridge.cluster.link.Frame.Join;
import dev.drawbridge.cluster.link.Frame.Joined;
import dev.drawbridge.cluster.link.Frame.Left;
import dev.drawbridge.cluster.link.Frame.Message;
import dev.drawbridge.cluster.link.Frame.Moved;
import dev.drawbridge.cluster.link.Frame.Overflowed;
import dev.drawbridge.cluster.link.Frame.Piece;
import dev.drawbridge.cluster.link.Frame.Ping;
import dev.drawbridge.cluster.link.Frame.Pong;
import dev.drawbridge.cluster.link.Frame.Resume;
import dev.drawbridge.cluster.link.Frame.Said;
import dev.drawbridge.cluster.link.Frame.Sign;
import dev.drawbridge.cluster.link.Frame.Taken;
import dev.drawbridge.cluster.link.Frame.Told;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Payload;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Frames as bytes: a number that names the kind, and its fields in order; numbers as in protocol buffers, seven bits a byte.
 * What names a kind is never used for another one, and new fields come behind the known ones.
 */
public final class FrameCodec {
    private static final int PATCH = 0;
    private static final int PUSH_RESULT = 1;

    private FrameCodec() {}

    public static byte[] encode(Frame frame) {
        return switch (frame) {
            case Join(int session, byte[] pass, byte[] seal) ->
                begin(1, pass.length + 64)
                        .number(session)
                        .bytes(pass)
                        .bytes(seal)
                        .done();
            case Resume(int session, byte[] pass, byte[] seal, long sinceClock) ->
                begin(2, pass.length + 64)
                        .number(session)
                        .bytes(pass)
                        .bytes(seal)
                        .number(sinceClock)
                        .done();
            case Said(int session, boolean last, byte[] text) ->
                begin(3, text.length + 16)
                        .number(session)
                        .flag(last)
                        .bytes(text)
                        .done();
            case Left(int session) -> begin(4, 8).number(session).done();
            case Overflowed(int session) -> begin(5, 8).number(session).done();
            case Folded(int session, long sinceClock) ->
                begin(6, 16).number(session).number(sinceClock).done();
            case Taken(int session, int bytes) ->
                begin(7, 16).number(session).number(bytes).done();
            case Held(int hold) -> begin(8, 8).number(hold).done();
            case Joined(int session) -> begin(9, 8).number(session).done();
            case Elsewhere(int session, String nodeId) ->
                begin(10, 64).number(session).text(nodeId).done();
            case Heard(int session, int bytes) ->
                begin(11, 16).number(session).number(bytes).done();
            case Event(int session, boolean caughtUp, DataEvent event) ->
                event(begin(12, length(event)).number(session).flag(caughtUp), event);
            case Crowd(int crowd, var added, var removed) ->
                begin(13, 16 + 3 * (added.size() + removed.size()))
                        .number(crowd)
                        .numbers(added)
                        .numbers(removed)
                        .done();
            case Told(int crowd, int except, DataEvent event) ->
                event(begin(14, length(event)).number(crowd).number(except), event);
            case Message(int session, long hydratesTo, byte[] text) ->
                begin(15, text.length + 32)
                        .number(session)
                        .number(hydratesTo + 1)
                        .bytes(text)
                        .done();
            case Hydration(int session, long hydratesTo, long length) ->
                begin(16, 32).number(session).number(hydratesTo).number(length).done();
            case Piece(int session, byte[] bytes) ->
                begin(17, bytes.length + 16).number(session).bytes(bytes).done();
            case Sign(int session) -> begin(18, 8).number(session).done();
            case Close(int session, boolean atOnce, int code, String reason) ->
                begin(19, 64)
                        .number(session)
                        .flag(atOnce)
                        .number(code)
                        .text(reason)
                        .done();
            case Hold(int hold, String roomId) ->
                begin(20, 64).number(hold).text(roomId).done();
            case Moved(int hold, String nodeId, long clock, var sessions) ->
                begin(21, 64 + 3 * sessions.size())
                        .number(hold)
                        .text(nodeId)
                        .number(clock)
                        .numbers(sessions)
                        .done();
            case Bring(int number, String roomId, byte[] people) ->
                begin(22, people.length + 64)
                        .number(number)
                        .text(roomId)
                        .bytes(people)
                        .done();
            case Brought(int number, boolean isOpen) ->
                begin(23, 8).number(number).flag(isOpen).done();
            case Ask(int number, byte[] question) ->
                begin(24, question.length + 16).number(number).bytes(question).done();
            case Answer(int number, byte[] answer) ->
                begin(25, answer.length + 16).number(number).bytes(answer).done();
            case Ping(long number) -> begin(26, 16).number(number).done();
            case Pong(long number) -> begin(27, 16).number(number).done();
        };
    }

    private static FrameWriter begin(int kind, int expected) {
        return new FrameWriter(expected).number(kind);
    }

    private static int length(DataEvent event) {
        return (int) Math.min(event.encode().length() + 32, Integer.MAX_VALUE - 64);
    }

    private static byte[] event(FrameWriter frame, DataEvent event) {
        return switch (event) {
            case DataEvent.Patch(long clock, Payload payload) ->
                frame.number(PATCH).number(clock).payload(payload).done();
            case DataEvent.PushResult(long clock, var verdict, byte[] bytes, int clockAt) ->
                frame.number(PUSH_RESULT)
                        .number(clock)
                        .number(code(verdict))
                        .number(clockAt)
                        .bytes(bytes)
                        .done();
        };
    }

    /**
     * Reads one frame; empty when it is of a kind that is not known.
     *
     * @throws MalformedFrameException when it is none
     */
    public static Optional<Frame> decode(ByteBuffer bytes) throws MalformedFrameException {
        FrameReader in = new FrameReader(bytes);
        int kind = in.count();
        return Optional.ofNullable(
                switch (kind) {
                    case 1 -> new Join(in.count(), in.bytes(), in.bytes());
                    case 2 -> new Resume(in.count(), in.bytes(), in.bytes(), in.number());
                    case 3 -> new Said(in.count(), in.flag(), in.bytes());
                    case 4 -> new Left(in.count());
                    case 5 -> new Overflowed(in.count());
                    case 6 -> new Folded(in.count(), in.number());
                    case 7 -> new Taken(in.count(), in.count());
                    case 8 -> new Held(in.count());
                    case 9 -> new Joined(in.count());
                    case 10 -> new Elsewhere(in.count(), in.text());
                    case 11 -> new Heard(in.count(), in.count());
                    case 12 -> new Event(in.count(), in.flag(), event(in));
                    case 13 -> new Crowd(in.count(), in.numbers(), in.numbers());
                    case 14 -> new Told(in.count(), in.count(), event(in));
                    case 15 -> new Message(in.count(), in.number() - 1, in.bytes());
                    case 16 -> new Hydration(in.count(), in.number(), in.number());
                    case 17 -> new Piece(in.count(), in.bytes());
                    case 18 -> new Sign(in.count());
                    case 19 -> new Close(in.count(), in.flag(), in.count(), in.text());
                    case 20 -> new Hold(in.count(), in.text());
                    case 21 -> new Moved(in.count(), in.text(), in.number(), in.numbers());
                    case 22 -> new Bring(in.count(), in.text(), in.bytes());
                    case 23 -> new Brought(in.count(), in.flag());
                    case 24 -> new Ask(in.count(), in.bytes());
                    case 25 -> new Answer(in.count(), in.bytes());
                    case 26 -> new Ping(in.number());
                    case 27 -> new Pong(in.number());
                    default -> null;
                });
    }

    private static DataEvent event(FrameReader in) throws MalformedFrameException {
        int kind = in.count();
        long clock = in.number();
        return switch (kind) {
            case PATCH -> new DataEvent.Patch(clock, Payload.of(in.bytes()));
            case PUSH_RESULT -> {
                DataEvent.Verdict verdict = verdict(in.count());
                int clockAt = in.count();
                byte[] bytes = in.bytes();
                if (clockAt > bytes.length) {
                    throw new MalformedFrameException("a clock behind the end");
                }
                yield new DataEvent.PushResult(clock, verdict, bytes, clockAt);
            }
            default -> throw new MalformedFrameException("an event of an unknown kind: " + kind);
        };
    }

    private static int code(DataEvent.Verdict verdict) {
        return switch (verdict) {
            case COMMIT -> 0;
            case DISCARD -> 1;
            case REBASE -> 2;
        };
    }

    private static DataEvent.Verdict verdict(int code) throws MalformedFrameException {
        return switch (code) {
            case 0 -> DataEvent.Verdict.COMMIT;
            case 1 -> DataEvent.Verdict.DISCARD;
            case 2 -> DataEvent.Verdict.REBASE;
            default -> throw new MalformedFrameException("an unknown verdict: " + code);
        };
    }
}
