package dev.drawbridge.store.redis;

import dev.drawbridge.redis.RedisFault;
import dev.drawbridge.redis.RedisLink;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.SchemaText;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.TakeOvers;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Rooms in Redis. A commit survives {@code kill -9} of this process; what else it survives is a matter of Redis' own
 * settings, see {@link RedisDurability}. Where Redis has lost commits, that is noticed by the history that the server
 * names, its run id and its replication id, which each commit records.
 */
public final class RedisRoomStore implements RoomStore {
    private final RedisLink link;
    private final RedisClusterAsyncCommands<byte[], byte[]> redis;
    private final RoomKeys keys;
    private final RoomIndex index;
    private final VisitingReader visitor;
    private final byte[] nodeId;
    private final InstantSource clock;
    private final Supplier<String> tokens;
    private final Liveness liveness;
    private final TakeOvers takeOvers;
    private final SchemaText schemaText = new SchemaText();
    private final InFlight inFlight = new InFlight();
    private final ExecutorService waiters = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("redis-reader-", 0).factory());

    private RedisRoomStore(
            RedisLink link,
            RoomKeys keys,
            byte[] nodeId,
            InstantSource clock,
            Supplier<String> tokens,
            Liveness liveness,
            TakeOvers takeOvers) {
        this.link = link;
        this.redis = link.commands();
        this.keys = keys;
        this.index = new RoomIndex(redis, keys);
        this.visitor = new VisitingReader(redis, keys);
        this.nodeId = nodeId;
        this.clock = clock;
        this.tokens = tokens;
        this.liveness = liveness;
        this.takeOvers = takeOvers;
    }

    /** Connects, and tells nobody of rooms that are taken over. */
    public static RedisRoomStore connect(
            AbstractRedisClient client,
            String keyPrefix,
            String nodeId,
            InstantSource clock,
            Supplier<String> tokens,
            Liveness liveness) {
        return connect(client, keyPrefix, nodeId, clock, tokens, liveness, TakeOvers.UNOBSERVED);
    }

    /**
     * Connects.
     *
     * @param client with options that {@link #neverSendTwice} has set, and a finite command timeout; it stays the caller's
     * @param keyPrefix what all keys start with
     * @param nodeId who is named as the owner of rooms: visible ASCII characters, other ones after each start
     * @param tokens makes a new random text at each call
     * @param liveness is asked before a room is taken from another node
     * @param takeOvers is told when that has been done
     * @throws StoreException when Redis cannot be reached
     */
    public static RedisRoomStore connect(
            AbstractRedisClient client,
            String keyPrefix,
            String nodeId,
            InstantSource clock,
            Supplier<String> tokens,
            Liveness liveness,
            TakeOvers takeOvers) {
        RoomKeys keys = new RoomKeys(keyPrefix);
        byte[] name = NodeName.of(nodeId);
        RedisLink link = RoomFault.connected(client);
        return new RedisRoomStore(link, keys, name, clock, tokens, liveness, takeOvers);
    }

    /** Sets a client's options so that it never sends a command again that may have been carried out. */
    public static void neverSendTwice(ClientOptions.Builder options) {
        RedisLink.neverSendTwice(options);
    }

    /** Logs what durability Redis is set to give, with a warning where it does not keep the promise. */
    public void logDurability() {
        RedisDurability.log(link);
    }

    /** One script; a second one, after the question whether that node is alive, when another node is named. */
    @Override
    public CompletionStage<Opening> open(String roomId) {
        byte[] token = bytes(tokens.get());
        return of(roomId, "opened", () -> ask(roomId, token, "", "").thenCompose(answer -> switch (answer) {
            case TakenOver room -> taken(roomId, room);
            case OpenAnswer.Elsewhere owner -> openUnlessAlive(roomId, token, owner);
        }));
    }

    private CompletionStage<Opening> openUnlessAlive(String roomId, byte[] token, OpenAnswer.Elsewhere owner) {
        return liveness.isAlive(owner.nodeId())
                .thenCompose(alive -> alive
                        ? elsewhere(owner)
                        : ask(roomId, token, owner.nodeId(), owner.epoch()).thenCompose(answer -> switch (answer) {
                            case TakenOver room -> taken(roomId, room);
                            case OpenAnswer.Elsewhere faster -> elsewhere(faster);
                        }));
    }

    private CompletionStage<OpenAnswer> ask(String roomId, byte[] token, String gone, String itsEpoch) {
        return RoomScripts.OPEN
                .run(
                        redis,
                        keys.of(roomId),
                        nodeId,
                        token,
                        bytes(Long.toString(clock.millis())),
                        bytes(gone),
                        bytes(itsEpoch))
                .thenApply(OpenAnswer::read);
    }

    private CompletionStage<Opening> taken(String roomId, TakenOver room) {
        room.from().ifPresent(reason -> takeOvers.takenOver(roomId, reason));
        return index.add(roomId)
                .thenCompose(added -> waiting(() -> new RedisRoomReader(redis, keys).read(roomId, room)));
    }

    private static CompletionStage<Opening> elsewhere(OpenAnswer.Elsewhere owner) {
        return CompletableFuture.completedStage(new Opening.OwnedElsewhere(owner.nodeId()));
    }

    @Override
    public CompletionStage<Optional<String>> owner(String roomId) {
        return of(roomId, "looked up", () -> redis.hget(keys.meta(roomId), bytes("owner"))
                .thenApply(NodeName::read));
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
        return of(roomId, "read", () -> waiting(() -> visitor.read(roomId, admission)));
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId) {
        return of(roomId, "read", () -> RoomScripts.RECORD
                .answer(redis, keys.of(roomId), bytes(StorageKey.of(recordId)))
                .thenApply(answer -> record(recordId, answer)));
    }

    private static Optional<RoomExcerpt> record(String recordId, List<Object> answer) {
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<StoredRecord> record =
                answer.size() == 2 ? List.of() : List.of(DocumentValue.read(recordId, (byte[]) answer.get(2)));
        long clock = Long.parseLong(new String((byte[]) answer.get(0), StandardCharsets.UTF_8));
        String schema = new String((byte[]) answer.get(1), StandardCharsets.UTF_8);
        return Optional.of(new RoomExcerpt(record, false, clock, SchemaText.read(schema)));
    }

    /** Redis keeps records in no order: all of them are read for a page, and no more kept than the page. */
    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range) {
        return of(roomId, "read", () -> waiting(() -> visitor.readRecords(roomId, range)));
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        return of(roomId, "committed to", () -> {
            byte[][] arguments = CommitArguments.of(owner, change, schemaText.of(change.schema()), clock.millis());
            return RoomScripts.COMMIT.run(redis, keys.of(roomId), arguments).thenApply(RedisRoomStore::result);
        });
    }

    private static CommitResult result(List<String> answer) {
        return switch (answer.getFirst()) {
            case "committed" -> new CommitResult.Committed();
            case "fenced" -> new CommitResult.Fenced();
            case "conflict" -> new CommitResult.Conflict(Long.parseLong(answer.get(1)));
            default -> throw new StoreException("an unknown answer of commit.lua: " + answer);
        };
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
        return of(roomId, "given back", () -> RoomScripts.RELEASE
                .run(
                        redis,
                        keys.of(roomId),
                        bytes(Long.toString(owner.epoch())),
                        bytes(owner.token()),
                        successor.map(NodeName::of).orElse(new byte[0]))
                .thenAccept(answer -> {}));
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        return of(roomId, "deleted", () -> RoomScripts.DELETE
                .run(redis, keys.of(roomId))
                .thenCompose(answer -> new ClockFloor(redis, keys)
                        .raise(Long.parseLong(answer.get(1)))
                        .thenApply(raised -> answer))
                .thenCompose(answer -> index.remove(roomId)
                        .thenApply(removed -> answer.getFirst().equals("deleted"))));
    }

    @Override
    public CompletionStage<Optional<RoomSummary>> find(String roomId) {
        return of(roomId, "looked up", () -> index.find(roomId));
    }

    @Override
    public CompletionStage<Void> ping() {
        return inFlight.begin(() -> redis.ping().<Void>thenApply(pong -> null)).exceptionally(error -> {
            throw new StoreException("Redis does not answer: " + RedisFault.reason(error), error);
        });
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        return inFlight.begin(
                () -> waiting(() -> index.list(prefix, after, limit)).exceptionally(error -> {
                    throw new StoreException("The rooms could not be listed: " + RedisFault.reason(error), error);
                }));
    }

    private <T> CompletionStage<T> of(String roomId, String what, Supplier<CompletionStage<T>> work) {
        return RoomFault.explained(what, roomId, inFlight.begin(work));
    }

    private <T> CompletionStage<T> waiting(Callable<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        var _ = waiters.submit(() -> {
            try {
                result.complete(read.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** The client is the caller's to close. */
    @Override
    public void close() {
        try {
            inFlight.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiters.close();
        link.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
