import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, isAborted, type Api, type Problem, type Room } from '../api'
import { useApi } from '../session'

/** So many are listed; who has more looks for ids. */
export const MOST = 10_000
const PAGE = 200
const LIVE_MS = 3_000
/** A list of one page is asked for as a whole; of longer ones the rows that are seen, and now and then all. */
const AGAIN_MS = 60_000
const AT_ONCE = 4

export interface BoardList {
  rooms: Room[]
  /** Whether all boards are in it, or else only some. */
  isAll: boolean
  isLoading: boolean
  /** Why there is nothing new. */
  problem?: Problem
  /** Nodes that did not answer in time. */
  unanswered: string[]
  reload: () => void
  /** What is known of a board now, without asking. */
  put: (room: Room) => void
  remove: (id: string) => void
}

interface State {
  rooms: ReadonlyMap<string, Room>
  isAll: boolean
  isLoading: boolean
  problem?: Problem
  unanswered: string[]
}

/** All boards of the server, in pages, and those on the screen as they are now. */
export function useBoardList(): BoardList & { watch: (ids: string[]) => void } {
  const api = useApi()
  const [state, setState] = useState<State>({ rooms: new Map(), isAll: false, isLoading: true, unanswered: [] })
  const watched = useRef<string[]>([])
  const again = useRef(() => {})

  const put = useCallback(
    (room: Room) => setState((state) => ({ ...state, rooms: new Map(state.rooms).set(room.id, room) })),
    [],
  )
  const remove = useCallback(
    (id: string) =>
      setState((state) => {
        const rooms = new Map(state.rooms)
        rooms.delete(id)
        return { ...state, rooms }
      }),
    [],
  )

  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    let timer: ReturnType<typeof setTimeout> | undefined
    let round = 0
    let pages = 0
    let listed = 0

    /** Everything, page by page. The first time what has come is shown at once, later it takes the place of what was. */
    async function list(mine: number) {
      setState((state) => ({ ...state, isLoading: true }))
      const found = new Map<string, Room>()
      const unanswered = new Set<string>()
      let cursor: string | undefined
      pages = 0
      do {
        const page = await api.rooms({ limit: PAGE, cursor }, signal)
        if (mine !== round) return
        pages++
        for (const room of page.rooms) found.set(room.id, room)
        for (const node of page.unanswered ?? []) unanswered.add(node)
        cursor = page.next
        if (cursor !== undefined) {
          setState((state) => ({ ...state, rooms: new Map([...state.rooms, ...found]) }))
        }
      } while (cursor !== undefined && found.size < MOST)
      listed = performance.now()
      setState({ rooms: found, isAll: cursor === undefined, isLoading: false, unanswered: [...unanswered] })
    }

    /** Those that are seen. */
    async function look() {
      const ids = [...watched.current]
      const asked = ids.map((id) => () => now(api, id, signal))
      const answers = await inTurns(asked)
      setState((state) => {
        const rooms = new Map(state.rooms)
        answers.forEach((room, i) => (room ? rooms.set(ids[i], room) : rooms.delete(ids[i])))
        return { ...state, rooms, problem: undefined }
      })
    }

    async function refresh(all: boolean) {
      clearTimeout(timer)
      const mine = ++round
      try {
        if (all || pages <= 1 || performance.now() - listed > AGAIN_MS) await list(mine)
        else await look()
      } catch (thrown) {
        if (signal.aborted || isAborted(thrown)) return
        setState((state) => ({ ...state, isLoading: false, problem: asProblem(thrown) }))
      }
      if (!signal.aborted && mine === round && !document.hidden) timer = setTimeout(() => void refresh(false), LIVE_MS)
    }

    function lookedAt() {
      if (document.hidden) clearTimeout(timer)
      else void refresh(false)
    }

    again.current = () => void refresh(true)
    void refresh(true)
    document.addEventListener('visibilitychange', lookedAt)
    return () => {
      ended.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', lookedAt)
    }
  }, [api])

  const reload = useCallback(() => again.current(), [])
  const watch = useCallback((ids: string[]) => {
    watched.current = ids
  }, [])
  return { ...state, rooms: [...state.rooms.values()], reload, put, remove, watch }
}

/** A board as it is now; null when it has gone. */
async function now(api: Api, id: string, signal: AbortSignal): Promise<Room | null> {
  try {
    return await api.room(id, signal)
  } catch (thrown) {
    if (asProblem(thrown).type === 'room-not-found') return null
    throw thrown
  }
}

async function inTurns<T>(tasks: (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = []
  let next = 0
  async function work() {
    while (next < tasks.length) {
      const mine = next++
      results[mine] = await tasks[mine]()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return results
}
