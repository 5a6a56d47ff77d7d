package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("An observer of rooms that throws")
class GuardedRoomObserverTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(GuardedRoomObserver.class);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HandRoomObserver broken = new HandRoomObserver();
    private final RoomObserver guarded = new GuardedRoomObserver(broken);

    @BeforeEach
    void listen() {
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
    @DisplayName("is no misfortune of the room, whatever it is told, and is logged once; it is told on")
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
        assertThat(broken.told()).containsExactly("opened 1", "changed by nobody 2", "emptied", "closed");
        assertThat(lines.list).hasSize(1);
    }

    private void tellAll() {
        guarded.opened("room", 1);
        guarded.changed("room", Optional.empty(), 2);
        guarded.emptied("room");
        guarded.closed("room");
    }
}
