package dev.drawbridge.assets.renditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.NewAsset;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.assets.files.FilesAssetStore;
import dev.drawbridge.assets.renditions.Making.Made;
import dev.drawbridge.assets.renditions.Making.None;
import dev.drawbridge.assets.renditions.RenditionObserver.Outcome;
import dev.drawbridge.assets.renditions.Shown.Original;
import dev.drawbridge.assets.renditions.Shown.Rendition;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Renditions")
class RenditionsTest {
    private static final Ladder LADDER = new Ladder(List.of(256, 512, 1024), List.of(60, 80, 90));
    private static final Limits LIMITS = new Limits(50_000_000, 1_000_000, Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private AssetStore store;
    private final List<Renditions> open = new ArrayList<>();
    private final ConcurrentLinkedQueue<Rung> made = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void open() {
        store = openStore();
    }

    @AfterEach
    void close() {
        open.forEach(Renditions::close);
        store.close();
    }

    private AssetStore openStore() {
        return FilesAssetStore.open(folder.resolve("assets"), InstantSource.system(), 0);
    }

    private Renditions renditions(AssetStore of, Maker maker, ExecutorService threads) {
        Renditions renditions = new Renditions(
                of, LADDER, LIMITS, maker, threads, System::nanoTime, (outcome, time) -> outcomes.add(outcome));
        open.add(renditions);
        return renditions;
    }

    private Renditions renditions(Maker maker) {
        return renditions(store, maker, RenditionThreads.start(2));
    }

    private Making noted(MediaType type, byte[] content, Rung rung) {
        made.add(rung);
        return new Made(MediaType.JPEG, (rung.width() + " of " + content.length).getBytes(StandardCharsets.UTF_8));
    }

    private Asset asset(String id, MediaType type) throws Exception {
        byte[] content = id.getBytes(StandardCharsets.UTF_8);
        return store.put(
                        new NewAsset(id, Optional.of("room"), type, OptionalLong.empty()),
                        new ByteArrayInputStream(content),
                        1_000)
                .asset();
    }

    private Asset asset() throws Exception {
        return asset("photo", MediaType.JPEG);
    }

    private static Wanted width(int width) {
        return new Wanted(width, OptionalInt.empty());
    }

    private String content(Asset asset, Shown shown) throws Exception {
        Variant variant = ((Rendition) shown).variant();
        try (InputStream content =
                store.readVariant(asset, variant, ByteRange.all(variant.size())).orElseThrow()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static <T> List<T> atOnce(int count, Callable<T> call) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(
                    IntStream.range(0, count).mapToObj(i -> call).toList())) {
                results.add(result.get());
            }
        }
        return results;
    }

    @ParameterizedTest
    @CsvSource({
        "1, , w256-q80",
        "256, 1, w256-q60",
        "257, 60, w512-q60",
        "512, 61, w512-q80",
        "513, 85, w1024-q90",
        "1024, 100, w1024-q90",
    })
    @DisplayName("come in a few sizes: what is asked for is rounded up to one of them")
    void ladder(int width, Integer quality, String name) throws Exception {
        Asset asset = asset();
        Wanted wanted = new Wanted(width, quality == null ? OptionalInt.empty() : OptionalInt.of(quality));

        Shown shown = renditions(this::noted).show(asset, wanted);

        assertThat(shown).isInstanceOfSatisfying(Rendition.class, rendition -> assertThat(
                        rendition.variant().name())
                .isEqualTo(name));
        assertThat(store.variants(asset)).extracting(Variant::name).containsExactly(name);
    }

