package dev.drawbridge.history.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.StoredRooms;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A block")
class BlockFormatTest {
    private static final SerializedSchema SCHEMA = StoredRooms.SCHEMA;

    @Test
    @DisplayName("reads back as it was written: whole, and what differs")
    void roundTrip() throws DamagedBlockException {
        List<StoredRecord> first = List.of(
                StoredRooms.record("shape:a", 1), StoredRooms.record("shape:b", 2), StoredRooms.record("shape:c", 3));
        List<StoredRecord> second = List.of(
                StoredRooms.record("shape:a", 1),
                StoredRooms.record("shape:b", 9),
                StoredRooms.record("shape:\ud800 half, \"quoted\", \u00e9", 8));
        Difference difference = manifest(second).since(manifest(first), second);

        assertThat(difference.removed()).containsExactly("shape:c");
        assertThat(difference.puts()).hasSize(2);
        assertThat(difference.schema()).isEmpty();

        Replay<StoredRecord> replay =
                replayed(BlockFormat.write(Difference.whole(SCHEMA, first)), BlockFormat.write(difference));
        assertThat(documents(replay)).isEqualTo(documents(second));
        assertThat(replay.schema()).isEqualTo(SCHEMA);
        assertThat(Replay.manifest(replay).sha256()).isEqualTo(manifest(second).sha256());
    }

    @Test
    @DisplayName("reads back as hashes too, which come to the same")
    void hashes() throws DamagedBlockException {
        List<StoredRecord> records = List.of(StoredRooms.record("shape:a", 1), StoredRooms.record("shape:b", 2));
        Replay<byte[]> replay = Replay.ofHashes(bytes -> true);
        BlockFormat.read(BlockFormat.write(Difference.whole(SCHEMA, records)), replay);

        assertThat(Replay.manifestOfHashes(replay).sha256())
                .isEqualTo(manifest(records).sha256());
    }

    @Test
    @DisplayName("is the same for the same records, in whatever order; so is their hash, and no other")
    void order() {
        List<StoredRecord> records = List.of(StoredRooms.record("shape:a", 1), StoredRooms.record("shape:b", 2));
        assertThat(BlockFormat.write(Difference.whole(SCHEMA, records.reversed())))
                .isEqualTo(BlockFormat.write(Difference.whole(SCHEMA, records)));
        assertThat(manifest(records.reversed()).sha256())
                .isEqualTo(manifest(records).sha256());

        assertThat(manifest(List.of(StoredRooms.record("shape:a", 1), StoredRooms.record("shape:b", 2, "other")))
                        .sha256())
                .isNotEqualTo(manifest(records).sha256());
        assertThat(Manifest.of(new SerializedSchema(SCHEMA.json().without("schemaVersion")), records)
                        .sha256())
                .isNotEqualTo(manifest(records).sha256());
    }

