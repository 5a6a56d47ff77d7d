// Two people draw on one whiteboard, in real browsers, against a running Drawbridge:
//
//   node two-whiteboards.mjs --base http://127.0.0.1:8080 --out target/browser
//
// One line a step, screenshots into --out, exit code 0 when everything held.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { launchBrowser, Link, option, Whiteboard } from './whiteboards.mjs'

const base = option('base')
const out = option('out')
mkdirSync(out, { recursive: true })

const browser = await launchBrowser()
const link = await Link.to(base)
const everybody = []
let ann, ben, readonlyLink

try {
  await step('Ann opens the server’s front page and is in a new room', async () => {
    ann = await open('Ann', base)
    assert.match(ann.page.url(), /\/r\/[a-z]+-[a-z]+-\d+$/)
  })

  await step('Ann’s share menu has a link to draw and a link to look', async () => {
    const [drawLink, lookLink] = await ann.inShareMenu((menu) =>
      menu.locator('.share__link input').evaluateAll((inputs) => inputs.map((input) => input.value)),
    )
    assert.equal(drawLink, ann.page.url())
    assert.equal(lookLink, `${ann.page.url()}?readonly=true`)
    readonlyLink = lookLink
  })

  await step('Ben opens the link', async () => {
    // Through a connection of his own, which will be cut later.
    ben = await open('Ben', link.base + new URL(ann.page.url()).pathname)
  })

  await step('they give themselves names', async () => {
    await ann.rename('Ann')
    await ben.rename('Ben')
  })

  await step('each sees the other’s cursor, with the name', async () => {
    await ann.page.mouse.move(300, 250)
    await ben.page.mouse.move(700, 450)
    await ben.cursorOf('Ann').waitFor()
    await ann.cursorOf('Ben').waitFor()
  })

  await step('Ann draws by hand, Ben sees it', async () => {
    await ann.scribble('300,250 360,180 420,300 480,180 540,300 600,220')
    await ben.until('Ann’s stroke is complete', hasCompleteStroke)
  })

  await step('Ben types, Ann sees it', async () => {
    await ben.type(620, 420, 'Hello from Ben')
    await ann.text('Hello from Ben').waitFor()
  })

  await step('both whiteboards hold the same document', () => converge(ann, ben))
  await ann.screenshot(join(out, '1-together-ann.png'))
  await ben.screenshot(join(out, '1-together-ben.png'))

  await step('Ann reloads and has everything again, and her name', async () => {
    const before = await ann.document()
    await ann.page.reload()
    await ann.ready()
    assert.deepEqual(await ann.document(), before)
    assert.equal(await ann.inPage(() => window.editor.user.getName()), 'Ann')
  })

  await step('Ben’s connection is cut, and he is told', async () => {
    link.cut()
    await ben.page.locator('.share__dot[data-online=false]').waitFor()
    await ben.page.locator('.tlui-offline-indicator').waitFor()
    await ann.cursorOf('Ben').waitFor({ state: 'detached' })
  })

  await step('both go on drawing, and neither sees the other', async () => {
    await ann.type(300, 560, 'Ann was here')
    await ben.scribble('760,200 860,200 860,300 760,300 760,200')
    // The same shape from both sides: the later push wins property by property, and both must show the same.
    await ann.inPage(change, { type: 'draw', x: 250, opacity: 0.5 })
    await ben.inPage(change, { type: 'draw', y: 320, opacity: 0.8 })
    assert.equal(await ben.text('Ann was here').count(), 0)
    assert.equal(await ann.inPage(countShapes), 3)
    assert.equal(await ben.inPage(countShapes), 3)
  })
  await ben.screenshot(join(out, '2-offline-ben.png'))

  await step('the connection is back, and both converge', async () => {
    link.mend()
    await ben.page.locator('.share__dot[data-online=true]').waitFor()
    await ben.text('Ann was here').waitFor()
    await ann.cursorOf('Ben').waitFor()
    await ann.until('Ben’s stroke is there', countsShapes, 4)
    await converge(ann, ben)
    const strokes = Object.values(await ann.drawing()).filter(({ type }) => type === 'draw')
    assert.ok(
      strokes.some(({ x, y }) => x === 250 && y === 320),
      'both moves of the shared stroke are there',
    )
  })
  await ann.screenshot(join(out, '3-converged-ann.png'))
  await ben.screenshot(join(out, '3-converged-ben.png'))

  await step('Cleo comes later and sees the same', async () => {
    const cleo = await open('Cleo', ann.page.url())
    await converge(ann, ben, cleo)
    await cleo.screenshot(join(out, '4-later-cleo.png'))
  })

  await step('Dan has the link to look: he sees everything and can draw nothing', async () => {
    const dan = await open('Dan', readonlyLink)
    const before = await ann.drawing()
    assert.deepEqual(await dan.drawing(), before)

    await dan.scribble('200,600 300,700 400,600')
    assert.deepEqual(await dan.drawing(), before, 'the read-only editor drew')

    // Past the editor, straight into the store: now the server has to say no, and Dan’s page takes it back.
    await dan.inPage(() => {
      const { store } = window.editor
      const stroke = store.allRecords().find((record) => record.type === 'draw')
      store.put([{ ...stroke, id: 'shape:forged' }])
    })
    await dan.until('the forged shape is taken back', () => !window.editor.store.has('shape:forged'))

    // What Dan did came before this, so whoever sees this has seen all there will ever be of it.
    await ann.type(300, 640, 'Dan only looks')
    await dan.text('Dan only looks').waitFor()
    await ben.text('Dan only looks').waitFor()
    await converge(ann, ben)
    assert.deepEqual(await dan.drawing(), await ann.drawing())
    assert.equal(await ann.inPage(countShapes), 5)
    await dan.screenshot(join(out, '5-readonly-dan.png'))
  })

  // The page's Content-Security-Policy is in force: what it forbids would be logged as an error, see below.
  await step('Ann pastes a picture and takes the drawing with her as another, and Ben sees the one she pasted', async () => {
    await ann.inPage(pasteDot)
    await ben.until('the picture is there', hasPicture)
    await ben.page.locator('.tl-image').first().waitFor()
    for (const format of ['svg', 'png']) assert.ok((await ann.inPage(exportedBytes, format)) > 1000, format)
    await converge(ann, ben)
  })
  await ben.screenshot(join(out, '6-pasted-ben.png'))

  await step('no page asked anything of another server', () => {
    for (const whiteboard of everybody) assert.deepEqual(strays(whiteboard), [], whiteboard.who)
  })

  await step('no page logged an error', () => {
    for (const whiteboard of everybody) {
      // A browser logs each attempt on a cut connection.
      const offline = whiteboard === ben ? /^WebSocket connection to|net::ERR_/ : /^$/
      assert.deepEqual(
        whiteboard.errors.filter((text) => !offline.test(text)),
        [],
        whiteboard.who,
      )
    }
  })
} catch {
  for (const { who, errors, page } of everybody) {
    for (const error of errors) console.log(`${who}’s page logged: ${error}`)
    await page.screenshot({ path: join(out, `failed-${who}.png`) })
  }
  process.exitCode = 1
} finally {
  await browser.close()
  link.close()
}

