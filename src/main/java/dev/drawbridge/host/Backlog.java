package dev.drawbridge.host;

import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.DataMessage;
import dev.drawbridge.protocol.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What waits to go out to one client, in order. When it becomes too much it is folded: the events that wait are dropped,
 * and in their place the client will be told what the room has become since the last clock that it has been sent (§11).
 * Pushes of its own whose answers are dropped are answered as discarded before that, so that it forgets what it had shown
 * in advance and takes the truth. Used under the lock of its outbox.
 */
final class Backlog {
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private final List<SharedEvent> discards = new ArrayList<>();
    private long bytes;
    /** How many items wait that are not events: these do not wait for the rhythm. */
    private int urgent;
    /** The document clock of the last event or hydration that was handed out. */
    private long clock;

    private State state = State.IN_ORDER;
    private boolean isLost;

    private enum State {
        IN_ORDER,
        /** Events are dropped until the room says what has become of it; it is to be asked when all else has gone out. */
        FOLDED,
        /** The same, and the room has been asked. */
        CATCHING_UP
    }

    /** Something that waits. */
    sealed interface Item {

        /** An event, which may go out together with others. */
        record Event(SharedEvent event) implements Item {}

        /**
         * A message of its own.
         *
         * @param weight how many bytes it counts for: a hydration is not the client's backlog
         * @param hydratesTo the clock that it brings the client to, from whatever it knew before; only of a hydration
         */
        record Message(Payload payload, long weight, OptionalLong hydratesTo) implements Item {}

        /**
         * A hydration that comes in pieces.
         *
         * @param hydratesTo the clock that it brings the client to
         */
        record Stream(Arriving message, long hydratesTo) implements Item {}

        /** What comes behind it is told by another node, to which the room has moved. */
        record Moved() implements Item {}

        /** The end. */
        record Close(int code, String reason) implements Item {}
    }

    /** What is to be done next for the client. */
    sealed interface Next {

        /**
         * A message to send.
         *
         * @param events what is in it, to be let go of when it has gone out
         */
        record Send(Payload payload, List<SharedEvent> events) implements Next {}

        /** A piece of a message to send. */
        record SendPiece(Arriving of, Arriving.Piece piece) implements Next {}

        /** The socket is to be closed. */
        record Close(int code, String reason) implements Next {}

        /** The room is to be asked what has changed since that clock. */
        record CatchUp(long sinceClock) implements Next {}

        /** Nothing for now. */
        record Nothing() implements Next {
            static final Nothing INSTANCE = new Nothing();
        }
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    /** Whether something waits that does not wait for the rhythm. */
    boolean isUrgent() {
        return urgent > 0;
    }

    /** The clock of what was handed out last. */
    long clock() {
        return clock;
    }

    boolean isFolded() {
        return state != State.IN_ORDER;
    }

    /** Whether events were dropped of which nobody can tell any more what they have led to. */
    boolean isLost() {
        return isLost;
    }

    /**
     * The room is another node's from now on, which knows nothing of the presences that have departed before: once an event
     * of before is dropped, its client has to begin anew.
     */
    void moved() {
        if (isFolded()) {
            isLost = true;
        } else if (!items.isEmpty()) {
            items.add(new Item.Moved());
        }
    }

    void add(SharedEvent event) {
        if (state == State.IN_ORDER) {
            event.hold();
            append(event);
        } else if (event.event() instanceof DataEvent.PushResult result) {
            discard(event.with(result.discarded(clock)));
        }
    }

    void add(Item.Message message) {
        if (message.hydratesTo.isPresent() && isFolded()) {
            unfold(); // it is told everything anew
        }
        items.add(message);
        bytes += message.weight;
        urgent++;
    }

    void add(Item.Stream stream) {
        if (isFolded()) {
            unfold(); // it is told everything anew
        }
        items.add(stream);
        urgent++;
    }

    /** Whether what is to go out next comes in pieces: what comes behind it waits for these, and not for the socket alone. */
    boolean isStreaming() {
        return items.peek() instanceof Item.Stream;
    }

