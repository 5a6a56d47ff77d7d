package dev.drawbridge.assets;

import dev.drawbridge.assets.AssetObserver.Outcome;
import dev.drawbridge.assets.UploadResult.Busy;
import dev.drawbridge.assets.UploadResult.IdTaken;
import dev.drawbridge.assets.UploadResult.Kept;
import dev.drawbridge.assets.UploadResult.NoSpace;
import dev.drawbridge.assets.UploadResult.OverQuota;
import dev.drawbridge.assets.UploadResult.TooLarge;
import dev.drawbridge.assets.UploadResult.TooSlow;
import dev.drawbridge.assets.UploadResult.Unsupported;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what is uploaded: recognised, counted and paced while it comes, and never held as a whole. */
public final class Uploads {
    private static final Logger log = LoggerFactory.getLogger(Uploads.class);

    private final AssetStore store;
    private final Recognition recognition;
    private final Quotas quotas;
    private final Rules rules;
    private final UploadTurns turns;
    private final LongSupplier nanoTime;
    private final AssetObserver observer;

    /**
     * What may come.
     *
     * @param maxSize the most bytes of an asset
     * @param types those that are taken
     * @param atOnce how many may come in at the same time
     * @param patience how long others wait for their turn
     * @param bytesPerSecond how fast they have to come; 0 for any pace
     * @param pacedAfter how long each may take in any case
     */
    public record Rules(
            long maxSize,
            Set<MediaType> types,
            int atOnce,
            Duration patience,
            long bytesPerSecond,
            Duration pacedAfter) {}

    public Uploads(
            AssetStore store,
            Recognition recognition,
            Quotas quotas,
            Rules rules,
            LongSupplier nanoTime,
            AssetObserver observer) {
        this.store = store;
        this.recognition = recognition;
        this.quotas = quotas;
        this.rules = rules;
        this.turns = new UploadTurns(rules.atOnce(), rules.patience());
        this.nanoTime = nanoTime;
        this.observer = observer;
    }

    /** How many are coming in. */
    public int underWay() {
        return turns.taken();
    }

    /**
     * Takes in an upload; unless it is kept, nothing is.
     *
     * @param body is not read when it can be told beforehand that it is not taken, and not to its end when that shows later
     * @throws IOException when the body breaks off
     * @throws AssetStoreException when the store fails
     */
    public UploadResult take(Upload upload, InputStream body) throws IOException {
        Outcome outcome = Outcome.FAILED;
        try {
            UploadResult result = inTurn(upload, body);
            outcome = outcome(result);
            return result;
        } catch (IOException e) {
            outcome = Outcome.BROKEN;
            throw e;
        } finally {
            observer.uploaded(outcome);
        }
    }

    private static Outcome outcome(UploadResult result) {
        return switch (result) {
            case Kept(Asset _, boolean isNew) -> isNew ? Outcome.STORED : Outcome.SAME;
            case IdTaken() -> Outcome.ID_TAKEN;
            case Unsupported _ -> Outcome.UNSUPPORTED;
            case TooLarge _ -> Outcome.TOO_LARGE;
            case OverQuota _ -> Outcome.QUOTA;
            case NoSpace() -> Outcome.NO_SPACE;
            case TooSlow() -> Outcome.TOO_SLOW;
            case Busy() -> Outcome.BUSY;
        };
    }

    private UploadResult inTurn(Upload upload, InputStream body) throws IOException {
        if (upload.length().orElse(0) > rules.maxSize()) {
            return new TooLarge(rules.maxSize());
        }
        Optional<UploadTurns.Turn> turn = turns.await(upload.remoteAddress());
        if (turn.isEmpty()) {
            return new Busy();
        }
        try (UploadTurns.Turn _ = turn.get();
                Quotas.Reservation reservation = quotas.reserve(upload.room())) {
            return take(upload, body, reservation);
        } catch (Quotas.ExceededException e) {
            return new OverQuota(e.room(), e.atMost());
        } catch (ContentTooLargeException e) {
            return new TooLarge(e.atMost());
        } catch (PacedContent.TooSlowException | SocketTimeoutException e) {
            return new TooSlow();
        } catch (NoSpaceException e) {
            log.error("No more uploads can be kept: {}", e.getMessage());
            return new NoSpace();
        }
    }

    private UploadResult take(Upload upload, InputStream body, Quotas.Reservation reservation) throws IOException {
        reservation.grow(upload.length().orElse(0));
        PacedContent paced = new PacedContent(body, rules.bytesPerSecond(), rules.pacedAfter(), nanoTime);
        try {
            byte[] head = paced.readNBytes(Recognition.HEAD_BYTES);
            Optional<MediaType> type = recognition.of(head);
            if (type.isEmpty() || !rules.types().contains(type.get())) {
                return new Unsupported(type, false);
            }
            if (DeclaredType.contradicts(upload.declaredType(), type.get())) {
                return new Unsupported(type, true);
            }
            InputStream content = new SequenceInputStream(new ByteArrayInputStream(head), paced);
            NewAsset asset = new NewAsset(upload.id(), upload.room(), type.get(), upload.length());
            return switch (store.put(asset, new Reserving(content, reservation), rules.maxSize())) {
                case PutResult.Stored(Asset stored) -> {
                    reservation.kept();
                    yield new Kept(stored, true);
                }
                case PutResult.Same(Asset same) -> new Kept(same, false);
                case PutResult.Different _ -> new IdTaken();
            };
        } finally {
            observer.received(paced.arrived());
        }
    }

    /** Reserves what comes, where it was not said beforehand. */
    private static final class Reserving extends FilterInputStream {
        private final Quotas.Reservation reservation;
        private long count;

        Reserving(InputStream content, Quotas.Reservation reservation) {
            super(content);
            this.reservation = reservation;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                count += read;
                reservation.grow(count);
            }
            return read;
        }
    }
}
