package dev.drawbridge.web;

import dev.drawbridge.store.redis.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.DisplayName;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("Read where they are stored, in Redis")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.store.type=redis"
        })
class ReadingRoomsInRedisIT extends ReadingStoredRooms {
    /** It ends with the JVM, as the server does. */
    private static final RedisProcess REDIS = RedisProcess.start();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("spring.data.redis.port", REDIS::port);
    }

    @Override
    String ownership(String room) {
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + REDIS.port());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection
                    .sync()
                    .hmget("drawbridge:{" + room + "}:meta", "epoch", "owner", "token", "clock")
                    .toString();
        } finally {
            client.shutdown();
        }
    }
}
