package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RecordsPage;
import dev.drawbridge.host.RecordsQuery;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.security.Permission;
import dev.drawbridge.web.admin.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Records as they are stored, for what the compact text does not tell. */
@Component
@McpWhenEnabled
class ReadRecords implements Tool {
    private static final int MOST = 200;
    private static final int MOST_IDS = 50;
    private static final int USUAL = 50;

    private static final Card CARD = new Card(
            "read_records",
            "Read records",
            "Gives raw tldraw records of a board, one JSON object a line: those with the ids you name, or all of a type."
                    + " read_board says more in fewer words; use this for properties that it does not show.",
            ToolInput.of(
                    Parameter.board(),
                    Parameter.optional("ids", new Kind.Texts(MOST_IDS), "Ids of records, such as shape:a1b2."),
                    Parameter.optional(
                            "type", new Kind.Text(200), "A typeName: shape, binding, page, document or another."),
                    Parameter.optional("limit", new Kind.Whole(1, MOST), "The most records; " + USUAL + " if absent."),
                    Parameter.optional("cursor", new Kind.Text(1_400), "Goes on where an answer before has ended.")),
            new Right.InTheBoard(Permission.VIEW),
            Changes.NOTHING,
            Place.ANYWHERE);

    private final RoomCommands rooms;
    private final CallBounds bounds;

    ReadRecords(RoomCommands rooms, CallBounds bounds) {
        this.rooms = rooms;
        this.bounds = bounds;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws RoomCommandException {
        List<String> ids = call.arguments().texts("ids");
        return ids.isEmpty() ? page(call) : named(call, ids);
    }

    private String named(Call call, List<String> ids) throws RoomCommandException {
        Lines lines = bounds.lines();
        for (String id : ids) {
            Optional<StoredRecord> record =
                    bounds.await(rooms.record(call.board(), id, call.loan())).record();
            if (!lines.add(
                    record.map(ReadRecords::line).orElseGet(() -> Quoted.bare(id) + ": there is no such record"))) {
                return lines.end("… no room for the others: ask for " + Quoted.bare(id) + " and those after it")
                        .toString();
            }
        }
        return lines.toString();
    }

    private String page(Call call) throws RoomCommandException {
        Optional<String> after = call.arguments().text("cursor").map(Cursor::read);
        int limit = call.arguments().whole("limit", USUAL);
        RecordsPage page = bounds.await(rooms.records(
                call.board(), new RecordsQuery(call.arguments().text("type"), after, limit), call.loan()));
        Lines lines = bounds.lines();
        String last = "";
        for (StoredRecord record : page.records()) {
            if (!lines.add(line(record))) {
                return more(lines, last);
            }
            last = record.id();
        }
        if (page.next().isPresent()) {
            return more(lines, page.next().get());
        }
        return lines.isEmpty() ? "There are no such records." : lines.toString();
    }

    private static String line(StoredRecord record) {
        return new String(record.json(), StandardCharsets.UTF_8);
    }

    private static String more(Lines lines, String last) {
        return lines.end("There are more: call again with cursor=\"" + Cursor.after(last) + "\"")
                .toString();
    }
}
