package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.NodeScript;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Real tldraw clients that draw in several rooms all the time; see {@code src/test/clients/cluster.mjs}. */
final class DrawingCrowd implements AutoCloseable {
    private static final String ANSWER = "= ";

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    private DrawingCrowd(Process process) {
        this.process = process;
        this.answers = process.inputReader();
        this.commands = process.outputWriter();
    }

    /** Waits until all of them draw. */
    static DrawingCrowd start(int port, int rooms, int clientsOfEach) throws Exception {
        DrawingCrowd crowd = new DrawingCrowd(NodeScript.in("clients")
                .start(
                        "cluster.mjs",
                        "--base",
                        "ws://127.0.0.1:" + port,
                        "--token",
                        AdminClient.TOKEN,
                        "--rooms",
                        Integer.toString(rooms),
                        "--clients",
                        Integer.toString(clientsOfEach)));
        crowd.answer();
        return crowd;
    }

    boolean isThere() {
        return process.isAlive();
    }

    static String room(int number) {
        return "cluster-" + number;
    }

    /** Something happens to the servers. */
    void mark() throws IOException, JsonException {
        ask("mark " + System.currentTimeMillis());
    }

    /** Waits until what each of them draws is confirmed, and seen by others. */
    Back back() throws IOException, JsonException {
        JsonObject answer = ask("back");
        return new Back(
                (JsonObject) Objects.requireNonNull(answer.get("back")),
                (JsonObject) Objects.requireNonNull(answer.get("lost")),
                (JsonObject) Objects.requireNonNull(answer.get("stayed")),
                number(answer, "failures"));
    }

    /**
     * How it went since the mark; times are in milliseconds.
     *
     * @param back when a change made after the mark was confirmed and seen, of each client
     * @param lost how long changes at most waited to be confirmed, of each client that lost its connection meanwhile
     * @param stayed the same of those that did not lose it
     * @param failures how often a newcomer did not come in at the first attempt
     */
    record Back(JsonObject back, JsonObject lost, JsonObject stayed, int failures) {

        int lastAfter() {
            return number(back, "max");
        }

        int howManyLostTheirConnection() {
            return number(lost, "n");
        }
    }

    /**
     * Stops them until all see the same and that is what is stored, and has them go on. Nothing may be missing that was
     * confirmed.
     */
    String settle() throws IOException, JsonException {
        return settle("settle");
    }

    /** The same after the store has lost something. */
    String settleAfterLoss() throws IOException, JsonException {
        return settle("settle lossy");
    }

    private String settle(String command) throws IOException, JsonException {
        String settled = ask(command).toString();
        ask("edit");
        return settled;
    }

    private JsonObject ask(String command) throws IOException, JsonException {
        commands.write(command + "\n");
        commands.flush();
        return answer();
    }

    private JsonObject answer() throws IOException, JsonException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) {
                return (JsonObject) Json.parse(line.substring(ANSWER.length()).getBytes(StandardCharsets.UTF_8));
            }
            System.out.println(line);
        }
        throw new AssertionError("the clients have ended, see above");
    }

    private static int number(JsonObject object, String name) {
        return (int) ((JsonNumber) Objects.requireNonNull(object.get(name))).value();
    }

    /** They go, and none of them has logged an error. */
    void stop() throws Exception {
        ask("stop");
        assertThat(process.waitFor()).as("exit code of the clients").isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
