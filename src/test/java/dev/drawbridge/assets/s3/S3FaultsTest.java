package dev.drawbridge.assets.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.FreePort;
import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.AssetUsage;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.NewAsset;
import dev.drawbridge.assets.NoSpaceException;
import dev.drawbridge.assets.PutResult;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.s3.S3Fixture;
import dev.drawbridge.s3.S3Front;
import dev.drawbridge.s3.S3Front.Call;
import dev.drawbridge.s3.S3Front.Fate;
import dev.drawbridge.s3.S3Settings;
import dev.drawbridge.s3.UnusableBucketException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What goes wrong between a server and S3, and on either side. The numbers are those of the store's INVARIANTS. */
class S3FaultsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final byte[] CONTENT = "a content".getBytes(StandardCharsets.UTF_8);
    private static final NewAsset ASSET = new NewAsset("id", Optional.of("room"), MediaType.PNG, OptionalLong.empty());
    private static final Variant VARIANT = new Variant("w640", MediaType.WEBP, 3);

    @TempDir
    static Path spools;

    static S3AssetFixture s3;

    private final String prefix = S3Fixture.newPrefix();

    @BeforeAll
    static void startS3() throws IOException {
        s3 = new S3AssetFixture(spools);
    }

    @AfterAll
    static void stopS3() throws IOException {
        s3.close();
    }

    @BeforeEach
    void heal() {
        s3.front().heal();
    }

    private static PutResult put(AssetStore store) throws IOException {
        return put(store, ASSET, CONTENT);
    }

    private static PutResult put(AssetStore store, NewAsset asset, byte[] content) throws IOException {
        return store.put(asset, new ByteArrayInputStream(content), 1_000_000);
    }

    private static byte[] read(AssetStore store, Asset asset) throws IOException {
        try (InputStream content =
                store.read(asset, ByteRange.all(asset.size())).orElseThrow()) {
            return content.readAllBytes();
        }
    }

    private AssetStore open() {
        return s3.open(prefix, () -> NOW);
    }

    private static Function<Call, Fate> once(Predicate<Call> which, Fate fate) {
        AtomicBoolean done = new AtomicBoolean();
        return call -> which.test(call) && done.compareAndSet(false, true) ? fate : new Fate.Pass();
    }

    private static boolean decides(Call call) {
        return call.method().equals("PUT") && call.path().endsWith("/asset.json");
    }

    @Nested
    @DisplayName("a process that dies")
    class Death {

        /** What is done when death comes. */
        enum Deed {
            PUT(true) {
                @Override
                void run(AssetStore store) throws IOException {
                    put(store);
                }
            },
            PUT_ANOTHER(false) {
                @Override
                void run(AssetStore store) throws IOException {
                    put(store, ASSET, "something else".getBytes(StandardCharsets.UTF_8));
                }
            },
            PUT_AGAIN(false) {
                @Override
                void run(AssetStore store) throws IOException {
                    put(store);
                }
            },
            TOUCH(false) {
                @Override
                void run(AssetStore store) {
                    store.touch("id");
                }
            },
            DELETE(false) {
                @Override
                void run(AssetStore store) {
                    store.delete("id");
                }
            },
            DELETE_UNTOUCHED(false) {
                @Override
                void run(AssetStore store) {
                    store.deleteUntouched("id", NOW.plusSeconds(60));
                }
            },
            PUT_VARIANT(false) {
                @Override
                void run(AssetStore store) {
                    store.putVariant(store.find("id").orElseThrow(), VARIANT, new byte[3]);
                }
            };

            private final boolean first;

            Deed(boolean first) {
                this.first = first;
            }

            abstract void run(AssetStore store) throws IOException;

            private boolean mayBeGone() {
                return first || this == DELETE || this == DELETE_UNTOUCHED;
            }
        }

        @ParameterizedTest
        @EnumSource
        @DisplayName(
                "[1, 2, 5] at any request, done or not: an asset is there as a whole or not at all, and nothing else stays")
        void atAnyRequest(Deed deed) throws Exception {
            boolean died = true;
            for (int after = 0; died; after++) {
                died = dies(deed, after, new Fate.LoseRequest());
                dies(deed, after, new Fate.LoseAnswer());
            }
        }

        /** No when it is done before that. */
        private boolean dies(Deed deed, int after, Fate last) throws IOException {
            String own = S3Fixture.newPrefix();
            String when = deed + " after " + after + " " + last;
            s3.front().heal();
            try (AssetStore before = s3.open(own, () -> NOW)) {
                if (!deed.first) {
                    put(before);
                }
            }
            AtomicInteger left = new AtomicInteger(after);
            AtomicBoolean dead = new AtomicBoolean();
            try (AssetStore dying = s3.openWithoutRetries(own, () -> NOW.plusSeconds(5))) {
                s3.front().fates(call -> {
                    int remaining = left.getAndDecrement();
                    if (remaining > 0) {
                        return new Fate.Pass();
                    }
                    dead.set(true);
                    return remaining == 0 ? last : new Fate.LoseRequest();
                });
                try {
                    deed.run(dying);
                } catch (AssetStoreException e) {
                    assertThat(dead).as(when).isTrue();
                }
            }
            s3.front().heal();
            try (S3AssetStore next = s3.open(own, () -> NOW.plusSeconds(10))) {
                Optional<Asset> there = wholeOrNot(next, when);
                if (!deed.mayBeGone()) {
                    assertThat(there).as(when).isPresent();
                }
                next.clearUp(Duration.ZERO);
                assertThat(wholeOrNot(next, when)).as(when).isEqualTo(there);
                int variants = there.map(asset -> next.variants(asset).size()).orElse(0);
                assertThat(s3.keys(own)).as(when).hasSize(there.isPresent() ? 3 + variants : 0);
                assertThat(next.usage()).as(when).isEqualTo(next.usageOfRoom("room"));
                assertThat(next.usage())
                        .as(when)
                        .isEqualTo(there.isPresent() ? new AssetUsage(1, CONTENT.length) : AssetUsage.NONE);
            }
            return dead.get();
        }

        private Optional<Asset> wholeOrNot(AssetStore store, String when) throws IOException {
            Optional<Asset> there = store.find("id");
            if (there.isPresent()) {
                assertThat(read(store, there.get())).as(when).isEqualTo(CONTENT);
            }
            List<Asset> expected = there.stream().toList();
            assertThat(store.list(Optional.empty(), 10).assets()).as(when).isEqualTo(expected);
            assertThat(store.listOfRoom("room", Optional.empty(), 10).assets())
                    .as(when)
                    .isEqualTo(expected);
            return there;
        }
    }

    @Nested
    @DisplayName("an answer that gets lost")
    class LostAnswers {

        @Test
        @DisplayName("[3] to the request that decides is no loss: it is stored, and nothing is there twice")
        void ofAPut() throws Exception {
            try (AssetStore store = open()) {
                s3.front().fates(once(S3FaultsTest::decides, new Fate.LoseAnswer()));
                assertThat(put(store)).isInstanceOf(PutResult.Stored.class);
                assertThat(read(store, store.find("id").orElseThrow())).isEqualTo(CONTENT);
                assertThat(s3.keys(prefix)).hasSize(3);
            }
        }

        @Test
        @DisplayName("to a deletion is no loss either: it says that it has deleted")
        void ofADeletion() throws Exception {
            try (AssetStore store = open()) {
                put(store);
                s3.front().fates(once(S3FaultsTest::decides, new Fate.LoseAnswer()));
                assertThat(store.delete("id")).isTrue();
                assertThat(store.usage()).isEqualTo(AssetUsage.NONE);
                assertThat(s3.keys(prefix)).isEmpty();
            }
        }

        @Test
        @DisplayName("to the request that decides, for good: the put fails, and can be repeated")
        void forGood() throws Exception {
            try (AssetStore store = open()) {
                s3.front().fates(call -> decides(call) ? new Fate.LoseAnswer() : new Fate.Pass());
                assertThatExceptionOfType(AssetStoreException.class).isThrownBy(() -> put(store));
                s3.front().heal();
                assertThat(put(store)).isInstanceOf(PutResult.Same.class);
            }
        }

        @Test
        @DisplayName("in the middle: who reads fails, and does not take the part for the whole")
        void cutOff() throws Exception {
            try (AssetStore store = open()) {
                Asset asset = put(store).asset();
                s3.front().fates(once(call -> call.path().endsWith("/content"), new Fate.CutOff(4)));
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(store, asset));
                assertThat(read(store, asset)).isEqualTo(CONTENT);
            }
        }
    }

    @Nested
    @DisplayName("S3")
    class Away {

        @Test
        @DisplayName("that asks to slow down for a moment is asked again, and nobody notices")
        void slowDown() throws Exception {
            try (AssetStore store = open()) {
                s3.front().fates(once(call -> call.path().endsWith("/content"), new Fate.Answer(503, "SlowDown")));
                assertThat(put(store)).isInstanceOf(PutResult.Stored.class);
            }
        }

        @Test
        @DisplayName("that asks to slow down for longer is not asked for ever")
        void slowDownForLonger() {
            try (AssetStore store = open()) {
                s3.front().fates(call -> new Fate.Answer(503, "SlowDown"));
                assertThatExceptionOfType(AssetStoreException.class)
                        .isThrownBy(() -> put(store))
                        .withMessageContaining("S3 asks to slow down");
                assertThat(s3.front().requests()).hasSizeLessThanOrEqualTo(3);
            }
        }

        @Test
        @DisplayName("that keeps silent is not waited for for ever")
        void silent() throws Exception {
            S3Settings hasty = s3.settings(S3Fixture.BUCKET, prefix, s3.front().uri(), Duration.ofMillis(300));
            try (AssetStore store = s3.open(hasty, () -> NOW)) {
                Asset asset = put(store).asset();
                s3.front().fates(call -> new Fate.Silence());
                assertThatExceptionOfType(AssetStoreException.class)
                        .isThrownBy(() -> store.find("id"))
                        .withMessageContaining("no answer in time");
                assertThatExceptionOfType(AssetStoreException.class)
                        .isThrownBy(() -> store.read(asset, ByteRange.all(3)))
                        .withMessageContaining("no answer in time");
                assertThatExceptionOfType(AssetStoreException.class).isThrownBy(store::ping);
            }
        }

        @Test
        @DisplayName("that keeps silent before it was ever used is waited for by all at once, not one after the other")
        void silentFromTheStart() throws Exception {
            S3Settings hasty = s3.settings(S3Fixture.BUCKET, prefix, s3.front().uri(), Duration.ofMillis(300));
            s3.front().fates(call -> new Fate.Silence());
            try (AssetStore store = s3.open(hasty, () -> NOW);
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                s3.front().fates(call -> new Fate.Silence());
                CountDownLatch all = new CountDownLatch(10);
                List<Future<?>> puts = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    puts.add(threads.submit(() -> {
                        all.countDown();
                        all.await();
                        return put(store);
                    }));
                }
                for (Future<?> put : puts) {
                    assertThat(put)
                            .failsWithin(Duration.ofSeconds(30))
                            .withThrowableThat()
                            .withCauseInstanceOf(AssetStoreException.class);
                }
                assertThat(s3.front().requests()).hasSizeLessThanOrEqualTo(12);
            }
        }

        @Test
        @DisplayName("that is away at the start is waited for, and used as soon as it is back")
        void awayAtStart() throws Exception {
            int port = FreePort.next();
            URI uri = URI.create("http://127.0.0.1:" + port);
            try (AssetStore store = s3.open(s3.settings(prefix, uri), () -> NOW)) {
                assertThatExceptionOfType(AssetStoreException.class)
                        .isThrownBy(store::ping)
                        .withMessageContaining("nobody takes the connection");
                try (S3Front back = new S3Front(port, s3.server().port())) {
                    store.ping();
                    assertThat(put(store)).isInstanceOf(PutResult.Stored.class);
                    assertThat(back.requests()).isNotEmpty();
                }
            }
        }

        @Test
        @DisplayName("whose name leads nowhere is named")
        void noSuchName() {
            S3Settings nowhere = s3.settings(prefix, URI.create("http://s3.invalid"));
            try (AssetStore store = s3.open(nowhere, () -> NOW)) {
                assertThatExceptionOfType(AssetStoreException.class)
                        .isThrownBy(() -> store.find("id"))
                        .withMessageContaining("the name s3.invalid leads nowhere");
            }
        }

        @Test
        @DisplayName("that is full says so as a full disk does")
        void full() {
            try (AssetStore store = open()) {
                s3.front()
                        .fates(call -> call.path().endsWith("/content")
                                ? new Fate.Answer(507, "XMinioStorageFull")
                                : new Fate.Pass());
                assertThatExceptionOfType(NoSpaceException.class).isThrownBy(() -> put(store));
                assertThat(store.find("id")).isEmpty();
            }
        }
    }

    @Nested
    @DisplayName("a bucket that cannot be used")
    class Unusable {

        @Test
        @DisplayName("for wrong credentials is refused at the start, with a sentence")
        void wrongCredentials() {
            S3Settings settings = s3.settings(prefix);
            S3Client client = S3Fixture.client(settings, "not the secret").build();
            assertThatExceptionOfType(UnusableBucketException.class)
                    .isThrownBy(() -> s3.open(client, settings, () -> NOW))
                    .withMessage("assets in S3 (drawings/" + prefix + " at "
                            + s3.front().uri()
                            + ") cannot be used: the credentials are not accepted (SignatureDoesNotMatch)");
        }

        @Test
        @DisplayName("for it is not there is refused at the start, with a sentence")
        void noBucket() {
            S3Settings settings =
                    s3.settings("nobody-made-this", prefix, s3.front().uri(), Duration.ofSeconds(5));
            assertThatExceptionOfType(UnusableBucketException.class)
                    .isThrownBy(() -> s3.open(settings, () -> NOW))
                    .withMessageContaining("there is no bucket nobody-made-this");
        }

        static Stream<Fate.Answer> answers() {
            return Stream.of(
                    new Fate.Answer(403, "AccessDenied"),
                    new Fate.Answer(403, "InvalidAccessKeyId"),
                    new Fate.Answer(403, "RequestTimeTooSkewed"),
                    new Fate.Answer(301, "PermanentRedirect"),
                    new Fate.Answer(400, "AuthorizationHeaderMalformed"),
                    new Fate.Answer(400, "ExpiredToken"));
        }

        @ParameterizedTest
        @MethodSource("answers")
        @DisplayName("for what S3 answers is refused at the start")
        void refused(Fate.Answer answer) {
            s3.front().fates(call -> answer);
            assertThatExceptionOfType(UnusableBucketException.class)
                    .isThrownBy(S3FaultsTest.this::open)
                    .withMessageContaining("cannot be used: ");
        }

        @Test
        @DisplayName("[3] for it writes whatever the condition is refused at the start")
        void ignoresConditions() {
            for (String header : List.of("If-None-Match", "If-Match")) {
                s3.front().fates(new Function<>() {
                    private int seen;

                    @Override
                    public synchronized Fate apply(Call call) {
                        boolean concerned = call.method().equals("PUT") && call.has(header);
                        return concerned && ++seen == 2 ? new Fate.Lie(200) : new Fate.Pass();
                    }
                });
                assertThatExceptionOfType(UnusableBucketException.class)
                        .isThrownBy(S3FaultsTest.this::open)
                        .withMessageContaining("whatever the condition (" + header + ")");
            }
        }

        @Test
        @DisplayName("[3] is not one that deletes whatever the condition: then nothing is deleted under one")
        void ignoresConditionsOfDeletes() throws Exception {
            s3.front()
                    .fates(call -> call.method().equals("DELETE") && call.has("If-Match")
                            ? new Fate.DoneOtherwise(
                                    () -> s3.direct().deleteObject(request -> request.bucket(S3Fixture.BUCKET)
                                            .key(call.path().substring(S3Fixture.BUCKET.length() + 2))))
                            : new Fate.Pass());
            try (AssetStore store = open()) {
                put(store);
                assertThat(store.delete("id")).isTrue();
                assertThat(s3.keys(prefix)).singleElement().asString().endsWith("/asset.json");
                assertThat(put(store)).isInstanceOf(PutResult.Stored.class);
            }
        }
    }

    @Test
    @DisplayName("no note of the probe stays")
    void probe() {
        assertThatCode(() -> open().close()).doesNotThrowAnyException();
        assertThat(s3.keys(prefix)).isEmpty();
    }
}