    @Test
    @DisplayName("that a bit was changed in, or that was cut off, is an error or reads as before")
    void damaged() throws DamagedBlockException {
        Random random = new Random(1);
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(StoredRooms.record("shape:" + i, i, "text " + random.nextLong()));
        }
        byte[] block = BlockFormat.write(Difference.whole(SCHEMA, records));
        int errors = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] other = block.clone();
            other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
            errors += isDamaged(other, records) ? 1 : 0;
            isDamaged(Arrays.copyOf(block, random.nextInt(block.length)), records);
        }
        assertThat(errors).isGreaterThan(1_950);
        assertThat(isDamaged(Arrays.copyOf(block, block.length - 1), records)).isTrue();
        assertThat(isDamaged(new byte[0], records)).isTrue();
    }

    /** Of a change that the check sum does not cover nothing else comes than what was written. */
    private static boolean isDamaged(byte[] block, List<StoredRecord> records) {
        try {
            assertThat(documents(replayed(block))).isEqualTo(documents(records));
            return false;
        } catch (DamagedBlockException e) {
            return true;
        }
    }

    @Test
    @DisplayName("that claims to have more than it has, or less, is an error and takes no memory")
    void lies() throws IOException {
        assertThatThrownBy(() -> replayed(block(Long.MAX_VALUE, -1))).isInstanceOf(DamagedBlockException.class);
        assertThatThrownBy(() -> replayed(block(-1, -1))).isInstanceOf(DamagedBlockException.class);
        // a schema of two gigabytes, of which nothing follows
        assertThatThrownBy(() -> replayed(block(1L << 32, Integer.MAX_VALUE)))
                .isInstanceOf(DamagedBlockException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> replayed(block(20, Integer.MAX_VALUE)))
                .isInstanceOf(DamagedBlockException.class)
                .hasMessageContaining("more than it claims");
        assertThatThrownBy(() -> replayed(block(1L << 32, -1, Integer.MAX_VALUE)))
                .isInstanceOf(DamagedBlockException.class);
        assertThatThrownBy(() -> replayed(block(16, -1, 0, 0, 7)))
                .isInstanceOf(DamagedBlockException.class)
                .hasMessageContaining("behind its end");
        assertThatThrownBy(() -> replayed(block(12, -1, -5, 0))).isInstanceOf(DamagedBlockException.class);
    }

    @Test
    @DisplayName("that is very much when it is inflated holds no more than its reader allows")
    void bomb() {
        AtomicLong allowed = new AtomicLong();
        Replay<StoredRecord> replay = Replay.ofRecords(bytes -> allowed.addAndGet(bytes) <= 2 << 20);
        List<StoredRecord> large = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            large.add(new StoredRecord("shape:" + i, new byte[1 << 20], 1));
        }
        byte[] bomb = BlockFormat.write(Difference.whole(SCHEMA, large));
        assertThat(bomb).hasSizeLessThan(1 << 18);

        assertThatThrownBy(() -> BlockFormat.read(bomb, replay)).isInstanceOf(NoRoomException.class);
        assertThat(replay.records()).hasSizeLessThan(4);

        byte[] one = BlockFormat.write(
                Difference.whole(SCHEMA, List.of(new StoredRecord("shape:1", new byte[64 << 20], 1))));
        assertThatThrownBy(() -> BlockFormat.read(one, Replay.ofHashes(bytes -> bytes <= 2 << 20)))
                .isInstanceOf(NoRoomException.class);
    }

    @Test
    @DisplayName("of a later format is an error that says so")
    void format() {
        byte[] block = BlockFormat.write(Difference.whole(SCHEMA, List.of()));
        block[0] = 9;
        assertThatThrownBy(() -> replayed(block)).hasMessageContaining("format is 9");
    }

    @Test
    @DisplayName("that differs does not make a document of nothing")
    void noBase() throws DamagedBlockException {
        Replay<StoredRecord> replay =
                replayed(BlockFormat.write(new Difference(Optional.empty(), List.of("gone"), List.of())));
        assertThatThrownBy(replay::schema).isInstanceOf(DamagedBlockException.class);
    }

    private static byte[] block(long length, int... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        bytes.write(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            for (int number : numbers) {
                out.writeInt(number);
            }
        }
        return bytes.toByteArray();
    }

    private static Replay<StoredRecord> replayed(byte[]... blocks) throws DamagedBlockException {
        Replay<StoredRecord> replay = Replay.ofRecords(bytes -> true);
        for (byte[] block : blocks) {
            BlockFormat.read(block, replay);
        }
        return replay;
    }

    private static Manifest manifest(List<StoredRecord> records) {
        return Manifest.of(SCHEMA, records);
    }

    private static Map<String, String> documents(Replay<StoredRecord> replay) {
        return documents(List.copyOf(replay.records()));
    }

    private static Map<String, String> documents(List<StoredRecord> records) {
        return StoredRooms.documents(new RoomSnapshot(records, Map.of(), 0, 0, SCHEMA));
    }
}
