package dev.drawbridge;

import dev.drawbridge.command.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Drawbridge: a durable collaboration server for tldraw whiteboards. Nobody logs in here by name: there are no users. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@ConfigurationPropertiesScan
public class DrawbridgeApplication {

    public static void main(String[] args) {
        if (Commands.areOne(args)) {
            System.exit(Commands.run(args));
        }
        SpringApplication.run(DrawbridgeApplication.class, args);
    }
}
