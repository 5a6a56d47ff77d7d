import type { ReactNode } from 'react'
import { useValue, type Editor } from 'tldraw'
import { IconButton } from '../../ui'
import { fitAll, showPage } from './inStep'

/** Below a canvas, or below two that go in step: which page, how large, and what else there is to say. */
export function CanvasBar({ editors, children }: { editors: Editor[]; children?: ReactNode }) {
  const pages = useValue('pages', () => allPages(editors), [editors])
  const current = useValue('current page', () => editors[0]?.getCurrentPageId() ?? '', [editors])
  const zoom = useValue('zoom', () => editors[0]?.getZoomLevel() ?? 1, [editors])

  // When one has not the page that is shown, both would be somewhere else: the other one says where they are.
  const shown = useValue(
    'shown page',
    () => editors.map((editor) => editor.getCurrentPageId()).find((id) => !editors.every((editor) => editor.getPage(id))) ?? current,
    [editors, current],
  )

  return (
    <div className="canvas-bar">
      <select
        className="input canvas-bar__page"
        aria-label="Page"
        value={shown}
        onChange={(event) => {
          showPage(editors, event.target.value)
          fitAll(editors)
        }}
      >
        {pages.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <div className="canvas-bar__say">{children}</div>
      <div className="canvas-bar__zoom">
        <IconButton icon="minus" label="Zoom out" onClick={() => editors[0]?.zoomOut()} />
        <span className="numeric small" aria-label="Zoom">
          {Math.round(zoom * 100)} %
        </span>
        <IconButton icon="add" label="Zoom in" onClick={() => editors[0]?.zoomIn()} />
        <IconButton icon="fit" label="Show all" onClick={() => fitAll(editors)} />
      </div>
    </div>
  )
}

function allPages(editors: Editor[]): { id: string; name: string }[] {
  const pages = new Map<string, string>()
  for (const editor of editors) {
    for (const { id, name } of editor.getPages()) if (!pages.has(id)) pages.set(id, name)
  }
  return [...pages].map(([id, name]) => ({ id, name }))
}
