package dev.drawbridge.web;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Which requests are sockets for rooms. */
@Configuration(proxyBeanMethods = false)
class RoomSocketRoutes {
    private static final int BEFORE_PAGES = 1;

    @Bean
    SimpleUrlHandlerMapping roomSockets(RoomSocketHandler handler) {
        return new SimpleUrlHandlerMapping(
                Map.of(JoinRequest.PATH + "**", handler, JoinRequest.API_PATH + "**", handler), BEFORE_PAGES);
    }
}
