package dev.drawbridge.diff;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes the diff between two versions of a record, to the letter of §6. */
public enum RecordDiffer {
    /** For protocol 8: a string that grew at its end is an append. */
    STRING_APPENDS(true),
    /** For protocols before 8, which do not know string appends: every changed string is a put. */
    NO_STRING_APPENDS(false);

    /** The keys of a record whose members are patched one by one; everything else that differs is put whole. */
    private static final Set<String> NESTED_KEYS = Set.of("props", "meta");

    private final boolean stringAppends;

    RecordDiffer(boolean stringAppends) {
        this.stringAppends = stringAppends;
    }

    public static RecordDiffer forStringAppends(boolean allowed) {
        return allowed ? STRING_APPENDS : NO_STRING_APPENDS;
    }

    /** The diff that leads from one version of a record to another; empty when they are equal. */
    public ObjectDiff diff(JsonObject prev, JsonObject next) {
        return diffObject(prev, next, NESTED_KEYS);
    }

    /**
     * What whoever has one version of a record comes to by the diff that leads to another: that one, but for what no diff
     * tells (§21.20).
     *
     * @param diff from one to the other
     */
    public static JsonObject reached(JsonObject prev, JsonObject next, ObjectDiff diff) {
        return UntoldKey.differs(prev, next) ? diff.applyTo(prev) : next;
    }

    private ObjectDiff diffObject(JsonObject prev, JsonObject next, Set<String> nestedKeys) {
        if (prev == next) {
            return ObjectDiff.EMPTY;
        }
        Map<String, ValueOp> ops = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> member : prev.entries()) {
            String key = member.getKey();
            if (UntoldKey.is(key)) {
                continue;
            }
            JsonValue after = next.get(key);
            ValueOp op = after == null
                    ? ValueOp.Delete.INSTANCE
                    : diffMember(member.getValue(), after, nestedKeys.contains(key));
            if (op != null) {
                ops.put(key, op);
            }
        }
        for (Map.Entry<String, JsonValue> member : next.entries()) {
            if (!prev.has(member.getKey()) && !UntoldKey.is(member.getKey())) {
                ops.put(member.getKey(), new ValueOp.Put(member.getValue()));
            }
        }
        return ops.isEmpty() ? ObjectDiff.EMPTY : new ObjectDiff(ops);
    }

    private @Nullable ValueOp diffMember(JsonValue prev, JsonValue next, boolean nested) {
        boolean bothObjects = prev instanceof JsonObject && next instanceof JsonObject;
        return bothObjects && !nested ? putIfUnequal(prev, next) : diffValue(prev, next);
    }

    private @Nullable ValueOp diffValue(JsonValue prev, JsonValue next) {
        if (prev == next) {
            return null;
        }
        if (prev instanceof JsonArray before && next instanceof JsonArray after) {
            return diffArray(before, after);
        }
        if (prev instanceof JsonString(String before) && next instanceof JsonString(String after)) {
            return diffString(before, after);
        }
        if (prev instanceof JsonObject before && next instanceof JsonObject after) {
            ObjectDiff diff = diffObject(before, after, Set.of());
            return diff.isEmpty() ? null : new ValueOp.Patch(diff);
        }
        return putIfUnequal(prev, next);
    }

    private @Nullable ValueOp diffString(String prev, String next) {
        if (prev.equals(next)) {
            return null;
        }
        return stringAppends && next.startsWith(prev)
                ? new ValueOp.Append(new JsonString(next.substring(prev.length())), prev.length())
                : new ValueOp.Put(new JsonString(next));
    }

    private @Nullable ValueOp diffArray(JsonArray prev, JsonArray next) {
        if (prev.size() == next.size()) {
            return diffItems(prev, next);
        }
        boolean grown =
                prev.size() < next.size() && prev.items().equals(next.items().subList(0, prev.size()));
        return grown
                ? new ValueOp.Append(new JsonArray(next.items().subList(prev.size(), next.size())), prev.size())
                : new ValueOp.Put(next);
    }

    private @Nullable ValueOp diffItems(JsonArray prev, JsonArray next) {
        double mostPatched = Math.max(prev.size() / 5.0, 1);
        Map<String, ValueOp> ops = new LinkedHashMap<>();
        for (int i = 0; i < prev.size(); i++) {
            ValueOp op = diffItem(prev.get(i), next.get(i));
            if (op == null) {
                continue;
            }
            ops.put(Integer.toString(i), op);
            if (ops.size() > mostPatched) {
                return new ValueOp.Put(next);
            }
        }
        return ops.isEmpty() ? null : new ValueOp.Patch(new ObjectDiff(ops));
    }

    /** Not by equality first: items that are arrays of arrays would be compared once more at each level. */
    private @Nullable ValueOp diffItem(JsonValue prev, JsonValue next) {
        boolean sameContainer = (prev instanceof JsonObject && next instanceof JsonObject)
                || (prev instanceof JsonArray && next instanceof JsonArray);
        return sameContainer ? diffValue(prev, next) : putIfUnequal(prev, next);
    }

    private static @Nullable ValueOp putIfUnequal(JsonValue prev, JsonValue next) {
        return prev.equals(next) ? null : new ValueOp.Put(next);
    }
}
