package dev.drawbridge.agents.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.Field;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.StyleProperty;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.Validators;
import dev.drawbridge.schema.tldraw.RichText;
import dev.drawbridge.schema.tldraw.Styles;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("New shapes")
class CreateShapesTest {
    private final Sheet sheet = new Sheet();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geo",
                "text",
                "note",
                "frame",
                "line",
                "draw",
                "highlight",
                "image",
                "video",
                "bookmark",
                "embed"
            })
    @DisplayName("need nothing but their type")
    void defaults(String type) {
        Edited.Done done = sheet.create("{'type': '" + type + "'}");
        assertThat(done.ids()).hasSize(1);
        assertThat(done.edit().puts()).hasSize(1);
        assertThat(done.edit().at()).hasValueSatisfying(at -> {
            assertThat(at.pageId()).isEqualTo("page:page");
            assertThat(at.selected()).isEqualTo(done.ids());
        });
    }

    @Test
    @DisplayName("are what has been drafted")
    void drafted() {
        sheet.create(
                "{'type': 'geo', 'id': 'a', 'x': 10, 'y': -20, 'w': 300, 'h': 150, 'geo': 'ellipse', 'color': 'red',"
                        + " 'fill': 'solid', 'text': 'One\\n\\nTwo', 'rotation': 90, 'opacity': 0.5, 'locked': true,"
                        + " 'meta': {'by': 'me'}}");
        JsonObject shape = sheet.shape("a");
        assertThat(shape.get("x")).isEqualTo(JsonNumber.of(10));
        assertThat(shape.get("y")).isEqualTo(JsonNumber.of(-20));
        assertThat(shape.get("rotation")).isEqualTo(JsonNumber.of(Math.PI / 2));
        assertThat(shape.get("meta")).isEqualTo(Sheet.parse("{'by': 'me'}"));
        assertThat(sheet.props("a").get("richText")).isEqualTo(RichText.of("One\n\nTwo"));
        assertThat(sheet.props("a").string("geo")).isEqualTo("ellipse");
        assertThat(sheet.text())
                .contains(
                        "  shape:a geo:ellipse @10,-20 300x150 \"One\\n\\nTwo\" red fill=solid rotation=90 opacity=0.5 locked");
    }

    @Test
    @DisplayName("come one above the other in the order of their drafts, above all that is there")
    void order() {
        sheet.create("{'type': 'geo', 'id': 'a'}", "{'type': 'geo', 'id': 'b'}");
        sheet.create("{'type': 'geo', 'id': 'c'}", "{'type': 'geo', 'id': 'under', 'order': 'back'}");
        assertThat(sheet.board().children("page:page"))
                .extracting(Props::id)
                .containsExactly("shape:under", "shape:a", "shape:b", "shape:c");
    }

    @Test
    @DisplayName("of which nobody says where are put below all that is there, and not on each other")
    void flow() {
        sheet.create("{'type': 'geo', 'id': 'a', 'x': 50, 'y': 60}");
        sheet.create("{'type': 'geo', 'id': 'b'}", "{'type': 'note', 'id': 'c'}");
        var boxes = List.copyOf(sheet.board().boxes("page:page").values());
        for (Box box : boxes) {
            assertThat(boxes.stream().filter(box::meets)).hasSize(1);
        }
        assertThat(sheet.text()).contains("shape:b geo:rectangle @50,200");
    }

    @Test
    @DisplayName("are put into drafts and shapes that they name as parent, at coordinates within these")
    void parents() {
        sheet.create(
                "{'type': 'note', 'id': 'n', 'parent': 'f', 'x': 20, 'y': 30}",
                "{'type': 'frame', 'id': 'f', 'name': 'Plan', 'x': 100, 'y': 100}");
        sheet.create("{'type': 'text', 'id': 't', 'parent': 'shape:f', 'x': 5, 'y': 6, 'text': 'Hi'}");
        assertThat(sheet.text())
                .contains(
                        "  shape:f frame @100,100 640x400 \"Plan\" black\n    shape:n note @20,30 200x200 yellow\n    shape:t text @5,6");
        assertThat(sheet.board().placed("shape:n"))
                .hasValueSatisfying(placed -> assertThat(placed.pose()).isEqualTo(new Pose(120, 130, 0)));
    }

    @Test
    @DisplayName("in a group are moved as one, and a group of less than two is refused")
    void groups() {
        sheet.create(
                "{'type': 'group', 'id': 'g'}",
                "{'type': 'geo', 'parent': 'g', 'x': 0, 'y': 0}",
                "{'type': 'geo', 'parent': 'g', 'x': 300, 'y': 0}");
        assertThat(sheet.text()).contains("shape:g group @0,0 500x100");
        assertThat(sheet.refusedCreate("{'type': 'group', 'id': 'h'}", "{'type': 'geo', 'parent': 'h'}"))
                .containsExactly("[0]: a group needs two or more drafts in this call that name it as parent");
    }

    @Test
    @DisplayName("grow where their text needs it, and a text is as wide as its longest line unless it has a width")
    void room() {
        String words = "word ".repeat(60).strip();
        sheet.create(
                "{'type': 'geo', 'id': 'g', 'w': 100, 'h': 50, 'text': '" + words + "'}",
                "{'type': 'note', 'id': 'n', 'text': '" + words + "'}",
                "{'type': 'note', 'id': 'short', 'text': 'word'}",
                "{'type': 'text', 'id': 't', 'text': 'a long line of text'}",
                "{'type': 'text', 'id': 'w', 'w': 120, 'text': 'a long line of text'}");
        assertThat(Props.number(sheet.props("g"), "growY", 0)).isGreaterThan(300);
        assertThat(Props.number(sheet.props("n"), "growY", 0)).isGreaterThan(100);
        assertThat(Props.number(sheet.props("short"), "growY", -1)).isZero();
        assertThat(Props.number(sheet.props("t"), "w", 0)).isBetween(150.0, 350.0);
        assertThat(sheet.props("t").toString()).contains("\"autoSize\":true");
        assertThat(sheet.props("w").toString()).contains("\"autoSize\":false").contains("\"w\":120");
    }

    @Test
    @DisplayName("go through their points, and begin at the first")
    void points() {
        sheet.create(
                "{'type': 'line', 'id': 'l', 'points': [[10, 20], {'x': 110, 'y': 20}, [110, 90]]}",
                "{'type': 'draw', 'id': 'd', 'points': [[1000, 2000], [1000, 12000], [1300.5, 2000]]}");
        assertThat(sheet.text()).contains("shape:l line @10,20 100x70 through 10,20 110,20 110,90 black");
        Box drawn = sheet.box("d");
        assertThat(drawn.x()).isEqualTo(1000);
        assertThat(drawn.y()).isEqualTo(2000, within(1.0));
        assertThat(drawn.w()).isEqualTo(300.5, within(1.0));
        assertThat(drawn.h()).isEqualTo(10000, within(5.0));
    }

    @Test
    @DisplayName("may have properties in the schema's own words")
    void rawProps() {
        sheet.create("{'type': 'note', 'id': 'n', 'props': {'textLastEditedBy': 'user:ada'}}");
        assertThat(sheet.props("n").string("textLastEditedBy")).isEqualTo("user:ada");
        assertThat(sheet.refusedCreate("{'type': 'note', 'props': {'flavour': 1}}"))
                .containsExactly("[0]: shape.props.flavour: unknown property");
    }

    @Test
    @DisplayName("are told all that is wrong with them at once, each with where it is, what was given and what may be")
    void allProblems() {
        List<String> problems = sheet.refusedCreate(
                "{'type': 'geo', 'colour': 'red', 'x': 'left', 'fill': 'sold'}",
                "{'type': 'rectangle'}",
                "{'type': 'nott'}",
                "{}",
                "{'type': 'note', 'parent': 'shape:nobody', 'opacity': 2}",
                "{'type': 'line', 'points': [[1]]}");
        assertThat(problems).hasSize(9);
        assertThat(problems.get(0)).startsWith("[0].colour: no field of geo, got \"red\"; allowed: color, id, x");
        assertThat(problems.get(1)).isEqualTo("[0].x: expected a number from -1000000 to 1000000, got \"left\"");
        assertThat(problems.get(2))
                .isEqualTo(
                        "[0].fill: not one of the allowed values, got \"sold\"; allowed: solid, none, semi, pattern, fill, lined-fill");
        assertThat(problems.get(3))
                .startsWith("[1].type: is no type but a figure: say type geo and geo rectangle, got \"rectangle\"");
        assertThat(problems.get(4))
                .startsWith("[2].type: there is no such type of shapes, got \"nott\"; allowed: note, ");
        assertThat(problems.get(5)).startsWith("[3].type: every draft needs a type; allowed: arrow, bookmark");
        assertThat(problems.get(6)).isEqualTo("[4].opacity: expected a number from 0 to 1, got 2");
        assertThat(problems.get(7)).startsWith("[5].points: expected an array of 2 to 500 points");
        assertThat(problems.get(8)).startsWith("[4].parent: there is no such shape");
    }

    @Test
    @DisplayName("are refused ids that are taken, twice in a call, or of other characters")
    void ids() {
        sheet.create("{'type': 'geo', 'id': 'a'}");
        assertThat(sheet.refusedCreate(
                        "{'type': 'geo', 'id': 'shape:a'}",
                        "{'type': 'geo', 'id': 'b'}",
                        "{'type': 'geo', 'id': 'shape:b'}",
                        "{'type': 'geo', 'id': 'two words'}",
                        "{'type': 'geo', 'id': 7}"))
                .satisfiesExactly(
                        taken -> assertThat(taken).startsWith("[0].id: is taken"),
                        twice -> assertThat(twice).startsWith("[2].id: is twice in this call"),
                        words -> assertThat(words).startsWith("[3].id: a new id has"),
                        number -> assertThat(number).startsWith("[4].id: expected a text"));
    }

    @Test
    @DisplayName("are refused parents that cannot be: circles, locked ones, and shapes nothing is put into")
    void badParents() {
        sheet.create("{'type': 'geo', 'id': 'a'}", "{'type': 'frame', 'id': 'locked', 'locked': true}");
        assertThat(sheet.refusedCreate(
                        "{'type': 'frame', 'id': 'x', 'parent': 'y'}", "{'type': 'frame', 'id': 'y', 'parent': 'x'}"))
                .anyMatch(problem -> problem.contains("is, in the end, in this very shape"));
        assertThat(sheet.refusedCreate("{'type': 'frame', 'id': 'x', 'parent': 'x'}"))
                .hasSize(1);
        assertThat(sheet.refusedCreate("{'type': 'geo', 'parent': 'a'}"))
                .containsExactly(
                        "[0].parent: nothing can be put into a shape of type geo: name a frame, a group or a page, got \"a\"");
        assertThat(sheet.refusedCreate("{'type': 'geo', 'parent': 'locked'}"))
                .containsExactly("[0].parent: is locked: unlock it first with locked: false, got \"locked\"");
    }

    @Test
    @DisplayName("on a page that there is not are refused, and told which there are")
    void pages() {
        List<JsonObject> drafts = Sheet.json("{'type': 'geo'}");
        assertThat(Sheet.refused(sheet.editor().create(drafts, Optional.of("page:pag"))))
                .containsExactly("page: there is no such page, got \"page:pag\"; allowed: page:page");
        sheet.done(sheet.editor().create(drafts, Optional.of("page")));
        assertThat(sheet.refusedCreate("{'type': 'geo', 'parent': 'page:gone'}"))
                .hasSize(1);
        sheet.records.clear();
        assertThat(Sheet.refused(sheet.editor().create(drafts, Optional.empty())))
                .containsExactly("page: the board has no page");
    }

    @Test
    @DisplayName("are bounded: 500 a call, numbers that are finite and near, texts that are whole and not too long")
    void bounds() {
        JsonObject geo = Sheet.parse("{'type': 'geo'}");
        List<JsonObject> many = IntStream.range(0, 501).mapToObj(i -> geo).toList();
        assertThat(Sheet.refused(sheet.editor().create(many, Optional.empty())))
                .containsExactly(": expected 1 to 500 shapes, got 501");
        assertThat(Sheet.refused(sheet.editor().create(List.of(), Optional.empty())))
                .hasSize(1);
        assertThat(sheet.done(sheet.editor().create(many.subList(1, 501), Optional.empty()))
                        .ids())
                .hasSize(500)
                .doesNotHaveDuplicates();
        assertThat(sheet.refusedCreate("{'type': 'geo', 'x': 1e400, 'y': -1e7, 'w': 0, 'h': -5}"))
                .hasSize(4);
        JsonObject half = geo.with("text", JsonString.of("ab\ud800c"));
        assertThat(Sheet.refused(sheet.editor().create(List.of(half), Optional.empty())))
                .containsExactly("[0].text: half of a surrogate pair stands alone at character 2, got \"ab\\ud800c\"");
        JsonObject lengthy = geo.with("text", JsonString.of("a".repeat(20_001)));
        assertThat(Sheet.refused(sheet.editor().create(List.of(lengthy), Optional.empty())))
                .singleElement()
                .asString()
                .startsWith("[0].text: expected a text of at most 20000 characters")
                .hasSizeLessThan(300);
        JsonObject full = geo.with("text", JsonString.of("a".repeat(20_000)));
        List<JsonObject> much = IntStream.range(0, 60).mapToObj(i -> full).toList();
        assertThat(Sheet.refused(sheet.editor().create(much, Optional.empty())))
                .containsExactly(": this is too much for one call: say it in several");
    }

    @Test
    @DisplayName("may be of a team's own types, with defaults and choices from the team's schema")
    void ownTypes() {
        StyleProperty mood = StyleProperty.of("example:mood", "calm", "loud");
        StoreSchema own = TldrawSchema.builder()
                .subtype(Subtype.shape("card")
                        .props(
                                Field.field("title", Validators.string()),
                                Field.field("w", Validators.nonZeroNumber()),
                                Field.field("h", Validators.nonZeroNumber()),
                                Field.field("color", Styles.COLOR),
                                Field.field("votes", Validators.positiveInteger()),
                                Field.field("due", Validators.string().nullable()),
                                Field.field("mood", mood)))
                .build();
        Sheet team = new Sheet(own, 2);
        team.create("{'type': 'card', 'id': 'c', 'title': 'Ship it', 'votes': 3}", "{'type': 'card', 'id': 'd'}");
        assertThat(team.props("c").toString()).contains("\"mood\":\"calm\"").contains("\"votes\":3");
        assertThat(team.text()).contains("shape:c card @0,0 200x100 \"Ship it\" black");
        assertThat(team.refusedCreate("{'type': 'card', 'mood': 'angry', 'votes': 1}"))
                .containsExactly("[0].mood: not one of the allowed values, got \"angry\"; allowed: calm, loud");
        assertThat(team.refusedCreate("{'type': 'card', 'votes': 1.5}"))
                .containsExactly("[0]: shape.props.votes: expected a whole number >= 0, got 1.5");
        assertThat(team.kinds.draftSchema().toString()).contains("\"card\"").contains("\"loud\"");
    }
}
