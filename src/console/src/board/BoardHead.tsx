import { useCallback, useState } from 'react'
import type { Room } from '../api'
import { DeleteBoard } from '../boards/DeleteBoard'
import { DuplicateBoard } from '../boards/DuplicateBoard'
import { ExportBoard } from '../boards/ExportBoard'
import { titleOf } from '../boards/names'
import { RenameBoard } from '../boards/RenameBoard'
import { useLoaded } from '../load'
import { navigate } from '../route'
import { useApi } from '../session'
import { Button, Bytes, CopyButton, counted, Menu, number, Time, useToast, type MenuItem } from '../ui'
import { Confirm } from './Confirm'
import { MoveDialog } from './MoveDialog'

/** What there is to know of a board, in a line. */
export function BoardFacts({ room, isNamed }: { room: Room; isNamed: boolean }) {
  const isOpen = room.state === 'active'
  return (
    <ul className="facts">
      {isNamed && (
        <li className="facts__id">
          <code>{room.id}</code>
          <CopyButton text={room.id} what="Id of the board" />
        </li>
      )}
      <li>
        <span className={isOpen ? 'badge badge--good' : 'badge'}>{isOpen ? 'Open' : 'Stored'}</span>
        {room.node && (
          <span>
            on <code>{room.node}</code>
          </span>
        )}
      </li>
      {room.sessions !== undefined && <li>{counted(room.sessions, 'person', 'people')}</li>}
      <li>{counted(room.records, 'record')}</li>
      <li>
        <Bytes value={room.bytes} />
      </li>
      <li>
        clock <span className="numeric">{number(room.documentClock)}</span>
      </li>
      <li>
        changed <Time value={room.lastChanged} />
      </li>
    </ul>
  )
}

type Open = 'rename' | 'export' | 'duplicate' | 'unload' | 'move' | 'delete' | null

/** What can be done with a board as a whole. */
export function BoardActions({ room, onChange }: { room: Room; onChange: () => void }) {
  const api = useApi()
  const toast = useToast()
  const [open, setOpen] = useState<Open>(null)
  const loadNodes = useCallback((signal: AbortSignal) => api.nodes(signal), [api])
  const nodes = useLoaded(loadNodes).value?.nodes ?? []
  const isOpen = room.state === 'active'
  const close = () => setOpen(null)
  const closeWith = (said: string) => {
    toast(said)
    close()
    onChange()
  }

  const move: MenuItem[] = [
    { label: 'Move to another node', icon: 'server', disabled: !isOpen, onSelect: () => setOpen('move') },
  ]
  const items: MenuItem[] = [
    { label: 'Duplicate', icon: 'duplicate', onSelect: () => setOpen('duplicate') },
    { label: 'Put away', icon: 'import', separated: true, disabled: !isOpen, onSelect: () => setOpen('unload') },
    ...(nodes.length > 1 ? move : []),
    { label: 'Delete', icon: 'delete', danger: true, separated: true, onSelect: () => setOpen('delete') },
  ]

  return (
    <>
      <Button icon="edit" onClick={() => setOpen('rename')}>
        Rename
      </Button>
      <Button icon="download" onClick={() => setOpen('export')}>
        Export
      </Button>
      <Menu label="More to do with the board" kind="plain" items={items} />
      {open === 'rename' && (
        <RenameBoard
          room={room}
          onDone={(name) => closeWith(name ? `The board is called “${name}”` : 'The board has no name now')}
          onClose={close}
        />
      )}
      {open === 'export' && <ExportBoard room={room} onDone={(file) => closeWith(`Saved: ${file}`)} onClose={close} />}
      {open === 'duplicate' && (
        <DuplicateBoard
          room={room}
          onDone={(copy) => {
            tellOfCopy(toast, copy)
            close()
          }}
          onClose={close}
        />
      )}
      {open === 'unload' && (
        <Confirm
          title="Put the board away?"
          action="Put away"
          onConfirm={async () => {
            await api.unloadRoom(room.id)
            toast('The board is put away')
            onChange()
          }}
          onClose={close}
        >
          <p>
            All is stored, and the room leaves this server’s memory. Whoever is in it connects again within a second, and
            loses nothing.
          </p>
        </Confirm>
      )}
      {open === 'move' && <MoveDialog room={room} nodes={nodes} onMoved={onChange} onClose={close} />}
      {open === 'delete' && (
        <DeleteBoard
          room={room}
          onDone={() => {
            toast(`Deleted: ${titleOf(room)}`)
            navigate({ page: 'boards' }, { replace: true })
          }}
          onClose={close}
        />
      )}
    </>
  )
}

/** Says that there is a copy, and offers to go there. */
export function tellOfCopy(toast: ReturnType<typeof useToast>, { id }: Room): void {
  toast(`Copied to ${id}`, { action: { label: 'Show', onSelect: () => navigate({ page: 'board', id }) } })
}
