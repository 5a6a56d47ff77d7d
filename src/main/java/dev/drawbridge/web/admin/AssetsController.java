package dev.drawbridge.web.admin;

import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.collection.AssetCollector;
import dev.drawbridge.assets.collection.UnknownMentionsException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Assets", description = "Images and videos that were uploaded.")
class AssetsController {
    private final Optional<AssetStore> store;
    private final Optional<AssetCollector> collector;

    AssetsController(Optional<AssetStore> store, Optional<AssetCollector> collector) {
        this.store = store;
        this.collector = collector;
    }

    @GetMapping(AdminApi.ROOT + "/assets")
    @Operation(
            operationId = "listAssets",
            summary = "List assets",
            description = "Page by page, in an order of the store's own. What is uploaded or deleted meanwhile does not"
                    + " shift the pages.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.NOT_SUPPORTED})
    AssetsBody list(
            @Parameter(description = "Only those that were brought to this room.") @RequestParam Optional<String> room,
            @Parameter(
                            description = "The most assets on the page.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit,
            @Parameter(description = "`next` of the page before.") @RequestParam Optional<String> cursor) {
        Optional<String> after = cursor.map(Cursor::read);
        int most = PageLimit.check(limit);
        if (room.isPresent()) {
            return ofRoom(room.get(), after, most);
        }
        return AssetsBody.of(store().list(after, most), store().usage());
    }

    @GetMapping(AdminApi.ROOM + "/assets")
    @AnsweredHere // every node sees all assets
    @Operation(
            operationId = "listAssetsOfRoom",
            summary = "List the assets of a room",
            description =
                    "Those that were brought to it, whether it still shows them or not, and what they take. A room"
                            + " that has none, or that there is none of, has an empty list.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    AssetsBody listOfRoom(
            @PathVariable String roomId,
            @Parameter(
                            description = "The most assets on the page.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit,
            @Parameter(description = "`next` of the page before.") @RequestParam Optional<String> cursor) {
        return ofRoom(AdminApi.room(roomId), cursor.map(Cursor::read), PageLimit.check(limit));
    }

    private AssetsBody ofRoom(String room, Optional<String> after, int limit) {
        return AssetsBody.of(store().listOfRoom(room, after, limit), store().usageOfRoom(room));
    }

    @DeleteMapping(AdminApi.ROOT + "/assets/{assetId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteAsset",
            summary = "Delete an asset for good",
            description = "Whatever shows it shows it no more, but for browsers and proxies that have it already: they"
                    + " were told that it never changes.")
    @MayFail({ProblemType.ASSET_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    void delete(
            @Parameter(description = "Its id, escaped.", example = "Xq3dP0aYc2-holiday.png") @PathVariable
                    String assetId) {
        deleteIfThere(assetId);
    }

    @DeleteMapping(AdminApi.ROOT + "/assets")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteAssetById",
            summary = "Delete an asset whose id no path can have",
            description = "One with `/`, `\\`, `%` or `;` in it.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ASSET_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    void deleteById(@Parameter(description = "Its id, escaped.") @RequestParam String id) {
        deleteIfThere(id);
    }

    @PostMapping(AdminApi.ROOT + "/assets/collect")
    @Operation(
            operationId = "collectAssets",
            summary = "Look for assets that no room refers to, and delete them",
            description =
                    "As the server does by itself now and then. It reads all rooms, and answers when that is done.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.LIMIT_REACHED, ProblemType.NOT_SUPPORTED, ProblemType.UNAVAILABLE
    })
    CollectionBody collect(
            @Parameter(description = "Only list them.") @RequestParam(defaultValue = "false") boolean dryRun)
            throws InterruptedException {
        AssetCollector assets = collector.orElseThrow(AssetsController::notKept);
        try {
            return CollectionBody.of(
                    dryRun,
                    assets.pass(dryRun)
                            .orElseThrow(() -> new ProblemException(
                                    ProblemType.LIMIT_REACHED, "Unused assets are being looked for already")));
        } catch (UnknownMentionsException e) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "It cannot be told which assets are in use: " + e.getMessage());
        }
    }

    private void deleteIfThere(String id) {
        if (!store().delete(id)) {
            throw new ProblemException(ProblemType.ASSET_NOT_FOUND, "There is no such asset");
        }
    }

    private AssetStore store() {
        return store.orElseThrow(AssetsController::notKept);
    }

    static ProblemException notKept() {
        return new ProblemException(ProblemType.NOT_SUPPORTED, "No assets are kept: drawbridge.assets.type is none");
    }
}
