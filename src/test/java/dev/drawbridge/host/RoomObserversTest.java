package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.DocumentSize;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("Observers of rooms")
class RoomObserversTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(RoomObservers.class);

    private static final String[] ALL = {
        "opened 1", "changed by nobody 2", "left s", "limit RECORDS_PER_ROOM", "emptied", "closed", "deleted"
    };

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HandRoomObserver broken = new HandRoomObserver();
    private final HandRoomObserver other = new HandRoomObserver();
    private final RoomObserver all = RoomObserver.all(List.of(broken, other));

    @BeforeEach
    void listen() {
        broken.comingAndGoing = true;
        other.comingAndGoing = true;
        lines.start();
        LOG.addAppender(lines);
        LOG.setAdditive(false);
        LOG.setLevel(Level.ERROR); // whatever other tests have silenced
    }

    @AfterEach
    void listenNoMore() {
        LOG.detachAppender(lines);
        LOG.setAdditive(true);
        LOG.setLevel(null);
    }

    @Test
    @DisplayName(
            "are each told all; what one throws is no misfortune of the room nor of the others, is logged once, and it is told on")
    void guarded() {
        broken.meanwhile = () -> {
            throw new IllegalStateException("broken");
        };
        tellAll();
        assertThat(lines.list).singleElement().satisfies(line -> assertThat(
                        line.getThrowableProxy().getMessage())
                .isEqualTo("broken"));

        broken.meanwhile = () -> {};
        tellAll();
        assertThat(broken.told()).containsExactly(ALL);
        assertThat(other.told())
                .containsExactly(Stream.of(ALL, ALL).flatMap(Stream::of).toArray(String[]::new));
        assertThat(lines.list).hasSize(1);
    }

    private void tellAll() {
        all.opened("room", 1, true);
        all.changed("room", Optional.empty(), new StoredChange(1, 2, List.of("a"), Set.of(), new DocumentSize(1, 2)));
        all.left("room", "s");
        all.limitHit("room", Limit.RECORDS_PER_ROOM);
        all.emptied("room");
        all.closed("room");
        all.deleted("room");
    }
}
