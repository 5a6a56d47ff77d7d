package dev.drawbridge.config;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The admin REST API.
 *
 * @param maxBodySize the largest request body, at least 1KB and less than 2GB; a snapshot has to fit in it
 * @param timeout how long a request may wait for its room and the store before it is answered with 503
 */
@Validated
@ConfigurationProperties("drawbridge.admin")
public record AdminApiProperties(
        @DefaultValue("256MB") DataSize maxBodySize,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration timeout) {

    @AssertTrue(message = "drawbridge.admin.max-body-size must be at least 1KB and less than 2GB")
    boolean isMaxBodySizeSensible() {
        return maxBodySize.toBytes() >= 1024 && maxBodySize.toBytes() < Integer.MAX_VALUE;
    }
}
