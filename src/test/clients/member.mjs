import assert from 'node:assert/strict';
import { shape } from './records.mjs';
import { RoomClient } from './room-client.mjs';
import { roomUrl } from './room-url.mjs';

const PAGE = 'page:page';
const SIGNATURE = 'shape:signature-';
const OWN_EVERY = 10;
const REMOVE_EVERY = 40;
const SHARED_EVERY = 4;

/** Somebody who draws in a room, and remembers what was confirmed. */
export class Member {
  #room;
  #drawn = new Map(); // count of the signature → when
  #own = [];
  #removed = [];
  #markedAt = 0;
  #firstSince = Infinity;
  #confirmedAt;
  #seenAt;

  confirmed = 0;
  #seen = 0;
  /** How long, since the mark, a change at most waited to be confirmed. */
  slowest = 0;
  lostConnection = false;

  constructor({ base, version, room, name }) {
    this.name = name;
    this.#room = room;
    this.client = new RoomClient({ name, version, url: roomUrl(base, room.id, name), listener: this });
  }

  get #signatureId() {
    return `${SIGNATURE}${this.name}`;
  }

  draw() {
    const { client } = this;
    const count = ++client.signatures;
    client.edit(() => {
      const meta = { count };
      if (client.store.has(this.#signatureId)) client.update(this.#signatureId, (record) => ({ ...record, meta }));
      else client.put(shape('geo', `signature-${this.name}`, PAGE, { meta }));
      if (count % SHARED_EVERY === 0) this.#moveShared(count);
      if (count % OWN_EVERY === 0) this.#addOwn();
      if (count % REMOVE_EVERY === 0) this.#removeOwn();
    });
    this.#drawn.set(count, Date.now());
    client.show(PAGE, { x: count % 500, y: 0, chatMessage: '' });
  }

  #moveShared(count) {
    const id = `shape:everybodys-${count % 3}`;
    const place = { x: count % 100, y: count % 77 };
    if (this.client.store.has(id)) this.client.update(id, (record) => ({ ...record, ...place }));
    else this.client.put(shape('note', id.slice('shape:'.length), PAGE, place));
  }

  #addOwn() {
    const name = this.client.newName();
    this.client.put(shape('text', name, PAGE));
    this.#own.push(`shape:${name}`);
  }

  #removeOwn() {
    const id = this.#own.shift();
    this.client.remove(id);
    this.#removed.push(id);
  }

  /** Something has happened to the servers. */
  mark(time) {
    this.#markedAt = time;
    this.#firstSince = this.client.signatures + 1;
    while (this.#drawn.get(this.#firstSince - 1) >= time) this.#firstSince--;
    this.#confirmedAt = undefined;
    this.#seenAt = undefined;
    this.slowest = 0;
    this.lostConnection = false;
  }

  /** How long after the mark a change made since was both confirmed and seen by somebody else; undefined: not yet. */
  get backAfter() {
    if (this.#confirmedAt === undefined || this.#seenAt === undefined) return undefined;
    return Math.max(this.#confirmedAt, this.#seenAt) - this.#markedAt;
  }

  /** Whether its drawing has been confirmed and seen as far as that. */
  isBack(count) {
    return this.backAfter !== undefined && this.confirmed >= count && this.#seen >= count;
  }

  // ---- what its client hears

  status(status) {
    if (status !== 'online') this.lostConnection = true;
  }

  heard(message, pending) {
    if (message.type === 'connect') this.#sees(message.diff);
    if (message.type !== 'data') return;
    for (const event of message.data) {
      if (event.type === 'patch') this.#sees(event.diff);
      else if (event.action !== 'discard')
        this.#isConfirmed(pending.find(({ clientClock }) => clientClock === event.clientClock)?.diff);
    }
  }

  #sees(diff) {
    for (const [id, op] of Object.entries(diff ?? {})) {
      if (id.startsWith(SIGNATURE)) this.#room.members.get(id.slice(SIGNATURE.length))?.isSeen(countIn(op));
    }
  }

  isSeen(count) {
    this.#seen = Math.max(this.#seen, count);
    if (count >= this.#firstSince) this.#seenAt ??= Date.now();
  }

  #isConfirmed(diff) {
    const op = diff?.[this.#signatureId];
    if (op) this.#confirmCount(countIn(op));
  }

  #confirmCount(count) {
    const now = Date.now();
    this.confirmed = Math.max(this.confirmed, count);
    if (count >= this.#firstSince) this.#confirmedAt ??= now;
    for (const [drawn, at] of this.#drawn) {
      if (drawn > count) break;
      if (drawn >= this.#firstSince - 1) this.slowest = Math.max(this.slowest, now - at);
      this.#drawn.delete(drawn);
    }
  }

  /**
   * Whether all is there that it has drawn, what was confirmed among it: by its answer, or by the room having it when the
   * client came back.
   */
  check(documents, lossy) {
    if (lossy) {
      this.#own = this.#own.filter((id) => id in documents);
      this.#removed = [];
      return;
    }
    const count = documents[this.#signatureId]?.meta.count ?? 0;
    assert.equal(count, this.client.signatures, `the last change of ${this.name} is there`);
    assert.ok(count >= this.confirmed, `what was confirmed of ${this.name} is there`);
    for (const id of this.#own) assert.ok(id in documents, `${id} is there`);
    for (const id of this.#removed) assert.ok(!(id in documents), `${id} was removed`);
  }
}

/** What the signature counts to after this operation. */
function countIn([kind, value]) {
  const meta = kind === 'put' ? ['put', value.meta] : value?.meta;
  if (!meta) return 0;
  if (meta[0] === 'put') return meta[1].count ?? 0;
  return meta[1].count?.[1] ?? 0;
}
