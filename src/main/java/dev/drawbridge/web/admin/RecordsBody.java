package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.host.RecordsPage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Records", description = "A page of records, in the order of their ids.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordsBody(
        List<RecordBody> records,

        @Schema(description = "The clock of the room that they were read at.", example = "7")
        long documentClock,

        @Schema(description = "The cursor of the next page; absent on the last one.", example = "c2hhcGU6YQ") @Nullable
        String next) {

    static RecordsBody of(RecordsPage page) {
        return new RecordsBody(
                page.records().stream().map(RecordBody::of).toList(),
                page.documentClock(),
                page.next().map(Cursor::after).orElse(null));
    }
}
