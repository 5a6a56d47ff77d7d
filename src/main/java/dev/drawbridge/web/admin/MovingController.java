package dev.drawbridge.web.admin;

import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.embedded.InlinedAssets;
import dev.drawbridge.history.Versions;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomImport;
import dev.drawbridge.room.TldrFormat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Moving", description = "Rooms that come from elsewhere, and files of rooms.")
class MovingController {
    private final RoomCommands rooms;
    private final Patience patience;
    private final Loans loans;
    private final Optional<AssetStore> store;
    private final Optional<Versions> versions;

    MovingController(
            RoomCommands rooms,
            Patience patience,
            Loans loans,
            Optional<AssetStore> store,
            Optional<Versions> versions) {
        this.rooms = rooms;
        this.patience = patience;
        this.loans = loans;
        this.store = store;
        this.versions = versions;
    }

    @PostMapping(AdminApi.ROOM + "/import")
    @Operation(
            operationId = "importRoom",
            summary = "Take a room in that comes from elsewhere",
            description =
                    "The body is a `.tldr` file, or a snapshot of any kind and age, or the database in which tldraw's"
                            + " own server keeps a room (`application/vnd.sqlite3`), as it is. All of it is taken in, but"
                            + " for records that never leave a client, or nothing.")
    @ApiResponse(
            responseCode = "201",
            description = "The room is made and stored.",
            headers = @Header(name = "Location", description = "Where it is.", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "200",
            description = "The document of the room is replaced. Clients stay and receive the difference.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.ROOM_EXISTS,
        ProblemType.LIMIT_REACHED,
        ProblemType.PAYLOAD_TOO_LARGE,
        ProblemType.INVALID_SNAPSHOT
    })
    ResponseEntity<ImportedBody> take(
            @PathVariable String roomId,
            @Parameter(
                            description = "What happens when there is such a room already: `refuse`, or `replace` its"
                                    + " document in place, of which a version is kept.",
                            schema =
                                    @Schema(
                                            allowableValues = {"refuse", "replace"},
                                            defaultValue = "refuse"))
                    @RequestParam(defaultValue = "refuse")
                    String ifExists,
            @Parameter(
                            description =
                                    "Whether clients that knew this room on the server that it comes from go on from"
                                            + " what they know (`kept`), if the snapshot has the clocks for that and the room is new"
                                            + " here; else they are given all of it anew.",
                            schema =
                                    @Schema(
                                            allowableValues = {"new", "kept"},
                                            defaultValue = "new"))
                    @RequestParam(defaultValue = "new")
                    String history,
            @RequestBody ImportedRoom content)
            throws RoomCommandException {
        String id = AdminApi.room(roomId);
        RoomImport wanted = new RoomImport(
                content.content(),
                AdminApi.chosen("ifExists", ifExists, "refuse", "replace"),
                AdminApi.chosen("history", history, "new", "kept"));
        CompletionStage<RoomImport.Outcome> answer =
                versions.isPresent() ? versions.get().take(id, wanted) : rooms.take(id, wanted);
        ImportedBody body = ImportedBody.of(id, patience.awaitTaken(answer));
        return body.created()
                ? ResponseEntity.created(URI.create(AdminApi.ROOT + "/rooms/" + id))
                        .body(body)
                : ResponseEntity.ok(body);
    }

    @GetMapping(
            path = AdminApi.ROOM + "/export",
            produces = {RoomExport.TLDRAW_FILE, MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            operationId = "exportRoom",
            summary = "Download a room as a file",
            description = "A `.tldr` file is opened by tldraw.com and by every tldraw editor.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    @Nullable
    ResponseEntity<RoomExport> export(
            @PathVariable String roomId,
            @Parameter(
                            description = "`tldr`, or `snapshot`, which has clocks and deletions as well.",
                            schema =
                                    @Schema(
                                            allowableValues = {"tldr", "snapshot"},
                                            defaultValue = "tldr"))
                    @RequestParam(defaultValue = "tldr")
                    String format,
            @Parameter(
                            description =
                                    "Where the files of images and videos are: `linked`, as the records say, or `inline`, in a"
                                            + " `.tldr` file that can be opened anywhere.",
                            schema =
                                    @Schema(
                                            allowableValues = {"linked", "inline"},
                                            defaultValue = "linked"))
                    @RequestParam(defaultValue = "linked")
                    String assets,
            WebRequest request)
            throws RoomCommandException {
        RoomExport.Format wanted = RoomExport.Format.of(format);
        TldrFormat.Content content = content(assets, wanted);
        String id = AdminApi.room(roomId);
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH) != null
                && request.checkNotModified(
                        Etag.of(patience.await(rooms.describe(id)).documentClock()))) {
            return null; // which has been said already
        }
        RoomExport export = new RoomExport(
                patience.await(rooms.snapshot(id, loans.ofRequest())), rooms.objectLane(), wanted, content);
        return ResponseEntity.ok()
                .eTag(Etag.of(export.room().documentClock()))
                .contentType(wanted.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(export.fileName(id))
                                .build()
                                .toString())
                .body(export);
    }

    private TldrFormat.Content content(String assets, RoomExport.Format format) {
        return switch (assets) {
            case "linked" -> TldrFormat.Content.AS_IT_IS;
            case "inline" -> {
                if (format != RoomExport.Format.TLDR) {
                    throw ProblemException.invalidRequest("assets: inline is for the format tldr");
                }
                yield new InlinedAssets(store.orElseThrow(AssetsController::notKept));
            }
            default -> throw ProblemException.invalidRequest("assets: expected linked or inline");
        };
    }
}
