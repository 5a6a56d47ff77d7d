import { useEffect } from 'react'
import { useToasts } from 'tldraw'

/** Says why something could not be uploaded. It stands within the editor's UI, the asset store does not. */
export class Failures {
  private tell: ((why: string) => void) | null = null

  report = (why: string) => this.tell?.(why)

  listen(tell: (why: string) => void): () => void {
    this.tell = tell
    return () => {
      this.tell = null
    }
  }
}

export function UploadFailures({ failures }: { failures: Failures }) {
  const { addToast } = useToasts()
  useEffect(
    () => failures.listen((why) => addToast({ title: 'Not uploaded', description: why, severity: 'error' })),
    [failures, addToast],
  )
  return null
}
