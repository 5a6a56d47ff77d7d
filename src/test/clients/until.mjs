import { setTimeout as pause } from 'node:timers/promises';

const SHOWN = 12;

/** Waits until `missing()`, a list of what is not yet so, is empty; what is on it when the time is up is the error. */
export async function until(goal, seconds, missing) {
  const end = performance.now() + seconds * 1000;
  let problems;
  while ((problems = missing()).length > 0) {
    if (performance.now() > end) {
      const rest = problems.length > SHOWN ? [`… and ${problems.length - SHOWN} more`] : [];
      throw new Error([`not within ${seconds} s: ${goal}`, ...problems.slice(0, SHOWN), ...rest].join('\n  '));
    }
    await pause(50);
  }
}
