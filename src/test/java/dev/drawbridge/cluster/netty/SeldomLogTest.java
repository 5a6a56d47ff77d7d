package dev.drawbridge.cluster.netty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@DisplayName("A log of what anybody can bring about")
class SeldomLogTest {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final AtomicLong now = new AtomicLong(-5);
    private final SeldomLog log;

    SeldomLogTest() {
        Logger logger = (Logger) LoggerFactory.getLogger("seldom");
        logger.setAdditive(false);
        logger.detachAndStopAllAppenders();
        appender.start();
        logger.addAppender(appender);
        log = new SeldomLog(logger, now::get);
    }

    @Test
    @DisplayName("says each thing at once, the same thing once a minute, and then how often it was kept back")
    void seldom() {
        log.warn("no secret from {}", "a");
        log.warn("no version from {}", "a");
        for (int i = 0; i < 1_000; i++) {
            log.warn("no secret from {}", "b");
        }
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("no secret from a", "no version from a");

        appender.list.clear();
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.warn("no secret from {}", "c");
        log.warn("no version from {}", "c");
        assertThat(appender.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("no secret from c", "the same 1000 times more in between", "no version from c");
    }
}
