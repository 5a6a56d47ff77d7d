package dev.drawbridge.agents.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.json.JsonObject;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Arrows")
class ArrowsTest {
    private static final Offset<Double> NEARLY = within(0.001);

    private final Sheet sheet = new Sheet();

    @BeforeEach
    void shapes() {
        sheet.create(
                "{'type': 'geo', 'id': 'a', 'x': 0, 'y': 0, 'w': 100, 'h': 100}",
                "{'type': 'geo', 'id': 'b', 'x': 300, 'y': 0, 'w': 100, 'h': 100}",
                "{'type': 'geo', 'id': 'c', 'geo': 'ellipse', 'x': 300, 'y': 300, 'w': 100, 'h': 100}");
    }

    /** Where an end of an arrow is drawn on its page by what stands in the arrow itself. */
    private Spot end(String arrow, Terminal terminal) {
        Spot spot = Spot.of(Props.object(sheet.props(arrow), terminal.prop()));
        return sheet.board().placed("shape:" + arrow).orElseThrow().pose().out(spot.x(), spot.y());
    }

    private void assertEnds(String arrow, double x1, double y1, double x2, double y2) {
        Spot start = end(arrow, Terminal.START);
        Spot end = end(arrow, Terminal.END);
        assertThat(start.x()).isEqualTo(x1, NEARLY);
        assertThat(start.y()).isEqualTo(y1, NEARLY);
        assertThat(end.x()).isEqualTo(x2, NEARLY);
        assertThat(end.y()).isEqualTo(y2, NEARLY);
    }

    @Test
    @DisplayName("stick to shapes by two bindings as tldraw makes them, and are drawn from edge to edge")
    void connect() {
        Edited.Done done = sheet.connect("{'id': 'ab', 'from': 'a', 'to': 'shape:b', 'text': 'then', 'color': 'blue'}");
        assertThat(done.ids()).containsExactly("shape:ab");
        assertThat(done.edit().puts()).hasSize(3);
        assertThat(sheet.bindings())
                .hasSize(2)
                .allSatisfy(
                        binding -> assertThat(binding)
                                .isEqualTo(
                                        Sheet.parse(
                                                "{'id': '" + Props.id(binding)
                                                        + "', 'typeName': 'binding', 'type': 'arrow', 'fromId': 'shape:ab', 'meta': {}, 'toId': '"
                                                        + binding.string("toId") + "', 'props': {'terminal': '"
                                                        + ("shape:a".equals(binding.string("toId")) ? "start" : "end")
                                                        + "', 'normalizedAnchor': {'x': 0.5, 'y': 0.5}, 'isExact': false, 'isPrecise': false, 'snap': 'none'}}")));
        assertEnds("ab", 100, 50, 300, 50);
        assertThat(sheet.props("ab").get("start")).isEqualTo(new Spot(0, 0).json());
        assertThat(sheet.text()).contains("shape:ab arrow shape:a -> shape:b \"then\" blue");
    }

    @Test
    @DisplayName("end at the outline of an ellipse, and at that of a shape that is turned")
    void outlines() {
        sheet.connect("{'id': 'bc', 'from': 'b', 'to': 'c'}", "{'id': 'ac', 'from': 'a', 'to': 'c'}");
        assertEnds("bc", 350, 100, 350, 300);
        double onCircle = 350 - 50 / Math.sqrt(2);
        assertEnds("ac", 100, 100, onCircle, onCircle);
        sheet.create("{'type': 'geo', 'id': 't', 'x': 0, 'y': 500, 'w': 100, 'h': 100, 'rotation': 90}");
        sheet.connect("{'id': 'ta', 'from': 't', 'to': 'a'}");
        Spot start = end("ta", Terminal.START);
        assertThat(start.y()).isEqualTo(500, NEARLY);
    }

    @Test
    @DisplayName("may go to shapes of the same call, and are in what both their shapes are in")
    void sameCall() {
        sheet.create(
                "{'type': 'arrow', 'id': 'xy', 'from': 'x', 'to': 'y'}",
                "{'type': 'frame', 'id': 'f', 'x': 1000, 'y': 1000}",
                "{'type': 'geo', 'id': 'x', 'parent': 'f', 'x': 0, 'y': 0, 'w': 100, 'h': 100}",
                "{'type': 'geo', 'id': 'y', 'parent': 'f', 'x': 200, 'y': 0, 'w': 100, 'h': 100}",
                "{'type': 'arrow', 'id': 'ax', 'from': 'a', 'to': 'x'}");
        assertThat(sheet.shape("xy").string("parentId")).isEqualTo("shape:f");
        assertThat(sheet.shape("ax").string("parentId")).isEqualTo("page:page");
        assertEnds("xy", 1100, 1050, 1200, 1050);
        assertThat(Props.number(sheet.shape("xy"), "x", 0)).isEqualTo(100, NEARLY);
    }

    @Test
    @DisplayName("may have free ends, in the coordinates of their parent")
    void free() {
        sheet.create(
                "{'type': 'arrow', 'id': 'f', 'start': [10, 20], 'end': {'x': 110, 'y': 20}}",
                "{'type': 'arrow', 'id': 'h', 'from': 'a', 'end': [50, 500], 'arrowheadStart': 'dot'}");
        assertEnds("f", 10, 20, 110, 20);
        assertEnds("h", 50, 100, 50, 500);
        assertThat(sheet.bindings()).hasSize(1);
        assertThat(sheet.text())
                .contains("shape:f arrow @10,20 -> @110,20 black")
                .contains("shape:h arrow shape:a <-> @50,500 black");
        sheet.update("{'id': 'f', 'end': [110, 220]}");
        assertEnds("f", 10, 20, 110, 220);
    }

