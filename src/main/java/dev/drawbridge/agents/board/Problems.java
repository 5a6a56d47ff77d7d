package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, up to so much as anybody would read. */
final class Problems {
    private static final int MOST = 50;

    private final List<Problem> found = new ArrayList<>();
    private int more;

    void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        } else {
            more++;
        }
    }

    void add(String path, @Nullable JsonValue given, String message) {
        add(Problem.of(path, given, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many there are so far, to see later whether there are more. */
    int count() {
        return found.size() + more;
    }

    Edited.Refused refused() {
        List<Problem> all = new ArrayList<>(found);
        if (more > 0) {
            all.add(Problem.of("", null, "and " + more + " more problems"));
        }
        return new Edited.Refused(all);
    }
}
