import { useRef, type KeyboardEvent } from 'react'
import type { Version } from '../api'
import { bytes, counted, exactly } from '../ui'
import { byDay, hourOf } from './days'
import { peopleOf, reasons } from './names'

/** Versions by day, the newest first. Arrow keys go from one to the next. */
export function Timeline({
  versions,
  chosen,
  onChoose,
}: {
  versions: Version[]
  chosen: string | null
  onChoose: (id: string) => void
}) {
  const list = useRef<HTMLDivElement>(null)

  function move(event: KeyboardEvent) {
    const all = [...list.current!.querySelectorAll<HTMLButtonElement>('button')]
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (at < 0 || to === undefined) return
    event.preventDefault()
    all[Math.min(Math.max(to, 0), all.length - 1)].focus()
  }

  return (
    <div className="timeline" ref={list} onKeyDown={move}>
      {byDay(versions, ({ time }) => new Date(time)).map(({ day, things }) => (
        <section key={day} aria-label={day}>
          <h2 className="timeline__day">{day}</h2>
          <ol className="timeline__list">
            {things.map((version) => (
              <li key={version.id}>
                <Item version={version} isChosen={version.id === chosen} onChoose={() => onChoose(version.id)} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function Item({ version, isChosen, onChoose }: { version: Version; isChosen: boolean; onChoose: () => void }) {
  const { time, name, reason, by, records, bytes: size } = version
  const people = peopleOf(by)
  return (
    <button
      type="button"
      className={name ? 'timeline__item timeline__item--named' : 'timeline__item'}
      data-version={version.id}
      aria-current={isChosen || undefined}
      title={exactly(new Date(time))}
      onClick={onChoose}
    >
      <span className="timeline__time numeric">{hourOf(new Date(time))}</span>
      <span className="timeline__words">
        <span className="timeline__name">{name ?? reasons[reason]}</span>
        {name && <span className="small soft">{reasons[reason]}</span>}
        {people && <span className="small soft">{people}</span>}
        <span className="small soft numeric">
          {counted(records, 'record')}, {bytes(size)}
        </span>
      </span>
    </button>
  )
}
