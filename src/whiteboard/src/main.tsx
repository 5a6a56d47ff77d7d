import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'tldraw/tldraw.css'
import { nameTheNewcomer } from './names'
import { Notice } from './Notice'
import { enterRoom } from './room'
import { loadSettings } from './settings'
import { Whiteboard } from './Whiteboard'
import './whiteboard.css'

const room = enterRoom()
const settings = await loadSettings()
nameTheNewcomer()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    {room ? (
      <Whiteboard room={room} settings={settings} />
    ) : (
      <Notice title="This is not a room name">
        A room name has 1 to 200 letters, digits, or the characters - _ . ~
      </Notice>
    )}
  </StrictMode>,
)
