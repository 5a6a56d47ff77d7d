package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.assets.AssetPage;
import dev.drawbridge.assets.AssetUsage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Assets", description = "A page of assets, and what all of the list take.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AssetsBody(
        List<AssetBody> assets,
        Usage usage,

        @Schema(
                description =
                        "The cursor of the next page; absent on the last one. A page may be short and not be the last.",
                example = "MmYwNWQ0YjY4OWQy")
        @Nullable
        String next) {

    @Schema(name = "AssetUsage", description = "What assets take, as they were uploaded.")
    record Usage(
            @Schema(description = "How many they are.", example = "17")
            long count,

            @Schema(description = "What they have together.", example = "8213004")
            long bytes) {}

    static AssetsBody of(AssetPage page, AssetUsage usage) {
        return new AssetsBody(
                page.assets().stream().map(AssetBody::of).toList(),
                new Usage(usage.count(), usage.bytes()),
                page.next().map(Cursor::after).orElse(null));
    }
}
