package dev.drawbridge.s3;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** The SDK's client, set such that stores understand it that are compatible with S3 as it was. */
final class S3Clients {
    /** How many idle connections the JDK keeps to a host; 5 by itself, and a page has more images than that. */
    private static final String KEEP_ALIVE = "http.maxConnections";

    private static final String KEPT_ALIVE = "64";

    /** The SDK's own, once more than the tries. */
    private static final int ALL_TRIES = 4;

    private S3Clients() {}

    static S3Client open(S3Settings settings, Failures failures) {
        try {
            return builder(settings).build();
        } catch (SdkException e) {
            throw failures.of(e);
        }
    }

    static S3ClientBuilder builder(S3Settings settings) {
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, KEPT_ALIVE);
        }
        S3ClientBuilder client = S3Client.builder()
                .forcePathStyle(settings.pathStyle())
                // Checksums that nobody asked for go as trailers, which many stores do not know. Contents have theirs.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build())
                .overrideConfiguration(override -> override.retryStrategy(RetryMode.STANDARD)
                        .apiCallAttemptTimeout(settings.timeout())
                        .apiCallTimeout(settings.timeout().multipliedBy(ALL_TRIES)))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.connectTimeout())
                        .socketTimeout(settings.timeout()));
        settings.region()
                .or(() -> settings.endpoint().map(any -> Region.US_EAST_1.id()))
                .map(Region::of)
                .ifPresent(client::region);
        settings.endpoint().ifPresent(client::endpointOverride);
        return client;
    }
}
