import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const KEY = 'drawbridge.console.theme'
const listeners = new Set<() => void>()
const prefersDark = matchMedia('(prefers-color-scheme: dark)')
let chosen: Theme = remembered()

function remembered(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

/** Before anything is drawn, so that nothing flashes. */
export function applyTheme(): void {
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
}

export function chooseTheme(theme: Theme): void {
  chosen = theme
  try {
    if (theme === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // It holds until the page is reloaded.
  }
  applyTheme()
  for (const tell of listeners) tell()
}

/** What the operator has chosen. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => chosen)
}

/** What is shown: for what has colours of its own, as tldraw. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => chosen === 'dark' || (chosen === 'system' && prefersDark.matches))
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  prefersDark.addEventListener('change', tell)
  return () => {
    listeners.delete(tell)
    prefersDark.removeEventListener('change', tell)
  }
}
