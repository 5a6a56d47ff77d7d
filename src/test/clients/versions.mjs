/** tldraw's sync libraries, version by version, each with the store and the schema it was released with. */
import './browser.mjs';
import { createRequire } from 'node:module';
import { ownTypes, seenBy } from './own-types.mjs';

export const NEWEST = '5.4.2';

const here = createRequire(import.meta.url);
const loaded = new Map();

export function tldraw(version) {
  if (!loaded.has(version)) loaded.set(version, load(version));
  return loaded.get(version);
}

/**
 * A release, or one that has more types: `5.4.2+comments` those of tldraw's comments, `5.4.2+cards` those of a team, and
 * `5.4.2+cards-before` those that it had a version earlier.
 */
function load(version) {
  const [release, more] = version.split('+');
  const syncCore = `sync-core-${release}`;
  const dependency = createRequire(here.resolve(syncCore));
  const { TLSyncClient, ClientWebSocketAdapter, getNetworkDiff } = here(syncCore);
  const store = dependency('@tldraw/store');
  const { Store, isRecordsDiffEmpty } = store;
  const tlschema = dependency('@tldraw/tlschema');
  const { createTLSchema, commentSchemaRecords, b64Vecs } = tlschema;
  const { T } = dependency('@tldraw/validate');
  const { atom } = dependency('@tldraw/state');
  const schema = createTLSchema(
    {
      comments: () => ({ records: commentSchemaRecords }),
      cards: () => ownTypes({ store, tlschema, T }, more),
      'cards-before': () => ownTypes({ store, tlschema, T }, more),
    }[more]?.() ?? {},
  );
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

/** Values that came without a migration: from which release on they are known, and what others see instead. */
const NEW_VALUES = [
  { key: 'dash', value: 'none', from: '5.0.0', instead: 'solid' },
  { key: 'fill', value: 'lined-fill', from: '4.3.0', instead: 'fill' },
];

/** The one of these that knows all that the others know. */
export function mostKnowing(versions) {
  return versions.find((version) => version === `${NEWEST}+cards`) ?? NEWEST;
}

/** What clients of a version see of a document, in their own form. */
export function asSeenBy(version, documents) {
  const seen = seenBy(tldraw(version).serializedSchema, Object.values(documents));
  return Object.fromEntries(seen.map((record) => [record.id, inVersion(version, record)]));
}

/** Whether clients of a version hold records of that type at all. */
export function knows(version, typeName) {
  return typeName in tldraw(version).schema.types;
}

export function knowsValue(version, key, value) {
  return NEW_VALUES.every((each) => each.key !== key || each.value !== value || !isBefore(version, each.from));
}

/** A record of the newest version as the given version knows it. */
export function inVersion(version, record) {
  const { serializedSchema } = tldraw(version);
  const whole = tldraw(version.includes('+') ? `${NEWEST}+${version.split('+')[1].replace('-before', '')}` : NEWEST);
  // A version without users needs no way back to before them, nor one without cards.
  const sequences = { ...whole.serializedSchema.sequences, ...serializedSchema.sequences };
  const shown = narrowed(version, record);
  const result = whole.schema.migratePersistedRecord(shown, { ...serializedSchema, sequences }, 'down');
  if (result.type !== 'success') throw new Error(`${record.id} cannot be migrated to ${version}: ${result.reason}`);
  return result.value;
}

function narrowed(version, record) {
  // Real clients up to 5.1 call people by the id alone, without a migration since.
  if (record.typeName === 'instance_presence' && isBefore(version, '5.2.0'))
    return { ...record, userId: record.userId.replace(/^user:/, '') };
  if (record.typeName !== 'shape') return record;
  const props = { ...record.props };
  for (const { key, value, instead } of NEW_VALUES)
    if (props[key] === value && !knowsValue(version, key, value)) props[key] = instead;
  return { ...record, props };
}

function isBefore(version, other) {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}
