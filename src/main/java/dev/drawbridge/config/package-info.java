/**
 * Settings, one record a concern, and the beans that are made of them. The javadoc of each setting is its documentation.
 */
@NullMarked
package dev.drawbridge.config;

import org.jspecify.annotations.NullMarked;
