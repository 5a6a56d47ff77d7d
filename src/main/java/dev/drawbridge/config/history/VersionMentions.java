package dev.drawbridge.config.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.assets.collection.Mentioning;
import dev.drawbridge.assets.collection.Mentions;
import dev.drawbridge.assets.collection.RoomMentions;
import dev.drawbridge.assets.collection.UnknownMentionsException;
import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.history.chain.BlockFormat;
import dev.drawbridge.history.chain.BlockReader;
import dev.drawbridge.history.chain.DamagedBlockException;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What kept versions refer to. Every record of a version is in a block of its room, so that each block is read once, one at a
 * time and with a pause, whatever stands on it; and since blocks never change, what was found is remembered until the next
 * pass, as far as there is room for it.
 *
 * <p>When the store does not answer, nobody can tell what is referred to. A block that alone cannot be read is damaged, and so
 * is every version that stands on it: it is told of and left out, for else nothing would be collected ever again. Was it only
 * unlucky, nothing is lost by that: an asset goes when many passes in a row have found nobody who refers to it.
 */
final class VersionMentions implements Mentioning {
    private static final Logger log = LoggerFactory.getLogger(VersionMentions.class);
    private static final int ROOMS_A_PAGE = 200;

    /** Of a block that mentions more, nothing is remembered. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final int WEIGHT_OF_BLOCK = 200;
    private static final int WEIGHT_OF_ID = 60;

    private final VersionStore store;
    private final RoomMentions.Pause pause;
    private final Cache<Place, List<String>> known;

    private record Place(String roomId, BlockKey key) {}

    /** @param memory how many bytes may be used to remember what was found */
    VersionMentions(VersionStore store, RoomMentions.Pause pause, long memory) {
        this.store = store;
        this.pause = pause;
        this.known = Caffeine.newBuilder()
                .maximumWeight(memory)
                .weigher((Place place, List<String> ids) -> weight(place, ids))
                .executor(Runnable::run)
                .build();
    }

    private static int weight(Place place, List<String> ids) {
        int weight = WEIGHT_OF_BLOCK + place.roomId().length();
        for (String id : ids) {
            weight += WEIGHT_OF_ID + 2 * id.length();
        }
        return weight;
    }

    @Override
    public void mentions(Consumer<String> ids) throws UnknownMentionsException, InterruptedException {
        try {
            Optional<String> after = Optional.empty();
            do {
                List<String> rooms = store.rooms(after, ROOMS_A_PAGE);
                for (String room : rooms) {
                    ofRoom(room, ids);
                }
                after = rooms.size() < ROOMS_A_PAGE ? Optional.empty() : Optional.of(rooms.getLast());
            } while (after.isPresent());
        } catch (VersionStoreException e) {
            throw new UnknownMentionsException("the versions of rooms cannot be read: " + e.getMessage(), e);
        }
    }

    private void ofRoom(String room, Consumer<String> ids) throws InterruptedException {
        for (VersionStore.Block block : store.blocks(room)) {
            Place place = new Place(room, block.key());
            List<String> found = known.getIfPresent(place);
            if (found != null) {
                found.forEach(ids);
            } else {
                read(place, ids);
                pause.take();
            }
        }
    }

    private void read(Place place, Consumer<String> ids) throws InterruptedException {
        Found found = new Found(ids);
        try {
            Optional<byte[]> block = bytes(place);
            if (block.isEmpty()) {
                return; // it was removed meanwhile; what is still needed of it is in another one
            }
            BlockFormat.read(block.get(), found);
            found.all().ifPresent(all -> known.put(place, all));
        } catch (DamagedBlockException e) {
            leftOut(place, e);
        } catch (VersionStoreException e) {
            store.ping(); // which throws when it is not about this block
            leftOut(place, e);
        }
    }

    /** The second try is for what was only a moment's trouble. */
    private Optional<byte[]> bytes(Place place) throws InterruptedException {
        try {
            return store.block(place.roomId(), place.key());
        } catch (VersionStoreException e) {
            pause.take();
            return store.block(place.roomId(), place.key());
        }
    }

    private static void leftOut(Place place, Exception why) {
        log.warn(
                "Assets that only the version {} of room {} refers to are not known, for it cannot be read: {}",
                place.key().version(),
                place.roomId(),
                why.getMessage());
    }

    /** What a block mentions, passed on as it is found. */
    private static final class Found implements BlockReader {
        private final Consumer<String> ids;
        private final Set<String> remembered = new HashSet<>();
        private boolean tooMany;

        Found(Consumer<String> ids) {
            this.ids = ids;
        }

        @Override
        public void expect(int bytes) {
            // one record at a time
        }

        @Override
        public void schema(SerializedSchema schema) {
            // it refers to none
        }

        @Override
        public void removed(String id) {
            // nor does what is gone
        }

        @Override
        public void put(StoredRecord record) {
            Mentions.in(record.json(), id -> {
                ids.accept(id);
                tooMany |= remembered.size() >= MOST_REMEMBERED;
                if (!tooMany) {
                    remembered.add(id);
                }
            });
        }

        Optional<List<String>> all() {
            return tooMany ? Optional.empty() : Optional.of(List.copyOf(remembered));
        }
    }
}
