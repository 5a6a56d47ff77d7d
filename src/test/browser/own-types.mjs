// An app with types of its own, beside clients that do not know them, on a running Drawbridge:
//
//   node own-types.mjs --base http://127.0.0.1:8080 --mode described --token ADMIN --log server.log --out target/screenshots
//
// `described`: the server has own-types/schema.json; `permissive`: it takes unknown types unseen; `refusing`: neither. Two
// browsers with the app, the plain whiteboard of 5.4.2, tldraw 4.5.12 in a browser and a store of it share a room, and what each
// has is compared record by record with what the server has. One line a step, exit code 0 when everything held.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { build, preview } from 'vite'
import { RoomClient } from '../clients/room-client.mjs'
import { roomUrl } from '../clients/room-url.mjs'
import { asSeenBy } from '../clients/versions.mjs'
import { launchBrowser, option, Whiteboard } from './whiteboards.mjs'

const LIMIT = 20_000
const [base, mode, token, log, out] = ['base', 'mode', 'token', 'log', 'out'].map(option)
mkdirSync(out, { recursive: true })
const REASON = {
  unknownType: /shape:\w+"?: .*type: "card" is unknown to this server: docs\/types\.md/,
  badCard: /shape:bad"?: .*props\.tone: .*furious/,
}
const say = (line) => process.stdout.write(`${line}\n`)

