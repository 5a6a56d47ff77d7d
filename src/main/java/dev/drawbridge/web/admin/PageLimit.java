package dev.drawbridge.web.admin;

/** How much a page may hold. */
final class PageLimit {
    static final String DEFAULT = "50";
    static final int MAX = 200;

    private PageLimit() {}

    static int check(int limit) {
        if (limit < 1 || limit > MAX) {
            throw ProblemException.invalidRequest("limit: from 1 to " + MAX);
        }
        return limit;
    }
}
