package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.RoomSnapshot;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The admin API's description at {@code /v3/api-docs}: what cannot be read from the controllers. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String TOKEN = "token";
    private static final String PROBLEM_JSON = org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    /** What any call may end with. */
    private static final Set<ProblemType> ALWAYS = EnumSet.of(ProblemType.INTERNAL, ProblemType.UNAVAILABLE);

    static {
        SpringDocUtils.getConfig()
                .replaceWithSchema(JsonObject.class, reference("Record"))
                .replaceWithSchema(RecordBody.class, reference("Record"))
                .replaceWithSchema(EventBody.class, reference("Event"))
                .replaceWithSchema(RoomSnapshot.class, reference("Snapshot"))
                .replaceWithSchema(ImportedRoom.class, reference("Snapshot"))
                .replaceWithSchema(RoomExport.class, typed("object", "A file of the room."))
                .replaceWithSchema(JsonValue.class, new Schema<>());
    }

    @Bean
    OpenAPI adminApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Drawbridge admin API")
                        .version("v1")
                        .description(
                                "Operate the rooms of a Drawbridge server. It works alike for rooms that are open and"
                                        + " for rooms that are only stored. Changes follow the room's own rules, reach every"
                                        + " client at once, and are answered when they are stored."))
                .servers(List.of(new Server().url("/").description("The server that this comes from")))
                .security(List.of(new SecurityRequirement().addList(TOKEN)))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("The value of `drawbridge.admin.token`.")));
    }

    @Bean
    OperationCustomizer problems() {
        return (operation, method) -> {
            MayFail mayFail = method.getMethodAnnotation(MayFail.class);
            Set<ProblemType> types = EnumSet.copyOf(ALWAYS);
            if (mayFail != null) {
                types.addAll(List.of(mayFail.value()));
            }
            if (operation.getRequestBody() != null) {
                types.add(ProblemType.UNSUPPORTED_MEDIA_TYPE);
            }
            Map<Integer, List<ProblemType>> byStatus = types.stream()
                    .collect(Collectors.groupingBy(type -> type.status().value(), TreeMap::new, Collectors.toList()));
            byStatus.forEach((status, all) -> addProblem(
                    operation,
                    status,
                    all.stream().map(type -> "`" + type.urn() + "`").collect(Collectors.joining(", "))));
            Optional.ofNullable(operation.getParameters()).orElseGet(List::of).stream()
                    .filter(parameter -> "roomId".equals(parameter.getName()))
                    .forEach(parameter ->
                            parameter.description("The id of the room.").example("team-retro"));
            addProblem(operation, 401, "`urn:drawbridge:problem:unauthorized`");
            addProblem(operation, 429, "`urn:drawbridge:problem:too-many-attempts`");
            return operation;
        };
    }

    /** When everything is there that was found at the controllers. It is done anew for each request, to the same object. */
    @Bean
    OpenApiCustomizer schemasAndOrder() {
        return api -> {
            api.getTags().sort(Comparator.comparing(Tag::getName));
            api.getComponents()
                    .addSchemas("Problem", problemSchema())
                    .addSchemas("Event", eventSchema())
                    .addSchemas("Record", recordSchema())
                    .addSchemas("Snapshot", snapshotSchema());
        };
    }

    private static void addProblem(Operation operation, int status, String description) {
        operation
                .getResponses()
                .addApiResponse(
                        Integer.toString(status),
                        new ApiResponse()
                                .description(description)
                                .content(new Content()
                                        .addMediaType(PROBLEM_JSON, new MediaType().schema(reference("Problem")))));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static Schema<?> problemSchema() {
        return object("An error (RFC 9457).")
                .addProperty("type", text("What kind of error it is; stable."))
                .addProperty("title", text("The kind in words."))
                .addProperty("status", integer("The status code of the answer."))
                .addProperty("detail", text("What is wrong with this request."))
                .addProperty("instance", text("The path of the request."))
                .addProperty("documentClock", integer("With `clock-mismatch`: the clock of the room."))
                .example(Map.of(
                        "type",
                        ProblemType.ROOM_NOT_FOUND.urn(),
                        "title",
                        ProblemType.ROOM_NOT_FOUND.title(),
                        "status",
                        404,
                        "detail",
                        "There is no room team-retro"));
    }

    private static Schema<?> eventSchema() {
        return object("What has happened in a room.")
                .addProperty("id", text("Its id, the same however often it is told."))
                .addProperty("type", text("What kind of event it is."))
                .addProperty("time", text("When it has happened."))
                .addProperty("room", text("The id of the room."))
                .addProperty("node", text("The node that says so."))
                .addProperty(
                        "data",
                        object("What depends on its type; see docs/events.md.").additionalProperties(true))
                .example(Map.of(
                        "id",
                        "5f0c1a2b-42",
                        "type",
                        "room.deleted",
                        "time",
                        "2026-11-28T17:00:00.123Z",
                        "room",
                        "team-retro",
                        "node",
                        "drawbridge-0-3f9a1c",
                        "data",
                        Map.of()));
    }

    private static Schema<?> recordSchema() {
        return object("A record of the room's tldraw schema.")
                .addProperty("id", text("Its id, which starts with its type."))
                .addProperty("typeName", text("Its type."))
                .additionalProperties(true)
                .example(Map.of(
                        "id", "page:page", "typeName", "page", "name", "Page 1", "index", "a1", "meta", Map.of()));
    }

    private static Schema<?> snapshotSchema() {
        return object(
                        "A room's document, as `TLSocketRoom.getCurrentSnapshot()` gives it. Older ones and store snapshots"
                                + " (`{store, schema}`) are read as well.")
                .addProperty("documentClock", integer("The clock of the room."))
                .addProperty("clock", integer("The same, for older readers."))
                .addProperty("tombstoneHistoryStartsAtClock", integer("Deletions before this clock are forgotten."))
                .addProperty("schema", object("The version of the tldraw schema that the records have."))
                .addProperty("tombstones", object("Deleted records and the clock of their deletion."))
                .addProperty(
                        "documents",
                        typed("array", "The records.")
                                .items(object("A record and the clock of its last change.")
                                        .addProperty("state", reference("Record"))
                                        .addProperty("lastChangedClock", integer("The clock of its last change."))));
    }

    private static Schema<?> object(String description) {
        return typed("object", description);
    }

    private static Schema<?> text(String description) {
        return typed("string", description);
    }

    private static Schema<?> integer(String description) {
        return typed("integer", description).format("int64");
    }

    private static Schema<?> typed(String type, String description) {
        Schema<?> schema = new Schema<>();
        schema.setType(type);
        schema.setTypes(Set.of(type));
        schema.setDescription(description);
        return schema;
    }
}
