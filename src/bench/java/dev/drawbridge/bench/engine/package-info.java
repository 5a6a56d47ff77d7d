/** What the engine takes for each step of a push and of a join, with JMH: no store, no sockets, no threads. */
@NullMarked
package dev.drawbridge.bench.engine;

import org.jspecify.annotations.NullMarked;
