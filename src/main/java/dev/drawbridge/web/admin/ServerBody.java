package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.config.Setting;
import dev.drawbridge.config.health.HealthReport;
import dev.drawbridge.config.metrics.HourReport;
import dev.drawbridge.config.metrics.LastHour;
import dev.drawbridge.config.metrics.Meanings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

@Schema(name = "Server", description = "The node that answers: how it is, and how it is set up.")
record ServerBody(
        Node node,

        @Schema(description = "How many rooms it has open.", example = "12")
        int rooms,

        @Schema(description = "How many take part in them.", example = "34")
        int sessions,

        @Schema(description = "How many sockets are open.", example = "35")
        int connections,

        Store store,
        Assets assets,
        History history,
        Hour lastHour,

        @Schema(description = "Who was sent away for good in the last hour; the most frequent first.")
        List<Refusal> refusals,

        @Schema(description = "Which bounds were hit in the last hour; the most frequent first.")
        List<LimitHit> limits,

        Health health,

        @Schema(
                description = "All settings in force, by name; and what is set and no setting, which is likely to be"
                        + " misspelt.")
        List<SettingBody> settings) {

    @Schema(name = "ServerNode")
    record Node(
            @Schema(description = "New at each start.", example = "drawbridge-0-3f9a1c")
            String id,

            @Schema(example = "1.0.0") String version,
            Instant started,
            @Schema(example = "25.0.1+8-LTS") String java,

            @Schema(description = "How large the heap may become.", example = "1073741824")
            long heapBytes,

            @Schema(example = "4") int processors) {}

    @Schema(name = "ServerStore", description = "Where rooms are kept.")
    record Store(
            @Schema(
                    allowableValues = {"sqlite", "redis"},
                    example = "sqlite")
            String type,

            @Schema(description = "In words.", example = "SQLite, /var/lib/drawbridge/drawbridge.db")
            String detail) {}

    @Schema(name = "ServerAssets", description = "Where images and videos are kept.")
    record Assets(
            @Schema(
                    allowableValues = {"files", "s3", "none"},
                    example = "files")
            String type) {}

    @Schema(name = "ServerHistory", description = "Versions of all rooms.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record History(
            boolean enabled,

            @Schema(
                    types = "integer",
                    format = "int64",
                    description = "How many there are, as of some minutes ago; absent when it cannot be told now.")
            @Nullable
            Long versions,

            @Schema(types = "integer", format = "int64", description = "What they take, likewise.") @Nullable
            Long bytes) {}

    @Schema(name = "LastHour", description = "Sixty minutes, the last of which is running.")
    record Hour(
            @Schema(description = "When the first minute began.")
            Instant from,

            @Schema(example = "60") long stepSeconds,
            Series series) {

        static Hour of(HourReport hour) {
            return new Hour(hour.from(), LastHour.STEP.toSeconds(), Series.of(hour));
        }
    }

    @Schema(name = "LastHourSeries", description = "A number for each minute. Before the start of the node it is 0.")
    record Series(
            @Schema(description = "Pushes that rooms have worked through.")
            List<Long> pushes,

            @Schema(description = "Commits that were stored.")
            List<Long> commits,

            @Schema(description = "How long a commit took, on average; `null` where there was none.")
            List<@Nullable Double> commitMillis,

            @Schema(description = "Sockets that were open at the minute's end.")
            List<Long> connections,

            @Schema(description = "Rooms that were in memory at the minute's end.")
            List<Long> rooms,

            @Schema(description = "Sessions that were refused for good.")
            List<Long> refusals,

            @Schema(description = "Bounds that were hit.") List<Long> limits,

            @Schema(description = "Sockets that the server closed so that their client may come back.")
            List<Long> closes) {

        private static Series of(HourReport hour) {
            return new Series(
                    hour.pushes(),
                    hour.commits(),
                    hour.commitMillis().stream()
                            .<@Nullable Double>map(Series::rounded)
                            .toList(),
                    hour.connections(),
                    hour.rooms(),
                    hour.refusals().minutes(),
                    hour.limits().minutes(),
                    hour.closes());
        }

        private static @Nullable Double rounded(OptionalDouble millis) {
            return millis.isEmpty() ? null : (Double) (Math.round(millis.getAsDouble() * 1000) / 1000.0);
        }
    }

    @Schema(name = "RefusalCount")
    record Refusal(
            @Schema(description = "What the client shows.", example = "ROOM_FULL")
            String reason,

            @Schema(example = "3") long count,

            @Schema(description = "What that means, and what helps.")
            String means) {

        static List<Refusal> of(HourReport hour) {
            return hour.refusals().kinds().stream()
                    .map(kind -> new Refusal(kind.getKey().name(), kind.getValue(), Meanings.of(kind.getKey())))
                    .toList();
        }
    }

    @Schema(name = "LimitCount")
    record LimitHit(
            @Schema(example = "SESSIONS_PER_ROOM") String limit,
            @Schema(example = "3") long count,

            @Schema(description = "What it bounds, and which setting raises it.")
            String means) {

        static List<LimitHit> of(HourReport hour) {
            return hour.limits().kinds().stream()
                    .map(kind -> new LimitHit(kind.getKey().name(), kind.getValue(), Meanings.of(kind.getKey())))
                    .toList();
        }
    }

    @Schema(name = "Health", description = "As `/actuator/health` says, with what helps.")
    record Health(@Schema(example = "UP") String status, List<Component> components) {

        static Health of(HealthReport.Report report) {
            return new Health(
                    report.status(), report.parts().stream().map(Component::of).toList());
        }
    }

    @Schema(name = "HealthComponent")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Component(
            @Schema(example = "store") String name,
            @Schema(example = "UP") String status,

            @Schema(description = "Why it is not well.") @Nullable
            String detail,

            @Schema(description = "What to do about it.") @Nullable
            String whatToDo) {

        private static Component of(HealthReport.Part part) {
            return new Component(
                    part.name(),
                    part.status(),
                    part.detail().orElse(null),
                    part.whatToDo().orElse(null));
        }
    }

    @Schema(name = "Setting")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SettingBody(
            @Schema(example = "drawbridge.limits.rooms") String name,

            @Schema(
                    description = "As one would write it; absent when it is not shown, or nothing is set.",
                    example = "10000")
            @Nullable
            String value,

            @Schema(description = "Whether it is not shown, for it is a secret, or may be one.")
            boolean secret,

            @Schema(
                    description =
                            "Where it comes from: `default`, `argument`, `environment: …`, `file: …` or the like.",
                    example = "default")
            String origin) {

        static SettingBody of(Setting setting) {
            return new SettingBody(setting.name(), setting.value().orElse(null), setting.secret(), setting.origin());
        }
    }
}
