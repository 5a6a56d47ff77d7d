package dev.drawbridge.command;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands of the jar: {@code java -jar drawbridge.jar import …}. */
public final class Commands {
    /** All went well. */
    static final int DONE = 0;

    /** Something was not taken, or not written; what, has been said. */
    static final int IN_PART = 1;

    /** The command line is wrong. */
    static final int MISUSED = 2;

    /** Nothing could be done at all. */
    static final int FAILED = 3;

    private static final List<String> NAMES = List.of("import", "export", "help", "--help", "-h");

    private Commands() {}

    /** Whether the arguments are a command, and not settings of the server. */
    public static boolean areOne(String... arguments) {
        return arguments.length > 0 && NAMES.contains(arguments[0]);
    }

    /** Runs a command to its end and says the code that the process is to exit with. */
    public static int run(String... arguments) {
        String[] own = Arrays.stream(arguments)
                .filter(argument -> !Settings.isOne(argument))
                .toArray(String[]::new);
        Settings settings = Settings.of(arguments);
        CommandLine line = new CommandLine(new All())
                .addSubcommand(new ImportCommand(settings))
                .addSubcommand(new ExportCommand(settings));
        line.setExecutionExceptionHandler((error, failed, parsed) -> {
            if (!(error instanceof CommandFailedException)) {
                throw error;
            }
            failed.getErr().println(error.getMessage());
            return FAILED;
        });
        return line.execute(own);
    }

    @Command(
            name = "drawbridge",
            description = "Without a command the server starts.",
            subcommands = CommandLine.HelpCommand.class)
    private static final class All {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help.")
        @SuppressWarnings("unused") // by picocli
        private boolean help;
    }
}
