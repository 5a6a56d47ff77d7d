package dev.drawbridge.security;

import dev.drawbridge.config.service.ServiceException;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.HostReason;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RefusalReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the webhook said. What is not understood lets nobody in. */
@SuppressWarnings("ArrayRecordComponent")
record WebhookAnswer(int status, byte[] body) {

    AccessDecision decision(Instant now) {
        return switch (status) {
            case 200 -> decision(json(), now);
            case 401 -> new AccessDecision.Denied(RefusalReason.NOT_AUTHENTICATED, "the webhook answered 401");
            case 403 -> new AccessDecision.Denied(RefusalReason.FORBIDDEN, "the webhook answered 403");
            case 404 -> new AccessDecision.Denied(RefusalReason.NOT_FOUND, "the webhook answered 404");
            default -> throw unusable("the webhook answered " + status);
        };
    }

    private JsonNode json() {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw unusable("the webhook's answer is not JSON");
        }
    }

    private static AccessDecision decision(JsonNode answer, Instant now) {
        JsonNode allow = answer.path("allow");
        if (!allow.isBoolean()) {
            throw garbage("allow");
        }
        return allow.booleanValue() ? allowed(answer, now) : denied(answer);
    }

    private static AccessDecision allowed(JsonNode answer, Instant now) {
        Instant expiresAt = instant(answer);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            return new AccessDecision.Denied(
                    RefusalReason.NOT_AUTHENTICATED, "the webhook allowed it until a moment that has passed");
        }
        JsonNode user = answer.path("user");
        if (!user.isMissingNode() && !user.isNull() && !user.isObject()) {
            throw garbage("user");
        }
        String word = text(answer, "permission");
        Permission permission =
                word == null ? Permission.VIEW : Permission.of(word).orElseThrow(() -> garbage("permission"));
        String objects = text(answer, "objectAccess");
        String history = text(answer, "history");
        return new AccessDecision.Allowed(
                permission,
                objects == null
                        ? permission.objects()
                        : ObjectAccess.of(objects).orElseThrow(() -> garbage("objectAccess")),
                history == null ? HistoryAccess.NONE : HistoryAccess.of(history).orElseThrow(() -> garbage("history")),
                text(user, "id"),
                text(user, "name"),
                expiresAt);
    }

    /** A no is a no, whatever its reason. */
    private static AccessDecision denied(JsonNode answer) {
        JsonNode word = answer.path("reason");
        CloseReason reason = word.isString() && !word.stringValue().isBlank()
                ? HostReason.of(word.stringValue())
                : RefusalReason.FORBIDDEN;
        return new AccessDecision.Denied(reason, "the webhook said no");
    }

    private static @Nullable Instant instant(JsonNode answer) {
        String text = text(answer, "expiresAt");
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw garbage("expiresAt");
        }
    }

    private static @Nullable String text(JsonNode parent, String name) {
        JsonNode node = parent.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw garbage(name);
        }
        return node.stringValue();
    }

    private static ServiceException garbage(String name) {
        return unusable("the webhook's answer has no usable \"" + name + "\"");
    }

    private static ServiceException unusable(String message) {
        return new ServiceException(ServiceException.Failure.UNUSABLE, message);
    }
}
