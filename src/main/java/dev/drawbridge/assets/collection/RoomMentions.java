package dev.drawbridge.assets.collection;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * What the stored rooms refer to. They are read page by page, whether they are open or not, with a pause after each page: who
 * draws is not to notice. What is drawn meanwhile is {@link WatchedRoomStore}'s to tell.
 */
public final class RoomMentions implements Mentioning {
    private static final int ROOMS_A_PAGE = 200;
    private static final int RECORDS_A_PAGE = 500;

    private final RoomStore store;
    private final Pause pause;

    /** Lets others go first. */
    @FunctionalInterface
    public interface Pause {
        Pause OF_A_MOMENT = () -> Thread.sleep(Duration.ofMillis(20));

        void take() throws InterruptedException;
    }

    public RoomMentions(RoomStore store, Pause pause) {
        this.store = store;
        this.pause = pause;
    }

    @Override
    public void mentions(Consumer<String> ids) throws UnknownMentionsException, InterruptedException {
        Optional<String> after = Optional.empty();
        do {
            RoomPage page = answer("the rooms cannot be listed", store.list("", after, ROOMS_A_PAGE));
            for (RoomSummary room : page.rooms()) {
                read(room.roomId(), ids);
            }
            after = page.next();
        } while (after.isPresent());
    }

    private void read(String roomId, Consumer<String> ids) throws UnknownMentionsException, InterruptedException {
        Optional<String> after = Optional.empty();
        do {
            RecordRange range = new RecordRange(after, RECORDS_A_PAGE, record -> Mentions.anyIn(record.json()));
            Optional<RoomExcerpt> excerpt =
                    answer("the room " + roomId + " cannot be read", store.readRecords(roomId, range));
            for (StoredRecord record : excerpt.map(RoomExcerpt::records).orElse(List.of())) {
                Mentions.in(record.json(), ids);
            }
            after = excerpt.filter(RoomExcerpt::more)
                    .map(page -> page.records().getLast().id());
            pause.take();
        } while (after.isPresent());
    }

    private static <T> T answer(String failure, CompletionStage<T> stage)
            throws UnknownMentionsException, InterruptedException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : e.getCause();
            String why = cause instanceof StoreException known ? known.getMessage() : String.valueOf(cause);
            throw new UnknownMentionsException(failure + ": " + why, cause);
        }
    }
}
