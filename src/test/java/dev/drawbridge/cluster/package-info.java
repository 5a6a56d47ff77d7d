/** Tests of several nodes on one store: each alone, and all together in virtual time. */
@NullMarked
package dev.drawbridge.cluster;

import org.jspecify.annotations.NullMarked;
