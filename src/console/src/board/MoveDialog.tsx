import { useState } from 'react'
import type { Node, Room } from '../api'
import { useApi } from '../session'
import { counted, Field, useToast } from '../ui'
import { Confirm } from './Confirm'

/** Has a room go to another node of the cluster. */
export function MoveDialog({
  room,
  nodes,
  onMoved,
  onClose,
}: {
  room: Room
  nodes: Node[]
  onMoved: () => void
  onClose: () => void
}) {
  const api = useApi()
  const toast = useToast()
  const [to, setTo] = useState('')
  return (
    <Confirm
      title="Move the board to another node"
      action="Move"
      onConfirm={async () => {
        const { node } = await api.moveRoom(room.id, to || undefined)
        toast(node ? `The board is on ${node}` : 'The board has been moved')
        onMoved()
      }}
      onClose={onClose}
    >
      <p>It is on {room.node ?? 'no node'}. People go on drawing; some connect again for a moment.</p>
      <Field label="To">
        {(control) => (
          <select className="input" {...control} value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">Whichever is less busy</option>
            {nodes
              .filter((node) => node.id !== room.node)
              .map((node) => (
                <option key={node.id} value={node.id} disabled={node.state !== 'accepting'}>
                  {node.id} ({counted(node.rooms, 'room')}
                  {node.state === 'accepting' ? '' : ', shutting down'})
                </option>
              ))}
          </select>
        )}
      </Field>
    </Confirm>
  )
}
