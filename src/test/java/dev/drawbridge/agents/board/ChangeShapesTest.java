package dev.drawbridge.agents.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.RichText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Shapes that are there")
class ChangeShapesTest {
    private final Sheet sheet = new Sheet();

    @BeforeEach
    void shapes() {
        sheet.create(
                "{'type': 'frame', 'id': 'f', 'x': 1000, 'y': 0, 'rotation': 90}",
                "{'type': 'geo', 'id': 'a', 'x': 10, 'y': 20, 'w': 100, 'h': 100, 'text': 'A'}",
                "{'type': 'geo', 'id': 'in', 'parent': 'f', 'x': 5, 'y': 5}",
                "{'type': 'note', 'id': 'n', 'x': 500, 'y': 500}",
                "{'type': 'line', 'id': 'l', 'points': [[0, 0], [10, 10]]}");
    }

    @Test
    @DisplayName("become what is said, and stay what is not said")
    void change() {
        JsonObject before = sheet.shape("a");
        Edited.Done done =
                sheet.update("{'id': 'a', 'x': 11, 'text': 'B', 'color': 'green', 'type': 'geo', 'w': null}");
        assertThat(done.ids()).containsExactly("shape:a");
        assertThat(done.edit().deletes()).isEmpty();
        JsonObject props = Props.of(before).toBuilder()
                .put("richText", RichText.of("B"))
                .put("color", "green")
                .build();
        assertThat(sheet.shape("a"))
                .isEqualTo(before.toBuilder().put("x", 11).put("props", props).build());
        assertThat(sheet.update("{'id': 'a', 'x': 11}").edit().puts()).isEmpty();
    }

    @Test
    @DisplayName("keep what only a browser could measure when nothing is said about it")
    void keepsMeasures() {
        JsonObject grown =
                Props.of(sheet.shape("n")).toBuilder().put("growY", 33.3).build();
        sheet.put(sheet.shape("n").with("props", grown));
        sheet.update("{'id': 'n', 'x': 1, 'color': 'red'}");
        assertThat(sheet.props("n").get("growY")).isEqualTo(JsonNumber.of(33.3));
        sheet.update("{'id': 'n', 'text': 'short'}");
        assertThat(sheet.props("n").get("growY")).isEqualTo(JsonNumber.of(0));
    }

    @Test
    @DisplayName("that are put into something else stay where they are on the page, unless it is said where they go")
    void reparent() {
        Box before = sheet.box("a");
        sheet.update("{'id': 'a', 'parent': 'f'}", "{'id': 'n', 'parent': 'f', 'x': 7, 'y': 8}");
        Box after = sheet.box("a");
        assertThat(after.x()).isEqualTo(before.x(), within(0.001));
        assertThat(after.y()).isEqualTo(before.y(), within(0.001));
        assertThat(sheet.shape("a").string("parentId")).isEqualTo("shape:f");
        assertThat(Props.number(sheet.shape("n"), "x", 0)).isEqualTo(7);
        assertThat(sheet.board().children("shape:f"))
                .extracting(Props::id)
                .containsExactly("shape:in", "shape:a", "shape:n");
    }

    @Test
    @DisplayName("come to the front or the back of what is in the same parent")
    void order() {
        sheet.update("{'id': 'f', 'order': 'front'}", "{'id': 'l', 'order': 'back'}");
        assertThat(sheet.board().children("page:page"))
                .extracting(Props::id)
                .containsExactly("shape:l", "shape:a", "shape:n", "shape:f");
    }

    @Test
    @DisplayName("that are locked, or in something locked, stay as they are until they are unlocked")
    void locked() {
        sheet.update("{'id': 'f', 'locked': true}");
        assertThat(sheet.refusedUpdate("{'id': 'f', 'x': 1}", "{'id': 'in', 'locked': false}"))
                .hasSize(2);
        assertThat(Sheet.refused(sheet.editor().delete(java.util.List.of("in"))))
                .hasSize(1);
        sheet.update("{'id': 'f', 'locked': false, 'x': 1}", "{'id': 'in', 'x': 2}");
        assertThat(Props.number(sheet.shape("in"), "x", 0)).isEqualTo(2);
    }

    @Test
    @DisplayName("are not put into themselves, into what is in them, or onto another page")
    void circles() {
        sheet.create("{'type': 'frame', 'id': 'g', 'parent': 'f'}");
        sheet.put(Sheet.parse("{'id': 'page:two', 'typeName': 'page', 'name': 'Two', 'index': 'a2', 'meta': {}}"));
        assertThat(sheet.refusedUpdate(
                        "{'id': 'f', 'parent': 'f'}",
                        "{'id': 'f', 'parent': 'g'}",
                        "{'id': 'a', 'parent': 'page:two'}"))
                .anyMatch(problem -> problem.startsWith("[0].parent: is in the shape itself"))
                .anyMatch(problem -> problem.startsWith("[1].id: is twice in this call"))
                .anyMatch(problem -> problem.startsWith("[1].parent: is in the shape itself"))
                .anyMatch(problem -> problem.startsWith("[2].parent: is on another page"));
    }

