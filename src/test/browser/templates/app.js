// One app that talks to its backend in each of the ways that tldraw's templates do: ?way=…&host=…&room=…

import { useSync, useSyncDemo } from '@tldraw/sync'
import { createElement, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import { AssetRecordType, getHashForString, Tldraw, uniqueId } from 'tldraw'
import 'tldraw/tldraw.css'

const query = new URLSearchParams(location.search)
const [way, host, room] = ['way', 'host', 'room'].map((name) => query.get(name))

/** What differs from template to template. */
const routes = {
  'simple-server': {
    room: `${host}/connect/${room}`,
    upload: (id) => [`${host}/uploads/${encodeURIComponent(id)}`, 'PUT'],
    preview: (url) => [`${host}/unfurl?url=${encodeURIComponent(url)}`, 'GET'],
  },
  cloudflare: {
    room: `${host}/api/connect/${room}`,
    upload: (id) => [`${host}/api/uploads/${encodeURIComponent(id)}`, 'POST'],
    preview: (url) => [`${host}/api/unfurl?url=${encodeURIComponent(url)}`, 'GET'],
  },
}

function assetsOver({ upload }) {
  return {
    async upload(_asset, file) {
      const [url, method] = upload(`${uniqueId()}-${file.name}`)
      const answer = await fetch(url, { method, body: file })
      if (!answer.ok) throw new Error(`the upload was answered with ${answer.status}`)
      return { src: url }
    },
    resolve: (asset) => asset.props.src,
  }
}

function previewsOver({ preview }, editor) {
  editor.registerExternalAssetHandler('url', async ({ url }) => {
    const [address, method] = preview(url)
    const answer = await fetch(address, { method })
    const { title, description, image, favicon } = await answer.json()
    return {
      id: AssetRecordType.createId(getHashForString(url)),
      typeName: 'asset',
      type: 'bookmark',
      meta: {},
      props: { src: url, title, description, image, favicon },
    }
  })
}

function Template() {
  const template = routes[way]
  const assets = useMemo(() => assetsOver(template), [template])
  const store = useSync({ uri: template.room, assets })
  return createElement(Tldraw, {
    store,
    onMount: (editor) => {
      previewsOver(template, editor)
      Object.assign(window, { editor })
    },
  })
}

/** The hook does it all by itself; images of a host without a path it would have tldraw's own service make smaller. */
function Demo() {
  const store = useSyncDemo({ roomId: room, host: `${host}/api` })
  return createElement(Tldraw, { store, onMount: (editor) => void Object.assign(window, { editor }) })
}

createRoot(document.getElementById('root')).render(createElement(way === 'demo' ? Demo : Template))
