package dev.drawbridge.room;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.RefusalReason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** What a client has received, read one by one: each {@code got…} takes the oldest message that is left. */
public final class ClientAssert extends AbstractAssert<ClientAssert, TestClient> {
    private @Nullable JsonObject last;

    ClientAssert(TestClient client) {
        super(client, ClientAssert.class);
    }

    // ---- push results and patches

    public ClientAssert gotCommit() {
        return gotPushResult(new JsonString("commit"));
    }

    public ClientAssert gotDiscard() {
        return gotPushResult(new JsonString("discard"));
    }

    public ClientAssert gotRebase(JsonObject diff) {
        return gotPushResult(JsonObject.of("rebaseWithDiff", diff));
    }

    /** A push result, for the push whose turn it is (§12.6). */
    private ClientAssert gotPushResult(JsonValue action) {
        JsonObject message = got("push_result");
        Assertions.assertThat(message.get("clientClock"))
                .as("[§12.6] clientClock of %s", message)
                .isEqualTo(actual.nextUnanswered());
        Assertions.assertThat(message.get("action")).isEqualTo(action);
        return this;
    }

    public ClientAssert gotPatch(JsonObject diff) {
        Assertions.assertThat(got("patch").get("diff")).isEqualTo(diff);
        return this;
    }

    /** The clock of the message that was read last. */
    public ClientAssert atClock(long clock) {
        Assertions.assertThat(last).isNotNull();
        Assertions.assertThat(last.get("serverClock")).isEqualTo(JsonNumber.of((double) clock));
        return this;
    }

    // ---- other messages

    public ClientAssert gotPong() {
        Assertions.assertThat(got("pong").size()).isEqualTo(1);
        return this;
    }

    public ClientAssert gotCustom(JsonValue data) {
        Assertions.assertThat(got("custom").get("data")).isEqualTo(data);
        return this;
    }

    public ClientAssert gotIncompatibilityError(String reason) {
        Assertions.assertThat(got("incompatibility_error").string("reason")).isEqualTo(reason);
        return this;
    }

    public ClientAssert gotNothing() {
        if (actual.hasNext()) {
            failWithMessage("<%s> should have got nothing more, but got %s", actual, actual.next());
        }
        return this;
    }

    private JsonObject got(String type) {
        JsonObject message = actual.next();
        Assertions.assertThat(message.string("type"))
                .as("type of %s for <%s>", message, actual)
                .isEqualTo(type);
        last = message;
        return message;
    }

    // ---- hydration

    public ClientAssert isHydrated(String type, long clock) {
        JsonObject answer = actual.hydration();
        Assertions.assertThat(answer.string("hydrationType")).isEqualTo(type);
        Assertions.assertThat(answer.get("serverClock")).isEqualTo(JsonNumber.of((double) clock));
        return this;
    }

    public ClientAssert wasGiven(JsonObject... records) {
        for (JsonObject record : records) {
            Assertions.assertThat(hydrationDiff().get(Records.idOf(record))).isEqualTo(Diffs.putOp(record));
        }
        return this;
    }

    public ClientAssert wasGivenOnly(String... ids) {
        Assertions.assertThat(opIds("put")).containsExactlyInAnyOrder(ids);
        return this;
    }

    public ClientAssert wasToldToForgetOnly(String... ids) {
        Assertions.assertThat(opIds("remove")).containsExactlyInAnyOrder(ids);
        return this;
    }

    private Set<String> opIds(String kind) {
        return hydrationDiff().entries().stream()
                .filter(op ->
                        op.getValue() instanceof JsonArray array && array.get(0).equals(new JsonString(kind)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private JsonObject hydrationDiff() {
        JsonValue diff = actual.hydration().get("diff");
        Assertions.assertThat(diff).isInstanceOf(JsonObject.class);
        return (JsonObject) diff;
    }

    // ---- its end

    public ClientAssert isOpen() {
        Assertions.assertThat(actual.closing()).as("closing of %s", actual).isEmpty();
        return this;
    }

    /** Closed with 4099 and that reason: the person sees it, the client stays away (§7). */
    public ClientAssert wasRefused(RefusalReason reason) {
        Assertions.assertThat(actual.closing()).as("closing of %s", actual).isPresent();
        Assertions.assertThat(actual.closing().flatMap(Effect.Close::refusal)).contains(reason);
        return this;
    }

    /** Closed so that it connects again by itself (§7). */
    public ClientAssert wasClosedToComeBack() {
        Assertions.assertThat(actual.closing()).as("closing of %s", actual).isPresent();
        Assertions.assertThat(actual.closing().flatMap(Effect.Close::refusal)).isEqualTo(Optional.empty());
        return this;
    }
}
