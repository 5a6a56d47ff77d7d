package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.diff.MalformedDiffException;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's copy of a room, kept the way tldraw keeps it: what the server has confirmed, and on top of it the client's
 * own changes, shown at once and put on top again whenever the server has spoken.
 */
final class Replica {
    private static final String PRESENCE = "instance_presence";

    private final RecordDiffer differ;
    private final Map<String, JsonObject> confirmed = new LinkedHashMap<>();
    private final Map<String, JsonObject> shown = new LinkedHashMap<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Map<String, Edit> unsent = new LinkedHashMap<>();

    /** A push that the server has not answered yet. */
    private record Pending(JsonValue clientClock, @Nullable JsonObject diff) {}

    /** From what to what a record was changed; null is none. */
    private record Edit(@Nullable JsonObject from, @Nullable JsonObject to) {}

    Replica(RecordDiffer differ) {
        this.differ = differ;
    }

    // ---- the client's own changes

    @Nullable
    JsonObject get(String id) {
        return shown.get(id);
    }

    Map<String, JsonObject> confirmed() {
        return confirmed;
    }

    Map<String, JsonObject> shown() {
        return shown;
    }

    boolean isSettled() {
        return pending.isEmpty() && unsent.isEmpty();
    }

    /** Changes a record, or removes it; when offline it is shown only, until the next hydration makes a push of it. */
    void edit(String id, @Nullable JsonObject next, boolean online) {
        JsonObject before = shown.get(id);
        show(id, next);
        if (online) {
            Edit earlier = unsent.get(id);
            unsent.put(id, new Edit(earlier == null ? before : earlier.from(), next));
        }
    }

    /** What is to be pushed now; empty when there is nothing. */
    Optional<JsonObject> takeUnsent() {
        JsonObject diff = diffOf(unsent);
        unsent.clear();
        return diff.isEmpty() ? Optional.empty() : Optional.of(diff);
    }

    void sent(JsonValue clientClock, @Nullable JsonObject diff) {
        pending.add(new Pending(clientClock, diff));
    }

    // ---- what the server says

    void disconnected() {
        pending.clear();
        unsent.clear();
        Set.copyOf(confirmed.keySet()).stream().filter(Replica::isPresence).forEach(id -> {
            confirmed.remove(id);
            shown.remove(id);
        });
    }

    /** The answer to connect (§11): own changes that are not confirmed are made again, and are to be pushed again. */
    void hydrated(JsonObject answer) {
        JsonObject own = diffOf(editsSinceConfirmed());
        if (new JsonString("wipe_all").equals(answer.get("hydrationType"))) {
            confirmed.clear();
        }
        apply(diffIn(answer), confirmed);
        showConfirmed();
        apply(own, shown);
        unsent.putAll(editsSinceConfirmed());
    }

    /** A patch or the result of a push (§12.4). */
    void received(JsonObject event) {
        switch (event.string("type")) {
            case "patch" -> apply(diffIn(event), confirmed);
            case "push_result" -> {
                Pending push = pending.poll();
                assertThat(push).as("[§12.6] the push of %s", event).isNotNull();
                assertThat(event.get("clientClock")).as("[§12.6] order").isEqualTo(push.clientClock());
                JsonValue action = Objects.requireNonNull(event.get("action"));
                if (action instanceof JsonObject rebase) {
                    apply((JsonObject) Objects.requireNonNull(rebase.get("rebaseWithDiff")), confirmed);
                } else if (action.equals(new JsonString("commit")) && push.diff() != null) {
                    apply(push.diff(), confirmed);
                }
            }
            case null, default -> throw new AssertionError("not a data event: " + event);
        }
        showConfirmed();
        pending.forEach(push -> {
            if (push.diff() != null) {
                apply(push.diff(), shown);
            }
        });
        apply(diffOf(unsent), shown);
    }

    // ---- inside

    private Map<String, Edit> editsSinceConfirmed() {
        Map<String, Edit> edits = new LinkedHashMap<>();
        Set<String> ids = new HashSet<>(confirmed.keySet());
        ids.addAll(shown.keySet());
        for (String id : ids) {
            JsonObject from = confirmed.get(id);
            JsonObject to = shown.get(id);
            if (!Objects.equals(from, to)) {
                edits.put(id, new Edit(from, to));
            }
        }
        return edits;
    }

    private JsonObject diffOf(Map<String, Edit> edits) {
        JsonObject.Builder diff = JsonObject.builder();
        edits.forEach((id, edit) -> op(edit).ifPresent(op -> diff.put(id, op.toJson())));
        return diff.build();
    }

    private Optional<RecordOp> op(Edit edit) {
        JsonObject from = edit.from();
        JsonObject to = edit.to();
        if (to == null) {
            return from == null ? Optional.empty() : Optional.of(RecordOp.Remove.INSTANCE);
        }
        if (from == null) {
            return Optional.of(new RecordOp.Put(to));
        }
        ObjectDiff diff = differ.diff(from, to);
        return diff.isEmpty() ? Optional.empty() : Optional.of(new RecordOp.Patch(diff));
    }

    private void show(String id, @Nullable JsonObject record) {
        if (record == null) {
            shown.remove(id);
        } else {
            shown.put(id, record);
        }
    }

    private void showConfirmed() {
        shown.clear();
        shown.putAll(confirmed);
    }

    private static JsonObject diffIn(JsonObject message) {
        return (JsonObject) Objects.requireNonNull(message.get("diff"));
    }

    private static void apply(JsonObject diff, Map<String, JsonObject> records) {
        diff.entries().forEach(entry -> {
            String id = entry.getKey();
            switch (read(entry.getValue())) {
                case RecordOp.Put(JsonObject record) -> records.put(id, record);
                case RecordOp.Patch(ObjectDiff patch) ->
                    records.computeIfPresent(id, (ignored, record) -> patch.applyTo(record));
                case RecordOp.Remove() -> records.remove(id);
            }
        });
    }

    private static RecordOp read(JsonValue op) {
        try {
            return RecordOp.read(op).orElseThrow();
        } catch (MalformedDiffException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isPresence(String id) {
        return id.startsWith(PRESENCE + ":");
    }
}
