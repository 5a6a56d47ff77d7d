package dev.drawbridge.web.mcp;

import dev.drawbridge.agents.board.BoardEdit;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.security.Permission;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Records as they are to be stored, for what no other tool makes. */
@Component
@McpWhenEnabled
class PutRecords implements Tool {
    private static final int MOST = 500;

    private static final Card CARD = new Card(
            "put_records",
            "Put records",
            "Writes raw tldraw records, whole, and deletes records by id; all of it or nothing. For what the other tools do"
                    + " not make: read a record like it with read_records first. Errors say which property is wrong.",
            ToolInput.of(
                    Parameter.board(),
                    Parameter.optional(
                            "puts",
                            new Kind.Objects(record(), MOST),
                            "Records, each with id, typeName and all properties of its type, such as {\"id\":\"page:p2\","
                                    + "\"typeName\":\"page\",\"name\":\"Second\",\"index\":\"a2\",\"meta\":{}}."),
                    Parameter.optional("deletes", new Kind.Texts(MOST), "Ids of records that are to go.")),
            new Right.InTheBoard(Permission.EDIT),
            Changes.REPLACES,
            Place.ANYWHERE);

    private final Works works;

    PutRecords(Works works) {
        this.works = works;
    }

    private static JsonObject record() {
        JsonObject string = JsonObject.of("type", JsonString.of("string"));
        return JsonObject.builder()
                .put("type", "object")
                .put(
                        "properties",
                        JsonObject.builder()
                                .put("id", string)
                                .put("typeName", string)
                                .build())
                .put("required", Kind.texts(List.of("id", "typeName")))
                .build();
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws ToolFailure {
        List<JsonObject> puts = call.arguments().objects("puts");
        List<String> deletes = call.arguments().texts("deletes");
        if (puts.isEmpty() && deletes.isEmpty()) {
            throw ToolFailure.invalid("Nothing was done. puts: is missing, and deletes: is missing; give one of them.");
        }
        for (int i = 0; i < puts.size(); i++) {
            if (puts.get(i).string("id") == null) {
                throw ToolFailure.invalid("Nothing was done. puts[" + i + "].id: is missing, expected a string.");
            }
        }
        return works.write(
                call,
                new BoardEdit(puts, deletes, Optional.empty()),
                "Wrote " + Lines.count(puts.size(), "record") + " and deleted " + deletes.size() + ".");
    }
}
