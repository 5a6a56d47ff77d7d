import { useState } from 'react'
import { save, type Room, type Version } from '../api'
import { faultOfId } from '../boards/ids'
import { useApi } from '../session'
import { Button, bytes, counted, exactly, IconButton, Menu, number, useToast } from '../ui'
import type { ViewAccess } from './access'
import { useArrival } from './arrival'
import { Ask } from './Ask'
import { tellOfCopy } from './BoardHead'
import { Comparison } from './Comparison'
import { Confirm } from './Confirm'
import { useDoing } from './doing'
import { peopleOf, reasons } from './names'

type Open = 'name' | 'restore' | 'duplicate' | 'delete' | null

/** One version: what it was beside another state of the board, and what can be done with it. */
export function VersionDetail({
  room,
  version,
  older,
  access,
  onBack,
  onNamed,
  onDeleted,
  onRestored,
}: {
  room: Room
  version: Version
  /** The version before it, if there is one and it is known. */
  older?: Version
  access: ViewAccess
  onBack: () => void
  onNamed: (version: Version) => void
  onDeleted: () => void
  onRestored: () => void
}) {
  const api = useApi()
  const toast = useToast()
  const { what, act } = useDoing()
  const [open, setOpen] = useState<Open>(null)
  // What is looked at changes with a restore: the comparison is made anew.
  const [restored, setRestored] = useState(0)
  const heading = useArrival()
  const close = () => setOpen(null)
  const { id, name, time, reason, by } = version
  const when = exactly(new Date(time))
  const people = peopleOf(by)

  return (
    <article className="version" aria-label={`Version: ${name ?? when}`}>
      <header className="version__head">
        <IconButton className="version__back" icon="back" label="Back to the time line" onClick={onBack} />
        <div className="version__words">
          <h2 ref={heading} tabIndex={-1}>
            {name ?? when}
          </h2>
          <p className="soft small">
            {name && `${when} · `}
            {reasons[reason]}
            {people && ` · changed by ${people}`} · {counted(version.records, 'record')} · {bytes(version.bytes)} · clock{' '}
            {number(version.clock)}
          </p>
        </div>
        <div className="version__actions">
          <Button kind="primary" icon="restore" onClick={() => setOpen('restore')}>
            Restore
          </Button>
          <Button icon="edit" onClick={() => setOpen('name')}>
            {name ? 'Rename' : 'Name it'}
          </Button>
          <Menu
            label="More to do with the version"
            kind="plain"
            items={[
              { label: 'Duplicate to a new board', icon: 'duplicate', onSelect: () => setOpen('duplicate') },
              {
                label: 'Download as a tldraw file',
                icon: 'download',
                onSelect: () => void act('download', async () => save(await api.downloadVersion(room.id, id, 'tldr'))),
              },
              {
                label: 'Download as a snapshot',
                icon: 'download',
                onSelect: () => void act('download', async () => save(await api.downloadVersion(room.id, id, 'snapshot'))),
              },
              { label: 'Delete', icon: 'delete', danger: true, separated: true, onSelect: () => setOpen('delete') },
            ]}
          />
        </div>
      </header>
      {what === 'download' && (
        <p className="soft small" role="status">
          Downloading …
        </p>
      )}
      <Comparison key={restored} room={room} version={version} older={older} access={access} />
      {open === 'name' && (
        <Ask
          title={name ? 'Rename the version' : 'Name the version'}
          label="Name"
          hint="A version with a name is kept until you delete it. Without one, it is thinned out with the others in time."
          action="Save"
          initial={name ?? ''}
          onAnswer={async (to) => onNamed(await api.nameVersion(room.id, id, to || null))}
          onClose={close}
        />
      )}
      {open === 'restore' && (
        <Confirm
          title="Restore this version?"
          action="Restore"
          icon="restore"
          onConfirm={async () => {
            await api.restoreVersion(room.id, id)
            toast('The board is as it was then. What was there before is a version now.')
            setRestored(restored + 1)
            onRestored()
          }}
          onClose={close}
        >
          <p>
            The board becomes what it was on {when}. <strong>What is on it now becomes a version first</strong>, so that you
            can go back.
          </p>
          <p>
            {(room.sessions ?? 0) > 0
              ? `${counted(room.sessions ?? 0, 'person', 'people')} in the room will see it change at once, and stay.`
              : 'Nobody is in the room.'}{' '}
            Comments stay as they are.
          </p>
        </Confirm>
      )}
      {open === 'duplicate' && (
        <Ask
          title="A new board from this version"
          label="Id of the copy"
          hint="Without an id, a random one is made."
          action="Duplicate"
          initial={`${room.id}-copy`.slice(0, 200)}
          check={faultOfId}
          onAnswer={async (copy) => tellOfCopy(toast, await api.duplicateVersion(room.id, id, copy || undefined))}
          onClose={close}
        >
          <p>The new board begins with what was on this one on {when}. This board stays as it is.</p>
        </Ask>
      )}
      {open === 'delete' && (
        <Confirm
          title="Delete this version?"
          action="Delete for good"
          icon="delete"
          isDanger
          onConfirm={async () => {
            await api.deleteVersion(room.id, id)
            toast('The version is deleted')
            onDeleted()
          }}
          onClose={close}
        >
          <p>
            <strong>{name ?? when}</strong> cannot be brought back. The board, and other versions of it, stay as they are.
          </p>
        </Confirm>
      )}
    </article>
  )
}
