package dev.drawbridge.command;

import dev.drawbridge.host.RoomImport;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.RoomId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes rooms in from files, one after the other. */
@Command(
        name = "import",
        description = "Takes in rooms from .tldr files, snapshots (.json), and the databases that tldraw's own servers"
                + " write (.db). A file is a room, by the name of the file.",
        footer = {
            "",
            "It exits with 0 when all was taken, 1 when something was not (each with its reason), 2 when the command line"
                    + " is wrong, 3 when nothing could be done. Settings of the server, such as"
                    + " --drawbridge.store.sqlite.path=…, may follow."
        })
final class ImportCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR|FILE", description = "Files, and folders of files.")
    private List<Path> paths = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "What the ids of the rooms are to begin with. Clients know them by other ids then, and their"
                    + " history is not kept.")
    private String prefix = "";

    @ArgGroup
    private @Nullable IfExists ifExists;

    @Option(
            names = "--new-history",
            description =
                    "Have clients that were connected to the server which the rooms come from given all of a room"
                            + " anew, and not go on from what they know. For files that are not called as the rooms were there.")
    private boolean newHistory;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where to write what was taken and what not, as JSON.")
    private @Nullable Path report;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // by picocli
    private boolean help;

    @Mixin
    private final Target target = new Target();

    /** What happens with rooms that are there already; without either they are not taken. */
    static final class IfExists {
        @Option(names = "--replace", description = "Replace what rooms hold that are there already.")
        private boolean replace;

        @Option(
                names = "--skip",
                description = "Leave rooms alone that are there already, and do not count that as a failure.")
        private boolean skip;
    }

    ImportCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        ImportReport result = new ImportReport();
        List<Path> files = files(result);
        PrintWriter out = spec.commandLine().getOut();
        try (Rooms rooms = target.open(settings)) {
            out.println("Into " + rooms.where());
            Map<String, Path> named = new HashMap<>();
            for (int i = 0; i < files.size(); i++) {
                out.println("[" + (i + 1) + "/" + files.size() + "] " + take(files.get(i), rooms, named, result));
                out.flush();
            }
        } finally {
            write(result);
        }
        out.println(result.summary());
        return result.notTaken() == 0 ? Commands.DONE : Commands.IN_PART;
    }

    private String take(Path file, Rooms rooms, Map<String, Path> named, ImportReport result) {
        String wanted = prefix + FileName.room(String.valueOf(file.getFileName()));
        Optional<String> id = RoomId.of(wanted);
        try {
            if (id.isEmpty()) {
                throw new NotDoneException(
                        Quoted.of(wanted) + " is no id of a room: that is " + RoomId.RULE + "; rename the file");
            }
            Path other = named.putIfAbsent(id.get(), file);
            if (other != null) {
                throw new NotDoneException("the room is in another file too: " + other);
            }
            return take(file, id.get(), rooms, result);
        } catch (NotDoneException e) {
            return result.notTaken(file, id, e.getMessage());
        }
    }

    private String take(Path file, String id, Rooms rooms, ImportReport result) throws NotDoneException {
        boolean replace = ifExists != null && ifExists.replace;
        if (!replace && rooms.exists(id)) {
            if (ifExists != null && ifExists.skip) {
                return result.skipped(file, id);
            }
            throw new NotDoneException("there is a room " + id + " already; --replace or --skip says what then");
        }
        boolean goesOn = !newHistory && prefix.isEmpty();
        RoomImport wanted = new RoomImport(new RoomFile(file).read(MemoryMeter.ofHeap()), replace, goesOn);
        return result.taken(file, id, rooms.take(id, wanted));
    }

    /** The files that are named, and those in folders that are named that may be rooms; each once, folder by folder. */
    private List<Path> files(ImportReport result) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.list(path)) {
                for (Path each : inside.sorted().toList()) {
                    if (FileName.kind(String.valueOf(each.getFileName())).isPresent()) {
                        files.add(each);
                    } else {
                        result.ignored(each);
                    }
                }
            } catch (IOException e) {
                throw new CommandFailedException("The folder " + path + " cannot be read");
            }
        }
        return files;
    }

    private void write(ImportReport result) {
        if (report == null) {
            return;
        }
        try {
            Files.write(report, Json.encode(result.json()));
        } catch (IOException e) {
            throw new CommandFailedException("The report cannot be written to " + report);
        }
    }
}
