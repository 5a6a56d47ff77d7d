package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Counts;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.events.Happening.VersionCreated;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.Limit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as JSON. */
class EventFormatTest {
    private static final Instant TIME = Instant.parse("2026-11-28T17:00:00.120Z");
    private static final EventId ID = new EventId("5f0c1a2b", 42);
    private static final Person ANN = new Person("s1", Optional.of("ann"), Optional.of("Ann"));
    private static final Person NOBODY = new Person("s2", Optional.empty(), Optional.empty());
    private static final JsonObject SHAPE =
            JsonObject.builder().put("id", "shape:1").put("x", 0.5).build();

    private static RoomEvent event(Happening what) {
        return new RoomEvent("r", TIME, "n", what);
    }

    private static Changed changed(Diff diff) {
        return new Changed(1, 4, Optional.of(new Counts(2, 1, 9, 4_000)), List.of(ANN, NOBODY), Optional.of(diff));
    }

    private static Diff diff(JsonObject... put) {
        return new Diff(List.of(put), List.of("shape:2"), true);
    }

    private static String data(Happening what, boolean diff) {
        JsonValue data =
                EventFormat.outside(new FiledEvent(ID, event(what)), diff).get("data");
        assertThat(data).isNotNull();
        return data.toString().replace('"', '\'');
    }

    private static void assertComesBack(RoomEvent event) {
        assertThat(EventFormat.read(EventFormat.stored(event))).contains(event);
    }

