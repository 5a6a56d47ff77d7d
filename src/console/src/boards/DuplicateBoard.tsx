import { useState } from 'react'
import { asProblem, type Room } from '../api'
import { useApi } from '../session'
import { Banner, Button, Dialog, TextField } from '../ui'
import { faultOfId } from './ids'
import { titleOf } from './names'

/** Asks for the id of a copy, and makes it. */
export function DuplicateBoard({ room, onDone, onClose }: { room: Room; onDone: (copy: Room) => void; onClose: () => void }) {
  const api = useApi()
  const [id, setId] = useState(`${room.id}-copy`.slice(0, 200))
  const [idError, setIdError] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function duplicate() {
    const fault = faultOfId(id)
    setIdError(fault)
    setError(null)
    if (fault) return
    setBusy(true)
    try {
      onDone(await api.duplicateRoom(room.id, id || undefined))
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (problem.type === 'room-exists') setIdError('There is a board with this id already.')
      else setError(problem.sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={`Duplicate “${titleOf(room)}”`}
      onClose={onClose}
      busy={isBusy}
      onSubmit={duplicate}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" busy={isBusy}>
            Duplicate
          </Button>
        </>
      }
    >
      {error && <Banner tone="failed">{error}</Banner>}
      <TextField
        label="Id of the copy"
        hint="The copy has the board as it is now. Without an id, a random one is made."
        value={id}
        onChange={setId}
        error={idError}
        className="input code"
        first
      />
    </Dialog>
  )
}
