import { TLRemoteSyncError, useSync } from '@tldraw/sync'
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { atom, createUserId, UserRecordType, type Editor, type TLStore } from 'tldraw'
import type { Room } from '../api'
import { ownAssets } from '../drawing/assets'
import { useSettings } from '../settings'
import { Button, counted, Empty, Loading, useIsDark } from '../ui'
import { CanvasBar } from './canvas/CanvasBar'
import { ReadonlyCanvas } from './canvas/ReadonlyCanvas'
import { keepView, type View } from './canvas/view'

const users = {
  currentUser: atom('operator', UserRecordType.create({ id: createUserId('operator'), name: 'Operator', color: '#6b7280' })),
}

/** No cursor of the operator's is on the board: who draws is not to feel watched over the shoulder by a hand. */
const nobody = () => null

/** The board over the room's own socket, as those who draw have it. */
export function SyncedBoard({ room, query, view }: { room: Room; query: URLSearchParams; view: RefObject<View | null> }) {
  // A socket that was closed for good is not opened again by itself.
  const [attempt, setAttempt] = useState(0)
  return <Connected key={attempt} room={room} query={query} view={view} again={() => setAttempt(attempt + 1)} />
}

function Connected({
  room,
  query,
  view,
  again,
}: {
  room: Room
  query: URLSearchParams
  view: RefObject<View | null>
  again: () => void
}) {
  const { licenseKey } = useSettings()
  const isDark = useIsDark()
  const [editors, setEditors] = useState<Editor[]>([])
  // The link is made anew now and then; the socket asks for it each time it connects, and stays otherwise.
  const latest = useRef(query)
  latest.current = query

  const options = useMemo(
    () => ({
      uri: async () => {
        const uri = new URL(`/connect/${room.id}`, location.origin)
        uri.search = latest.current.toString()
        return uri.href
      },
      assets: ownAssets(() => {
        const token = latest.current.get('token')
        return token === null ? null : new URLSearchParams({ room: room.id, token }).toString()
      }),
      users,
      getUserPresence: nobody,
    }),
    [room.id],
  )
  const store = useSync(options)

  if (store.status === 'error') {
    return (
      <div className="canvas canvas--empty">
        <Empty icon="boards" title="The connection was closed" action={<Button onClick={again}>Connect again</Button>}>
          {refusal(store.error)}
        </Empty>
      </div>
    )
  }
  if (store.status === 'loading') {
    return (
      <div className="canvas canvas--empty">
        <Loading what="Connecting to the room" />
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
        <span className={store.connectionStatus === 'online' ? 'badge badge--good' : 'badge badge--bad'} role="status">
          <span className="dot" aria-hidden="true" />
          {store.connectionStatus === 'online' ? 'Live' : 'Offline, connecting again'}
        </span>
        <NotDrawn room={room} store={store.store} />
      </CanvasBar>
    </>
  )
}

/** The server tells a client only of records whose type it knows; the room says how many there are. */
function NotDrawn({ room: { records, documentClock }, store }: { room: Room; store: TLStore }) {
  const [count, setCount] = useState(0)
  useEffect(() => {
    // While much is changed the two numbers are of different moments: they are compared when it is quiet.
    const timer = setTimeout(() => setCount(records - Object.keys(store.serialize('document')).length), 5_000)
    return () => clearTimeout(timer)
  }, [records, documentClock, store])
  if (count <= 0) return null
  return <span className="badge badge--warning">Not drawn: {counted(count, 'record')} of other types</span>
}

const sentences: Record<string, string> = {
  NOT_FOUND: 'The board has been deleted.',
  NOT_AUTHENTICATED: 'The link by which the console looks in has ended.',
  FORBIDDEN: 'The console was sent away.',
  ROOM_FULL: 'The room is full.',
  RATE_LIMITED: 'Too much was asked in too short a time.',
  CLIENT_TOO_OLD: 'This page is older than the server. Reload it.',
  SERVER_TOO_OLD: 'This page is newer than the server that has the room.',
}

function refusal(error: Error): string {
  const reason = error instanceof TLRemoteSyncError ? error.reason : error.message
  return sentences[reason] ?? `The server said: ${reason}`
}
