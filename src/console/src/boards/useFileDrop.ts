import { useEffect, useRef, useState } from 'react'

/** Files that are dropped anywhere onto the page. Whether some are above it is what it returns. */
export function useFileDrop(onDrop: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useRef(onDrop)
  take.current = onDrop

  useEffect(() => {
    // Entering a child comes before leaving its parent.
    let depth = 0
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    // A modal dialog is above the page, and what it has asked for comes first.
    const isCovered = () => document.querySelector('dialog:modal') !== null

    function enter(event: DragEvent) {
      if (!hasFiles(event) || isCovered()) return
      event.preventDefault()
      depth++
      setOver(true)
    }
    function over(event: DragEvent) {
      if (!hasFiles(event)) return
      // Else the browser would open the file, and the console would be gone.
      event.preventDefault()
      event.dataTransfer!.dropEffect = isCovered() ? 'none' : 'copy'
    }
    function leave(event: DragEvent) {
      if (!hasFiles(event) || depth === 0) return
      depth--
      if (depth === 0) setOver(false)
    }
    function drop(event: DragEvent) {
      if (!hasFiles(event)) return
      event.preventDefault()
      depth = 0
      setOver(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length > 0 && !isCovered()) take.current(files)
    }

    addEventListener('dragenter', enter)
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragenter', enter)
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [])
  return isOver
}
