package dev.drawbridge.agents.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.tldraw.RichText;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Drafts by chance")
class RandomDraftsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("become records that the schema takes, and say what has been drafted")
    void drafted(long seed) {
        Sheet sheet = new Sheet(TldrawSchema.create(), seed);
        RandomDrafts random = new RandomDrafts(sheet.kinds, new Random(seed), false);
        List<String> there = new ArrayList<>();
        for (int call = 0; call < 40; call++) {
            List<JsonObject> drafts = random.call("c" + call + "-", there);
            Edited.Done done = sheet.done(sheet.editor().create(drafts, Optional.empty()));
            assertThat(done.ids()).hasSize(drafts.size());
            for (int i = 0; i < drafts.size(); i++) {
                assertSays(
                        sheet,
                        Objects.requireNonNull(sheet.records.get(done.ids().get(i))),
                        drafts.get(i));
                if (!"arrow".equals(drafts.get(i).string("type"))) {
                    there.add(done.ids().get(i));
                }
            }
        }
        assertThat(sheet.text()).doesNotContain("on no page");
    }

    private static void assertSays(Sheet sheet, JsonObject shape, JsonObject draft) {
        JsonObject props = Props.of(shape);
        for (var member : draft.entries()) {
            JsonValue said = member.getValue();
            switch (member.getKey()) {
                case "id", "parent" -> {
                    if (said instanceof JsonString(String name)) {
                        String record = member.getKey().equals("id") ? "id" : "parentId";
                        assertThat(shape.string(record)).isEqualTo("shape:" + name);
                    }
                }
                case "x", "y", "opacity", "meta", "type" ->
                    assertThat(shape.get(member.getKey())).isEqualTo(said);
                case "rotation" ->
                    assertThat(Math.cos(Props.number(shape, "rotation", 9)))
                            .isEqualTo(Math.cos(Math.toRadians(Props.number(draft, "rotation", 0))), within(1e-9));
                case "locked" -> assertThat(shape.get("isLocked")).isEqualTo(said);
                case "order" -> assertThat(shape.has("index")).isTrue();
                case "text" ->
                    assertThat(RichText.toText(props.get("richText")))
                            .isEqualTo(Props.string(draft, "text", "").replace("\r\n", "\n"));
                case "from", "to" ->
                    assertThat(sheet.board()
                                    .boundTo(
                                            Props.id(shape),
                                            member.getKey().equals("from") ? Terminal.START : Terminal.END))
                            .hasValueSatisfying(
                                    id -> assertThat(id).endsWith(Props.string(draft, member.getKey(), "")));
                case "start", "end" -> {
                    Spot own = Spot.of(Props.object(props, member.getKey()));
                    Spot at = Pose.of(shape).out(own.x(), own.y());
                    assertThat(at.x()).isEqualTo(Form.Place.of(said).x(), within(1e-6));
                    assertThat(at.y()).isEqualTo(Form.Place.of(said).y(), within(1e-6));
                }
                case "points" -> assertThrough(shape, (JsonArray) said);
                case "w" -> {
                    if (!"text".equals(shape.string("type")) || !JsonBoolean.TRUE.equals(draft.get("autoSize"))) {
                        assertThat(props.get("w")).isEqualTo(said);
                    }
                }
                default ->
                    assertThat(props.get(member.getKey())).as(member.getKey()).isEqualTo(said);
            }
        }
    }

    private static void assertThrough(JsonObject shape, JsonArray points) {
        Box drafted = null;
        for (JsonValue point : points.items()) {
            Spot spot = Form.Place.of(point);
            drafted = drafted == null ? Box.at(spot) : drafted.with(spot);
        }
        Box read = Extent.of(shape);
        Spot first = Form.Place.of(points.get(0));
        assertThat(drafted).isNotNull();
        if (Props.number(shape, "rotation", 0) == 0 && drafted != null) {
            assertThat(Pose.of(shape).x()).isEqualTo(first.x(), within(1e-6));
            assertThat(read.w()).isEqualTo(drafted.w(), within(3.0));
            assertThat(read.h()).isEqualTo(drafted.h(), within(3.0));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    @DisplayName("of which some are wrong are refused or become records that the schema takes, as changes do")
    void wrong(long seed) {
        Sheet sheet = new Sheet(TldrawSchema.create(), seed);
        Random chance = new Random(seed);
        RandomDrafts random = new RandomDrafts(sheet.kinds, chance, true);
        int refused = 0;
        int done = 0;
        List<String> there = new ArrayList<>();
        for (int call = 0; call < 200; call++) {
            List<JsonObject> drafts = random.call("c" + call + "-", there);
            Edited edited =
                    switch (there.size() < 20 ? 0 : chance.nextInt(3)) {
                        case 0 -> sheet.editor().create(drafts, Optional.empty());
                        case 1 -> sheet.editor().update(changes(drafts, there, chance));
                        default -> sheet.editor().delete(List.of(there.get(chance.nextInt(there.size()))));
                    };
            if (edited instanceof Edited.Done) {
                sheet.done(edited);
                done++;
            } else {
                assertThat(Sheet.refused(edited)).isNotEmpty().allMatch(problem -> problem.length() < 3_000);
                refused++;
            }
            there = new ArrayList<>(sheet.records.values().stream()
                    .filter(record -> "shape".equals(record.string("typeName")))
                    .filter(record -> !"arrow".equals(record.string("type")))
                    .map(Props::id)
                    .toList());
        }
        assertThat(refused).isGreaterThan(10);
        assertThat(done).isGreaterThan(10);
    }

    private static List<JsonObject> changes(List<JsonObject> drafts, List<String> there, Random chance) {
        JsonObject change = drafts.getFirst().without("type");
        JsonObject.Builder named = change.toBuilder().put("id", there.get(chance.nextInt(there.size())));
        named.remove("from").remove("to");
        if (chance.nextInt(4) == 0) {
            named.put("parent", there.get(chance.nextInt(there.size())));
        }
        return List.of(
                named.build(),
                JsonObject.builder()
                        .put("id", there.get(chance.nextInt(there.size())))
                        .put("x", JsonNumber.of(chance.nextInt(100)))
                        .build());
    }
}
