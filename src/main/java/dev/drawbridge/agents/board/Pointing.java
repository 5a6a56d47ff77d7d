package dev.drawbridge.agents.board;

import java.util.List;

/**
 * Where somebody is seen on a board.
 *
 * @param pageId the id of a page's record
 * @param x where the cursor is, in the page's coordinates
 * @param y where the cursor is, in the page's coordinates
 * @param selected the ids of the shapes that are shown as selected
 */
public record Pointing(String pageId, double x, double y, List<String> selected) {
    public Pointing {
        selected = List.copyOf(selected);
    }
}
