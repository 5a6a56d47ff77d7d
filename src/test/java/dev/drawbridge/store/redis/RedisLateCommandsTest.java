package dev.drawbridge.store.redis;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.CommitResult.Committed;
import dev.drawbridge.store.CommitResult.Fenced;
import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.SchemaText;
import dev.drawbridge.store.StoredRooms;
import dev.drawbridge.store.TakeOvers;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that Redis carries out twice, or long after their sender has given them up. */
class RedisLateCommandsTest {
    private static final String ROOM = "room";
    private static final Liveness ALIVE = node -> CompletableFuture.completedStage(true);

    private final String prefix = "late-" + StoredRooms.token();
    private final RoomKeys keys = new RoomKeys(prefix);
    private final List<String> tokens = new ArrayList<>();
    private final List<TakeOvers.Reason> takeOvers = new ArrayList<>();
    private final RedisRoomStore one = connect("one", ALIVE);
    private final RedisRoomStore two = connect("two", ALIVE);
    private final StatefulRedisConnection<byte[], byte[]> connection =
            SharedRedis.SERVER.client().connect(ByteArrayCodec.INSTANCE);

    private RedisRoomStore connect(String node, Liveness liveness) {
        return RedisRoomStore.connect(
                SharedRedis.SERVER.client(),
                prefix,
                node,
                InstantSource.system(),
                () -> {
                    tokens.add(StoredRooms.token());
                    return tokens.getLast();
                },
                liveness,
                (room, reason) -> takeOvers.add(reason));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        connection.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> meta() {
        return SharedRedis.SERVER.cli().hgetall(prefix + ":{room}:meta");
    }

    /** The opening of node one with its n-th token, once more, with what it knew then. */
    private String openOnceMore(int token, String gone, String itsEpoch) {
        return get(RoomScripts.OPEN.run(
                        connection.async(),
                        keys.of(ROOM),
                        bytes("one"),
                        bytes(tokens.get(token)),
                        bytes("1"),
                        bytes(gone),
                        bytes(itsEpoch)))
                .getFirst();
    }

    private void releaseOnceMore(Ownership owner, String successor) {
        assertThat(answerToRelease(owner, successor)).isEqualTo("fenced");
    }

    private String answerToRelease(Ownership owner, String successor) {
        return get(RoomScripts.RELEASE.run(
                        connection.async(),
                        keys.of(ROOM),
                        bytes(Long.toString(owner.epoch())),
                        bytes(owner.token()),
                        bytes(successor)))
                .getFirst();
    }

    private String commitOnceMore(Ownership owner, DocumentChange change) {
        byte[][] arguments = CommitArguments.of(owner, change, new SchemaText().of(change.schema()), 1);
        return get(RoomScripts.COMMIT.run(connection.async(), keys.of(ROOM), arguments))
                .getFirst();
    }

    private static CommitResult commit(RedisRoomStore store, Ownership owner, long clock) {
        return get(store.commit(ROOM, owner, change(clock, record("a", clock))));
    }

    private Ownership openedByOne() {
        Ownership owner = opened(one.open(ROOM)).ownership();
        assertThat(commit(one, owner, 1)).isEqualTo(new Committed());
        return owner;
    }

    @Test
    @DisplayName("An opening that is carried out twice is one opening: its owner goes on")
    void openedTwice() {
        Ownership owner = openedByOne();
        Map<String, String> before = meta();

        assertThat(openOnceMore(0, "", "")).isEqualTo("AGAIN");

        assertThat(meta()).isEqualTo(before);
        assertThat(commit(one, owner, 2)).isEqualTo(new Committed());
    }

    @Test
    @DisplayName("An opening that comes once more when another node has the room changes nothing")
    void openedTwiceAfterAnother() {
        get(one.release(ROOM, openedByOne()));
        Ownership next = opened(two.open(ROOM)).ownership();
        Map<String, String> before = meta();

        assertThat(openOnceMore(0, "", "")).isEqualTo("elsewhere");
        assertThat(openOnceMore(0, "zero", "1")).isEqualTo("elsewhere");
        assertThat(openOnceMore(0, "two", Long.toString(next.epoch() - 1))).isEqualTo("elsewhere");

        assertThat(meta()).isEqualTo(before);
        assertThat(commit(two, next, 2)).isEqualTo(new Committed());
    }

    @Test
    @DisplayName("An opening that comes once more when the room was given back names a node that opens it when asked")
    void openedTwiceAfterRelease() {
        Ownership owner = openedByOne();
        get(one.release(ROOM, owner));

        assertThat(openOnceMore(0, "", "")).isEqualTo("FREE");

        assertThat(commit(one, owner, 2)).isEqualTo(new Fenced());
        assertThat(get(two.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("one"));
        Ownership again = opened(one.open(ROOM)).ownership();
        assertThat(again.epoch()).isEqualTo(owner.epoch() + 2);
        assertThat(commit(one, again, 2)).isEqualTo(new Committed());
    }

    @Test
    @DisplayName("An opening that comes once more when its node has opened the room again fences that one by the epoch")
    void openedTwiceAfterOpeningAgain() {
        openedByOne();
        Ownership again = opened(one.open(ROOM)).ownership();

        assertThat(openOnceMore(0, "", "")).isEqualTo("OWN");

        assertThat(commit(one, again, 2)).isEqualTo(new Fenced());
        OpenedRoom third = opened(one.open(ROOM));
        assertThat(third.snapshot().orElseThrow().documentClock()).isEqualTo(1);
        assertThat(commit(one, third.ownership(), 2)).isEqualTo(new Committed());
    }

    @Test
    @DisplayName("A giving back that comes once more, or late, takes the room from nobody")
    void releasedTwice() {
        Ownership owner = openedByOne();
        get(one.release(ROOM, owner));
        releaseOnceMore(owner, "");
        Ownership again = opened(one.open(ROOM)).ownership();
        releaseOnceMore(owner, "");
        releaseOnceMore(owner, "two");
        assertThat(commit(one, again, 2)).isEqualTo(new Committed());

        get(one.release(ROOM, again, Optional.of("two")));
        Map<String, String> left = meta();
        assertThat(answerToRelease(again, "two")).isEqualTo("released");
        assertThat(meta()).isEqualTo(left);

        get(one.release(ROOM, again)); // two does not want it
        releaseOnceMore(again, "two");
        assertThat(get(one.owner(ROOM))).isEmpty();
        Ownership next = opened(two.open(ROOM)).ownership();
        releaseOnceMore(again, "two");
        releaseOnceMore(again, "");
        assertThat(commit(two, next, 3)).isEqualTo(new Committed());
    }

    @Test
    @DisplayName("A commit of an earlier life is fenced, whoever has the room by now, or nobody")
    void lateCommit() {
        Ownership owner = openedByOne();
        DocumentChange late = change(2, record("a", 2, "late"));
        get(one.release(ROOM, owner, Optional.of("two")));
        assertThat(commitOnceMore(owner, late)).isEqualTo("fenced");
        Ownership next = opened(two.open(ROOM)).ownership();
        assertThat(commitOnceMore(owner, late)).isEqualTo("fenced");
        assertThat(commit(two, next, 2)).isEqualTo(new Committed());
        assertThat(commitOnceMore(owner, late)).isEqualTo("fenced");
        get(two.release(ROOM, next));
        assertThat(commitOnceMore(owner, late)).isEqualTo("fenced");
        assertThat(openOnceMore(0, "", "")).isEqualTo("FREE"); // the same token again, of another epoch
        assertThat(commitOnceMore(owner, late)).isEqualTo("fenced");
    }

    @Test
    @DisplayName("That another node owns a room is found out without a trace: not in the room, not in the list")
    void elsewhereWritesNothing() {
        opened(one.open(ROOM));
        SharedRedis.SERVER.cli().del(prefix + ":rooms");
        Map<String, String> before = meta();

        assertThat(get(two.open(ROOM))).isEqualTo(new Opening.OwnedElsewhere("one"));

        assertThat(meta()).isEqualTo(before);
        assertThat(SharedRedis.SERVER.cli().keys(prefix + ":*")).containsExactly(prefix + ":{room}:meta");
        assertThat(takeOvers).isEmpty();
    }

    @Test
    @DisplayName("Take-overs are told of, with their reason; that nobody had the room is none")
    void reasons() {
        openedByOne();
        assertThat(takeOvers).isEmpty();
        Ownership owner = opened(one.open(ROOM)).ownership();
        assertThat(takeOvers).containsExactly(TakeOvers.Reason.OWN);
        get(one.release(ROOM, owner, Optional.of("two")));
        opened(two.open(ROOM));
        try (RedisRoomStore three = connect("three", Liveness.ALONE)) {
            opened(three.open(ROOM));
        }
        assertThat(takeOvers)
                .containsExactly(TakeOvers.Reason.OWN, TakeOvers.Reason.HANDED_OVER, TakeOvers.Reason.DEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "no name", "ünknown", "\u0000"})
    @DisplayName("An owner whose name is damaged is nobody")
    void damagedName(String name) {
        openedByOne();
        SharedRedis.SERVER.cli().hset(prefix + ":{room}:meta", "owner", name);

        assertThat(get(two.owner(ROOM))).isEmpty();
        assertThat(get(two.find(ROOM)).orElseThrow().owner()).isEmpty();
        assertThat(opened(two.open(ROOM)).ownership().epoch()).isEqualTo(2);
    }
}
