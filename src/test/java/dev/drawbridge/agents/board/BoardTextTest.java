package dev.drawbridge.agents.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A board as text")
class BoardTextTest {
    private final Sheet sheet = new Sheet();

    private static String text(Sheet sheet, BoardText.Options options) {
        return BoardText.of(sheet.board(), options);
    }

    @Test
    @DisplayName("has a line for each page and each shape")
    void whole() {
        sheet.create(
                "{'type': 'frame', 'id': 'f', 'name': 'Plan', 'x': 0, 'y': 0, 'w': 500, 'h': 300}",
                "{'type': 'geo', 'id': 'a', 'parent': 'f', 'x': 10, 'y': 10, 'text': 'Start'}",
                "{'type': 'geo', 'id': 'b', 'x': 600, 'y': 10, 'color': 'red'}",
                "{'type': 'arrow', 'id': 'ab', 'from': 'a', 'to': 'b', 'text': 'go'}");
        assertThat(sheet.text()).isEqualTo("""
                        Board, 1 page
                        page:page "Page 1": 4 shapes, around 0,0 800x300
                          shape:f frame @0,0 500x300 "Plan" black
                            shape:a geo:rectangle @10,10 200x100 "Start" black
                          shape:b geo:rectangle @600,10 200x100 red
                          shape:ab arrow shape:a -> shape:b "go" black
                        """);
    }

    @Test
    @DisplayName("may be of one page or of a region, and says what else there is")
    void parts() {
        sheet.put(Sheet.parse("{'id': 'page:two', 'typeName': 'page', 'name': 'Two', 'index': 'a2', 'meta': {}}"));
        sheet.create(
                "{'type': 'frame', 'id': 'f', 'x': 0, 'y': 0}",
                "{'type': 'geo', 'id': 'in', 'parent': 'f', 'x': 2000, 'y': 2000}",
                "{'type': 'geo', 'id': 'b', 'x': 5000, 'y': 0}",
                "{'type': 'geo', 'id': 'two', 'parent': 'page:two'}");
        assertThat(text(sheet, BoardText.Options.ALL.ofPage("page:two"))).isEqualTo("""
                        Board, 2 pages
                        page:page "Page 1": 3 shapes
                        page:two "Two": 1 shape, around 0,0 200x100
                          shape:two geo:rectangle @0,0 200x100 black
                        """);
        assertThat(text(sheet, BoardText.Options.ALL.ofPage("page:page").within(new Box(1900, 1900, 300, 300))))
                .contains("shape:f", "shape:in", "(elsewhere on this page: 1)")
                .doesNotContain("shape:b ");
    }

    @Test
    @DisplayName("is no longer than asked for, and says how much it has left out")
    void bounded() {
        sheet.create("{'type': 'geo', 'id': 'long', 'text': '" + "word ".repeat(1000) + "'}");
        for (int i = 0; i < 100; i++) {
            sheet.create("{'type': 'geo', 'id': 's" + i + "'}");
        }
        String all = sheet.text();
        assertThat(all).contains("… (5000 characters)").hasSizeLessThan(10_000);
        String some = text(sheet, BoardText.Options.ALL.atMost(1_000));
        assertThat(some.length()).isLessThan(1_200);
        int told =
                (int) some.lines().filter(line -> line.startsWith("  shape:")).count();
        assertThat(some).contains("(left out, as this is long enough: " + (101 - told) + " lines");
        JsonObject json = BoardJson.of(sheet.board(), BoardText.Options.ALL.atMost(1_000));
        assertThat(json.toString()).hasSizeLessThan(1_300);
        assertThat(Props.number(json, "leftOut", 0)).isGreaterThan(80);
    }

    @Test
    @DisplayName("as JSON has the same shapes, with where they are on the page")
    void json() {
        sheet.create(
                "{'type': 'frame', 'id': 'f', 'x': 100, 'y': 100}",
                "{'type': 'geo', 'id': 'a', 'parent': 'f', 'x': 10, 'y': 10, 'text': 'Start'}",
                "{'type': 'arrow', 'from': 'f', 'to': 'a', 'id': 'fa'}");
        String json = BoardJson.of(sheet.board(), BoardText.Options.ALL).toString();
        assertThat(json)
                .contains("\"onPage\":{\"x\":110,\"y\":110,\"w\":200,\"h\":100}")
                .contains("\"from\":\"shape:f\",\"to\":\"shape:a\"");
    }

    @Test
    @DisplayName("holds whatever people have written in its place: nothing ends a line or passes for an id")
    void hostile() {
        JsonObject shape = sheet.done(
                        sheet.editor().create(Sheet.json("{'type': 'geo', 'id': 'a'}"), java.util.Optional.empty()))
                .edit()
                .puts()
                .getFirst();
        sheet.records.remove("shape:a");
        sheet.put(shape.toBuilder()
                .put("id", "shape:x\n  shape:fake geo")
                .put("type", "my \"kind\"\n")
                .put("props", JsonObject.of("text", JsonString.of("a\"b\n\u0000\u2028\ud800\\")))
                .put("x", JsonNumber.of(1.25))
                .build());
        assertThat(sheet.text())
                .contains(
                        "  \"shape:x\\n  shape:fake geo\" \"my \\\"kind\\\"\\n\" @1.2,0 0x0 \"a\\\"b\\n\\u0000\\u2028\\ud800\\\\\"\n")
                .hasLineCount(3);
    }

    @Test
    @DisplayName("is made of any records, whatever nonsense they say")
    void nonsense() {
        JsonObject broken = JsonObject.builder()
                .put("id", "shape:broken")
                .put("typeName", "shape")
                .put("parentId", "page:page")
                .put("x", "left")
                .put("props", JsonArray.EMPTY)
                .build();
        sheet.put(broken);
        sheet.put(broken.toBuilder()
                .put("id", "shape:self")
                .put("parentId", "shape:self")
                .build());
        sheet.put(broken.toBuilder()
                .put("id", "shape:drawn")
                .put("type", "draw")
                .put("props", Sheet.parse("{'segments': [{'path': 'AA'}, 3, {'path': 7}], 'richText': 5}"))
                .build());
        sheet.put(JsonObject.of("typeName", JsonString.of("shape")));
        assertThat(sheet.text()).contains("shape:broken", "shape:drawn", "on no page, as what they are in is gone: 2");
    }

    @Test
    @DisplayName("is made in one pass, also of shapes that are in each other a hundred thousand deep")
    void deep() {
        String parent = "page:page";
        JsonObject group = sheet.kinds
                .kind("group")
                .map(kind -> ShapeWriter.blank(kind, "shape:0", "page:page", "a1"))
                .orElseThrow();
        for (int i = 0; i < 100_000; i++) {
            String id = "shape:" + i;
            sheet.put(group.toBuilder()
                    .put("id", id)
                    .put("parentId", parent)
                    .put("x", 1)
                    .build());
            parent = id;
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(sheet.text()).contains("100000 shapes").contains("left out");
            assertThat(sheet.refusedUpdate("{'id': '99999', 'x': 1}").getFirst())
                    .contains("is in more than 200 others");
            assertThat(((Edited.Done) sheet.editor().delete(java.util.List.of("shape:5")))
                            .edit()
                            .deletes())
                    .hasSize(100_000);
        });
    }
}
