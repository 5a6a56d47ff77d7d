/** The image and the Helm chart: what they promise, held against the real Helm and the running server. */
@NullMarked
package dev.drawbridge.deploy;

import org.jspecify.annotations.NullMarked;
