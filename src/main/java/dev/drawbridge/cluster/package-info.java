/**
 * Several nodes on one store: which are alive, which of them has which room open, and how clients come to it over whichever
 * node they have reached.
 *
 * <p>The rule of this floor: the store alone decides who may write a room. What nodes believe of each other, from heartbeats
 * and broken links, only decides who asks it, and when.
 */
@NullMarked
package dev.drawbridge.cluster;

import org.jspecify.annotations.NullMarked;
