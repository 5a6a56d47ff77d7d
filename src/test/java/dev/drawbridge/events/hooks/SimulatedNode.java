package dev.drawbridge.events.hooks;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/** A node that sends to webhooks, in virtual time. It dies without a word. */
final class SimulatedNode {
    private final Simulation simulation;
    private final String id;
    private final Hooks hooks;
    private boolean isAlive = true;

    /** What runs in it ends here. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;

        Died() {
            super("the node has died", null, false, false);
        }
    }

    SimulatedNode(
            Simulation simulation,
            String id,
            List<Webhook> webhooks,
            EventStore store,
            RandomGenerator random,
            Delivery delivery,
            WebhookObserver observer) {
        this.simulation = simulation;
        this.id = id;
        this.hooks = new Hooks(
                webhooks,
                store,
                id,
                simulation,
                random,
                delivery,
                (event, diff) -> JsonObject.of("id", JsonString.of(event.id().text()))
                        .with("room", JsonString.of(event.event().roomId())),
                webhook -> new SimulatedWorker(),
                observer);
    }

    String id() {
        return id;
    }

    Hooks hooks() {
        return hooks;
    }

    boolean isAlive() {
        return isAlive;
    }

    SimulatedNode start() {
        hooks.start();
        return this;
    }

    void kill() {
        isAlive = false;
    }

    /** One task after the other, even when time passes within one. */
    private final class SimulatedWorker implements Worker {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean isBusy;

        @Override
        public void run(Runnable task) {
            simulation.in(Duration.ofMillis(1), () -> perform(task));
        }

        @Override
        public void every(Duration pause, Runnable task) {
            simulation.in(Duration.ofMillis(1), () -> again(pause, task));
        }

        private void again(Duration pause, Runnable task) {
            perform(() -> {
                task.run();
                simulation.in(pause, () -> again(pause, task));
            });
        }

        private void perform(Runnable task) {
            if (isBusy) {
                waiting.add(task);
                return;
            }
            isBusy = true;
            try {
                for (Runnable next = task; next != null && isAlive; next = waiting.poll()) {
                    next.run();
                }
            } catch (Died e) {
                waiting.clear();
            } finally {
                isBusy = false;
            }
        }

        @Override
        public void close() {
            kill();
        }
    }
}
