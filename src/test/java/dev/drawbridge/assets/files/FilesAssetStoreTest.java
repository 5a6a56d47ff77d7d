package dev.drawbridge.assets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreContract;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.NewAsset;
import dev.drawbridge.assets.NoSpaceException;
import dev.drawbridge.files.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesAssetStoreTest extends AssetStoreContract {
    @TempDir
    Path directory;

    @Override
    protected AssetStore openStore(InstantSource clock) {
        return FilesAssetStore.open(directory.resolve("assets"), clock, 0);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .toList();
        }
    }

    private Path file(String prefix) throws IOException {
        return files().stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("no name on the disk comes from an id or a room id")
    void names() throws Exception {
        put(png("../../../escaped", "../room"), bytes("1"));

        assertThat(files()).hasSize(3).allSatisfy(file -> assertThat(
                        directory.relativize(file).toString())
                .matches("assets/(objects/[0-9a-f]{2}/[0-9a-f]{64}/(asset\\.json|content\\.[0-9a-f]{64})"
                        + "|rooms/[0-9a-f]{64}/[0-9a-f]{64}\\.1\\.[0-9a-f]{64})"));
    }

    @Test
    @DisplayName("[5] what is refused leaves no file")
    void leavesNothing() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store.put(png("id"), new ByteArrayInputStream(random(500_000)), 400_000));
        stored("taken");
        List<Path> before = files();
        put(png("taken"), bytes("something else"));
        put(png("taken"), bytes("content of taken"));

        assertThat(files()).isEqualTo(before).hasSize(3);
    }

    @Test
    @DisplayName("[5] deleting leaves no file")
    void deletesAll() throws Exception {
        stored("id");
        store.delete("id");

        assertThat(files()).isEmpty();
    }

    @Test
    @DisplayName(
            "[5] what a process has left that is gone is cleared away at the next start, and nothing of one that lives")
    void clearsUp() throws Exception {
        Path tmp = directory.resolve("assets/tmp");
        Path dead = Files.createDirectories(tmp.resolve("dead/half-an-upload"));
        Files.writeString(dead.resolve("content"), "half");
        Files.createFile(tmp.resolve("dead.lock"));
        Path older = Files.createDirectories(tmp.resolve("without-a-lock"));
        Path living = tmp.resolve("living");
        Files.createDirectories(living);
        try (FileChannel other =
                FileChannel.open(tmp.resolve("living.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            try (AssetStore starting = openStore(() -> now)) {
                starting.ping();
                assertThat(dead).doesNotExist();
                assertThat(tmp.resolve("dead")).doesNotExist();
                assertThat(tmp.resolve("dead.lock")).doesNotExist();
                assertThat(older).doesNotExist();
                assertThat(living).exists();
                store.ping();
            }
        }
    }

    @Test
    @DisplayName("[8] an entry of an asset that never came is no asset of its room")
    void entryWithoutAsset() throws Exception {
        Asset asset = stored("id");
        new RoomIndex(directory.resolve("assets/rooms"))
                .add(new Asset("never came", Optional.of("room"), asset.type(), 7, asset.sha256(), now, now));

        assertThat(store.listOfRoom("room", Optional.empty(), 10).assets()).containsExactly(asset);
        assertThat(store.usageOfRoom("room").count()).isEqualTo(1);
        try (AssetStore other = openStore(() -> now)) {
            assertThat(other.usage().count()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("[6] a damaged description fails when it is asked for, is left out of lists, and can be deleted")
    void damaged() throws Exception {
        stored("bad");
        Files.writeString(file("asset.json"), "{\"id\":");
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
    }

    @Test
    @DisplayName("[6] a content that has become shorter fails at once")
    void cutOff() throws Exception {
        Asset asset = stored(png("id"), random(10_000));
        Files.write(file("content."), random(9_999));

        assertThatExceptionOfType(AssetStoreException.class)
                .isThrownBy(() -> store.read(asset, ByteRange.all(10_000)))
                .withMessageContaining("shorter");
    }

    @Test
    @DisplayName(
            "[5] when the disk is full, or would have less than is kept free, nothing is taken in and nothing is left")
    void full() throws Exception {
        long[] usable = {3_000_000};
        try (AssetStore small =
                FilesAssetStore.open(directory.resolve("small"), () -> now, 1_000_000, () -> usable[0])) {
            assertThatExceptionOfType(NoSpaceException.class)
                    .isThrownBy(() -> small.put(
                            new NewAsset("id", Optional.empty(), MediaType.PNG, OptionalLong.of(2_000_001)),
                            new ByteArrayInputStream(new byte[0]),
                            PLENTY));
            var filling = new ByteArrayInputStream(random(8_000_000)) {
                @Override
                public synchronized int read(byte[] buffer, int offset, int wanted) {
                    usable[0] = 900_000; // others write as well
                    return super.read(buffer, offset, wanted);
                }
            };
            assertThatExceptionOfType(NoSpaceException.class).isThrownBy(() -> small.put(png("id"), filling, PLENTY));
            assertThat(small.find("id")).isEmpty();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    @DisplayName("a disk that says it is full is understood")
    void understandsFull() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Disk.writeAll(channel, ByteBuffer.wrap(new byte[1])))
                    .satisfies(e -> assertThat(DiskFailure.of("writing", e)).isInstanceOf(NoSpaceException.class));
        }
    }

    @Test
    @DisplayName("what others put into the folder is counted after a while")
    void countsAgain() throws Exception {
        stored("one");
        assertThat(store.usage().count()).isEqualTo(1);
        try (AssetStore other = openStore(() -> now)) {
            other.put(png("two"), new ByteArrayInputStream(bytes("2")), PLENTY);
        }
        assertThat(store.usage().count()).isEqualTo(1);

        now = now.plus(Duration.ofMinutes(10));
        Awaitility.await().until(() -> store.usage().count() == 2);
    }
}
