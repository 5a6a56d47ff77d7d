package dev.drawbridge.host;

import dev.drawbridge.room.Effect;
import dev.drawbridge.room.FirstContent;
import dev.drawbridge.room.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What an operator wants of a room. It is an input like any other; its answer, also when it is a refusal, waits in the gate
 * until all that it reflects is stored.
 */
class Command<T> implements RoomInput {
    private final String roomId;
    private final boolean isLong;
    private final Action<T> action;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /** Does the work. */
    @FunctionalInterface
    interface Action<T> {
        Result<T> applyTo(Room room) throws RoomCommandException;
    }

    /** What came of it: effects for the room's clients, and the answer. */
    record Result<T>(List<Effect> effects, T answer) {

        /** Nothing has happened but that somebody knows more now. */
        static <T> Result<T> of(T answer) {
            return new Result<>(List.of(), answer);
        }
    }

    /** @param isLong whether it may take long, by its size */
    Command(String roomId, boolean isLong, Action<T> action) {
        this.roomId = roomId;
        this.isLong = isLong;
        this.action = action;
    }

    /** Fails with a {@link RoomCommandException}. */
    CompletionStage<T> answer() {
        return answer;
    }

    @Override
    public List<Effect> applyTo(Room room, long now) {
        try {
            Result<T> result = action.applyTo(room);
            List<Effect> effects = new ArrayList<>(result.effects());
            effects.add(new Effect.Deferred(() -> answer.complete(result.answer()), this::lost));
            return effects;
        } catch (RoomCommandException e) {
            return List.of(new Effect.Deferred(() -> answer.completeExceptionally(e), this::lost));
        } catch (RuntimeException e) {
            lost();
            throw e;
        }
    }

    private void lost() {
        fail(new RoomCommandException.Unavailable("The room " + roomId + " was given up before this was stored"));
    }

    @Override
    public boolean isLong() {
        return isLong;
    }

    @Override
    public void dropped() {
        fail(new RoomCommandException.Unavailable("The room " + roomId + " cannot be used at the moment"));
    }

    @Override
    public void elsewhere(String nodeId) {
        fail(new RoomCommandException.OwnedElsewhere(roomId, nodeId));
    }

    @Override
    public void noRoom() {
        fail(new RoomCommandException.NoSuchRoom(roomId));
    }

    void fail(RoomCommandException why) {
        answer.completeExceptionally(why);
    }

    /** Only looks. A room that is not open is not opened for it: somebody else has the answer then. */
    static final class Read<T> extends Command<T> {
        private final Supplier<CompletionStage<T>> otherwise;

        Read(String roomId, Function<Room, T> look, Supplier<CompletionStage<T>> otherwise) {
            this.otherwise = otherwise;
            super(roomId, false, room -> Result.of(look.apply(room)));
        }

        @Override
        public boolean opensRoom() {
            return false;
        }

        @Override
        public void notOpen() {
            otherwise.get().whenComplete((result, error) -> {
                if (error == null) {
                    super.answer.complete(result);
                } else {
                    super.answer.completeExceptionally(error);
                }
            });
        }
    }

    /** Makes a room that does not exist yet. */
    static final class Create extends Command<Boolean> {
        private final Optional<FirstContent> content;
        private boolean created;

        Create(String roomId, Optional<FirstContent> content) {
            this.content = content;
            super(roomId, false, room -> Result.of(true));
        }

        @Override
        public boolean createsRoom() {
            return true;
        }

        @Override
        public void elsewhere(String nodeId) {
            fail(new RoomCommandException.RoomExists(super.roomId));
        }

        @Override
        public Optional<FirstContent> firstContent() {
            created = true;
            return content;
        }

        @Override
        public List<Effect> applyTo(Room room, long now) {
            if (!created) {
                fail(new RoomCommandException.RoomExists(super.roomId));
                return List.of();
            }
            return super.applyTo(room, now);
        }
    }
}
