// An application with shapes, a binding and a record type of its own: ?uri=…

import { useSync } from '@tldraw/sync'
import { createElement, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import { defaultBindingUtils, defaultShapeUtils, inlineBase64AssetStore, Tldraw } from 'tldraw'
import 'tldraw/tldraw.css'
import { records } from './schema.js'
import { bindingUtils, shapeUtils } from './utils.js'

const uri = new URLSearchParams(location.search).get('uri')

function App() {
  const store = useSync({
    uri,
    assets: inlineBase64AssetStore,
    shapeUtils: useMemo(() => [...defaultShapeUtils, ...shapeUtils], []),
    bindingUtils: useMemo(() => [...defaultBindingUtils, ...bindingUtils], []),
    records,
  })
  const shown = useMemo(() => ({ shapeUtils, bindingUtils }), [])
  if (store.status === 'error') Object.assign(window, { failure: store.error.reason ?? String(store.error) })
  return createElement(Tldraw, { ...shown, store, onMount: (editor) => void Object.assign(window, { editor }) })
}

createRoot(document.getElementById('root')).render(createElement(App))
