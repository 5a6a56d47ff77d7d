package dev.drawbridge.events.hooks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a request brings along so that its receiver can tell who sends it, as <a
 * href="https://www.standardwebhooks.com">Standard Webhooks</a> has it.
 *
 * @param id of what is sent, the same each time it is
 * @param timestamp when this request was made, in seconds
 * @param value one signature for each secret, so that a receiver may change its own at any time between
 */
record Signature(String id, String timestamp, String value) {

    static Signature of(List<Secret> secrets, String id, Instant time, byte[] body) {
        String timestamp = Long.toString(time.getEpochSecond());
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[head.length + body.length];
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        return new Signature(
                id,
                timestamp,
                secrets.stream()
                        .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.sign(content)))
                        .collect(Collectors.joining(" ")));
    }
}
