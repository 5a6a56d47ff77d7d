package dev.drawbridge.bench.load;

import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client: what it is told to do, and what it counts of what comes. Its loop's thread alone uses it. */
final class LoadClient implements Wire.User, EventScanner.Sink {
    /** Of the first push. All have the same number of digits. */
    private static final long FIRST_CLOCK = 1_000_000;
    /** How many pushes may be unanswered before the oldest is forgotten; a power of two. */
    private static final int REMEMBERED = 1 << 10;

    private static final byte[] PUSH = Outgoing.ascii("{\"type\":\"push\",\"clientClock\":");
    private static final byte[] DIFF = Outgoing.ascii(",\"diff\":{");
    private static final byte[] DIFF_END = Outgoing.ascii("}");
    private static final byte[] MOVE = Outgoing.ascii(",\"presence\":[\"patch\",{\"lastActivityTimestamp\":[\"put\",");
    private static final byte[] CURSOR_X = Outgoing.ascii("],\"cursor\":[\"put\",{\"x\":");
    private static final byte[] CURSOR_Y = Outgoing.ascii(".25,\"y\":");
    private static final byte[] MOVE_END = Outgoing.ascii(".5,\"rotation\":0,\"type\":\"default\"}]}]");
    private static final byte[] END = Outgoing.ascii("}");
    private static final byte[] PING_MESSAGE = Outgoing.ascii("{\"type\":\"ping\"}");

    /** How far it has come. */
    enum State {
        NEW,
        JOINING,
        JOINED,
        ENDED
    }

    private final int number;
    private final Seat seat;
    private final Tally tally;
    private final Outgoing out;
    private final Edits edits;
    private final Wire wire;
    private final EventScanner scanner = new EventScanner(this);
    private final JoinAnswer answer = new JoinAnswer();

    private State state = State.NEW;
    private long openedAt;
    private long joinedAt;
    private boolean greeted;

    private long clock = FIRST_CLOCK;
    private long[] sentAt = new long[0];
    private int underWay;
    private int moves;
    private long receivedAt;
    private @Nullable Work work;
    private CompletableFuture<Long> workDone = new CompletableFuture<>();
    private long workBegan;

    LoadClient(int number, Seat seat, Tally tally, Outgoing out) {
        this.number = number;
        this.seat = seat;
        this.tally = tally;
        this.out = out;
        this.edits = seat.newEdits();
        this.wire = new Wire(this, out);
        if (seat.asksBack()) {
            sentAt = new long[REMEMBERED];
        }
    }

    // ---- joining

    void open(Selector selector, Target target) {
        openedAt = Clock.micros();
        state = State.JOINING;
        wire.open(selector, target, seat.door(), "/connect/" + seat.room() + "?sessionId=" + seat.session());
    }

    @Override
    public void opened() {
        send(out.begin()
                .text("{\"type\":\"connect\",\"connectRequestId\":\"" + seat.session() + "\",\"schema\":")
                .text(ClientSchema.JSON)
                .text(",\"protocolVersion\":8,\"lastServerClock\":-1}"));
    }

    // ---- what comes

    @Override
    public void received(int bytes) {
        receivedAt = Clock.micros();
        tally.bytes += bytes;
    }

    @Override
    public int message(byte[] bytes, int from, int to, boolean last) {
        boolean joins = state == State.JOINING;
        int taken = joins ? answer.take(bytes, from, to, last) : scanner.scan(bytes, from, to, last);
        if (last) {
            tally.frames++;
            if (joins && answer.isIt()) {
                state = State.JOINED;
                joinedAt = Clock.micros();
            }
        }
        return taken;
    }

    @Override
    public void quiet() {
        goOn();
    }

    @Override
    public void event() {
        tally.events++;
    }

    @Override
    public void result() {
        tally.results++;
    }

    @Override
    public void presence(long sentAt) {
        tally.presence.record(receivedAt - Clock.fromWire(sentAt));
    }

    @Override
    public void document(long sentAt) {
        tally.document.record(receivedAt - Clock.fromWire(sentAt));
    }