    @Test
    @DisplayName("go through other points, which count as those of a new line do")
    void points() {
        sheet.update("{'id': 'l', 'x': 100, 'y': 100}");
        sheet.update("{'id': 'l', 'points': [[100, 100], [300, 100]]}");
        assertThat(sheet.text()).contains("shape:l line @100,100 200x0 through 100,100 300,100");
        assertThat(sheet.refusedUpdate("{'id': 'l', 'x': 1, 'points': [[0, 0], [1, 1]]}"))
                .containsExactly("[0].points: say either points, or x, y and rotation");
    }

    @Test
    @DisplayName("are told what is wrong with a change")
    void problems() {
        assertThat(sheet.refusedUpdate(
                        "{'x': 1}",
                        "{'id': 'nobody', 'x': 1}",
                        "{'id': 'a', 'type': 'note', 'w': -1, 'name': 'x'}",
                        "{'id': 'page:page', 'x': 1}"))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("[0].id: expected the id of the shape"),
                        problem -> assertThat(problem).startsWith("[1].id: there is no such shape"),
                        problem -> assertThat(problem).startsWith("[2].w: expected a number from 1 to 100000, got -1"),
                        problem -> assertThat(problem).startsWith("[2].name: no field of geo"),
                        problem -> assertThat(problem).startsWith("[2].type: the type of a shape stays geo"),
                        problem -> assertThat(problem).startsWith("[3].id: is a page, not a shape"));
    }

    @Test
    @DisplayName("are deleted with all that is in them and all bindings; arrows from elsewhere stay, free and in place")
    void delete() {
        sheet.create("{'type': 'geo', 'id': 'deep', 'parent': 'f', 'x': 200, 'y': 5}");
        sheet.connect("{'id': 'out', 'from': 'a', 'to': 'in'}", "{'id': 'within', 'from': 'in', 'to': 'deep'}");
        JsonObject arrow = sheet.shape("out");
        Edited.Done done = sheet.delete("f");
        assertThat(sheet.records.keySet())
                .doesNotContain("shape:f", "shape:in", "shape:deep", "shape:within")
                .contains("shape:out");
        assertThat(sheet.bindings()).hasSize(1);
        assertThat(Spot.of(Props.object(sheet.props("out"), "end")).x())
                .isEqualTo(Spot.of(Props.object(Props.of(arrow), "end")).x(), within(0.001));
        assertThat(done.edit().deletes()).doesNotHaveDuplicates().hasSize(4 + 3);
        assertThat(done.edit().at()).isPresent();
    }

    @Test
    @DisplayName("leave no empty groups behind, whether they are deleted or taken out")
    void emptyGroups() {
        sheet.create(
                "{'type': 'group', 'id': 'outer'}",
                "{'type': 'group', 'id': 'g', 'parent': 'outer'}",
                "{'type': 'group', 'id': 'h', 'parent': 'outer'}",
                "{'type': 'geo', 'id': 'p', 'parent': 'g'}",
                "{'type': 'geo', 'id': 'q', 'parent': 'g'}",
                "{'type': 'geo', 'id': 'r', 'parent': 'h'}",
                "{'type': 'geo', 'id': 's', 'parent': 'h'}");
        sheet.delete("p", "q");
        assertThat(sheet.records.keySet()).contains("shape:outer", "shape:h").doesNotContain("shape:g");
        sheet.update("{'id': 'r', 'parent': 'page:page'}", "{'id': 's', 'parent': 'page:page'}");
        assertThat(sheet.records.keySet())
                .doesNotContain("shape:outer", "shape:h")
                .contains("shape:r");
    }

    @Test
    @DisplayName("that hang on nothing, or on each other, harm nobody and can be deleted")
    void stray() {
        JsonObject a = sheet.shape("a");
        sheet.records.put(
                "shape:x",
                a.toBuilder().put("id", "shape:x").put("parentId", "shape:y").build());
        sheet.records.put(
                "shape:y",
                a.toBuilder().put("id", "shape:y").put("parentId", "shape:x").build());
        assertThat(sheet.text()).contains("(on no page, as what they are in is gone: 2)");
        assertThat(sheet.refusedUpdate("{'id': 'x', 'x': 1}"))
                .containsExactly(
                        "[0].id: there is no such shape: read the board for the ids, or draft it in this call, got \"x\"");
        sheet.delete("shape:x");
        assertThat(sheet.records.keySet()).doesNotContain("shape:x", "shape:y");
    }
}
