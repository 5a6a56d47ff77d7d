import net from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** The network between one client and the server: a TCP proxy that can be slow, down, or lose a connection. */
export class Link {
  #target;
  #connections = new Set();
  #proxy = net.createServer((near) => this.#connect(near));

  /** Milliseconds that whatever is on its way, in either direction, is held. */
  delay = 0;
  /** Milliseconds until the server learns that the client's end of a connection is gone. */
  linger = 0;
  /** While false, nobody gets through. */
  up = true;

  static async to(base) {
    const link = new Link(new URL(base));
    await once(link.#proxy.listen(0, '127.0.0.1'), 'listening');
    return link;
  }

  constructor(target) {
    this.#target = target;
  }

  get base() {
    return `ws://127.0.0.1:${this.#proxy.address().port}`;
  }

  /** How many connections the server still holds, and may still hear from, that the client has lost. */
  get lingering() {
    return [...this.#connections].filter(({ near }) => near.destroyed).length;
  }

  cut() {
    for (const { near } of this.#connections) near.destroy();
  }

  heal() {
    this.delay = 0;
    this.linger = 0;
    this.up = true;
  }

  close() {
    this.#proxy.close();
    for (const { near, far } of this.#connections) {
      near.destroy();
      far.destroy();
    }
  }

  async #connect(near) {
    near.on('error', () => {}); // told by carry()
    if (!this.up) return near.destroy();
    const far = net.connect({ host: this.#target.hostname, port: this.#target.port, noDelay: true });
    far.on('error', () => {});
    const connection = { near, far };
    this.#connections.add(connection);
    await Promise.all([this.#carry(near, far, () => this.linger), this.#carry(far, near, () => 0)]);
    this.#connections.delete(connection);
  }

  async #carry(from, to, lingering) {
    try {
      for await (const bytes of from) {
        await pause(this.delay);
        to.write(bytes);
      }
      to.end();
    } catch {
      await pause(lingering());
      to.destroy();
    }
  }
}
