/**
 * Loads a server as many clients would and measures what they get and what it costs. It shares the machine with what it
 * measures: nothing here reads JSON, and nothing is allocated for a message. It uses the JDK alone.
 */
@NullMarked
package dev.drawbridge.bench.load;

import org.jspecify.annotations.NullMarked;
