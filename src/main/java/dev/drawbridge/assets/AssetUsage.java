package dev.drawbridge.assets;

/**
 * What assets take.
 *
 * @param count how many they are
 * @param bytes what they have together
 */
public record AssetUsage(long count, long bytes) {
    public static final AssetUsage NONE = new AssetUsage(0, 0);

    public AssetUsage plus(long moreCount, long moreBytes) {
        return new AssetUsage(count + moreCount, bytes + moreBytes);
    }
}
