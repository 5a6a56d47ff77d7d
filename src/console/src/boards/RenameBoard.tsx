import { useCallback, useState } from 'react'
import { asProblem, type Room } from '../api'
import { useLoaded } from '../load'
import { useApi } from '../session'
import { Button, Dialog, Failed, Loading, TextField } from '../ui'
import { DOCUMENT, renameBoard } from './names'

/** Asks for another name of a board, and gives it to it. */
export function RenameBoard({ room, onDone, onClose }: { room: Room; onDone: (name: string) => void; onClose: () => void }) {
  const api = useApi()
  const [name, setName] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const present = useLoaded(
    useCallback(
      async (signal: AbortSignal) => String((await api.record(room.id, DOCUMENT, signal)).record.name ?? ''),
      [api, room.id],
    ),
  )
  const shown = name ?? present.value ?? ''

  async function rename() {
    setBusy(true)
    setError(null)
    try {
      await renameBoard(api, room.id, shown.trim(), present.value)
      onDone(shown.trim())
    } catch (thrown) {
      const problem = asProblem(thrown)
      setError(problem.sentence)
      if (problem.type === 'clock-mismatch') present.reload()
      setBusy(false)
    }
  }

  return (
    <Dialog
      title="Rename the board"
      onClose={onClose}
      busy={isBusy}
      onSubmit={rename}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" busy={isBusy} disabled={present.value === undefined}>
            Rename
          </Button>
        </>
      }
    >
      {present.value !== undefined ? (
        <TextField
          label="Name"
          hint={
            <>
              Everybody in the board sees it at once. Its id stays <code>{room.id}</code>.
            </>
          }
          value={shown}
          onChange={setName}
          error={error}
          ref={enter}
        />
      ) : present.problem ? (
        <Failed what="The name could not be read" problem={present.problem} onRetry={present.reload} />
      ) : (
        <Loading what="Reading the name" />
      )}
    </Dialog>
  )
}

/** The field comes after the dialog has opened, when the name is there. */
function enter(input: HTMLInputElement | null): void {
  input?.focus()
  input?.select()
}