    @Override
    public void answered(long clientClock) {
        underWay--;
        if (sentAt.length > 0) {
            tally.roundTrip.record(receivedAt - sentAt[(int) (clientClock & (REMEMBERED - 1))]);
        }
    }

    @Override
    public void commit() {
        tally.commits++;
    }

    @Override
    public void discard() {
        tally.discards++;
    }

    @Override
    public void rebase() {
        tally.rebases++;
    }

    @Override
    public void pong() {
        tally.pongs++;
    }

    // ---- what it does

    /** The first push: who it is, and the shape that it is going to move. */
    void greet() {
        if (state != State.JOINED || greeted || seat.isIdle()) {
            return;
        }
        greeted = true;
        begin();
        if (seat.edits() == Seat.Kind.MOVE) {
            int before = out.length();
            out.text(DIFF);
            if (edits.first(out)) {
                out.text(DIFF_END);
            } else {
                out.shorten(before);
            }
        }
        out.text(",\"presence\":[\"put\",")
                .text(Records.presence(seat.session(), Clock.micros()))
                .text("]");
        send(out.text(END));
    }

    /** A turn has come: a move, an edit, or both in one push. */
    void push() {
        if (state != State.JOINED) {
            return;
        }
        long now = begin();
        if (seat.edits() != Seat.Kind.NOTHING) {
            out.text(DIFF);
            edits.next(out, now);
            out.text(DIFF_END);
        }
        if (seat.moves()) {
            out.text(MOVE).number(Clock.toWire(now));
            out.text(CURSOR_X).number(500 + (moves * 7L + number * 13L) % 900);
            out.text(CURSOR_Y).number(300 + (moves * 3L + number * 5L) % 600);
            out.text(MOVE_END);
            moves++;
        }
        send(out.text(END));
        tally.offered += seat.peers();
    }

    /**
     * Begins to push as answers come.
     *
     * @param done is given the time that it took, in microseconds, when there is no more to push or it is stopped
     */
    void work(Work begun, CompletableFuture<Long> done) {
        work = begun;
        workDone = done;
        workBegan = Clock.micros();
        goOn();
    }

    void stopWork() {
        work = null;
        workDone.complete(Clock.micros() - workBegan);
    }

    private void goOn() {
        Work going = work;
        while (going != null && going.hasNext() && underWay < going.window() && state == State.JOINED) {
            long now = begin();
            out.text(DIFF);
            going.next(out, now);
            send(out.text(DIFF_END).text(END));
            tally.offered += seat.peers();
        }
        if (work != null && (underWay == 0 || state == State.ENDED)) {
            stopWork();
        }
    }

    void ping() {
        if (state == State.JOINED) {
            send(out.begin().text(PING_MESSAGE));
        }
    }

    private long begin() {
        long now = Clock.micros();
        out.begin().text(PUSH).number(clock);
        if (sentAt.length > 0) {
            sentAt[(int) (clock & (REMEMBERED - 1))] = now;
        }
        clock++;
        underWay++;
        tally.pushes++;
        return now;
    }

    private void send(Outgoing message) {
        wire.send(message.frame());
    }

    // ---- how it ends

    void leave() {
        if (state != State.NEW && state != State.ENDED) {
            wire.leave();
        }
        ended();
    }

    /** Its join takes too long. */
    void giveUp() {
        if (state == State.NEW) {
            lost("timeout", false);
        } else {
            wire.giveUp("timeout");
        }
    }

    @Override
    public void lost(String why, boolean refused) {
        tally.closed++;
        tally.rejected += refused ? 1 : 0;
        tally.reasons.merge(why, 1L, Long::sum);
        ended();
    }

    private void ended() {
        state = State.ENDED;
        stopWork();
    }

    // ---- how it is

    void countShapes() {
        answer.countShapes();
    }

    int number() {
        return number;
    }

    /** What it does to the document. */
    Edits edits() {
        return edits;
    }

    Seat seat() {
        return seat;
    }

    State state() {
        return state;
    }

    long openedAt() {
        return openedAt;
    }

    long joinedAt() {
        return joinedAt;
    }

    long answerLength() {
        return answer.length();
    }

    int shapes() {
        return answer.shapes();
    }
}
