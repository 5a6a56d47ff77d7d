package dev.drawbridge.config.schema;

import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.UnknownTypes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once of each type that it is taken unseen; of so many, for anybody can name some. */
final class UnknownTypesLog implements UnknownTypes {
    static final int MOST = 200;

    private static final Logger log = LoggerFactory.getLogger(UnknownTypesLog.class);

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    @Override
    public void taken(String typeName, String type) {
        if (told.size() < MOST) {
            String title = typeName + ' ' + Quoted.bare(type);
            if (told.add(title)) {
                log.warn(
                        "{} is unknown to this server: its props and meta are taken unseen"
                                + " (drawbridge.schema.unknown-types=accept, see docs/types.md)",
                        title);
            }
        }
    }
}
