// The picture in the README: a small diagram, and two people at work on it.
//
//   node screenshot.mjs --base http://127.0.0.1:8080 --out docs/whiteboard.png

import { launchBrowser, option, Whiteboard } from './whiteboards.mjs'

const out = option('out')
const browser = await launchBrowser()
try {
  const viewer = await open(option('base'), { name: 'You', color: '#4263eb' })
  const ann = await open(viewer.page.url(), { name: 'Ann', color: '#099268' })
  const ben = await open(viewer.page.url(), { name: 'Ben', color: '#e03131' })

  const shapes = await ann.inPage(drawDiagram)
  await viewer.until('the diagram is there', (shapes) => window.editor.getCurrentPageShapes().length === shapes, shapes)

  await ann.page.mouse.move(772, 372, { steps: 5 })
  await ben.page.keyboard.press('d')
  await ben.page.getByTestId('style.color.red').click()
  await ben.scribble('322,668 420,661 540,669 640,662 756,666')
  await viewer.cursorOf('Ann').waitFor()
  await viewer.cursorOf('Ben').waitFor()
  await viewer.until('Ben’s line is there', () =>
    window.editor.getCurrentPageShapes().some(({ type, props }) => type === 'draw' && props.isComplete),
  )
  await viewer.screenshot(out)
} finally {
  await browser.close()
}

async function open(url, person) {
  const whiteboard = await Whiteboard.of(browser, person.name)
  await whiteboard.visit(url)
  await whiteboard.inPage((preferences) => window.editor.user.updateUserPreferences(preferences), person)
  return whiteboard
}

/** Runs in the page. */
function drawDiagram() {
  const { editor } = window
  const text = (...lines) => ({
    type: 'doc',
    content: lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
  })
  const box = (id, x, y, color, geo, ...lines) => ({
    id: `shape:${id}`,
    type: 'geo',
    x,
    y,
    props: { geo, w: 210, h: 130, color, fill: 'solid', size: 'm', richText: text(...lines) },
  })
  const arrow = (from, to, color, bend, label) => {
    const id = `shape:${from}-${to}`
    editor.createShape({ id, type: 'arrow', props: { color, bend, richText: text(label) } })
    tie(id, 'start', `shape:${from}`)
    tie(id, 'end', `shape:${to}`)
  }
  const tie = (fromId, terminal, toId) => {
    const props = { terminal, normalizedAnchor: { x: 0.5, y: 0.5 }, isExact: false, isPrecise: false, snap: 'none' }
    editor.createBinding({ type: 'arrow', fromId, toId, props })
  }

  editor.createShapes([
    { id: 'shape:title', type: 'text', x: 130, y: 72, props: { size: 'xl', richText: text('The way of a stroke') } },
    box('ann', 130, 180, 'green', 'rectangle', 'Ann draws'),
    box('room', 480, 280, 'blue', 'rectangle', 'Drawbridge', 'the room'),
    box('store', 830, 180, 'violet', 'ellipse', 'the store'),
    box('others', 130, 420, 'red', 'rectangle', 'Ben sees it'),
    {
      id: 'shape:promise',
      type: 'text',
      x: 320,
      y: 605,
      props: { size: 'l', richText: text('What you see is stored.') },
    },
  ])
  arrow('ann', 'room', 'green', 20, 'push')
  arrow('room', 'store', 'violet', 40, 'commit')
  arrow('store', 'room', 'violet', 40, 'ok')
  arrow('room', 'others', 'red', 20, 'patch')
  return editor.getCurrentPageShapes().length
}
