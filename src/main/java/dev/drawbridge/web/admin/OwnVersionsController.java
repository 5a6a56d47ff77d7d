package dev.drawbridge.web.admin;

import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.security.HistoryAccess;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/**
 * The past of a room for its users, whom {@link OwnPastGuard} lets in: what operators may do as well, without what concerns
 * others. The query is hidden, since a token may be in it, and comes beside it.
 */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class OwnVersionsController {
    private static final String VERSIONS = AdminApi.OWN_ROOMS + "{roomId}/versions";
    private static final String VERSION = VERSIONS + "/{version}";

    private final Past past;

    OwnVersionsController(Past past) {
        this.past = past;
    }

    @GetMapping(VERSIONS)
    @NeedsPast(HistoryAccess.READ)
    @AnsweredHere // all nodes see the same versions
    VersionsBody list(@PathVariable String roomId, @RequestAttribute(OwnPastGuard.QUERY) OwnQuery query)
            throws RoomCommandException {
        int limit = query.number("limit", PageLimit.DEFAULT);
        return VersionsBody.of(past.list(roomId, query.text("cursor"), limit), VersionBody::own);
    }

    @PostMapping(VERSIONS)
    @NeedsPast(HistoryAccess.RESTORE)
    ResponseEntity<VersionBody> make(
            @PathVariable String roomId, @RequestBody(required = false) @Nullable MakeOwnVersion request)
            throws RoomCommandException {
        Version made = past.make(roomId, Reason.MANUAL, request == null ? Optional.empty() : request.name());
        return ResponseEntity.created(URI.create(AdminApi.OWN_ROOMS + roomId + "/versions/" + made.id()))
                .body(VersionBody.own(made));
    }

    @GetMapping(VERSION)
    @NeedsPast(HistoryAccess.READ)
    @AnsweredHere // all nodes see the same versions
    VersionBody get(@PathVariable String roomId, @PathVariable String version) throws RoomCommandException {
        return VersionBody.own(past.find(roomId, version));
    }

    @GetMapping(
            path = VERSION + "/snapshot",
            produces = {MediaType.APPLICATION_JSON_VALUE, RoomExport.TLDRAW_FILE})
    @NeedsPast(HistoryAccess.READ)
    @AnsweredHere // all nodes see the same versions
    @Nullable
    ResponseEntity<RoomExport> snapshot(
            @PathVariable String roomId,
            @PathVariable String version,
            @RequestAttribute(OwnPastGuard.QUERY) OwnQuery query,
            WebRequest request)
            throws RoomCommandException {
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null
                && request.checkNotModified(
                        Past.tag(past.find(roomId, version).id().text()))) {
            return null; // which has been said already
        }
        return past.file(roomId, version, query.text("format").orElse("snapshot"), query.has("download"));
    }

    @GetMapping(VERSION + "/changes")
    @NeedsPast(HistoryAccess.READ)
    @AnsweredHere // all nodes see the same versions, and what is stored can be read by any node
    VersionChangesBody changes(
            @PathVariable String roomId,
            @PathVariable String version,
            @RequestAttribute(OwnPastGuard.QUERY) OwnQuery query)
            throws RoomCommandException {
        int limit = query.number("limit", VersionsController.CHANGES);
        return VersionChangesBody.own(past.changes(roomId, version, query.text("since"), query.text("until"), limit));
    }

    @PostMapping(VERSION + "/restore")
    @NeedsPast(HistoryAccess.RESTORE)
    ResponseEntity<RestoredBody> restore(
            @PathVariable String roomId,
            @PathVariable String version,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch)
            throws RoomCommandException {
        RestoredBody body = RestoredBody.of(past.restore(roomId, version, Etag.ifMatch(ifMatch)), VersionBody::own);
        return ResponseEntity.ok().eTag(Etag.of(body.documentClock())).body(body);
    }
}
