package dev.drawbridge.web.admin;

import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.host.RoomCommandException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.util.StringUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Tells which problem an exception is. What the caller is told never names a class or quotes a foreign message. */
public final class Problems {

    private Problems() {}

    public static Problem of(Exception exception) {
        return switch (exception) {
            case ProblemException problem -> Problem.of(problem.type(), problem.detail());
            case RoomCommandException refused -> of(refused);
            case VersionStoreException _ ->
                Problem.of(ProblemType.UNAVAILABLE, "The store of versions does not answer");
            case EventStoreException _ -> Problem.of(ProblemType.UNAVAILABLE, "The store of events does not answer");
            case AssetStoreException _ -> Problem.of(ProblemType.UNAVAILABLE, "The store of assets does not answer");
            case MethodArgumentTypeMismatchException mismatch ->
                Problem.of(ProblemType.INVALID_REQUEST, mismatch.getName() + ": expected " + expected(mismatch));
            case TypeMismatchException _ -> Problem.of(ProblemType.INVALID_REQUEST, "A parameter has no valid value");
            case MissingServletRequestParameterException missing ->
                Problem.of(ProblemType.INVALID_REQUEST, missing.getParameterName() + ": is missing");
            case HttpMessageNotReadableException _ ->
                Problem.of(ProblemType.INVALID_REQUEST, "The request has no body, or one that cannot be read");
            case RequestRejectedException _ -> // the firewall looks at headers only when somebody asks for them
                Problem.of(ProblemType.INVALID_REQUEST, "A header has characters that are not allowed in one");
            case ErrorResponse response -> of(response);
            default -> Problem.of(ProblemType.INTERNAL, "The log of the server tells more");
        };
    }

    private static String expected(MethodArgumentTypeMismatchException mismatch) {
        Class<?> type = mismatch.getRequiredType();
        if (type != null && type.isEnum()) {
            return "one of " + StringUtils.arrayToDelimitedString(type.getEnumConstants(), ", ");
        }
        return type == boolean.class
                ? "true or false"
                : "a whole number"; // there are no parameters of other types that a text may fail to be
    }

    private static Problem of(RoomCommandException refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused) {
            case RoomCommandException.NoSuchRoom _ -> Problem.of(ProblemType.ROOM_NOT_FOUND, detail);
            case RoomCommandException.RoomExists _ -> Problem.of(ProblemType.ROOM_EXISTS, detail);
            case RoomCommandException.NoSuchSession _ -> Problem.of(ProblemType.SESSION_NOT_FOUND, detail);
            case RoomCommandException.ClockMismatch mismatch -> Problem.clockMismatch(detail, mismatch.documentClock());
            case RoomCommandException.Invalid _ -> Problem.of(ProblemType.INVALID_RECORD, detail);
            case RoomCommandException.LimitReached _ -> Problem.of(ProblemType.LIMIT_REACHED, detail);
            case RoomCommandException.NoSuchNode _ -> Problem.of(ProblemType.NODE_NOT_FOUND, detail);
            case RoomCommandException.CannotMove _ -> Problem.of(ProblemType.CANNOT_MOVE, detail);
            case RoomCommandException.NoCluster _ -> Problem.of(ProblemType.NOT_SUPPORTED, detail);
            case RoomCommandException.OwnedElsewhere _ -> Problem.of(ProblemType.UNAVAILABLE, detail);
            case RoomCommandException.Unavailable _ -> Problem.of(ProblemType.UNAVAILABLE, detail);
        };
    }

    /** What Spring found wrong before a controller was asked. */
    private static Problem of(ErrorResponse response) {
        ProblemType type =
                switch (response.getStatusCode().value()) {
                    case 404 -> ProblemType.NOT_FOUND;
                    case 405 -> ProblemType.METHOD_NOT_ALLOWED;
                    case 406 -> ProblemType.NOT_ACCEPTABLE;
                    case 413 -> ProblemType.PAYLOAD_TOO_LARGE;
                    case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
                    case 503 -> ProblemType.UNAVAILABLE;
                    default ->
                        response.getStatusCode().is4xxClientError()
                                ? ProblemType.INVALID_REQUEST
                                : ProblemType.INTERNAL;
                };
        return Problem.of(type, type.title()).with(response.getHeaders());
    }
}
