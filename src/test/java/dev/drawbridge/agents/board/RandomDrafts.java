package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Drafts by chance, which use every field that there is: what may be in it, and sometimes what may not. */
final class RandomDrafts {
    private static final List<String> TEXTS =
            List.of("", "a", "two words", "line\nline", "日本語 \uD83D\uDE00", "\u0000", "<b>", "\r\n");

    private final ShapeKinds kinds;
    private final Random random;
    private final boolean wrongs;

    RandomDrafts(ShapeKinds kinds, Random random, boolean wrongs) {
        this.kinds = kinds;
        this.random = random;
        this.wrongs = wrongs;
    }

    /** A call's drafts; arrows go between shapes of the call and those that are there. */
    List<JsonObject> call(String prefix, List<String> there) {
        List<JsonObject> drafts = new ArrayList<>();
        List<String> targets = new ArrayList<>(there);
        List<String> frames = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            String id = prefix + i;
            List<String> types = kinds.types();
            String type = types.get(random.nextInt(types.size()));
            if (type.equals("group") || (type.equals("arrow") && targets.size() < 2)) {
                type = "geo";
            }
            ShapeKind kind = kinds.kind(type).orElseThrow();
            JsonObject.Builder draft = JsonObject.builder().put("type", type).put("id", id);
            for (DraftField field : kind.drafts().values()) {
                if (random.nextInt(3) == 0) {
                    value(field).ifPresent(value -> draft.put(field.name(), value));
                }
            }
            if (!frames.isEmpty() && random.nextInt(3) == 0) {
                draft.put("parent", frames.get(random.nextInt(frames.size())));
            }
            if (kind.isArrow()) {
                ends(draft, targets);
            } else {
                targets.add(id);
            }
            if (type.equals("frame")) {
                draft.put("locked", false);
                frames.add(id);
            }
            drafts.add(draft.build());
        }
        return drafts;
    }

    private void ends(JsonObject.Builder draft, List<String> targets) {
        int from = random.nextInt(targets.size());
        int to = (from + 1 + random.nextInt(targets.size() - 1)) % targets.size();
        draft.put("from", targets.get(from)).remove("start").remove("parent");
        if (random.nextBoolean()) {
            draft.put("to", targets.get(to)).remove("end");
        } else {
            draft.put("end", point());
        }
    }

    private JsonValue point() {
        return random.nextBoolean()
                ? new Spot(number(-500, 500), number(-500, 500)).json()
                : JsonArray.of(JsonNumber.of(number(-500, 500)), JsonNumber.of(number(-500, 500)));
    }

    private double number(double least, double most) {
        double number = least + random.nextDouble() * (most - least);
        return random.nextBoolean() ? Math.max(Math.rint(number), least) : number;
    }

    private Optional<JsonValue> value(DraftField field) {
        if (wrongs && random.nextInt(8) == 0) {
            return Optional.of(List.<JsonValue>of(
                            JsonNumber.of(Double.POSITIVE_INFINITY),
                            JsonNumber.of(-1e300),
                            JsonString.of("\udfff"),
                            JsonArray.EMPTY,
                            JsonObject.EMPTY,
                            JsonArray.of(JsonArray.of(JsonNumber.of(1), JsonString.of("x"))),
                            JsonNull.NULL,
                            JsonBoolean.TRUE)
                    .get(random.nextInt(8)));
        }
        return switch (field.name()) {
            case "id", "parent", "from", "to", "start", "end", "props", "assetId" -> Optional.empty();
            case "url" -> Optional.of(JsonString.of("https://example.com/" + random.nextInt(9)));
            default ->
                Optional.ofNullable(
                        switch (field.form()) {
                            case Form.Amount(double least, double most) ->
                                JsonNumber.of(number(Math.max(least, -5_000), Math.min(most, 5_000)));
                            case Form.Text ignored -> JsonString.of(TEXTS.get(random.nextInt(TEXTS.size())));
                            case Form.Flag ignored -> JsonBoolean.of(random.nextBoolean());
                            case Form.Choice(List<JsonValue> values) -> values.get(random.nextInt(values.size()));
                            case Form.Place ignored -> point();
                            case Form.Places(int fewest, int ignored) -> {
                                List<JsonValue> points = new ArrayList<>();
                                for (int i = fewest + random.nextInt(20); i > 0; i--) {
                                    points.add(point());
                                }
                                yield new JsonArray(points);
                            }
                            case Form.Members ignored -> JsonObject.of("by", JsonString.of("chance"));
                            case Form.Anything ignored -> null;
                        });
        };
    }
}
