import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { asProblem, Problem, type Api, type Room } from '../api'
import { atSignOut, useApi } from '../session'

/** The record that has a board's name. */
export const DOCUMENT = 'document:document'

/** So many boards are asked for their names to search them, or to sort by them. */
export const MOST_NAMES = 1_000
const AT_ONCE = 3

interface Known {
  clock: number
  name: string
}

/** The names of boards as far as they have been read; one is read again when its board has changed. */
class Names {
  private readonly known = new Map<string, Known>()
  private readonly listeners = new Set<() => void>()
  private readonly waiting = new Map<string, Room>()
  private reading = 0
  /** Grows whenever there is a name more. */
  version = 0

  subscribe = (tell: () => void) => {
    this.listeners.add(tell)
    return () => this.listeners.delete(tell)
  }

  /** Empty when the board has none, undefined when that is not known. */
  of(id: string): string | undefined {
    return this.known.get(id)?.name
  }

  put(id: string, name: string, clock: number): void {
    this.known.set(id, { name, clock })
    this.tell()
  }

  forget(): void {
    this.known.clear()
    this.stop()
    this.tell()
  }

  /** Reads no more than it is reading. */
  stop(): void {
    this.waiting.clear()
  }

  read(api: Api, rooms: readonly Room[]): void {
    for (const room of rooms) {
      if (this.known.get(room.id)?.clock !== room.documentClock) this.waiting.set(room.id, room)
    }
    while (this.reading < AT_ONCE && this.reading < this.waiting.size) void this.work(api)
  }

  private async work(api: Api): Promise<void> {
    this.reading++
    for (;;) {
      const [next] = this.waiting.values()
      if (!next) break
      this.waiting.delete(next.id)
      this.put(next.id, await nameOf(api, next.id), next.documentClock)
    }
    this.reading--
  }

  private tell(): void {
    this.version++
    for (const tell of this.listeners) tell()
  }
}

export const names = new Names()
atSignOut(() => names.forget())

/** Empty when it could not be read: the board is listed by its id, and asked again when it has changed. */
async function nameOf(api: Api, id: string): Promise<string> {
  try {
    const { record } = await api.record(id, DOCUMENT)
    return typeof record.name === 'string' ? record.name : ''
  } catch {
    return ''
  }
}

/** Reads the names of these boards, and draws anew when there is one more. */
export function useNames(rooms: readonly Room[]): number {
  const api = useApi()
  useEffect(() => names.read(api, rooms), [api, rooms])
  useEffect(() => () => names.stop(), [])
  return useSyncExternalStore(
    names.subscribe,
    useCallback(() => names.version, []),
  )
}

/** What a board is called: its name, or else its id. */
export function titleOf(room: Room): string {
  return names.of(room.id) || room.id
}

const TRIES = 5

/**
 * Gives a board a name, and fails with `clock-mismatch` when somebody else has given it one meanwhile. What people draw
 * meanwhile does not matter.
 */
export async function renameBoard(api: Api, id: string, name: string, before?: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { record, clock } = await api.record(id, DOCUMENT)
    if (before !== undefined && record.name !== before) {
      throw new Problem('clock-mismatch', 412, `Somebody has called this board “${String(record.name)}” meanwhile`)
    }
    try {
      const { documentClock } = await api.putRecord(id, { ...record, name }, clock)
      names.put(id, name, documentClock)
      return
    } catch (thrown) {
      if (tries === TRIES || asProblem(thrown).type !== 'clock-mismatch') throw thrown
    }
  }
}
