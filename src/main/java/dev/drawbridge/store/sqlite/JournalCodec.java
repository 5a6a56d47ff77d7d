package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * An entry of the journal as bytes: the version, one row change after the other, and a checksum. A row change is its kind,
 * the {@link StorageKey} of its id and what belongs to it; texts and records have their length before them, and numbers
 * their highest byte first.
 */
final class JournalCodec {
    private static final byte VERSION = 1;
    private static final byte PUT = 1;
    private static final byte PRUNE = 2;
    private static final byte DELETE = 3;

    private JournalCodec() {}

    static byte[] encode(List<RowChange> changes) {
        int size = changes.stream().mapToInt(RowChange::weight).sum() + 1 + Integer.BYTES;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        CheckedOutputStream checked = new CheckedOutputStream(bytes, new CRC32C());
        try (DataOutputStream out = new DataOutputStream(checked)) {
            out.writeByte(VERSION);
            for (RowChange change : changes) {
                write(change, out);
            }
            out.writeInt((int) checked.getChecksum().getValue());
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(RowChange change, DataOutputStream out) throws IOException {
        switch (change) {
            case RowChange.Put(StoredRecord record) -> {
                out.writeByte(PUT);
                writeId(record.id(), out);
                out.writeLong(record.lastChangedClock());
                write(record.json(), out);
            }
            case RowChange.Prune(String id) -> {
                out.writeByte(PRUNE);
                writeId(id, out);
            }
            case RowChange.Delete(String id, long clock) -> {
                out.writeByte(DELETE);
                writeId(id, out);
                out.writeLong(clock);
            }
        }
    }

    private static void writeId(String id, DataOutputStream out) throws IOException {
        write(StorageKey.of(id).getBytes(StandardCharsets.UTF_8), out);
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws StoreException when these are not the bytes that were made, to the last bit */
    static List<RowChange> decode(byte[] entry) {
        int end = entry.length - Integer.BYTES;
        if (end < 1 || ByteBuffer.wrap(entry).getInt(end) != checksum(entry, end)) {
            throw new StoreException("an entry of its journal is damaged: its checksum is another");
        }
        if (entry[0] != VERSION) {
            throw new StoreException("an entry of its journal is of an unknown version: " + entry[0]);
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(entry, 1, end - 1);
            List<RowChange> changes = new ArrayList<>();
            while (in.hasRemaining()) {
                changes.add(read(in));
            }
            return changes;
        } catch (BufferUnderflowException e) {
            throw new StoreException("an entry of its journal is damaged: it ends too early", e);
        }
    }

    private static RowChange read(ByteBuffer in) {
        byte kind = in.get();
        return switch (kind) {
            case PUT -> {
                String id = readId(in);
                long clock = in.getLong();
                yield new RowChange.Put(new StoredRecord(id, readBytes(in), clock));
            }
            case PRUNE -> new RowChange.Prune(readId(in));
            case DELETE -> new RowChange.Delete(readId(in), in.getLong());
            default -> throw new StoreException("an entry of its journal is damaged: there is no change " + kind);
        };
    }

    private static String readId(ByteBuffer in) {
        return StorageKey.toId(new String(readBytes(in), StandardCharsets.UTF_8));
    }

    private static byte[] readBytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
