package dev.drawbridge.web.admin;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds of errors of the admin API. Their names and status codes are promised to callers, see docs/admin-api.md. */
public enum ProblemType {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this path"),
    ROOM_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such room"),
    SESSION_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such session in the room"),
    NODE_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such node"),
    RECORD_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such record in the room"),
    ASSET_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such asset"),
    VERSION_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such version of the room"),
    WEBHOOK_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such webhook"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not for this path"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is not available in an accepted media type"),
    TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The body comes too slowly"),
    ROOM_EXISTS(HttpStatus.CONFLICT, "There is such a room already"),
    LIMIT_REACHED(HttpStatus.CONFLICT, "A limit does not allow it"),
    CANNOT_MOVE(HttpStatus.CONFLICT, "The room cannot go there"),
    CANNOT_FOLLOW(HttpStatus.CONFLICT, "The schema leaves rooms behind"),
    CLOCK_MISMATCH(HttpStatus.PRECONDITION_FAILED, "The room has changed meanwhile"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON in UTF-8"),
    INVALID_RECORD(HttpStatus.UNPROCESSABLE_CONTENT, "A record is invalid"),
    INVALID_SNAPSHOT(HttpStatus.UNPROCESSABLE_CONTENT, "The snapshot is invalid"),
    INVALID_SCHEMA(HttpStatus.UNPROCESSABLE_CONTENT, "The schema files are faulty"),
    NOT_SUPPORTED(HttpStatus.NOT_IMPLEMENTED, "The server is not set up so that it could do this"),
    VERSION_DAMAGED(HttpStatus.INTERNAL_SERVER_ERROR, "The version is not what was kept"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The server failed"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The room cannot be used now");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String urn() {
        return "urn:drawbridge:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
