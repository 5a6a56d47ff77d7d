package dev.drawbridge.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.drawbridge.assets.AssetObserver.Outcome;
import dev.drawbridge.assets.files.FilesAssetStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An upload")
class UploadsTest {
    private static final long MAX = 1_000_000;
    private static final long OF_ROOM = 150_000;
    private static final long IN_ALL = 400_000;

    @TempDir
    Path folder;

    private AssetStore store;
    private Uploads uploads;
    private long nanos;
    private final List<Outcome> outcomes = new ArrayList<>();
    private long received;

    @BeforeEach
    void open() {
        store = FilesAssetStore.open(folder, InstantSource.system(), 0);
        uploads = uploads(store, 4, Duration.ofSeconds(20));
    }

    private Uploads uploads(AssetStore home, int atOnce, Duration patience) {
        return new Uploads(
                home,
                new Recognition(),
                new Quotas(home, OF_ROOM, IN_ALL, () -> nanos),
                new Uploads.Rules(
                        MAX, Set.of(MediaType.PNG, MediaType.GIF), atOnce, patience, 1_000, Duration.ofSeconds(30)),
                () -> nanos,
                new AssetObserver() {
                    @Override
                    public void uploaded(Outcome outcome) {
                        synchronized (outcomes) {
                            outcomes.add(outcome);
                        }
                    }

                    @Override
                    public void received(long bytes) {
                        received += bytes;
                    }
                });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Upload upload(String id, String room, long length) {
        return new Upload(
                id,
                Optional.of(room),
                Optional.empty(),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                "192.0.2." + id.length());
    }

    private UploadResult take(String id, String room, byte[] content) throws IOException {
        return uploads.take(upload(id, room, content.length), new ByteArrayInputStream(content));
    }

    /** Fails whoever reads it. */
    private static InputStream unread() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("nobody shall read this");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return read();
            }
        };
    }

    @Test
    @DisplayName("is kept as what it is, and counted")
    void kept() throws Exception {
        assertThat(take("id", "room", Samples.png())).isInstanceOfSatisfying(UploadResult.Kept.class, kept -> {
            assertThat(kept.isNew()).isTrue();
            assertThat(kept.asset().type()).isEqualTo(MediaType.PNG);
            assertThat(kept.asset().room()).contains("room");
        });
        assertThat(take("id", "room", Samples.png()))
                .isInstanceOfSatisfying(UploadResult.Kept.class, kept -> assertThat(kept.isNew())
                        .isFalse());
        assertThat(take("id", "room", Samples.gif())).isEqualTo(new UploadResult.IdTaken());

        assertThat(outcomes).containsExactly(Outcome.STORED, Outcome.SAME, Outcome.ID_TAKEN);
        assertThat(received).isEqualTo(2 * Samples.png().length + Samples.gif().length);
        assertThat(uploads.underWay()).isZero();
    }

    @Test
    @DisplayName("of another type is not taken, though it is an image")
    void otherType() throws Exception {
        assertThat(take("id", "room", Samples.jpeg()))
                .isEqualTo(new UploadResult.Unsupported(Optional.of(MediaType.JPEG), false));
        Upload contradicted =
                new Upload("id", Optional.empty(), Optional.of("image/gif"), OptionalLong.empty(), "192.0.2.1");
        assertThat(uploads.take(contradicted, new ByteArrayInputStream(Samples.png())))
                .isEqualTo(new UploadResult.Unsupported(Optional.of(MediaType.PNG), true));
        assertThat(outcomes).containsExactly(Outcome.UNSUPPORTED, Outcome.UNSUPPORTED);
        assertThat(store.usage()).isEqualTo(AssetUsage.NONE);
    }

    @Test
    @DisplayName("that is announced as too large, or for which there is no quota, is not read")
    void notRead() throws Exception {
        assertThat(uploads.take(upload("id", "room", 100L << 30), unread())).isEqualTo(new UploadResult.TooLarge(MAX));
        assertThat(uploads.take(upload("id", "room", OF_ROOM + 1), unread()))
                .isEqualTo(new UploadResult.OverQuota(Optional.of("room"), OF_ROOM));
        assertThat(outcomes).containsExactly(Outcome.TOO_LARGE, Outcome.QUOTA);
    }

    @Test
    @DisplayName("without a length is counted as it comes")
    void withoutLength() throws Exception {
        byte[] content = Samples.png((int) OF_ROOM);
        assertThat(uploads.take(upload("id", "room", -1), new ByteArrayInputStream(content)))
                .isEqualTo(new UploadResult.OverQuota(Optional.of("room"), OF_ROOM));
        byte[] small = Samples.png(1_000);
        assertThat(uploads.take(upload("id", "room", -1), new ByteArrayInputStream(small)))
                .isInstanceOf(UploadResult.Kept.class);
        assertThat(store.usage()).isEqualTo(new AssetUsage(1, small.length));
    }

    @Test
    @DisplayName("counts for its room and for all until it is deleted")
    void quotas() throws Exception {
        byte[] content = Samples.png(90_000);
        assertThat(take("1", "a", content)).isInstanceOf(UploadResult.Kept.class);
        assertThat(take("2", "a", content)).isEqualTo(new UploadResult.OverQuota(Optional.of("a"), OF_ROOM));
        assertThat(take("2", "b", content)).isInstanceOf(UploadResult.Kept.class);
        assertThat(take("3", "c", content)).isInstanceOf(UploadResult.Kept.class);
        assertThat(take("4", "d", content)).isInstanceOf(UploadResult.Kept.class);
        assertThat(take("5", "e", content)).isEqualTo(new UploadResult.OverQuota(Optional.empty(), IN_ALL));

        store.delete("1");
        assertThat(take("5", "a", content)).isInstanceOf(UploadResult.Kept.class);
    }

    @Test
    @DisplayName("counts while it is on its way: of many at once not more are kept than there is room for")
    void manyAtOnce() throws Exception {
        byte[] content = Samples.png(40_000);
        uploads = uploads(store, 100, Duration.ofSeconds(20));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UploadResult>> results = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String id = "id " + i;
                results.add(threads.submit(() -> take(id, "room", content)));
            }
            int kept = 0;
            for (Future<UploadResult> result : results) {
                kept += result.get() instanceof UploadResult.Kept ? 1 : 0;
            }
            assertThat(kept).isBetween(1, 3);
            assertThat(store.usageOfRoom("room").bytes()).isLessThanOrEqualTo(OF_ROOM);
        }
    }

    @Test
    @DisplayName("that breaks off gives back what it had reserved")
    void broken() throws Exception {
        for (int i = 0; i < 10; i++) {
            InputStream body = Broken.after(Samples.png(120_000));
            assertThatIOException().isThrownBy(() -> uploads.take(upload("id", "room", 140_000), body));
        }
        assertThat(outcomes).hasSize(10).containsOnly(Outcome.BROKEN);
        assertThat(take("id", "room", Samples.png(120_000))).isInstanceOf(UploadResult.Kept.class);
    }

    @ParameterizedTest(name = "{0} bytes at once")
    @ValueSource(ints = {1, 100, 500})
    @DisplayName("that comes too slowly is given up, though something comes all the time")
    void tooSlow(int piece) throws Exception {
        byte[] content = Samples.png(140_000);
        InputStream body = new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                nanos += TimeUnit.SECONDS.toNanos(1);
                return super.read(bytes, offset, Math.min(length, piece));
            }
        };

        assertThat(uploads.take(upload("id", "room", content.length), body)).isEqualTo(new UploadResult.TooSlow());

        assertThat(outcomes).containsExactly(Outcome.TOO_SLOW);
        if (piece == 1) {
            assertThat(received).isBetween(30L, 32L);
        }
        assertThat(store.find("id")).isEmpty();
    }

    @Test
    @DisplayName("that comes fast enough may take its time")
    void slowEnough() throws Exception {
        byte[] content = Samples.png(100_000);
        InputStream body = new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                nanos += TimeUnit.SECONDS.toNanos(1);
                return super.read(bytes, offset, Math.min(length, 1_000));
            }
        };
        assertThat(uploads.take(upload("id", "room", content.length), body)).isInstanceOf(UploadResult.Kept.class);
    }

    @Test
    @DisplayName("waits for its turn when there are too many, and is told when none comes")
    void turns() throws Exception {
        uploads = uploads(store, 4, Duration.ofMillis(50));
        CountDownLatch goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<UploadResult>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Upload upload =
                        new Upload("id " + i, Optional.empty(), Optional.empty(), OptionalLong.empty(), "192.0.2." + i);
                results.add(threads.submit(() -> uploads.take(upload, waiting(goOn))));
            }
            Awaitility.await().until(() -> uploads.underWay() == 4);

            assertThat(uploads.take(upload("another", "room", -1), unread())).isEqualTo(new UploadResult.Busy());

            goOn.countDown();
            for (Future<UploadResult> result : results) {
                assertThat(result.get()).isInstanceOf(UploadResult.Kept.class);
            }
        }
        assertThat(take("another", "room", Samples.png())).isInstanceOf(UploadResult.Kept.class);
        assertThat(uploads.underWay()).isZero();
    }

    @Test
    @DisplayName("of one address leaves turns for others")
    void turnsOfOneAddress() throws Exception {
        UploadTurns turns = new UploadTurns(4, Duration.ZERO);
        List<UploadTurns.Turn> taken = new ArrayList<>();
        while (taken.size() < 10) {
            Optional<UploadTurns.Turn> turn = turns.await("2001:db8::" + taken.size());
            if (turn.isEmpty()) {
                break;
            }
            taken.add(turn.get());
        }
        assertThat(taken).hasSize(3);
        assertThat(turns.await("192.0.2.1")).isPresent();
        assertThat(turns.await("192.0.2.2")).isEmpty();
        taken.getFirst().close();
        assertThat(turns.await("192.0.2.2")).isPresent();
        assertThat(turns.taken()).isEqualTo(4);
    }

    private static InputStream waiting(CountDownLatch goOn) {
        return new ByteArrayInputStream(Samples.png()) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                try {
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.read(bytes, offset, length);
            }
        };
    }

    @Test
    @DisplayName("holds no more of a large one than its beginning")
    void notHeld() throws Exception {
        int[] largest = {0};
        InputStream body = new ByteArrayInputStream(Samples.png(140_000)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                largest[0] = Math.max(largest[0], length);
                return super.read(bytes, offset, length);
            }
        };
        assertThat(uploads.take(upload("id", "room", -1), body)).isInstanceOf(UploadResult.Kept.class);
        assertThat(largest[0]).isLessThanOrEqualTo(Recognition.HEAD_BYTES);
    }

    @Test
    @DisplayName("is no failure of the client when the store fails")
    void storeFails() throws Exception {
        store.delete("id");
        take("id", "room", Samples.png());
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.endsWith("asset.json")).toList()) {
                Files.writeString(file, "damaged");
            }
        }
        assertThatExceptionOfType(AssetStoreException.class).isThrownBy(() -> take("id", "room", Samples.png()));
        assertThat(outcomes).containsExactly(Outcome.STORED, Outcome.FAILED);
    }
}
