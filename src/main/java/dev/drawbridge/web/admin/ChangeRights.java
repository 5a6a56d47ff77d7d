package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.room.Rights;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody in a room may do from now on. */
@Schema(name = "ChangeRights", description = "What somebody in a room may do from now on.")
record ChangeRights(
        @Schema(description = "Whether they may not change the document.", requiredMode = Schema.RequiredMode.REQUIRED)
        boolean readonly,

        @Schema(
                description =
                        "Whether they may change the records of the object lane, such as comments; when it is missing, who"
                                + " may change the document may do that as well.",
                allowableValues = {"read", "write"})
        @Nullable
        String objectAccess) {

    static ChangeRights read(JsonValue body) {
        Members members = Members.of(body, Set.of("readonly", "objectAccess"));
        String objectAccess = members.string("objectAccess").orElse(null);
        if (objectAccess != null && ObjectAccess.of(objectAccess).isEmpty()) {
            throw ProblemException.invalidRequest("objectAccess: expected read or write");
        }
        return new ChangeRights(members.bool("readonly"), objectAccess);
    }

    Rights rights() {
        return new Rights(
                readonly, ObjectAccess.of(objectAccess).orElse(readonly ? ObjectAccess.READ : ObjectAccess.WRITE));
    }
}
