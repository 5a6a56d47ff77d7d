import { createContext, useContext } from 'react'

/** What the page has to know of the server, whoever is looking. */
export interface ConsoleSettings {
  /** The tldraw license key, needed wherever the page is served by https on a real host name. */
  licenseKey?: string
  /** Whether the server keeps versions of rooms. */
  history: boolean
  /** Whether the server keeps images and videos. */
  assets: boolean
  /** Whether the server can make links with tokens, or needs none. */
  links: boolean
  access: 'open' | 'jwt' | 'webhook' | 'custom'
}

/** It comes from the server at run time, so one build serves every installation. */
export async function loadSettings(): Promise<ConsoleSettings> {
  const said: Partial<ConsoleSettings> = await fetch('/console.json', { credentials: 'omit' })
    .then((response) => (response.ok ? response.json() : {}))
    .catch(() => ({}))
  return {
    licenseKey: said.licenseKey ?? undefined,
    history: said.history ?? false,
    assets: said.assets ?? false,
    links: said.links ?? false,
    access: said.access ?? 'custom',
  }
}

export const SettingsContext = createContext<ConsoleSettings | null>(null)

export function useSettings(): ConsoleSettings {
  const settings = useContext(SettingsContext)
  if (!settings) throw new Error('The settings are not loaded')
  return settings
}
