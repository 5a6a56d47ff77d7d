package dev.drawbridge.room;

/**
 * How much somebody may send: so much a second for long, and ten seconds' worth of it at any moment. What was not used
 * within ten seconds is gone.
 */
final class Allowance {
    private static final int SECONDS = 10;

    private final double perSecond;
    private double left;
    private long at;

    Allowance(double perSecond, long now) {
        this.perSecond = perSecond;
        this.left = perSecond * SECONDS;
        this.at = now;
    }

    /** Takes that much; false when there is not that much left, and nothing is taken. */
    boolean take(double amount, long now) {
        left = Math.min(perSecond * SECONDS, left + perSecond * Math.max(0, now - at) / 1_000);
        at = now;
        if (amount > left) {
            return false;
        }
        left -= amount;
        return true;
    }
}
