import type { Api, Room } from '../api'
import { atSignOut } from '../session'

/** Larger boards are not drawn: it would keep the page busy for seconds. */
const LARGEST_BYTES = 2 * 1024 * 1024
const MOST_RECORDS = 5_000
/** Twice what a row has, for screens of a high resolution: `pictureOf` goes by the screen. */
const WIDTH = 240
const HEIGHT = 150
const MOST_KEPT = 400
/** While people draw, a board is not drawn anew with each stroke. */
const LASTS_MS = 10_000

export type Thumbnail =
  | { kind: 'drawn'; image: Blob; missing?: string }
  | { kind: 'empty'; missing?: string }
  | { kind: 'large' }
  | { kind: 'failed'; why: string }

interface Kept {
  key: string
  clock: number
  /** When it was drawn. */
  at: number
  thumbnail: Thumbnail
}

export function isLarge(room: Room): boolean {
  return room.bytes > LARGEST_BYTES || room.records > MOST_RECORDS
}

/** Pictures of boards, drawn one at a time when they are seen, and kept in this browser until somebody signs out. */
class Pictures {
  private readonly waiting = new Set<() => Promise<void>>()
  private isWorking = false

  /** What is kept of a board, and in how many milliseconds it is to be drawn anew; never, while it is as it was. */
  async find(room: Room, dark: boolean): Promise<{ thumbnail: Thumbnail; dueIn: number } | null> {
    if (isLarge(room)) return { thumbnail: { kind: 'large' }, dueIn: Infinity }
    const kept = await get(keyOf(room, dark))
    if (!kept) return null
    const dueIn = kept.clock === room.documentClock ? Infinity : Math.max(0, kept.at + LASTS_MS - Date.now())
    return { thumbnail: kept.thumbnail, dueIn }
  }

  /** Draws a board when it is its turn; null when nobody wants to see it any more. */
  draw(api: Api, room: Room, dark: boolean, licenseKey: string | undefined, signal: AbortSignal): Promise<Thumbnail | null> {
    return new Promise((done) => {
      const task = async () => {
        const thumbnail = signal.aborted ? null : await this.drawNow(api, room, dark, licenseKey, signal)
        if (thumbnail) await put({ key: keyOf(room, dark), clock: room.documentClock, at: Date.now(), thumbnail })
        done(thumbnail)
      }
      this.waiting.add(task)
      void this.work()
    })
  }

  private async work(): Promise<void> {
    if (this.isWorking) return
    this.isWorking = true
    for (const task of this.waiting) {
      this.waiting.delete(task)
      await idle()
      await task()
    }
    this.isWorking = false
  }

  private async drawNow(
    api: Api,
    room: Room,
    dark: boolean,
    licenseKey: string | undefined,
    signal: AbortSignal,
  ): Promise<Thumbnail | null> {
    try {
      const [{ pictureOf }, snapshot] = await Promise.all([import('../drawing/picture'), api.snapshot(room.id, signal)])
      const { image, missing } = await pictureOf(snapshot, { width: WIDTH, height: HEIGHT, dark, licenseKey })
      return image ? { kind: 'drawn', image, missing } : { kind: 'empty', missing }
    } catch (thrown) {
      if (signal.aborted) return null
      return { kind: 'failed', why: thrown instanceof Error ? thrown.message : String(thrown) }
    }
  }
}

export const pictures = new Pictures()
atSignOut(() => void clearPictures())

function keyOf(room: Room, dark: boolean): string {
  return `${dark ? 'dark' : 'light'} ${room.id}`
}

/** Until the page has nothing more urgent to do. */
function idle(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 500 })
    else setTimeout(done, 50)
  })
}

// ---- What is kept, in the browser's database. Where there is none, each picture is drawn when it is seen.

const DATABASE = 'drawbridge.console'
const STORE = 'pictures'
let opened: Promise<IDBDatabase | null> | undefined

function database(): Promise<IDBDatabase | null> {
  opened ??= new Promise((done) => {
    try {
      const request = indexedDB.open(DATABASE, 1)
      request.onupgradeneeded = () =>
        request.result.createObjectStore(STORE, { keyPath: 'key' }).createIndex('at', 'at')
      request.onsuccess = () => done(request.result)
      request.onerror = () => done(null)
    } catch {
      done(null)
    }
  })
  return opened
}

async function get(key: string): Promise<Kept | undefined> {
  return inStore('readonly', (store) => store.get(key))
}

/** Keeps a picture, and no more than so many: the oldest go first. */
async function put(kept: Kept): Promise<void> {
  await inStore('readwrite', (store) => store.put(kept))
  const count = (await inStore('readonly', (store) => store.count())) ?? 0
  if (count <= MOST_KEPT) return
  const oldest = await inStore('readonly', (store) => store.index('at').getAllKeys(null, count - MOST_KEPT))
  for (const key of oldest ?? []) await inStore('readwrite', (store) => store.delete(key))
}

/** Forgets all pictures. */
export async function clearPictures(): Promise<void> {
  await inStore('readwrite', (store) => store.clear())
}

async function inStore<T>(
  mode: IDBTransactionMode,
  action: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  const opened = await database()
  if (!opened) return undefined
  return new Promise((done) => {
    try {
      const request = action(opened.transaction(STORE, mode).objectStore(STORE))
      request.onsuccess = () => done(request.result)
      request.onerror = () => done(undefined)
    } catch {
      done(undefined)
    }
  })
}
