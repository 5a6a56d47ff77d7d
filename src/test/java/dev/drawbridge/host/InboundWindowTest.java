package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's window into the room")
class InboundWindowTest {
    private static final long ALL = 1 << 20;

    private final InboundWindow window = new InboundWindow(ALL);

    @Test
    @DisplayName("takes a frame that is larger than all of it, alone")
    void largeFrame() {
        assertThat(window.enter(10 * ALL)).isTrue();
        window.leave(10 * ALL);
        assertThat(window.enter(ALL)).isTrue();
    }

    @Test
    @DisplayName("lets the socket's thread wait when it is full, until something has been handled")
    void waits() {
        window.enter(ALL);
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread socket = Thread.ofPlatform().start(() -> entered.complete(window.enter(1)));
        await().until(() -> socket.getState() == Thread.State.TIMED_WAITING);
        assertThat(entered).isNotDone();

        window.leave(ALL);
        assertThat(entered.join()).isTrue();
    }

    @Test
    @DisplayName("gives up when the thread is interrupted")
    void interrupted() {
        window.enter(ALL);
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        Thread socket = Thread.ofPlatform().start(() -> entered.complete(window.enter(1)));
        socket.interrupt();
        assertThat(entered.join()).isFalse();
    }
}
