import { createContext, useContext, useRef } from 'react'
import { useEditor, useQuickReactor, useValue, type TLShapeId } from 'tldraw'

export type Mark = 'added' | 'changed' | 'removed'

/** What each mark looks like, in a picture and in words: never by its colour alone. */
export const signs: Record<Mark, { sign: string; word: string }> = {
  added: { sign: '+', word: 'Added' },
  changed: { sign: '~', word: 'Changed' },
  removed: { sign: '−', word: 'Removed' },
}

/** Which records are to be outlined: record id → what has become of it. */
export const Marks = createContext<ReadonlyMap<string, Mark>>(new Map())

const MOST = 1000

interface Outline {
  id: string
  mark: Mark
  x: number
  y: number
  w: number
  h: number
}

/** Outlines around shapes of the page that is shown. They lie in the page's own coordinates, and move with the camera. */
export function MarksLayer() {
  const editor = useEditor()
  const marks = useContext(Marks)
  const layer = useRef<SVGGElement>(null)

  const outlines = useValue(
    'outlines',
    () => {
      const found: Outline[] = []
      const onPage = editor.getCurrentPageShapeIds()
      for (const [id, mark] of marks) {
        if (!onPage.has(id as TLShapeId)) continue
        const bounds = editor.getShapePageBounds(id as TLShapeId)
        if (bounds) found.push({ id, mark, x: bounds.x - 4, y: bounds.y - 4, w: bounds.w + 8, h: bounds.h + 8 })
        if (found.length === MOST) break
      }
      return found
    },
    [editor, marks],
  )

  useQuickReactor(
    'marks follow the camera',
    () => {
      const { x, y, z } = editor.getCamera()
      layer.current?.setAttribute('transform', `scale(${z}) translate(${x} ${y})`)
      layer.current?.style.setProperty('--unzoom', String(1 / z))
    },
    [editor, outlines.length > 0],
  )

  if (outlines.length === 0) return null
  return (
    <svg className="marks" aria-hidden="true">
      <g ref={layer}>
        {outlines.map(({ id, mark, x, y, w, h }) => (
          <g key={id} className={`mark mark--${mark}`} data-mark={mark}>
            <rect x={x} y={y} width={w} height={h} vectorEffect="non-scaling-stroke" />
            <g transform={`translate(${x} ${y})`}>
              <g className="mark__badge">
                <circle r="9" />
                <text textAnchor="middle" dominantBaseline="central">
                  {signs[mark].sign}
                </text>
              </g>
            </g>
          </g>
        ))}
      </g>
    </svg>
  )
}
