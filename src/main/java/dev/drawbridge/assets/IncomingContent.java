package dev.drawbridge.assets;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * A content while it comes in: counted, hashed, and held to its bounds. For stores: who has read it to its end knows that it
 * is whole.
 */
public final class IncomingContent extends InputStream {
    private final InputStream content;
    private final OptionalLong length;
    private final long atMost;
    private final MessageDigest digest = sha256();
    private long count;

    /**
     * @param length the one it has to have
     * @param atMost what it may have
     */
    public IncomingContent(InputStream content, OptionalLong length, long atMost) throws ContentTooLargeException {
        if (length.isPresent() && length.getAsLong() > atMost) {
            throw new ContentTooLargeException(atMost);
        }
        this.content = content;
        this.length = length;
        this.atMost = atMost;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        int read = content.read(buffer, offset, wanted);
        if (read < 0) {
            if (length.isPresent() && count != length.getAsLong()) {
                throw new EOFException(count + " bytes of " + length.getAsLong());
            }
            return -1;
        }
        count += read;
        if (count > atMost) {
            throw new ContentTooLargeException(atMost);
        }
        if (length.isPresent() && count > length.getAsLong()) {
            throw new IOException("more than the announced " + length.getAsLong() + " bytes");
        }
        digest.update(buffer, offset, read);
        return read;
    }

    /** How many bytes have come. */
    public long count() {
        return count;
    }

    /** The SHA-256 of what has come, in hexadecimal digits; to be asked for once, at the end. */
    public String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
