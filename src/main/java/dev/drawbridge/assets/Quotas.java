package dev.drawbridge.assets;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much the assets of a room, and all assets, may take. What is on its way in counts. With several nodes each counts what
 * comes in at it, so that together they may take in a little more.
 */
public final class Quotas {
    /** After that it is asked for again what there is: assets are deleted as well, and other nodes take some in. */
    private static final long HOLDS_NANOS = Duration.ofSeconds(10).toNanos();

    private final AssetStore store;
    private final long ofRoom;
    private final long inAll;
    private final LongSupplier nanoTime;
    private final Map<Optional<String>, Account> accounts = new HashMap<>();

    /**
     * @param ofRoom the most bytes of the assets of a room; 0 for any
     * @param inAll the most bytes of all assets; 0 for any
     */
    public Quotas(AssetStore store, long ofRoom, long inAll, LongSupplier nanoTime) {
        this.store = store;
        this.ofRoom = ofRoom;
        this.inAll = inAll;
        this.nanoTime = nanoTime;
    }

    /** There is no more room. */
    public static final class ExceededException extends IOException {
        private final transient Optional<String> room;
        private final long atMost;

        ExceededException(Optional<String> room, long atMost) {
            super("no more than " + atMost + " bytes");
            this.room = room;
            this.atMost = atMost;
        }

        /** The room that has as much as it may have; empty when all together have. */
        public Optional<String> room() {
            return room;
        }

        /** What they may have. */
        public long atMost() {
            return atMost;
        }
    }

    /** What is reserved for one that comes in. */
    final class Reservation implements AutoCloseable {
        private final Optional<Account> all;
        private final Optional<Account> room;
        private long bytes;

        private Reservation(Optional<Account> all, Optional<Account> room) {
            this.all = all;
            this.room = room;
        }

        /** Reserves so many bytes in all, if it has not yet as many. */
        void grow(long total) throws ExceededException {
            synchronized (Quotas.this) {
                long more = total - bytes;
                if (more > 0) {
                    check(all, more);
                    check(room, more);
                    all.ifPresent(account -> account.reserved += more);
                    room.ifPresent(account -> account.reserved += more);
                    bytes = total;
                }
            }
        }

        private static void check(Optional<Account> account, long more) throws ExceededException {
            if (account.isPresent()) {
                account.get().check(more);
            }
        }

        /** What was reserved is there now. */
        void kept() {
            synchronized (Quotas.this) {
                all.ifPresent(account -> account.keep(bytes));
                room.ifPresent(account -> account.keep(bytes));
            }
        }

        @Override
        public void close() {
            synchronized (Quotas.this) {
                all.ifPresent(account -> giveBack(account, bytes));
                room.ifPresent(account -> giveBack(account, bytes));
                bytes = 0;
            }
        }
    }

    private static final class Account {
        private final Optional<String> room;
        private final long atMost;
        private long used;
        private long asOf;
        private long reserved;
        private long kept;
        private int reservations;

        Account(Optional<String> room, long atMost) {
            this.room = room;
            this.atMost = atMost;
        }

        void keep(long bytes) {
            used += bytes;
            kept += bytes;
        }

        void check(long more) throws ExceededException {
            if (used + reserved + more > atMost) {
                throw new ExceededException(room, atMost);
            }
        }
    }

    /** @param room empty for an asset of none, which counts among all only */
    Reservation reserve(Optional<String> room) {
        Optional<Account> all =
                inAll == 0 ? Optional.empty() : Optional.of(open(Optional.empty(), inAll, store::usage));
        try {
            return new Reservation(
                    all,
                    ofRoom == 0 ? Optional.empty() : room.map(id -> open(room, ofRoom, () -> store.usageOfRoom(id))));
        } catch (AssetStoreException e) {
            new Reservation(all, Optional.empty()).close();
            throw e;
        }
    }

    /** The store is asked without holding anybody else up. */
    private Account open(Optional<String> room, long atMost, Supplier<AssetUsage> usage) {
        Account known;
        long keptBefore;
        synchronized (this) {
            known = accounts.get(room);
            if (known != null && nanoTime.getAsLong() - known.asOf <= HOLDS_NANOS) {
                known.reservations++;
                return known;
            }
            keptBefore = known == null ? 0 : known.kept;
        }
        long used = usage.get().bytes();
        synchronized (this) {
            Account account = accounts.computeIfAbsent(room, id -> new Account(id, atMost));
            // What was kept while the store was asked may be counted twice for a while, and never not at all.
            account.used = used + account.kept - (account == known ? keptBefore : 0);
            account.asOf = nanoTime.getAsLong();
            account.reservations++;
            return account;
        }
    }

    private void giveBack(Account account, long bytes) {
        account.reserved -= bytes;
        if (--account.reservations == 0) {
            accounts.remove(account.room);
        }
    }
}
