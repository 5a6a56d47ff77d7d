package dev.drawbridge.pressure;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.Records;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many shapes of a size, as documents of the body that makes a room; never all in memory.
 *
 * @param count how many
 * @param padding how many characters each has in its {@code meta}
 */
record Shapes(int count, int padding) {
    private static final String NAME = "NAME";
    private static final String TEMPLATE = "{\"state\":"
            + Records.geo(NAME).with("meta", JsonObject.EMPTY.with("pad", new JsonString("PAD")))
            + ",\"lastChangedClock\":0}";

    InputStream createRoom(String room) {
        return stream(Stream.of(
                        Stream.of("{\"id\":\"" + room + "\",\"snapshot\":"),
                        snapshotParts(Client.CURRENT_SCHEMA),
                        Stream.of("}"))
                .flatMap(each -> each));
    }

    /** The same as the body that replaces a room's document. */
    InputStream snapshot(String schema) {
        return stream(snapshotParts(schema));
    }

    private Stream<String> snapshotParts(String schema) {
        String pad = "x".repeat(padding);
        return Stream.of(
                        Stream.of("{\"documentClock\":1,\"schema\":" + schema + ",\"documents\":[{\"state\":"
                                + Records.document() + ",\"lastChangedClock\":0},{\"state\":" + Records.page()
                                + ",\"lastChangedClock\":0}"),
                        IntStream.range(0, count)
                                .mapToObj(i ->
                                        "," + TEMPLATE.replace(NAME, "s" + i).replace("PAD", pad)),
                        Stream.of("]}"))
                .flatMap(each -> each);
    }

    @SuppressWarnings("JdkObsolete") // the stream asks for it
    private static InputStream stream(Stream<String> parts) {
        Iterator<InputStream> streams = parts.<InputStream>map(
                        part -> new ByteArrayInputStream(part.getBytes(StandardCharsets.UTF_8)))
                .iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return streams.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return streams.next();
            }
        });
    }
}
