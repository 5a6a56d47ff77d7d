import type { ReactNode } from 'react'
import { Icon } from './Icon'

export interface Column<T> {
  id: string
  header: string
  cell: (row: T) => ReactNode
  /** Whether the table can be sorted by it. */
  sortable?: boolean
  align?: 'end'
  /** The header is for those who do not see: of a column of pictures or buttons. */
  headerHidden?: boolean
  /** What names the row. */
  isName?: boolean
  className?: string
}

export interface Sort {
  by: string
  descending: boolean
}

interface TableProps<T> {
  /** What is in it, for those who do not see it. */
  caption: string
  columns: Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  sort?: Sort
  onSort?: (by: string) => void
  className?: string
}

/**
 * A table. On narrow screens each row is a card; the roles are there because browsers take a table that is not
 * laid out as one for no table.
 */
export function Table<T>({ caption, columns, rows, keyOf, sort, onSort, className = '' }: TableProps<T>) {
  return (
    <div className="table-frame">
      <table className={`table ${className}`} role="table" aria-label={caption}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.id}
                role="columnheader"
                scope="col"
                className={`${column.className ?? ''} ${column.align ?? ''}`}
                aria-sort={sort?.by === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                {column.sortable && onSort ? (
                  <button type="button" className="table__sort" onClick={() => onSort(column.id)}>
                    {column.header}
                    <span className="table__direction">
                      {sort?.by === column.id && <Icon name={sort.descending ? 'down' : 'up'} size={14} />}
                    </span>
                  </button>
                ) : (
                  <span className={column.headerHidden ? 'only-heard' : undefined}>{column.header}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row" data-key={keyOf(row)}>
              {columns.map((column) => (
                <td
                  key={column.id}
                  role={column.isName ? 'rowheader' : 'cell'}
                  className={`${column.className ?? ''} ${column.align ?? ''}`}
                  data-label={column.headerHidden || column.isName ? undefined : column.header}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
