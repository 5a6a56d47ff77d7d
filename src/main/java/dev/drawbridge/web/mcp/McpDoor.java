package dev.drawbridge.web.mcp;

import dev.drawbridge.config.McpProperties;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.web.AllowedOrigins;
import dev.drawbridge.web.UnwantedBody;
import dev.drawbridge.web.admin.ArrivingBody;
import dev.drawbridge.web.admin.Holding;
import dev.drawbridge.web.admin.ProblemException;
import dev.drawbridge.web.admin.ToTheOwner;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * MCP over HTTP (streamable, stateless): a message comes by POST and is answered with JSON at once. There are no streams, so
 * GET is not for this path; DELETE is how an agent says that it goes. Whatever is wrong is told as an error of JSON-RPC.
 */
@Controller
@McpWhenEnabled
class McpDoor {
    static final String PATH = "/mcp";
    static final String SESSION = "Mcp-Session-Id";

    private static final Logger log = LoggerFactory.getLogger(McpDoor.class);
    private static final String VERSION = "MCP-Protocol-Version";
    private static final int PIECE = 16 << 10;

    private final McpGate gate;
    private final McpSdk sdk;
    private final Works works;
    private final AllowedOrigins origins;
    private final ObjectProvider<ToTheOwner> owners;
    private final NodeMemory memory;
    private final long mostBytes;

    McpDoor(
            McpGate gate,
            McpSdk sdk,
            Works works,
            AllowedOrigins origins,
            ObjectProvider<ToTheOwner> owners,
            NodeMemory memory,
            McpProperties properties) {
        this.gate = gate;
        this.sdk = sdk;
        this.works = works;
        this.origins = origins;
        this.owners = owners;
        this.memory = memory;
        this.mostBytes = properties.maxBodySize().toBytes();
    }

    @RequestMapping(PATH)
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        UnwantedBody.closeAfter(request, response);
        try {
            switch (request.getMethod()) {
                case "POST" -> post(request, response);
                case "DELETE" -> delete(request, response);
                default ->
                    throw new RpcError(
                            HttpStatus.METHOD_NOT_ALLOWED,
                            RpcError.INVALID_REQUEST,
                            "Messages come by POST; there is no stream to GET",
                            Map.of(HttpHeaders.ALLOW, "POST, DELETE"));
            }
        } catch (RpcError e) {
            refuse(request, response, e);
        } catch (RequestRejectedException e) {
            refuse(request, response, RpcError.invalidRequest("A header has characters that are not allowed in one"));
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, RpcError error)
            throws IOException {
        write(response, error.status(), error, JsonNull.NULL);
        UnwantedBody.end(request, response);
    }

    // ---- what is wrong before anything is read

    private Guest admit(HttpServletRequest request) throws RpcError {
        if (!origins.contain(request)) {
            throw new RpcError(HttpStatus.FORBIDDEN, RpcError.NOT_LET_IN, "Pages of this origin may not do this");
        }
        String version = request.getHeader(VERSION);
        if (version != null && !McpSdk.VERSIONS.contains(version)) {
            throw RpcError.invalidRequest(
                    VERSION + ": is " + Quoted.of(version) + ", expected one of " + String.join(", ", McpSdk.VERSIONS));
        }
        ToTheOwner others = owners.getIfAvailable();
        return gate.admit(request, others != null && others.isForwarded(request));
    }

    private void checkBody(HttpServletRequest request) throws RpcError {
        if (!isJson(request.getContentType())) {
            throw new RpcError(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    RpcError.INVALID_REQUEST,
                    "Content-Type: expected application/json, in UTF-8");
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RpcError(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    RpcError.INVALID_REQUEST,
                    "Content-Encoding: the body must not be compressed");
        }
        if (!acceptsJson(request.getHeader(HttpHeaders.ACCEPT))) {
            throw new RpcError(
                    HttpStatus.NOT_ACCEPTABLE, RpcError.INVALID_REQUEST, "Accept: the answer is application/json");
        }
        if (request.getContentLengthLong() > mostBytes) {
            throw tooLarge();
        }
    }

    private RpcError tooLarge() {
        return new RpcError(
                HttpStatus.CONTENT_TOO_LARGE,
                RpcError.INVALID_REQUEST,
                "A message may have " + mostBytes + " bytes: do it in several");
    }

