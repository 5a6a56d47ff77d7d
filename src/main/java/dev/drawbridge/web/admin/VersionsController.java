package dev.drawbridge.web.admin;

import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomDetails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Versions", description = "A room's past: what it was, to look at and to bring back.")
class VersionsController {
    private static final String VERSIONS = AdminApi.ROOM + "/versions";
    private static final String VERSION = VERSIONS + "/{version}";

    /** How many changes are told one by one when nothing is said. */
    static final String CHANGES = "200";

    private final Past past;
    private final RandomRoomId randomId;

    VersionsController(Past past, RandomRoomId randomId) {
        this.past = past;
        this.randomId = randomId;
    }

    @GetMapping(VERSIONS)
    @AnsweredHere // all nodes see the same versions
    @Operation(
            operationId = "listVersions",
            summary = "List the versions of a room",
            description = "The newest first, page by page, and what all of them take.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    VersionsBody list(
            @PathVariable String roomId,
            @Parameter(
                            description = "The most versions on the page.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit,
            @Parameter(description = "`next` of the page before, the id of its last version.") @RequestParam
                    Optional<String> cursor)
            throws RoomCommandException {
        return VersionsBody.of(past.list(AdminApi.room(roomId), cursor, limit), VersionBody::of);
    }

    @PostMapping(VERSIONS)
    @Operation(
            operationId = "makeVersion",
            summary = "Keep what a room is now",
            description = "Nobody in the room notices. The body may be left out.")
    @ApiResponse(
            responseCode = "201",
            description = "The version is made and stored.",
            headers = @Header(name = "Location", description = "Where it is.", schema = @Schema(type = "string")))
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.LIMIT_REACHED,
        ProblemType.NOT_SUPPORTED
    })
    ResponseEntity<VersionBody> make(
            @PathVariable String roomId, @RequestBody(required = false) @Nullable MakeVersion request)
            throws RoomCommandException {
        String room = AdminApi.room(roomId);
        MakeVersion wanted = request == null ? new MakeVersion(Optional.empty(), Optional.empty()) : request;
        Version made = past.make(room, wanted.reason().orElse(Reason.API), wanted.name());
        return ResponseEntity.created(URI.create(AdminApi.ROOT + "/rooms/" + room + "/versions/" + made.id()))
                .body(VersionBody.of(made));
    }

    @GetMapping(VERSION)
    @AnsweredHere // all nodes see the same versions
    @Operation(operationId = "getVersion", summary = "Describe a version")
    @MayFail({ProblemType.ROOM_NOT_FOUND, ProblemType.VERSION_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    VersionBody get(@PathVariable String roomId, @PathVariable String version) throws RoomCommandException {
        return VersionBody.of(past.find(AdminApi.room(roomId), version));
    }

    @GetMapping(
            path = VERSION + "/snapshot",
            produces = {MediaType.APPLICATION_JSON_VALUE, RoomExport.TLDRAW_FILE})
    @AnsweredHere // all nodes see the same versions
    @Operation(
            operationId = "getVersionSnapshot",
            summary = "Download the document of a version",
            description = "What it was, at the clock that it had. Records of the object lane, such as comments, are no"
                    + " part of it. The `ETag` is the version: what is in it never changes.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.VERSION_DAMAGED,
        ProblemType.NOT_SUPPORTED
    })
    @Nullable
    ResponseEntity<RoomExport> snapshot(
            @PathVariable String roomId,
            @PathVariable String version,
            @Parameter(
                            description = "`snapshot`, or `tldr`, which tldraw opens.",
                            schema =
                                    @Schema(
                                            allowableValues = {"snapshot", "tldr"},
                                            defaultValue = "snapshot"))
                    @RequestParam(defaultValue = "snapshot")
                    String format,
            @Parameter(
                            description = "When it is there, browsers save the answer as `<room>-<version>.json`, or"
                                    + " `.tldr`.",
                            allowEmptyValue = true)
                    @RequestParam
                    Optional<String> download,
            WebRequest request)
            throws RoomCommandException {
        String room = AdminApi.room(roomId);
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null
                && request.checkNotModified(
                        Past.tag(past.find(room, version).id().text()))) {
            return null; // which has been said already
        }
        return past.file(room, version, format, download.isPresent());
    }

    @PatchMapping(VERSION)
    @AnsweredHere // all nodes see the same versions
    @Operation(
            operationId = "renameVersion",
            summary = "Name a version",
            description = "One with a name is kept until somebody deletes it.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.LIMIT_REACHED,
        ProblemType.NOT_SUPPORTED
    })
    VersionBody rename(@PathVariable String roomId, @PathVariable String version, @RequestBody RenameVersion request)
            throws RoomCommandException {
        return VersionBody.of(past.rename(AdminApi.room(roomId), version, request.name()));
    }

    @DeleteMapping(VERSION)
    @AnsweredHere // all nodes see the same versions
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteVersion", summary = "Delete a version for good")
    @MayFail({ProblemType.ROOM_NOT_FOUND, ProblemType.VERSION_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    void delete(@PathVariable String roomId, @PathVariable String version) throws RoomCommandException {
        past.delete(AdminApi.room(roomId), version);
    }

    @PostMapping(VERSION + "/restore")
    @Operation(
            operationId = "restoreVersion",
            summary = "Make a room what it was",
            description =
                    "As one more change: clients stay and receive the difference. What is there before is a version"
                            + " first. Records of the object lane, such as comments, stay as they are.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.VERSION_DAMAGED,
        ProblemType.LIMIT_REACHED,
        ProblemType.CLOCK_MISMATCH,
        ProblemType.INVALID_RECORD,
        ProblemType.NOT_SUPPORTED
    })
    ResponseEntity<RestoredBody> restore(
            @PathVariable String roomId,
            @PathVariable String version,
            @Parameter(description = Etag.IF_MATCH, schema = @Schema(type = "string", example = "\"7\""))
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch)
            throws RoomCommandException {
        RestoredBody body =
                RestoredBody.of(past.restore(AdminApi.room(roomId), version, Etag.ifMatch(ifMatch)), VersionBody::of);
        return ResponseEntity.ok().eTag(Etag.of(body.documentClock())).body(body);
    }

    @PostMapping(VERSION + "/duplicate")
    @AnsweredHere // all nodes see the same versions, and the new room shall be where it is asked for
    @Operation(
            operationId = "duplicateVersion",
            summary = "Make a new room of a version",
            description = "A room with the document that the version has. The body may be left out.")
    @ApiResponse(
            responseCode = "201",
            description = "The room is made and stored.",
            headers = @Header(name = "Location", description = "Where it is.", schema = @Schema(type = "string")))
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.VERSION_DAMAGED,
        ProblemType.ROOM_EXISTS,
        ProblemType.LIMIT_REACHED,
        ProblemType.NOT_SUPPORTED
    })
    ResponseEntity<RoomBody> duplicate(
            @PathVariable String roomId,
            @PathVariable String version,
            @RequestBody(required = false) @Nullable DuplicateRoom request)
            throws RoomCommandException {
        String id = (request == null ? Optional.<String>empty() : request.id()).orElseGet(randomId::next);
        RoomDetails made = past.duplicate(AdminApi.room(roomId), version, id);
        return ResponseEntity.created(URI.create(AdminApi.ROOT + "/rooms/" + id))
                .body(RoomBody.of(made));
    }

    @GetMapping(VERSION + "/changes")
    @AnsweredHere // all nodes see the same versions, and what is stored can be read by any node
    @Operation(
            operationId = "listVersionChanges",
            summary = "Tell what has changed until a version, or since",
            description = "Which records were added, changed and removed, and who has changed the room.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.VERSION_NOT_FOUND,
        ProblemType.VERSION_DAMAGED,
        ProblemType.NOT_SUPPORTED
    })
    VersionChangesBody changes(
            @PathVariable String roomId,
            @PathVariable String version,
            @Parameter(description = "The version from which on; without it the one before.") @RequestParam
                    Optional<String> since,
            @Parameter(
                            description =
                                    "With `now` it is told what has changed since the version, until the present.",
                            schema = @Schema(allowableValues = "now"))
                    @RequestParam
                    Optional<String> until,
            @Parameter(
                            description = "How many changes are told one by one.",
                            schema =
                                    @Schema(types = "integer", defaultValue = CHANGES, minimum = "1", maximum = "1000"))
                    @RequestParam(defaultValue = CHANGES)
                    int limit)
            throws RoomCommandException {
        return VersionChangesBody.of(past.changes(AdminApi.room(roomId), version, since, until, limit));
    }
}
