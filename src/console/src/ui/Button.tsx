import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  icon?: IconName
  /** While what it has started goes on: it can be found, but not pressed again. */
  busy?: boolean
  children?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({ kind = 'plain', icon, busy = false, className = '', children, onClick, ...others }: ButtonProps) {
  return (
    <button
      type="button"
      {...others}
      className={`button button--${kind} ${className}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** A button that shows a picture only. Its label is its name, and what appears when it is pointed at. */
export function IconButton({ label, ...others }: Omit<ButtonProps, 'children'> & { label: string; icon: IconName }) {
  return <Button kind="quiet" {...others} className={`button--icon ${others.className ?? ''}`} aria-label={label} title={label} />
}