const built = mkdtempSync(join(tmpdir(), 'own-types-'))
const app = await servePages('own-types')
const release = await servePages('release-4.5')
const browser = await launchBrowser()
const room = `own-types-${mode}-${Date.now()}`
let failed = false
try {
  await (mode === 'refusing' ? beRefused() : drawTogether())
} catch (error) {
  say(error.stack)
  failed = true
} finally {
  await browser.close()
  app.close()
  release.close()
  rmSync(built, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function servePages(folder) {
  const root = join(import.meta.dirname, folder)
  const outDir = join(built, folder)
  await build({ root, logLevel: 'error', base: './', build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 5000 } })
  const server = await preview({
    root,
    logLevel: 'warn',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  })
  return { base: `http://127.0.0.1:${server.httpServer.address().port}`, close: () => server.close() }
}

async function open(who, url, prepare = () => {}) {
  const whiteboard = await Whiteboard.of(browser, who)
  await prepare(whiteboard.page)
  await whiteboard.visit(url)
  return whiteboard
}

function urlOf(pages) {
  return `${pages.base}/?uri=${encodeURIComponent(`${base.replace('http', 'ws')}/connect/${room}`)}`
}

async function step(what, action) {
  try {
    const result = await action()
    say(`ok   ${mode}: ${what}`)
    return result
  } catch (error) {
    say(`FAIL ${mode}: ${what}`)
    throw error
  }
}

/** What the server has of the room: record id → record. */
async function stored() {
  const answer = await fetch(`${base}/admin/v1/rooms/${room}/snapshot`, { headers: { authorization: `Bearer ${token}` } })
  assert.ok(answer.ok, `the snapshot: ${answer.status}`)
  const { documents } = await answer.json()
  return Object.fromEntries(documents.map(({ state }) => [state.id, state]))
}

async function drawTogether() {
  const ann = await open('Ann', urlOf(app))
  const ben = await open('Ben', urlOf(app))
  const plain = await open('Pia', `${base}/r/${room}`)
  const otto = await open('Otto', urlOf(release))
  const old = new RoomClient({ name: 'old', version: '4.5.12', url: roomUrl(base.replace('http', 'ws'), room, 'old', '') })

  /** Everybody has what the server has, as far as they know it. */
  async function allAgree() {
    const end = performance.now() + LIMIT
    for (;;) {
      const documents = await stored()
      const expected = [
        ['Ann', await ann.document(), documents],
        ['Ben', await ben.document(), documents],
        ['the plain whiteboard', await plain.document(), asSeenBy('5.4.2', documents)],
        ['the whiteboard of 4.5', await otto.document(), asSeenBy('4.5.12', documents)],
        ['the client of 4.5', old.documents, asSeenBy('4.5.12', documents)],
      ]
      const differing = expected.filter(([, has, wanted]) => !isDeepStrictEqual(plainJson(has), plainJson(wanted)))
      if (differing.length === 0 && old.unfinished.length === 0) return documents
      if (performance.now() > end) {
        const [who, has, wanted] = differing[0] ?? ['the client of 4.5', 'unfinished', 'finished']
        assert.deepEqual(plainJson(has), plainJson(wanted), `what ${who} has`)
      }
      await pause(100)
    }
  }

  async function noneIsBroken() {
    for (const each of [ann, ben, plain, otto])
      assert.equal(await each.inPage(() => String(window.editor.getCrashingError() ?? '')), '', each.who)
  }

  await step('cards, a poll and a pin are drawn, and each has what it knows', async () => {
    await ann.inPage(drawOwn, mode === 'described')
    const documents = await allAgree()
    const types = Object.values(documents).map(({ typeName, type }) => type ?? typeName)
    for (const type of ['card', 'poll', 'pin', 'geo']) assert.ok(types.includes(type), `${type} is stored`)
    assert.equal(types.includes('vote'), mode === 'described')
    for (const whiteboard of [plain, otto]) {
      const seen = Object.values(await whiteboard.document()).map(({ typeName, type }) => type ?? typeName)
      for (const type of ['card', 'poll', 'pin', 'vote']) assert.ok(!seen.includes(type), `${type} is hidden from ${whiteboard.who}`)
    }
  })

  await step('the others change what they see', async () => {
    await ben.inPage(
      () =>
        void window.editor.updateShape({ id: 'shape:card', type: 'card', props: { title: 'By Ben', tone: 'loud', labels: ['new'] } }),
    )
    await plain.inPage(() => void window.editor.updateShape({ id: 'shape:box', type: 'geo', y: 330 }))
    await plain.scribble('300,600 400,500 500,600')
    await otto.inPage(() => void window.editor.updateShape({ id: 'shape:box', type: 'geo', props: { color: 'blue' } }))
    await otto.scribble('700,600 800,500 900,600')
    old.edit(() => old.update('shape:box', (box) => ({ ...box, props: { ...box.props, w: 250 } })))
    if (mode === 'described') await ben.inPage(() => void window.editor.store.update('vote:1', (vote) => ({ ...vote, option: 'b' })))
    const documents = await allAgree()
    const { 'shape:card': card, 'shape:box': box } = documents
    assert.deepEqual([card.props.title, card.props.tone, card.props.labels], ['By Ben', 'loud', ['new']])
    assert.deepEqual([box.y, box.props.w, box.props.color], [330, 250, 'blue'])
    assert.equal(Object.values(documents).filter(({ type }) => type === 'draw').length, 2)
    if (mode === 'described') assert.equal(documents['vote:1'].option, 'b')
  })

  await step('each sees the cursors of the others, of whatever release they are', async () => {
    for (const [i, each] of [ann, ben, plain, otto].entries()) await each.page.mouse.move(400 + 50 * i, 250)
    for (const each of [ann, ben, plain, otto])
      await each.until('three others are here', () => window.editor.getCollaborators().length === 3)
  })

  await step('a card follows what it is pinned to, and goes back when that is undone', async () => {
    await ann.inPage(() => {
      window.editor.markHistoryStoppingPoint('move')
      window.editor.updateShape({ id: 'shape:box', type: 'geo', x: 700 })
    })
    assert.equal((await allAgree())['shape:card'].x, 720)
    await ann.inPage(() => void window.editor.undo())
    assert.equal((await allAgree())['shape:box'].x, 500)
  })

  await step('a poll that is deleted takes the card that is on it along, and brings it back when that is undone', async () => {
    const before = await stored()
    await ben.inPage(() => {
      window.editor.markHistoryStoppingPoint('delete')
      window.editor.deleteShape('shape:poll')
    })
    const without = await allAgree()
    assert.ok(!without['shape:poll'] && !without['shape:on'] && without['shape:card'])
    await ben.inPage(() => void window.editor.undo())
    assert.deepEqual(await allAgree(), before) // and the poll is selected, as the others see
  })

  for (const [who, name] of [
    [ann, 'app'],
    [plain, 'plain'],
    [otto, '4.5'],
  ]) {
    await who.inPage(() => void window.editor.zoomToFit())
    await pause(500) // the camera's animation, for the picture's sake alone
    await who.screenshot(join(out, `own-types-${mode}-${name}.png`))
  }

  await step('no whiteboard has broken down', noneIsBroken)

  await step('it is all there after a reload', async () => {
    await ann.page.reload()
    await ann.ready()
    await allAgree()
  })

  await step('what is pinned is let go of when somebody deletes the shape who does not see the card', async () => {
    await plain.inPage(() => void window.editor.deleteShape('shape:box'))
    const documents = await allAgree()
    assert.ok(documents['shape:card'])
    assert.ok(!Object.values(documents).some(({ type }) => type === 'pin'))
  })

  await step('what is on a page goes with the page', async () => {
    await ann.inPage(() => {
      window.editor.createPage({ id: 'page:second', name: 'Second' })
      window.editor.createShape({ id: 'shape:lost', type: 'card', parentId: 'page:second', props: { title: 'On the second' } })
    })
    assert.ok((await allAgree())['shape:lost'])
    await plain.inPage(() => void window.editor.deletePage('page:second'))
    const documents = await allAgree()
    assert.ok(!documents['shape:lost'] && !documents['page:second'] && documents['shape:card'])
  })

  if (mode === 'described') {
    await step('a card that is not as described is refused, with the reason in the log, and harms nobody', async () => {
      const before = withoutUsers(await stored())
      const eve = await open('Eve', urlOf(app), (page) =>
        page.routeWebSocket(/connect/, (socket) => {
          const server = socket.connectToServer()
          socket.onMessage((message) => server.send(String(message).replace('"tone":"loud"', '"tone":"furious"')))
        }),
      )
      await eve.inPage(() => void window.editor.createShape({ id: 'shape:bad', type: 'card', props: { tone: 'loud' } }))
      await eve.until('she is told', () => window.failure === 'INVALID_RECORD')
      assert.match(reasons('INVALID_RECORD').at(-1), REASON.badCard)
      await eve.page.context().close()
      assert.deepEqual(withoutUsers(await allAgree()), before)
    })
  }

  await step('no whiteboard has broken down since', noneIsBroken)

  // The app's own pages ask tldraw for fonts and icons, which may not be reached, and say so.
  await step('the plain whiteboard has nothing to complain of', () => assert.deepEqual(plain.errors, []))
  old.close()
}

async function beRefused() {
  const ann = await open('Ann', urlOf(app))
  await step('the first card ends with INVALID_RECORD', async () => {
    await ann.inPage(drawOwn, false)
    await ann.until('the app is told', () => window.failure === 'INVALID_RECORD')
    await ann.screenshot(join(out, 'own-types-refused.png'))
    assert.match(reasons('INVALID_RECORD').at(-1), REASON.unknownType)
  })
}

/** Why the server has refused sessions of the room, as its log says. */
function reasons(code) {
  const lines = readFileSync(log, 'utf8').split('\n')
  return lines.filter((line) => line.includes(`room ${room}, `) && line.includes(`: ${code}: `))
}

/** Who has been here is known even of somebody who was refused later. */
function withoutUsers(documents) {
  return Object.fromEntries(Object.entries(documents).filter(([, { typeName }]) => typeName !== 'user'))
}

function plainJson(records) {
  return JSON.parse(JSON.stringify(records))
}

// ---- what runs in the page

function drawOwn(withVote) {
  const { editor } = window
  editor.createShapes([
    { id: 'shape:box', type: 'geo', x: 500, y: 300, props: { w: 200, h: 150 } },
    { id: 'shape:card', type: 'card', x: 520, y: 480, props: { title: 'A card', color: 'red' } },
    {
      id: 'shape:poll',
      type: 'poll',
      x: 100,
      y: 300,
      props: { question: 'Tea?', options: [{ id: 'a', text: 'Yes' }, { id: 'b', text: 'No' }], marks: { a: 2 } },
    },
    { id: 'shape:on', type: 'card', x: 20, y: 180, parentId: 'shape:poll', props: { title: 'On the poll' } },
  ])
  editor.createBinding({ id: 'binding:pin', type: 'pin', fromId: 'shape:card', toId: 'shape:box', props: { dx: 20, dy: 180 } })
  if (withVote) editor.store.put([{ id: 'vote:1', typeName: 'vote', pollId: 'shape:poll', option: 'a', by: 'Ann' }])
}
