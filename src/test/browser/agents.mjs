// An agent, by an independent client (the official TypeScript SDK of MCP), draws on a board while a person looks on in a real
// browser, against a running Drawbridge:
//
//   node agents.mjs --base http://127.0.0.1:8080 --board team-retro --token … --person … --out target/screenshots/agents
//
// --token is the agent's, --person the one by which the person enters. One line a step, screenshots into --out, exit code 0
// when everything held.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { launchBrowser, option, Whiteboard } from './whiteboards.mjs'

const base = option('base')
const board = option('board')
const token = option('token')
const out = option('out')
mkdirSync(out, { recursive: true })

const browser = await launchBrowser()
const client = new Client({ name: 'claude-code', title: 'Claude', version: '1.0.0' })
const transport = new StreamableHTTPClientTransport(new URL(`${base}/mcp`), {
  requestInit: { headers: { Authorization: `Bearer ${token}` } },
})
let ann

try {
  await step('Ann is at the board', async () => {
    ann = await Whiteboard.of(browser, 'Ann')
    await ann.visit(`${base}/r/${board}?token=${option('person')}`)
  })

  await step('an agent connects, and has a session', async () => {
    await client.connect(transport)
    assert.match(transport.sessionId, /^[\w-]{22}\.[\w-]+$/)
    assert.equal(client.getServerVersion().name, 'Drawbridge')
    assert.match(client.getInstructions(), /Read a board before you change it/)
  })

  await step('it is told what it can do', async () => {
    const { tools } = await client.listTools()
    assert.deepEqual(
      tools.map((tool) => tool.name),
      [
        'connect_shapes',
        'create_board',
        'create_shapes',
        'delete_shapes',
        'list_boards',
        'list_versions',
        'make_version',
        'put_records',
        'read_board',
        'read_records',
        'restore_version',
        'update_shapes',
        'who_is_here',
      ],
    )
    for (const tool of tools) assert.equal(tool.inputSchema.type, 'object', tool.name)
  })

  await step('it finds the board of its token, and looks at it', async () => {
    assert.match(await call('list_boards', {}), new RegExp(`^${board}  `))
    assert.match(await call('read_board', { board }), /page:page/)
  })

  let firstVersion
  await step('it draws frames, boxes and notes, and Ann sees them, and its name at a cursor', async () => {
    const answer = await call('create_shapes', {
      board,
      shapes: [
        { type: 'text', id: 'title', x: 80, y: 40, text: 'How a stroke is kept', size: 'xl' },
        { type: 'frame', id: 'people', x: 80, y: 140, w: 280, h: 420, name: 'People' },
        { type: 'frame', id: 'server', x: 480, y: 140, w: 640, h: 420, name: 'Drawbridge' },
        { type: 'geo', geo: 'rectangle', id: 'ann', parent: 'people', x: 50, y: 60, w: 180, h: 100, text: 'Ann draws', color: 'green' },
        { type: 'geo', geo: 'rectangle', id: 'ben', parent: 'people', x: 50, y: 270, w: 180, h: 100, text: 'Ben sees it', color: 'red' },
        { type: 'geo', geo: 'rectangle', id: 'room', parent: 'server', x: 50, y: 160, w: 180, h: 110, text: 'the room', color: 'blue', fill: 'solid' },
        { type: 'geo', geo: 'ellipse', id: 'store', parent: 'server', x: 420, y: 150, w: 180, h: 130, text: 'the store', color: 'violet' },
        { type: 'note', id: 'why', x: 910, y: 600, text: 'Acknowledged means stored', color: 'yellow' },
      ],
    })
    assert.match(answer, /shape:ann, shape:ben, shape:room, shape:store/)
    firstVersion = answer.match(/before your first change is version (\S+)\./)[1]
    await ann.text('the store').waitFor()
    await ann.cursorOf("Ada's Claude").waitFor()
  })

  await step('it connects them, and the arrows are tied on both ends', async () => {
    const answer = await call('connect_shapes', {
      board,
      arrows: [
        { from: 'ann', to: 'room', text: 'push', color: 'green' },
        { from: 'room', to: 'store', text: 'commit', color: 'violet' },
        { from: 'room', to: 'ben', text: 'patch', color: 'red' },
        { from: 'why', to: 'store' },
      ],
    })
    assert.match(answer, /shape:/)
    await ann.until('four arrows are tied', () => {
      const { editor } = window
      const arrows = editor.getCurrentPageShapes().filter(({ type }) => type === 'arrow')
      return arrows.length === 4 && arrows.every((arrow) => editor.getBindingsFromShape(arrow, 'arrow').length === 2)
    })
  })

  await step('what it has drawn looks as if tldraw had made it: arrows reach from edge to edge', async () => {
    await ann.inPage(() => void window.editor.zoomToFit({ animation: { duration: 0 } }))
    const lengths = await ann.inPage(() =>
      window.editor
        .getCurrentPageShapes()
        .filter(({ type }) => type === 'arrow')
        .map((arrow) => {
          const { w, h } = window.editor.getShapePageBounds(arrow)
          return Math.hypot(w, h)
        }),
    )
    for (const length of lengths) assert.ok(length > 40 && length < 500, `an arrow is ${length} long`)
    await ann.screenshot(join(out, 'diagram.png'))
  })

  await step('it reads what is there, the arrows as connections', async () => {
    const text = await call('read_board', { board })
    assert.match(text, /shape:room.*"the room"/)
    assert.match(text, /shape:ann -> shape:room.*"push"/)
    assert.doesNotMatch(await call('read_board', { board, region: { x: 920, y: 610, w: 50, h: 50 } }), /the room/)
  })

  await step('Ann moves a box by hand, and the arrows come along; the agent sees where it is now', async () => {
    await ann.inPage(() => void window.editor.updateShape({ id: 'shape:room', type: 'geo', x: 60, y: 200 }))
    await ann.until('it is there', () => window.editor.getShape('shape:room').y === 200)
    await until(async () => assert.match(await call('read_board', { board }), /shape:room.*60,200/))
  })

  await step('it changes texts and colours, and moves a box', async () => {
    await call('update_shapes', { board, shapes: [{ id: 'room', text: 'the room, live', color: 'light-blue' }] })
    await ann.text('the room, live').waitFor()
  })

  await step('wrong input: the answer names the fields and what they may be, and nothing is done', async () => {
    const before = await ann.inPage(() => window.editor.getCurrentPageShapes().length)
    const answer = await failure('create_shapes', {
      board,
      shapes: [
        { type: 'geo', text: 'fine' },
        { type: 'geo', color: 'purple' },
        { type: 'rectangel' },
        { type: 'arrow', from: 'ann', to: 'nobody' },
      ],
    })
    assert.match(answer, /color.*purple.*violet/)
    assert.match(answer, /type.*rectangel.*geo/)
    assert.match(answer, /nobody/)
    assert.match(await failure('create_shapes', { board, shapes: 'many' }), /shapes: is "many", expected an array of 1 to 200 objects/)
    assert.equal(await ann.inPage(() => window.editor.getCurrentPageShapes().length), before)
  })

  await step('what its token does not cover is refused, with the reason that a person is shown', async () => {
    assert.match(await failure('read_board', { board: 'another-board' }), /^Refused: FORBIDDEN/)
    assert.match(await failure('create_board', { board: 'another-board' }), /admin token/)
  })

  await step('it sees who is there, itself and Ann', async () => {
    const text = await call('who_is_here', { board })
    assert.match(text, /"Ann", may draw, on page:page at -?\d+,-?\d+/)
    assert.match(text, /Ada's Claude/)
  })

  await step('it deletes a shape; the rest stays', async () => {
    await call('delete_shapes', { board, ids: ['shape:why'] })
    await ann.until('it is gone', () => !window.editor.getShape('shape:why'))
  })

  await step('all of it is undone by the version from before its first change', async () => {
    assert.match(await call('list_versions', { board }), new RegExp(`${firstVersion}  .*before-agent`))
    await call('restore_version', { board, version: firstVersion })
    await ann.until('the board is empty', () => window.editor.getCurrentPageShapes().length === 0)
  })

  await step('it goes, and its cursor with it', async () => {
    await transport.terminateSession()
    await ann.cursorOf("Ada's Claude").waitFor({ state: 'detached' })
    assert.deepEqual(ann.errors, [])
  })
} catch {
  process.exitCode = 1
} finally {
  await client.close()
  await browser.close()
}

/** What a tool says that does what it is to do. */
async function call(name, args) {
  const { isError, content } = await client.callTool({ name, arguments: args })
  assert.equal(isError ?? false, false, `${name}: ${content[0].text}`)
  return content[0].text
}

/** What a tool says that does not. */
async function failure(name, args) {
  const { isError, content } = await client.callTool({ name, arguments: args })
  assert.equal(isError, true, `${name}: ${content[0].text}`)
  return content[0].text
}

/** Tries until it holds. */
async function until(check) {
  const end = performance.now() + 10_000
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (performance.now() > end) throw error
      await setTimeout(100)
    }
  }
}

async function step(sentence, action) {
  const start = performance.now()
  try {
    await action()
    console.log(`ok      ${sentence} (${Math.round(performance.now() - start)} ms)`)
  } catch (error) {
    console.log(`FAILED  ${sentence}\n${error.stack}`)
    await ann?.screenshot(join(out, 'failed.png'))
    throw error
  }
}
