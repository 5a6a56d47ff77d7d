package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.SessionDetails;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.security.Permission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who is at a board. */
@Component
@McpWhenEnabled
class WhoIsHere implements Tool {
    private static final int LONGEST_NAME = 80;
    private static final int MOST_SELECTED = 10;

    private static final Card CARD = new Card(
            "who_is_here",
            "See who is there",
            "Lists who is at the board now, people and agents, one a line: name, what they may do, page, cursor as x,y, and"
                    + " what they have selected. So you find what somebody means by this.",
            ToolInput.of(Parameter.board()),
            new Right.InTheBoard(Permission.VIEW),
            Changes.NOTHING,
            Place.AT_THE_BOARD);

    private final RoomCommands rooms;
    private final CallBounds bounds;

    WhoIsHere(RoomCommands rooms, CallBounds bounds) {
        this.rooms = rooms;
        this.bounds = bounds;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws RoomCommandException {
        List<RoomCommands.Present> present = bounds.await(rooms.presence(call.board()));
        Lines lines = bounds.lines();
        int named = 0;
        for (RoomCommands.Present each : present) {
            if (each.session().state() != SessionDetails.State.CONNECTED) {
                continue;
            }
            if (!lines.add(line(each))) {
                return lines.end("… and others").toString();
            }
            named++;
        }
        return named == 0 ? "Nobody is there." : lines.toString();
    }

    private static String line(RoomCommands.Present who) {
        Optional<String> told = who.presence().flatMap(presence -> name(presence.string("userName")));
        return who.session().userName().or(() -> told).map(Lines::quoted).orElse("somebody without a name")
                + (who.session().rights().readonly() ? ", looks on" : ", may draw")
                + who.presence().map(WhoIsHere::where).orElse("");
    }

    private static Optional<String> name(@Nullable String name) {
        return name == null || name.isBlank() ? Optional.empty() : Optional.of(Quoted.line(name, LONGEST_NAME));
    }

    /** As far as they tell: clients say it in their own words. */
    private static String where(JsonObject presence) {
        StringBuilder where = new StringBuilder();
        String page = presence.string("currentPageId");
        if (page != null) {
            where.append(", on ").append(Quoted.bare(page));
        }
        if (presence.get("cursor") instanceof JsonObject cursor
                && cursor.get("x") instanceof JsonNumber(double x)
                && cursor.get("y") instanceof JsonNumber(double y)) {
            where.append(" at ").append(Math.round(x)).append(',').append(Math.round(y));
        }
        if (presence.get("selectedShapeIds") instanceof JsonArray(List<JsonValue> selected) && !selected.isEmpty()) {
            where.append(", has selected ")
                    .append(selected.stream()
                            .limit(MOST_SELECTED)
                            .filter(JsonString.class::isInstance)
                            .map(id -> Quoted.bare(((JsonString) id).value()))
                            .collect(Collectors.joining(" ")))
                    .append(
                            selected.size() > MOST_SELECTED
                                    ? " and " + (selected.size() - MOST_SELECTED) + " more"
                                    : "");
        }
        return where.toString();
    }
}
