package dev.drawbridge.web.admin;

import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Restored;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionChanges;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.Versions;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomDetails;
import dev.drawbridge.room.TldrFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What operators and users alike may ask of a room's past. Rooms are named by ids that are valid, versions by any text. */
@Component
public class Past {
    private final Optional<Versions> versions;
    private final RoomCommands rooms;
    private final Patience patience;
    private final Loans loans;

    Past(Optional<Versions> versions, RoomCommands rooms, Patience patience, Loans loans) {
        this.versions = versions;
        this.rooms = rooms;
        this.patience = patience;
        this.loans = loans;
    }

    /**
     * Some versions of a room, the newest first.
     *
     * @param next the cursor of those that come then
     */
    public record Page(List<Version> versions, VersionStore.Usage usage, Optional<String> next) {}

    public Page list(String room, Optional<String> cursor, int limit) throws RoomCommandException {
        int most = PageLimit.check(limit);
        Optional<VersionId> before = cursor.map(Past::cursor);
        Versions past = versions();
        patience.await(rooms.describe(room)); // there is such a room
        List<Version> found = patience.await(past.list(room, before, most + 1));
        VersionStore.Usage usage = patience.await(past.usage(room));
        return found.size() <= most
                ? new Page(found, usage, Optional.empty())
                : new Page(
                        found.subList(0, most),
                        usage,
                        Optional.of(found.get(most - 1).id().text()));
    }

    private static VersionId cursor(String text) {
        return VersionId.of(text)
                .orElseThrow(() -> ProblemException.invalidRequest("cursor: not one that a page before gave as next"));
    }

    Version find(String room, String version) throws RoomCommandException {
        return patience.await(versions().find(room, version));
    }

    public Version make(String room, Reason reason, Optional<String> name) throws RoomCommandException {
        return patience.await(versions().make(room, reason, name));
    }

    Version rename(String room, String version, Optional<String> name) throws RoomCommandException {
        return patience.await(versions().rename(room, version, name));
    }

    void delete(String room, String version) throws RoomCommandException {
        patience.await(versions().delete(room, version));
    }

    public Restored restore(String room, String version, OptionalLong ifClock) throws RoomCommandException {
        return patience.await(versions().restore(room, version, ifClock, loans.ofRequest()));
    }

    RoomDetails duplicate(String room, String version, String newRoom) throws RoomCommandException {
        return patience.await(versions().duplicate(room, version, newRoom, loans.ofRequest()));
    }

    /** @param since at most one of this and {@code until} may be there */
    VersionChanges changes(String room, String version, Optional<String> since, Optional<String> until, int limit)
            throws RoomCommandException {
        if (limit < 1 || limit > Versions.MOST_CHANGES) {
            throw ProblemException.invalidRequest("limit: from 1 to " + Versions.MOST_CHANGES);
        }
        if (until.isEmpty()) {
            return patience.await(versions().changes(room, version, since, limit, loans.ofRequest()));
        }
        if (!until.get().equals("now")) {
            throw ProblemException.invalidRequest("until: expected now");
        }
        if (since.isPresent()) {
            throw ProblemException.invalidRequest("since: not together with until, which begins at the version itself");
        }
        return patience.await(versions().changesUntilNow(room, version, limit, loans.ofRequest()));
    }

    /** The document of a version as a file. What is in a version never changes: its id is the tag. */
    ResponseEntity<RoomExport> file(String room, String version, String format, boolean download)
            throws RoomCommandException {
        RoomExport.Format wanted = RoomExport.Format.of(format);
        RoomExport export = new RoomExport(
                patience.await(versions().snapshot(room, version, loans.ofRequest())),
                rooms.objectLane(),
                wanted,
                TldrFormat.Content.AS_IT_IS);
        HttpHeaders headers = new HttpHeaders();
        headers.setETag(tag(version));
        headers.setContentType(wanted.mediaType());
        headers.setCacheControl(CacheControl.noCache().cachePrivate());
        if (download) {
            headers.setContentDisposition(ContentDisposition.attachment()
                    .filename(export.fileName(room + "-" + version))
                    .build());
        }
        return ResponseEntity.ok().headers(headers).body(export);
    }

    /** The tag of a version's document; the version is there, then. */
    static String tag(String version) {
        return "\"" + version + "\"";
    }

    /** All that is kept of a room that has been deleted goes. */
    void forget(String room) throws RoomCommandException {
        if (versions.isPresent()) {
            patience.await(versions.get().forget(room));
        }
    }

    /** Whether anything is kept of a room, be it there or not. */
    boolean isKept(String room) throws RoomCommandException {
        return versions.isPresent()
                && patience.await(versions.get().usage(room)).bytes() > 0;
    }

    private Versions versions() {
        return versions.orElseThrow(() -> new ProblemException(
                ProblemType.NOT_SUPPORTED, "No versions are kept: drawbridge.history.enabled is false"));
    }
}
