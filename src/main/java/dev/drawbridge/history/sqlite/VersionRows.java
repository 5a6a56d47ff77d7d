package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionInfo;
import dev.drawbridge.sqlite.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is written to the tables of {@link VersionsFile}, within a transaction. What a room takes is counted in its row, by
 * whatever changes it.
 */
final class VersionRows {
    private final Statements statements;

    VersionRows(Statements statements) {
        this.statements = statements;
    }

    /** What becomes of infos and contents of which the list is told nothing more. */
    enum Remains {
        REMOVED,
        /** They cannot be removed, for that part of the file is damaged; the space is lost. */
        LEFT
    }

    private record BlockRow(String version, String base, long size, long content) {}

    void add(String roomId, Version version, BlockKey key, byte[] block) throws SQLException {
        long room = madeRoom(roomId);
        put(room, key, block);
        // One that is listed stays as it is: somebody may have given it a name since this was tried for the first time.
        if (infoOf(room, version.id()).isEmpty()) {
            statements.update("INSERT INTO info (json) VALUES (?)", VersionInfo.write(version));
            statements.update(
                    "INSERT INTO version (room, id, info) VALUES (?, ?, last_insert_rowid())",
                    room,
                    version.id().text());
            statements.update("UPDATE room SET versions = versions + 1 WHERE key = ?", room);
        }
    }

    boolean update(String roomId, Version version) throws SQLException {
        OptionalLong room = room(roomId);
        OptionalLong info = room.isPresent() ? infoOf(room.getAsLong(), version.id()) : OptionalLong.empty();
        if (info.isEmpty()) {
            return false;
        }
        statements.update(
                "INSERT INTO info (key, json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json",
                info.getAsLong(),
                VersionInfo.write(version));
        return true;
    }

    boolean remove(String roomId, VersionId id, Remains remains) throws SQLException {
        OptionalLong room = room(roomId);
        OptionalLong info = room.isPresent() ? infoOf(room.getAsLong(), id) : OptionalLong.empty();
        if (info.isEmpty()) {
            return false;
        }
        statements.update("DELETE FROM version WHERE room = ? AND id = ?", room.getAsLong(), id.text());
        statements.update("UPDATE room SET versions = versions - 1 WHERE key = ?", room.getAsLong());
        if (remains == Remains.REMOVED) {
            statements.update("DELETE FROM info WHERE key = ?", info.getAsLong());
        }
        forgetIfEmpty(room.getAsLong());
        return true;
    }

    void putBlock(String roomId, BlockKey key, byte[] block) throws SQLException {
        put(madeRoom(roomId), key, block);
    }

    private void put(long room, BlockKey key, byte[] block) throws SQLException {
        if (!blocks(ofKey(room, key)).isEmpty()) {
            return;
        }
        statements.update("INSERT INTO content (bytes) VALUES (coalesce(?, x''))", (Object) block);
        statements.update(
                "INSERT INTO block (room, version, base, size, content) VALUES (?, ?, ?, ?, last_insert_rowid())",
                room,
                key.version().text(),
                VersionReader.baseOf(key),
                (long) block.length);
        statements.update("UPDATE room SET bytes = bytes + ? WHERE key = ?", (long) block.length, room);
    }

    void removeBlock(String roomId, BlockKey key, Remains remains) throws SQLException {
        OptionalLong room = room(roomId);
        if (room.isPresent()) {
            remove(room.getAsLong(), blocks(ofKey(room.getAsLong(), key)), remains);
        }
    }

    /** Lists no version of a room any more. */
    void removeVersions(String roomId, Remains remains) throws SQLException {
        OptionalLong room = room(roomId);
        if (room.isPresent()) {
            if (remains == Remains.REMOVED) {
                statements.update(
                        "DELETE FROM info WHERE key IN (SELECT info FROM version WHERE room = ?)", room.getAsLong());
            }
            statements.update("DELETE FROM version WHERE room = ?", room.getAsLong());
            statements.update("UPDATE room SET versions = 0 WHERE key = ?", room.getAsLong());
            forgetIfEmpty(room.getAsLong());
        }
    }

    /** Removes some blocks of a room whose versions are not listed, and says whether there were any. */
    boolean removeUnlistedBlocks(String roomId, int most, Remains remains) throws SQLException {
        OptionalLong room = room(roomId);
        if (room.isEmpty()) {
            return false;
        }
        List<BlockRow> unlisted = blocks(statements.with(
                "SELECT version, base, size, content FROM block WHERE room = ? AND NOT EXISTS"
                        + " (SELECT 1 FROM version WHERE room = block.room AND id = block.version) LIMIT ?",
                room.getAsLong(),
                (long) most));
        remove(room.getAsLong(), unlisted, remains);
        return !unlisted.isEmpty();
    }

    private void remove(long room, List<BlockRow> blocks, Remains remains) throws SQLException {
        for (BlockRow block : blocks) {
            statements.update(
                    "DELETE FROM block WHERE room = ? AND version = ? AND base = ?", room, block.version, block.base);
            statements.update("UPDATE room SET bytes = bytes - ? WHERE key = ?", block.size, room);
            if (remains == Remains.REMOVED) {
                statements.update("DELETE FROM content WHERE key = ?", block.content);
            }
        }
        forgetIfEmpty(room);
    }

    private PreparedStatement ofKey(long room, BlockKey key) throws SQLException {
        return statements.with(
                "SELECT version, base, size, content FROM block WHERE room = ? AND version = ? AND base = ?",
                room,
                key.version().text(),
                VersionReader.baseOf(key));
    }

    private static List<BlockRow> blocks(PreparedStatement query) throws SQLException {
        List<BlockRow> blocks = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                blocks.add(new BlockRow(rows.getString(1), rows.getString(2), rows.getLong(3), rows.getLong(4)));
            }
        }
        return blocks;
    }

    private OptionalLong infoOf(long room, VersionId id) throws SQLException {
        return number(statements.with("SELECT info FROM version WHERE room = ? AND id = ?", room, id.text()));
    }

    private OptionalLong room(String roomId) throws SQLException {
        return number(statements.with("SELECT key FROM room WHERE id = ?", roomId));
    }

    private long madeRoom(String roomId) throws SQLException {
        statements.update(
                "INSERT INTO room (id, versions, bytes) VALUES (?, 0, 0) ON CONFLICT (id) DO NOTHING", roomId);
        return room(roomId).orElseThrow();
    }

    private void forgetIfEmpty(long room) throws SQLException {
        statements.update(
                "DELETE FROM room WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM version WHERE room = ?1)"
                        + " AND NOT EXISTS (SELECT 1 FROM block WHERE room = ?1)",
                room);
    }

    /** Writes a page, and nothing else than it says already. */
    int touch() throws SQLException {
        return statements.update(
                "PRAGMA user_version = " + VersionsFile.LAYOUT.steps().size());
    }

    private static OptionalLong number(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }
}
