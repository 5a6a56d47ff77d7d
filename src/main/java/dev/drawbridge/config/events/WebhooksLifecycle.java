package dev.drawbridge.config.events;

import dev.drawbridge.events.hooks.Hooks;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Has webhooks called while the server runs. When it stops, what is under way is waited for, for a moment: what has come
 * through and could not be noted is sent once more.
 */
@Component
@EventsWhenEnabled
class WebhooksLifecycle implements SmartLifecycle {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Hooks hooks;
    private volatile boolean running;

    WebhooksLifecycle(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public void start() {
        hooks.start();
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /** Nobody else waits meanwhile. */
    @Override
    public void stop(Runnable callback) {
        running = false;
        Thread.ofVirtual().name("webhooks-stop").start(() -> {
            try {
                hooks.end(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                hooks.close();
                callback.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
