package dev.drawbridge.pressure;

import java.util.List;

/**
 * An attack, as the suite runs it.
 *
 * @param name by which it can be run alone
 * @param title what the server must do, as a sentence
 * @param settings what the server is started with; those who have the same share one
 * @param stalls for how many seconds the canaries may be kept waiting on purpose
 */
record PlannedAttack(String name, String title, List<String> settings, int stalls, Attack attack) {

    static PlannedAttack of(String name, String title, Attack attack) {
        return new PlannedAttack(name, title, List.of(), 0, attack);
    }

    PlannedAttack with(String... otherSettings) {
        return new PlannedAttack(name, title, List.of(otherSettings), stalls, attack);
    }

    PlannedAttack stalling(int seconds) {
        return new PlannedAttack(name, title, settings, seconds, attack);
    }
}
