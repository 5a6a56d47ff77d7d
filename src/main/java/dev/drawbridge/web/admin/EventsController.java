package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.follow.Beginning;
import dev.drawbridge.events.follow.EventFilter;
import dev.drawbridge.events.follow.RoomEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happens in rooms, of all nodes: each node sees the whole log. */
@RestController
@Tag(name = "Events", description = "What happens in rooms, as it happens.")
class EventsController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String ROOM = "Only what happens in this room; may be given several times.";
    private static final String TYPES = "Only events of these types, separated by commas.";
    private static final String FORMAT = "Events are told as webhooks are, without the records that have changed.";

    private final Optional<EventStreams> streams;
    private final Optional<RoomEvents> events;

    EventsController(Optional<EventStreams> streams, Optional<RoomEvents> events) {
        this.streams = streams;
        this.events = events;
    }

    @GetMapping(path = AdminApi.ROOT + "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "followEvents",
            summary = "Follow what happens in rooms",
            description =
                    "As server-sent events that do not end: `id` names an event, `event` is its type, `data` is its"
                            + " JSON. First comes an event `ready`, and from there on nothing is left out. Whoever comes again with"
                            + " the id of the last event that they have seen goes on exactly there, at any node. When what has"
                            + " followed on that is not kept any more an event `missed` says so, and what is kept comes then. A"
                            + " comment comes every 15 s, with an `id` to go on at. " + FORMAT,
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "OK",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema = @Schema(type = "string"))))
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.NOT_SUPPORTED})
    void follow(
            @Parameter(description = ROOM, array = @ArraySchema(schema = @Schema(type = "string")))
                    @RequestParam(required = false)
                    @Nullable
                    List<String> room,
            @Parameter(description = TYPES, array = @ArraySchema(schema = @Schema(type = "string")))
                    @RequestParam(required = false)
                    @Nullable
                    List<String> types,
            @Parameter(description = "The same as the header, for those who cannot set it; the header counts.")
                    @RequestParam
                    Optional<String> after,
            @Parameter(
                            description = "The id of the last event that was seen: it goes on with the one after it.",
                            example = "5f0c1a2b-42")
                    @RequestHeader(LAST_EVENT_ID)
                    Optional<String> lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws EventStoreException, IOException {
        EventStreams open = streams.orElseThrow(EventsController::notTold);
        EventFilter wanted = EventsQuery.filter(room, types);
        Optional<EventId> header = EventsQuery.id(LAST_EVENT_ID, lastEventId);
        Optional<EventId> parameter = EventsQuery.id("after", after);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        response.setHeader("X-Accel-Buffering", "no"); // nginx would collect it
        if (!HttpMethod.HEAD.matches(request.getMethod())) {
            open.answer(
                    request,
                    response,
                    wanted,
                    header.or(() -> parameter)
                            .<Beginning>map(Beginning.After::new)
                            .orElseGet(Beginning.Now::new));
        }
    }

    @GetMapping(path = AdminApi.ROOT + "/events/log", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "listEvents",
            summary = "List what has happened in rooms",
            description =
                    "Page by page, the oldest first, for those who do not follow server-sent events. There is always"
                            + " a next page: it is empty until more has happened. " + FORMAT)
    @MayFail({ProblemType.INVALID_REQUEST, ProblemType.NOT_SUPPORTED})
    EventsBody list(
            @Parameter(description = ROOM, array = @ArraySchema(schema = @Schema(type = "string")))
                    @RequestParam(required = false)
                    @Nullable
                    List<String> room,
            @Parameter(description = TYPES, array = @ArraySchema(schema = @Schema(type = "string")))
                    @RequestParam(required = false)
                    @Nullable
                    List<String> types,
            @Parameter(description = "`next` of the page before, or the id of an event; without it the oldest come.")
                    @RequestParam
                    Optional<String> after,
            @Parameter(
                            description = "The most events on the page.",
                            schema =
                                    @Schema(
                                            types = "integer",
                                            defaultValue = PageLimit.DEFAULT,
                                            minimum = "1",
                                            maximum = "" + PageLimit.MAX))
                    @RequestParam(defaultValue = PageLimit.DEFAULT)
                    int limit)
            throws EventStoreException {
        RoomEvents log = events.orElseThrow(EventsController::notTold);
        return EventsBody.of(
                log.page(EventsQuery.filter(room, types), EventsQuery.id("after", after), PageLimit.check(limit)));
    }

    static ProblemException notTold() {
        return new ProblemException(
                ProblemType.NOT_SUPPORTED, "Nothing is told of rooms: drawbridge.events.enabled is false");
    }
}
