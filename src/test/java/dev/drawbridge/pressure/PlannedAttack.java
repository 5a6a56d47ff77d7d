package dev.drawbridge.pressure;

import java.util.List;

/**
 * An attack, as the suite runs it.
 *
 * @param name by which it can be run alone
 * @param title what the server must do, as a sentence
 * @param settings what the server is started with; those who have the same share one
 * @param stalls for how many seconds the canaries may be kept waiting on purpose
 * @param isOnlyInLongForm whether it takes too long for every build
 */
record PlannedAttack(
        String name, String title, List<String> settings, int stalls, boolean isOnlyInLongForm, Attack attack) {

    static PlannedAttack of(String name, String title, Attack attack) {
        return new PlannedAttack(name, title, List.of(), 0, false, attack);
    }

    PlannedAttack with(String... otherSettings) {
        return new PlannedAttack(name, title, List.of(otherSettings), stalls, isOnlyInLongForm, attack);
    }

    PlannedAttack stalling(int seconds) {
        return new PlannedAttack(name, title, settings, seconds, isOnlyInLongForm, attack);
    }

    PlannedAttack onlyInLongForm() {
        return new PlannedAttack(name, title, settings, stalls, true, attack);
    }
}
