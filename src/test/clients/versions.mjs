/** tldraw's sync libraries, version by version, each with the store and the schema it was released with. */
import './browser.mjs';
import { createRequire } from 'node:module';

export const NEWEST = '5.4.2';

const here = createRequire(import.meta.url);
const loaded = new Map();

export function tldraw(version) {
  if (!loaded.has(version)) loaded.set(version, load(version));
  return loaded.get(version);
}

function load(version) {
  const syncCore = `sync-core-${version}`;
  const dependency = createRequire(here.resolve(syncCore));
  const { TLSyncClient, ClientWebSocketAdapter, getNetworkDiff } = here(syncCore);
  const { Store, isRecordsDiffEmpty } = dependency('@tldraw/store');
  const { createTLSchema, b64Vecs } = dependency('@tldraw/tlschema');
  const { atom } = dependency('@tldraw/state');
  const schema = createTLSchema();
  const serializedSchema = schema.serialize();
  return {
    TLSyncClient,
    ClientWebSocketAdapter,
    getNetworkDiff,
    Store,
    isRecordsDiffEmpty,
    atom,
    b64Vecs,
    schema,
    serializedSchema,
  };
}

/** A record of the newest version as the given version knows it. */
export function inVersion(version, record) {
  const { serializedSchema } = tldraw(version);
  const result = tldraw(NEWEST).schema.migratePersistedRecord(record, serializedSchema, 'down');
  if (result.type !== 'success') throw new Error(`${record.id} cannot be migrated to ${version}: ${result.reason}`);
  return result.value;
}
