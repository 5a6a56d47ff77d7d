package dev.drawbridge.command;

import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.room.MalformedSnapshotException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.SnapshotFormat;
import dev.drawbridge.store.sqlite.ReferenceDatabase;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** A file with a room in it: what it is, is told by what is in it. */
record RoomFile(Path path) {
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Reads the room; how much of it is in memory is bounded. */
    RoomSnapshot read(MemoryMeter meter) throws NotDoneException {
        if (Files.isSymbolicLink(path)) {
            throw new NotDoneException("it is a symbolic link: name the file that it leads to");
        }
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDoneException(
                    Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "it is no regular file" : "there is no such file");
        }
        try {
            if (Files.size(path) == 0) {
                throw new NotDoneException("it is empty");
            }
            return isDatabase() ? ReferenceDatabase.read(path, meter) : json(meter);
        } catch (MemoryMeter.ExhaustedException e) {
            throw new NotDoneException("it takes more memory than there is for one room (" + (meter.most() >> 20)
                    + " MB): give the command a larger heap, such as java -Xmx4g -jar …");
        } catch (MalformedSnapshotException e) {
            throw new NotDoneException(String.valueOf(e.getMessage()));
        } catch (CharacterCodingException e) {
            throw new NotDoneException("it is neither a database nor JSON in UTF-8");
        } catch (JsonException e) {
            throw new NotDoneException("it is neither a database nor JSON that can be taken: " + e.getMessage());
        } catch (AccessDeniedException e) {
            throw new NotDoneException("it may not be read");
        } catch (NoSuchFileException e) {
            throw new NotDoneException("there is no such file");
        } catch (IOException e) {
            throw new NotDoneException("it cannot be read: " + e.getMessage());
        }
    }

    private boolean isDatabase() throws IOException {
        try (InputStream in = open()) {
            return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
        }
    }

    private RoomSnapshot json(MemoryMeter meter) throws IOException, JsonException, MalformedSnapshotException {
        try (InputStream in = new BufferedInputStream(open());
                JsonStream json = JsonStream.of(in, meter)) {
            RoomSnapshot snapshot = SnapshotFormat.read(json);
            json.end();
            return snapshot;
        }
    }

    private InputStream open() throws IOException {
        return Files.newInputStream(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
}
