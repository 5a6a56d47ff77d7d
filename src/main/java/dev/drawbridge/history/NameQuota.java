package dev.drawbridge.history;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How much versions with a name may take. No budget gives them up, so what would be beyond it is refused: whoever may name
 * versions could fill the disk otherwise.
 *
 * @param mostBytes the versions with a name of one room; zero: whatever they take
 */
record NameQuota(VersionStore store, long mostBytes) {
    private static final int A_PAGE = 500;

    /** @throws VersionException.TooManyNamed when the room has as many already as it may */
    void require(String roomId) throws VersionException {
        if (mostBytes > 0 && store.usage(roomId).bytes() >= mostBytes && bytes(roomId) >= mostBytes) {
            throw new VersionException.TooManyNamed(roomId, mostBytes);
        }
    }

    private long bytes(String roomId) {
        Set<VersionId> named = named(roomId);
        return store.blocks(roomId).stream()
                .filter(block -> named.contains(block.key().version()))
                .mapToLong(VersionStore.Block::size)
                .sum();
    }

    private Set<VersionId> named(String roomId) {
        Set<VersionId> named = new HashSet<>();
        Optional<VersionId> before = Optional.empty();
        List<Version> page;
        do {
            page = store.versions(roomId, before, A_PAGE);
            page.stream().filter(version -> version.name().isPresent()).forEach(version -> named.add(version.id()));
            before = page.isEmpty() ? before : Optional.of(page.getLast().id());
        } while (page.size() == A_PAGE);
        return named;
    }
}
