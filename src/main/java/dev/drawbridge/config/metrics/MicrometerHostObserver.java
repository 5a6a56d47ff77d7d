package dev.drawbridge.config.metrics;

import dev.drawbridge.host.HostObserver;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse.HydrationType;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Counts and times what happens at a node. All meters are made beforehand: a call finds its own without a look-up. */
final class MicrometerHostObserver implements HostObserver {
    static final String PUSH_DURATION = "drawbridge.push.duration";
    static final String COMMIT_DURATION = "drawbridge.commit.duration";
    static final String REFUSALS = "drawbridge.sessions.refused";
    static final String REFUSAL_LABEL = "reason";
    static final String LIMITS = "drawbridge.limits.hit";
    static final String LIMIT_LABEL = "limit";

    private final MessageCounters received;
    private final DistributionSummary receivedLength;
    private final DistributionSummary frameSize;
    private final Timer pushDuration;
    private final Counter commits;
    private final Counter rebases;
    private final Counter discards;
    private final Map<HydrationType, DistributionSummary> hydrations = new EnumMap<>(HydrationType.class);
    private final CountersByName<RefusalReason> refusals;
    private final CloseCounters closes;
    private final CountersByName<Limit> limits;
    private final Counter slowConsumers;
    private final Counter folded;
    private final Timer roomLoad;
    private final Counter roomsFailed;
    private final Timer commitDuration;
    private final DistributionSummary commitRecords;
    private final DistributionSummary commitSize;
    private final CountersByName<StoreOperation> storeErrors;
    private final Timer gateWait;
    private final CountersByName<OwnershipChange> ownership;
    private final Map<AuthorizerOutcome, Timer> authorizer = new EnumMap<>(AuthorizerOutcome.class);

    MicrometerHostObserver(MeterRegistry registry) {
        received = new MessageCounters(registry);
        receivedLength = summary(
                        "drawbridge.message.length", "Length of messages of clients, all their chunks together")
                .baseUnit("characters")
                .serviceLevelObjectives(Buckets.SIZES)
                .register(registry);
        frameSize = summary("drawbridge.frame.size", "Size of frames sent to clients; a frame may hold many patches")
                .baseUnit("bytes")
                .serviceLevelObjectives(Buckets.SIZES)
                .register(registry);
        pushDuration = timer(
                registry,
                PUSH_DURATION,
                "Time a room takes to work through a push; encoding the patches and storing not included",
                Buckets.WORK);
        commits = pushResults(registry, "commit");
        rebases = pushResults(registry, "rebase");
        discards = pushResults(registry, "discard");
        for (HydrationType type : HydrationType.values()) {
            hydrations.put(
                    type,
                    summary(
                                    "drawbridge.hydration.size",
                                    "Size of what clients were given to have the whole room; their count is that of joins")
                            .tag("type", CountersByName.label(type))
                            .baseUnit("bytes")
                            .serviceLevelObjectives(Buckets.SIZES)
                            .register(registry));
        }
        refusals = new CountersByName<>(
                registry,
                REFUSALS,
                REFUSAL_LABEL,
                RefusalReason.class,
                "Sessions refused for good, their client shows the reason");
        closes = new CloseCounters(registry);
        limits = new CountersByName<>(
                registry,
                LIMITS,
                LIMIT_LABEL,
                Limit.class,
                "How often a bound was hit: something was not taken, or a client was cut off");
        slowConsumers =
                counter(registry, "drawbridge.slow.consumers", "Clients that read so slowly that they were cut off");
        folded = counter(
                registry,
                "drawbridge.outbox.folded",
                "How often a slow client was told what has become of the room in place of each change");
        roomLoad = timer(registry, "drawbridge.room.load", "Time to load a room from the store", Buckets.LOADING);
        roomsFailed = counter(registry, "drawbridge.rooms.failed", "Rooms given up, with what was not stored of them");
        commitDuration = timer(registry, COMMIT_DURATION, "Time the store takes for a commit", Buckets.STORING);
        commitRecords = summary("drawbridge.commit.records", "Records changed or deleted by a commit")
                .serviceLevelObjectives(Buckets.COUNTS)
                .register(registry);
        commitSize = summary("drawbridge.commit.size", "Size of what a commit writes")
                .baseUnit("bytes")
                .serviceLevelObjectives(Buckets.SIZES)
                .register(registry);
        storeErrors = new CountersByName<>(
                registry,
                "drawbridge.store.errors",
                "operation",
                StoreOperation.class,
                "How often the store failed at something, or did not answer in time");
        gateWait = timer(
                registry,
                "drawbridge.gate.wait",
                "Time an answer waits until what it tells of is stored",
                Buckets.STORING);
        ownership = new CountersByName<>(
                registry,
                "drawbridge.room.ownership",
                "change",
                OwnershipChange.class,
                "Rooms that this node took, gave back, or lost to another");
        for (AuthorizerOutcome outcome : AuthorizerOutcome.values()) {
            authorizer.put(
                    outcome,
                    Timer.builder("drawbridge.authorizer.questions")
                            .tag("outcome", CountersByName.label(outcome))
                            .description("Time that a push waits for the service that decides about its writes")
                            .register(registry));
        }
    }

    @Override
    public void received(ClientMessage message, int length) {
        received.count(message);
        receivedLength.record(length);
    }

    @Override
    public void sent(long bytes) {
        frameSize.record((double) bytes);
    }

    @Override
    public void pushed(long nanos) {
        pushDuration.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void pushAnswered(DataEvent.Verdict verdict) {
        Counter counter =
                switch (verdict) {
                    case COMMIT -> commits;
                    case REBASE -> rebases;
                    case DISCARD -> discards;
                };
        counter.increment();
    }

    @Override
    public void hydrated(HydrationType type, long bytes) {
        DistributionSummary sizes = hydrations.get(type);
        if (sizes != null) {
            sizes.record((double) bytes);
        }
    }

    @Override
    public void refused(RefusalReason reason) {
        refusals.count(reason);
    }

    @Override
    public void closed(int code) {
        closes.count(code);
    }

    @Override
    public void limitHit(Limit limit) {
        limits.count(limit);
    }

    @Override
    public void slowConsumer() {
        slowConsumers.increment();
    }

    @Override
    public void folded() {
        folded.increment();
    }

    @Override
    public void roomLoaded(long nanos) {
        roomLoad.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void roomFailed() {
        roomsFailed.increment();
    }

    @Override
    public void committed(long nanos, int records, long bytes) {
        commitDuration.record(nanos, TimeUnit.NANOSECONDS);
        commitRecords.record(records);
        commitSize.record((double) bytes);
    }

    @Override
    public void storeFailed(StoreOperation operation) {
        storeErrors.count(operation);
    }

    @Override
    public void gateWaited(long nanos) {
        gateWait.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void ownership(OwnershipChange change) {
        ownership.count(change);
    }

    @Override
    public void authorized(AuthorizerOutcome outcome, long nanos) {
        Timer timer = authorizer.get(outcome);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static Counter pushResults(MeterRegistry registry, String action) {
        return Counter.builder("drawbridge.push.results")
                .tag("action", action)
                .description("What clients were told about their pushes")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static DistributionSummary.Builder summary(String name, String description) {
        return DistributionSummary.builder(name).description(description);
    }

    private static Timer timer(MeterRegistry registry, String name, String description, Duration[] bounds) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }
}
