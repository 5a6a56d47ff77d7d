package dev.drawbridge.host;

import dev.drawbridge.room.DamagedRecordException;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.SchemaChange;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has another schema take the place of the present one. Rooms are opened with it from then on; those that are open go on with
 * theirs until they are put away. What of them could not be opened again is known before anything happens.
 */
public final class SchemaReload {
    private static final Logger log = LoggerFactory.getLogger(SchemaReload.class);

    /** More need not be named: nothing is done all the same. */
    private static final int MOST_NAMED = 100;

    private final RoomRegistry registry;
    private final RoomLoader loader;
    private final CurrentSchema current;
    private final AtomicBoolean busy = new AtomicBoolean();

    public SchemaReload(RoomRegistry registry, RoomLoader loader, CurrentSchema current) {
        this.registry = registry;
        this.loader = loader;
        this.current = current;
    }

    /** How it is to be done. */
    public enum Mode {
        /** Only what would happen is found out. */
        LOOK,
        /** It is done if all open rooms can follow. */
        DO,
        /** It is done even if some of them cannot. */
        FORCE
    }

    /** An open room that could not be opened again, and why. */
    public record Stray(String roomId, String why) {}

    /**
     * What came of it.
     *
     * @param change what is different
     * @param openRooms how many rooms are open, and go on with the schema that they have
     * @param strays those of them that could not be opened again, at most 100
     * @param isDone whether the other schema is the current one now
     */
    public record Outcome(SchemaChange change, int openRooms, List<Stray> strays, boolean isDone) {}

    /**
     * Puts it in place, or tells why not. Rooms are looked at one after the other, a record at a time, by a thread that no room
     * runs on.
     *
     * @return fails with {@link RoomCommandException.Unavailable} while another one is under way
     */
    public CompletionStage<Outcome> replace(StoreSchema next, Mode mode) {
        if (!busy.compareAndSet(false, true)) {
            return CompletableFuture.failedStage(
                    new RoomCommandException.Unavailable("The schema is being reloaded by somebody else"));
        }
        SchemaChange change = next.since(current.get());
        List<String> rooms = registry.openRooms();
        CompletionStage<List<Stray>> looked = change.obstacle().isPresent()
                ? CompletableFuture.completedStage(List.of())
                : strays(loader.with(next), rooms.iterator(), new ArrayList<>());
        return looked.thenApply(strays -> {
                    boolean isDone = mode != Mode.LOOK
                            && change.obstacle().isEmpty()
                            && (strays.isEmpty() || mode == Mode.FORCE);
                    if (isDone) {
                        current.replace(next);
                        log.info(
                                "the schema was reloaded: {} sequences are others; {} rooms are open with the one before",
                                change.sequences().size(),
                                rooms.size());
                    }
                    return new Outcome(change, rooms.size(), strays, isDone);
                })
                .whenComplete((outcome, error) -> busy.set(false));
    }

    private CompletionStage<List<Stray>> strays(RoomLoader next, Iterator<String> rooms, List<Stray> found) {
        if (!rooms.hasNext() || found.size() == MOST_NAMED) {
            return CompletableFuture.completedStage(found);
        }
        String roomId = rooms.next();
        return registry.submit(
                        roomId,
                        new Command.Read<>(
                                roomId,
                                room -> Optional.of(room.snapshot()),
                                () -> CompletableFuture.completedStage(Optional.<RoomSnapshot>empty())))
                .exceptionally(gone -> Optional.empty()) // it is opened anew with whatever is then current
                .thenComposeAsync(
                        snapshot -> {
                            snapshot.flatMap(content -> obstacle(next, content))
                                    .ifPresent(why -> found.add(new Stray(roomId, why)));
                            return strays(next, rooms, found);
                        },
                        registry.background());
    }

    private static Optional<String> obstacle(RoomLoader next, RoomSnapshot content) {
        try {
            next.admit(content);
            return Optional.empty();
        } catch (MigrationException | ValidationException | DamagedRecordException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Puts those rooms away that are open with another schema, one after the other: their clients come again. */
    public CompletionStage<Integer> unload() {
        return unload(registry.openRooms().iterator(), 0);
    }

    private CompletionStage<Integer> unload(Iterator<String> rooms, int unloaded) {
        while (rooms.hasNext()) {
            String roomId = rooms.next();
            Optional<RoomHost> host = registry.open(roomId);
            if (host.isPresent()) {
                return isCurrent(roomId)
                        .thenCompose(is -> is
                                ? CompletableFuture.completedStage(false)
                                : host.get().unload())
                        .exceptionally(gone -> false)
                        .thenComposeAsync(was -> unload(rooms, was ? unloaded + 1 : unloaded), registry.background());
            }
        }
        return CompletableFuture.completedStage(unloaded);
    }

    private CompletionStage<Boolean> isCurrent(String roomId) {
        return registry.submit(
                roomId, new Command.Read<>(roomId, this::isCurrent, () -> CompletableFuture.completedStage(true)));
    }

    private boolean isCurrent(Room room) {
        return room.isOf(current.get());
    }
}
