import { useMemo } from 'react'
import type { VersionChanges } from '../api'
import { number } from '../ui'
import { signs, type Mark } from './canvas/marks'
import { peopleOf } from './names'

type Counts = Record<Mark, number>

const marks: Mark[] = ['added', 'changed', 'removed']

/** How much lies between two states, by type and by page. It is the legend of the outlines as well. */
export function ChangesSummary({
  changes,
  pageNames,
  onPage,
}: {
  changes: VersionChanges
  pageNames: ReadonlyMap<string, string>
  onPage: (page: string) => void
}) {
  const total = useMemo(() => {
    const all: Counts = { added: 0, changed: 0, removed: 0 }
    for (const counts of Object.values(changes.counts)) for (const mark of marks) all[mark] += counts[mark]
    return all
  }, [changes])
  const pages = useMemo(() => byPage(changes), [changes])
  const types = Object.entries(changes.counts)
  const people = peopleOf(changes.by)

  if (types.length === 0) return <p className="summary summary--none">Nothing has changed between the two.</p>
  return (
    <div className="summary">
      <ul className="summary__legend" aria-label="What the outlines mean, and how many there are">
        {marks.map((mark) => (
          <li key={mark} data-mark={mark}>
            <Sign mark={mark} /> {signs[mark].word} <span className="numeric">{number(total[mark])}</span>
          </li>
        ))}
        {people && <li className="soft">by {people}</li>}
      </ul>
      <details className="summary__more">
        <summary>By type and by page</summary>
        <div className="summary__tables">
          <Counted caption="By type" head="Type" rows={types.map(([type, counts]) => ({ id: type, name: type, counts }))} />
          <Counted
            caption={changes.more ? `By page, of the first ${number(changes.changes.length)} changes` : 'By page'}
            head="Page"
            rows={[...pages].map(([page, counts]) => ({
              id: page,
              name: page === '' ? 'On no page' : (pageNames.get(page) ?? page),
              counts,
              onSelect: page === '' ? undefined : () => onPage(page),
            }))}
          />
        </div>
      </details>
      {changes.more && (
        <p className="soft small">There are more changes than can be outlined: the first {number(changes.changes.length)} are.</p>
      )}
    </div>
  )
}

function byPage({ changes }: VersionChanges): Map<string, Counts> {
  const pages = new Map<string, Counts>()
  for (const { id, typeName, page, change } of changes) {
    const on = page ?? (typeName === 'page' ? id : '')
    const counts = pages.get(on) ?? { added: 0, changed: 0, removed: 0 }
    counts[change]++
    pages.set(on, counts)
  }
  return pages
}

interface Row {
  id: string
  name: string
  counts: Counts
  onSelect?: () => void
}

function Counted({ caption, head, rows }: { caption: string; head: string; rows: Row[] }) {
  return (
    <table className="counts">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          {marks.map((mark) => (
            <th key={mark} scope="col">
              <Sign mark={mark} />
              <span className="only-heard">{signs[mark].word}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, counts, onSelect }) => (
          <tr key={id}>
            <th scope="row">
              {onSelect ? (
                <button type="button" className="linklike" onClick={onSelect}>
                  {name}
                </button>
              ) : (
                name
              )}
            </th>
            {marks.map((mark) => (
              <td key={mark} className="numeric">
                {counts[mark] > 0 ? number(counts[mark]) : ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sign({ mark }: { mark: Mark }) {
  return (
    <span className={`sign sign--${mark}`} aria-hidden="true">
      {signs[mark].sign}
    </span>
  )
}
