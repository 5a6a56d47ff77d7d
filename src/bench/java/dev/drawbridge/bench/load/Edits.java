package dev.drawbridge.bench.load;

/** What a client does to the document, one operation of a network diff after the other (§5). */
interface Edits {

    /** Writes the record that has to be there before the first edit, if any. */
    boolean first(Outgoing out);

    /** Writes the next edit. */
    void next(Outgoing out, long now);

    /** Draws a line: the path of a shape grows by a point, and with every five hundredth another shape is begun. */
    final class Drawing implements Edits {
        private static final int POINTS = 500;
        private static final byte[] APPEND = Outgoing.ascii(
                "]}],\"props\":[\"patch\",{\"segments\":[\"patch\",{\"0\":" + "[\"patch\",{\"path\":[\"append\",\"");
        private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        private static final String FIRST_POINT = "AAAAAAAAAAAAAAAA";

        private final String name;
        private int done;
        private int length;

        Drawing(String name) {
            this.name = name;
        }

        @Override
        public boolean first(Outgoing out) {
            return false;
        }

        @Override
        public void next(Outgoing out, long now) {
            String id = "shape:" + name + "_" + done / POINTS;
            if (done % POINTS == 0) {
                length = FIRST_POINT.length();
                out.text(Records.put(Records.line(id, FIRST_POINT, Clock.toWire(now))));
            } else {
                out.text("\"" + id + "\":[\"patch\",{\"meta\":[\"patch\",{\"t\":[\"put\",");
                out.number(Clock.toWire(now)).text(APPEND);
                out.text(ALPHABET.charAt(done & 63) + "wAzAAAA\",")
                        .number(length)
                        .text("]}]}]}]}]");
                length += 8;
            }
            done++;
        }
    }

    /** Moves rectangles about, by turns. */
    final class Moving implements Edits {
        private static final byte[] X = Outgoing.ascii("\":[\"patch\",{\"x\":[\"put\",");
        private static final byte[] Y = Outgoing.ascii(".5],\"y\":[\"put\",");
        private static final byte[] TIME = Outgoing.ascii(".25],\"meta\":[\"patch\",{\"t\":[\"put\",");
        private static final byte[] END = Outgoing.ascii("]}]}]");

        private final String prefix;
        private final int shapes;
        private final boolean existing;
        private int done;

        /** Moves the shapes of a room that has been filled with {@link Filling}. */
        Moving(String prefix, int shapes) {
            this(prefix, shapes, true);
        }

        /** Moves a shape of its own. */
        Moving(String name) {
            this(name, 1, false);
        }

        private Moving(String prefix, int shapes, boolean existing) {
            this.prefix = prefix;
            this.shapes = shapes;
            this.existing = existing;
        }

        @Override
        public boolean first(Outgoing out) {
            if (existing) {
                return false;
            }
            out.text(Records.put(Records.rectangle("shape:" + prefix + "_0", 0)));
            return true;
        }

        @Override
        public void next(Outgoing out, long now) {
            out.text("\"shape:" + prefix + "_" + (done * 37L) % shapes).text(X);
            out.number(100 + done % 800).text(Y).number(100 + done * 3L % 500).text(TIME);
            out.number(Clock.toWire(now)).text(END);
            done++;
        }
    }
}
