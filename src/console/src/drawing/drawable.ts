import {
  createTLStore,
  defaultBindingUtils,
  defaultShapeUtils,
  type SerializedSchema,
  type SerializedStore,
  type TLAssetStore,
  type TLRecord,
  type TLStore,
} from 'tldraw'
import type { Snapshot } from '../api'
import { ownAssets } from './assets'

/** A document that tldraw can draw. */
export interface Drawable {
  store: TLStore
  /** How many records are not in it, by what they are: types of a team's own, which tldraw does not know. */
  leftOut: Map<string, number>
}

/** Makes a store of a snapshot. What tldraw does not know, or would not take, is left out, with what hangs on it. */
export function drawable(snapshot: Snapshot, assets: TLAssetStore = ownAssets()): Drawable {
  const store = createTLStore({ shapeUtils: defaultShapeUtils, bindingUtils: defaultBindingUtils, assets })
  const known = snapshot.documents.map(({ state }) => state).filter(({ typeName }) => typeName in store.schema.types)
  const leftOut = new Map<string, number>()
  for (const { state } of snapshot.documents) {
    if (!(state.typeName in store.schema.types)) count(leftOut, state.typeName)
  }

  const migrated = store.schema.migrateStoreSnapshot({
    store: Object.fromEntries(known.map((record) => [record.id, record])) as unknown as SerializedStore<TLRecord>,
    schema: snapshot.schema as unknown as SerializedSchema,
  })
  if (migrated.type === 'error') throw new Error(`This board is of another release of tldraw: ${migrated.reason}`)

  const records = new Map<string, TLRecord>()
  for (const record of Object.values(migrated.value)) {
    try {
      records.set(record.id, store.schema.validateRecord(store, record, 'initialize', null))
    } catch {
      count(leftOut, 'type' in record ? `${record.typeName} ${record.type}` : record.typeName)
    }
  }
  dropWhatHangsOnNothing(records)
  store.put([...records.values()])
  return { store, leftOut }
}

/** Shapes whose parent is not there, and bindings of which an end is not. */
function dropWhatHangsOnNothing(records: Map<string, TLRecord>): void {
  for (let dropped = true; dropped; ) {
    dropped = false
    for (const record of records.values()) {
      const needed =
        record.typeName === 'shape' ? [record.parentId] : record.typeName === 'binding' ? [record.fromId, record.toId] : []
      if (needed.every((id) => records.has(id))) continue
      records.delete(record.id)
      dropped = true
    }
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}
