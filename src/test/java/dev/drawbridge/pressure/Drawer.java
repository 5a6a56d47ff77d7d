package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that changes its page twenty times a second until it is told to stop. */
final class Drawer implements Guest {
    private static final int PUSHES_PER_SECOND = 20;

    private final Client client;
    private final String page;
    private final Thread thread;
    private volatile boolean over;
    private volatile int version;

    Drawer(Client client, String page) {
        this.client = client;
        this.page = page;
        this.thread = Thread.ofVirtual().unstarted(this::draw);
    }

    Drawer start() {
        thread.start();
        return this;
    }

    private void draw() {
        Pace pace = Pace.of(PUSHES_PER_SECOND);
        for (int next = 1; !over && client.socket().ending().isEmpty(); next++) {
            client.push(Diffs.namePage(page, next));
            version = next;
            pace.did(1);
        }
    }

    String page() {
        return page;
    }

    /** What it has drawn last. */
    int version() {
        return version;
    }

    /** Ends, and checks that all was acknowledged. */
    void stop() {
        close();
        assertThat(client.awaitAnswer(client.clientClock(), Target.PATIENCE).result())
                .isEqualTo("commit");
        assertThat(client.commits()).as("pushes that were acknowledged").isEqualTo(client.clientClock());
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
