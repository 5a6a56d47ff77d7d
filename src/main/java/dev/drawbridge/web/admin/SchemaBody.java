package dev.drawbridge.web.admin;

import dev.drawbridge.host.SchemaReload;
import dev.drawbridge.schema.SchemaChange;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(name = "SchemaReload", description = "What came of it, or would come of it.")
record SchemaBody(
        @Schema(description = "Whether rooms are opened with the schema as it is read now.")
        boolean done,

        @Schema(description = "The migration sequences that are others now.")
        List<Sequence> sequences,

        @Schema(
                description =
                        "How many rooms were open: they go on with the schema that they have until they are put away.")
        int openRooms,

        @Schema(description = "Those of them that could not be opened again, at most 100.")
        List<Stray> cannotFollow,

        @Schema(description = "How many rooms were put away, for their clients to come again.")
        int unloaded) {

    @Schema(name = "SchemaSequence")
    record Sequence(
            @Schema(example = "com.tldraw.shape.card") String id,

            @Schema(description = "Its version; -1 when it was not there.", example = "-1")
            int before,

            @Schema(description = "Its version; -1 when it is there no more.", example = "2")
            int after) {}

    @Schema(name = "SchemaStray")
    record Stray(
            @Schema(example = "my-room") String room,

            @Schema(example = "shape:a: type: expected one of \"arrow\", …, got \"card\"")
            String why) {}

    static SchemaBody of(SchemaReload.Outcome outcome, int unloaded) {
        return new SchemaBody(
                outcome.isDone(),
                outcome.change().sequences().entrySet().stream()
                        .map(each -> sequence(each.getKey(), each.getValue()))
                        .toList(),
                outcome.openRooms(),
                outcome.strays().stream()
                        .map(each -> new Stray(each.roomId(), each.why()))
                        .toList(),
                unloaded);
    }

    private static Sequence sequence(String id, SchemaChange.Versions versions) {
        return new Sequence(id, versions.before(), versions.after());
    }
}
