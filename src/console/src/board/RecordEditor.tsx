import { useCallback, useMemo, useRef, useState } from 'react'
import { asProblem, Problem, type Room, type RoomRecord } from '../api'
import { useLoaded } from '../load'
import { useApi } from '../session'
import { Banner, Button, counted, Failed, Icon, IconButton, Loading, useToast } from '../ui'
import { useArrival } from './arrival'
import { Confirm } from './Confirm'
import { lineOfPath, lineOfSyntaxError } from './jsonPlace'
import { typeOf } from './types'

interface Fault {
  /** Where in the record, as the server names it. */
  path?: string
  why: string
  line: number | null
}

/** A record as JSON, to be read, changed and deleted. */
export function RecordEditor({
  room,
  id,
  onBack,
  onSaved,
  onDeleted,
}: {
  room: Room
  id: string
  onBack: () => void
  onSaved: (record: RoomRecord) => void
  onDeleted: () => void
}) {
  const api = useApi()
  const load = useCallback((signal: AbortSignal) => api.record(room.id, id, signal), [api, room.id, id])
  const { value, problem, reload } = useLoaded(load)
  if (!value) {
    return (
      <>
        <IconButton className="records__back" icon="back" label="Back to the records" onClick={onBack} />
        {problem ? (
          <Failed what="The record cannot be shown" problem={problem} onRetry={reload} />
        ) : (
          <Loading what="Loading the record" />
        )}
      </>
    )
  }
  return (
    <Editor
      key={JSON.stringify(value.record)}
      room={room}
      loaded={value.record}
      clock={value.clock}
      onBack={onBack}
      onReload={reload}
      onSaved={onSaved}
      onDeleted={onDeleted}
    />
  )
}