    @Test
    @DisplayName("of a PNG have no qualities")
    void png() throws Exception {
        Asset asset = asset("drawing", MediaType.PNG);
        Renditions renditions = renditions(this::noted);

        for (int quality : new int[] {1, 70, 100}) {
            renditions.show(asset, new Wanted(300, OptionalInt.of(quality)));
        }

        assertThat(store.variants(asset)).extracting(Variant::name).containsExactly("w512");
        assertThat(made).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1025, 999_999_999})
    @DisplayName("are never larger than the largest: beyond that there is the original")
    void beyond(int width) throws Exception {
        assertThat(renditions(this::noted).show(asset(), width(width))).isEqualTo(new Original(true));
        assertThat(made).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/gif",
                "image/apng",
                "image/avif",
                "image/svg+xml",
                "video/mp4",
                "video/webm",
                "video/quicktime"
            })
    @DisplayName("are not made of what moves, has no pixels or cannot be read")
    void otherTypes(String type) throws Exception {
        Asset asset = asset("other", new MediaType(type));

        assertThat(renditions(this::noted).show(asset, width(100))).isEqualTo(new Original(true));
        assertThat(made).isEmpty();
    }

    @Test
    @DisplayName(
            "are made once for fifty who ask at once, and not again for those who come later, here or on another node")
    void once() throws Exception {
        Asset asset = asset();
        CountDownLatch asked = new CountDownLatch(1);
        Renditions renditions = renditions((type, content, rung) -> {
            await(asked);
            return noted(type, content, rung);
        });
        List<Shown> all;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Shown>> shown = threads.submit(() -> atOnce(50, () -> renditions.show(asset, width(500))));
            asked.countDown();
            all = shown.get();
        }

        assertThat(all).hasSize(50).allMatch(all.getFirst()::equals);
        assertThat(content(asset, all.getFirst())).isEqualTo("512 of 5");
        assertThat(renditions.show(asset, width(510))).isEqualTo(all.getFirst());
        try (AssetStore ofAnother = openStore()) {
            Renditions another = renditions(ofAnother, this::noted, RenditionThreads.start(1));
            assertThat(another.show(asset, width(500))).isEqualTo(all.getFirst());
        }
        assertThat(made).hasSize(1);
        Awaitility.await().untilAsserted(() -> assertThat(outcomes).containsExactly(Outcome.MADE));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("are made a few at a time, a few more wait, and who comes then has the original for the moment")
    void bounded() throws Exception {
        Asset asset = asset();
        AtomicInteger making = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        Renditions renditions = renditions((type, content, rung) -> {
            most.accumulateAndGet(making.incrementAndGet(), Math::max);
            await(end);
            making.decrementAndGet();
            return noted(type, content, rung);
        });
        List<Asset> assets = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            assets.add(asset("photo " + i, MediaType.JPEG));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Shown>> shown = assets.stream()
                    .map(each -> threads.submit(() -> renditions.show(each, width(100))))
                    .toList();
            Awaitility.await().until(() -> shown.stream().filter(Future::isDone).count() == 80 - 2 - 64);
            assertThat(shown.stream().filter(Future::isDone).map(Future::resultNow))
                    .containsOnly(new Original(false));
            assertThat(outcomes).hasSize(14).containsOnly(Outcome.BUSY);
            end.countDown();
            for (Future<Shown> each : shown) {
                each.get();
            }
        }

        assertThat(most).hasValue(2);
        assertThat(made).hasSize(66);
        for (Asset each : assets) {
            assertThat(renditions.show(each, width(100))).isInstanceOf(Rendition.class);
        }
        assertThat(renditions.show(asset, width(100))).isInstanceOf(Rendition.class);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_WIDER, true",
        "NO_GAIN, true",
        "UNSUITABLE, true",
        "TOO_LARGE, true",
        "TOO_SLOW, false",
    })
    @DisplayName("are tried once where there can be none")
    void none(Outcome why, boolean lasting) throws Exception {
        Asset asset = asset();
        AtomicInteger tries = new AtomicInteger();
        Renditions renditions = renditions((type, content, rung) -> {
            tries.incrementAndGet();
            return new None(why);
        });

        for (int i = 0; i < 3; i++) {
            assertThat(renditions.show(asset, width(100))).isEqualTo(new Original(lasting));
        }

        assertThat(tries).hasValue(1);
        Awaitility.await().untilAsserted(() -> assertThat(outcomes).containsExactly(why));
        assertThat(store.variants(asset)).isEmpty();
    }

    @Test
    @DisplayName("leave nobody waiting when making one fails in a way that nobody thought of")
    void breaksDown() throws Exception {
        Asset asset = asset();
        AtomicInteger tries = new AtomicInteger();
        ExecutorService threads = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().uncaughtExceptionHandler((_, _) -> {}).factory());
        Renditions renditions = renditions(
                store,
                (type, content, rung) -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new StackOverflowError();
                    }
                    return noted(type, content, rung);
                },
                threads);

        assertThat(renditions.show(asset, width(100))).isEqualTo(new Original(false));
        Awaitility.await().until(() -> outcomes.contains(Outcome.FAILED));
        assertThat(renditions.show(asset, width(100))).isInstanceOf(Rendition.class);
    }

    @Test
    @DisplayName("are given up by who waits for too long, and are there the next time")
    void patience() throws Exception {
        Asset asset = asset();
        CountDownLatch end = new CountDownLatch(1);
        Renditions renditions = new Renditions(
                store,
                LADDER,
                new Limits(1, 1_000, Duration.ofMillis(1)),
                (type, content, rung) -> {
                    await(end);
                    return noted(type, content, rung);
                },
                RenditionThreads.start(1),
                System::nanoTime,
                RenditionObserver.NONE);
        open.add(renditions);

        assertThat(renditions.show(asset, width(100))).isEqualTo(new Original(false));
        end.countDown();
        Awaitility.await().until(() -> renditions.show(asset, width(100)) instanceof Rendition);
        assertThat(made).hasSize(1);
    }

    @Test
    @DisplayName("are not made of what is larger than half the memory there is for one: it is not even read")
    void tooLargeToLoad() throws Exception {
        Asset asset = asset();
        Renditions renditions = new Renditions(
                store,
                LADDER,
                new Limits(1, 2 * asset.size() - 1, Duration.ofMinutes(1)),
                this::noted,
                RenditionThreads.start(1),
                System::nanoTime,
                RenditionObserver.NONE);
        open.add(renditions);

        assertThat(renditions.show(asset, width(100))).isEqualTo(new Original(true));
        assertThat(made).isEmpty();
    }

    @Test
    @DisplayName(
            "go with their asset; of one that is deleted there are none, and of one that is put again there are new ones")
    void deleted() throws Exception {
        Asset asset = asset();
        Renditions renditions = renditions(this::noted);
        Variant variant = ((Rendition) renditions.show(asset, width(100))).variant();

        store.delete(asset.id());
        assertThat(store.variants(asset)).isEmpty();
        assertThat(store.readVariant(asset, variant, ByteRange.all(variant.size())))
                .isEmpty();
        renditions.forget(asset, variant);
        assertThat(renditions.show(asset, width(100))).isEqualTo(new Original(false));

        Asset again = asset();
        assertThat(renditions.show(again, width(100))).isEqualTo(new Rendition(variant));
        assertThat(store.variants(again)).containsExactly(variant);
    }

    @Test
    @DisplayName("say when the store fails, and work when it works again")
    void storeFails() throws Exception {
        Asset asset = asset();
        Renditions renditions = renditions(this::noted);
        Path objects = folder.resolve("assets/objects");
        Path away = folder.resolve("away");
        Files.move(objects, away);
        Files.createFile(objects);

        assertThatExceptionOfType(AssetStoreException.class).isThrownBy(() -> renditions.show(asset, width(100)));

        Files.delete(objects);
        Files.move(away, objects);
        assertThat(renditions.show(asset, width(100))).isInstanceOf(Rendition.class);
    }
}
