package dev.drawbridge.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A link of a node to itself")
class LoopbackTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Loopback.Ends ends = Loopback.create("node", tasks::add);
    private final Heard atEdge = new Heard();
    private final Heard atOwner = new Heard();

    private static final class Heard implements Link.Listener {
        private final List<Frame> frames = new ArrayList<>();
        private int closed;

        @Override
        public void received(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void closed() {
            closed++;
        }
    }

    @BeforeEach
    void begin() {
        ends.edge().begin(atEdge);
        ends.owner().begin(atOwner);
    }

    @Test
    @DisplayName("brings frames to its other end, in order, by tasks of their own")
    void sends() {
        ends.edge().send(new Frame.Left(1));
        ends.edge().send(new Frame.Left(2));
        ends.owner().send(new Frame.Sign(3));
        assertThat(atOwner.frames).isEmpty();
        runAll();
        assertThat(atOwner.frames).containsExactly(new Frame.Left(1), new Frame.Left(2));
        assertThat(atEdge.frames).containsExactly(new Frame.Sign(3));
    }

    @Test
    @DisplayName("brings the pieces of all that is large, whichever of it is held up")
    void pieces() {
        Pieces first = new Pieces(1);
        Pieces second = new Pieces(2);
        ends.owner().sendFrom(first);
        ends.owner().sendFrom(second);
        runAll();
        first.ready++;
        second.ready++;
        ends.owner().hasMore();
        runAll();
        assertThat(atEdge.frames).containsExactlyInAnyOrder(new Frame.Sign(1), new Frame.Sign(2));
        first.ready++;
        second.ready++;
        ends.owner().hasMore();
        runAll();
        assertThat(atEdge.frames).hasSize(4);
        ends.owner().hasMore();
        runAll();
        assertThat(first.askedAfterEnd + second.askedAfterEnd).isZero();
    }

    /** Two frames, each when it is ready. */
    private static final class Pieces implements Link.Source {
        private final int session;
        private int ready;
        private int sent;
        private int askedAfterEnd;

        Pieces(int session) {
            this.session = session;
        }

        @Override
        public @Nullable Frame next() {
            if (sent == ready) {
                return null;
            }
            sent++;
            return new Frame.Sign(session);
        }

        @Override
        public boolean isDone() {
            if (sent > 2) {
                askedAfterEnd++;
            }
            return sent == 2;
        }
    }

    @Test
    @DisplayName("believes itself, and lasts as long as its node")
    void trusts() {
        byte[] text = {1, 2, 3};
        assertThat(ends.owner().isSealed(text, ends.edge().seal(text))).isTrue();
        assertThat(ends.edge().peer()).isEqualTo("node");
        ends.edge().close("for no reason");
        ends.edge().send(new Frame.Left(1));
        runAll();
        assertThat(atOwner.frames).hasSize(1);
        assertThat(atOwner.closed).isZero();
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
