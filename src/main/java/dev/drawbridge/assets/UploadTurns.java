package dev.drawbridge.assets;

import dev.drawbridge.host.ClientNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many uploads there are at once: so many, and of one address not all of them. Others wait for a while. */
final class UploadTurns {
    private static final int PARTS = 4;

    private final int most;
    private final int mostOfOne;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();
    private int taken;

    UploadTurns(int most, Duration patience) {
        this.most = most;
        this.mostOfOne = Math.max(1, most - most / PARTS);
        this.patienceNanos = patience.toNanos();
    }

    /** Somebody whose turn it is, until closed. */
    final class Turn implements AutoCloseable {
        private final ClientNetwork network;

        private Turn(ClientNetwork network) {
            this.network = network;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                taken--;
                byNetwork.merge(network, -1, (before, one) -> before + one == 0 ? null : before + one);
                left.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a turn; empty when none came. */
    Optional<Turn> await(String address) {
        ClientNetwork network = ClientNetwork.of(address);
        lock.lock();
        try {
            long nanos = patienceNanos;
            while (taken >= most || byNetwork.getOrDefault(network, 0) >= mostOfOne) {
                if (nanos <= 0) {
                    return Optional.empty();
                }
                nanos = left.awaitNanos(nanos);
            }
            taken++;
            byNetwork.merge(network, 1, Integer::sum);
            return Optional.of(new Turn(network));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
