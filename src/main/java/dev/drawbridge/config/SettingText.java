package dev.drawbridge.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.unit.DataSize;

/**
 * The values of settings as they may be shown to an operator, whose screen others see. What may be a secret is not shown:
 * by the setting's name, or because it is of a kind of which nothing is known. Of what is shown, whatever could hold a
 * password in a URL is left out.
 */
final class SettingText {
    private static final String LEFT_OUT = "…";

    /** Whoever has one of these in its name keeps a secret, or may. */
    private static final List<String> SECRET_WORDS = List.of(
            "secret",
            "password",
            "passwd",
            "passphrase",
            "token",
            "key",
            "credential",
            "authorization",
            "private",
            "header",
            "cookie");

    /** Those that have such a word and no secret. */
    private static final Set<String> HARMLESS = Set.of("drawbridge.store.redis.key-prefix");

    private static final long UNIT = 1024;

    private SettingText() {}

    /** Whether nothing of a setting may be shown, judged by its name. */
    static boolean isSecret(String name) {
        return !HARMLESS.contains(name) && holdsSecretWord(name);
    }

    /** Whether a text names a secret: also one in an environment variable or in a placeholder. */
    static boolean holdsSecretWord(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }

    /** A value as one would write it; empty when it may not be shown. */
    static Optional<String> of(Object value) {
        return switch (value) {
            case Boolean bool -> Optional.of(bool.toString());
            case Number number -> Optional.of(number.toString());
            case Enum<?> word ->
                Optional.of(word.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            case Duration duration -> Optional.of(duration(duration));
            case DataSize size -> Optional.of(size(size));
            case Path path -> Optional.of(path.toString());
            case URI uri -> Optional.of(withoutSecrets(uri.toString()));
            case String text -> Optional.of(withoutSecrets(text));
            case Collection<?> several -> all(several);
            default -> Optional.empty();
        };
    }

    private static Optional<String> all(Collection<?> several) {
        List<String> texts = new ArrayList<>();
        for (Object each : several) {
            Optional<String> text = of(each);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return Optional.of(String.join(", ", texts));
    }

    private static String duration(Duration duration) {
        return duration.isZero() ? "0s" : DurationFormatterUtils.print(duration, DurationFormat.Style.COMPOSITE);
    }

    private static String size(DataSize size) {
        long bytes = size.toBytes();
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = 0;
        while (unit < units.length - 1 && bytes != 0 && bytes % UNIT == 0) {
            bytes /= UNIT;
            unit++;
        }
        return bytes + units[unit];
    }

    /**
     * A text without what a URL in it could keep secret: who asks, and what is asked for. It rather leaves out too much, for
     * passwords are written into URLs as they are: with slashes, line ends and question marks.
     */
    static String withoutSecrets(String text) {
        int scheme = text.indexOf("://");
        int begin = scheme < 0 ? 0 : scheme + "://".length();
        int at = text.lastIndexOf('@');
        int query = query(text);
        if (at < begin || (scheme < 0 && text.lastIndexOf(':', at) < 0)) {
            return withoutQuery(text);
        }
        if (query < at) {
            return text.substring(0, Math.min(begin, query)) + LEFT_OUT; // which of them is whose cannot be told
        }
        return text.substring(0, begin) + LEFT_OUT + withoutQuery(text.substring(at));
    }

    private static String withoutQuery(String text) {
        int query = query(text);
        return query == text.length() ? text : text.substring(0, query + 1) + LEFT_OUT;
    }

    /** Where the query begins, or the fragment; if there is none, the end. */
    private static int query(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '?' || text.charAt(i) == '#') {
                return i;
            }
        }
        return text.length();
    }
}
