package dev.drawbridge.store.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A script of {@code src/main/resources/redis}, sent by its digest; in full only to a server that does not know it. */
enum RedisScript {
    OPEN,
    OWNED,
    READ,
    RECORD,
    COMMIT,
    RELEASE,
    DELETE,
    REMEMBER,
    MEMBER,
    HISTORY;

    private final String text;
    private final String digest;

    RedisScript() {
        this.text = resource("common") + resource(name().toLowerCase(Locale.ROOT));
        this.digest = sha1(text);
    }

    /** What it answers, as texts. */
    CompletionStage<List<String>> run(RedisClusterAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[]... args) {
        return answer(redis, keys, args).thenApply(answer -> answer.stream()
                .map(part -> new String((byte[]) part, StandardCharsets.UTF_8))
                .toList());
    }

    /** What it answers, as bytes and as lists of these. */
    CompletionStage<List<Object>> answer(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[]... args) {
        return redis.<List<Object>>evalsha(digest, ScriptOutputType.MULTI, keys, args)
                .exceptionallyCompose(error -> unknown(error)
                        // then nothing has been carried out
                        ? redis.<List<Object>>eval(text, ScriptOutputType.MULTI, keys, args)
                        : CompletableFuture.failedFuture(error));
    }

    private static boolean unknown(Throwable error) {
        return (error instanceof CompletionException ? error.getCause() : error) instanceof RedisNoScriptException;
    }

    private static String resource(String name) {
        String path = "/redis/" + name + ".lua";
        try (InputStream in = RedisScript.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
