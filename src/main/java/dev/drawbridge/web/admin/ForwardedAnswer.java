package dev.drawbridge.web.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of an answer on its way from the node that gives it to whoever has asked, one piece at a time. */
final class ForwardedAnswer implements Flow.Subscriber<List<ByteBuffer>> {

    /** What comes. */
    private sealed interface Event {
        record Piece(List<ByteBuffer> bytes) implements Event {}

        record End(@Nullable Throwable error) implements Event {}
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        begun.countDown();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        events.add(new Event.Piece(item));
    }

    @Override
    public void onError(Throwable throwable) {
        events.add(new Event.End(throwable));
    }

    @Override
    public void onComplete() {
        events.add(new Event.End(null));
    }

    /** The node that was to answer does not do so to the end. */
    static final class BrokenOffException extends Exception {
        BrokenOffException(String why, @Nullable Throwable cause) {
            super(why, cause);
        }
    }

    /**
     * Passes all of it on, no faster than it is taken.
     *
     * @param patience how long nothing may come
     * @throws IOException when it cannot be passed on
     */
    void copyTo(OutputStream out, Duration patience) throws IOException, BrokenOffException, InterruptedException {
        begun.await();
        Flow.Subscription source = subscription;
        if (source == null) {
            throw new IllegalStateException("no source");
        }
        try {
            while (true) {
                source.request(1);
                switch (events.poll(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    case Event.Piece(List<ByteBuffer> bytes) -> write(bytes, out);
                    case Event.End(Throwable error) -> {
                        if (error != null) {
                            throw new BrokenOffException("its answer ends in the middle", error);
                        }
                        return;
                    }
                    case null -> throw new BrokenOffException("it says no more", null);
                }
            }
        } finally {
            source.cancel();
        }
    }

    private static void write(List<ByteBuffer> pieces, OutputStream out) throws IOException {
        for (ByteBuffer piece : pieces) {
            byte[] bytes = new byte[piece.remaining()];
            piece.get(bytes);
            out.write(bytes);
        }
    }
}
