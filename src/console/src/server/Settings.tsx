import { useState } from 'react'
import type { Server } from '../api'
import { Button, counted, Empty, Icon, Table, type Column } from '../ui'

type Setting = Server['settings'][number]

/** All settings in force, to be searched. */
export function Settings({ settings }: { settings: Setting[] }) {
  const [search, setSearch] = useState('')
  const [isSetOnly, setSetOnly] = useState(false)
  const wanted = search.trim().toLowerCase()
  const rows = settings.filter(
    (setting) =>
      (!isSetOnly || setting.origin !== 'default') &&
      [setting.name, setting.value, setting.origin].some((text) => text?.toLowerCase().includes(wanted)),
  )
  return (
    <>
      <div className="server__tools">
        <div className="search server__search" role="search">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            aria-label="Search settings"
            placeholder="Search by name, value or origin"
            autoComplete="off"
            spellCheck={false}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        <label className="check">
          <input type="checkbox" checked={isSetOnly} onChange={(event) => setSetOnly(event.target.checked)} />
          Only what is set
        </label>
        <p className="soft" role="status">
          {counted(rows.length, 'setting')}
        </p>
      </div>
      {rows.length > 0 ? (
        <Table caption="Settings in force" className="settings" columns={COLUMNS} rows={rows} keyOf={({ name }) => name} />
      ) : wanted !== '' ? (
        <Empty icon="search" title="No setting like that" action={<Button onClick={() => setSearch('')}>Show all</Button>}>
          No name, value or origin has “{search.trim()}” in it.
        </Empty>
      ) : (
        <Empty icon="records" title="Nothing is set">
          All settings are at their defaults.
        </Empty>
      )}
    </>
  )
}

const COLUMNS: Column<Setting>[] = [
  { id: 'name', header: 'Setting', isName: true, className: 'settings__name', cell: ({ name }) => <code>{name}</code> },
  { id: 'value', header: 'Value', className: 'settings__value', cell: (setting) => <Value setting={setting} /> },
  {
    id: 'origin',
    header: 'Set by',
    className: 'settings__origin',
    cell: ({ origin }) => (origin === 'default' ? <span className="soft">default</span> : origin),
  },
]

function Value({ setting: { secret, value, origin } }: { setting: Setting }) {
  if (secret && origin !== 'default') return <span className="badge">hidden</span>
  if (value === undefined) return <span className="soft">not set</span>
  if (value === '') return <span className="soft">empty</span>
  return <code>{value}</code>
}
