package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonObject;

/** A point. */
record Spot(double x, double y) {

    static Spot of(JsonObject point) {
        return new Spot(Props.number(point, "x", 0), Props.number(point, "y", 0));
    }

    JsonObject json() {
        return JsonObject.builder().put("x", x).put("y", y).build();
    }
}
