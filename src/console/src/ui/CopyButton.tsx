import { IconButton } from './Button'
import { useToast } from './Toasts'

/** Copies a text, and says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const toast = useToast()

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      toast(`Copied: ${what}`)
    } catch {
      // Browsers give no clipboard to pages that came by plain http from another machine.
      toast(`This browser does not let pages copy here. ${what}: ${text}`, { tone: 'failed' })
    }
  }

  return <IconButton icon="copy" label={`Copy: ${what}`} onClick={copy} />
}
