package dev.drawbridge.web.mcp;

import dev.drawbridge.history.Contributor;
import dev.drawbridge.history.Version;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** A version in one line. */
final class VersionLine {

    private VersionLine() {}

    static String of(Version version) {
        String by = version.contributors().stream()
                .map(Contributor::name)
                .flatMap(name -> name.stream())
                .distinct()
                .map(Lines::quoted)
                .collect(Collectors.joining(", "));
        return version.id().text() + "  " + version.time().truncatedTo(ChronoUnit.SECONDS) + "  "
                + version.reason().word()
                + version.name().map(name -> "  " + Lines.quoted(name)).orElse("")
                + "  " + Lines.count(version.records(), "record")
                + (by.isEmpty() ? "" : ", changed by " + by);
    }
}
