import { react, type Editor, type TLPageId } from 'tldraw'

/** What of a board is looked at. */
export interface View {
  page: TLPageId
  x: number
  y: number
  z: number
}

/** Has an editor show what the one before it on the same board has shown, and remembers what it shows from then on. */
export function keepView(editor: Editor, view: { current: View | null }): void {
  const before = view.current
  if (before && editor.getPage(before.page)) {
    const { page, x, y, z } = before
    editor.setCurrentPage(page)
    editor.setCamera({ x, y, z }, { immediate: true })
  }
  editor.disposables.add(
    react('remember the view', () => {
      const { x, y, z } = editor.getCamera()
      view.current = { page: editor.getCurrentPageId(), x, y, z }
    }),
  )
}
