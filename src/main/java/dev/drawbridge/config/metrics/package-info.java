/**
 * What a monitoring system is told. The names are a promise: dashboards and alerts of others use them, docs/metrics.md lists
 * them, and no label ever holds an id.
 */
@NullMarked
package dev.drawbridge.config.metrics;

import org.jspecify.annotations.NullMarked;
