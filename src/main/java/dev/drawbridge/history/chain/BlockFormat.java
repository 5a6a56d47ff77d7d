package dev.drawbridge.history.chain;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * How a {@link Difference} is written. A byte tells the version of the format, eight more how long the rest is when it is
 * inflated, and this is compressed by zlib, whose check sum finds most damage:
 *
 * <ol>
 *   <li>the length of the schema's JSON, or -1 when it stays; and that,
 *   <li>how many records go; of each its id,
 *   <li>how many records come; of each its id, its clock, the length of its JSON, and that, byte by byte.
 * </ol>
 *
 * <p>Lengths and counts have four bytes, clocks eight. An id is a {@link StorageKey}, with its length. Records are in the order
 * of their ids: the same difference is the same bytes.
 */
public final class BlockFormat {
    private static final byte VERSION = 1;
    private static final int HEADER = 1 + Long.BYTES;

    /** Of levels 1 to 9; what zlib takes for a good middle. */
    private static final int LEVEL = 6;

    private static final int BUFFER = 16 << 10;

    /** No document is that large: a larger one would not be in memory. */
    private static final long MOST = 1L << 32;

    private BlockFormat() {}

    public static byte[] write(Difference difference) {
        ByteArrayOutputStream block = new ByteArrayOutputStream(BUFFER);
        block.writeBytes(new byte[HEADER]);
        Deflater deflater = new Deflater(LEVEL);
        long length;
        try (Counting out = new Counting(new DeflaterOutputStream(block, deflater, BUFFER))) {
            write(difference, out);
            length = out.count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        byte[] bytes = block.toByteArray();
        ByteBuffer.wrap(bytes).put(VERSION).putLong(length);
        return bytes;
    }

    private static void write(Difference difference, Counting counting) throws IOException {
        DataOutputStream out = new DataOutputStream(counting);
        if (difference.schema().isPresent()) {
            bytes(out, Json.encode(difference.schema().get().json()));
        } else {
            out.writeInt(-1);
        }
        List<String> removed = difference.removed().stream().sorted().toList();
        out.writeInt(removed.size());
        for (String id : removed) {
            id(out, id);
        }
        List<StoredRecord> puts = difference.puts().stream()
                .sorted(Comparator.comparing(StoredRecord::id))
                .toList();
        out.writeInt(puts.size());
        for (StoredRecord record : puts) {
            id(out, record.id());
            out.writeLong(record.lastChangedClock());
            bytes(out, record.json());
        }
        out.flush();
    }

    private static void id(DataOutputStream out, String id) throws IOException {
        bytes(out, StorageKey.of(id).getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Counts what is written; a {@link DataOutputStream} counts no further than an int. */
    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(DeflaterOutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    /**
     * Reads a block, record by record: it is never there inflated.
     *
     * @throws DamagedBlockException when it is none; the reader may have been told of some of it
     */
    public static void read(byte[] block, BlockReader reader) throws DamagedBlockException {
        if (block.length < HEADER) {
            throw new DamagedBlockException("it is cut off");
        }
        ByteBuffer header = ByteBuffer.wrap(block, 0, HEADER);
        byte version = header.get();
        long length = header.getLong();
        if (version != VERSION) {
            throw new DamagedBlockException("its format is " + version + ", and not " + VERSION);
        }
        if (length < 0 || length > MOST) {
            throw new DamagedBlockException("it claims to have " + length + " bytes");
        }
        Inflater inflater = new Inflater();
        try (Source source = new Source(
                new InflaterInputStream(
                        new ByteArrayInputStream(block, HEADER, block.length - HEADER), inflater, BUFFER),
                length,
                reader)) {
            source.read();
        } catch (IOException | JsonException | StoreException e) {
            throw new DamagedBlockException(String.valueOf(e.getMessage()), e);
        } finally {
            inflater.end();
        }
    }

    /** What is left of a block. Nothing is taken of it that it has not, whatever it says. */
    private static final class Source implements AutoCloseable {
        private final DataInputStream in;
        private final BlockReader reader;
        private long left;

        Source(InputStream in, long length, BlockReader reader) {
            this.reader = reader;
            this.in = new DataInputStream(in);
            this.left = length;
        }

        void read() throws IOException, JsonException, DamagedBlockException {
            int schema = number();
            if (schema >= 0) {
                reader.schema(SerializedSchema.read(Json.parse(bytes(schema)))
                        .orElseThrow(() -> new DamagedBlockException("its schema is none")));
            } else if (schema != -1) {
                throw new DamagedBlockException("a length is negative");
            }
            for (int removed = count(); removed > 0; removed--) {
                reader.removed(id());
            }
            for (int puts = count(); puts > 0; puts--) {
                String id = id();
                take(Long.BYTES);
                long clock = in.readLong();
                reader.put(new StoredRecord(id, bytes(count()), clock));
            }
            // Only with the last byte is the check sum read.
            if (left != 0 || in.read() != -1) {
                throw new DamagedBlockException("there is something behind its end");
            }
        }

        private int number() throws IOException, DamagedBlockException {
            take(Integer.BYTES);
            return in.readInt();
        }

        private int count() throws IOException, DamagedBlockException {
            int count = number();
            if (count < 0) {
                throw new DamagedBlockException("a length is negative");
            }
            return count;
        }

        private String id() throws IOException, DamagedBlockException {
            return StorageKey.toId(new String(bytes(count()), StandardCharsets.UTF_8));
        }

        private byte[] bytes(int length) throws IOException, DamagedBlockException {
            take(length);
            reader.expect(length);
            byte[] bytes = in.readNBytes(length); // which grows with what comes, not with what is claimed
            if (bytes.length < length) {
                throw new DamagedBlockException("it is cut off");
            }
            return bytes;
        }

        private void take(int bytes) throws DamagedBlockException {
            left -= bytes;
            if (left < 0) {
                throw new DamagedBlockException("it has more than it claims");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
