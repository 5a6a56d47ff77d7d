import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { IconButton } from './Button'

interface DialogProps {
  title: string
  onClose: () => void
  /** What is being done may not be left halfway: neither Escape nor the cross close it. */
  busy?: boolean
  wide?: boolean
  children: ReactNode
  /** Buttons, the one that does it last. */
  actions?: ReactNode
  /** With it, the dialog is a form, and Enter sends it. */
  onSubmit?: () => void
}

/** A dialog over everything else. It is there while it is rendered; focus comes in, stays, and goes back where it was. */
export function Dialog({ title, onClose, busy = false, wide = false, children, actions, onSubmit }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useLayoutEffect(() => {
    const element = dialog.current!
    const before = document.activeElement
    element.showModal()
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      element.close()
      // A menu that the dialog was opened from has gone meanwhile, and the browser knows only that.
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  const body = (
    <>
      <div className="dialog__body">{children}</div>
      {actions && <div className="dialog__actions">{actions}</div>}
    </>
  )
  return (
    <dialog
      ref={dialog}
      className={wide ? 'dialog dialog--wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // From a file input within it comes an event of that name as well.
        if (event.target !== dialog.current) return
        event.preventDefault()
        if (!busy) onClose()
      }}
      onClose={() => {
        // Browsers close it themselves when Escape is pressed twice.
        if (dialog.current?.isConnected && !dialog.current.open) onClose()
      }}
    >
      <div className="dialog__head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label="Close" disabled={busy} onClick={onClose} />
      </div>
      {onSubmit ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!busy) onSubmit()
          }}
        >
          {body}
        </form>
      ) : (
        body
      )}
    </dialog>
  )
}
