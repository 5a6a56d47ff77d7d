package dev.drawbridge.host;

import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.WriteVerdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Has it decided elsewhere what a life of a room asks, and brings the answers to that life and no other. */
final class Inquiry {
    private final String roomId;
    private final Room room;
    private final RecordAuthority authority;
    private final Consumer<RoomInput> inputs;

    /** @param inputs takes the answers, from any thread */
    Inquiry(String roomId, Room room, RecordAuthority authority, Consumer<RoomInput> inputs) {
        this.roomId = roomId;
        this.room = room;
        this.authority = authority;
        this.inputs = inputs;
    }

    void ask(Effect.Ask question) {
        var _ = asked(question).whenComplete((verdicts, error) -> {
            List<WriteVerdict> usable = error == null && verdicts != null ? verdicts : List.of();
            inputs.accept(new Answer(question.number(), usable));
        });
    }

    private CompletionStage<List<WriteVerdict>> asked(Effect.Ask question) {
        try {
            return authority.decide(roomId, question.author(), question.writes());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** It waits for its turn like others, and opens no room. */
    private final class Answer implements RoomInput {
        private final long number;
        private final List<WriteVerdict> verdicts;

        Answer(long number, List<WriteVerdict> verdicts) {
            this.number = number;
            this.verdicts = verdicts;
        }

        @Override
        public List<Effect> applyTo(Room present, long now) {
            return present == room ? present.answered(number, verdicts, now) : List.of();
        }

        @Override
        public boolean opensRoom() {
            return false;
        }
    }
}
