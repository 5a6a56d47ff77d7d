package dev.drawbridge.protocol;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A network diff of nothing but puts and removes (§5), of records that are encoded already. Its length is known without
 * writing it, and it is written while it is walked: small records gather in slices, large ones are slices of their own,
 * the very arrays that the room keeps.
 *
 * @param length how many bytes it takes
 */
record RecordDiff(List<RecordPuts> puts, List<String> removes, long length) implements Payload {
    private static final byte[] PUT = utf8(":[\"put\",");
    private static final byte[] REMOVE = utf8(":[\"remove\"]");

    /** About how large a slice of small things becomes. */
    private static final int GATHERED = 8 << 10;

    /** From this length on a record is sent as the array that it is kept as. */
    private static final int LARGE = 2 << 10;

    static RecordDiff of(List<RecordPuts> puts, List<String> removes) {
        long operations = removes.size();
        long bytes = 2; // the braces
        for (RecordPuts some : puts) {
            operations += some.records().size();
            bytes += some.length();
        }
        for (String id : removes) {
            bytes += keyLength(id) + REMOVE.length;
        }
        return new RecordDiff(List.copyOf(puts), List.copyOf(removes), bytes + Math.max(0, operations - 1));
    }

    static long lengthOf(EncodedRecord record) {
        return (long) keyLength(record.id()) + PUT.length + record.json().length + 1;
    }

    @Override
    public Iterator<byte[]> slices() {
        return new Walk();
    }

    private final class Walk implements Iterator<byte[]> {
        private final Iterator<EncodedRecord> records =
                puts.stream().flatMap(some -> some.records().stream()).iterator();
        private final Iterator<String> ids = removes.iterator();
        private ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        private byte[] large = {};
        private boolean first = true;
        private boolean ended;

        Walk() {
            out.write('{');
        }

        @Override
        public boolean hasNext() {
            return large.length > 0 || !ended;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (large.length > 0) {
                byte[] slice = large;
                large = new byte[0];
                out.write(']');
                return slice;
            }
            while (large.length == 0 && out.size() < GATHERED && records.hasNext()) {
                put(records.next());
            }
            if (large.length == 0) {
                end();
            }
            byte[] slice = out.toByteArray();
            out = new ByteArrayOutputStream(ended ? 0 : GATHERED);
            return slice;
        }

        private void put(EncodedRecord record) {
            key(record.id());
            out.writeBytes(PUT);
            if (record.json().length >= LARGE) {
                large = record.json();
            } else {
                out.writeBytes(record.json());
                out.write(']');
            }
        }

        private void end() {
            while (!records.hasNext() && out.size() < GATHERED && ids.hasNext()) {
                key(ids.next());
                out.writeBytes(REMOVE);
            }
            if (!records.hasNext() && !ids.hasNext()) {
                out.write('}');
                ended = true;
            }
        }

        private void key(String id) {
            if (!first) {
                out.write(',');
            }
            first = false;
            if (isPlain(id)) {
                out.write('"');
                out.writeBytes(id.getBytes(StandardCharsets.ISO_8859_1));
                out.write('"');
            } else {
                out.writeBytes(escaped(id));
            }
        }
    }

    private static int keyLength(String id) {
        return isPlain(id) ? id.length() + 2 : escaped(id).length;
    }

    /** Whether it is printable ASCII that JSON writes as it is, as every id of a real client is. */
    private static boolean isPlain(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] escaped(String id) {
        return Json.encode(new JsonString(id));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
