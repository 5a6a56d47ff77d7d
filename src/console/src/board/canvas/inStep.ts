import { Box, react, unsafe__withoutCapture, type Editor, type TLPageId } from 'tldraw'

/** Has two editors show the same part of the same page. Ends with what ends it. */
export function keepInStep(one: Editor, other: Editor): () => void {
  const ends = [follow(one, other), follow(other, one)]
  return () => ends.forEach((end) => end())
}

function follow(leader: Editor, follower: Editor): () => void {
  return react('keep in step', () => {
    const { x, y, z } = leader.getCamera()
    const page = leader.getCurrentPageId()
    unsafe__withoutCapture(() => {
      if (follower.getCurrentPageId() !== page) return
      const camera = follower.getCamera()
      if (camera.x === x && camera.y === y && camera.z === z) return
      follower.setCamera({ x, y, z }, { immediate: true })
    })
  })
}

/** Shows a page in all editors that have it. */
export function showPage(editors: Editor[], page: string): void {
  for (const editor of editors) {
    if (editor.getPage(page as TLPageId)) editor.setCurrentPage(page as TLPageId)
  }
}

/** Shows all that the editors have on their pages, in all of them alike. */
export function fitAll(editors: Editor[]): void {
  const bounds = editors.map((editor) => editor.getCurrentPageBounds()).filter((box) => box !== undefined)
  if (bounds.length === 0) return
  for (const editor of editors) {
    editor.zoomToBounds(Box.Common(bounds), { targetZoom: 1, inset: 64, immediate: true })
  }
}
