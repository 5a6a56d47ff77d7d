package dev.drawbridge.web.mcp;

import dev.drawbridge.agents.board.Board;
import dev.drawbridge.agents.board.BoardEditor;
import dev.drawbridge.agents.board.Edited;
import dev.drawbridge.agents.board.Problem;
import dev.drawbridge.agents.board.ShapeKinds;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.security.Permission;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What agents draw: each tool reads the board, works out the change, and makes it, or says all that is wrong with it. */
@Configuration(proxyBeanMethods = false)
@McpWhenEnabled
class ShapeTools {
    private static final int MOST = 200;
    private static final int MOST_IDS = 500;
    private static final int MOST_NAMED = 100;
    private static final int MOST_PROBLEMS = 30;

    private final Boards boards;
    private final Works works;
    private final CurrentSchema schema;
    private final SecureRandom chance = new SecureRandom();

    ShapeTools(Boards boards, Works works, CurrentSchema schema) {
        this.boards = boards;
        this.works = works;
        this.schema = schema;
    }

    /** Works a change out. */
    @FunctionalInterface
    private interface Sketching {
        Edited sketch(BoardEditor editor, Arguments arguments);
    }

    /**
     * A tool that changes shapes.
     *
     * @param list the argument that says which, and how
     * @param verb what has been done to them then
     */
    private record ShapeTool(ShapeTools tools, Card card, String list, Sketching sketching, String verb)
            implements Tool {

        @Override
        public String call(Call call) throws ToolFailure, RoomCommandException {
            Board board = tools.boards.read(call);
            return switch (sketching.sketch(tools.editor(board), call.arguments())) {
                case Edited.Done(var edit, List<String> ids) ->
                    tools.works.write(call, edit, verb + ": " + named(ids) + ".");
                case Edited.Refused(List<Problem> problems) -> throw ToolFailure.invalid(refusal(list, problems));
            };
        }
    }

    private BoardEditor editor(Board board) {
        return new BoardEditor(board, ShapeKinds.of(schema.get()), chance);
    }

    private static String named(List<String> ids) {
        String some = String.join(", ", ids.subList(0, Math.min(MOST_NAMED, ids.size())));
        return ids.size() <= MOST_NAMED ? some : some + " and " + (ids.size() - MOST_NAMED) + " more";
    }

    private static String refusal(String list, List<Problem> problems) {
        Lines lines = new Lines(Integer.MAX_VALUE).end("Nothing was done; put this right and call again:");
        problems.stream().limit(MOST_PROBLEMS).forEach(problem -> lines.end("- " + list + problem.text()));
        return problems.size() > MOST_PROBLEMS
                ? lines.end("… and " + (problems.size() - MOST_PROBLEMS) + " more")
                        .toString()
                : lines.toString();
    }

    private Tool tool(
            String name,
            String title,
            String description,
            ToolInput input,
            Tool.Changes changes,
            String list,
            Sketching sketching,
            String verb) {
        Tool.Card card = new Tool.Card(
                name, title, description, input, new Right.InTheBoard(Permission.EDIT), changes, Tool.Place.ANYWHERE);
        return new ShapeTool(this, card, list, sketching, verb);
    }

    @Bean
    Tool createShapes() {
        return tool(
                "create_shapes",
                "Create shapes",
                "Draws shapes, all of them or none. Each has a type and what you want to say of it; all else is as in tldraw."
                        + " Give ids, and later shapes of the same call can name earlier ones: as parent (a frame), or as ends"
                        + " of arrows. Example: shapes=[{\"type\":\"frame\",\"id\":\"f\",\"name\":\"Backend\",\"x\":0,\"y\":0,"
                        + "\"w\":600,\"h\":300},{\"type\":\"geo\",\"geo\":\"rectangle\",\"id\":\"api\",\"parent\":\"f\",\"x\":40,\"y\":80,"
                        + "\"w\":180,\"h\":100,\"text\":\"API\",\"color\":\"blue\"},{\"type\":\"note\",\"id\":\"n\",\"x\":700,"
                        + "\"y\":0,\"text\":\"Why?\"},{\"type\":\"arrow\",\"from\":\"n\",\"to\":\"api\",\"text\":\"asks\"}]",
                ToolInput.of(
                        Parameter.board(),
                        Parameter.optional(
                                "page", new Kind.Text(200), "Id of the page to draw on; the first one if absent."),
                        Parameter.required(
                                "shapes",
                                new Kind.Objects(ShapeKinds.of(schema.get()).draftSchema(), MOST),
                                "The shapes, from the lowest to the topmost.")),
                Tool.Changes.ADDS,
                "shapes",
                (editor, arguments) -> editor.create(arguments.objects("shapes"), arguments.text("page")),
                "Created");
    }

    @Bean
    Tool updateShapes() {
        return tool(
                "update_shapes",
                "Update shapes",
                "Changes shapes that are there: give the id, and only what is to be otherwise. Arrows follow what they are tied"
                        + " to. Example: shapes=[{\"id\":\"api\",\"x\":80,\"text\":\"API v2\",\"color\":\"green\"}]",
                ToolInput.of(
                        Parameter.board(),
                        Parameter.required(
                                "shapes",
                                new Kind.Objects(ShapeKinds.of(schema.get()).changeSchema(), MOST),
                                "The changes, each with the id of a shape.")),
                Tool.Changes.REPLACES,
                "shapes",
                (editor, arguments) -> editor.update(arguments.objects("shapes")),
                "Changed");
    }

    @Bean
    Tool deleteShapes() {
        return tool(
                "delete_shapes",
                "Delete shapes",
                "Deletes shapes with all that is in them. Arrows that were tied to them stay, and end where they ended.",
                ToolInput.of(
                        Parameter.board(),
                        Parameter.required("ids", new Kind.Texts(MOST_IDS), "Ids of shapes, such as shape:api.")),
                Tool.Changes.REPLACES,
                "ids",
                (editor, arguments) -> editor.delete(arguments.texts("ids")),
                "Deleted");
    }

    @Bean
    Tool connectShapes() {
        return tool(
                "connect_shapes",
                "Connect shapes",
                "Draws arrows from shape to shape; they follow when these are moved. Example:"
                        + " arrows=[{\"from\":\"web\",\"to\":\"api\",\"text\":\"calls\"}]",
                ToolInput.of(
                        Parameter.board(),
                        Parameter.required(
                                "arrows",
                                new Kind.Objects(ShapeKinds.of(schema.get()).connectionSchema(), MOST),
                                "The arrows.")),
                Tool.Changes.ADDS,
                "arrows",
                (editor, arguments) -> editor.connect(arguments.objects("arrows")),
                "Connected by");
    }
}
