package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.FiledEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event that is followed by many: it is made into bytes once, and only if somebody wants it. */
public final class Followed {
    private final FiledEvent filed;
    private final Function<FiledEvent, byte[]> format;
    private volatile byte @Nullable [] json;

    Followed(FiledEvent filed, Function<FiledEvent, byte[]> format) {
        this.filed = filed;
        this.format = format;
    }

    public FiledEvent filed() {
        return filed;
    }

    public EventId id() {
        return filed.id();
    }

    /** As it is told outside, in UTF-8 and on one line. It is nobody's to change. */
    public byte[] json() {
        byte[] made = json;
        if (made == null) {
            made = format.apply(filed);
            json = made;
        }
        return made;
    }
}
