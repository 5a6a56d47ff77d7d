package dev.drawbridge.config.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.assets.collection.UnknownMentionsException;
import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.InMemoryVersionStore;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.history.chain.BlockFormat;
import dev.drawbridge.history.chain.Difference;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Assets that kept versions refer to")
class VersionMentionsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long MEMORY = 1 << 20;

    private final InMemoryVersionStore kept = new InMemoryVersionStore();
    private final List<String> read = new ArrayList<>();

    /** When it throws, so does the store, for a block or when it is asked whether it can be used. */
    private Consumer<String> failure = call -> {};

    private final VersionStore store = (VersionStore) Proxy.newProxyInstance(
            VersionStore.class.getClassLoader(), new Class<?>[] {VersionStore.class}, (proxy, method, arguments) -> {
                String call = method.getName();
                if (call.equals("block") && arguments[1] instanceof BlockKey key) {
                    call += " " + arguments[0] + " " + key.version();
                    read.add(call);
                }
                failure.accept(call);
                try {
                    return method.invoke(kept, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    private final VersionMentions mentions = new VersionMentions(store, () -> {}, MEMORY);

    private static VersionId id(int number) {
        return VersionId.at(NOON.plusSeconds(number), number);
    }

    private static StoredRecord asset(String id) {
        String json = "{\"id\":\"asset:" + id + "\",\"props\":{\"src\":\"https://board.example/uploads/" + id + "\"}}";
        return new StoredRecord("asset:" + id, json.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static byte[] block(String... ids) {
        return BlockFormat.write(Difference.whole(
                TldrawSchema.create().serialize(),
                Stream.of(ids).map(VersionMentionsTest::asset).toList()));
    }

    private void keep(String room, int number, byte[] block) {
        Version version = new Version(id(number), NOON, number, Optional.empty(), Reason.AUTO, List.of(), 1, 1, "00");
        Optional<VersionId> base = number == 0 ? Optional.empty() : Optional.of(id(number - 1));
        kept.add(room, version, new BlockKey(id(number), base), block);
    }

    private Set<String> found() throws Exception {
        Set<String> found = new HashSet<>();
        mentions.mentions(found::add);
        return found;
    }

    @Test
    @DisplayName("are those of every record of every block, those that no listed version has included")
    void all() throws Exception {
        keep("a", 0, block("one"));
        keep("a", 1, block("two", "three"));
        keep("b", 0, block("four"));
        kept.remove("a", id(0));

        assertThat(found()).contains("one", "two", "three", "four");
    }

    @Test
    @DisplayName("are found in any number of rooms")
    void manyRooms() throws Exception {
        List<String> rooms = IntStream.range(0, 450).mapToObj(i -> "room" + i).toList();
        rooms.forEach(room -> keep(room, 0, block(room)));
        assertThat(found()).containsAll(rooms);
    }

    @Test
    @DisplayName("are found by reading each block once, and again only what is new")
    void once() throws Exception {
        keep("a", 0, block("one"));
        keep("a", 1, block());
        found();
        keep("a", 2, block("two"));
        assertThat(found()).contains("one", "two");
        assertThat(read).containsExactly("block a " + id(0), "block a " + id(1), "block a " + id(2));
    }

    @Test
    @DisplayName("are read anew where there is no memory for them")
    void noMemory() throws Exception {
        VersionMentions forgetful = new VersionMentions(store, () -> {}, 0);
        keep("a", 0, block("one"));
        for (int i = 0; i < 2; i++) {
            Set<String> found = new HashSet<>();
            forgetful.mentions(found::add);
            assertThat(found).contains("one");
        }
        assertThat(read).hasSize(2);
    }

    @Test
    @DisplayName("are forgotten with their blocks")
    void gone() throws Exception {
        keep("a", 0, block("one"));
        assertThat(found()).contains("one");
        kept.removeRoom("a");
        assertThat(found()).isEmpty();
    }

    @Test
    @DisplayName("are known but for those of a damaged block, which stops nothing")
    void damaged() throws Exception {
        byte[] cut = block("one", "two");
        keep("a", 0, Arrays.copyOf(cut, cut.length - 6));
        keep("a", 1, "no block".getBytes(StandardCharsets.UTF_8));
        keep("a", 2, block("three"));
        assertThat(found()).contains("three");
    }

    @Test
    @DisplayName("are known but for those of a block that the store cannot read while it can read others")
    void unreadable() throws Exception {
        keep("a", 0, block("one"));
        keep("a", 1, block("two"));
        failure = call -> {
            if (call.equals("block a " + id(0))) {
                throw new VersionStoreException("this one is damaged");
            }
        };
        assertThat(found()).contains("two").doesNotContain("one");
        failure = call -> {};
        assertThat(found()).contains("one", "two");
    }

    @Test
    @DisplayName("are known when the store answers at the second try")
    void secondTry() throws Exception {
        keep("a", 0, block("one"));
        failure = call -> {
            if (call.startsWith("block a")) {
                failure = later -> {};
                throw new VersionStoreException("a moment's trouble");
            }
        };
        assertThat(found()).contains("one");
    }

    @Test
    @DisplayName("are not known when the store does not answer")
    void away() {
        keep("a", 0, block("one"));
        for (String call : List.of("rooms", "blocks")) {
            failure = asked -> {
                if (asked.equals(call)) {
                    throw new VersionStoreException("away");
                }
            };
            assertThatThrownBy(this::found)
                    .isInstanceOf(UnknownMentionsException.class)
                    .hasMessageContaining("away");
        }
        failure = call -> {
            if (call.startsWith("block ") || call.equals("ping")) {
                throw new VersionStoreException("away");
            }
        };
        assertThatThrownBy(this::found).isInstanceOf(UnknownMentionsException.class);
    }
}
