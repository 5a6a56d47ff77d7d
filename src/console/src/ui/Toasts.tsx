import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import { IconButton } from './Button'
import { Icon } from './Icon'

interface Toast {
  id: number
  text: string
  tone: 'done' | 'failed'
  action?: { label: string; onSelect: () => void }
}

type Tell = (text: string, more?: { tone?: Toast['tone']; action?: Toast['action'] }) => void

const ToastContext = createContext<Tell>(() => {})

/** Tells the operator what has come of something, wherever they look: `toast('Board deleted')`. */
export function useToast(): Tell {
  return useContext(ToastContext)
}

const SHOWN_MS = 6_000

/** Shows toasts, in a region that is read out. What has gone wrong stays until it is put away. */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([])
  const next = useRef(0)

  const tell = useCallback<Tell>((text, { tone = 'done', action } = {}) => {
    const toast = { id: next.current++, text, tone, action }
    // Of many, the last ones: the region must not cover the page.
    setToasts((others) => [...others, toast].slice(-3))
  }, [])
  const putAway = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])

  return (
    <ToastContext value={tell}>
      {children}
      <div className="toasts" role="status" aria-live="polite" aria-label="Messages">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} putAway={putAway} />
        ))}
      </div>
    </ToastContext>
  )
}

function ToastView({ toast, putAway }: { toast: Toast; putAway: (id: number) => void }) {
  const [isHeld, setHeld] = useState(false)
  const { id, text, tone, action } = toast

  useEffect(() => {
    if (tone === 'failed' || isHeld) return
    const timer = setTimeout(() => putAway(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, tone, isHeld, putAway])

  return (
    <div
      className={`toast toast--${tone}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={tone === 'failed' ? 'failed' : 'check'} />
      <span className="toast__text">{text}</span>
      {action && (
        <button
          type="button"
          className="button button--quiet"
          onClick={() => {
            action.onSelect()
            putAway(id)
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton icon="close" label="Put this message away" onClick={() => putAway(id)} />
    </div>
  )
}
