import { isDeepStrictEqual } from 'node:util';
import { presence } from './records.mjs';
import { inVersion, tldraw } from './versions.mjs';

/** A real tldraw sync client of some version in a room: a whiteboard's store and connection, without the board. */
export class RoomClient {
  #presence;
  #socket;
  #sync;
  #created = 0;

  isReadonly = null;
  objectAccess = null;
  connects = 0;
  edits = 0;
  signatures = 0;
  cardSignatures = 0;

  /**
   * @param link the network to the server, if it is to have faults
   * @param listener is told of each message, with the pushes that wait for their results, and of each change of the connection
   */
  constructor({ name, version, url, link, listener }) {
    const { TLSyncClient, ClientWebSocketAdapter, Store, atom, schema } = tldraw(version);
    this.name = name;
    this.link = link;
    this.version = version;
    this.store = new Store({ schema, id: name, props: { defaultName: '', assets: {}, onMount() {} } });
    this.#presence = atom('presence', null);
    this.#socket = new ClientWebSocketAdapter(() => url);
    if (listener) {
      this.#socket.onReceiveMessage((message) => listener.heard(message, this.#sync.pendingPushRequests));
      this.#socket.onStatusChange(({ status }) => listener.status(status));
    }
    this.#sync = new TLSyncClient({
      store: this.store,
      socket: this.#socket,
      presence: this.#presence,
      presenceMode: atom('presence mode', 'full'),
      onLoad() {},
      onSyncError(reason) {
        throw new Error(`${name} was refused: ${reason}`);
      },
      onAfterConnect: (_, { isReadonly, objectAccess }) => {
        this.connects++;
        this.isReadonly = isReadonly;
        this.objectAccess = objectAccess;
      },
    });
  }

  /** The room's document as this client sees it, in the form it has on the wire: record id → record. */
  get documents() {
    return JSON.parse(JSON.stringify(this.store.serialize('document')));
  }

  /** What this client sees of the others. */
  get others() {
    const records = Object.values(this.store.serialize('presence'));
    return records.map(({ userName, cursor: { x, y }, chatMessage }) => ({ name: userName, x, y, chatMessage }));
  }

  /**
   * Everything that keeps this client from being connected, with all its changes answered. Changes that have undone each
   * other come to nothing that could be sent: the client keeps them, and never sends them.
   */
  get unfinished() {
    const { isConnectedToRoom, pendingPushRequests, unsentChanges, speculativeChanges } = this.#sync;
    const { isRecordsDiffEmpty, getNetworkDiff } = tldraw(this.version);
    const { nextDiff, nextPresence } = unsentChanges ?? {}; // up to 4.2 what is unsent is among the pending
    const states = [
      [!isConnectedToRoom, 'is not connected'],
      [pendingPushRequests.length > 0, `waits for ${pendingPushRequests.length} push results`],
      [(nextDiff && getNetworkDiff(nextDiff)) || nextPresence, 'has changes to send'],
      [!isRecordsDiffEmpty(speculativeChanges), 'has changes that nobody confirmed'],
    ];
    return states.filter(([holds]) => holds).map(([, text]) => `${this.name} ${text}`);
  }

  /** How this client's document differs from the one expected. */
  differencesFrom(expected) {
    const actual = this.documents;
    return [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
      .filter((id) => !isDeepStrictEqual(expected[id], actual[id]))
      .map(
        (id) => `${this.name} has ${id} as ${JSON.stringify(actual[id])} and not as ${JSON.stringify(expected[id])}`,
      );
  }

  /** Whether it knows the types of own-types.mjs. */
  get hasCards() {
    return this.version.includes('+cards');
  }

  newName() {
    return `${this.name}-${this.#created++}`;
  }

  records(typeName) {
    return this.store.allRecords().filter((record) => record.typeName === typeName);
  }

  /**
   * One edit, of whatever changes. The client has a race of its own: an edit that still waits in the store for the next
   * frame, while a reconnect removes the edited record, brings the record back at this client alone. Nothing the server
   * does causes or prevents that, so no edit waits.
   */
  edit(changes) {
    this.edits++;
    this.store.atomic(changes);
    this.store._flushHistory();
  }

  /** @param records in the form of the newest version */
  put(...records) {
    this.store.put(records.map((record) => inVersion(this.version, record)));
  }

  update(id, change) {
    if (this.store.has(id)) this.store.update(id, change);
  }

  remove(...ids) {
    this.store.remove(ids);
  }

  show(pageId, { x, y, chatMessage }) {
    this.#presence.set(inVersion(this.version, presence(this.name, pageId, { x, y, chatMessage })));
  }

  restart() {
    this.#socket.restart();
  }

  close() {
    this.#sync.close();
    this.#socket.close();
    this.link?.close();
  }
}
