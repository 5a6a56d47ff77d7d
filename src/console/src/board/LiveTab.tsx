import { useRef, useState } from 'react'
import type { Room } from '../api'
import { Button, bytes, Empty, Loading } from '../ui'
import type { ViewAccess } from './access'
import type { View } from './canvas/view'
import { LARGE } from './large'
import { People } from './People'
import { PolledBoard } from './PolledBoard'
import { SyncedBoard } from './SyncedBoard'

/** The board as it is now, and who is in it. */
export function LiveTab({ room, access }: { room: Room; access: ViewAccess }) {
  const [isWanted, setWanted] = useState(room.bytes <= LARGE)
  return (
    <div className="live">
      <div className="live__board">
        {isWanted ? (
          <Live room={room} access={access} />
        ) : (
          <div className="canvas canvas--empty">
            <Empty
              icon="boards"
              title="A large board"
              action={<Button onClick={() => setWanted(true)}>Show it</Button>}
            >
              It has {bytes(room.bytes)}, which takes this browser a while to load and to draw.
            </Empty>
          </div>
        )}
      </div>
      <People room={room} />
    </div>
  )
}

/**
 * Over the room's own socket, when somebody is in it and there is a way in. A room that is only stored is not opened
 * just to be looked at.
 */
function Live({ room, access }: { room: Room; access: ViewAccess }) {
  const isLively = room.state === 'active' && (room.sessions ?? 1) > 0
  const [isJoined, setJoined] = useState(false)
  const view = useRef<View | null>(null)
  if (access.state === 'there' && isLively && !isJoined) setJoined(true)
  if (isJoined && access.state === 'there') return <SyncedBoard room={room} query={access.query} view={view} />
  if (access.state === 'coming') {
    return (
      <div className="canvas canvas--empty">
        <Loading what="Finding a way in" />
      </div>
    )
  }
  return <PolledBoard room={room} access={access} view={view} why={access.state === 'none' ? access.why : null} />
}
