package dev.drawbridge.web.admin;

import dev.drawbridge.assets.Uploads;
import dev.drawbridge.assets.embedded.EmbeddedAssets;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Versions;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomDetails;
import dev.drawbridge.host.RoomListing;
import dev.drawbridge.host.RoomQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Assets")
class EmbeddedAssetsController {
    private final RoomCommands rooms;
    private final Optional<EmbeddedAssets> embedded;
    private final Patience patience;
    private final Optional<Versions> versions;

    EmbeddedAssetsController(
            RoomCommands rooms,
            Optional<Uploads> uploads,
            Loans loans,
            Patience patience,
            Optional<Versions> versions) {
        this.rooms = rooms;
        this.embedded = uploads.map(there -> new EmbeddedAssets(rooms, there, loans::ofAPart));
        this.patience = patience;
        this.versions = versions;
    }

    @GetMapping(AdminApi.ROOT + "/assets/embedded")
    @Operation(
            operationId = "listEmbeddedAssets",
            summary = "List the rooms that have images and videos inside",
            description = "As data URLs. It reads the assets of so many rooms, page by page.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.NOT_SUPPORTED})
    EmbeddedRoomsBody list(
            @Parameter(
                            description = "The most rooms to look into.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit,
            @Parameter(description = "`next` of the page before.") @RequestParam Optional<String> cursor)
            throws RoomCommandException {
        EmbeddedAssets assets = embedded();
        RoomListing page = patience.await(
                rooms.list(new RoomQuery("", Optional.empty(), cursor.map(Cursor::read), PageLimit.check(limit))));
        List<EmbeddedRoomsBody.Room> found = new ArrayList<>();
        for (RoomDetails room : page.rooms()) {
            try {
                EmbeddedAssets.Embedded inside = assets.in(room.id(), patience::await);
                if (inside.count() > 0) {
                    found.add(new EmbeddedRoomsBody.Room(room.id(), inside.count(), inside.characters()));
                }
            } catch (RoomCommandException.NoSuchRoom e) {
                // it was deleted meanwhile
            }
        }
        return new EmbeddedRoomsBody(found, page.next().map(Cursor::after).orElse(null));
    }

    @GetMapping(AdminApi.ROOM + "/assets/embedded")
    @Operation(
            operationId = "countEmbeddedAssets",
            summary = "Count the images and videos that are inside a room",
            description = "As data URLs, which make rooms of megabytes.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    EmbeddedBody count(@PathVariable String roomId) throws RoomCommandException {
        EmbeddedAssets.Embedded found = embedded().in(AdminApi.room(roomId), patience::await);
        return new EmbeddedBody(found.count(), found.characters());
    }

    @PostMapping(AdminApi.ROOM + "/assets/externalise")
    @Operation(
            operationId = "externaliseAssets",
            summary = "Bring the images and videos that are inside a room out of it",
            description =
                    "What the room is before is a version first. Each is kept as an upload, and its record shows it from there, for all who are in the room as well."
                            + " Those that cannot be brought out stay, and are listed.")
    @MayFail({
        ProblemType.INVALID_REQUEST,
        ProblemType.ROOM_NOT_FOUND,
        ProblemType.LIMIT_REACHED,
        ProblemType.NOT_SUPPORTED
    })
    ExternalisedBody externalise(
            @PathVariable String roomId,
            @Parameter(
                            description =
                                    "What clients reach this server by; where this request went to when it is not said.",
                            example = "https://board.example.com")
                    @RequestParam
                    Optional<String> base)
            throws RoomCommandException, IOException {
        String server = base.map(EmbeddedAssetsController::checked)
                .orElseGet(() -> ServletUriComponentsBuilder.fromCurrentContextPath()
                        .build()
                        .toUriString());
        String room = AdminApi.room(roomId);
        EmbeddedAssets assets = embedded();
        if (versions.isPresent() && assets.in(room, patience::await).count() > 0) {
            patience.await(versions.get().keep(room, Reason.BEFORE_IMPORT));
        }
        return ExternalisedBody.of(assets.moveOut(
                room, id -> server + "/uploads/" + UriUtils.encode(id, StandardCharsets.UTF_8), patience::await));
    }

    private static String checked(String base) {
        try {
            URI uri = new URI(base);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                return base.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException e) {
            // what it should be is said below
        }
        throw new ProblemException(
                ProblemType.INVALID_REQUEST, "`base` has to be an address such as https://board.example.com");
    }

    private EmbeddedAssets embedded() {
        return embedded.orElseThrow(AssetsController::notKept);
    }
}