    /** Whether a message has gone out in part: nothing else may go out before the rest of it. */
    boolean isMidMessage() {
        return items.peek() instanceof Item.Stream(Arriving message, long ignored) && message.isUnderWay();
    }

    void add(Item.Close close) {
        items.add(close);
        urgent++;
    }

    /** What the room has become, in place of all that was dropped. */
    void addCaughtUp(SharedEvent event) {
        unfold();
        add(event);
    }

    private void append(SharedEvent held) {
        items.add(new Item.Event(held));
        bytes += held.length();
    }

    private void discard(SharedEvent discard) {
        discard.hold();
        discards.add(discard);
        bytes += discard.length();
    }

    private void unfold() {
        state = State.IN_ORDER;
        for (SharedEvent discard : discards) {
            bytes -= discard.length();
            discard.letGo();
            if (discard.event() instanceof DataEvent.PushResult result) {
                // At the clock that the client has reached: cut off before the rest, it must ask for that (§10).
                SharedEvent dated = discard.with(result.discarded(clock));
                dated.hold();
                append(dated);
            }
        }
        discards.clear();
    }

    /** Drops the events that wait. Those before a hydration stay: they are few, and it refers to none of them. */
    void fold() {
        if (isFolded()) {
            return;
        }
        state = State.FOLDED;
        ArrayDeque<Item> all = new ArrayDeque<>(items);
        items.clear();
        long hydrations = all.stream().filter(Backlog::isHydration).count();
        for (Item item : all) {
            if (isHydration(item)) {
                hydrations--;
            }
            if (hydrations == 0 && item instanceof Item.Moved) {
                isLost = true;
            } else if (hydrations > 0 || !(item instanceof Item.Event(SharedEvent event))) {
                items.add(item);
            } else {
                bytes -= event.length();
                if (event.event() instanceof DataEvent.PushResult result) {
                    discard(event.with(result.discarded(clock)));
                }
                event.letGo();
            }
        }
    }

    private static boolean isHydration(Item item) {
        return item instanceof Item.Stream || (item instanceof Item.Message message && message.hydratesTo.isPresent());
    }

    /** Takes out what is to be done next. */
    Next next() {
        return switch (items.peek()) {
            case Item.Event ignored -> events();
            case Item.Message message -> {
                items.remove();
                bytes -= message.weight;
                urgent--;
                message.hydratesTo.ifPresent(hydrated -> clock = hydrated);
                yield new Next.Send(message.payload, List.of());
            }
            case Item.Stream(Arriving message, long hydratesTo) -> piece(message, hydratesTo);
            case Item.Moved ignored -> {
                items.remove();
                yield next();
            }
            case Item.Close(int code, String reason) -> {
                clear();
                yield new Next.Close(code, reason);
            }
            case null -> {
                if (state != State.FOLDED) {
                    yield Next.Nothing.INSTANCE;
                }
                state = State.CATCHING_UP;
                yield new Next.CatchUp(clock);
            }
        };
    }

    private Next piece(Arriving message, long hydratesTo) {
        Arriving.Piece piece = message.next();
        if (piece == null) {
            return Next.Nothing.INSTANCE;
        }
        if (piece.part().last()) {
            items.remove();
            urgent--;
            clock = hydratesTo;
        }
        return new Next.SendPiece(message, piece);
    }

    private Next events() {
        List<SharedEvent> events = new ArrayList<>();
        List<Payload> payloads = new ArrayList<>();
        while (items.peek() instanceof Item.Event(SharedEvent event)) {
            items.remove();
            events.add(event);
            payloads.add(event.payload());
            bytes -= event.length();
            clock = event.event().serverClock();
        }
        return new Next.Send(DataMessage.of(payloads), events);
    }

    /** Lets go of everything. */
    void clear() {
        for (Item item : items) {
            if (item instanceof Item.Event(SharedEvent event)) {
                event.letGo();
            }
        }
        items.clear();
        discards.forEach(SharedEvent::letGo);
        discards.clear();
        bytes = 0;
        urgent = 0;
    }
}
