package dev.drawbridge.web.admin;

import dev.drawbridge.room.ObjectLane;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.SnapshotFormat;
import dev.drawbridge.room.TldrFormat;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;

/**
 * A room on its way out as a file.
 *
 * @param lane what of it is no part of the document
 * @param content how records are written, where the format leaves that open
 */
record RoomExport(RoomSnapshot room, ObjectLane lane, Format format, TldrFormat.Content content) {
    static final String TLDRAW_FILE = "application/vnd.tldraw+json";

    /** The kinds of files. */
    enum Format {
        /** What tldraw opens. */
        TLDR("tldr", TLDRAW_FILE) {
            @Override
            void write(RoomExport export, OutputStream out) throws IOException {
                TldrFormat.write(export.room, export.lane, export.content, out);
            }
        },
        /** With clocks and deletions. */
        SNAPSHOT("json", MediaType.APPLICATION_JSON_VALUE) {
            @Override
            void write(RoomExport export, OutputStream out) throws IOException {
                SnapshotFormat.write(export.room, export.lane, out);
            }
        };

        private final String extension;
        private final String mediaType;

        Format(String extension, String mediaType) {
            this.extension = extension;
            this.mediaType = mediaType;
        }

        abstract void write(RoomExport export, OutputStream out) throws IOException;

        MediaType mediaType() {
            return MediaType.parseMediaType(mediaType);
        }

        static Format of(String text) {
            return switch (text) {
                case "tldr" -> TLDR;
                case "snapshot" -> SNAPSHOT;
                default -> throw ProblemException.invalidRequest("format: expected tldr or snapshot");
            };
        }
    }

    /** What a browser saves it as. */
    String fileName(String roomId) {
        return roomId + "." + format.extension;
    }
}
