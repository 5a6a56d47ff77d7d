package dev.drawbridge.events.redis;

import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.Story;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A story as it is kept: its clock, and behind a space the node that has the room open. Empty when there is none. */
final class StoryText {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?: (.+))?");

    private StoryText() {}

    static String of(@Nullable Story story) {
        return story == null
                ? ""
                : story.clock() + story.openAt().map(node -> " " + node).orElse("");
    }

    static @Nullable Story read(String text) throws EventStoreException {
        if (text.isEmpty()) {
            return null;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new EventStoreException("a story in Redis is damaged: " + text, null);
        }
        return new Story(Long.parseLong(matcher.group(1)), Optional.ofNullable(matcher.group(2)));
    }
}
