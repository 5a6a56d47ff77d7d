package dev.drawbridge.assets.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreContract;
import dev.drawbridge.s3.S3Fixture;
import dev.drawbridge.s3.S3Front;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same promises on a store that knows conditions for writing only, as many do. */
class S3WithoutConditionalDeletesTest extends AssetStoreContract {
    @TempDir
    static Path spools;

    static S3AssetFixture s3;

    private final String prefix = S3Fixture.newPrefix();

    @BeforeAll
    static void startS3() throws IOException {
        s3 = new S3AssetFixture(spools);
        s3.front()
                .fates(call -> call.method().equals("DELETE") && call.has("If-Match")
                        ? new S3Front.Fate.Answer(501, "NotImplemented")
                        : new S3Front.Fate.Pass());
    }

    @AfterAll
    static void stopS3() throws IOException {
        s3.close();
    }

    @BeforeEach
    void forget() {
        assertThat(s3.keys(prefix)).isEmpty();
    }

    @Override
    protected AssetStore openStore(InstantSource clock) {
        return s3.open(prefix, clock);
    }

    @Test
    @DisplayName("[5] of an asset that is deleted a few bytes stay, which the next one of its id takes over")
    void remains() throws Exception {
        stored("id");
        store.delete("id");
        assertThat(s3.keys(prefix)).singleElement().asString().endsWith("/asset.json");

        stored("id");
        assertThat(s3.keys(prefix)).hasSize(3);
    }
}
