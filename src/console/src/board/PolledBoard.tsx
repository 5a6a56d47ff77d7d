import { useEffect, useState, type RefObject } from 'react'
import type { Editor, TLStore } from 'tldraw'
import { asProblem, isAborted, type Api, type Problem, type Room } from '../api'
import { ownAssets } from '../drawing/assets'
import { bringUpTo } from '../drawing/bringUpTo'
import { drawable } from '../drawing/drawable'
import { useApi } from '../session'
import { useSettings } from '../settings'
import { Failed, Loading, useIsDark } from '../ui'
import { uploadQuery, type ViewAccess } from './access'
import { CanvasBar } from './canvas/CanvasBar'
import { LeftOutNote } from './canvas/LeftOutNote'
import { ReadonlyCanvas } from './canvas/ReadonlyCanvas'
import { keepView, type View } from './canvas/view'

const SHORTEST = 2_000
const LONGEST = 15_000
const BYTES_A_SECOND = 500_000

interface Shown {
  store?: TLStore
  leftOut: ReadonlyMap<string, number>
  problem?: Problem
  /** Until it is asked again, in milliseconds. */
  pause: number
}

const NOTHING: Shown = { leftOut: new Map(), pause: SHORTEST }

/** The board by asking for it again and again: often while it changes, seldom while it does not or is large. */
export function PolledBoard({
  room,
  access,
  view,
  why,
}: {
  room: Room
  access: ViewAccess
  view: RefObject<View | null>
  /** Why it cannot be had over the room's socket; `null` when nobody is in it. */
  why: string | null
}) {
  const api = useApi()
  const { licenseKey } = useSettings()
  const isDark = useIsDark()
  const [editors, setEditors] = useState<Editor[]>([])
  const [attempt, setAttempt] = useState(0)
  const [shown, setShown] = useState<Shown>(NOTHING)
  const query = uploadQuery(access, room.id)

  useEffect(() => {
    const ended = new AbortController()
    setShown(NOTHING)
    void follow(api, room.id, query, ended.signal, setShown)
    return () => ended.abort()
  }, [api, room.id, query, attempt])

  const { store, leftOut, problem, pause } = shown
  if (!store) {
    return (
      <div className="canvas canvas--empty">
        {problem ? (
          <Failed what="The board cannot be shown" problem={problem} onRetry={() => setAttempt(attempt + 1)} />
        ) : (
          <Loading what="Loading the board" />
        )}
      </div>
    )
  }
  return (
    <>
      <ReadonlyCanvas
        store={store}
        label="The board"
        licenseKey={licenseKey}
        isDark={isDark}
        onEditor={(editor) => {
          keepView(editor, view)
          setEditors([editor])
        }}
      />
      <CanvasBar editors={editors}>
        {problem ? (
          <span className="badge badge--bad" role="status" title={problem.sentence}>
            Not up to date
          </span>
        ) : (
          <span className="badge" title={why ?? 'Nobody is in it: it is read where it is stored.'}>
            Looked at every {Math.round(pause / 1000)} s
          </span>
        )}
        <LeftOutNote leftOut={leftOut} />
      </CanvasBar>
    </>
  )
}

/** Keeps a store as the room is, until it is ended. */
async function follow(
  api: Api,
  roomId: string,
  query: string | null,
  signal: AbortSignal,
  show: (change: (before: Shown) => Shown) => void,
): Promise<void> {
  let store: TLStore | undefined
  let clock: number | undefined
  let pause = SHORTEST
  while (!signal.aborted) {
    try {
      // The clock is cheap to ask for, the document is not.
      const { documentClock, bytes } = await api.room(roomId, signal)
      if (documentClock === clock) {
        pause = Math.min(LONGEST, pause * 1.5)
        show((before) => ({ ...before, pause, problem: undefined }))
      } else {
        const snapshot = await api.snapshot(roomId, signal)
        if (signal.aborted) return
        const content = drawable(snapshot, ownAssets(() => query))
        if (store) bringUpTo(store, content)
        else store = content.store
        clock = snapshot.documentClock
        pause = Math.min(LONGEST, Math.max(SHORTEST, (bytes / BYTES_A_SECOND) * 1000))
        const { leftOut } = content
        show(() => ({ store, leftOut, pause }))
      }
    } catch (thrown) {
      if (signal.aborted || isAborted(thrown)) return
      pause = LONGEST
      show((before) => ({ ...before, problem: asProblem(thrown), pause }))
    }
    await passed(pause, signal)
  }
}

/** Waits so long, and on while nobody looks at the page. */
function passed(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (document.hidden && !signal.aborted) return
      document.removeEventListener('visibilitychange', look)
      done()
    }
    const timer = setTimeout(() => {
      document.addEventListener('visibilitychange', look)
      look()
    }, millis)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      look()
    })
  })
}
