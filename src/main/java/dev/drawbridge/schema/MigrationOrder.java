package dev.drawbridge.schema;

import dev.drawbridge.schema.primitives.MigrationIdOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The one order in which the migrations of all sequences run (§6): a migration comes after its dependencies; among those
 * that could be next, the one that most others wait for; and then the one with the smaller id.
 */
final class MigrationOrder {
    private static final int FOLLOWS = 1;
    private static final int NAMES = 101;
    private static final Comparator<Node> SMALLER_ID = Comparator.comparing(Node::id, MigrationIdOrder.COMPARATOR);
    private static final Comparator<Node> MORE_URGENT =
            Comparator.<Node>comparingInt(node -> node.urgency).reversed();

    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private MigrationOrder(Collection<MigrationSequence> sequences) {
        for (MigrationSequence sequence : sequences) {
            sequence.migrations().forEach(migration -> nodes.put(migration.id(), new Node(migration)));
        }
        for (MigrationSequence sequence : sequences) {
            for (int i = 1; i < sequence.version(); i++) {
                node(sequence.migrations().get(i))
                        .dependOn(node(sequence.migrations().get(i - 1)), FOLLOWS);
            }
        }
        for (Node node : nodes.values()) {
            for (String id : node.migration.dependsOn()) {
                Node dependency = nodes.get(id);
                if (dependency == null) {
                    throw new IllegalArgumentException(
                            node.migration.title() + " depends on " + id + ", which does not exist");
                }
                node.dependOn(dependency, NAMES);
            }
        }
    }

    /** @throws IllegalArgumentException if a dependency does not exist, or if they form a cycle */
    static List<Migration> of(Collection<MigrationSequence> sequences) {
        return new MigrationOrder(sequences).sorted();
    }

    private Node node(Migration migration) {
        return nodes.computeIfAbsent(migration.id(), id -> new Node(migration));
    }

    private List<Migration> sorted() {
        // How urgent one is does not change: as long as it is not done, nothing that waits for it is.
        PriorityQueue<Node> ready = new PriorityQueue<>(MORE_URGENT.thenComparing(SMALLER_ID));
        nodes.values().stream().filter(node -> node.waitsFor == 0).forEach(ready::add);
        List<Migration> sorted = new ArrayList<>(nodes.size());
        for (Node next = ready.poll(); next != null; next = ready.poll()) {
            sorted.add(next.migration);
            for (Node dependent : next.dependents.keySet()) {
                dependent.waitsFor--;
                if (dependent.waitsFor == 0) {
                    ready.add(dependent);
                }
            }
        }
        nodes.values().stream()
                .filter(node -> node.waitsFor > 0)
                .min(SMALLER_ID)
                .ifPresent(stuck -> {
                    throw new IllegalArgumentException("circular dependency in migrations: " + stuck.migration.title());
                });
        return List.copyOf(sorted);
    }

    /** A migration, with those that wait for it and how urgently each one does. */
    private static final class Node {
        private final Migration migration;
        private final Map<Node, Integer> dependents = new LinkedHashMap<>();
        private int urgency;
        private int waitsFor;

        Node(Migration migration) {
            this.migration = migration;
        }

        String id() {
            return migration.id();
        }

        void dependOn(Node dependency, int urgency) {
            Integer before = dependency.dependents.put(this, urgency);
            dependency.urgency += before == null ? urgency : urgency - before;
            if (before == null) {
                waitsFor++;
            }
        }
    }
}
