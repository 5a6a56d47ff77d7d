package dev.drawbridge.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK fails with, as a sentence for whoever operates the server. */
public final class Failures {
    private final String where;
    private final String bucket;

    /** @param what is kept there, in the plural: {@code assets}, for example */
    public Failures(String what, S3Settings settings) {
        this.where = what + " in S3 (" + settings.describe() + ") ";
        this.bucket = settings.bucket();
    }

    S3Exception of(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return answered(answer);
        }
        return unanswered(e);
    }

    private S3Exception answered(AwsServiceException e) {
        String code = codeOf(e);
        int status = e.statusCode();
        return switch (code) {
            case "NoSuchBucket" -> unusable("cannot be used: there is no bucket " + bucket, e);
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidToken",
                    "ExpiredToken",
                    "TokenRefreshRequired" ->
                unusable("cannot be used: the credentials are not accepted (" + code + ")", e);
            case "RequestTimeTooSkewed" ->
                unusable("cannot be used: the clock of this machine and that of S3 differ too much", e);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                unusable("cannot be used: the bucket is in another region, or at another endpoint (" + code + ")", e);
            case "XMinioStorageFull", "QuotaExceeded", "XMinioAdminBucketQuotaExceeded" ->
                new NoSpaceInBucketException(where + "cannot be kept: there is no space left (" + code + ")", e);
            case "SlowDown", "TooManyRequests", "RequestLimitExceeded" ->
                new S3Exception(where + "cannot be reached now: S3 asks to slow down", e);
            default -> byStatus(status, code, e);
        };
    }

    private S3Exception byStatus(int status, String code, AwsServiceException e) {
        String said = status + (code.isEmpty() ? "" : " " + code);
        return switch (status) {
            case 401, 403 -> unusable("cannot be used: the credentials do not allow it (" + said + ")", e);
            case 301, 307 -> unusable("cannot be used: the bucket is somewhere else (" + said + ")", e);
            case 507 ->
                new NoSpaceInBucketException(where + "cannot be kept: there is no space left (" + said + ")", e);
            default -> new S3Exception(where + "cannot be used now: S3 answered " + said, e);
        };
    }

    /** As S3 named the fault; empty when it did not. */
    static String codeOf(AwsServiceException e) {
        @Nullable AwsErrorDetails details = e.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private S3Exception unanswered(SdkException e) {
        if (e instanceof AbortedException) {
            return new S3Exception(where + "were not waited for any longer", e);
        }
        if (e instanceof ApiCallTimeoutException
                || e instanceof ApiCallAttemptTimeoutException
                || cause(e, SocketTimeoutException.class).isPresent()) {
            return new S3Exception(where + "cannot be reached: no answer in time", e);
        }
        Optional<UnknownHostException> unknown = cause(e, UnknownHostException.class);
        if (unknown.isPresent()) {
            return new S3Exception(
                    where + "cannot be reached: the name " + unknown.get().getMessage() + " leads nowhere", e);
        }
        if (cause(e, ConnectException.class).isPresent()
                || cause(e, NoRouteToHostException.class).isPresent()) {
            return new S3Exception(where + "cannot be reached: nobody takes the connection", e);
        }
        Optional<SSLException> tls = cause(e, SSLException.class);
        if (tls.isPresent()) {
            return new S3Exception(
                    where + "cannot be reached: TLS fails, " + tls.get().getMessage(), e);
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("load credentials")) {
            return unusable(
                    "cannot be used: there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give"
                            + " this server a role",
                    e);
        }
        if (message.contains("load region")) {
            return unusable("cannot be used: nothing says which region; set drawbridge.assets.s3.region", e);
        }
        return new S3Exception(where + "cannot be reached: " + message, e);
    }

    /** While an answer came in. */
    S3Exception brokeOff(IOException e) {
        return cause(e, SocketTimeoutException.class).isPresent()
                ? new S3Exception(where + "cannot be reached: no answer in time", e)
                : new S3Exception(where + "cannot be reached: the connection broke", e);
    }

    /** What is there is not what was put there. */
    public DamagedObjectException damaged(String key) {
        return new DamagedObjectException(where + "are damaged: " + key);
    }

    S3Exception busy(String key) {
        return new S3Exception(where + "are changed too often at the same time: " + key);
    }

    /** Nothing that was written is still there. */
    public S3Exception tooLate(String key) {
        return new S3Exception(where + "took too long to keep: " + key);
    }

    /** Nobody waits for a list any more. */
    S3Exception interrupted(Throwable cause) {
        return new S3Exception(where + "were not waited for any longer", cause);
    }

    S3Exception closed() {
        return new S3Exception(where + "cannot be reached: this server is stopping");
    }

    UnusableBucketException unusable(String why) {
        return new UnusableBucketException(where + why);
    }

    private UnusableBucketException unusable(String why, Throwable cause) {
        return new UnusableBucketException(where + why, cause);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
