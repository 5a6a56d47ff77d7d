package dev.drawbridge.web;

import dev.drawbridge.config.EventsProperties;
import dev.drawbridge.protocol.Limits;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What Tomcat has to be told in its own words. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {
    /** So many connections beyond those of sockets, and of those who follow events, are for everything else: health, the admin API, and refusals. */
    private static final int RESERVE = 1_000;

    private static final int BACKLOG = 2_048;

    /**
     * Tomcat answers an escaped slash in a path with 400. In a room's URL that would make a client try for ever, where we
     * want to tell it that there is no such room; in that of an asset it is as good as any character, and so is an escaped
     * backslash.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> escapedSlashes() {
        return connectors(connector -> {
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        });
    }

    /**
     * The limit on sockets is ours, and has an answer: Tomcat's own would leave everybody without one. An operator may say
     * otherwise.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> roomForConnections(
            Limits limits, EventsProperties events, Environment environment) {
        return connectors(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
                if (!environment.containsProperty("server.tomcat.max-connections")) {
                    protocol.setMaxConnections(limits.node().connections() + events.listeners() + RESERVE);
                }
                if (!environment.containsProperty("server.tomcat.accept-count")) {
                    protocol.setAcceptCount(BACKLOG);
                }
            }
            // A socket writes to its channel by itself: that must not become another connection's meanwhile.
            connector.setProperty("socket.bufferPool", "0");
            // Each connection keeps these for as long as it lives, a socket that says nothing too; 8 KB each by
            // default.
            connector.setProperty("socket.appReadBufSize", "512");
            connector.setProperty("socket.appWriteBufSize", "2048");
        });
    }

    /** Who asks whether to send a body is told to when it is about to be read, and not when it is going to be refused. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodiesThatAreAskedFor() {
        return connectors(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
                protocol.setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString());
            }
        });
    }

    private static WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectors(
            TomcatConnectorCustomizer customizer) {
        return factory -> factory.addConnectorCustomizers(customizer);
    }
}
