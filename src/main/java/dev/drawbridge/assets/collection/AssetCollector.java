package dev.drawbridge.assets.collection;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetPage;
import dev.drawbridge.assets.AssetStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deletes assets that nothing refers to. A client never deletes one when its shape goes, for that may be taken back.
 *
 * <p>A pass reads all that may refer to assets and touches those that are referred to, so that an asset which has not been
 * touched for long has been in no drawing for as long: it is deleted. Had there been no pass for a while, that would say
 * nothing; then whatever is found unused is touched as well, and has all of its time before it. A reference that comes while
 * the pass goes on touches its asset ({@link RecentMentions}), and what is touched is not deleted, which the store of assets
 * itself sees to. A pass that cannot read everything deletes nothing.
 */
public final class AssetCollector {
    private static final int ASSETS_A_PAGE = 500;

    /** Of the time that an asset stays: so often there has to be a pass, and so often one that is in use is touched. */
    private static final int PARTS = 4;

    private final AssetStore assets;
    private final List<Mentioning> mentioning;
    private final RecentMentions recent;
    private final Duration after;
    private final InstantSource clock;
    private final ReentrantLock underWay = new ReentrantLock();

    /**
     * @param mentioning all who may refer to assets
     * @param after so long an asset stays that nothing refers to, at least; and half as long again at most
     */
    public AssetCollector(
            AssetStore assets,
            List<Mentioning> mentioning,
            RecentMentions recent,
            Duration after,
            InstantSource clock) {
        this.assets = assets;
        this.mentioning = List.copyOf(mentioning);
        this.recent = recent;
        this.after = after;
        this.clock = clock;
    }

    /**
     * Makes a pass. It waits for its answers and may take long.
     *
     * @param dry whether nothing is to be deleted
     * @return empty when another pass is under way
     * @throws UnknownMentionsException when somebody who may refer to assets could not be asked; nothing is deleted
     */
    public Optional<CollectionReport> pass(boolean dry) throws UnknownMentionsException, InterruptedException {
        if (!underWay.tryLock()) {
            return Optional.empty();
        }
        try {
            Instant begun = clock.instant();
            MentionedIds mentioned = new MentionedIds();
            for (Mentioning each : mentioning) {
                each.mentions(mentioned::add);
            }
            CollectionReport report = new Pass(mentioned, begun, dry).run();
            if (!dry) {
                assets.collected(begun);
            }
            return Optional.of(report);
        } finally {
            underWay.unlock();
        }
    }

    private final class Pass {
        private final MentionedIds mentioned;
        private final boolean dry;
        private final Instant recently;
        private final Instant longAgo;
        /** Whether there was a pass recently: else nobody knows since when something is not referred to. */
        private final boolean isOneOfMany;

        private final List<Asset> examples = new ArrayList<>();
        private long count;
        private long unused;
        private long unusedBytes;
        private long deleted;
        private long deletedBytes;

        Pass(MentionedIds mentioned, Instant begun, boolean dry) {
            this.mentioned = mentioned;
            this.dry = dry;
            this.recently = begun.minus(after.dividedBy(PARTS));
            // What was touched then has been in use a quarter after that, and seen to be so a quarter later.
            this.longAgo = begun.minus(after).minus(after.dividedBy(PARTS).multipliedBy(2));
            this.isOneOfMany = assets.lastCollected()
                    .filter(last -> !last.isBefore(recently) && !last.isAfter(begun))
                    .isPresent();
        }

        CollectionReport run() throws InterruptedException {
            Optional<String> next = Optional.empty();
            do {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                AssetPage page = assets.list(next, ASSETS_A_PAGE);
                page.assets().forEach(this::judge);
                next = page.next();
            } while (next.isPresent());
            return new CollectionReport(count, unused, unusedBytes, deleted, deletedBytes, examples);
        }

        private void judge(Asset asset) {
            count++;
            boolean isMentioned = mentioned.contains(asset.id());
            if (!isMentioned && asset.touched().isBefore(longAgo) && !recent.isRecent(asset.id())) {
                unused(asset);
            }
            if ((isMentioned || !isOneOfMany) && asset.touched().isBefore(recently) && !dry) {
                assets.touch(asset.id());
            }
        }

        private void unused(Asset asset) {
            unused++;
            unusedBytes += asset.size();
            if (examples.size() < CollectionReport.MOST_EXAMPLES) {
                examples.add(asset);
            }
            if (isOneOfMany && !dry && assets.deleteUntouched(asset.id(), longAgo)) {
                deleted++;
                deletedBytes += asset.size();
            }
        }
    }
}
