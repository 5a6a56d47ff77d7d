package dev.drawbridge.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rooms a command is about. */
final class Target {
    private static final String TOKEN = "DRAWBRIDGE_ADMIN_TOKEN";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "The running server whose rooms these are, such as http://localhost:8080. Without it the command"
                            + " works on the store itself, by the server's settings; an embedded store must have no server then.")
    @Nullable
    URI server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "The token of the server's admin API. Better in the environment, as " + TOKEN
                    + ": who else is on this machine can see what stands here.")
    @Nullable
    String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with that token.")
    @Nullable
    Path tokenFile;

    Rooms open(Settings settings) {
        return server == null ? StoredRooms.open(settings) : new ServerRooms(base(server), token());
    }

    private static URI base(URI server) {
        String scheme = Optional.ofNullable(server.getScheme()).orElse("");
        if (!(scheme.equals("http") || scheme.equals("https")) || server.getHost() == null) {
            throw new CommandFailedException("--server: expected a URL such as http://localhost:8080");
        }
        String text = server.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private String token() {
        try {
            String found = token != null
                    ? token
                    : tokenFile != null
                            ? Files.readString(tokenFile)
                            : Optional.ofNullable(System.getenv(TOKEN)).orElse("");
            if (found.isBlank()) {
                throw new CommandFailedException(
                        "--server needs the token of its admin API: set " + TOKEN + ", or --token-file.");
            }
            return found.strip();
        } catch (IOException e) {
            throw new CommandFailedException("--token-file: " + tokenFile + " cannot be read");
        }
    }
}
