package dev.drawbridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Drawbridge: a durable collaboration server for tldraw whiteboards. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DrawbridgeApplication {

    public static void main(String[] args) {
        SpringApplication.run(DrawbridgeApplication.class, args);
    }
}
