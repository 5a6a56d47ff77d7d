package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.Story;
import dev.drawbridge.sqlite.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was told of rooms. A room that is closed is open at no node, which is written as an empty text. */
final class StoryRows {
    private final Statements statements;

    StoryRows(Statements statements) {
        this.statements = statements;
    }

    @Nullable
    Story story(String roomId) throws SQLException {
        try (ResultSet row = statements
                .with("SELECT clock, node FROM story WHERE room = ?", roomId)
                .executeQuery()) {
            return row.next() ? story(row.getLong(1), row.getString(2)) : null;
        }
    }

    private static Story story(long clock, String node) {
        return new Story(clock, node.isEmpty() ? Optional.empty() : Optional.of(node));
    }

    Map<String, Story> stories(Collection<String> roomIds) throws SQLException {
        Map<String, Story> found = new LinkedHashMap<>();
        for (String id : roomIds) {
            Story story = story(id);
            if (story != null) {
                found.put(id, story);
            }
        }
        return found;
    }

    Map<String, Story> after(Optional<String> roomId, int limit) throws SQLException {
        return all(statements.with(
                "SELECT room, clock, node FROM story WHERE room > ? ORDER BY room LIMIT ?", roomId.orElse(""), (long)
                        limit));
    }

    Map<String, Story> open() throws SQLException {
        return all(statements.with("SELECT room, clock, node FROM story WHERE node <> '' ORDER BY room"));
    }

    private static Map<String, Story> all(PreparedStatement query) throws SQLException {
        Map<String, Story> found = new LinkedHashMap<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.put(rows.getString(1), story(rows.getLong(2), rows.getString(3)));
            }
        }
        return found;
    }

    void put(String roomId, Story story) throws SQLException {
        statements.update(
                "INSERT INTO story VALUES (?, ?, ?)"
                        + " ON CONFLICT (room) DO UPDATE SET clock = excluded.clock, node = excluded.node",
                roomId,
                story.clock(),
                story.openAt().orElse(""));
    }

    void remove(String roomId) throws SQLException {
        statements.update("DELETE FROM story WHERE room = ?", roomId);
    }

    void know(Map<String, Long> clocks) throws SQLException {
        for (Map.Entry<String, Long> room : clocks.entrySet()) {
            statements.update("INSERT OR IGNORE INTO story VALUES (?, ?, '')", room.getKey(), room.getValue());
        }
    }
}
