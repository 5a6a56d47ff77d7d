package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;

import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoredRooms;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;

/** A store in a file, and a way into that file behind the store's back. */
final class SqliteFixture {

    private SqliteFixture() {}

    static SqliteRoomStore open(Path path) {
        return SqliteRoomStore.open(path, InstantSource.system(), StoredRooms::token);
    }

    /** Makes a room at clock 1 with the records a and b. */
    static Ownership storeRoom(RoomStore store, String room) {
        Ownership owner = opened(store.open(room)).ownership();
        get(store.commit(room, owner, change(1, record("a", 1), record("b", 1, "x".repeat(20_000)))));
        return owner;
    }

    static Path withRooms(Path path, String... rooms) {
        try (RoomStore store = open(path)) {
            for (String room : rooms) {
                storeRoom(store, room);
            }
        }
        return path;
    }

    static void execute(Path path, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static String query(Path path, String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            return query(connection, sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getString(1);
        }
    }
}
