package dev.drawbridge.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.drawbridge.assets.PutResult.Different;
import dev.drawbridge.assets.PutResult.Same;
import dev.drawbridge.assets.PutResult.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link AssetStore} promises. The numbers are those of its INVARIANTS. */
public abstract class AssetStoreContract {
    protected static final long PLENTY = 20_000_000;

    protected AssetStore store;
    protected volatile Instant now = Instant.parse("2026-03-01T10:00:00.123Z");

    /**
     * A store on this test's own assets: none at first, those it has left when it is called again. Several are open at the
     * same time, as on several nodes.
     */
    protected abstract AssetStore openStore(InstantSource clock);

    @BeforeEach
    void open() {
        store = openStore(() -> now);
    }

    @AfterEach
    void close() {
        store.close();
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    protected static NewAsset png(String id) {
        return new NewAsset(id, Optional.of("room"), MediaType.PNG, OptionalLong.empty());
    }

    protected static NewAsset png(String id, String room) {
        return new NewAsset(id, Optional.of(room), MediaType.PNG, OptionalLong.empty());
    }

    protected PutResult put(NewAsset asset, byte[] content) throws IOException {
        return store.put(asset, new ByteArrayInputStream(content), PLENTY);
    }

    protected Asset stored(NewAsset asset, byte[] content) throws IOException {
        PutResult result = put(asset, content);
        assertThat(result).isInstanceOf(Stored.class);
        return result.asset();
    }

    protected Asset stored(String id) throws IOException {
        return stored(png(id), bytes("content of " + id));
    }

    protected byte[] read(Asset asset) throws IOException {
        return read(asset, ByteRange.all(asset.size()));
    }

    protected byte[] read(Asset asset, ByteRange range) throws IOException {
        try (InputStream content = store.read(asset, range).orElseThrow()) {
            return content.readAllBytes();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private List<String> ids(int limit) {
        return ids(limit, after -> store.list(after, limit));
    }

    private List<String> idsOfRoom(String room, int limit) {
        return ids(limit, after -> store.listOfRoom(room, after, limit));
    }

    private static List<String> ids(int limit, Function<Optional<String>, AssetPage> list) {
        List<String> ids = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            AssetPage page = list.apply(after);
            assertThat(page.assets()).hasSizeLessThanOrEqualTo(limit);
            page.assets().forEach(asset -> ids.add(asset.id()));
            after = page.next();
        } while (after.isPresent());
        return ids;
    }

    static Stream<String> ids() {
        return Stream.of(
                "a",
                "..",
                ".",
                "../../etc/passwd",
                "/etc/passwd",
                "C:\\Windows\\x.png",
                "NUL",
                "con.png",
                "My holiday (1); 100% Größe.png",
                "日本語 🦊.jpg",
                "line\nbreak\u0000nul\"quote'",
                "a/b/c",
                "a?b=c#d&e",
                "asset.json",
                "x".repeat(AssetId.MAX_BYTES),
                "ü".repeat(AssetId.MAX_BYTES / 2));
    }

    @Nested
    class Putting {

        @Test
        @DisplayName("[1] what was put is described and read as it was put, also after the store was opened again")
        void isThere() throws Exception {
            byte[] content = random(300_000);
            Asset asset =
                    stored(new NewAsset("id", Optional.of("room"), MediaType.WEBP, OptionalLong.of(300_000)), content);

            assertThat(asset)
                    .isEqualTo(
                            new Asset("id", Optional.of("room"), MediaType.WEBP, 300_000, sha256(content), now, now));
            assertThat(store.find("id")).contains(asset);
            assertThat(read(asset)).isEqualTo(content);

            store.close();
            store = openStore(() -> now);
            assertThat(store.find("id")).contains(asset);
            assertThat(read(asset)).isEqualTo(content);
        }

        @Test
        @DisplayName("[1] an empty content and an asset of no room are kept like others")
        void edges() throws Exception {
            NewAsset none = new NewAsset("id", Optional.empty(), MediaType.SVG, OptionalLong.of(0));

            Asset asset = stored(none, new byte[0]);

            assertThat(asset.room()).isEmpty();
            assertThat(asset.size()).isZero();
            assertThat(store.find("id")).contains(asset);
            assertThat(read(asset)).isEmpty();
            assertThat(ids(10)).containsExactly("id");
            assertThat(store.usage()).isEqualTo(new AssetUsage(1, 0));
        }

        @ParameterizedTest
        @MethodSource("dev.drawbridge.assets.AssetStoreContract#ids")
        @DisplayName("[7] an id means nothing to the store")
        void anyId(String id) throws Exception {
            Asset other = stored("other");
            Asset asset = stored(id);

            assertThat(asset.id()).isEqualTo(id);
            assertThat(store.find(id)).contains(asset);
            assertThat(read(asset)).isEqualTo(bytes("content of " + id));
            assertThat(ids(1)).containsExactlyInAnyOrder(id, "other");
            assertThat(store.delete(id)).isTrue();
            assertThat(store.find(id)).isEmpty();
            assertThat(store.find("other")).contains(other);
        }

        @ParameterizedTest
        @ValueSource(strings = {"..", ".", "~", "Room", "room", "a.b-c_d~", "none"})
        @DisplayName("[7] a room id means nothing to the store either, and capitals are other letters")
        void anyRoom(String room) throws Exception {
            stored(png("elsewhere", "rOOm"), bytes("1"));
            stored(png("here", room), bytes("22"));
            stored(new NewAsset("nowhere", Optional.empty(), MediaType.PNG, OptionalLong.empty()), bytes("333"));

            assertThat(idsOfRoom(room, 10)).containsExactly("here");
            assertThat(store.usageOfRoom(room)).isEqualTo(new AssetUsage(1, 2));
            assertThat(store.usage()).isEqualTo(new AssetUsage(3, 6));
        }

        @Test
        @DisplayName("ids that differ in capitals, or in how they are composed, are different ones")
        void differentIds() throws Exception {
            for (String id : List.of("a", "A", "\u00fc", "u\u0308", "a ", " a")) {
                stored(id);
            }
            assertThat(ids(2)).hasSize(6).doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("the same content again is the same asset, which counts as touched")
        void same() throws Exception {
            Asset first = stored("id");
            now = now.plus(Duration.ofDays(3));

            PutResult second = put(png("id", "another room"), bytes("content of id"));

            assertThat(second).isInstanceOf(Same.class);
            assertThat(second.asset().touched()).isEqualTo(now);
            assertThat(second.asset().created()).isEqualTo(first.created());
            assertThat(second.asset().room()).contains("room");
            assertThat(store.find("id")).contains(second.asset());
            assertThat(idsOfRoom("another room", 10)).isEmpty();
            assertThat(store.usage()).isEqualTo(new AssetUsage(1, first.size()));
        }

        @Test
        @DisplayName("[3] another content under an id that is taken is refused, and the first one stays")
        void different() throws Exception {
            Asset first = stored("id");

            PutResult second = put(png("id", "another room"), bytes("something else"));

            assertThat(second).isEqualTo(new Different(first));
            assertThat(read(first)).isEqualTo(bytes("content of id"));
            assertThat(idsOfRoom("another room", 10)).isEmpty();
            assertThat(store.usageOfRoom("another room")).isEqualTo(AssetUsage.NONE);
        }

        @Test
        @DisplayName(
                "[3] of many that put one id at once, over two stores, one wins, and all are told of the same asset")
        void race() throws Exception {
            try (AssetStore other = openStore(() -> now);
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Callable<PutResult>> puts = IntStream.range(0, 24)
                        .<Callable<PutResult>>mapToObj(i -> () -> (i % 2 == 0 ? store : other)
                                .put(
                                        png("id", "room" + i % 3),
                                        new ByteArrayInputStream(bytes("content " + i % 3)),
                                        PLENTY))
                        .toList();
                List<PutResult> results = new ArrayList<>();
                for (Future<PutResult> result : threads.invokeAll(puts)) {
                    results.add(result.get());
                }

                assertThat(results).filteredOn(Stored.class::isInstance).hasSize(1);
                assertThat(results).filteredOn(Same.class::isInstance).hasSize(7);
                assertThat(results).filteredOn(Different.class::isInstance).hasSize(16);
                Asset winner = store.find("id").orElseThrow();
                assertThat(results)
                        .allSatisfy(
                                result -> assertThat(result.asset().sha256()).isEqualTo(winner.sha256()));
                assertThat(read(winner))
                        .isEqualTo(
                                bytes("content " + winner.room().orElseThrow().charAt(4)));
                assertThat(IntStream.range(0, 3).mapToObj(i -> idsOfRoom("room" + i, 10)))
                        .filteredOn(ids -> !ids.isEmpty())
                        .containsExactly(List.of("id"));
                assertThat(IntStream.range(0, 3)
                                .mapToLong(i -> store.usageOfRoom("room" + i).count())
                                .sum())
                        .isEqualTo(1);
            }
        }

        @Test
        @DisplayName("[4] a content is taken in as it comes, whatever its pieces")
        void inPieces() throws Exception {
            byte[] content = random(200_001);
            InputStream trickling = new ByteArrayInputStream(content) {
                @Override
                public synchronized int read(byte[] buffer, int offset, int wanted) {
                    return super.read(buffer, offset, Math.min(wanted, 977));
                }
            };

            PutResult result = store.put(png("id"), trickling, content.length);

            assertThat(result.asset().sha256()).isEqualTo(sha256(content));
            assertThat(read(result.asset())).isEqualTo(content);
        }
    }

    @Nested
    class Refusing {

        @Test
        @DisplayName("[1, 5] a content that is too large is not read further, and leaves nothing")
        void tooLarge() {
            InputStream endless = new InputStream() {
                private long read;

                @Override
                public int read() {
                    return read(new byte[1], 0, 1);
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    read += length;
                    assertThat(read).isLessThan(1_000_000);
                    return length;
                }
            };

            assertThatExceptionOfType(ContentTooLargeException.class)
                    .isThrownBy(() -> store.put(png("id"), endless, 100_000))
                    .satisfies(e -> assertThat(e.atMost()).isEqualTo(100_000));
            isNotThere();
        }

        @Test
        @DisplayName("[1, 5] what is announced as too large is not read at all")
        void announcedTooLarge() {
            assertThatExceptionOfType(ContentTooLargeException.class)
                    .isThrownBy(() -> store.put(
                            new NewAsset("id", Optional.of("room"), MediaType.PNG, OptionalLong.of(101)),
                            Broken.after(new byte[0]),
                            100));
            isNotThere();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 70_000, 7_000_000})
        @DisplayName("[1, 5] a content that breaks off leaves nothing, and fails as it broke")
        void breaksOff(int length) {
            assertThatIOException()
                    .isThrownBy(() -> store.put(png("id"), Broken.after(random(length)), PLENTY))
                    .withMessage("the client has gone");
            isNotThere();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 4, 6, 1_000})
        @DisplayName("[1, 5] a content of another length than announced leaves nothing")
        void wrongLength(long announced) {
            assertThatIOException()
                    .isThrownBy(() -> put(
                            new NewAsset("id", Optional.of("room"), MediaType.PNG, OptionalLong.of(announced)),
                            bytes("12345")));
            isNotThere();
        }

        private void isNotThere() {
            assertThat(store.find("id")).isEmpty();
            assertThat(ids(10)).isEmpty();
            assertThat(idsOfRoom("room", 10)).isEmpty();
            assertThat(store.usage()).isEqualTo(AssetUsage.NONE);
            assertThat(store.usageOfRoom("room")).isEqualTo(AssetUsage.NONE);
        }
    }

    @Nested
    class Reading {

        @Test
        @DisplayName("parts are read as they are asked for")
        void parts() throws Exception {
            byte[] content = random(100_000);
            Asset asset = stored(png("id"), content);

            assertThat(read(asset, new ByteRange(0, 1))).isEqualTo(new byte[] {content[0]});
            assertThat(read(asset, new ByteRange(99_999, 1))).isEqualTo(new byte[] {content[99_999]});
            assertThat(read(asset, new ByteRange(1_000, 50_000))).isEqualTo(Arrays.copyOfRange(content, 1_000, 51_000));
            assertThat(read(asset, new ByteRange(500, 0))).isEmpty();
        }

        @Test
        @DisplayName("what is not there, or has become another asset of its id, is not read")
        void gone() throws Exception {
            Asset first = stored("id");
            store.delete("id");
            assertThat(store.read(first, ByteRange.all(first.size()))).isEmpty();

            Asset second = stored(png("id"), bytes("something else"));
            assertThat(store.read(first, ByteRange.all(first.size()))).isEmpty();
            assertThat(read(second)).isEqualTo(bytes("something else"));
            assertThat(store.find("nobody")).isEmpty();
        }

        @Test
        @DisplayName("[1] while it is deleted and put again, whoever finds it reads all of it, or nothing")
        void whileItChanges() throws Exception {
            byte[] one = random(50_000);
            byte[] other = random(60_000);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> changes = threads.submit(() -> {
                    for (int i = 0; i < 30; i++) {
                        assertThat(put(png("id"), i % 2 == 0 ? one : other)).isInstanceOf(Stored.class);
                        assertThat(store.delete("id")).isTrue();
                    }
                    return null;
                });
                while (!changes.isDone()) {
                    Optional<Asset> asset = store.find("id");
                    if (asset.isPresent()) {
                        var content = store.read(
                                asset.get(), ByteRange.all(asset.get().size()));
                        if (content.isPresent()) {
                            try (InputStream all = content.get()) {
                                assertThat(all.readAllBytes())
                                        .isEqualTo(asset.get().size() == 50_000 ? one : other);
                            }
                        }
                    }
                    ids(10);
                }
                changes.get();
            }
        }
    }

