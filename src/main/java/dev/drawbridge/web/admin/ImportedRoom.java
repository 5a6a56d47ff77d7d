package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonStream;
import dev.drawbridge.room.MalformedSnapshotException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.store.sqlite.ReferenceDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.FileSystemUtils;

/** A room that comes from elsewhere, as a file of any kind. */
record ImportedRoom(RoomSnapshot content) {
    private static final List<MediaType> DATABASES = List.of(
            MediaType.parseMediaType("application/vnd.sqlite3"), MediaType.parseMediaType("application/x-sqlite3"));

    /** What is taken beside JSON. */
    static final List<MediaType> MEDIA_TYPES =
            List.of(MediaType.parseMediaType(RoomExport.TLDRAW_FILE), DATABASES.get(0), DATABASES.get(1));

    static boolean isDatabase(@Nullable MediaType type) {
        return type != null && DATABASES.stream().anyMatch(each -> each.equalsTypeAndSubtype(type));
    }

    /** The database of a reference server, which is read from a file of its own. */
    static ImportedRoom ofDatabase(InputStream body, JsonStream.Meter meter) throws IOException {
        Path folder = Files.createTempDirectory("drawbridge-import-");
        try {
            Path file = folder.resolve("room.db");
            Files.copy(body, file);
            return new ImportedRoom(ReferenceDatabase.read(file, meter));
        } catch (MalformedSnapshotException e) {
            throw new ProblemException(ProblemType.INVALID_SNAPSHOT, String.valueOf(e.getMessage()));
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
