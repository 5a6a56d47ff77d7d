package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionInfo;
import dev.drawbridge.history.VersionStore.Block;
import dev.drawbridge.history.VersionStore.Usage;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.sqlite.Fault;
import dev.drawbridge.sqlite.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** What is read from the tables of {@link VersionsFile}. */
final class VersionReader {
    private static final Logger log = LoggerFactory.getLogger(VersionReader.class);

    /** The numbers of a room's rows start with that of the room: those of others are not looked at. */
    private static final String OF_ROOM = " WHERE room = (SELECT key FROM room WHERE id = ?)";

    private final Statements statements;

    VersionReader(Statements statements) {
        this.statements = statements;
    }

    List<String> rooms(Optional<String> after, int limit) throws SQLException {
        List<String> rooms = new ArrayList<>();
        try (ResultSet rows = statements
                .with("SELECT id FROM room WHERE id > ? ORDER BY id LIMIT ?", after.orElse(""), (long) limit)
                .executeQuery()) {
            while (rows.next()) {
                rooms.add(rows.getString(1));
            }
        }
        return rooms;
    }

    List<Version> versions(String roomId, Optional<VersionId> before, int limit) throws SQLException {
        PreparedStatement query = before.isEmpty()
                ? statements.with("SELECT id, info FROM version" + OF_ROOM + " ORDER BY id DESC", roomId)
                : statements.with(
                        "SELECT id, info FROM version" + OF_ROOM + " AND id < ? ORDER BY id DESC",
                        roomId,
                        before.get().text());
        List<Version> versions = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (versions.size() < limit && rows.next()) {
                try {
                    versions.add(info(roomId, rows.getString(1), rows.getLong(2)));
                } catch (VersionStoreException e) {
                    log.warn("A version is left out of the list: {}", e.getMessage());
                }
            }
        }
        return versions;
    }

    Optional<Version> version(String roomId, VersionId id) throws SQLException {
        try (ResultSet row = statements
                .with("SELECT info FROM version" + OF_ROOM + " AND id = ?", roomId, id.text())
                .executeQuery()) {
            return row.next() ? Optional.of(info(roomId, id.text(), row.getLong(1))) : Optional.empty();
        }
    }

    private Version info(String roomId, String id, long key) throws SQLException {
        try (ResultSet row =
                statements.with("SELECT json FROM info WHERE key = ?", key).executeQuery()) {
            if (!row.next()) {
                throw damaged(roomId, id, "what is known of it is missing");
            }
            return VersionInfo.read(row.getString(1))
                    .filter(version -> version.id().text().equals(id))
                    .orElseThrow(() -> damaged(roomId, id, "what is known of it cannot be understood"));
        } catch (SQLException e) {
            throw damagedOr(roomId, id, e);
        }
    }

    List<VersionId> ids(String roomId) throws SQLException {
        List<VersionId> ids = new ArrayList<>();
        try (ResultSet rows = statements
                .with("SELECT id FROM version" + OF_ROOM + " ORDER BY id", roomId)
                .executeQuery()) {
            while (rows.next()) {
                VersionId.of(rows.getString(1)).ifPresent(ids::add);
            }
        }
        return ids;
    }

    List<Block> blocks(String roomId) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (ResultSet rows = statements
                .with("SELECT version, base, size FROM block" + OF_ROOM + " ORDER BY version, base", roomId)
                .executeQuery()) {
            while (rows.next()) {
                Optional<VersionId> version = VersionId.of(rows.getString(1));
                Optional<VersionId> base = VersionId.of(rows.getString(2));
                if (version.isPresent()
                        && (base.isPresent() || rows.getString(2).isEmpty())) {
                    blocks.add(new Block(new BlockKey(version.get(), base), rows.getLong(3)));
                }
            }
        }
        return blocks;
    }

    Optional<byte[]> block(String roomId, BlockKey key) throws SQLException {
        try (ResultSet row = statements
                .with(
                        "SELECT content, size FROM block" + OF_ROOM + " AND version = ? AND base = ?",
                        roomId,
                        key.version().text(),
                        baseOf(key))
                .executeQuery()) {
            return row.next()
                    ? Optional.of(content(roomId, key.version().text(), row.getLong(1), row.getLong(2)))
                    : Optional.empty();
        }
    }

    private byte[] content(String roomId, String id, long key, long size) throws SQLException {
        try (ResultSet row =
                statements.with("SELECT bytes FROM content WHERE key = ?", key).executeQuery()) {
            if (!row.next()) {
                throw damaged(roomId, id, "its content is missing");
            }
            byte[] read = row.getBytes(1);
            byte[] bytes = read == null ? new byte[0] : read; // null is the driver's word for no bytes
            if (bytes.length != size) {
                throw damaged(roomId, id, "its content has " + bytes.length + " bytes instead of " + size);
            }
            return bytes;
        } catch (SQLException e) {
            throw damagedOr(roomId, id, e);
        }
    }

    /** How the base of a block is written; that of a whole one too, so that it can be a part of the key. */
    static String baseOf(BlockKey key) {
        return key.base().map(VersionId::text).orElse("");
    }

    Usage usage(String roomId) throws SQLException {
        return usage(statements.with(
                "SELECT coalesce(sum(versions), 0), coalesce(sum(bytes), 0) FROM room WHERE id = ?", roomId));
    }

    Usage usage() throws SQLException {
        return usage(statements.with("SELECT coalesce(sum(versions), 0), coalesce(sum(bytes), 0) FROM room"));
    }

    private static Usage usage(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return new Usage(row.getLong(1), row.getLong(2));
        }
    }

    /** Ends when the file can be read. */
    boolean ping() throws SQLException {
        try (ResultSet row = statements.with("SELECT key FROM room LIMIT 1").executeQuery()) {
            return row.next();
        }
    }

    private static VersionStoreException damaged(String roomId, String id, String why) {
        return new VersionStoreException("The version " + id + " of the room " + roomId + " is damaged: " + why + ".");
    }

    /** A part of the file that is damaged says nothing of the others. */
    private static VersionStoreException damagedOr(String roomId, String id, SQLException error) throws SQLException {
        if (Fault.code(error) != SQLiteErrorCode.SQLITE_CORRUPT) {
            throw error;
        }
        return new VersionStoreException(
                "The version " + id + " of the room " + roomId + " is damaged: its part of the file cannot be read. ("
                        + error.getMessage() + ")",
                error);
    }
}
