package dev.drawbridge.web.admin;

import dev.drawbridge.host.NodeIdentity;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Server", description = "The server that answers: how it is, how it is set up, what was done to it.")
class AuditController {
    private static final String DEFAULT = "100";

    private final Audit audit;
    private final NodeIdentity node;

    AuditController(Audit audit, NodeIdentity node) {
        this.audit = audit;
        this.node = node;
    }

    @GetMapping(AdminApi.ROOT + "/audit")
    @Operation(
            operationId = "listAudit",
            summary = "List what operators have done",
            description = "By this API, at the node that answers, since its start: the last 1,000 requests that were to"
                    + " change something and were let in, whatever was answered. Each is also a line of the log, of the"
                    + " logger `dev.drawbridge.audit`.")
    @MayFail(ProblemType.INVALID_REQUEST)
    AuditBody list(
            @Parameter(
                            description = "The most entries.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = DEFAULT,
                                            minimum = "1",
                                            maximum = "" + Audit.KEPT))
                    @RequestParam(defaultValue = DEFAULT)
                    int limit) {
        if (limit < 1 || limit > Audit.KEPT) {
            throw ProblemException.invalidRequest("limit: from 1 to " + Audit.KEPT);
        }
        return AuditBody.of(node.id(), audit.last(limit));
    }
}
