package dev.drawbridge.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.StoredRooms;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An entry of the journal")
class JournalCodecTest {
    private static final List<RowChange> CHANGES = List.of(
            new RowChange.Put(StoredRooms.record("shape:a", 1, "ä\u0000\uD83D")),
            new RowChange.Prune("shape:\uDE00"),
            new RowChange.Delete("shape:b", (1L << 53) - 1));

    /** Records compare their bytes by identity: these are the same when they look the same. */
    private static List<String> looks(List<RowChange> changes) {
        return changes.stream()
                .map(change -> change instanceof RowChange.Put(var record)
                        ? StoredRooms.documents(record).toString()
                        : change.toString())
                .toList();
    }

    @Test
    @DisplayName("is read as it was written")
    void roundTrip() {
        assertThat(looks(JournalCodec.decode(JournalCodec.encode(CHANGES)))).isEqualTo(looks(CHANGES));
        assertThat(JournalCodec.decode(JournalCodec.encode(List.of()))).isEmpty();
    }

    /** As the contract has them for all stores. */
    private static Stream<String> ids() {
        return Stream.of(
                "",
                " ",
                "nul \u0000 inside",
                "lone high \uD83D",
                "lone low \uDE00 here",
                "\uDE00\uD83D",
                "\\ud83d",
                "\"",
                "房间");
    }

    @Test
    @DisplayName("holds whatever ids there are")
    void hostileIds() {
        List<RowChange> changes = ids().flatMap(id -> Stream.<RowChange>of(
                        new RowChange.Put(StoredRooms.record(id, 1)),
                        new RowChange.Prune(id),
                        new RowChange.Delete(id, 2)))
                .toList();

        assertThat(looks(JournalCodec.decode(JournalCodec.encode(changes)))).isEqualTo(looks(changes));
    }

    @Test
    @DisplayName("that is cut off anywhere is damaged")
    void cutOff() {
        byte[] entry = JournalCodec.encode(CHANGES);
        for (int length = 0; length < entry.length; length++) {
            assertThatDamaged(Arrays.copyOf(entry, length));
        }
        assertThatDamaged(Arrays.copyOf(entry, entry.length + 1));
    }

    @Test
    @DisplayName("in which any bit is another is damaged")
    void flipped() {
        byte[] entry = JournalCodec.encode(CHANGES);
        for (int bit = 0; bit < 8 * entry.length; bit++) {
            byte[] other = entry.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatDamaged(other);
        }
    }

    @Test
    @DisplayName("that makes no sense is damaged, were its checksum right")
    void senseless() {
        assertThatDamaged(withChecksum(1, 9));
        assertThatDamaged(withChecksum(1, 2));
        assertThatDamaged(withChecksum(1, 2, 0x7f, 0xff, 0xff, 0xff));
        assertThatDamaged(withChecksum(1, 2, 0xff, 0xff, 0xff, 0xff));
        assertThatDamaged(withChecksum(1, 2, 0, 0, 0, 1, '\\'));
        assertThatThrownBy(() -> JournalCodec.decode(withChecksum(2)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("unknown version: 2");
    }

    private static byte[] withChecksum(int... content) {
        ByteBuffer entry = ByteBuffer.allocate(content.length + Integer.BYTES);
        for (int one : content) {
            entry.put((byte) one);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(entry.array(), 0, content.length);
        return entry.putInt((int) checksum.getValue()).array();
    }

    private static void assertThatDamaged(byte[] entry) {
        assertThatThrownBy(() -> JournalCodec.decode(entry))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged");
    }
}
