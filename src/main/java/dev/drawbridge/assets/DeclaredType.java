package dev.drawbridge.assets;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client says of the type of its content. */
final class DeclaredType {
    private static final Set<String> SAYS_NOTHING = Set.of("application/octet-stream", "binary/octet-stream");

    /** Names that are used for each other: by browsers, by older ones, or because files are named in this way. */
    private static final List<Set<String>> ALIKE = List.of(
            Set.of("image/jpeg", "image/jpg", "image/pjpeg"),
            Set.of("image/png", "image/apng", "image/x-png", "image/vnd.mozilla.apng"),
            Set.of("image/avif", "image/avif-sequence"),
            Set.of("image/svg+xml", "image/svg"),
            Set.of("video/mp4", "video/quicktime", "video/x-m4v", "application/mp4"));

    private DeclaredType() {}

    /** @param header as it was sent */
    static boolean contradicts(Optional<String> header, MediaType recognised) {
        String declared = header.map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> MediaType.of(text).map(MediaType::name).orElse(text))
                .orElse("application/octet-stream");
        return !SAYS_NOTHING.contains(declared)
                && !declared.equals(recognised.name())
                && ALIKE.stream().noneMatch(names -> names.contains(declared) && names.contains(recognised.name()));
    }
}
