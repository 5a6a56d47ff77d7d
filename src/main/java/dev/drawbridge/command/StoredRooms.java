package dev.drawbridge.command;

import dev.drawbridge.config.OfflineEngine;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomImport;
import dev.drawbridge.room.ObjectLane;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.SnapshotFormat;
import dev.drawbridge.room.TldrFormat;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The rooms of the store that is set up, while no server has it for itself. */
final class StoredRooms implements Rooms {
    private static final long MINUTES = 10;
    private static final int PAGE = 200;

    private final OfflineEngine engine;

    private StoredRooms(OfflineEngine engine) {
        this.engine = engine;
    }

    static StoredRooms open(Settings settings) {
        try {
            return new StoredRooms(OfflineEngine.start(settings.arguments()));
        } catch (StoreException e) {
            throw new CommandFailedException(e.getMessage()
                    + "\nIf a server is running on it, go through that one: --server=http://HOST:PORT, with the"
                    + " token of its admin API in DRAWBRIDGE_ADMIN_TOKEN. Nothing was changed.");
        } catch (SettingException e) {
            throw new CommandFailedException(e.getMessage() + ". " + e.remedy());
        }
    }

    @Override
    public String where() {
        return engine.describeStore();
    }

    @Override
    public boolean exists(String roomId) throws NotDoneException {
        return await(engine.store().find(roomId)).isPresent();
    }

    @Override
    public RoomImport.Outcome take(String roomId, RoomImport wanted) throws NotDoneException {
        RoomImport.Outcome outcome = await(engine.rooms().take(roomId, wanted));
        await(engine.rooms().unload(roomId)); // one room in memory at a time
        return outcome;
    }

    @Override
    public Iterable<String> ids() {
        return Pages.of(after -> {
            RoomPage page = awaitStore(engine.store().list("", after, PAGE));
            return new Pages.Page(page.roomIds(), page.next());
        });
    }

    @Override
    public void write(String roomId, RoomFormat format, OutputStream out) throws NotDoneException, IOException {
        try (ByteLoan loan = new ByteLoan(engine.memory().imports())) {
            RoomSnapshot room = await(engine.rooms().snapshot(roomId, loan));
            ObjectLane lane = engine.rooms().objectLane();
            switch (format) {
                case tldr -> TldrFormat.write(room, lane, TldrFormat.Content.AS_IT_IS, out);
                case snapshot -> SnapshotFormat.write(room, lane, out);
            }
        }
    }

    private static <T> T awaitStore(CompletionStage<T> answer) {
        try {
            return await(answer);
        } catch (NotDoneException e) {
            throw new CommandFailedException(e.getMessage());
        }
    }

    private static <T> T await(CompletionStage<T> answer) throws NotDoneException {
        try {
            return answer.toCompletableFuture().get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RoomCommandException.OwnedElsewhere elsewhere ->
                    new NotDoneException(elsewhere.getMessage() + ": go through that server, with --server");
                case RoomCommandException refused -> new NotDoneException(String.valueOf(refused.getMessage()));
                case StoreException store -> new NotDoneException(String.valueOf(store.getMessage()));
                case null, default -> throw new IllegalStateException("A room failed at a command", e.getCause());
            };
        } catch (TimeoutException e) {
            throw new NotDoneException(
                    "the store has not answered within " + MINUTES + " minutes; whether it was done is unknown");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted");
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
