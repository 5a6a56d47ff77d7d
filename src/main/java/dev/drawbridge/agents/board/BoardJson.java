package dev.drawbridge.agents.board;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A board as JSON for a program: what {@link BoardText} tells, and where each shape is on its page. */
public final class BoardJson {
    private static final Box NOTHING = new Box(0, 0, 0, 0);

    private final Board board;
    private final BoardText.Options options;
    private int written;
    private int leftOut;

    private BoardJson(Board board, BoardText.Options options) {
        this.board = board;
        this.options = options;
    }

    /** The pages with their shapes, and under {@code leftOut} how many shapes there was no room for. */
    public static JsonObject of(Board board, BoardText.Options options) {
        return new BoardJson(board, options).write();
    }

    private JsonObject write() {
        List<JsonValue> pages = new ArrayList<>();
        for (String page : board.pageIds()) {
            pages.add(page(page));
        }
        return JsonObject.builder()
                .put("name", cut(board.name()))
                .put("pages", new JsonArray(pages))
                .put("leftOut", leftOut)
                .put("onNoPage", board.lost())
                .build();
    }

    private JsonObject page(String pageId) {
        JsonObject.Builder page = JsonObject.builder()
                .put("id", pageId)
                .put("name", cut(board.pageName(pageId).orElse("")));
        if (options.page().isPresent() && !options.page().get().equals(pageId)) {
            return page.build();
        }
        Map<String, Box> boxes = board.boxes(pageId);
        Optional<Set<String>> met = options.region().map(region -> board.within(pageId, region));
        List<JsonValue> shapes = new ArrayList<>();
        for (Board.Placed each :
                board.inOrder(pageId, shape -> met.isEmpty() || met.get().contains(shape.id()))) {
            if (leftOut == 0) {
                JsonObject shape = shape(each, boxes.getOrDefault(each.id(), NOTHING));
                written += Json.write(shape).length();
                if (written <= options.characters()) {
                    shapes.add(shape);
                    continue;
                }
            }
            leftOut++;
        }
        return page.put("shapes", new JsonArray(shapes)).build();
    }

    private JsonObject shape(Board.Placed each, Box box) {
        JsonObject shape = each.shape();
        JsonObject.Builder told = JsonObject.builder()
                .put("id", each.id())
                .put("type", Props.type(shape))
                .put("parent", Sketch.parent(shape))
                .put("x", Props.number(shape, "x", 0))
                .put("y", Props.number(shape, "y", 0))
                .put("onPage", box(box));
        for (String style : List.of("geo", "color", "fill", "size")) {
            if (Props.of(shape).get(style) instanceof JsonString(String value)) {
                told.put(style, cut(value));
            }
        }
        String text = Props.text(shape);
        if (!text.isEmpty()) {
            told.put("text", cut(text));
        }
        double turn = Props.number(shape, "rotation", 0);
        if (turn != 0) {
            told.put("rotation", Math.toDegrees(turn));
        }
        if (Board.isLocked(shape)) {
            told.put("locked", true);
        }
        for (Terminal terminal : Terminal.values()) {
            board.boundTo(each.id(), terminal).ifPresent(id -> told.put(terminal.field(), id));
        }
        return told.build();
    }

    private static JsonObject box(Box box) {
        return JsonObject.builder()
                .put("x", box.x())
                .put("y", box.y())
                .put("w", box.w())
                .put("h", box.h())
                .build();
    }

    private String cut(String text) {
        int longest = options.longestText();
        if (text.length() <= longest) {
            return text;
        }
        int end = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + '…';
    }
}
