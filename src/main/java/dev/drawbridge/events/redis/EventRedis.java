package dev.drawbridge.events.redis;

import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.redis.RedisFault;
import dev.drawbridge.redis.RedisLink;
import dev.drawbridge.redis.RedisScript;
import dev.drawbridge.redis.Waiting;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks Redis, waits for its answer, and says in an operator's words when there is none. */
final class EventRedis implements AutoCloseable {
    private final RedisLink link;
    private final EventKeys keys;

    EventRedis(RedisLink link, EventKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    EventKeys keys() {
        return keys;
    }

    /** What a script answers, when it has. */
    CompletionStage<List<Object>> begin(RedisScript script, List<byte[]> args) {
        return script.answer(link.commands(), keys.ofScripts(), args.toArray(byte[][]::new));
    }

    Answer call(RedisScript script, byte[]... args) throws EventStoreException {
        return new Answer(await(script.answer(link.commands(), keys.ofScripts(), args)));
    }

    <T> T ask(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command)
            throws EventStoreException {
        return await(command.apply(link.commands()));
    }

    static <T> T await(CompletionStage<T> answer) throws EventStoreException {
        try {
            return Waiting.on(answer);
        } catch (RuntimeException e) {
            throw new EventStoreException("Redis does not keep events: " + RedisFault.reason(e), e);
        }
    }

    /** The parts of a script's answer. */
    record Answer(List<Object> parts) {

        int size() {
            return parts.size();
        }

        byte[] bytes(int index) {
            return (byte[]) parts.get(index);
        }

        String text(int index) {
            return EventRedis.text(bytes(index));
        }

        int number(int index) {
            return Integer.parseInt(text(index));
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        link.close();
    }
}
