/** The application; each package below it is a floor of the house and uses only the floors beneath it. */
@NullMarked
package dev.drawbridge;

import org.jspecify.annotations.NullMarked;
