package dev.drawbridge.history.blobs;

import static dev.drawbridge.history.blobs.Samples.ROOM;
import static dev.drawbridge.history.blobs.Samples.add;
import static dev.drawbridge.history.blobs.Samples.block;
import static dev.drawbridge.history.blobs.Samples.id;
import static dev.drawbridge.history.blobs.Samples.named;
import static dev.drawbridge.history.blobs.Samples.version;
import static dev.drawbridge.history.blobs.Samples.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.FreePort;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.s3.S3Fixture;
import dev.drawbridge.s3.S3Front;
import dev.drawbridge.s3.S3Front.Call;
import dev.drawbridge.s3.S3Front.Fate;
import dev.drawbridge.s3.S3Settings;
import dev.drawbridge.s3.UnusableBucketException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** What goes wrong between a server and the S3 that keeps its versions. The numbers are those of the store's INVARIANTS. */
class S3VersionFaultsTest {
    static S3Fixture s3;

    private final String prefix = S3Fixture.newPrefix();

    @BeforeAll
    static void startS3() throws IOException {
        s3 = new S3Fixture();
    }

    @AfterAll
    static void stopS3() throws IOException {
        s3.close();
    }

    @BeforeEach
    void heal() {
        s3.front().heal();
    }

    private VersionStore open() {
        return S3VersionStoreTest.open(s3.settings(prefix));
    }

    private static boolean reads(Call call, String end) {
        return call.method().equals("GET") && call.path().endsWith(end);
    }

    private static boolean changes(Call call) {
        return call.method().equals("PUT") && call.has("If-Match");
    }

    /** Does something once, before the server sees such a request. */
    private static void before(Predicate<Call> which, Runnable deed) {
        AtomicBoolean done = new AtomicBoolean();
        s3.front().fates(call -> {
            if (which.test(call) && done.compareAndSet(false, true)) {
                deed.run();
            }
            return new Fate.Pass();
        });
    }

    @Test
    @DisplayName("[4] a version that is removed in the last moment does not come back by a new name")
    void removedInTheLastMoment() {
        try (VersionStore store = open();
                VersionStore other = open()) {
            add(store, 1);
            before(S3VersionFaultsTest::changes, () -> other.remove(ROOM, id(1)));

            assertThat(store.update(ROOM, named(1, "new"))).isFalse();
            assertThat(store.version(ROOM, id(1))).isEmpty();
            assertThat(store.ids(ROOM)).isEmpty();
        }
    }

    @Test
    @DisplayName("[3] an answer to a change that gets lost is no loss, and neither is one that came in between")
    void contended() {
        try (VersionStore store = open();
                VersionStore other = open()) {
            add(store, 1);
            AtomicBoolean lost = new AtomicBoolean();
            s3.front()
                    .fates(call ->
                            changes(call) && lost.compareAndSet(false, true) ? new Fate.LoseAnswer() : new Fate.Pass());
            assertThat(store.update(ROOM, named(1, "one"))).isTrue();
            assertThat(lost).isTrue();
            assertThat(other.version(ROOM, id(1))).contains(named(1, "one"));

            before(S3VersionFaultsTest::changes, () -> other.update(ROOM, named(1, "two")));
            assertThat(store.update(ROOM, named(1, "three"))).isTrue();
            assertThat(other.version(ROOM, id(1))).contains(named(1, "three"));
        }
    }

    @Test
    @DisplayName("an S3 that asks to slow down is asked again; when it stays so, lists fail, and leave nothing out")
    void slowDown() {
        try (VersionStore store = open()) {
            add(store, 1);
            add(store, 2);
            AtomicBoolean once = new AtomicBoolean();
            s3.front()
                    .fates(call -> reads(call, ".json") && once.compareAndSet(false, true)
                            ? new Fate.Answer(503, "SlowDown")
                            : new Fate.Pass());
            assertThat(store.versions(ROOM, Optional.empty(), 10)).containsExactly(version(2), version(1));
            assertThat(once).isTrue();

            try (VersionStore fresh = open()) {
                s3.front()
                        .fates(call ->
                                reads(call, id(1) + ".json") ? new Fate.Answer(503, "SlowDown") : new Fate.Pass());
                assertThatExceptionOfType(VersionStoreException.class)
                        .isThrownBy(() -> fresh.versions(ROOM, Optional.empty(), 10))
                        .withMessageStartingWith("versions in S3 (drawings/" + prefix)
                        .withMessageEndingWith("S3 asks to slow down");
            }
            s3.front().fates(call -> new Fate.Answer(503, "SlowDown"));
            assertThatExceptionOfType(VersionStoreException.class).isThrownBy(() -> add(store, 3));
            assertThatExceptionOfType(VersionStoreException.class).isThrownBy(store::ping);
            s3.front().heal();
            assertThat(store.ids(ROOM)).containsExactly(id(1), id(2));
        }
    }

