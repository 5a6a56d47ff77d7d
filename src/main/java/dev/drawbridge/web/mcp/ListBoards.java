package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.CallOutcome;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomDetails;
import dev.drawbridge.host.RoomListing;
import dev.drawbridge.host.RoomQuery;
import dev.drawbridge.room.RoomId;
import dev.drawbridge.security.CallerAccess;
import dev.drawbridge.web.admin.Cursor;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** All boards, for operators; for a user those that the token names. */
@Component
@McpWhenEnabled
class ListBoards implements Tool {
    private static final int MOST = 200;
    private static final int USUAL = 50;

    /** So many pages of all boards are looked through for those of a user, in one call. */
    private static final int PAGES = 10;

    private static final Card CARD = new Card(
            "list_boards",
            "List boards",
            "Lists the boards that you may see, one a line, with how much is on them and when they were changed last.",
            ToolInput.of(
                    Parameter.optional("contains", new Kind.Text(200), "Only boards whose id contains this text."),
                    Parameter.optional(
                            "limit", new Kind.Whole(1, MOST), "The most boards to list; " + USUAL + " if absent."),
                    Parameter.optional("cursor", new Kind.Text(400), "Goes on where an answer before has ended.")),
            new Right.Anybody(),
            Changes.NOTHING,
            Place.ANYWHERE);

    private final RoomCommands rooms;
    private final CallerAccess access;
    private final Admission admission;
    private final CallBounds bounds;

    ListBoards(RoomCommands rooms, CallerAccess access, Admission admission, CallBounds bounds) {
        this.rooms = rooms;
        this.access = access;
        this.admission = admission;
        this.bounds = bounds;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws ToolFailure, RoomCommandException {
        int limit = call.arguments().whole("limit", USUAL);
        String text = call.arguments().text("contains").orElse("");
        Optional<String> after = call.arguments().text("cursor").map(Cursor::read);
        if (!(call.guest() instanceof Guest.User user)) {
            RoomListing page = bounds.await(rooms.list(new RoomQuery(text, Optional.empty(), after, limit)));
            return written(page);
        }
        List<String> patterns = access.rooms(user.caller());
        if (patterns.isEmpty()) {
            admission.isToldApart(user);
            throw new ToolFailure(
                    CallOutcome.REFUSED,
                    "Which boards you may see cannot be told here. Name the board instead: it is the last part of its"
                            + " address, as in read_board with board=\"team-retro\". Ask the person whom you work for"
                            + " which board they mean.");
        }
        return patterns.stream().allMatch(CallerAccess::isOneRoom)
                ? named(patterns, text, after, limit)
                : matching(patterns, text, after, limit);
    }

    private String written(RoomListing page) {
        Lines lines = bounds.lines();
        String last = "";
        for (RoomDetails room : page.rooms()) {
            if (!lines.add(line(room))) {
                return more(lines, last);
            }
            last = room.id();
        }
        return page.next().isPresent() ? more(lines, page.next().get()) : told(lines);
    }

    /** The token names each of them. One that nobody has drawn on yet is there, too: whoever comes in makes it. */
    private String named(List<String> ids, String text, Optional<String> after, int limit) throws RoomCommandException {
        List<String> wanted = new TreeSet<>(ids)
                .stream()
                        .filter(id -> RoomId.of(id).isPresent() && id.contains(text))
                        .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
                        .toList();
        Lines lines = bounds.lines();
        for (int i = 0; i < wanted.size(); i++) {
            if (i == limit || !lines.add(line(wanted.get(i)))) {
                return more(lines, wanted.get(i - 1));
            }
        }
        return told(lines);
    }

    private String line(String id) throws RoomCommandException {
        try {
            return line(bounds.await(rooms.describe(id)));
        } catch (RoomCommandException.NoSuchRoom e) {
            return id + "  empty, nobody has been there yet";
        }
    }

    /** They are looked for among all, so many at a time: a page may have few and not be the last. */
    private String matching(List<String> patterns, String text, Optional<String> after, int limit)
            throws RoomCommandException {
        Lines lines = bounds.lines();
        Optional<String> next = after;
        int listed = 0;
        String last = "";
        for (int page = 0; page < PAGES; page++) {
            RoomListing found = bounds.await(rooms.list(new RoomQuery(text, Optional.empty(), next, MOST)));
            for (RoomDetails room : found.rooms()) {
                if (patterns.stream().anyMatch(pattern -> CallerAccess.covers(pattern, room.id()))) {
                    if (listed == limit || !lines.add(line(room))) {
                        return more(lines, last);
                    }
                    listed++;
                    last = room.id();
                }
            }
            next = found.next();
            if (next.isEmpty()) {
                return told(lines);
            }
        }
        return more(lines, next.orElseThrow());
    }

    private static String line(RoomDetails room) {
        return room.id() + "  " + Lines.count(room.records(), "record") + ", "
                + (room.sessions().orElse(-1) == 0 ? "nobody there" : Lines.count(room.sessions(), "session"))
                + ", changed " + room.lastChanged().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String told(Lines lines) {
        return lines.isEmpty() ? "There are no such boards." : lines.toString();
    }

    private static String more(Lines lines, String last) {
        return lines.end("There may be more: call again with cursor=\"" + Cursor.after(last) + "\"")
                .toString();
    }
}
