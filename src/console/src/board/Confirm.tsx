import { useState, type ReactNode } from 'react'
import { Banner, Button, Dialog, TextField, type IconName } from '../ui'
import { useSubmission } from './doing'

/** Asks before something is done, does it, and stays with what has gone wrong. */
export function Confirm({
  title,
  action,
  icon,
  isDanger = false,
  typed,
  isReady = true,
  children,
  onConfirm,
  onClose,
}: {
  title: string
  /** What the button says. */
  action: string
  icon?: IconName
  /** Whether it cannot be undone. */
  isDanger?: boolean
  /** What has to be typed first. */
  typed?: string
  /** Whether all that is asked for has been given. */
  isReady?: boolean
  children?: ReactNode
  /** Closes the dialog when it is done. */
  onConfirm: () => Promise<unknown>
  onClose: () => void
}) {
  const { isBusy, problem, submit } = useSubmission()
  const [text, setText] = useState('')
  const mayDo = isReady && (typed === undefined || text === typed)

  return (
    <Dialog
      title={title}
      onClose={onClose}
      busy={isBusy}
      onSubmit={() => {
        if (mayDo) {
          void submit(async () => {
            await onConfirm()
            onClose()
          })
        }
      }}
      actions={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" kind={isDanger ? 'danger' : 'primary'} icon={icon} busy={isBusy} disabled={!mayDo}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {typed !== undefined && (
        <TextField label={`Type ${typed} to confirm`} value={text} onChange={setText} first />
      )}
      {problem && <Banner tone="failed">{problem.sentence}</Banner>}
    </Dialog>
  )
}