    @Test
    @DisplayName("an S3 that keeps silent is not waited for for ever")
    void silent() {
        S3Settings hasty = s3.settings(S3Fixture.BUCKET, prefix, s3.front().uri(), Duration.ofMillis(300));
        try (VersionStore store = S3VersionStoreTest.open(hasty)) {
            s3.front().fates(call -> new Fate.Silence());
            List<Runnable> all = List.of(
                    () -> store.ids(ROOM),
                    () -> store.block(ROOM, whole(1)),
                    () -> add(store, 1),
                    () -> store.update(ROOM, version(1)),
                    () -> store.remove(ROOM, id(1)),
                    () -> store.rooms(Optional.empty(), 1),
                    store::usage);
            for (Runnable each : all) {
                assertThatExceptionOfType(VersionStoreException.class)
                        .isThrownBy(each::run)
                        .withMessageContaining("no answer in time");
            }
            s3.front().heal();
            add(store, 1);
            assertThat(store.usage().versions()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("[1] a block that breaks off on its way is not taken for the whole")
    void cutOff() {
        try (VersionStore store = open()) {
            add(store, 1);
            s3.front().fates(call -> reads(call, ".block") ? new Fate.CutOff(4) : new Fate.Pass());
            assertThatExceptionOfType(VersionStoreException.class).isThrownBy(() -> store.block(ROOM, whole(1)));
            s3.front().heal();
            assertThat(store.block(ROOM, whole(1))).contains(block(1));
        }
    }

    @Test
    @DisplayName("an S3 that is away at the start is used as soon as it is back")
    void awayAtStart() throws Exception {
        int port = FreePort.next();
        URI uri = URI.create("http://127.0.0.1:" + port);
        try (VersionStore store = S3VersionStoreTest.open(s3.settings(prefix, uri))) {
            assertThatExceptionOfType(VersionStoreException.class)
                    .isThrownBy(store::ping)
                    .withMessageContaining("nobody takes the connection");
            try (S3Front back = new S3Front(port, s3.server().port())) {
                store.ping();
                add(store, 1);
                assertThat(store.ids(ROOM)).containsExactly(id(1));
                assertThat(back.requests()).isNotEmpty();
            }
        }
    }

    @Test
    @DisplayName("a bucket that is not there is refused at the start, with a sentence")
    void noBucket() {
        S3Settings settings = s3.settings("nobody-made-this", prefix, s3.front().uri(), Duration.ofSeconds(5));
        assertThatExceptionOfType(UnusableBucketException.class)
                .isThrownBy(() -> S3VersionStoreTest.open(settings))
                .withMessageStartingWith("versions in S3 (nobody-made-this/")
                .withMessageContaining("there is no bucket nobody-made-this");
    }

    @Test
    @DisplayName("[5] a damaged description is left out of lists, and can be removed")
    void damaged() {
        try (VersionStore store = open()) {
            add(store, 1);
            add(store, 2);
            for (byte[] garbage : List.of(new byte[0], new byte[2 << 20])) {
                s3.direct()
                        .putObject(
                                request -> request.bucket(S3Fixture.BUCKET)
                                        .key(prefix + Keys.of(ROOM).info(id(1))),
                                RequestBody.fromBytes(garbage));
                assertThat(store.versions(ROOM, Optional.empty(), 10)).containsExactly(version(2));
                assertThatExceptionOfType(VersionStoreException.class)
                        .isThrownBy(() -> store.version(ROOM, id(1)))
                        .withMessageContaining("damaged");
            }
            assertThat(store.remove(ROOM, id(1))).isTrue();
            assertThat(store.version(ROOM, id(1))).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "[7] an added version is three requests, and a list that has been read before one, with any rooms beside it")
    void requests() {
        try (VersionStore store = open();
                VersionStore other = open()) {
            for (int number = 0; number < 30; number++) {
                other.add("room " + number, version(1), whole(1), block(1));
            }
            s3.front().heal();
            add(store, 1);
            assertThat(s3.front().requests()).hasSize(3);
            add(store, 2);

            s3.front().heal();
            store.versions(ROOM, Optional.empty(), 10);
            assertThat(s3.front().requests()).hasSize(3);
            s3.front().heal();
            store.versions(ROOM, Optional.empty(), 10);
            assertThat(s3.front().requests()).hasSize(1);

            other.update(ROOM, named(1, "new"));
            s3.front().heal();
            assertThat(store.versions(ROOM, Optional.empty(), 10)).containsExactly(version(2), named(1, "new"));
            assertThat(s3.front().requests()).hasSize(2);
        }
    }

    @Test
    @DisplayName("[6] rooms are listed in pages, beyond what S3 tells at once")
    void pages() {
        try (VersionStore store = open()) {
            add(store, 1);
            List<String> folders = List.of("a", "a0", "a00", "b");
            for (String room : folders) {
                store.add(room, version(1), whole(1), block(1));
                store.add(room, version(2), whole(2), block(2));
            }
            for (String foreign : List.of("!", "60", "zz/x")) {
                s3.direct()
                        .putObject(
                                request -> request.bucket(S3Fixture.BUCKET).key(prefix + "versions/" + foreign),
                                RequestBody.fromString("x"));
            }
            assertThat(store.rooms(Optional.empty(), 1)).containsExactly("a");
            assertThat(store.rooms(Optional.empty(), 10)).containsExactly("a", "a0", "a00", "b", ROOM);
            assertThat(store.rooms(Optional.of("a"), 1)).containsExactly("a0");
            assertThat(store.rooms(Optional.of("a0"), 2)).containsExactly("a00", "b");
            assertThat(store.rooms(Optional.of("b"), 10)).containsExactly(ROOM);
            assertThat(store.rooms(Optional.of(ROOM), 10)).isEmpty();
        }
    }
}
