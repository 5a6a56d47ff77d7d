package dev.drawbridge.web.mcp;

import dev.drawbridge.json.Quoted;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** A message that is not handled: what its sender is told by HTTP and by JSON-RPC. The message is for who has sent it. */
final class RpcError extends Exception {
    /** What is said is no JSON. */
    static final int PARSE_ERROR = -32700;

    /** It is no message. */
    static final int INVALID_REQUEST = -32600;

    /** There is no such method. */
    static final int METHOD_NOT_FOUND = -32601;

    /** The method is not used like this. */
    static final int INVALID_PARAMS = -32602;

    /** The server failed. */
    static final int INTERNAL_ERROR = -32603;

    /** Of those that servers may give a meaning: whoever it is is not let in, or not now. */
    static final int NOT_LET_IN = -32001;

    private static final int LONGEST = 1_000;

    private final HttpStatus status;
    private final int code;
    private final Map<String, String> headers;

    RpcError(HttpStatus status, int code, String message) {
        this(status, code, message, Map.of());
    }

    RpcError(HttpStatus status, int code, String message, Map<String, String> headers) {
        super(Quoted.line(message, LONGEST), null, false, false);
        this.status = status;
        this.code = code;
        this.headers = headers;
    }

    static RpcError invalidRequest(String message) {
        return new RpcError(HttpStatus.BAD_REQUEST, INVALID_REQUEST, message);
    }

    HttpStatus status() {
        return status;
    }

    int code() {
        return code;
    }

    Map<String, String> headers() {
        return headers;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
