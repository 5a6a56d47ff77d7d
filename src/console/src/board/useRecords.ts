import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, isAborted, Problem, type Api, type RoomRecord } from '../api'
import { useApi } from '../session'

const PAGE = 50
/** A search for a part of an id looks through the records page by page; after so many pages it asks whether to go on. */
const PAGE_OF_SEARCH = 200
const PAGES_AT_ONCE = 10

interface Found {
  records: RoomRecord[]
  cursor?: string
  isEnd: boolean
  /** How many were looked at. */
  looked: number
}

const nothing: Found = { records: [], isEnd: false, looked: 0 }

/** The records of a room that are of a type and have a text in their id. More of them come with `again`. */
export function useRecords(roomId: string, { type, text }: { type: string; text: string }) {
  const api = useApi()
  const [found, setFound] = useState<Found>(nothing)
  const [problem, setProblem] = useState<Problem>()
  const [isLoading, setLoading] = useState(true)
  const ended = useRef(new AbortController())

  const load = useCallback(
    async (from: Found, signal: AbortSignal) => {
      setLoading(true)
      setProblem(undefined)
      try {
        let next = from.looked === 0 && text.includes(':') ? await exact(api, roomId, type, text, signal) : from
        // What has been found stands while it is looked for more.
        setFound(next)
        for (let pages = 0; pages < PAGES_AT_ONCE && !next.isEnd; pages++) {
          next = await page(api, roomId, type, text, next, signal)
          if (signal.aborted) return
          setFound(next)
          if (next.records.length - from.records.length >= PAGE || text === '') break
        }
      } catch (thrown) {
        if (!signal.aborted && !isAborted(thrown)) setProblem(asProblem(thrown))
      } finally {
        if (!signal.aborted) setLoading(false)
      }
    },
    [api, roomId, type, text],
  )

  useEffect(() => {
    const controller = new AbortController()
    ended.current = controller
    setFound(nothing)
    void load(nothing, controller.signal)
    return () => controller.abort()
  }, [load])

  return {
    ...found,
    problem,
    isLoading,
    again: () => void load(found, ended.current.signal),
    put: (record: RoomRecord) =>
      setFound((before) => ({
        ...before,
        records: before.records.map((each) => (each.id === record.id ? record : each)),
      })),
    drop: (id: string) =>
      setFound((before) => ({ ...before, records: before.records.filter((each) => each.id !== id) })),
  }
}

/** A whole id is asked for by itself: nothing has to be looked through. */
async function exact(api: Api, roomId: string, type: string, id: string, signal: AbortSignal): Promise<Found> {
  try {
    const { record } = await api.record(roomId, id, signal)
    const isWanted = type === '' || record.typeName === type
    return { records: isWanted ? [record] : [], isEnd: true, looked: 1 }
  } catch (thrown) {
    // It is part of an id, or one that no path can have.
    if (thrown instanceof Problem && (thrown.status === 404 || thrown.status === 400)) return nothing
    throw thrown
  }
}

async function page(
  api: Api,
  roomId: string,
  type: string,
  text: string,
  { records, cursor, looked }: Found,
  signal: AbortSignal,
): Promise<Found> {
  const limit = text === '' ? PAGE : PAGE_OF_SEARCH
  const answer = await api.records(roomId, { typeName: type || undefined, limit, cursor }, signal)
  const wanted = answer.records.filter(({ id }) => id.toLowerCase().includes(text.toLowerCase()))
  return {
    records: [...records, ...wanted],
    cursor: answer.next,
    isEnd: answer.next === undefined,
    looked: looked + answer.records.length,
  }
}
