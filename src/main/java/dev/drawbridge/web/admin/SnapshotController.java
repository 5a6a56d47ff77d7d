package dev.drawbridge.web.admin;

import dev.drawbridge.history.Versions;
import dev.drawbridge.host.Replaced;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.room.RoomSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Snapshots", description = "A room's whole document: back it up, restore it.")
class SnapshotController {
    private static final String SNAPSHOT = AdminApi.ROOM + "/snapshot";

    private final RoomCommands rooms;
    private final Patience patience;
    private final Loans loans;
    private final Optional<Versions> versions;

    SnapshotController(RoomCommands rooms, Patience patience, Loans loans, Optional<Versions> versions) {
        this.rooms = rooms;
        this.patience = patience;
        this.loans = loans;
        this.versions = versions;
    }

    @GetMapping(SNAPSHOT)
    @Operation(
            operationId = "getSnapshot",
            summary = "Download a room's document",
            description =
                    "The `ETag` is the room's clock; with `If-None-Match` a room that has not changed is answered with"
                            + " 304.")
    @MayFail(ProblemType.ROOM_NOT_FOUND)
    @Nullable
    ResponseEntity<RoomSnapshot> get(
            @PathVariable String roomId,
            @Parameter(
                            description = "When it is there, browsers save the answer as `<room>-<clock>.json`.",
                            allowEmptyValue = true)
                    @RequestParam
                    Optional<String> download,
            WebRequest request)
            throws RoomCommandException {
        if (isUnchanged(roomId, request)) {
            return null; // which has been said already
        }
        RoomSnapshot snapshot = patience.await(rooms.snapshot(AdminApi.room(roomId), loans.ofRequest()));
        HttpHeaders headers = new HttpHeaders();
        headers.setETag(Etag.of(snapshot.documentClock()));
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (download.isPresent()) {
            headers.setContentDisposition(ContentDisposition.attachment()
                    .filename(roomId + "-" + snapshot.documentClock() + ".json")
                    .build());
        }
        return ResponseEntity.ok().headers(headers).body(snapshot);
    }

    /** The room is not read to be told that it has not changed. */
    private boolean isUnchanged(String roomId, WebRequest request) throws RoomCommandException {
        return request.getHeader(HttpHeaders.IF_NONE_MATCH) != null
                && request.checkNotModified(Etag.of(
                        patience.await(rooms.describe(AdminApi.room(roomId))).documentClock()));
    }

    @PutMapping(SNAPSHOT)
    @Operation(
            operationId = "replaceSnapshot",
            summary = "Replace a room's document in place",
            description =
                    "Clients stay and receive the difference. Snapshots of all tldraw versions are read, and plain"
                            + " store snapshots. What is there before is a version first. Records of the object lane, such as comments, stay as they are.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.LIMIT_REACHED,
        ProblemType.CLOCK_MISMATCH,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.INVALID_SNAPSHOT
    })
    ResponseEntity<ClockBody> replace(
            @PathVariable String roomId,
            @Parameter(description = Etag.IF_MATCH, schema = @Schema(type = "string", example = "\"7\""))
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @Parameter(
                            description =
                                    "What becomes of records of the object lane: they are `kept` as they are, or `replaced` by"
                                            + " those of the snapshot.",
                            schema =
                                    @Schema(
                                            allowableValues = {"kept", "replaced"},
                                            defaultValue = "kept"))
                    @RequestParam(defaultValue = "kept")
                    String objects,
            @RequestBody RoomSnapshot snapshot)
            throws RoomCommandException {
        boolean replaced = AdminApi.chosen("objects", objects, "kept", "replaced");
        OptionalLong ifClock = Etag.ifMatch(ifMatch);
        String room = AdminApi.room(roomId);
        CompletionStage<Long> answer = versions.isPresent()
                ? versions.get().replace(room, snapshot, replaced, ifClock)
                : rooms.replace(room, snapshot, replaced, ifClock).thenApply(Replaced::documentClock);
        long clock = patience.awaitTaken(answer);
        return ResponseEntity.ok().eTag(Etag.of(clock)).body(new ClockBody(clock));
    }
}