    static Stream<Happening> all() {
        return Stream.of(
                new Created(0),
                new Opened(1L << 52),
                changed(diff(SHAPE, JsonObject.EMPTY)),
                changed(new Diff(List.of(), List.of(), true)),
                changed(Diff.TOO_LARGE),
                new Changed(9, 3, Optional.empty(), List.of(), Optional.empty()),
                new Changed(0, 1, Optional.of(new Counts(0, 0, 0, 0)), List.of(), Optional.empty()),
                new Closed(Closed.Why.ENDED),
                new Closed(Closed.Why.LOST),
                new Deleted(),
                new Joined(ANN, true),
                new Joined(NOBODY, false),
                new Left(NOBODY),
                new VersionCreated("v", 7, "named", Optional.of("Done")),
                new VersionCreated("v", 7, "auto", Optional.empty()),
                new LimitHit(Limit.PUSH_RATE, 1L << 40));
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("What is kept comes back as it was")
    void comesBack(Happening what) {
        assertComesBack(event(what));
    }

    @Test
    @DisplayName("There is an example of each kind of event here")
    void complete() {
        assertThat(all().map(Happening::type).distinct()).containsExactlyInAnyOrder(EventType.values());
    }

    @Test
    @DisplayName("What is told has the id, and the time with its milliseconds")
    void envelope() {
        assertThat(EventFormat.outside(new FiledEvent(ID, event(new Created(3))), false))
                .hasToString("{\"id\":\"5f0c1a2b-42\",\"type\":\"room.created\",\"time\":\"2026-11-28T17:00:00.120Z\","
                        + "\"room\":\"r\",\"node\":\"n\",\"data\":{\"clock\":3}}");
        assertThat(EventFormat.outside(new FiledEvent(ID, new RoomEvent("r", Instant.EPOCH, "n", new Deleted())), true)
                        .string("time"))
                .isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @Test
    @DisplayName("Each kind has its data")
    void data() {
        assertThat(data(new Opened(3), false)).isEqualTo("{'clock':3}");
        assertThat(data(new Closed(Closed.Why.LOST), false)).isEqualTo("{'why':'lost'}");
        assertThat(data(new Closed(Closed.Why.ENDED), false)).isEqualTo("{'why':'ended'}");
        assertThat(data(new Deleted(), false)).isEqualTo("{}");
        assertThat(data(new Joined(ANN, true), false))
                .isEqualTo("{'session':{'sessionId':'s1','userId':'ann','name':'Ann'},'readonly':true}");
        assertThat(data(new Left(NOBODY), false)).isEqualTo("{'session':{'sessionId':'s2'}}");
        assertThat(data(new VersionCreated("v", 7, "named", Optional.of("Done")), false))
                .isEqualTo("{'version':'v','clock':7,'reason':'named','name':'Done'}");
        assertThat(data(new LimitHit(Limit.RECORDS_PER_ROOM, 5), false))
                .isEqualTo("{'limit':'records_per_room','times':5}");
    }

    @Test
    @DisplayName("Changes have counts when somebody has counted, and the records only for who wants them")
    void changes() {
        String counted = "{'since':1,'clock':4,'put':2,'removed':1,'records':9,'bytes':4000,"
                + "'by':[{'sessionId':'s1','userId':'ann','name':'Ann'},{'sessionId':'s2'}]";

        assertThat(data(changed(diff(SHAPE)), false)).isEqualTo(counted + "}");
        assertThat(data(changed(diff(SHAPE)), true))
                .isEqualTo(counted + ",'diff':{'put':[{'id':'shape:1','x':0.5}],'removed':['shape:2']}}");
        assertThat(data(changed(Diff.TOO_LARGE), true)).isEqualTo(counted + ",'diff':{'tooLarge':true}}");
        assertThat(data(new Changed(1, 4, Optional.empty(), List.of(), Optional.empty()), true))
                .isEqualTo("{'since':1,'clock':4,'by':[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\ud800", "a\udfffb", "\ude00\ud83d", "\u0000\u001f\u2028\"\\'", "\ud83d\ude00", "__proto__"
            })
    @DisplayName("Odd texts do no harm, and come back as they were")
    void oddTexts(String odd) throws JsonException {
        Person person = new Person(odd, Optional.of(odd), Optional.of(odd));
        Diff diff = new Diff(
                List.of(JsonObject.builder().put(odd, odd).put("n", Double.NaN).build()), List.of(odd), true);
        RoomEvent changed =
                new RoomEvent(odd, TIME, odd, new Changed(1, 2, Optional.empty(), List.of(person), Optional.of(diff)));
        RoomEvent version = event(new VersionCreated(odd, 1, odd, Optional.of(odd)));

        assertThat(EventFormat.read(EventFormat.stored(changed)))
                .map(RoomEvent::roomId)
                .contains(odd);
        assertComesBack(version);
        assertComesBack(event(new Joined(person, false)));
        JsonObject told = EventFormat.outside(new FiledEvent(ID, version), true);
        assertThat(Json.parse(Json.encode(told))).isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    @DisplayName("Every limit comes back")
    void limits(Limit limit) {
        assertComesBack(event(new LimitHit(limit, 1)));
    }

    @Test
    @DisplayName("Times of any year are written and read")
    void times() {
        for (Instant time : List.of(
                Instant.parse("-100000-01-01T00:00:00Z"),
                Instant.parse("+100000-01-01T00:00:00.001Z"),
                Instant.EPOCH)) {
            assertComesBack(new RoomEvent("r", time, "n", new Deleted()));
        }
    }

    /** An object in so many others. */
    private static JsonObject nested(int depth) {
        JsonValue value = new JsonNumber(1);
        for (int i = 1; i < depth; i++) {
            value = i % 2 == 0 ? JsonArray.of(value) : JsonObject.of("a", value);
        }
        return JsonObject.of("a", value);
    }

    @Test
    @DisplayName("What could not be read again because it is nested too deep is told as too much")
    void deep() {
        RoomEvent event = event(changed(diff(SHAPE, nested(Json.MAX_DEPTH))));

        assertThat(EventFormat.read(EventFormat.stored(event))).contains(event(changed(Diff.TOO_LARGE)));
        assertThat(data(event.what(), true)).endsWith("'diff':{'tooLarge':true}}");
        assertComesBack(event(changed(diff(SHAPE, nested(Json.MAX_DEPTH - 4)))));
        assertThat(EventFormat.read(EventFormat.stored(event(changed(diff(nested(Json.MAX_DEPTH - 3)))))))
                .contains(event(changed(Diff.TOO_LARGE)));
    }

    static Stream<String> unreadable() {
        String good = new String(EventFormat.stored(event(changed(diff(SHAPE)))), StandardCharsets.UTF_8);
        return Stream.of(
                "",
                "null",
                "[]",
                "{}",
                good.substring(1),
                good.replace("room.changed", "room.painted"),
                good.replace("\"room\":\"r\"", "\"room\":1"),
                good.replace("2026-11-28", "yesterday"),
                good.replace("\"node\"", "\"knot\""),
                good.replace("\"data\"", "\"date\""),
                good.replace("\"since\":1", "\"since\":\"1\""),
                good.replace("\"clock\":4", "\"clock\":4.5"),
                good.replace("\"records\":9,", ""),
                good.replace("\"by\":[", "\"by\":[7,"),
                good.replace("\"removed\":[", "\"removed\":[7,"),
                good.replace("\"put\":[", "\"put\":[7,"),
                good.replace("\"put\":[", "\"set\":["),
                "{\"type\":\"limit.hit\",\"time\":\"2026-11-28T17:00:00.120Z\",\"room\":\"r\",\"node\":\"n\","
                        + "\"data\":{\"limit\":\"patience\",\"times\":1}}");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    @DisplayName("What cannot be understood is nothing")
    void unreadable(String json) {
        assertThat(EventFormat.read(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    @DisplayName("Members that a later release has added are left out")
    void more() {
        String json = new String(EventFormat.stored(event(new Opened(3))), StandardCharsets.UTF_8);

        assertThat(EventFormat.read(json.replace("\"clock\":3", "\"clock\":3,\"more\":{}")
                        .replace("\"type\"", "\"more\":1,\"type\"")
                        .getBytes(StandardCharsets.UTF_8)))
                .contains(event(new Opened(3)));
    }
}
