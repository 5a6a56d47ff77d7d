package dev.drawbridge.events.sqlite;

import dev.drawbridge.sqlite.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The nodes that have begun and not ended. */
final class NodeRows {
    private final Statements statements;

    NodeRows(Statements statements) {
        this.statements = statements;
    }

    void add(String node) throws SQLException {
        statements.update("INSERT OR IGNORE INTO node VALUES (?)", node);
    }

    void remove(String node) throws SQLException {
        statements.update("DELETE FROM node WHERE id = ?", node);
    }

    List<String> all() throws SQLException {
        List<String> nodes = new ArrayList<>();
        try (ResultSet rows = statements.with("SELECT id FROM node ORDER BY id").executeQuery()) {
            while (rows.next()) {
                nodes.add(rows.getString(1));
            }
        }
        return nodes;
    }
}
