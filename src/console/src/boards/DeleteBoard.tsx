import { useState } from 'react'
import { asProblem, type Room } from '../api'
import { useApi } from '../session'
import { Banner, Button, counted, Dialog, TextField } from '../ui'
import { titleOf } from './names'

/** Has the board's id typed, and deletes it. */
export function DeleteBoard({ room, onDone, onClose }: { room: Room; onDone: () => void; onClose: () => void }) {
  const api = useApi()
  const [typed, setTyped] = useState('')
  const [typedError, setTypedError] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const people = room.sessions ?? 0

  async function remove() {
    setError(null)
    if (typed.trim() !== room.id) {
      setTypedError(`This is not the id. It is ${room.id}`)
      return
    }
    setTypedError(null)
    setBusy(true)
    try {
      await api.deleteRoom(room.id)
      onDone()
    } catch (thrown) {
      const problem = asProblem(thrown)
      // Somebody else was faster; that is what was wanted.
      if (problem.type === 'room-not-found') onDone()
      else {
        setError(problem.sentence)
        setBusy(false)
      }
    }
  }

  return (
    <Dialog
      title={`Delete “${titleOf(room)}”?`}
      onClose={onClose}
      busy={isBusy}
      onSubmit={remove}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind="danger" icon="delete" busy={isBusy}>
            Delete for good
          </Button>
        </>
      }
    >
      {error && <Banner tone="failed">{error}</Banner>}
      <p>
        The board and its versions go for good.{' '}
        {people > 0 && (
          <strong>
            {counted(people, 'person is', 'people are')} in it now, and will be told that it is not there any more.
          </strong>
        )}
      </p>
      <TextField
        label={`Type the id to confirm: ${room.id}`}
        value={typed}
        onChange={setTyped}
        error={typedError}
        className="input code"
        first
      />
    </Dialog>
  )
}
