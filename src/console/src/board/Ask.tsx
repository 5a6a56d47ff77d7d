import { useState, type ReactNode } from 'react'
import { Banner, Button, Dialog, TextField } from '../ui'
import { useSubmission } from './doing'

/** Asks for one line of text, and does something with it. */
export function Ask({
  title,
  label,
  hint,
  action,
  initial = '',
  maxLength = 200,
  check,
  children,
  onAnswer,
  onClose,
}: {
  title: string
  label: string
  hint?: string
  action: string
  initial?: string
  maxLength?: number
  /** What is wrong with a text; `null` when nothing is. */
  check?: (text: string) => string | null
  children?: ReactNode
  onAnswer: (text: string) => Promise<unknown>
  onClose: () => void
}) {
  const [text, setText] = useState(initial)
  const [error, setError] = useState<string | null>(null)
  const { isBusy, problem, submit } = useSubmission()

  return (
    <Dialog
      title={title}
      onClose={onClose}
      busy={isBusy}
      onSubmit={() => {
        const wrong = check?.(text.trim()) ?? null
        setError(wrong)
        if (wrong !== null) return
        void submit(async () => {
          await onAnswer(text.trim())
          onClose()
        })
      }}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" busy={isBusy}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      <TextField
        label={label}
        hint={hint}
        error={error}
        value={text}
        maxLength={maxLength}
        onChange={setText}
        first
      />
      {problem && <Banner tone="failed">{problem.sentence}</Banner>}
    </Dialog>
  )
}
