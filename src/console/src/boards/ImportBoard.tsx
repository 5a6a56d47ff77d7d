import { useId, useState } from 'react'
import { asProblem, type Imported } from '../api'
import { useApi } from '../session'
import { Banner, bytes, Button, Dialog, Icon, TextField } from '../ui'
import { faultOfId, idFrom } from './ids'

interface ImportBoardProps {
  /** Dropped onto the page; else it is asked for. */
  file?: File
  onDone: (imported: Imported) => void
  onClose: () => void
}

/** Asks for a file and an id, and makes a board of it; or replaces what a board has, when that is said once more. */
export function ImportBoard({ file: dropped, onDone, onClose }: ImportBoardProps) {
  const api = useApi()
  const [file, setFile] = useState<File | null>(dropped ?? null)
  const [id, setId] = useState(dropped ? idOf(dropped) : '')
  const [isTaken, setTaken] = useState(false)
  const [fileError, setFileError] = useState<string | null>(null)
  const [idError, setIdError] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const inputId = useId()

  function choose(chosen: File | null) {
    if (!chosen) return
    setFile(chosen)
    setFileError(null)
    setError(null)
    if (id === '' || (file && id === idOf(file))) setId(idOf(chosen))
  }

  async function take() {
    const fault = id === '' ? 'Enter an id.' : faultOfId(id)
    setFileError(file ? null : 'Choose a file.')
    setIdError(fault)
    setError(null)
    if (!file || fault) return
    setBusy(true)
    try {
      onDone(await api.importRoom(id, contentOf(file), isTaken ? 'replace' : 'refuse'))
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (problem.type === 'room-exists') setTaken(true)
      else if (problem.type === 'invalid-snapshot' || problem.type === 'invalid-request') setFileError(problem.sentence)
      else setError(problem.sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog
      title="Import a board"
      onClose={onClose}
      busy={isBusy}
      onSubmit={take}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind={isTaken ? 'danger' : 'primary'} icon="import" busy={isBusy}>
            {isTaken ? 'Replace' : 'Import'}
          </Button>
        </>
      }
    >
      {error && <Banner tone="failed">{error}</Banner>}
      {isTaken && (
        <Banner tone="warning">
          There is a board <strong>{id}</strong> already. Replace what is on it? Whoever is in it sees that at once; a
          version of it as it is now is kept, where versions are.
        </Banner>
      )}
      <div className="field">
        <label htmlFor={inputId}>File</label>
        <input
          id={inputId}
          className="file-input"
          type="file"
          accept=".tldr,.json,.db,.sqlite,application/json"
          aria-describedby={`${inputId}-hint${fileError ? ` ${inputId}-error` : ''}`}
          aria-invalid={fileError ? true : undefined}
          data-autofocus={!dropped || undefined}
          disabled={isBusy}
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        <label className={file ? 'file file--chosen' : 'file'} htmlFor={inputId} aria-hidden="true">
          {file ? (
            <>
              <strong>{file.name}</strong>
              <span className="soft">{bytes(file.size)}</span>
            </>
          ) : (
            <span>Choose a file</span>
          )}
        </label>
        {fileError && (
          <p className="field__error" id={`${inputId}-error`} role="alert">
            <Icon name="failed" size={16} /> {fileError}
          </p>
        )}
        <p className="field__hint" id={`${inputId}-hint`}>
          A <code>.tldr</code> file, a snapshot (<code>.json</code>), or the database in which tldraw’s own server keeps a
          room (<code>.db</code>).
        </p>
      </div>
      <TextField
        label="Id of the board"
        value={id}
        onChange={(value) => {
          setId(value)
          setTaken(false)
          setIdError(null)
        }}
        error={idError}
        className="input code"
        first={dropped !== undefined}
      />
    </Dialog>
  )
}

function idOf(file: File): string {
  return idFrom(file.name.replace(/\.(tldr|json|db|sqlite)$/i, ''))
}

/** Databases are declared as what they are, by their names: browsers know no type for them. */
function contentOf(file: File): Blob {
  return /\.(db|sqlite)$/i.test(file.name) ? new Blob([file], { type: 'application/vnd.sqlite3' }) : file
}
