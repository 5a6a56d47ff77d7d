package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.store.Compaction;
import dev.drawbridge.store.RoomStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Store", description = "Where rooms are kept.")
class StoreController {
    private final RoomStore store;
    private final Patience patience;

    StoreController(RoomStore store, Patience patience) {
        this.store = store;
        this.patience = patience;
    }

    @PostMapping(AdminApi.ROOT + "/store/compact")
    @Operation(
            operationId = "compactStore",
            summary = "Give back the space of deleted rooms",
            description = "To the disk, a few megabytes at a time; rooms go on meanwhile. When it takes longer than a"
                    + " request may, it goes on all the same. With Redis there is nothing to do.")
    @MayFail(ProblemType.NOT_SUPPORTED)
    CompactionBody compact() throws RoomCommandException {
        return switch (patience.await(store.compact())) {
            case Compaction.Done(long before, long after) -> new CompactionBody(before, after);
            case Compaction.NotHere(String why) -> throw new ProblemException(ProblemType.NOT_SUPPORTED, why);
        };
    }
}
