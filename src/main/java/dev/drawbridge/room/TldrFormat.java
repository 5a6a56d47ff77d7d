package dev.drawbridge.room;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Rooms as the files that tldraw saves and opens: {@code .tldr}, version 1. They have the records of the room and nothing of
 * its history; what never leaves a client (where it looks, what it has selected) is not in them, and is made anew by whoever
 * opens one. {@link SnapshotFormat} reads them.
 */
public final class TldrFormat {

    private TldrFormat() {}

    /** How a record is written. */
    @FunctionalInterface
    public interface Content {
        /** As it is: an asset says where its file is. */
        Content AS_IT_IS = (record, out) -> out.write(record.json());

        void write(StoredRecord record, OutputStream out) throws IOException;
    }

    /** Writes a file, record by record; what is of the object lane is not part of it. */
    public static void write(RoomSnapshot snapshot, ObjectLane lane, Content content, OutputStream out)
            throws IOException {
        write(
                out,
                "{\"tldrawFileFormatVersion\":1,\"schema\":" + snapshot.schema().json() + ",\"records\":[");
        String separator = "";
        for (StoredRecord record : snapshot.documents()) {
            if (!lane.has(record)) {
                write(out, separator);
                content.write(record, out);
                separator = ",";
            }
        }
        write(out, "]}");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
