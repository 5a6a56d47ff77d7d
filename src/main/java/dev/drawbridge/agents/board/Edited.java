package dev.drawbridge.agents.board;

import java.util.List;

/** What has become of what was asked for: an edit of the board, or all that is wrong with it. */
public sealed interface Edited {

    /**
     * It can be done so.
     *
     * @param ids the shapes that are made, changed or deleted, in the order in which they were asked for
     */
    record Done(BoardEdit edit, List<String> ids) implements Edited {
        public Done {
            ids = List.copyOf(ids);
        }
    }

    /** Nothing is done. */
    record Refused(List<Problem> problems) implements Edited {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