    @Nested
    class Listing {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 7, 30, 100})
        @DisplayName("pages of any size have every asset once, in the same order")
        void pages(int limit) throws Exception {
            for (int i = 0; i < 30; i++) {
                stored(png("asset " + i, "room" + i % 3), bytes("content " + i));
            }

            List<String> all = ids(limit);

            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 30).mapToObj(i -> "asset " + i).toList());
            assertThat(all).isEqualTo(ids(100));
            assertThat(idsOfRoom("room1", limit)).hasSize(10).isEqualTo(idsOfRoom("room1", 100));
            assertThat(idsOfRoom("nobody's", limit)).isEmpty();
        }

        @Test
        @DisplayName("who stays is on exactly one page, while others come and go")
        void pagesWhileThingsChange() throws Exception {
            for (int i = 0; i < 20; i++) {
                stored("stays " + i);
                stored("goes " + i);
            }
            List<String> seen = new ArrayList<>();
            AssetPage page = store.list(Optional.empty(), 3);
            for (int i = 0; page.next().isPresent(); i++) {
                page.assets().forEach(asset -> seen.add(asset.id()));
                store.delete("goes " + i);
                stored("comes " + i);
                page = store.list(page.next(), 3);
            }
            page.assets().forEach(asset -> seen.add(asset.id()));

            assertThat(seen).doesNotHaveDuplicates();
            assertThat(seen)
                    .containsAll(
                            IntStream.range(0, 20).mapToObj(i -> "stays " + i).toList());
        }

        @Test
        @DisplayName(
                "what all take and what those of a room take is known at once, to another store as well when it opens")
        void usage() throws Exception {
            assertThat(store.usage()).isEqualTo(AssetUsage.NONE);
            stored(png("a", "one"), random(1_000));
            stored(png("b", "one"), random(200));
            stored(png("c", "two"), random(30));

            assertThat(store.usage()).isEqualTo(new AssetUsage(3, 1_230));
            assertThat(store.usageOfRoom("one")).isEqualTo(new AssetUsage(2, 1_200));
            try (AssetStore other = openStore(() -> now)) {
                assertThat(other.usage()).isEqualTo(new AssetUsage(3, 1_230));
                assertThat(other.usageOfRoom("two")).isEqualTo(new AssetUsage(1, 30));
            }

            store.delete("a");
            assertThat(store.usage()).isEqualTo(new AssetUsage(2, 230));
            assertThat(store.usageOfRoom("one")).isEqualTo(new AssetUsage(1, 200));
        }
    }

    @Nested
    class Deleting {

        @Test
        @DisplayName("what is deleted is gone, with its variants, and its id is free")
        void delete() throws Exception {
            Asset asset = stored("id");
            store.putVariant(asset, new Variant("w640", MediaType.WEBP, 3), bytes("abc"));

            assertThat(store.delete("id")).isTrue();

            assertThat(store.find("id")).isEmpty();
            assertThat(store.variants(asset)).isEmpty();
            assertThat(ids(10)).isEmpty();
            assertThat(idsOfRoom("room", 10)).isEmpty();
            assertThat(store.delete("id")).isFalse();
            Asset again = stored("id");
            assertThat(store.variants(again)).isEmpty();
            assertThat(idsOfRoom("room", 10)).containsExactly("id");
        }

        @Test
        @DisplayName("what is being read while it is deleted is read to its end, or fails")
        void whileRead() throws Exception {
            byte[] content = random(500_000);
            Asset asset = stored(png("id"), content);
            try (InputStream reading =
                    store.read(asset, ByteRange.all(asset.size())).orElseThrow()) {
                byte[] first = reading.readNBytes(1_000);
                store.delete("id");
                try {
                    byte[] rest = reading.readAllBytes();
                    assertThat(first.length + rest.length).isEqualTo(content.length);
                } catch (IOException e) {
                    assertThat(e).isNotNull();
                }
            }
        }

        @Test
        @DisplayName("touching makes younger, and says whether there is something to touch")
        void touch() throws Exception {
            Asset asset = stored("id");
            now = now.plusSeconds(5);

            assertThat(store.touch("id")).isTrue();

            Asset touched = store.find("id").orElseThrow();
            assertThat(touched.touched()).isEqualTo(now);
            assertThat(touched.created()).isEqualTo(asset.created());
            assertThat(store.touch("nobody")).isFalse();
        }

        @Test
        @DisplayName("what was touched since is not deleted")
        void deleteUntouched() throws Exception {
            stored("id");
            Instant later = now.plusSeconds(10);

            assertThat(store.deleteUntouched("id", now)).isFalse();
            now = later;
            put(png("id"), bytes("content of id"));
            assertThat(store.deleteUntouched("id", later)).isFalse();
            assertThat(store.find("id")).isPresent();

            assertThat(store.deleteUntouched("id", later.plusMillis(1))).isTrue();
            assertThat(store.find("id")).isEmpty();
            assertThat(store.deleteUntouched("id", later.plusMillis(1))).isFalse();
        }

        @Test
        @DisplayName(
                "[3] who puts the same again while it is deleted for being old has an asset afterwards, whoever was first")
        void putWhileDeletedForAge() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 40; i++) {
                    String id = "id " + i;
                    stored(id);
                    Instant old = now.plusSeconds(1);
                    now = now.plusSeconds(2);
                    Future<PutResult> again = threads.submit(() -> put(png(id), bytes("content of " + id)));
                    Future<Boolean> deleted = threads.submit(() -> store.deleteUntouched(id, old));
                    deleted.get();

                    assertThat(again.get()).isNotInstanceOf(Different.class);
                    assertThat(store.find(id)).isPresent();
                    assertThat(idsOfRoom("room", 100)).contains(id);
                }
            }
        }
    }

    @Nested
    class Variants {

        @Test
        @DisplayName("variants are kept with their asset, in the order of their names, and replaced as a whole")
        void variants() throws Exception {
            Asset asset = stored("id");
            Variant small = new Variant("w640", MediaType.WEBP, 3);
            Variant large = new Variant("w1280-q70", MediaType.JPEG, 4);

            assertThat(store.variants(asset)).isEmpty();
            assertThat(store.putVariant(asset, small, bytes("abc"))).isTrue();
            assertThat(store.putVariant(asset, large, bytes("abcd"))).isTrue();

            assertThat(store.variants(asset)).containsExactly(large, small);
            assertThat(variant(asset, small)).contains("abc");
            assertThat(store.readVariant(asset, large, new ByteRange(1, 2)))
                    .get()
                    .extracting(AssetStoreContract::text)
                    .isEqualTo("bc");

            Variant other = new Variant("w640", MediaType.SVG, 5);
            assertThat(store.putVariant(asset, other, bytes("other"))).isTrue();
            assertThat(store.variants(asset)).containsExactly(large, other);
            assertThat(variant(asset, other)).contains("other");
        }

        @Test
        @DisplayName("they take nothing of the usage, and are no assets of their own")
        void noAssets() throws Exception {
            Asset asset = stored("id");
            store.putVariant(asset, new Variant("w640", MediaType.WEBP, 3), bytes("abc"));

            assertThat(ids(10)).containsExactly("id");
            assertThat(store.usage()).isEqualTo(new AssetUsage(1, asset.size()));
            assertThat(store.usageOfRoom("room")).isEqualTo(new AssetUsage(1, asset.size()));
        }

        @Test
        @DisplayName("an asset that is gone, or is another one by now, gets none")
        void gone() throws Exception {
            Asset asset = stored("id");
            Variant variant = new Variant("w640", MediaType.WEBP, 3);
            store.delete("id");
            assertThat(store.putVariant(asset, variant, bytes("abc"))).isFalse();

            Asset other = stored(png("id"), bytes("something else"));
            assertThat(store.putVariant(asset, variant, bytes("abc"))).isFalse();
            assertThat(store.variants(other)).isEmpty();
            assertThat(store.readVariant(other, variant, ByteRange.all(3))).isEmpty();
        }

        private Optional<String> variant(Asset asset, Variant variant) {
            return store.readVariant(asset, variant, ByteRange.all(variant.size()))
                    .map(AssetStoreContract::text);
        }
    }

    private static String text(InputStream content) {
        try (content) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("a store that works says so")
    void ping() {
        store.ping();
    }

    @Test
    @DisplayName("when the last pass of the collection began is known to all nodes, and after a restart")
    void lastCollected() {
        assertThat(store.lastCollected()).isEmpty();
        store.collected(Instant.parse("2026-03-01T09:00:00Z"));
        store.collected(now);
        try (AssetStore other = openStore(() -> now)) {
            assertThat(other.lastCollected()).contains(now);
        }
        store.close();
        store = openStore(() -> now);
        assertThat(store.lastCollected()).contains(now);
        assertThat(store.list(Optional.empty(), 10).assets()).isEmpty();
    }
}
