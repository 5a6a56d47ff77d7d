package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/** A version that a user asks for. */
record MakeOwnVersion(Optional<String> name) {

    static MakeOwnVersion read(JsonValue body) {
        return new MakeOwnVersion(Members.of(body, Set.of("name")).value("name").flatMap(VersionName::read));
    }
}
