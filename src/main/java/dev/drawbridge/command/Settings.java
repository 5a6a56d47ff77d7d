package dev.drawbridge.command;

import java.util.Arrays;

/** Settings of the server on the command line of a command: {@code --drawbridge.store.type=redis} and the like. */
record Settings(String[] arguments) {

    static boolean isOne(String argument) {
        return argument.startsWith("--") && argument.indexOf('.') > 0 && argument.indexOf('.') < end(argument);
    }

    private static int end(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument.length() : equals;
    }

    static Settings of(String... arguments) {
        return new Settings(Arrays.stream(arguments).filter(Settings::isOne).toArray(String[]::new));
    }
}
