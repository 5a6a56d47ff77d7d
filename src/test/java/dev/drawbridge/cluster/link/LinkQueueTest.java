package dev.drawbridge.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.ByteBudget;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What waits to go out over a link")
class LinkQueueTest {
    private final ByteBudget budget = new ByteBudget(1_000);
    private final LinkQueue queue = new LinkQueue(budget, 100);

    /** Pieces of so many sessions. */
    private static final class Pieces implements Link.Source {
        private final Deque<Integer> sessions;
        private boolean more;

        Pieces(Integer... sessions) {
            this.sessions = new ArrayDeque<>(List.of(sessions));
        }

        @Override
        public @Nullable Frame next() {
            Integer session = sessions.poll();
            return session == null ? null : new Frame.Piece(session, new byte[10]);
        }

        @Override
        public boolean isDone() {
            return sessions.isEmpty() && !more;
        }
    }

    @Test
    @DisplayName("goes out in its order")
    void order() {
        byte[] first = new byte[10];
        byte[] second = new byte[20];
        queue.add(first);
        queue.add(second);
        assertThat(queue.next()).isSameAs(first);
        assertThat(queue.next()).isSameAs(second);
        assertThat(queue.next()).isNull();
    }

    @Test
    @DisplayName("is counted until it has gone")
    void counted() {
        queue.add(new byte[10]);
        queue.add(new byte[20]);
        assertThat(queue.bytes()).isEqualTo(30);
        assertThat(budget.held()).isEqualTo(30);
        queue.next();
        assertThat(queue.bytes()).isEqualTo(20);
        assertThat(budget.held()).isEqualTo(20);
        queue.next();
        assertThat(budget.held()).isZero();
    }

    @Test
    @DisplayName("is too much when more waits than may, but for one frame that is large by itself")
    void tooMuch() {
        assertThat(queue.add(new byte[1_000])).isTrue();
        assertThat(queue.add(new byte[1])).isFalse();
        queue.next();
        assertThat(queue.add(new byte[99])).isTrue();
        assertThat(queue.add(new byte[1])).isTrue();
    }

    @Test
    @DisplayName("takes pieces of what is large when there is nothing else, by turns")
    void byTurns() throws MalformedFrameException {
        queue.add(new Pieces(1, 1));
        queue.add(new Pieces(2, 2, 2));
        byte[] frame = new byte[10];
        queue.add(frame);
        assertThat(queue.next()).isSameAs(frame);
        assertThat(pieceOf()).isEqualTo(1);
        assertThat(pieceOf()).isEqualTo(2);
        byte[] between = new byte[10];
        queue.add(between);
        assertThat(queue.next()).isSameAs(between);
        assertThat(pieceOf()).isEqualTo(1);
        assertThat(pieceOf()).isEqualTo(2);
        assertThat(pieceOf()).isEqualTo(2);
        assertThat(queue.next()).isNull();
    }

    @Test
    @DisplayName("asks again for pieces of what had none, and never again when there will be none")
    void later() throws MalformedFrameException {
        Pieces slow = new Pieces();
        slow.more = true;
        queue.add(slow);
        queue.add(new Pieces(2));
        assertThat(pieceOf()).isEqualTo(2);
        assertThat(queue.next()).isNull();
        slow.sessions.add(1);
        assertThat(pieceOf()).isEqualTo(1);
        slow.more = false;
        assertThat(queue.next()).isNull();
        slow.sessions.add(1);
        assertThat(queue.next()).isNull();
    }

    @Test
    @DisplayName("is dropped with its link, with all that comes later, and counts no more")
    void closed() {
        queue.add(new byte[200]);
        queue.add(new Pieces(1));
        queue.close();
        assertThat(queue.add(new byte[200])).isTrue();
        queue.add(new Pieces(1));
        assertThat(queue.next()).isNull();
        assertThat(queue.bytes()).isZero();
        assertThat(budget.held()).isZero();
        queue.close();
        assertThat(budget.held()).isZero();
    }

    private int pieceOf() throws MalformedFrameException {
        byte[] next = queue.next();
        assertThat(next).as("a piece").isNotNull();
        return ((Frame.Piece) FrameCodec.decode(ByteBuffer.wrap(next)).orElseThrow()).session();
    }
}
