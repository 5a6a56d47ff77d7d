// First, so that the styles of pages come after them.
import './ui/tokens.css'
import './ui/ui.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App'
import { clearPictures } from './boards/pictures'
import { isSignedIn } from './session'
import { loadSettings, SettingsContext } from './settings'
import { applyTheme } from './ui/theme'

applyTheme()
// Tabs are closed more often than people sign out: what is kept of the boards must not wait for the next operator.
if (!isSignedIn()) void clearPictures()
const settings = await loadSettings()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SettingsContext value={settings}>
      <App />
    </SettingsContext>
  </StrictMode>,
)
