package dev.drawbridge.web.assets;

import dev.drawbridge.DrawbridgeApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A server in this process, with all that it keeps in one folder. */
final class AssetServer implements AutoCloseable {
    private final ConfigurableApplicationContext application;
    private final Path folder;

    private AssetServer(ConfigurableApplicationContext application, Path folder) {
        this.application = application;
        this.folder = folder;
    }

    static AssetServer start(Path folder, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--drawbridge.admin.token=secret",
                "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"),
                "--drawbridge.assets.directory=" + folder.resolve("assets")));
        List<String> given = List.of(settings);
        arguments.removeIf(
                argument -> given.stream().anyMatch(each -> name(each).equals(name(argument))));
        arguments.addAll(given);
        return new AssetServer(
                new SpringApplicationBuilder(DrawbridgeApplication.class)
                        .bannerMode(Banner.Mode.OFF)
                        .run(arguments.toArray(String[]::new)),
                folder);
    }

    private static String name(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }

    int port() {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    /** The files below a folder, but for locks. */
    List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .toList();
        }
    }

    @Override
    public void close() {
        application.close();
    }
}
