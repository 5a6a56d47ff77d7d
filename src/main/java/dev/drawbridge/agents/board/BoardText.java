package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A board as text for a model: a line for each page and each shape, those in a frame or a group below it and indented, in the
 * order in which they are painted. Positions are those of the records, so what is read can be written: they count from the
 * corner of what a shape is in.
 */
public final class BoardText {
    private static final int DEEPEST_INDENT = 12;
    private static final int MOST_POINTS = 12;
    private static final String INDENT = "  ";
    private static final Box NOTHING = new Box(0, 0, 0, 0);

    private final Board board;
    private final Options options;
    private final StringBuilder out = new StringBuilder();
    private int leftOut;

    /**
     * What of a board is told.
     *
     * @param page the only page whose shapes are told; empty for all pages
     * @param region only shapes that meet this box, in the coordinates of their page
     * @param longestText how many characters of one text are told
     * @param characters how long all of it may be, about
     */
    public record Options(Optional<String> page, Optional<Box> region, int longestText, int characters) {
        public static final Options ALL = new Options(Optional.empty(), Optional.empty(), 200, 60_000);

        public Options ofPage(String pageId) {
            return new Options(Optional.of(pageId), region, longestText, characters);
        }

        public Options within(Box box) {
            return new Options(page, Optional.of(box), longestText, characters);
        }

        public Options atMost(int length) {
            return new Options(page, region, longestText, length);
        }

        public Options withTexts(int length) {
            return new Options(page, region, length, characters);
        }
    }

    private BoardText(Board board, Options options) {
        this.board = board;
        this.options = options;
    }

    /** The text; of a page that there is not it tells only which there are. */
    public static String of(Board board, Options options) {
        return new BoardText(board, options).write();
    }

    private String write() {
        List<String> pages = board.pageIds();
        out.append("Board");
        if (!board.name().isEmpty()) {
            out.append(' ').append(Words.quoted(board.name(), options.longestText()));
        }
        out.append(", ")
                .append(pages.size())
                .append(pages.size() == 1 ? " page" : " pages")
                .append('\n');
        for (String page : pages) {
            page(page);
        }
        if (leftOut > 0) {
            out.append("(left out, as this is long enough: ")
                    .append(leftOut)
                    .append(leftOut == 1 ? " line" : " lines")
                    .append("; read one page, or a region of it)\n");
        }
        if (board.lost() > 0) {
            out.append("(on no page, as what they are in is gone: ")
                    .append(board.lost())
                    .append(")\n");
        }
        return out.toString();
    }

    private void page(String pageId) {
        boolean told = options.page().isEmpty() || options.page().get().equals(pageId);
        List<Board.Placed> all = board.inOrder(pageId, any -> true);
        String line = Words.id(pageId) + ' '
                + Words.quoted(board.pageName(pageId).orElse(""), options.longestText()) + ": "
                + all.size() + (all.size() == 1 ? " shape" : " shapes")
                + (told ? board.box(pageId).map(BoardText::reach).orElse("") : "");
        if (!add(line) || !told) {
            leftOut += told ? all.size() : 0;
            return;
        }
        Map<String, Box> boxes = board.boxes(pageId);
        Optional<Set<String>> met = options.region().map(region -> board.within(pageId, region));
        int away = 0;
        for (Board.Placed each : all) {
            if (met.isPresent() && !met.get().contains(each.id())) {
                away++;
            } else if (leftOut > 0
                    || !add(INDENT.repeat(1 + Math.min(each.depth(), DEEPEST_INDENT))
                            + line(each, boxes.getOrDefault(each.id(), NOTHING)))) {
                leftOut++;
            }
        }
        if (away > 0) {
            add(INDENT + "(elsewhere on this page: " + away + ')');
        }
    }

    private static String reach(Box box) {
        return ", around " + Words.point(new Spot(box.x(), box.y())) + ' ' + Words.size(box);
    }

    private boolean add(String line) {
        if (out.length() + line.length() > options.characters()) {
            return false;
        }
        out.append(line).append('\n');
        return true;
    }

    private String line(Board.Placed each, Box box) {
        JsonObject shape = each.shape();
        JsonObject props = Props.of(shape);
        String type = Props.type(shape);
        List<String> words = new ArrayList<>();
        words.add(Words.id(each.id()));
        words.add(kind(type, props));
        if (type.equals("arrow")) {
            words.add(end(each, Terminal.START));
            words.add(direction(props));
            words.add(end(each, Terminal.END));
        } else {
            words.add("@" + Words.point(new Spot(Props.number(shape, "x", 0), Props.number(shape, "y", 0))));
            words.add(Words.size(type.equals("group") ? box : Extent.of(shape)));
        }
        if (type.equals("line")) {
            words.add(points(shape, props));
        }
        String text = Props.text(shape);
        if (!text.isEmpty()) {
            words.add(Words.quoted(text, options.longestText()));
        }
        styles(shape, props, words);
        return String.join(" ", words);
    }

    private static String kind(String type, JsonObject props) {
        String geo = Props.string(props, "geo", "");
        return Words.id(geo.isEmpty() ? type : type + ':' + geo);
    }

    /** The first points of a line, in the coordinates that it is drafted in. */
    private static String points(JsonObject shape, JsonObject props) {
        Pose pose = Pose.of(shape);
        return Props.object(props, "points").entries().stream()
                .map(Map.Entry::getValue)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .sorted(Comparator.comparing(point -> Props.string(point, "index", "")))
                .limit(MOST_POINTS)
                .map(Spot::of)
                .map(point -> Words.point(pose.out(point.x(), point.y())))
                .collect(Collectors.joining(" ", "through ", ""));
    }

    private String end(Board.Placed arrow, Terminal terminal) {
        return board.boundTo(arrow.id(), terminal).map(Words::id).orElseGet(() -> {
            Spot spot = Spot.of(Props.object(Props.of(arrow.shape()), terminal.prop()));
            return "@" + Words.point(Pose.of(arrow.shape()).out(spot.x(), spot.y()));
        });
    }

    private static String direction(JsonObject props) {
        boolean back = !Props.string(props, "arrowheadStart", "none").equals("none");
        boolean forth = !Props.string(props, "arrowheadEnd", "none").equals("none");
        return back || forth ? (back ? "<-" : "-") + (forth ? ">" : "") : "--";
    }

    private static void styles(JsonObject shape, JsonObject props, List<String> words) {
        String color = Props.string(props, "color", "");
        if (!color.isEmpty()) {
            words.add(Words.id(color));
        }
        String fill = Props.string(props, "fill", "none");
        if (!fill.equals("none")) {
            words.add("fill=" + Words.id(fill));
        }
        double turn = Props.number(shape, "rotation", 0);
        if (turn != 0) {
            words.add("rotation=" + Words.number(Math.toDegrees(turn)));
        }
        double opacity = Props.number(shape, "opacity", 1);
        if (opacity != 1) {
            words.add("opacity=" + opacity);
        }
        if (Board.isLocked(shape)) {
            words.add("locked");
        }
    }
}