    private static boolean isJson(@Nullable String type) {
        try {
            MediaType media = type == null ? null : MediaType.parseMediaType(type);
            return media != null
                    && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(media)
                    && (media.getCharset() == null || StandardCharsets.UTF_8.equals(media.getCharset()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean acceptsJson(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        try {
            return MediaType.parseMediaTypes(accept).stream().anyMatch(MediaType.APPLICATION_JSON::isCompatibleWith);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static Optional<AgentSession> session(HttpServletRequest request) throws RpcError {
        String id = request.getHeader(SESSION);
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(AgentSession.of(id)
                .orElseThrow(() -> new RpcError(
                        HttpStatus.NOT_FOUND,
                        RpcError.INVALID_REQUEST,
                        SESSION + ": not one that initialize has given; begin anew without one")));
    }

    // ---- messages

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException, RpcError {
        checkBody(request);
        Guest guest = admit(request);
        Optional<AgentSession> session = session(request);
        Holding holding = Holding.whileRequestLasts(memory.imports());
        byte[] body = body(request, holding);
        UnwantedBody.keepOpen(response);
        RpcMessage message = RpcMessage.of(json(body, holding));
        if (!(message instanceof RpcMessage.Request asked)) {
            response.setStatus(HttpStatus.ACCEPTED.value());
            return;
        }
        try {
            answer(asked, new KeptBody(request, body), response, guest, session);
        } catch (RpcError e) {
            write(response, e.status(), e, asked.id());
        } catch (RuntimeException e) {
            log.error("{} failed", Quoted.of(asked.method()), e);
            write(
                    response,
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    new RpcError(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            RpcError.INTERNAL_ERROR,
                            "The server failed. Its log tells more"),
                    asked.id());
        }
    }

    private void answer(
            RpcMessage.Request asked,
            HttpServletRequest request,
            HttpServletResponse response,
            Guest guest,
            Optional<AgentSession> session)
            throws IOException, RpcError {
        switch (asked.method()) {
            case "initialize" -> {
                AgentSession begun = AgentSession.begin(client(asked.params()));
                byte[] answer = sdk.initialize(asked, begun.client());
                response.setHeader(SESSION, begun.id());
                write(response, HttpStatus.OK, answer);
            }
            case "ping", "tools/list" -> write(response, HttpStatus.OK, sdk.answer(asked));
            case "tools/call" -> {
                Exchange exchange = new Exchange(
                        request,
                        response,
                        guest,
                        session.orElseGet(() -> AgentSession.without(whoItIs(request))),
                        arguments(asked.params()),
                        new AtomicBoolean());
                byte[] answer = sdk.call(asked, exchange);
                if (!exchange.isAnswered().get()) {
                    write(response, HttpStatus.OK, answer);
                }
            }
            default ->
                throw new RpcError(
                        HttpStatus.OK,
                        RpcError.METHOD_NOT_FOUND,
                        "There is no method " + Quoted.of(asked.method()) + " here");
        }
    }

    /** What the program calls itself. */
    private static String client(JsonObject params) {
        if (!(params.get("clientInfo") instanceof JsonObject info)) {
            return "";
        }
        String title = info.string("title");
        String name = info.string("name");
        return title != null && !title.isBlank() ? title : name == null ? "" : name;
    }

    private static JsonObject arguments(JsonObject params) throws RpcError {
        return switch (params.get("arguments")) {
            case null -> JsonObject.EMPTY;
            case JsonNull _ -> JsonObject.EMPTY;
            case JsonObject arguments -> arguments;
            default -> throw new RpcError(HttpStatus.OK, RpcError.INVALID_PARAMS, "arguments: expected an object");
        };
    }

    /** As far as it can be told of a program that has not taken a session. */
    private static String whoItIs(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) + "\n" + request.getRemoteAddr() + "\n"
                + request.getHeader(HttpHeaders.USER_AGENT);
    }

    private byte[] body(HttpServletRequest request, Holding holding) throws IOException, RpcError {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        try {
            ArrivingBody body = new ArrivingBody(request.getInputStream(), mostBytes, System::nanoTime);
            for (int length = body.read(piece, 0, PIECE); length >= 0; length = body.read(piece, 0, PIECE)) {
                holding.hold(length);
                read.write(piece, 0, length);
            }
            return read.toByteArray();
        } catch (ProblemException e) {
            throw new RpcError(e.type().status(), RpcError.INVALID_REQUEST, e.detail());
        } catch (SocketTimeoutException e) {
            throw new RpcError(HttpStatus.REQUEST_TIMEOUT, RpcError.INVALID_REQUEST, "The body did not come");
        }
    }

    private static JsonValue json(byte[] body, Holding holding) throws IOException, RpcError {
        try (JsonStream json = JsonStream.of(new ByteArrayInputStream(body), holding)) {
            JsonValue value = json.value();
            json.keepAll();
            json.end();
            return value;
        } catch (CharacterCodingException e) {
            throw new RpcError(HttpStatus.BAD_REQUEST, RpcError.PARSE_ERROR, "The message is not UTF-8");
        } catch (JsonException e) {
            throw new RpcError(
                    HttpStatus.BAD_REQUEST, RpcError.PARSE_ERROR, "The message is no JSON: " + e.getMessage());
        } catch (ProblemException e) {
            throw new RpcError(e.type().status(), RpcError.INVALID_REQUEST, e.detail());
        }
    }

    // ---- the end

    private void delete(HttpServletRequest request, HttpServletResponse response) throws IOException, RpcError {
        admit(request);
        AgentSession session = session(request)
                .orElseThrow(() -> RpcError.invalidRequest(SESSION + ": is missing: whose session is to end?"));
        works.leave(session);
        response.setStatus(HttpStatus.NO_CONTENT.value());
        UnwantedBody.end(request, response);
    }

    // ---- answers

    private static void write(HttpServletResponse response, HttpStatus status, RpcError error, JsonValue id)
            throws IOException {
        error.headers().forEach(response::setHeader);
        JsonObject answer = JsonObject.builder()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put(
                        "error",
                        JsonObject.builder()
                                .put("code", error.code())
                                .put("message", error.text())
                                .build())
                .build();
        write(response, status, Json.encode(answer));
    }

    private static void write(HttpServletResponse response, HttpStatus status, byte[] json) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
