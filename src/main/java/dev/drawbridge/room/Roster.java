package dev.drawbridge.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is on a list, under a key each. To come, to go and to change take the same time however many there are, and a copy
 * of the list is a copy of references in a row. Who goes makes room for the last one: the order means nothing.
 */
final class Roster<K, V> {
    private final Map<K, Integer> places = new HashMap<>();
    private final List<K> keys = new ArrayList<>();
    private final List<V> values = new ArrayList<>();

    void put(K key, V value) {
        Integer place = places.putIfAbsent(key, values.size());
        if (place == null) {
            keys.add(key);
            values.add(value);
        } else {
            values.set(place, value);
        }
    }

    void remove(K key) {
        Integer place = places.remove(key);
        if (place != null) {
            K lastKey = keys.removeLast();
            V lastValue = values.removeLast();
            if (place < values.size()) {
                places.put(lastKey, place);
                keys.set(place, lastKey);
                values.set(place, lastValue);
            }
        }
    }

    boolean has(K key) {
        return places.containsKey(key);
    }

    int size() {
        return values.size();
    }

    /** All as they are now. */
    List<V> list() {
        return List.copyOf(values);
    }

    /** All but one as they are now. */
    List<V> listWithout(K key) {
        Integer place = places.get(key);
        if (place == null) {
            return list();
        }
        List<V> others = new ArrayList<>(values);
        others.set(place, others.getLast());
        others.removeLast();
        return List.copyOf(others);
    }
}
