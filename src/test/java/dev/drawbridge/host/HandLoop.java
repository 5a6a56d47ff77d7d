package dev.drawbridge.host;

/** A writer loop in the hands of the test. */
final class HandLoop implements WriterLoop {
    private final HandExecutor tasks = new HandExecutor();
    private final HandExecutor paced = new HandExecutor();

    @Override
    public void execute(Runnable task) {
        tasks.execute(task);
    }

    @Override
    public void pace(Runnable task) {
        paced.execute(task);
    }

    /** Runs what is to be run now. */
    void run() {
        tasks.runAll();
    }

    /** A sixtieth of a second passes. */
    void pause() {
        paced.runAll();
        run();
    }

    /** How many wait for the end of the pause. */
    int paced() {
        return paced.waiting();
    }
}
