package dev.drawbridge.history.chain;

import dev.drawbridge.json.Json;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.StorageKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * The hash of a document, which is the same for the same records, in whatever order they are, and for no others.
 *
 * <p>That of a record is the SHA-256 of: the length of its id as a {@link StorageKey}, four bytes; the id, as UTF-8; its clock,
 * eight bytes; its JSON, byte by byte. That of a document is the SHA-256 of: the length of the schema's JSON, four bytes, and
 * that; then the hashes of all records, in the order of their ids as Java compares texts. Numbers have their largest byte first.
 *
 * <p>For one thread.
 */
public final class RecordHashes {
    private final MessageDigest digest = sha256();

    public byte[] of(StoredRecord record) {
        text(StorageKey.of(record.id()).getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(Long.BYTES)
                .putLong(record.lastChangedClock())
                .flip());
        return digest.digest(record.json());
    }

    /**
     * The hash of a document, in hexadecimal.
     *
     * @param records the hash of each, by its id
     */
    String of(SerializedSchema schema, SortedMap<String, byte[]> records) {
        text(Json.encode(schema.json()));
        records.values().forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private void text(byte[] utf8) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
        digest.update(utf8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
