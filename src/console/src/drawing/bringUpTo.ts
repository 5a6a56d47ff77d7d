import type { TLStore } from 'tldraw'
import type { Drawable } from './drawable'

/** Has a store show what another one does. Records that are the same in both stay, and so does an editor on the store. */
export function bringUpTo(store: TLStore, { store: next }: Drawable): void {
  const gone = Object.values(store.serialize('document')).filter(({ id }) => !next.has(id))
  const news = Object.values(next.serialize('document')).filter(
    (record) => JSON.stringify(store.get(record.id)) !== JSON.stringify(record),
  )
  store.mergeRemoteChanges(() => {
    store.remove(gone.map(({ id }) => id))
    store.put(news)
  })
}
