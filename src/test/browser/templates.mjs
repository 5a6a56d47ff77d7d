// Apps as tldraw's templates make them, on a running Drawbridge, in a real browser:
//
//   node templates.mjs --base http://127.0.0.1:8080 --linked-port 9000 --out target/screenshots
//
// Each pastes and drops images and a video, exports a picture, and pastes a link; each looks again after a reload and in a
// second browser. The server has to let its link previews reach the loopback address at the port that is named. One line a step, exit code 0
// when everything held.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview } from 'vite'
import { launchBrowser, option, Whiteboard } from './whiteboards.mjs'

const base = option('base')
const out = option('out')
mkdirSync(out, { recursive: true })

const built = mkdtempSync(join(tmpdir(), 'templates-'))
const pages = await servePages()
const linked = await serveLinked()
const browser = await launchBrowser()
let failed = false
try {
  for (const way of ['simple-server', 'cloudflare', 'demo']) await tryOut(way, pages.base)
  await tryOut('whiteboard', null)
} catch (error) {
  console.error(error)
  failed = true
} finally {
  await browser.close()
  pages.close()
  linked.close()
  rmSync(built, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

/** The app, from an origin of its own, as it would be. */
async function servePages() {
  const root = join(import.meta.dirname, 'templates')
  await build({ root, logLevel: 'error', base: './', build: { outDir: built, emptyOutDir: true, chunkSizeWarningLimit: 5000 } })
  const server = await preview({
    root,
    logLevel: 'warn',
    build: { outDir: built },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  })
  return { base: `http://127.0.0.1:${server.httpServer.address().port}`, close: () => server.close() }
}

/** Somebody's page, to be linked to. */
async function serveLinked() {
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const server = createServer((request, response) => {
    if (request.url.endsWith('.png') || request.url.endsWith('.ico')) {
      response.setHeader('Content-Type', 'image/png')
      response.end(Buffer.from(dot, 'base64'))
      return
    }
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(
      `<title>not this one</title><meta property="og:title" content="A café on a hill">
       <meta property="og:description" content="Open from nine"><meta property="og:image" content="/hill.png">`,
    )
  })
  await new Promise((done) => server.listen(Number(option('linked-port')), '127.0.0.1', done))
  return { url: `http://127.0.0.1:${server.address().port}/café?table=1`, close: () => server.close() }
}

async function tryOut(way, from) {
  const room = `templates-${way}-${Date.now()}`
  const url = from
    ? `${from}/?way=${way}&host=${encodeURIComponent(base)}&room=${room}`
    : `${base}/r/${room}`
  const step = (what, action) => stepOf(way, what, action)
  const ann = await open('Ann', url)
  const hashes = await step('files of each kind are made', () => ann.inPage(makeFiles))

  await step('a png is pasted', () => ann.inPage(paste, 'a bä%;(1).png'))
  await step('an svg and a gif are dropped', () => ann.inPage(drop, ['drawing.svg', 'two frames.gif']))
  await step('a video of 9 MB is dropped', () => ann.inPage(drop, ['clip.webm']))
  await ann.until('four assets are uploaded', () => {
    const assets = window.editor.getAssets()
    return assets.length === 4 && assets.every((asset) => asset.props.src?.startsWith('http'))
  })
  await step('what the server has is what was uploaded', async () => {
    const served = await ann.inPage(hashesOfAssets)
    for (const [name, { hash, type }] of Object.entries(served)) {
      if (name !== 'drawing.svg') assert.equal(hash, hashes[name], name) // clients clean an SVG before they upload it
      assert.match(type, name.endsWith('webm') ? /^video\/webm/ : /^image\//, name)
    }
    assert.equal(Object.keys(served).length, 4)
  })
  await step('all images are shown', () => ann.until('all are loaded', allShown))
  await step('a picture is exported, with the image in it', async () => {
    const colour = await ann.inPage(exportedColour)
    assert.deepEqual(colour.map((value) => Math.round(value / 255)), [1, 0, 0], `the exported colour is ${colour}`)
  })
  await step('a link is pasted, and has a preview', async () => {
    await ann.inPage(pasteLink, linked.url)
    await ann.until('the preview is there', () =>
      window.editor.getAssets().some(({ type, props }) => type === 'bookmark' && props.title === 'A café on a hill'),
    )
    const bookmark = await ann.inPage(() => window.editor.getAssets().find(({ type }) => type === 'bookmark').props)
    assert.equal(bookmark.description, 'Open from nine')
    assert.equal(bookmark.image, new URL('/hill.png', linked.url).href)
  })
  await step('a second browser sees it', async () => {
    const ben = await open('Ben', url)
    await ben.until('all are loaded', allShown)
    await ben.until('the bookmark is there', () =>
      window.editor.getCurrentPageShapes().some(({ type, props }) => type === 'bookmark' && props.assetId),
    )
    await ben.inPage(() => void window.editor.zoomToFit())
    await ben.page.waitForTimeout(500) // the camera's animation, for the picture's sake alone
    await ben.screenshot(join(out, `template-${way}.png`))
    await ben.page.context().close()
  })
  if (way === 'whiteboard') {
    await step('why an upload has failed is said', async () => {
      await ann.inPage(drop, ['picture and page.png'])
      await ann.page.getByText('Not uploaded', { exact: true }).waitFor()
      await ann.page.getByText(/picture and page\.png: \S+/).first().waitFor()
      await ann.screenshot(join(out, 'upload-failed.png'))
    })
  }
  await step('it is there after a reload', async () => {
    await ann.page.reload()
    await ann.ready()
    await ann.until('all are loaded', allShown)
  })
  await ann.page.context().close()
}

async function open(who, url) {
  const whiteboard = await Whiteboard.of(browser, who)
  await whiteboard.visit(url)
  return whiteboard
}

async function stepOf(way, what, action) {
  try {
    const result = await action()
    console.log(`ok   ${way}: ${what}`)
    return result
  } catch (error) {
    console.log(`FAIL ${way}: ${what}`)
    throw error
  }
}

// ---- what runs in the page

/** Real files, kept in the page by name; the answer is their hashes. */
async function makeFiles() {
  const canvas = document.createElement('canvas')
  canvas.width = 1200
  canvas.height = 900
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#ff0000'
  pen.fillRect(0, 0, 1200, 900)
  const png = await new Promise((done) => canvas.toBlob(done, 'image/png'))

  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><script>window.hacked = true</script>
    <rect width="300" height="200" fill="#00aa00" onload="window.hacked = true"/></svg>`

  // Two frames of one pixel each, black and white.
  const hex =
    '474946383961010001008000000000' +
    '00ffffff21ff0b4e45545343415045322e300301000000' +
    '21f904000a000000' + '2c000000000100010000' + '02024401' + '00' +
    '21f904000a000000' + '2c000000000100010000' + '02024c01' + '00' + '3b'
  const gif = new Uint8Array(hex.match(/../g).map((byte) => parseInt(byte, 16)))

  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' })
  const pieces = []
  recorder.ondataavailable = ({ data }) => pieces.push(data)
  const ended = new Promise((done) => (recorder.onstop = done))
  recorder.start()
  for (let i = 0; i < 20; i++) {
    pen.fillStyle = i % 2 ? '#0000ff' : '#ffff00'
    pen.fillRect(0, 0, 1200, 900)
    await new Promise(requestAnimationFrame)
    await new Promise((done) => setTimeout(done, 40))
  }
  recorder.stop()
  await ended
  // An element that readers skip makes it as large as it is to be (EBML: Void, with a size of eight bytes).
  const padding = new Uint8Array(9_000_000)
  for (let i = 9; i < padding.length; i++) padding[i] = (i * 2654435761) >>> 24
  padding[0] = 0xec
  new DataView(padding.buffer).setBigUint64(1, BigInt(padding.length - 9) | (1n << 56n))
  pieces.push(padding)

  window.files = Object.fromEntries(
    [
      new File([png], 'a bä%;(1).png', { type: 'image/png' }),
      new File([svg], 'drawing.svg', { type: 'image/svg+xml' }),
      new File([gif], 'two frames.gif', { type: 'image/gif' }),
      new File(pieces, 'clip.webm', { type: 'video/webm' }),
      new File([png, '<script>alert(1)</script>'], 'picture and page.png', { type: 'image/png' }),
    ].map((file) => [file.name, file]),
  )
  window.hashOf = async (blob) =>
    [...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
  const hashes = {}
  for (const file of Object.values(window.files)) hashes[file.name] = await window.hashOf(file)
  return hashes
}

function paste(name) {
  window.editor.focus()
  const data = new DataTransfer()
  data.items.add(window.files[name])
  document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}

function drop(names) {
  const data = new DataTransfer()
  for (const name of names) data.items.add(window.files[name])
  const canvas = document.querySelector('.tl-canvas')
  const at = { clientX: 500, clientY: 400, bubbles: true, cancelable: true, dataTransfer: data }
  canvas.dispatchEvent(new DragEvent('dragover', at))
  canvas.dispatchEvent(new DragEvent('drop', at))
}

async function pasteLink(url) {
  await window.editor.putExternalContent({ type: 'url', url, point: { x: 900, y: 900 } })
}

async function hashesOfAssets() {
  const served = {}
  for (const asset of window.editor.getAssets()) {
    const answer = await fetch(asset.props.src)
    if (!answer.ok) throw new Error(`${asset.props.src}: ${answer.status}`)
    const blob = await answer.blob()
    served[asset.props.name] = { hash: await window.hashOf(blob), type: answer.headers.get('Content-Type') }
  }
  return served
}

function allShown() {
  window.editor.zoomToFit()
  const images = [...document.querySelectorAll('.tl-shape img')].filter((image) => image.src)
  return (
    !window.hacked &&
    images.length >= 3 &&
    images.every((image) => image.complete && image.naturalWidth > 0 && !image.src.startsWith('blob:')) &&
    [...document.querySelectorAll('.tl-shape video')].some((video) => video.readyState >= 1)
  )
}

/** The colour in the middle of the pasted image, in an exported picture of it. */
async function exportedColour() {
  const { editor } = window
  const shape = editor
    .getCurrentPageShapes()
    .find(({ type, props }) => type === 'image' && editor.getAsset(props.assetId).props.mimeType === 'image/png')
  const { blob } = await editor.toImage([shape.id], { format: 'png', background: false })
  const bitmap = await createImageBitmap(blob)
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  const pen = canvas.getContext('2d')
  pen.drawImage(bitmap, 0, 0)
  return [...pen.getImageData(bitmap.width / 2, bitmap.height / 2, 1, 1).data].slice(0, 3)
}
