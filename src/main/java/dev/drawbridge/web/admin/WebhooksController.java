package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventStoreException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks", description = "Services that are called when something happens in rooms.")
class WebhooksController {
    private static final String WEBHOOKS = AdminApi.ROOT + "/webhooks";
    private static final String WEBHOOK = WEBHOOKS + "/{name}";
    private static final String DEAD_LETTERS = WEBHOOK + "/dead-letters";

    private final WebhookDesk desk;

    WebhooksController(WebhookDesk desk) {
        this.desk = desk;
    }

    @GetMapping(WEBHOOKS)
    @Operation(
            operationId = "listWebhooks",
            summary = "List the webhooks, and what waits for them",
            description = "They are set by `drawbridge.webhooks`.")
    @MayFail(ProblemType.NOT_SUPPORTED)
    WebhooksBody list() throws EventStoreException {
        return new WebhooksBody(desk.list());
    }

    @GetMapping(DEAD_LETTERS)
    @Operation(
            operationId = "listDeadLetters",
            summary = "List events that were given up",
            description = "The oldest first, page by page.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.WEBHOOK_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    DeadLettersBody deadLetters(
            @PathVariable String name,
            @Parameter(
                            description = "The most events on the page.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit,
            @Parameter(description = "`next` of the page before.") @RequestParam Optional<String> cursor)
            throws EventStoreException {
        return DeadLettersBody.of(desk.dead(name, cursor, limit));
    }

    @DeleteMapping(DEAD_LETTERS)
    @Operation(
            operationId = "discardDeadLetters",
            summary = "Throw events away that were given up",
            description = "For good: nobody is told of them any more.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.WEBHOOK_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    DiscardedBody discard(
            @PathVariable String name,
            @Parameter(description = "The id of an event, and again for others, at most 1,000; without it all.")
                    @RequestParam(defaultValue = "")
                    List<String> id)
            throws EventStoreException {
        return new DiscardedBody(desk.discard(name, id));
    }

    @PostMapping(DEAD_LETTERS + "/resend")
    @Operation(
            operationId = "resendDeadLetters",
            summary = "Send events again that were given up",
            description = "They come back into the queue, as far as there is room in it, as if they had not been tried."
                    + " The receiver gets them under their ids, after later ones. The body may be left out.")
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.WEBHOOK_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    ResentBody resend(@PathVariable String name, @RequestBody(required = false) @Nullable ResendLetters request)
            throws EventStoreException {
        return new ResentBody(desk.resend(name, request == null ? Optional.empty() : request.ids()));
    }

    @PostMapping(WEBHOOK + "/resume")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "resumeWebhook",
            summary = "Send again to a receiver that was no more",
            description =
                    "One that has answered 410 is sent nothing any more until this. What was given up meanwhile is"
                            + " sent by `resendDeadLetters`. Nothing happens to one that is sent to.")
    @MayFail({ProblemType.WEBHOOK_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    void resume(@PathVariable String name) throws EventStoreException, InterruptedException {
        desk.resume(name);
    }

    @PostMapping(WEBHOOK + "/test")
    @Operation(
            operationId = "testWebhook",
            summary = "Call a webhook to see whether it works",
            description =
                    "With an event of the type `webhook.test`, at once and once, by the node that is asked. It does"
                            + " not count as an event: nothing waits for it, and nothing comes of it.")
    @MayFail({ProblemType.WEBHOOK_NOT_FOUND, ProblemType.NOT_SUPPORTED})
    CalledBody test(@PathVariable String name) throws InterruptedException {
        return CalledBody.of(desk.test(name));
    }
}
