package dev.drawbridge.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes all rooms to files, one after the other. */
@Command(
        name = "export",
        description = "Writes all rooms into a folder, each as a file that import takes in again.",
        footer = {
            "",
            "It exits with 0 when all were written, 1 when one was not, 2 when the command line is wrong, 3 when nothing could"
                    + " be done. Settings of the server, such as --drawbridge.store.sqlite.path=…, may follow."
        })
final class ExportCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder; it is made when it is missing, and must be empty.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path folder;

    @Option(
            names = "--format",
            paramLabel = "tldr|snapshot",
            description = "tldr (the default) is what tldraw opens; snapshot has clocks and deletions as well.")
    private RoomFormat format = RoomFormat.tldr;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // by picocli
    private boolean help;

    @Mixin
    private final Target target = new Target();

    ExportCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        makeFolder();
        PrintWriter out = spec.commandLine().getOut();
        int written = 0;
        int failed = 0;
        try (Rooms rooms = target.open(settings)) {
            out.println("From " + rooms.where());
            Set<String> names = new HashSet<>();
            for (String id : rooms.ids()) {
                @Nullable String why = write(rooms, id, names);
                written += why == null ? 1 : 0;
                failed += why == null ? 0 : 1;
                out.println("[" + (written + failed) + "] " + id + (why == null ? "" : ": NOT WRITTEN: " + why));
                out.flush();
            }
        }
        out.println(written + " written" + (failed == 0 ? "" : ", " + failed + " NOT WRITTEN"));
        return failed == 0 ? Commands.DONE : Commands.IN_PART;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
            try (var files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new CommandFailedException("The folder " + folder + " is not empty: nothing was written.");
                }
            }
        } catch (IOException e) {
            throw new CommandFailedException("The folder " + folder + " cannot be written");
        }
    }

    /** Under its name only when all of it is there. Says why it is not. */
    private @Nullable String write(Rooms rooms, String id, Set<String> names) {
        // On some file systems two names are the same that differ in capitals only.
        String name =
                names.add(FileName.of(id).toLowerCase(Locale.ROOT)) ? FileName.of(id) : FileName.withoutCapitals(id);
        Path whole = folder.resolve(name + format.extension());
        Path part = folder.resolve(".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                rooms.write(id, format, out);
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            return null;
        } catch (NotDoneException e) {
            return e.getMessage();
        } catch (IOException e) {
            return "the file " + whole.getFileName() + " cannot be written: " + e.getMessage();
        } finally {
            part.toFile().delete();
        }
    }
}
