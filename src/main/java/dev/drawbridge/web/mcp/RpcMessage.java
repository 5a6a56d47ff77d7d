package dev.drawbridge.web.mcp;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import org.springframework.http.HttpStatus;

/** A message of JSON-RPC 2.0, as MCP allows it: one at a time, with named parameters. */
sealed interface RpcMessage {

    /**
     * Somebody wants an answer.
     *
     * @param id comes back with it
     */
    record Request(JsonValue id, String method, JsonObject params) implements RpcMessage {}

    /** Somebody tells something. */
    record Notification(String method) implements RpcMessage {}

    /** Somebody answers what nobody has asked: this server asks nothing. */
    record Answer() implements RpcMessage {}

    /** The message that a value is. */
    static RpcMessage of(JsonValue value) throws RpcError {
        if (value instanceof JsonArray) {
            throw RpcError.invalidRequest("A batch of messages is not taken: send them one by one");
        }
        if (!(value instanceof JsonObject message)) {
            throw RpcError.invalidRequest("A message is a JSON object");
        }
        if (!"2.0".equals(message.string("jsonrpc"))) {
            throw RpcError.invalidRequest("jsonrpc: expected \"2.0\"");
        }
        if (!message.has("method") && message.has("id") && (message.has("result") || message.has("error"))) {
            return new Answer();
        }
        String method = message.string("method");
        if (method == null) {
            throw RpcError.invalidRequest("method: expected a string");
        }
        return message.has("id") ? request(message, method) : new Notification(method);
    }

    private static Request request(JsonObject message, String method) throws RpcError {
        JsonValue id = message.get("id");
        if (!(id instanceof JsonString) && !(id instanceof JsonNumber(double number) && number == (long) number)) {
            throw RpcError.invalidRequest("id: expected a string or a whole number");
        }
        JsonValue params = message.get("params");
        if (params == null) {
            return new Request(id, method, JsonObject.EMPTY);
        }
        if (!(params instanceof JsonObject named)) {
            throw new RpcError(HttpStatus.BAD_REQUEST, RpcError.INVALID_PARAMS, "params: expected an object");
        }
        return new Request(id, method, named);
    }
}