    @Test
    @DisplayName("are reconnected by their id: the binding stays the same, and the other end as it was")
    void reconnect() {
        sheet.connect("{'id': 'ab', 'from': 'a', 'to': 'b'}");
        var before = sheet.bindings().stream().map(Props::id).sorted().toList();
        Edited.Done done =
                sheet.connect("{'id': 'ab', 'to': 'c', 'text': 'else'}", "{'id': 'cb', 'from': 'c', 'to': 'b'}");
        assertThat(done.ids()).containsExactly("shape:ab", "shape:cb");
        assertThat(sheet.board().boundTo("shape:ab", Terminal.START)).contains("shape:a");
        assertThat(sheet.board().boundTo("shape:ab", Terminal.END)).contains("shape:c");
        assertThat(sheet.bindings().stream()
                        .filter(binding -> "shape:ab".equals(binding.string("fromId")))
                        .map(Props::id)
                        .sorted())
                .isEqualTo(before);
    }

    @Test
    @DisplayName("are set free by null or by a point, and stay where they were")
    void unbind() {
        sheet.connect("{'id': 'ab', 'from': 'a', 'to': 'b'}", "{'id': 'ac', 'from': 'a', 'to': 'b'}");
        sheet.update("{'id': 'ab', 'to': null}", "{'id': 'ac', 'start': [150, 400]}");
        assertThat(sheet.bindings()).hasSize(2);
        assertEnds("ab", 100, 50, 300, 50);
        assertThat(end("ac", Terminal.START)).isEqualTo(new Spot(150, 400));
        assertThat(sheet.text()).contains("shape:ab arrow shape:a -> @300,50");
    }

    @Test
    @DisplayName("whose end has two bindings, as a broken client leaves them, have one when they are reconnected")
    void twice() {
        sheet.connect("{'id': 'ab', 'from': 'a', 'to': 'b'}");
        JsonObject second = sheet.bindings().getLast();
        sheet.put(second.toBuilder().put("id", "binding:again").build());
        sheet.connect("{'id': 'ab', 'from': 'c', 'to': 'a'}");
        assertThat(sheet.bindings()).hasSize(2);
    }

    @Test
    @DisplayName("are refused to themselves, to arrows, to groups, to one shape twice and to nothing")
    void refused() {
        sheet.create(
                "{'type': 'arrow', 'id': 'old', 'start': [0, 0], 'end': [1, 1]}",
                "{'type': 'group', 'id': 'g'}",
                "{'type': 'geo', 'parent': 'g'}",
                "{'type': 'geo', 'parent': 'g'}");
        assertThat(sheet.refusedConnect(
                        "{'id': 'x', 'from': 'x', 'to': 'a'}",
                        "{'from': 'old', 'to': 'a'}",
                        "{'from': 'a', 'to': 'g'}",
                        "{'from': 'a', 'to': 'shape:a'}",
                        "{'from': 'a'}",
                        "{'from': 'a', 'to': 'nobody'}",
                        "{'from': 'a', 'to': 'b', 'end': [1, 1]}",
                        "{'from': 'a', 'to': 'page:page'}",
                        "{'from': 'a', 'to': 'b', 'type': 'geo'}"))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("[8].type: what connects is an arrow"),
                        problem -> assertThat(problem).startsWith("[0].from: is the arrow itself"),
                        problem -> assertThat(problem).startsWith("[1].from: is an arrow: arrows do not stick"),
                        problem -> assertThat(problem).startsWith("[2].to: is a group"),
                        problem -> assertThat(problem).startsWith("[3].to: is the same shape as from"),
                        problem -> assertThat(problem).startsWith("[4]: an arrow needs to, the id of a shape, or end"),
                        problem -> assertThat(problem).startsWith("[5].to: there is no such shape"),
                        problem -> assertThat(problem).startsWith("[6]: an end of an arrow is either bound or free"),
                        problem -> assertThat(problem).startsWith("[7].to: is a page, not a shape"));
        sheet.connect("{'id': 'ab', 'from': 'a', 'to': 'b'}");
        assertThat(sheet.refusedUpdate("{'id': 'ab', 'from': 'b'}"))
                .containsExactly("[0]: from and to would be the same shape: draw no loops");
    }

    @Test
    @DisplayName("do not go from page to page")
    void pages() {
        sheet.put(Sheet.parse("{'id': 'page:two', 'typeName': 'page', 'name': 'Two', 'index': 'a2', 'meta': {}}"));
        sheet.create(
                "{'type': 'geo', 'id': 'far', 'parent': 'page:two'}",
                "{'type': 'geo', 'id': 'far2', 'parent': 'page:two'}");
        assertThat(sheet.refusedConnect("{'from': 'a', 'to': 'far'}"))
                .containsExactly("[0]: from and to are on different pages");
        sheet.connect("{'id': 'ab', 'from': 'a', 'to': 'b'}", "{'id': 'ff', 'from': 'far', 'to': 'far2'}");
        assertThat(sheet.shape("ff").string("parentId")).isEqualTo("page:two");
        assertThat(sheet.refusedConnect("{'id': 'ab', 'to': 'far'}")).hasSize(1);
    }
}
