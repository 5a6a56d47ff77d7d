import { counted } from '../../ui'

/** Says that there is more than is shown: a canvas that leaves things out in silence would be wrong. */
export function LeftOutNote({ leftOut }: { leftOut: ReadonlyMap<string, number> }) {
  if (leftOut.size === 0) return null
  const count = [...leftOut.values()].reduce((sum, each) => sum + each, 0)
  return (
    <span className="badge badge--warning left-out" title={[...leftOut].map(([type, each]) => `${type}: ${each}`).join(', ')}>
      Not drawn: {counted(count, 'record')} of other types ({[...leftOut.keys()].join(', ')})
    </span>
  )
}
