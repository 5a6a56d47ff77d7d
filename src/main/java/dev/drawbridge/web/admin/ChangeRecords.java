package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomPatch;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Changes that land together or not at all. */
@Schema(name = "ChangeRecords", description = "Changes that land together or not at all.")
record ChangeRecords(
        @ArraySchema(arraySchema = @Schema(description = "Records to create or replace, each as a whole."))
        List<JsonObject> puts,

        @ArraySchema(
                arraySchema =
                        @Schema(description = "Ids of records to delete. Those that are not there do not matter."),
                schema = @Schema(example = "shape:old"))
        List<String> deletes,

        @Schema(
                types = "integer",
                format = "int64",
                description = "The clock that the room must have. Without it any will do.",
                example = "7")
        OptionalLong ifClock) {

    static ChangeRecords read(JsonValue body) {
        Members members = Members.of(body, Set.of("puts", "deletes", "ifClock"));
        return new ChangeRecords(members.objects("puts"), members.strings("deletes"), members.clock("ifClock"));
    }

    RoomPatch patch() {
        return new RoomPatch(puts, deletes, ifClock);
    }
}
