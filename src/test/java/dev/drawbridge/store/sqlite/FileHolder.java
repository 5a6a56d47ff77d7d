package dev.drawbridge.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that has a store open. */
final class FileHolder {

    private FileHolder() {}

    public static void main(String[] args) throws IOException {
        try (SqliteRoomStore store = SqliteFixture.open(Path.of(args[0]))) {
            System.out.println(store == null ? "" : "open");
            System.in.read();
        }
    }
}
