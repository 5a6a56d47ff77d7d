import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button, IconButton, type ButtonProps } from './Button'
import { Icon, type IconName } from './Icon'

export interface MenuItem {
  label: string
  icon?: IconName
  danger?: boolean
  /** Begins a group of its own. */
  separated?: boolean
  disabled?: boolean
  /** Of items of which one holds: whether it is this one. */
  isChosen?: boolean
  onSelect: () => void
}

interface MenuProps {
  /** The name of the button, and of the menu. */
  label: string
  items: MenuItem[]
  icon?: IconName
  /** What the button shows beside its icon; without, the label is its name only. */
  children?: ReactNode
  kind?: ButtonProps['kind']
}

/** A button with a menu: arrow keys, Home, End and first letters go through it, Escape closes it. */
export function Menu({ label, items, icon = 'more', children, kind = 'quiet' }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  /** Pressing the button closes an open menu before the click comes, which must not open it again. */
  const wasOpen = useRef(false)

  function open(at: 'first' | 'last' = 'first') {
    const element = menu.current!
    element.showPopover()
    place(element, button.current!)
    const all = choices()
    all[at === 'first' ? 0 : all.length - 1]?.focus()
  }

  function close() {
    menu.current?.hidePopover()
    button.current?.focus()
  }

  function choices(): HTMLButtonElement[] {
    return [...menu.current!.querySelectorAll<HTMLButtonElement>('.menu__item:not(:disabled)')]
  }

  function move(event: KeyboardEvent) {
    const all = choices()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to = (index: number) => all[(index + all.length) % all.length]?.focus()
    if (event.key === 'ArrowDown') to(at + 1)
    else if (event.key === 'ArrowUp') to(at - 1)
    else if (event.key === 'Home') to(0)
    else if (event.key === 'End') to(all.length - 1)
    else if (event.key === 'Tab' || event.key === 'Escape') close()
    else if (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey && event.key !== ' ') {
      const later = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      later.find((each) => each.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus()
    } else return
    if (event.key !== 'Tab') event.preventDefault()
    event.stopPropagation()
  }

  const shared = {
    ref: button,
    icon,
    kind,
    'aria-haspopup': 'menu' as const,
    'aria-expanded': isOpen,
    'aria-controls': id,
    onPointerDown: () => {
      wasOpen.current = menu.current!.matches(':popover-open')
    },
    onClick: () => {
      if (!wasOpen.current) open()
      wasOpen.current = false
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      open(event.key === 'ArrowDown' ? 'first' : 'last')
    },
  }
  return (
    <>
      {children === undefined ? <IconButton {...shared} label={label} /> : <Button {...shared}>{children}</Button>}
      <div
        ref={menu}
        id={id}
        className="menu"
        role="menu"
        aria-label={label}
        popover="auto"
        onToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={move}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role={item.isChosen === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.isChosen}
            tabIndex={-1}
            disabled={item.disabled}
            className={`menu__item ${item.danger ? 'menu__item--danger' : ''} ${item.separated ? 'menu__item--separated' : ''}`}
            onClick={() => {
              // Focus first: a dialog that opens now gives it back to the button.
              close()
              item.onSelect()
            }}
          >
            {item.icon && <Icon name={item.icon} />}
            {item.label}
            {item.isChosen && <Icon name="check" />}
          </button>
        ))}
      </div>
    </>
  )
}

/** Below the button, at its right edge, or wherever there is room. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const margin = 8
  const from = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = from.bottom + 4
  const top = below + height + margin > innerHeight ? Math.max(margin, from.top - 4 - height) : below
  const left = Math.min(Math.max(margin, from.right - width), innerWidth - width - margin)
  menu.style.top = `${top}px`
  menu.style.left = `${left}px`
}
