package dev.drawbridge.store.redis;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.Admission;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.StoredRooms;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One room is damaged: that room fails and says what and where, nothing of it is changed, the others live on. */
class RedisDamageTest {
    private final String prefix = "damage-" + StoredRooms.token();
    private final String meta = prefix + ":{broken}:meta";
    private final String documents = prefix + ":{broken}:documents";
    private final String tombstones = prefix + ":{broken}:tombstones";
    private final RedisCommands<String, String> redis = SharedRedis.SERVER.cli();
    private final RedisRoomStore store = SharedRedis.SERVER.openStore(prefix);
    private Ownership owner = new Ownership(0, "");

    @BeforeEach
    void storeRooms() {
        for (String room : List.of("broken", "sound")) {
            owner = opened(store.open(room)).ownership();
            get(store.commit(
                    room, owner, change(1, List.of(record("a", 1), record("b", 1)), Map.of("gone", 1L), Set.of())));
        }
        owner = opened(store.open("broken")).ownership();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Map<String, Object> all() {
        Map<String, Object> all = new TreeMap<>();
        for (String key : redis.keys(prefix + ":*")) {
            all.put(
                    key,
                    switch (redis.type(key)) {
                        case "hash" -> {
                            Map<String, String> hash = new TreeMap<>(redis.hgetall(key));
                            hash.keySet().removeAll(Set.of("epoch", "token")); // to be taken over is no change
                            yield hash;
                        }
                        case "zset" -> redis.zrangeWithScores(key, 0, -1);
                        case "list" -> redis.lrange(key, 0, -1);
                        default -> redis.get(key);
                    });
        }
        return all;
    }

    private void assertThatOnlyBrokenFails(String... saying) {
        Map<String, Object> before = all();

        assertThat(failureOf(store.open("broken")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The room broken could not be opened")
                .hasMessageContainingAll(saying);
        assertThat(failureOf(store.read("broken", Admission.ANY)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The room broken could not be read")
                .hasMessageContainingAll(saying);
        assertThat(opened(store.open("sound")).snapshot()).isPresent();
        assertThat(all()).isEqualTo(before);
        assertThat(get(store.list("", Optional.empty(), 10)).roomIds()).contains("sound");

        assertThat(get(store.delete("broken"))).isTrue();
        assertThat(opened(store.open("broken")).snapshot()).isEmpty();
        assertThat(opened(store.open("sound")).snapshot()).isPresent();
    }

    private void assertThatTheOwnerCannotCommit(String saying) {
        Map<String, Object> before = all();
        assertThat(failureOf(store.commit(
                        "broken", owner, change(2, List.of(record("a", 2)), Map.of("b", 2L), Set.of("gone")))))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("broken", saying);
        assertThat(all()).isEqualTo(before);
    }

    @Test
    @DisplayName("A record that is damaged harms nobody who reads another one")
    void oneRecord() {
        redis.hset(documents, "a", "no JSON");

        assertThat(get(store.readRecord("broken", "b")).orElseThrow().records()).hasSize(1);
        assertThat(failureOf(store.readRecord("broken", "a")))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("The room broken could not be read", "the record a is damaged");
    }

    static Stream<Arguments> keysOfAnotherType() {
        return Stream.of(
                Arguments.of("meta", "string", "hash"),
                Arguments.of("documents", "list", "hash"),
                Arguments.of("tombstones", "string", "zset"),
                Arguments.of("documents", "string", "hash"),
                Arguments.of("tombstones", "list", "zset"));
    }

    @ParameterizedTest
    @MethodSource("keysOfAnotherType")
    @DisplayName("A key of another type is named, also to an owner that commits")
    void type(String part, String type, String wanted) {
        String key = prefix + ":{broken}:" + part;
        redis.del(key);
        if (type.equals("list")) {
            redis.rpush(key, "something else");
        } else {
            redis.set(key, "something else");
        }

        assertThatTheOwnerCannotCommit("the key " + key + " is a " + type + ", it should be a " + wanted);
        assertThatOnlyBrokenFails("the key " + key + " is a " + type);
    }

    @Test
    @DisplayName("Documents that were evicted are missed, by the owner too: it is no empty room")
    void documentsEvicted() {
        redis.del(documents);

        assertThatTheOwnerCannotCommit("the key " + documents + " holds 0 records");
        assertThatOnlyBrokenFails("the key " + documents + " holds 0 records", "counts 2");
    }

    @Test
    @DisplayName("A meta key that was evicted is missed: it is no new room")
    void metaEvicted() {
        redis.del(meta);

        assertThatTheOwnerCannotCommit("the key " + documents + " holds 2 records");
        assertThatOnlyBrokenFails("the key " + documents + " holds 2 records", "counts 0");
    }

    @Test
    @DisplayName("Tombstones that are gone are missed")
    void tombstonesEvicted() {
        redis.del(tombstones);

        assertThatTheOwnerCannotCommit("the key " + tombstones + " holds 0 tombstones");
        assertThatOnlyBrokenFails("the key " + tombstones + " holds 0 tombstones");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "no JSON",
                "{\"state\":{},\"lastChangedClock\":}",
                "{\"state\":{},\"lastChangedClock\":-1}",
                "{\"state\":{},\"lastChangedClock\":99999999999999999999}",
                "{\"state\":[],\"lastChangedClock\":1}",
                "{\"state\":{\"a\":},\"lastChangedClock\":1}",
                "{\"state\":{}}",
                "{\"state\":{},\"lastChangedClock\":1} ",
                "{\"state\":{}{},\"lastChangedClock\":1}",
                ",\"lastChangedClock\":1}"
            })
    @DisplayName("A record that is damaged is named")
    void record_(String value) {
        redis.hset(documents, "a", value);

        assertThatOnlyBrokenFails("the record a is damaged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock", "epoch", "historyStartsAt"})
    @DisplayName("A number that is none is named")
    void number(String field) {
        redis.hset(meta, field, "many");

        assertThatTheOwnerCannotCommit("the field " + field + " of the key " + meta + " is no number");
        assertThatOnlyBrokenFails("the field " + field + " of the key " + meta + " is no number");
    }

    @Test
    @DisplayName("A schema that is damaged is named")
    void schema() {
        redis.hset(meta, "schema", "no JSON");

        assertThatOnlyBrokenFails("the stored schema is damaged");
    }

    @Test
    @DisplayName("A room id that is damaged in the list stops nobody who has a room")
    void index() {
        redis.del(prefix + ":rooms");
        redis.set(prefix + ":rooms", "something else");

        assertThat(failureOf(store.list("", Optional.empty(), 10)))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("The rooms could not be listed", "WRONGTYPE");
    }

    @Test
    @DisplayName("A full Redis (maxmemory, noeviction) fails commits, applies none of them in part, and heals")
    void full() {
        try (RedisProcess small = RedisProcess.start("--maxmemory-policy", "noeviction");
                RedisRoomStore rooms = small.openStore("full")) {
            Ownership mine = opened(rooms.open("room")).ownership();
            get(rooms.commit("room", mine, change(1, record("a", 1))));
            small.cli().configSet("maxmemory", "1mb");

            assertThat(failureOf(rooms.commit("room", mine, change(2, record("a", 2), record("b", 2)))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("OOM");
            small.cli().configSet("maxmemory", "100mb");
            assertThat(opened(rooms.open("room")).snapshot().orElseThrow().documentClock())
                    .isEqualTo(1);
        }
    }
}
