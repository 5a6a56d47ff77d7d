package dev.drawbridge.bench.load;

/** Pushes that are sent as answers come. */
interface Work {

    /** How many may be under way. */
    int window();

    boolean hasNext();

    /** Writes the operations of the next push. */
    void next(Outgoing out, long now);

    /** Edits without end. */
    record Endless(int window, Edits edits) implements Work {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public void next(Outgoing out, long now) {
            edits.next(out, now);
        }
    }

    /** Fills a room with rectangles, two hundred at a time. */
    final class Filling implements Work {
        private static final int AT_ONCE = 200;
        private final String prefix;
        private final int shapes;
        private int done;

        Filling(String prefix, int shapes) {
            this.prefix = prefix;
            this.shapes = shapes;
        }

        @Override
        public int window() {
            return 4;
        }

        @Override
        public boolean hasNext() {
            return done < shapes;
        }

        @Override
        public void next(Outgoing out, long now) {
            int end = Math.min(shapes, done + AT_ONCE);
            String separator = "";
            for (; done < end; done++) {
                out.text(separator).text(Records.put(Records.rectangle("shape:" + prefix + "_" + done, done)));
                separator = ",";
            }
        }
    }
}
