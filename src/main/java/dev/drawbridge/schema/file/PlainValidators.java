package dev.drawbridge.schema.file;

import dev.drawbridge.schema.Validator;
import dev.drawbridge.schema.Validators;
import dev.drawbridge.schema.tldraw.RichText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The validators that are said by one word. */
final class PlainValidators {
    private static final Map<String, Validator> BY_NAME = byName();

    /** All words, for messages. */
    static final String NAMES = String.join(", ", BY_NAME.keySet());

    private PlainValidators() {}

    static @Nullable Validator named(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, Validator> byName() {
        Map<String, Validator> validators = new LinkedHashMap<>();
        validators.put("string", Validators.string());
        validators.put("number", Validators.number());
        validators.put("positiveNumber", Validators.positiveNumber());
        validators.put("nonZeroNumber", Validators.nonZeroNumber());
        validators.put("nonZeroFiniteNumber", Validators.nonZeroFiniteNumber());
        validators.put("unitInterval", Validators.unitInterval());
        validators.put("integer", Validators.integer());
        validators.put("positiveInteger", Validators.positiveInteger());
        validators.put("nonZeroInteger", Validators.nonZeroInteger());
        validators.put("boolean", Validators.bool());
        validators.put("indexKey", Validators.indexKey());
        validators.put("linkUrl", Validators.linkUrl());
        validators.put("srcUrl", Validators.srcUrl());
        validators.put("httpUrl", Validators.httpUrl());
        validators.put("json", Validators.jsonValue());
        validators.put("jsonDict", Validators.jsonDict());
        validators.put("any", Validators.anything());
        validators.put("array", Validators.array());
        validators.put("anyObject", Validators.anyObject());
        validators.put("richText", RichText.VALIDATOR);
        return validators;
    }
}
