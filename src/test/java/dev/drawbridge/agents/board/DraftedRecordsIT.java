package dev.drawbridge.agents.board;

import dev.drawbridge.NodeScript;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What drafts become")
class DraftedRecordsIT {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("is valid for the real tldraw package")
    void valid() throws Exception {
        NodeScript clients = NodeScript.in("clients");
        Sheet sheet = new Sheet(TldrawSchema.create(), 21);
        RandomDrafts random = new RandomDrafts(sheet.kinds, new Random(21), false);
        List<String> there = new ArrayList<>();
        for (int call = 0; call < 60; call++) {
            List<JsonObject> drafts = random.call("c" + call + "-", there);
            sheet.done(sheet.editor().create(drafts, Optional.empty()));
            drafts.stream()
                    .filter(draft -> !"arrow".equals(draft.string("type")))
                    .forEach(draft -> there.add("shape:" + draft.string("id")));
        }
        sheet.create(
                "{'type': 'group', 'id': 'g'}", "{'type': 'geo', 'parent': 'g'}", "{'type': 'note', 'parent': 'g'}");
        Path records = folder.resolve("records.json");
        Files.write(records, Json.encode(new JsonArray(List.copyOf(sheet.records.values()))));
        clients.run(Duration.ofMinutes(1), "valid-records.mjs", records.toString());
    }
}