/** What a page asked of another server; a picture is at the one that it was brought to. */
function strays({ strayRequests }) {
  return strayRequests.filter((url) => !url.startsWith(`${base}/uploads/`))
}

async function step(sentence, action) {
  const start = performance.now()
  try {
    await action()
    console.log(`ok      ${sentence} (${Math.round(performance.now() - start)} ms)`)
  } catch (error) {
    console.log(`FAILED  ${sentence}\n${error.stack}`)
    throw error
  }
}

async function open(who, url) {
  const whiteboard = await Whiteboard.of(browser, who)
  everybody.push(whiteboard)
  await whiteboard.visit(url)
  return whiteboard
}

/** Waits until all hold the same document; fails with the difference when they never do. */
async function converge(first, ...others) {
  for (const other of others) {
    const deadline = performance.now() + 20_000
    for (;;) {
      try {
        assert.deepEqual(await other.document(), await first.document())
        break
      } catch (difference) {
        if (performance.now() > deadline) throw difference
        await setTimeout(50)
      }
    }
  }
}

// These run in the page.

function hasCompleteStroke() {
  return window.editor.getCurrentPageShapes().some(({ type, props }) => type === 'draw' && props.isComplete)
}

function countShapes() {
  return window.editor.getCurrentPageShapes().length
}

function countsShapes(count) {
  return window.editor.getCurrentPageShapes().length === count
}

function change({ type, ...properties }) {
  const shape = window.editor.getCurrentPageShapes().find((shape) => shape.type === type)
  window.editor.updateShape({ id: shape.id, type, ...properties })
}

function pasteDot() {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 40
  canvas.getContext('2d').fillRect(0, 0, 40, 40)
  return new Promise((done) => canvas.toBlob(done)).then((blob) => {
    const files = [new File([blob], 'dot.png', { type: 'image/png' })]
    return window.editor.putExternalContent({ type: 'files', files, point: { x: 900, y: 600 } })
  })
}

function hasPicture() {
  return window.editor.getCurrentPageShapes().some(({ type }) => type === 'image')
}

async function exportedBytes(format) {
  const { blob } = await window.editor.toImage([...window.editor.getCurrentPageShapeIds()], { format })
  return blob.size
}
