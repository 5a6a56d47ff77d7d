import { useState } from 'react'
import { asProblem, type Room } from '../api'
import { useApi } from '../session'
import { Banner, Button, Dialog, TextField, useToast } from '../ui'
import { faultOfId } from './ids'
import { renameBoard } from './names'

/** Asks for an id and a name, and makes a board. */
export function CreateBoard({ onDone, onClose }: { onDone: (room: Room) => void; onClose: () => void }) {
  const api = useApi()
  const toast = useToast()
  const [name, setName] = useState('')
  const [id, setId] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [idError, setIdError] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)

  async function create() {
    const fault = faultOfId(id)
    setIdError(fault)
    setError(null)
    if (fault) return
    setBusy(true)
    try {
      const room = await api.createRoom(id === '' ? {} : { id })
      await nameIt(room)
      onDone(room)
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (problem.type === 'room-exists') setIdError('There is a board with this id already.')
      else setError(problem.sentence)
      setBusy(false)
    }
  }

  /** The board is there by then, whatever comes of it. */
  async function nameIt(room: Room) {
    if (name.trim() === '') return
    try {
      await renameBoard(api, room.id, name.trim())
    } catch (thrown) {
      toast(`${room.id} was created, but got no name. ${asProblem(thrown).sentence}`, { tone: 'failed' })
    }
  }

  return (
    <Dialog
      title="New board"
      onClose={onClose}
      busy={isBusy}
      onSubmit={create}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" busy={isBusy}>
            Create
          </Button>
        </>
      }
    >
      {error && <Banner tone="failed">{error}</Banner>}
      <TextField label="Name" hint="What people see. It can be changed later." value={name} onChange={setName} first />
      <TextField
        label="Id"
        hint="It is part of the board’s address, and stays. Without one, a random one is made."
        value={id}
        onChange={setId}
        error={idError}
        className="input code"
      />
    </Dialog>
  )
}
