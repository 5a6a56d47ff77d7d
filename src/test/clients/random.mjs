/** A seeded generator (mulberry32): the same seed makes the same decisions. */
export class Random {
  #state;

  /** Each stream of a seed is a sequence of its own. */
  constructor(seed, stream) {
    this.#state = (seed * 1_000_003 + stream * 7_919) >>> 0;
  }

  /** A number in [0, 1). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer in [0, limit). */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  between(low, high) {
    return low + this.below(high - low);
  }

  chance(probability) {
    return this.next() < probability;
  }

  /** One of the items, undefined when there are none. */
  pick(items) {
    return items[this.below(items.length)];
  }

  /** One of the values of `[[weight, value], …]`. */
  weighted(choices) {
    let point = this.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    return choices.find(([weight]) => (point -= weight) < 0)[1];
  }
}
