package dev.drawbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret that is kept in a file. */
public final class SecretFile {

    private SecretFile() {}

    /** Reads it without white space at its ends: editors like to add a line break. */
    public static String read(String property, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SettingException(
                    property,
                    file.toString(),
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "Set it to a text file that this server may read.");
        }
    }
}
