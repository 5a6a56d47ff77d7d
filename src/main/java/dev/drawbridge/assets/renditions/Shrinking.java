package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.renditions.Making.Made;
import dev.drawbridge.assets.renditions.Making.None;
import dev.drawbridge.assets.renditions.RenditionObserver.Outcome;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes images smaller, within limits. */
final class Shrinking implements Maker {
    private static final Logger log = LoggerFactory.getLogger(Shrinking.class);

    /** A rendition as it is read, turned, and as a file. */
    private static final int TIMES_IN_MEMORY = 3;

    private final Limits limits;
    private final LongSupplier nanoTime;

    Shrinking(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    @Override
    public Making make(MediaType type, byte[] content, Rung rung) {
        try {
            return Source.of(type, content)
                    .map(source -> make(source, content, rung))
                    .orElseGet(() -> new None(Outcome.UNSUITABLE));
        } catch (RuntimeException e) {
            log.debug("An image cannot be read: {}", e.getClass().getName()); // its message has a stranger's words
            return new None(Outcome.UNSUITABLE);
        }
    }

    private Making make(Source source, byte[] content, Rung rung) {
        Optional<None> none = whyNot(source, rung);
        if (none.isPresent()) {
            return none.get();
        }
        Deadline deadline = new Deadline(nanoTime, limits.time());
        try {
            Bitmap small = source.read(content, width(source, rung), height(source, rung), deadline);
            Bitmap upright = source.orientation().turned(small).simplified();
            byte[] file = source.encode(upright, rung.quality());
            return file.length < content.length ? new Made(source.typeOf(upright), file) : new None(Outcome.NO_GAIN);
        } catch (IOException e) {
            if (deadline.hasPassed()) {
                log.debug("A rendition of an image of {}x{} pixels takes too long", source.width(), source.height());
                return new None(Outcome.TOO_SLOW);
            }
            log.debug("An image cannot be read: {}", e.getClass().getName());
            return new None(Outcome.UNSUITABLE);
        }
    }

    private Optional<None> whyNot(Source source, Rung rung) {
        boolean swaps = source.orientation().swaps();
        if ((long) source.width() * source.height() > limits.pixels()) {
            return Optional.of(new None(Outcome.TOO_LARGE));
        }
        if ((swaps ? source.height() : source.width()) <= rung.width()) {
            return Optional.of(new None(Outcome.NOT_WIDER));
        }
        long pixels = (long) width(source, rung) * height(source, rung);
        return source.bytesToRead() + pixels * source.bands() * TIMES_IN_MEMORY > limits.bytes()
                ? Optional.of(new None(Outcome.TOO_LARGE))
                : Optional.empty();
    }

    /** Before it is turned. */
    private static int width(Source source, Rung rung) {
        return source.orientation().swaps() ? proportional(source.width(), rung, source.height()) : rung.width();
    }

    /** Before it is turned. */
    private static int height(Source source, Rung rung) {
        return source.orientation().swaps() ? rung.width() : proportional(source.height(), rung, source.width());
    }

    private static int proportional(int side, Rung rung, int other) {
        return Math.max(1, Math.toIntExact(Math.round((double) side * rung.width() / other)));
    }
}
