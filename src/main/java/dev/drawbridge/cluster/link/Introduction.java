package dev.drawbridge.cluster.link;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How two nodes get to know each other at the beginning of a link: both prove that they know the cluster's secret, and agree
 * on a version. Who accepts says a {@link Challenge}, who dials a {@link Hello}, who accepts a {@link Welcome} or a {@link
 * Refusal}. Nothing of it can be used again on another link.
 */
public final class Introduction {
    /** The versions of the link that this release speaks. */
    public static final int OLDEST_VERSION = 1;

    public static final int NEWEST_VERSION = 1;

    /** What comes first on a link; whoever speaks something else is not answered. */
    private static final int MAGIC = 0x44_42_4C_31;

    private static final int NONCE = 32;

    private Introduction() {}

    /** The first word of who accepts. */
    public record Challenge(byte[] nonce) {

        public byte[] encode() {
            return new FrameWriter(64).number(MAGIC).bytes(nonce).done();
        }

        public static Challenge decode(byte[] bytes) throws MalformedFrameException {
            FrameReader in = new FrameReader(ByteBuffer.wrap(bytes));
            if (in.number() != MAGIC) {
                throw new MalformedFrameException("the other side speaks something else");
            }
            return new Challenge(readNonce(in));
        }
    }

    /**
     * The answer of who dials.
     *
     * @param from its node
     * @param to the node that it means: another one may have got its address meanwhile
     * @param content all of this as it is sent; a newer release may have more in it, and proves that too
     */
    public record Hello(
            String from, String to, int oldestVersion, int newestVersion, byte[] nonce, byte[] content, byte[] proof) {

        Hello(String from, String to, int oldestVersion, int newestVersion, byte[] nonce, byte[] proof) {
            this(
                    from,
                    to,
                    oldestVersion,
                    newestVersion,
                    nonce,
                    content(from, to, oldestVersion, newestVersion, nonce),
                    proof);
        }

        public static Hello of(Challenge challenge, String from, String to, byte[] nonce, ClusterSecret secret) {
            byte[] content = content(from, to, OLDEST_VERSION, NEWEST_VERSION, nonce);
            return new Hello(
                    from,
                    to,
                    OLDEST_VERSION,
                    NEWEST_VERSION,
                    nonce,
                    content,
                    secret.sign("hello", challenge.nonce, content));
        }

        private static byte[] content(String from, String to, int oldest, int newest, byte[] nonce) {
            return new FrameWriter(160)
                    .text(from)
                    .text(to)
                    .number(oldest)
                    .number(newest)
                    .bytes(nonce)
                    .done();
        }

        public boolean isProven(Challenge challenge, ClusterSecret secret) {
            return secret.hasSigned(proof, "hello", challenge.nonce, content);
        }

        /** The newest version that both speak. */
        public Optional<Integer> version() {
            int common = Math.min(newestVersion, NEWEST_VERSION);
            return common >= Math.max(oldestVersion, OLDEST_VERSION) ? Optional.of(common) : Optional.empty();
        }

        public byte[] encode() {
            return new FrameWriter(256).bytes(content).bytes(proof).done();
        }

        public static Hello decode(byte[] bytes) throws MalformedFrameException {
            FrameReader in = new FrameReader(ByteBuffer.wrap(bytes));
            byte[] all = in.bytes();
            FrameReader content = new FrameReader(ByteBuffer.wrap(all));
            return new Hello(
                    content.text(),
                    content.text(),
                    content.count(),
                    content.count(),
                    readNonce(content),
                    all,
                    in.bytes());
        }
    }

    /** The last word of who accepts. */
    public sealed interface Reply {

        default byte[] encode() {
            return switch (this) {
                case Welcome(int version, byte[] proof) ->
                    new FrameWriter(64).flag(true).number(version).bytes(proof).done();
                case Refusal(String why) ->
                    new FrameWriter(64).flag(false).text(why).done();
            };
        }

        static Reply decode(byte[] bytes) throws MalformedFrameException {
            FrameReader in = new FrameReader(ByteBuffer.wrap(bytes));
            return in.flag() ? new Welcome(in.count(), in.bytes()) : new Refusal(in.text());
        }
    }

    public record Welcome(int version, byte[] proof) implements Reply {

        public static Welcome of(Challenge challenge, Hello hello, int version, ClusterSecret secret) {
            return new Welcome(version, secret.sign("welcome", challenge.nonce, hello.nonce, number(version)));
        }

        /** Whether it is one that this release has offered. */
        public boolean isOffered() {
            return version >= OLDEST_VERSION && version <= NEWEST_VERSION;
        }

        public boolean isProven(Challenge challenge, byte[] nonce, ClusterSecret secret) {
            return secret.hasSigned(proof, "welcome", challenge.nonce, nonce, number(version));
        }

        private static byte[] number(int version) {
            return new FrameWriter(8).number(version).done();
        }
    }

    /**
     * No link is made.
     *
     * @param why for the log of who dials
     */
    public record Refusal(String why) implements Reply {}

    /** By this the two ends of one link seal things for each other. */
    public static ClusterSecret linkKey(byte[] challenge, byte[] nonce, ClusterSecret secret) {
        return new ClusterSecret(secret.sign("link", challenge, nonce));
    }

    private static byte[] readNonce(FrameReader in) throws MalformedFrameException {
        byte[] nonce = in.bytes();
        if (nonce.length != NONCE) {
            throw new MalformedFrameException("a nonce of " + nonce.length + " bytes");
        }
        return nonce;
    }

    /** How many random bytes each side gives. */
    public static int nonceLength() {
        return NONCE;
    }
}
