package dev.drawbridge.history;

import java.util.Optional;

/**
 * Names a block: the content of a version, as a whole or as what differs from another version of the room.
 *
 * @param version whose content it is
 * @param base the version from which it differs, whose content is needed to read it; empty when it is whole
 */
public record BlockKey(VersionId version, Optional<VersionId> base) {

    public boolean isWhole() {
        return base.isEmpty();
    }
}
