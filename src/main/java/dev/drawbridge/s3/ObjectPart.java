package dev.drawbridge.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * A part of an object while it comes. It ends where it should, or fails, whatever an HTTP client makes of a connection that
 * breaks.
 */
final class ObjectPart extends InputStream {
    private final ResponseInputStream<GetObjectResponse> content;
    private long missing;

    ObjectPart(ResponseInputStream<GetObjectResponse> content, long length) {
        this.content = content;
        this.missing = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte @Nullable [] buffer, int offset, int wanted) throws IOException {
        if (missing == 0) {
            return -1;
        }
        int read;
        try {
            read = content.read(buffer, offset, (int) Math.min(wanted, missing));
        } catch (SdkException e) {
            throw new IOException("S3 broke off", e);
        }
        if (read < 0) {
            throw new EOFException("S3 broke off, " + missing + " bytes before the end");
        }
        missing -= read;
        return read;
    }

    /** What nobody reads is not waited for. */
    @Override
    public void close() throws IOException {
        if (missing > 0) {
            content.abort();
        }
        content.close();
    }
}
