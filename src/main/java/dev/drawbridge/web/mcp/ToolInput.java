package dev.drawbridge.web.mcp;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that a tool takes: as its schema says it, and as it is read. */
record ToolInput(List<Parameter> parameters) {
    /** More is not said of what is wrong. */
    private static final int MOST_ERRORS = 10;

    static ToolInput of(Parameter... parameters) {
        return new ToolInput(List.of(parameters));
    }

    JsonObject schema() {
        JsonObject.Builder properties = JsonObject.builder();
        parameters.forEach(each -> properties.put(
                each.name(), each.kind().schema().with("description", JsonString.of(each.description()))));
        return JsonObject.builder()
                .put("type", "object")
                .put("properties", properties.build())
                .put(
                        "required",
                        Kind.texts(parameters.stream()
                                .filter(Parameter::isRequired)
                                .map(Parameter::name)
                                .toList()))
                .put("additionalProperties", false)
                .build();
    }

    /** Reads what has come, or says all that is wrong with it. A null is as good as nothing. */
    Arguments read(JsonObject given) throws ToolFailure {
        List<String> errors = new ArrayList<>();
        JsonObject.Builder taken = JsonObject.builder();
        for (Parameter parameter : parameters) {
            JsonValue value = given.get(parameter.name());
            if (value == null || value instanceof JsonNull) {
                if (parameter.isRequired()) {
                    errors.add(parameter.name() + ": is missing. " + parameter.description());
                }
                continue;
            }
            Optional<String> wrong = parameter.kind().wrong(value);
            wrong.ifPresent(
                    expected -> errors.add(parameter.name() + ": is " + Quoted.of(value) + ", expected " + expected));
            taken.put(parameter.name(), value);
        }
        given.keys().stream()
                .filter(name ->
                        parameters.stream().noneMatch(each -> each.name().equals(name)))
                .limit(MOST_ERRORS)
                .forEach(name -> errors.add(Quoted.bare(name) + ": is unknown, expected one of " + names()));
        if (!errors.isEmpty()) {
            throw ToolFailure.invalid(
                    "Nothing was done. " + String.join("\n", errors.subList(0, Math.min(MOST_ERRORS, errors.size()))));
        }
        return new Arguments(taken.build());
    }

    private String names() {
        return parameters.isEmpty()
                ? "none"
                : String.join(", ", parameters.stream().map(Parameter::name).toList());
    }
}
