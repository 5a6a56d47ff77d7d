package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client's window into the room")
class InboundWindowTest {
    private static final int ALL = InboundWindow.weight(Integer.MAX_VALUE - 2_000);

    private final InboundWindow window = new InboundWindow();

    @Test
    @DisplayName("takes a frame that is larger than all of it, alone")
    void largeFrame() {
        assertThat(ALL).isEqualTo(InboundWindow.weight(1 << 20));
        assertThat(window.enter(ALL)).isTrue();
    }

    @Test
    @DisplayName("counts small frames too, so that their number is bounded")
    void smallFrames() {
        assertThat(InboundWindow.weight(0)).isPositive();
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
