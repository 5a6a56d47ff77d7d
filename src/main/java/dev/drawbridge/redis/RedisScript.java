package dev.drawbridge.redis;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A script of {@code src/main/resources/redis}, sent by its digest; in full only to a server that does not know it. */
public final class RedisScript {
    private final String text;
    private final String digest;

    private RedisScript(String text) {
        this.text = text;
        this.digest = sha1(text);
    }

    /**
     * A script of the classpath.
     *
     * @param files what it is made of, one after the other, without {@code .lua}
     */
    public static RedisScript of(String... files) {
        return new RedisScript(Stream.of(files).map(RedisScript::resource).collect(Collectors.joining()));
    }

    /** What it answers, as texts. */
    public CompletionStage<List<String>> run(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[]... args) {
        return answer(redis, keys, args).thenApply(answer -> answer.stream()
                .map(part -> new String((byte[]) part, StandardCharsets.UTF_8))
                .toList());
    }

    /** What it answers, as bytes and as lists of these. */
    public CompletionStage<List<Object>> answer(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[]... args) {
        return redis.<List<Object>>evalsha(digest, ScriptOutputType.MULTI, keys, args)
                .exceptionallyCompose(error -> RedisFault.cause(error) instanceof RedisNoScriptException
                        // then nothing has been carried out
                        ? redis.<List<Object>>eval(text, ScriptOutputType.MULTI, keys, args)
                        : CompletableFuture.failedFuture(error));
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
