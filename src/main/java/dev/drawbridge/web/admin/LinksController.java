package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.security.LinkTokens;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Links", description = "Bring people into rooms.")
class LinksController {
    private static final LinkTokens OWN_CHECK =
            new LinkTokens.NotPossible("A check of your own decides who may enter a room: links are its business");

    private final RoomCommands rooms;
    private final Patience patience;
    private final LinkTokens tokens;

    /** @param tokens empty where a bean of the team's own decides who may enter */
    LinksController(RoomCommands rooms, Patience patience, Optional<LinkTokens> tokens) {
        this.rooms = rooms;
        this.patience = patience;
        this.tokens = tokens.orElse(OWN_CHECK);
    }

    @PostMapping(AdminApi.ROOM + "/links")
    @Operation(
            operationId = "makeLink",
            summary = "Make a link into a room",
            description =
                    "Where tokens are signed with a secret that this server knows, it signs one for this room and no other;"
                            + " it cannot be taken back, and ends by itself. Where everybody is let in, the link has none.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.ROOM_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    LinkBody make(@PathVariable String roomId, @RequestBody MakeLink request) throws RoomCommandException {
        String room = AdminApi.room(roomId);
        patience.await(rooms.describe(room)); // a link to a misspelt room would make it
        return switch (tokens) {
            case LinkTokens.NotNeeded() -> LinkBody.open(room);
            case LinkTokens.NotPossible(String why) -> throw new ProblemException(ProblemType.NOT_SUPPORTED, why);
            case LinkTokens.Signed signer -> {
                LinkTokens.Wanted wanted = request.into(room);
                yield LinkBody.of(wanted, signer.make(wanted));
            }
        };
    }
}
