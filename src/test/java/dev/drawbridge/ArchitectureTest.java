package dev.drawbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floors of the house: each uses only those beneath it. */
@AnalyzeClasses(packages = "dev.drawbridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule floors = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("web")
            .definedBy("dev.drawbridge.web..")
            .layer("command")
            .definedBy("dev.drawbridge.command..")
            .layer("security")
            .definedBy("dev.drawbridge.security..")
            .layer("config")
            .definedBy("dev.drawbridge.config..")
            .layer("cluster")
            .definedBy("dev.drawbridge.cluster..")
            .layer("assets")
            .definedBy("dev.drawbridge.assets..")
            .layer("history")
            .definedBy("dev.drawbridge.history..")
            .layer("events")
            .definedBy("dev.drawbridge.events..")
            .layer("agents")
            .definedBy("dev.drawbridge.agents..")
            .layer("s3")
            .definedBy("dev.drawbridge.s3..")
            .layer("files")
            .definedBy("dev.drawbridge.files..")
            .layer("host")
            .definedBy("dev.drawbridge.host..")
            .layer("links")
            .definedBy("dev.drawbridge.links..")
            .layer("loop")
            .definedBy("dev.drawbridge.loop..")
            .layer("store")
            .definedBy("dev.drawbridge.store..")
            .layer("sqlite")
            .definedBy("dev.drawbridge.sqlite..")
            .layer("redis")
            .definedBy("dev.drawbridge.redis..")
            .layer("room")
            .definedBy("dev.drawbridge.room..")
            .layer("protocol")
            .definedBy("dev.drawbridge.protocol..")
            .layer("diff")
            .definedBy("dev.drawbridge.diff..")
            .layer("schema")
            .definedBy("dev.drawbridge.schema..")
            .layer("url")
            .definedBy("dev.drawbridge.url..")
            .layer("json")
            .definedBy("dev.drawbridge.json..")
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("security")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("web", "command", "security")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("web", "config")
            .whereLayer("assets")
            .mayOnlyBeAccessedByLayers("web", "config")
            .whereLayer("history")
            .mayOnlyBeAccessedByLayers("web", "config", "agents")
            .whereLayer("agents")
            .mayOnlyBeAccessedByLayers("web", "config")
            .whereLayer("events")
            .mayOnlyBeAccessedByLayers("web", "config")
            .whereLayer("s3")
            .mayOnlyBeAccessedByLayers("config", "assets", "history")
            .whereLayer("files")
            .mayOnlyBeAccessedByLayers("assets", "history")
            .whereLayer("host")
            .mayOnlyBeAccessedByLayers(
                    "web", "command", "security", "config", "cluster", "assets", "history", "events", "agents")
            .whereLayer("links")
            .mayOnlyBeAccessedByLayers("web", "config")
            .whereLayer("loop")
            .mayOnlyBeAccessedByLayers("web", "config", "cluster", "host", "agents")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("web", "command", "config", "cluster", "host", "assets", "history", "events")
            .whereLayer("sqlite")
            .mayOnlyBeAccessedByLayers("store", "history", "events")
            .whereLayer("redis")
            .mayOnlyBeAccessedByLayers("store", "events")
            .whereLayer("room")
            .mayOnlyBeAccessedByLayers(
                    "web", "command", "config", "cluster", "host", "store", "assets", "history", "events", "agents")
            .whereLayer("protocol")
            .mayOnlyBeAccessedByLayers("web", "security", "config", "cluster", "host", "room", "events", "agents")
            .whereLayer("diff")
            .mayOnlyBeAccessedByLayers("room", "protocol")
            .whereLayer("schema")
            .mayOnlyBeAccessedByLayers("web", "config", "host", "store", "room", "history", "agents")
            .whereLayer("url")
            .mayOnlyBeAccessedByLayers("schema", "links");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.drawbridge.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEngineIsPlainJava = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.drawbridge.room..",
                    "dev.drawbridge.protocol..",
                    "dev.drawbridge.diff..",
                    "dev.drawbridge.schema..",
                    "dev.drawbridge.url..",
                    "dev.drawbridge.json..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "java.util.concurrent..",
                    "java.net.http..",
                    "java.nio.channels..",
                    "java.util.logging..",
                    "java.sql..",
                    "jakarta..",
                    "org.slf4j..")
            .because("the collaboration engine has no Spring, no threads, no sockets and no clock");

    @ArchTest
    static final ArchRule theEngineReadsNoClockAndNoChance = noClasses()
            .that()
            .resideInAnyPackage("dev.drawbridge.room..", "dev.drawbridge.protocol..", "dev.drawbridge.diff..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Random|UUID)|java\\.security\\.SecureRandom|java\\.time\\.Clock")
            .because("time and randomness come from outside");

    @ArchTest
    static final ArchRule springStaysInItsRooms = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.drawbridge", "dev.drawbridge.web..", "dev.drawbridge.security..", "dev.drawbridge.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..");
}
