package dev.drawbridge.config;

import dev.drawbridge.events.EventType;
import dev.drawbridge.events.hooks.Secret;
import dev.drawbridge.events.hooks.Webhook;
import dev.drawbridge.json.Quoted;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Services of yours that are called when something happens in rooms.
 *
 * @param webhooks who is called; each has a queue of its own
 */
@Validated
@ConfigurationProperties("drawbridge")
public record WebhooksProperties(
        @DefaultValue @Size(max = 100) List<@Valid Hook> webhooks) {
    private static final String PREFIX = "drawbridge.webhooks[";
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1," + LONGEST_NAME + "}");
    private static final Pattern ROOMS = Pattern.compile("[A-Za-z0-9\\-_.~*]{1,200}");
    private static final String ANY = "*";

    /**
     * A service that is called, by {@code POST}, signed as Standard Webhooks has it.
     *
     * @param name of it and of its queue, {@code a-z}, {@code 0-9} and {@code -}; by default the host of the url. Under
     *     another name it has another queue
     * @param url where it is called
     * @param secret with which calls are signed: {@code whsec_} and Base64, or any text of at least 24 bytes
     * @param secretFile a file with that secret; white space at its ends does not count
     * @param previousSecret the one before, while the receiver may still verify with it
     * @param previousSecretFile a file with that one
     * @param events the types of the events that it is told of, or {@code *}
     * @param rooms of which rooms: a room id, or a pattern in which {@code *} stands for any characters
     * @param diff whether it is told the records that have changed, and not only how many
     * @param timeout how long a call may take until all is answered
     * @param giveUpAfter an event that is so old becomes a dead letter when it fails
     * @param queue how many events may wait; what comes then are dead letters
     * @param queueBytes how much these may take, likewise
     * @param concurrency how many calls there are at once; of a room it is one
     */
    public record Hook(
            @Nullable String name,
            @Nullable URI url,
            @Nullable String secret,
            @Nullable Path secretFile,
            @Nullable String previousSecret,
            @Nullable Path previousSecretFile,
            @DefaultValue(ANY) List<String> events,
            @DefaultValue(ANY) String rooms,
            @DefaultValue("false") boolean diff,

            @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(minutes = 2)
            Duration timeout,

            @DefaultValue("24h") @DurationMin(seconds = 1) @DurationMax(days = 365)
            Duration giveUpAfter,

            @DefaultValue("10000") @Min(1) @Max(100_000) int queue,
            @DefaultValue("64MB") @MinSize("1MB") DataSize queueBytes,
            @DefaultValue("8") @Min(1) @Max(100) int concurrency) {

        /** Without the secrets, and without the url, which is one for some. */
        @Override
        public String toString() {
            return "Hook[name=" + name + "]";
        }
    }

    /** As the settings say; fails with a {@link SettingException} when one of them cannot be. */
    public List<Webhook> toWebhooks() {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < webhooks.size(); i++) {
            String name = webhooks.get(i).name();
            if (name != null) {
                checkName(at(i, "name"), name, taken.add(name));
            }
        }
        List<Webhook> result = new ArrayList<>();
        for (int i = 0; i < webhooks.size(); i++) {
            result.add(webhook(i, webhooks.get(i), taken));
        }
        return List.copyOf(result);
    }

    private static String at(int index, String setting) {
        return PREFIX + index + "]." + setting;
    }

    private static Webhook webhook(int index, Hook hook, Set<String> taken) {
        URI url = url(at(index, "url"), hook.url());
        String name = hook.name() == null ? free(url.getHost(), taken) : hook.name();
        return new Webhook(
                name,
                url,
                secrets(index, hook),
                events(at(index, "events"), hook.events()),
                rooms(at(index, "rooms"), hook.rooms()),
                hook.diff(),
                hook.timeout(),
                hook.giveUpAfter(),
                hook.queue(),
                hook.queueBytes().toBytes(),
                hook.concurrency());
    }

    private static void checkName(String property, String name, boolean isFree) {
        if (!NAME.matcher(name).matches()) {
            throw new SettingException(
                    property,
                    Quoted.bare(name),
                    "is not a name for a webhook",
                    "Use 1 to " + LONGEST_NAME + " characters of a-z, 0-9 and -.");
        }
        if (!isFree) {
            throw new SettingException(
                    property, name, "is the name of another webhook", "Give each webhook a name of its own.");
        }
    }

    /** The host as a name that no other one has. */
    private static String free(String host, Set<String> taken) {
        String plain = host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String name = plain;
        for (int i = 2; taken.contains(name) || name.length() > LONGEST_NAME; i++) {
            String number = "-" + i;
            name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME - number.length())) + number;
        }
        taken.add(name);
        return name;
    }

    private static URI url(String property, @Nullable URI url) {
        HttpUrl.checked(property, url);
        if (url == null || url.getRawUserInfo() != null) {
            throw new SettingException(
                    property,
                    null,
                    "has a name or a password in it, which is not sent",
                    "Leave it out: the receiver can tell who calls by the signature.");
        }
        return url;
    }

    private static List<Secret> secrets(int index, Hook hook) {
        List<Secret> secrets = new ArrayList<>();
        String name = secret(index, "secret", hook.secret(), hook.secretFile(), secrets);
        if (secrets.isEmpty()) {
            throw new SettingException(
                    name,
                    null,
                    "is not set",
                    "Set " + name + " or " + name + "-file to " + whatItIs() + ", which the receiver knows too.");
        }
        secret(index, "previous-secret", hook.previousSecret(), hook.previousSecretFile(), secrets);
        return List.copyOf(secrets);
    }

    private static String secret(
            int index, String setting, @Nullable String given, @Nullable Path file, List<Secret> secrets) {
        String property = at(index, setting);
        String text = given == null || given.isBlank() ? null : given.strip();
        if (text != null && file != null) {
            throw new SettingException(
                    property + "-file", file.toString(), "is set, and " + property + " is set too", "Set one of them.");
        }
        String place = text != null ? property : property + "-file";
        if (file != null) {
            text = SecretFile.read(place, file);
        }
        if (text != null) {
            try {
                secrets.add(Secret.of(text));
            } catch (IllegalArgumentException e) {
                throw new SettingException(place, "…", String.valueOf(e.getMessage()), "Set it to " + whatItIs() + ".");
            }
        }
        return property;
    }

    private static String whatItIs() {
        return "at least " + Secret.SHORTEST + " bytes that nobody can guess: any text, or whsec_ and Base64";
    }

    private static Set<EventType> events(String property, List<String> names) {
        if (names.contains(ANY)) {
            return EnumSet.allOf(EventType.class);
        }
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (String name : names) {
            types.add(EventType.named(name)
                    .orElseThrow(() -> new SettingException(
                            property,
                            Quoted.bare(name),
                            "is not a type of events",
                            "Use * or some of: "
                                    + Stream.of(EventType.values())
                                            .map(EventType::text)
                                            .collect(Collectors.joining(", "))
                                    + ".")));
        }
        if (types.isEmpty()) {
            throw new SettingException(property, null, "names no type of events", "Use * for all.");
        }
        return types;
    }

    private static String rooms(String property, String pattern) {
        if (!ROOMS.matcher(pattern).matches()) {
            throw new SettingException(
                    property,
                    Quoted.bare(pattern),
                    "is the id of no room, nor a pattern",
                    "Use a room id, or * in place of any characters of it.");
        }
        return pattern;
    }
}
