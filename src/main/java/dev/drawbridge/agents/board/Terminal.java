package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonObject;

/** One of the two ends of an arrow. */
enum Terminal {
    START("start", "from"),
    END("end", "to");

    private final String prop;
    private final String field;

    Terminal(String prop, String field) {
        this.prop = prop;
        this.field = field;
    }

    /** What the records call it. */
    String prop() {
        return prop;
    }

    /** The field of a draft that names the shape which it sticks to. */
    String field() {
        return field;
    }

    Terminal other() {
        return this == START ? END : START;
    }

    boolean isOf(JsonObject binding) {
        return Props.type(binding).equals("arrow")
                && Props.string(Props.of(binding), "terminal", "").equals(prop);
    }
}