function Editor({
  room,
  loaded,
  clock,
  onBack,
  onReload,
  onSaved,
  onDeleted,
}: {
  room: Room
  loaded: RoomRecord
  clock?: number
  onBack: () => void
  onReload: () => void
  onSaved: (record: RoomRecord) => void
  onDeleted: () => void
}) {
  const api = useApi()
  const toast = useToast()
  // What the server has, as far as it is known here, and at which clock of the room.
  const [base, setBase] = useState({ record: loaded, clock })
  const original = useMemo(() => pretty(base.record), [base.record])
  const [text, setText] = useState(original)
  const [fault, setFault] = useState<Fault | null>(null)
  const [theirs, setTheirs] = useState<RoomRecord | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [isDeleting, setDeleting] = useState(false)
  const heading = useArrival()
  const area = useRef<HTMLTextAreaElement>(null)
  const gutter = useRef<HTMLDivElement>(null)
  const isChanged = text !== original
  const lines = text.split('\n').length
  const { id } = base.record

  async function save(overTheirs = false) {
    if (isSaving) return
    setFault(null)
    const record = parsed(text, id)
    if (!('id' in record)) {
      setFault(record)
      return
    }
    setSaving(true)
    try {
      const written = await put(record as RoomRecord, overTheirs)
      if (written === 'changed meanwhile') return
      setBase({ record: record as RoomRecord, clock: written })
      setText(pretty(record as RoomRecord))
      setTheirs(null)
      onSaved(record as RoomRecord)
      toast('The record is saved')
    } catch (thrown) {
      setFault(faultOf(asProblem(thrown), base.record, text))
    } finally {
      setSaving(false)
    }
  }

  /** Writes it if nobody else has changed this very record; that others have changed the board does not matter. */
  async function put(record: RoomRecord, overTheirs: boolean): Promise<number | 'changed meanwhile'> {
    let known = base.clock
    for (let attempt = 0; ; attempt++) {
      try {
        return (await api.putRecord(room.id, record, known)).documentClock
      } catch (thrown) {
        if (!(thrown instanceof Problem) || thrown.type !== 'clock-mismatch' || attempt === 5) throw thrown
        const now = await api.record(room.id, id)
        if (!overTheirs && JSON.stringify(now.record) !== JSON.stringify(base.record)) {
          setTheirs(now.record)
          return 'changed meanwhile'
        }
        known = now.clock
      }
    }
  }

  function showLine(line: number) {
    const element = area.current!
    const from = text.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
    const end = text.indexOf('\n', from)
    element.focus()
    element.setSelectionRange(from, end < 0 ? text.length : end)
    element.scrollTop = Math.max(0, (line - 4) * lineHeight(element))
  }

  return (
    <article className="record" aria-label={`Record ${id}`}>
      <header className="record__head">
        <IconButton className="records__back" icon="back" label="Back to the records" onClick={onBack} />
        <div className="record__words">
          <h2 ref={heading} tabIndex={-1}>
            <code>{id}</code>
          </h2>
          <p className="soft small">
            {typeOf(base.record)} · {counted(lines, 'line')}
          </p>
        </div>
        <IconButton icon="reload" label="Read it again" onClick={onReload} disabled={isSaving} />
        <IconButton icon="delete" label="Delete the record" onClick={() => setDeleting(true)} disabled={isSaving} />
      </header>
      {theirs && (
        <Banner
          tone="warning"
          action={
            <span className="record__choice">
              <Button
                onClick={() => {
                  setTheirs(null)
                  onReload()
                  setText(pretty(theirs))
                  setBase({ record: theirs, clock: undefined })
                }}
              >
                Take theirs
              </Button>
              <Button onClick={() => void save(true)}>Save mine over it</Button>
            </span>
          }
        >
          Somebody has changed this record since you read it. Nothing was saved.
        </Banner>
      )}
      {fault && (
        <div className="banner banner--failed" role="alert" id="record-fault">
          <Icon name="failed" />
          <div className="banner__text">
            {fault.path && (
              <>
                <code className="record__path">{fault.path}</code>{' '}
              </>
            )}
            {fault.why}
          </div>
          {fault.line !== null && (
            <Button onClick={() => showLine(fault.line!)}>Line {fault.line}</Button>
          )}
        </div>
      )}
      <div className="code-area">
        <div className="code-area__gutter" aria-hidden="true" ref={gutter}>
          {Array.from({ length: lines }, (_, at) => (
            <div key={at} className={fault?.line === at + 1 ? 'code-area__faulty' : undefined}>
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          className="code-area__text"
          aria-label="The record as JSON"
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? 'record-fault' : undefined}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          value={text}
          rows={Math.min(Math.max(lines, 8), 32)}
          onChange={(event) => {
            setText(event.target.value)
            setFault(null)
          }}
          onScroll={(event) => {
            gutter.current!.scrollTop = event.currentTarget.scrollTop
          }}
          onKeyDown={(event) => {
            if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            if (isChanged) void save()
          }}
        />
      </div>
      <footer className="record__actions">
        <Button kind="primary" busy={isSaving} disabled={!isChanged} onClick={() => void save()}>
          Save
        </Button>
        <Button
          disabled={!isChanged || isSaving}
          onClick={() => {
            setText(original)
            setFault(null)
          }}
        >
          Undo my changes
        </Button>
        <span className="soft small">{isChanged ? 'Not saved yet. Ctrl+S saves.' : 'As on the server when it was read.'}</span>
      </footer>
      {isDeleting && (
        <Confirm
          title="Delete this record?"
          action="Delete"
          icon="delete"
          isDanger
          onConfirm={async () => {
            await api.deleteRecord(room.id, id)
            toast('The record is deleted')
            onDeleted()
          }}
          onClose={() => setDeleting(false)}
        >
          <p>
            <code>{id}</code> leaves the board, and whoever is in it sees it go. An earlier version of the board still has it.
          </p>
        </Confirm>
      )}
    </article>
  )
}

function pretty(record: RoomRecord): string {
  return JSON.stringify(record, null, 2)
}

function lineHeight(element: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(element).lineHeight)
}

function parsed(text: string, id: string): RoomRecord | Fault {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { why: `This is not JSON: ${(error as Error).message}`, line: lineOfSyntaxError(text, error as Error) }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { why: 'A record is an object.', line: 1 }
  }
  if ((value as RoomRecord).id !== id) {
    return { path: 'id', why: `The id stays ${id}. Another id would be another record.`, line: lineOfPath(text, 'id') }
  }
  return value as RoomRecord
}

/** The server says `"shape:a": shape.props.w: expected …`, or something without a place in it. */
function faultOf(problem: Problem, { id, typeName }: RoomRecord, text: string): Fault {
  const said = problem.detail ?? ''
  const named = `${JSON.stringify(id)}: `
  const match = /^([^\s:]+): (.+)$/s.exec(said.startsWith(named) ? said.slice(named.length) : said)
  if (problem.type !== 'invalid-record' || !match) return { why: problem.sentence, line: null }
  const path = match[1].startsWith(`${typeName}.`) ? match[1].slice(typeName.length + 1) : match[1]
  return { path, why: match[2], line: lineOfPath(text, path) }
}
