import { useState } from 'react'
import type { Room, RoomRecord } from '../api'
import { Button, counted, Empty, Failed, Icon, Loading } from '../ui'
import { focusLater } from './arrival'
import { RecordEditor } from './RecordEditor'
import { typeOf } from './types'
import { useRecords } from './useRecords'

const types = ['shape', 'page', 'asset', 'binding', 'document', 'user', 'comment']

/** The records of a board as they are: found by id and type, read and changed as JSON. */
export function RecordsTab({ room, onChange }: { room: Room; onChange: () => void }) {
  const [type, setType] = useState('')
  const [text, setText] = useState('')
  const [asked, setAsked] = useState({ type: '', text: '' })
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useRecords(room.id, asked)

  return (
    <div className={chosen === null ? 'records' : 'records records--chosen'}>
      <div className="records__list">
        <form
          className="records__search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            setAsked({ type: type.trim(), text: text.trim() })
          }}
        >
          <div className="search">
            <Icon name="search" />
            <input
              className="input"
              type="search"
              aria-label="Id, or a part of it"
              placeholder="Id, or a part of it"
              spellCheck={false}
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <input
            className="input"
            aria-label="Type"
            placeholder="Any type"
            list="record-types"
            spellCheck={false}
            autoComplete="off"
            value={type}
            onChange={(event) => setType(event.target.value)}
          />
          <datalist id="record-types">
            {types.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
          <Button type="submit">Search</Button>
        </form>
        <Found list={list} chosen={chosen} onChoose={setChosen} isSearch={asked.type !== '' || asked.text !== ''} />
      </div>
      <div className="records__detail">
        {chosen === null ? (
          <div className="versions__choose">
            <Icon name="records" size={28} />
            <p>Choose a record to read or change it.</p>
          </div>
        ) : (
          <RecordEditor
            key={chosen}
            room={room}
            id={chosen}
            onBack={() => {
              focusLater(`[data-record="${CSS.escape(chosen)}"]`)
              setChosen(null)
            }}
            onSaved={(record) => {
              list.put(record)
              onChange()
            }}
            onDeleted={() => {
              list.drop(chosen)
              setChosen(null)
              onChange()
            }}
          />
        )}
      </div>
    </div>
  )
}

function Found({
  list,
  chosen,
  onChoose,
  isSearch,
}: {
  list: ReturnType<typeof useRecords>
  chosen: string | null
  onChoose: (id: string) => void
  isSearch: boolean
}) {
  const { records, problem, isLoading, isEnd, looked } = list
  if (problem && records.length === 0) {
    return <Failed what="The records cannot be listed" problem={problem} onRetry={list.again} />
  }
  if (records.length === 0 && isLoading) return <Loading what="Looking through the records" />
  if (records.length === 0 && isEnd) {
    return (
      <Empty icon="records" title="No such record">
        {isSearch ? `None of ${counted(looked, 'record')} is called like this.` : 'The board has no records.'}
      </Empty>
    )
  }
  return (
    <>
      <ul className="records__found">
        {records.map((record) => (
          <li key={record.id}>
            <button
              type="button"
              className="records__item"
              data-record={record.id}
              aria-current={record.id === chosen || undefined}
              onClick={() => onChoose(record.id)}
            >
              <code>{record.id}</code>
              <span className="small soft">
                {typeOf(record)}
                {hint(record)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="more">
        {problem && <p className="field__error">{problem.sentence}</p>}
        {isEnd ? (
          <p className="soft small">{isSearch ? `${counted(records.length, 'record')} found` : `All ${counted(records.length, 'record')}`}</p>
        ) : (
          <Button busy={isLoading} onClick={list.again}>
            {records.length === 0 ? `Look on, after ${counted(looked, 'record')}` : 'Show more'}
          </Button>
        )}
      </div>
    </>
  )
}

/** What tells one record from the next, if it has that. */
function hint({ name, props }: RoomRecord): string {
  if (typeof name === 'string' && name !== '') return ` · ${name.slice(0, 60)}`
  const geo = props !== null && typeof props === 'object' && !Array.isArray(props) ? props['geo'] : undefined
  return typeof geo === 'string' ? ` · ${geo}` : ''
}
