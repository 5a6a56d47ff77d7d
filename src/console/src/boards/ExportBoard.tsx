import { useState } from 'react'
import { asProblem, save, type Room } from '../api'
import { useApi } from '../session'
import { useSettings } from '../settings'
import { Banner, Button, Dialog } from '../ui'
import { titleOf } from './names'

/** Asks in what form, and saves a board as a file. */
export function ExportBoard({ room, onDone, onClose }: { room: Room; onDone: (file: string) => void; onClose: () => void }) {
  const api = useApi()
  const settings = useSettings()
  const [format, setFormat] = useState<'tldr' | 'snapshot'>('tldr')
  const [isInline, setInline] = useState(settings.assets)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function exportIt() {
    setBusy(true)
    setError(null)
    try {
      const inline = format === 'tldr' && settings.assets && isInline
      const file = await api.exportRoom(room.id, format, inline ? 'inline' : 'linked')
      save(file)
      onDone(file.name)
    } catch (thrown) {
      setError(asProblem(thrown).sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={`Export “${titleOf(room)}”`}
      onClose={onClose}
      busy={isBusy}
      onSubmit={exportIt}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" icon="download" busy={isBusy}>
            Export
          </Button>
        </>
      }
    >
      {error && <Banner tone="failed">{error}</Banner>}
      <fieldset className="choices">
        <legend>Format</legend>
        <label className="check">
          <input
            type="radio"
            name="format"
            checked={format === 'tldr'}
            onChange={() => setFormat('tldr')}
            data-autofocus
          />
          <span>
            A <code>.tldr</code> file
            <span className="choices__note">for tldraw.com, and every editor made with tldraw</span>
          </span>
        </label>
        <label className="check">
          <input
            type="radio"
            name="format"
            checked={format === 'snapshot'}
            onChange={() => setFormat('snapshot')}
          />
          <span>
            A snapshot
            <span className="choices__note">for this server and others of its kind, with clocks and deletions</span>
          </span>
        </label>
      </fieldset>
      {settings.assets && format === 'tldr' && (
        <label className="check">
          <input type="checkbox" checked={isInline} onChange={(event) => setInline(event.target.checked)} />
          <span>
            Put images and videos inside
            <span className="choices__note">The file is larger, and can be opened anywhere.</span>
          </span>
        </label>
      )}
    </Dialog>
  )
}
