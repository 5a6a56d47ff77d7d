package dev.drawbridge.bench.load;

/**
 * What a server takes, in bytes; not a number where that cannot be found out.
 *
 * @param resident all of the process, garbage that has not been collected yet included
 * @param heap what is alive in the heap: it is collected for that
 */
record Memory(double resident, double heap) {

    static Memory of(Target target) {
        Processes processes = target.processes();
        double heap = processes.liveHeapBytes().orElse(Double.NaN);
        return new Memory(processes.residentMegabytes() * (1 << 20), heap);
    }

    double residentSince(Memory before) {
        return resident - before.resident;
    }

    double heapSince(Memory before) {
        return heap - before.heap;
    }
}
