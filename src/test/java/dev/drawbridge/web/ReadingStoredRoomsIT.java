package dev.drawbridge.web;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("Read where they are stored, in SQLite")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "drawbridge.admin.token=" + AdminClient.TOKEN})
class ReadingStoredRoomsIT extends ReadingStoredRooms {
    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @Override
    String ownership(String room) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rooms.db"));
                PreparedStatement query = connection.prepareStatement(
                        "SELECT epoch || ' ' || ifnull(owner_token, 'nobody') || ' ' || clock FROM room WHERE id = ?")) {
            query.setString(1, room);
            try (ResultSet row = query.executeQuery()) {
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
