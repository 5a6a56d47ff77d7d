package dev.drawbridge.web.admin;

import dev.drawbridge.config.SettingException;
import dev.drawbridge.config.schema.SchemaSource;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.SchemaReload;
import dev.drawbridge.host.SchemaReload.Mode;
import dev.drawbridge.host.SchemaReload.Outcome;
import dev.drawbridge.host.SchemaReload.Stray;
import dev.drawbridge.schema.StoreSchema;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Schema", description = "The types of records that rooms may have.")
class SchemaController {
    private final SchemaSource source;
    private final SchemaReload reload;
    private final Patience patience;

    SchemaController(SchemaSource source, SchemaReload reload, Patience patience) {
        this.source = source;
        this.reload = reload;
        this.patience = patience;
    }

    @PostMapping(AdminApi.ROOT + "/schema/reload")
    @Operation(
            operationId = "reloadSchema",
            summary = "Read the schema files again",
            description =
                    "On this node: in a cluster each has its own. Rooms migrate when they are opened next; those that"
                            + " are open go on with the schema that they have. When the files are faulty, or an open room could not"
                            + " be opened again, nothing is done.")
    @MayFail({ProblemType.INVALID_SCHEMA, ProblemType.CANNOT_FOLLOW, ProblemType.UNAVAILABLE})
    SchemaBody reload(
            @Parameter(description = "Only find out what would happen.") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            @Parameter(description = "Do it even if open rooms could not be opened again.")
                    @RequestParam(defaultValue = "false")
                    boolean force,
            @Parameter(
                            description =
                                    "Then put open rooms away, so that they are migrated at once: their clients come again.")
                    @RequestParam(defaultValue = "false")
                    boolean unload)
            throws RoomCommandException {
        Outcome outcome = patience.await(reload.replace(read(), dryRun ? Mode.LOOK : force ? Mode.FORCE : Mode.DO));
        if (!dryRun && !outcome.isDone()) {
            throw new ProblemException(ProblemType.CANNOT_FOLLOW, why(outcome));
        }
        return SchemaBody.of(outcome, unload && outcome.isDone() ? patience.await(reload.unload()) : 0);
    }

    private StoreSchema read() {
        try {
            return source.read();
        } catch (SettingException e) {
            throw new ProblemException(ProblemType.INVALID_SCHEMA, e.getMessage() + ". " + e.remedy());
        }
    }

    private static String why(Outcome outcome) {
        return outcome.change().obstacle().orElseGet(() -> {
            Stray first = outcome.strays().getFirst();
            String others = outcome.strays().size() == 1
                    ? ""
                    : ", as " + (outcome.strays().size() - 1) + " others";
            return "The open room " + first.roomId() + " could not be opened again" + others + ": " + first.why();
        });
    }
}
