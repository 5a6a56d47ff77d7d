package dev.drawbridge.web.mcp;

import dev.drawbridge.config.ServerVersion;
import dev.drawbridge.config.agents.CallObserver;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official SDK, on a transport of ours: it is given messages that have been read by our rules, and of which nothing is left
 * that it would have to complain about, in words with the names of its classes; and it answers on the thread that asks.
 */
@Component
@McpWhenEnabled
class McpSdk {
    /** The newest last. */
    static final List<String> VERSIONS =
            List.of(ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);

    private static final String INSTRUCTIONS = """
            Boards are whiteboards (tldraw) that people work on live, and you with them: what you draw is seen at once, with your \
            name at a cursor, and your first change of a board makes a version of what was there before.
            Read a board before you change it. Lengths are pixels; x grows to the right, y downwards; x and y of a shape are its \
            top left corner. Leave some 40 pixels between shapes, and connect them with arrows by their ids. \
            When something is refused, nothing of that call was done: the answer says what to change.""";

    private final McpJsonMapper mapper = new JacksonMcpJsonMapper(new JsonMapper());
    private final Transport transport = new Transport();
    private final ToolDesk desk;
    private final Map<String, Tool> tools;

    McpSdk(List<Tool> tools, ToolDesk desk, CallObserver observer, ServerVersion version) {
        this.desk = desk;
        tools.forEach(tool -> observer.offered(tool.card().name()));
        this.tools = tools.stream().collect(Collectors.toMap(tool -> tool.card().name(), tool -> tool));
        McpServer.sync(transport)
                .serverInfo("Drawbridge", version.text())
                .instructions(INSTRUCTIONS)
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .jsonMapper(mapper)
                .jsonSchemaValidator(new InputIsHeldAgainstByUs())
                .validateToolInputs(false)
                .immediateExecution(true)
                .tools(tools.stream()
                        .sorted(Comparator.comparing(tool -> tool.card().name()))
                        .map(this::specification)
                        .toList())
                .build();
    }

    private SyncToolSpecification specification(Tool tool) {
        Tool.Card card = tool.card();
        McpSchema.Tool described = McpSchema.Tool.builder(
                        card.name(), Plain.of(card.input().schema()))
                .title(card.title())
                .description(card.description())
                .annotations(McpSchema.ToolAnnotations.builder()
                        .title(card.title())
                        .readOnlyHint(card.changes() == Tool.Changes.NOTHING)
                        .destructiveHint(card.changes() == Tool.Changes.REPLACES)
                        .openWorldHint(false)
                        .build())
                .build();
        return new SyncToolSpecification(described, (context, _) -> called(tool, (Exchange) context.get(Exchange.KEY)));
    }

    private McpSchema.CallToolResult called(Tool tool, Exchange exchange) {
        Optional<ToolDesk.Answer> answer = desk.call(tool, exchange);
        return McpSchema.CallToolResult.builder()
                .addTextContent(answer.map(ToolDesk.Answer::text).orElse(""))
                .isError(answer.map(ToolDesk.Answer::isError).orElse(false))
                .build();
    }

    /** Says hello, in a version of the protocol that both understand. */
    byte[] initialize(RpcMessage.Request request, String client) throws RpcError {
        String wanted = request.params().string("protocolVersion");
        if (wanted == null) {
            throw invalidParams("protocolVersion: expected a string, such as " + VERSIONS.getLast());
        }
        return answer(
                request,
                "initialize",
                Map.of(
                        "protocolVersion",
                        VERSIONS.contains(wanted) ? wanted : VERSIONS.getLast(),
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", client, "version", "")),
                McpTransportContext.EMPTY);
    }

    /** The tool that is called, and with what. */
    byte[] call(RpcMessage.Request request, Exchange exchange) throws RpcError {
        String name = toolName(request);
        return answer(
                request,
                "tools/call",
                Map.of("name", name, "arguments", Map.of()),
                McpTransportContext.create(Map.of(Exchange.KEY, exchange)));
    }

    private String toolName(RpcMessage.Request request) throws RpcError {
        String name = request.params().string("name");
        if (name == null || !tools.containsKey(name)) {
            throw invalidParams("name: is " + Quoted.of(request.params().get("name")) + ", expected one of "
                    + tools.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return name;
    }

    /** Whatever needs no more than that it is asked: {@code ping} and {@code tools/list}. */
    byte[] answer(RpcMessage.Request request) throws RpcError {
        return answer(request, request.method(), Map.of(), McpTransportContext.EMPTY);
    }

    private byte[] answer(
            RpcMessage.Request request, String method, Map<String, Object> params, McpTransportContext context)
            throws RpcError {
        McpSchema.JSONRPCResponse response = transport
                .handler()
                .handleRequest(context, new McpSchema.JSONRPCRequest(method, id(request.id()), params))
                .block();
        if (response == null || response.error() != null) {
            throw new IllegalStateException("the SDK has not done " + method + ": " + response);
        }
        try {
            return mapper.writeValueAsBytes(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object id(JsonValue id) {
        return Objects.requireNonNull(Plain.value(id));
    }

    private static RpcError invalidParams(String message) {
        return new RpcError(HttpStatus.OK, RpcError.INVALID_PARAMS, message);
    }

    /** Brings messages to the SDK's handler. */
    private static final class Transport implements McpStatelessServerTransport {
        private @Nullable McpStatelessServerHandler handler;

        @Override
        public void setMcpHandler(McpStatelessServerHandler mcpHandler) {
            handler = mcpHandler;
        }

        McpStatelessServerHandler handler() {
            return Objects.requireNonNull(handler);
        }

        @Override
        public List<String> protocolVersions() {
            return VERSIONS;
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }

    /** {@link ToolInput} does, and says what is wrong in words that help. */
    private static final class InputIsHeldAgainstByUs implements JsonSchemaValidator {
        @Override
        public void assertConforms(String what, Map<String, Object> schema) {}

        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object content) {
            return ValidationResponse.asValid("");
        }
    }
}
