package dev.drawbridge.room;

import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Snapshots as JSON (§17): the reference's, of all ages, store snapshots, those of an editor and {@code .tldr} files are
 * read; the newest is written.
 */
public final class SnapshotFormat {

    private SnapshotFormat() {}

    /**
     * Reads a snapshot, a text of its own.
     *
     * @throws MalformedSnapshotException when it is none
     */
    public static RoomSnapshot read(byte[] json) throws MalformedSnapshotException, JsonException {
        try (JsonStream stream = JsonStream.of(new ByteArrayInputStream(json), JsonStream.Meter.NONE)) {
            RoomSnapshot snapshot = read(stream);
            stream.end();
            return snapshot;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a snapshot, the value that a stream stands at, record by record.
     *
     * @throws MalformedSnapshotException when it is none
     */
    public static RoomSnapshot read(JsonStream json) throws MalformedSnapshotException, JsonException, IOException {
        return new SnapshotReader(json).read();
    }

    /**
     * Writes a snapshot in the newest format, with the old field {@code clock} beside, for older readers. Where there is an
     * object lane, its records are a part of their own, {@code objects}, which the reference leaves alone.
     */
    public static void write(RoomSnapshot snapshot, ObjectLane lane, OutputStream out) throws IOException {
        String clock = Long.toString(snapshot.documentClock());
        write(out, "{\"documentClock\":" + clock + ",\"clock\":" + clock);
        write(out, ",\"tombstoneHistoryStartsAtClock\":" + snapshot.tombstoneHistoryStartsAtClock());
        write(out, ",\"schema\":" + snapshot.schema().json());
        write(out, ",\"tombstones\":{");
        String separator = "";
        for (Map.Entry<String, Long> tombstone : snapshot.tombstones().entrySet()) {
            write(out, separator + new JsonString(tombstone.getKey()) + ":" + tombstone.getValue());
            separator = ",";
        }
        List<StoredRecord> objects = new ArrayList<>();
        write(out, "},\"documents\":[");
        separator = "";
        for (StoredRecord record : snapshot.documents()) {
            if (lane.has(record)) {
                objects.add(record);
            } else {
                write(record, separator, out);
                separator = ",";
            }
        }
        if (!lane.isEmpty()) {
            write(out, "],\"objects\":[");
            separator = "";
            for (StoredRecord object : objects) {
                write(object, separator, out);
                separator = ",";
            }
        }
        write(out, "]}");
    }

    private static void write(StoredRecord record, String separator, OutputStream out) throws IOException {
        write(out, separator + "{\"state\":");
        out.write(record.json());
        write(out, ",\"lastChangedClock\":" + record.lastChangedClock() + "}");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
