// tldraw as it was in 4.5.12, with nothing added: ?uri=…

import { useSync } from '@tldraw/sync'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { inlineBase64AssetStore, Tldraw } from 'tldraw'
import 'tldraw/tldraw.css'

const uri = new URLSearchParams(location.search).get('uri')

function App() {
  const store = useSync({ uri, assets: inlineBase64AssetStore })
  return createElement(Tldraw, { store, onMount: (editor) => void Object.assign(window, { editor }) })
}

createRoot(document.getElementById('root')).render(createElement(App))
