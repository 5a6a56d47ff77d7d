import type { KeyboardEvent, ReactNode } from 'react'
import { useState } from 'react'
import {
  Tldraw,
  useTldrawCurrentUser,
  type Editor,
  type TLComponents,
  type TLStore,
  type TLStoreWithStatus,
  type TLUserPreferences,
} from 'tldraw'
import 'tldraw/tldraw.css'
import { assetUrls } from '../../drawing/assetUrls'
import { fitAll } from './inStep'
import { MarksLayer } from './marks'
import { quietShapes } from './quietShapes'

const components: TLComponents = { InFrontOfTheCanvas: MarksLayer, LoadingScreen: () => null }

// Whoever operates the server is nobody of those who draw: tldraw's own preferences in this browser stay as they are.
const operator: TLUserPreferences = { id: 'operator', name: 'Operator' }
const keepPreferences = () => {}

/** A page of a board, to be looked at: the canvas, without any tool. Drag, wheel, pinch, or the keyboard move it. */
export function ReadonlyCanvas({
  store,
  label,
  licenseKey,
  isDark,
  onEditor,
  children,
}: {
  store: TLStore | TLStoreWithStatus
  label: string
  licenseKey?: string
  isDark: boolean
  onEditor: (editor: Editor) => void
  children?: ReactNode
}) {
  const [editor, setEditor] = useState<Editor | null>(null)
  const user = useTldrawCurrentUser({ userPreferences: operator, setUserPreferences: keepPreferences })

  return (
    <div
      className="canvas"
      role="group"
      aria-label={`${label}. Arrow keys move it, plus and minus zoom, 0 shows all.`}
      tabIndex={0}
      onKeyDown={(event) => editor && event.target === event.currentTarget && steer(editor, event)}
    >
      <Tldraw
        store={store}
        hideUi
        autoFocus={false}
        initialState="hand"
        user={user}
        colorScheme={isDark ? 'dark' : 'light'}
        licenseKey={licenseKey}
        assetUrls={assetUrls}
        shapeUtils={quietShapes}
        components={components}
        onMount={(editor) => {
          editor.updateInstanceState({ isReadonly: true })
          fitAll([editor])
          setEditor(editor)
          onEditor(editor)
        }}
      />
      {children}
    </div>
  )
}

const STEP = 80

function steer(editor: Editor, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const { x, y, z } = editor.getCamera()
  const moveTo = (dx: number, dy: number) => editor.setCamera({ x: x + dx / z, y: y + dy / z, z })
  const keys: Record<string, () => void> = {
    ArrowLeft: () => moveTo(STEP, 0),
    ArrowRight: () => moveTo(-STEP, 0),
    ArrowUp: () => moveTo(0, STEP),
    ArrowDown: () => moveTo(0, -STEP),
    '+': () => editor.zoomIn(),
    '=': () => editor.zoomIn(),
    '-': () => editor.zoomOut(),
    '0': () => fitAll([editor]),
  }
  const act = keys[event.key]
  if (!act) return
  event.preventDefault()
  act()
}
