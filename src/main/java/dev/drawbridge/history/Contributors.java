package dev.drawbridge.history;

import dev.drawbridge.room.Author;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists of those who have changed a room, each once: by the user's id, or else by the name. */
final class Contributors {
    /** A longer id is not kept: then it is the name that tells who it was. */
    private static final int LONGEST_ID = 500;

    private Contributors() {}

    static Contributor of(Author author) {
        return new Contributor(
                author.userId().filter(id -> id.length() <= LONGEST_ID),
                author.userName().map(Contributors::cut));
    }

    private static String cut(String name) {
        return name.length() <= Version.LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, Version.LONGEST_NAME / 2));
    }

    /** The list with one more; the same list when there is nothing to add. */
    static List<Contributor> with(List<Contributor> list, Contributor who) {
        for (int i = 0; i < list.size(); i++) {
            Contributor known = list.get(i);
            boolean isSame = who.userId().isPresent() ? known.userId().equals(who.userId()) : known.equals(who);
            if (isSame) {
                return known.equals(who) || who.name().isEmpty() ? list : replaced(list, i, who);
            }
        }
        if (list.size() >= Version.MOST_CONTRIBUTORS) {
            return list;
        }
        List<Contributor> longer = new ArrayList<>(list);
        longer.add(who);
        return List.copyOf(longer);
    }

    /** Somebody is called something else by now. */
    private static List<Contributor> replaced(List<Contributor> list, int index, Contributor who) {
        List<Contributor> renamed = new ArrayList<>(list);
        renamed.set(index, who);
        return List.copyOf(renamed);
    }

    /** One list, and those of another that it has not. */
    static List<Contributor> union(List<Contributor> list, List<Contributor> others) {
        List<Contributor> all = list;
        for (Contributor who : others) {
            all = with(all, who);
        }
        return all;
    }

    /** Whether this is anybody: a user, or somebody with a name. */
    static Optional<Contributor> somebody(Author author) {
        Contributor who = of(author);
        return who.userId().isPresent() || who.name().isPresent() ? Optional.of(who) : Optional.empty();
    }
}
