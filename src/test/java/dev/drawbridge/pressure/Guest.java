package dev.drawbridge.pressure;

/** Whoever uses the server, and goes when it is over. */
interface Guest extends AutoCloseable {
    @Override
    void close();
}
