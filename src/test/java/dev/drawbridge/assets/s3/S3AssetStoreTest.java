package dev.drawbridge.assets.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.Cost;
import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreContract;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.AssetUsage;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.NoSpaceException;
import dev.drawbridge.assets.PutResult;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.s3.S3Fixture;
import dev.drawbridge.s3.S3Front;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class S3AssetStoreTest extends AssetStoreContract {
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

    @AfterEach
    void heal() {
        s3.front().heal();
    }

    @Override
    protected AssetStore openStore(InstantSource clock) {
        return s3.open(prefix, clock);
    }

    private void overwrite(String end, byte[] content) {
        String key = s3.keys(prefix).stream()
                .filter(each -> each.endsWith(end))
                .findFirst()
                .orElseThrow();
        s3.direct()
                .putObject(
                        request -> request.bucket(S3Fixture.BUCKET).key(prefix + key), RequestBody.fromBytes(content));
    }

    @Test
    @DisplayName("no key in the bucket comes from an id or a room id")
    void names() throws Exception {
        put(png("../../../escaped", "../room"), bytes("1"));

        assertThat(s3.keys(prefix)).hasSize(3).allSatisfy(key -> assertThat(key)
                .matches("objects/[0-9a-f]{64}/(asset\\.json|[0-9a-f]{32}/content)"
                        + "|rooms/[0-9a-f]{64}/[0-9a-f]{64}\\.[0-9a-f]{32}\\.1"));
    }

    @Test
    @DisplayName("[5] what is refused, what is deleted, and what replaces leaves nothing in the bucket")
    void leavesNothing() throws Exception {
        Asset asset = stored("id");
        List<String> before = s3.keys(prefix);
        put(png("id", "another room"), bytes("something else"));
        put(png("id"), bytes("content of id"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.put(png("other"), new ByteArrayInputStream(random(500_000)), 400_000));
        assertThat(s3.keys(prefix)).isEqualTo(before).hasSize(3);

        store.putVariant(asset, new Variant("w640", MediaType.WEBP, 3), bytes("abc"));
        store.putVariant(asset, new Variant("w640", MediaType.PNG, 4), bytes("abcd"));
        assertThat(s3.keys(prefix)).hasSize(4);
        store.delete("id");
        assertThat(s3.keys(prefix)).isEmpty();
    }

    @Test
    @DisplayName(
            "[4] a content waits in a file without a name, of which nothing stays; nothing goes to S3 before it is whole")
    void spools() throws Exception {
        stored("other");
        s3.front().heal();
        InputStream content = new ByteArrayInputStream(random(3_000_000)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int wanted) {
                assertThat(spools).isEmptyDirectory();
                assertThat(s3.front().requests()).isEmpty();
                return super.read(buffer, offset, wanted);
            }
        };

        PutResult result = store.put(png("id"), content, PLENTY);

        assertThat(result).isInstanceOf(PutResult.Stored.class);
        assertThat(spools).isEmptyDirectory();
        assertThat(read(result.asset())).isEqualTo(random(3_000_000));
    }

    @Test
    @DisplayName("a put is six requests, a download two, and what a room takes one, whatever else there is")
    void requests() throws Exception {
        for (int i = 0; i < 20; i++) {
            stored(png("asset " + i, "other room"), bytes("content " + i));
        }
        s3.front().heal();
        stored("id");
        assertThat(s3.front().requests()).hasSize(6);

        s3.front().heal();
        read(store.find("id").orElseThrow());
        assertThat(s3.front().requests()).hasSize(2);

        s3.front().heal();
        assertThat(store.usageOfRoom("room")).isEqualTo(new AssetUsage(1, 13));
        assertThat(s3.front().requests()).hasSize(1);

        s3.front().heal();
        assertThat(store.listOfRoom("room", Optional.empty(), 10).assets()).hasSize(1);
        assertThat(s3.front().requests()).hasSize(2);
    }

    @Test
    @DisplayName("[6] a damaged description fails when it is asked for, is left out of lists, and can be deleted")
    void damaged() throws Exception {
        stored("bad");
        overwrite("asset.json", bytes("{\"id\":"));
        stored("good");

        assertThatExceptionOfType(AssetStoreException.class)
                .isThrownBy(() -> store.find("bad"))
                .withMessageContaining("damaged");
        assertThat(store.list(Optional.empty(), 10).assets())
                .extracting(Asset::id)
                .containsExactly("good");
        assertThat(store.listOfRoom("room", Optional.empty(), 10).assets())
                .extracting(Asset::id)
                .containsExactly("good");
        assertThat(store.delete("bad")).isTrue();
        assertThat(store.find("bad")).isEmpty();
        assertThat(stored("bad")).isNotNull();
    }

    @Test
    @DisplayName("[6] a content that is gone, or has become shorter, fails at once")
    void cutOff() throws Exception {
        Asset asset = stored(png("id"), random(10_000));
        overwrite("content", random(9_999));
        assertThatExceptionOfType(AssetStoreException.class)
                .isThrownBy(() -> store.read(asset, ByteRange.all(10_000)))
                .withMessageContaining("damaged");

        String key = s3.keys(prefix).stream()
                .filter(each -> each.endsWith("content"))
                .findFirst()
                .orElseThrow();
        s3.direct().deleteObject(request -> request.bucket(S3Fixture.BUCKET).key(prefix + key));
        assertThatExceptionOfType(AssetStoreException.class)
                .isThrownBy(() -> store.read(asset, ByteRange.all(10_000)))
                .withMessageContaining("damaged");
    }

    @Test
    @DisplayName(
            "a content that was put again elsewhere is read from its new place, and its variants are not the old one's")
    void movedElsewhere() throws Exception {
        Asset asset = stored("id");
        try (AssetStore other = openStore(() -> now)) {
            other.delete("id");
            other.put(png("id"), new ByteArrayInputStream(bytes("content of id")), PLENTY);
        }
        assertThat(read(asset)).isEqualTo(bytes("content of id"));
        assertThat(read(asset, new ByteRange(3, 0))).isEmpty();
    }

    @Test
    @DisplayName("[4] what a put costs in memory does not depend on the size of the content, with retries either")
    void memory() throws Exception {
        byte[] content = random(8_000_000);
        AtomicInteger count = new AtomicInteger();
        s3.front()
                .fates(call -> call.path().endsWith("/content") && count.incrementAndGet() % 2 == 1
                        ? new S3Front.Fate.LoseRequest()
                        : new S3Front.Fate.Pass());
        long bytes = Cost.inBytes(() -> {
            try {
                stored(png("id " + count.get()), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(count).hasValue(4);
        assertThat(bytes).isLessThan(2_000_000);
    }

    @Test
    @DisplayName("an upload beyond what may wait for S3 is refused, and gives its space back")
    void spoolLimit() throws Exception {
        try (AssetStore narrow = s3.open(s3.settings(prefix), 1_000, () -> now)) {
            assertThatExceptionOfType(NoSpaceException.class)
                    .isThrownBy(() -> narrow.put(png("id"), new ByteArrayInputStream(random(1_001)), PLENTY));
            assertThat(narrow.put(png("id"), new ByteArrayInputStream(random(1_000)), PLENTY))
                    .isInstanceOf(PutResult.Stored.class);
        }
    }

    @Test
    @DisplayName("two prefixes of a bucket know nothing of each other")
    void prefixes() throws Exception {
        stored("id");
        try (AssetStore other = s3.open(S3Fixture.newPrefix(), () -> now)) {
            assertThat(other.find("id")).isEmpty();
            assertThat(other.usage()).isEqualTo(AssetUsage.NONE);
            assertThat(other.list(Optional.empty(), 10).assets()).isEmpty();
        }
    }

    @Test
    @DisplayName("[5] what was begun is cleared away only when it is old")
    void clearsUpLater() throws Exception {
        Asset asset = stored("id");
        Place place = Place.newOne(Keys.of("gone"));
        Keys keys = new Keys(prefix);
        S3AssetStore s3Store = (S3AssetStore) store;
        for (String key :
                Stream.of(keys.content(place), keys.unfinished() + "probe.dead").toList()) {
            s3.direct().putObject(request -> request.bucket(S3Fixture.BUCKET).key(key), RequestBody.fromString("x"));
        }
        String note = "{\"key\":\"" + place.key() + "\",\"place\":\"" + place.name() + "\"}";
        s3.direct()
                .putObject(
                        request -> request.bucket(S3Fixture.BUCKET).key(keys.unfinished() + place.name() + ".1"),
                        RequestBody.fromString(note));

        s3Store.clearUp(Duration.ofMinutes(10));
        assertThat(s3.keys(prefix)).hasSize(6);
        s3Store.clearUp(Duration.ZERO);
        assertThat(s3.keys(prefix)).hasSize(3);
        assertThat(read(asset)).isEqualTo(bytes("content of id"));
    }

    @Test
    @DisplayName("after it is closed, calls fail with a sentence")
    void closed() {
        store.close();
        assertThatExceptionOfType(AssetStoreException.class)
                .isThrownBy(() -> store.find("id"))
                .withMessageContaining("stopping");
        assertThat(Files.exists(spools)).isTrue();
    }
}
