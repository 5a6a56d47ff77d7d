// The page of one board in the operator's console, with a real whiteboard in the room: each function of the page once.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adminApi, NARROW, Operator, until, WIDE } from './console-operator.mjs'
import { Whiteboard } from './whiteboards.mjs'

/**
 * Tries the page.
 *
 * @param browser a browser
 * @param base where the server is
 * @param token its admin token
 * @param out where screenshots go
 * @param step runs an action under a sentence
 */
export async function tryBoard({ browser, base, token, out, step }) {
  const room = `console-board-${Date.now()}`
  const api = adminApi(base, token)
  const ann = await Whiteboard.of(browser, 'Ann')
  const operator = await Operator.of(browser, base, token)
  const { page } = operator
  const shot = (name) => page.screenshot({ path: join(out, `board-${name}.png`) })
  const canvas = page.locator('.live .tl-canvas')
  // In open mode nobody has a name. The operator is the one with whom nothing can be done.
  const others = page.locator('.person').filter({ has: page.getByRole('button', { name: 'Send away' }) })
  const tab = (name) => page.getByRole('tab', { name }).click()

  /** Chooses from a list, which narrow screens do not show beside what was chosen from it. */
  const choose = async (item, shown) => {
    await page.locator(item).first().click()
    await page.locator(shown).first().waitFor()
  }

  const editRecord = async (change) => {
    const area = page.getByLabel('The record as JSON')
    const record = change(JSON.parse(await area.inputValue()))
    await area.fill(JSON.stringify(record, null, 2))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
  }

  await step('Ann draws on a board', async () => {
    await api('POST', '/rooms', { id: room })
    const link = await api('POST', `/rooms/${room}/links`, { permission: 'edit', name: 'Ann', userId: 'u-ann' })
    await ann.visit(new URL(link.path, base).href)
    await ann.inPage(drawPlan)
  })

  await step('the operator sees what she draws, live', async () => {
    await operator.open(`/boards/${room}`)
    await operator.signIn()
    await page.getByText('Live', { exact: true }).waitFor()
    await canvas.getByText('The plan').waitFor()
    await ann.inPage(drawNote, { line: 'Written meanwhile', y: 460 })
    await page.getByRole('button', { name: 'Show all' }).click()
    await canvas.getByText('Written meanwhile').waitFor()
  })

  await step('Ann sees no cursor of the operator’s, and the operator can change nothing', async () => {
    const before = await ann.document()
    await page.mouse.move(400, 500)
    await page.mouse.down()
    await page.mouse.move(500, 560, { steps: 5 })
    await page.mouse.up()
    assert.equal(await ann.inPage(() => window.editor.getCollaborators().length), 0)
    assert.deepEqual(await ann.document(), before)
  })

  await step('the canvas goes where the keyboard says', async () => {
    const zoom = () => page.getByLabel('Zoom', { exact: true }).textContent()
    await page.getByRole('group', { name: /^The board/ }).focus()
    await page.keyboard.press('0')
    const before = await zoom()
    await page.keyboard.press('-')
    await until(async () => (await zoom()) !== before)
    await page.keyboard.press('0')
    await until(async () => (await zoom()) === before)
  })
  await shot('live-light')

  await step('Ann may only look, and may draw again', async () => {
    await others.getByText('Editor').waitFor()
    await others.getByRole('button', { name: 'Make viewer' }).click()
    await others.getByText('Viewer').waitFor()
    await ann.until('Ann may only look', () => window.editor.getIsReadonly())
    await others.getByRole('button', { name: 'Make editor' }).click()
    await ann.until('Ann may draw', () => !window.editor.getIsReadonly())
  })

  await step('the board gets a name', async () => {
    await page.getByRole('button', { name: 'Rename' }).click()
    await operator.fill('Name', 'Our plan')
    await operator.press('Rename')
    await page.getByRole('heading', { name: 'Our plan', level: 1 }).waitFor()
    await ann.until('the name is in the document', () => window.editor.getDocumentSettings().name === 'Our plan')
  })

  let first
  await step('a version is saved with a name', async () => {
    await tab('Versions')
    await page.getByRole('button', { name: 'Save a version' }).click()
    await operator.fill('Name', 'Before the change')
    await operator.press('Save')
    await page.locator('.timeline__item', { hasText: 'Before the change' }).waitFor()
    first = (await api('GET', `/rooms/${room}/versions`)).versions.find(({ name }) => name === 'Before the change')
    assert.equal(first.reason, 'manual')
  })

  await step('what has changed since is outlined, beside the present', async () => {
    await ann.inPage(changePlan)
    await until(async () => (await api('GET', `/rooms/${room}/versions/${first.id}/changes?until=now`)).changes.length === 3)
    await page.getByRole('button', { name: /Show it as it is now/ }).click()
    for (const [at, mark] of [[0, 'removed'], [0, 'changed'], [1, 'changed'], [1, 'added']]) {
      await page.locator('.pair__side').nth(at).locator(`.mark[data-mark=${mark}]`).first().waitFor()
    }
    const legend = page.locator('.summary__legend')
    for (const words of ['Added 1', 'Changed 1', 'Removed 1']) await legend.getByText(words).waitFor()
    await page.getByText('By type and by page').click()
    await page.getByRole('table', { name: 'By type' }).getByText('shape').waitFor()
  })

  await step('both canvases show the same part', async () => {
    const cameras = () => page.locator('.pair .tl-shapes').evaluateAll((all) => all.map((each) => each.style.transform))
    const before = await cameras()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await until(async () => {
      const [one, two] = await cameras()
      return one === two && one !== before[0]
    })
    await page.getByRole('button', { name: 'Show all' }).click()
  })
  await shot('versions-light')

  await step('a version is shown beside the one before it', async () => {
    await page.getByRole('button', { name: 'Save a version' }).click()
    await operator.press('Save')
    await page.getByText('Beside the version before').click()
    await page.getByText('The one before,').waitFor()
    await page.locator('.mark[data-mark=added]').first().waitFor()
  })

  await step('the time line is gone through by the keyboard', async () => {
    const items = page.locator('.timeline__item')
    await items.first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.timeline__item[aria-current]', { hasText: 'Before the change' }).waitFor()
    await page.keyboard.press('Home')
    assert.ok(await items.first().evaluate((item) => item === document.activeElement))
  })

  await step('a version is named anew', async () => {
    await page.locator(`[data-version="${first.id}"]`).click()
    await page.locator('.version').getByRole('button', { name: 'Rename' }).click()
    await operator.fill('Name', 'The first plan')
    await operator.press('Save')
    await page.locator('.timeline__item', { hasText: 'The first plan' }).waitFor()
  })

  await step('a version is downloaded', async () => {
    for (const [item, text] of [['Download as a tldraw file', 'tldrawFileFormatVersion'], ['Download as a snapshot', 'documentClock']]) {
      const coming = page.waitForEvent('download')
      await operator.choose('More to do with the version', item)
      const file = await readFile(await (await coming).path(), 'utf8')
      assert.ok(file.includes(text), item)
    }
  })

  await step('a version becomes a board of its own', async () => {
    await operator.choose('More to do with the version', 'Duplicate to a new board')
    await operator.fill('Id of the copy', `${room}-copy`)
    await operator.press('Duplicate')
    await page.getByText(`Copied to ${room}-copy`).waitFor()
    const copy = await api('GET', `/rooms/${room}-copy/snapshot`)
    assert.ok(JSON.stringify(copy.documents).includes('The plan'))
  })

  await step('a version is restored, Ann sees it, and what was there is a version', async () => {
    await ann.inPage(drawNote, { line: 'Gone again', y: 580 })
    await until(async () => JSON.stringify(await api('GET', `/rooms/${room}/snapshot`)).includes('Gone again'))
    await page.locator('.version').getByRole('button', { name: 'Restore' }).click()
    await page.getByText('What is on it now becomes a version first').waitFor()
    await operator.dialog().getByRole('button', { name: 'Restore' }).click()
    await ann.text('To be removed').waitFor()
    await ann.text('Gone again').waitFor({ state: 'detached' })
    await ann.text('Added later').waitFor({ state: 'detached' })
    await page.locator('.timeline__item', { hasText: 'Before a restore' }).waitFor()
    await page.getByText('Nothing has changed between the two.').waitFor()
  })

  await step('a version is deleted', async () => {
    const item = page.locator('.timeline__item', { hasText: 'Before a restore' })
    await item.click()
    await operator.choose('More to do with the version', 'Delete')
    await operator.dialog().getByRole('button', { name: 'Delete for good' }).click()
    await item.waitFor({ state: 'detached' })
  })

  await step('a record is found by its id, and by its type', async () => {
    await tab('Records')
    await page.getByLabel('Id, or a part of it').fill('plan')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('[data-record="shape:plan"]').waitFor()
    await page.getByLabel('Id, or a part of it').fill('')
    await page.getByLabel('Type').fill('page')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('[data-record="page:page"]').waitFor()
    assert.equal(await page.locator('[data-record^="shape:"]').count(), 0)
  })

  await step('a wrong record is refused, and the field is named', async () => {
    await page.getByLabel('Type').fill('')
    await page.getByLabel('Id, or a part of it').fill('shape:plan')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.locator('[data-record="shape:plan"]').click()
    await editRecord((record) => ({ ...record, props: { ...record.props, w: 'wide' } }))
    await page.locator('#record-fault .record__path', { hasText: 'props.w' }).waitFor()
    await page.locator('.code-area__faulty').waitFor()
  })
  await shot('records-light')

  await step('what is not JSON is not sent', async () => {
    await page.getByLabel('The record as JSON').fill('{ "id": ')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('This is not JSON').waitFor()
    await page.getByRole('button', { name: 'Undo my changes' }).click()
  })

  await step('a record is changed while Ann draws, and she sees it', async () => {
    await ann.inPage(drawNote, { line: 'Another note', y: 520 })
    await editRecord((record) => ({ ...record, x: 444 }))
    await page.getByText('The record is saved').waitFor()
    await ann.until('the shape has moved', () => window.editor.getShape('shape:plan').x === 444)
  })

  await step('somebody else’s change of the record is not written over unasked', async () => {
    await ann.inPage(() => void window.editor.updateShape({ id: 'shape:plan', type: 'geo', y: 77 }))
    await until(async () => (await api('GET', `/rooms/${room}/records/shape:plan`)).y === 77)
    await editRecord((record) => ({ ...record, x: 555 }))
    await page.getByText('Somebody has changed this record').waitFor()
    await page.getByRole('button', { name: 'Save mine over it' }).click()
    await ann.until('the operator’s was written', () => window.editor.getShape('shape:plan').x === 555)
  })

  await step('a record is deleted, and leaves Ann’s board', async () => {
    await page.getByRole('button', { name: 'Delete the record' }).click()
    await operator.dialog().getByRole('button', { name: 'Delete' }).click()
    await ann.until('the shape is gone', () => !window.editor.getShape('shape:plan'))
  })

  await step('assets of the board are shown, those inside are taken out, and one is deleted', async () => {
    await ann.inPage(pasteDot)
    await ann.inPage(embedDot)
    await until(async () => (await api('GET', `/rooms/${room}/assets/embedded`)).count === 1)
    await tab('Assets')
    await page.locator('.assets__picture img').first().waitFor()
    await page.getByRole('button', { name: 'Take them out' }).click()
    await operator.dialog().getByRole('button', { name: 'Take them out' }).click()
    await page.getByText(/image is beside the board now/).waitFor()
    assert.equal((await api('GET', `/rooms/${room}/assets/embedded`)).count, 0)
    const rows = page.locator('.assets__name')
    await until(async () => (await rows.count()) === 2)
    await shot('assets-light')
    await page.getByRole('button', { name: /^Delete / }).first().click()
    await operator.dialog().getByRole('button', { name: 'Delete for good' }).click()
    await until(async () => (await rows.count()) === 1)
  })

  await step('a link to look is made, and whoever has it can look', async () => {
    await tab('Links')
    await page.getByRole('radio', { name: /^Look/ }).check()
    const name = page.getByLabel('Name')
    if (await name.isVisible()) await name.fill('Ben')
    await page.getByRole('button', { name: 'Make the link' }).click()
    const url = await page.locator('.link__url input').inputValue()
    assert.ok(url.startsWith(`${base}/r/${room}`), url)
    const ben = await Whiteboard.of(browser, 'Ben')
    await ben.visit(url)
    await ben.until('Ben may only look', () => window.editor.getIsReadonly())
    await ben.page.context().close()
  })
  await shot('links-light')

  const { nodes } = await api('GET', '/nodes')
  if (nodes.length > 1) {
    await step('the board goes to another node, and Ann with it', async () => {
      const from = (await api('GET', `/rooms/${room}`)).node
      await operator.choose('More to do with the board', 'Move to another node')
      await operator.press('Move')
      await until(async () => (await api('GET', `/rooms/${room}`)).node !== from)
      await ann.inPage(drawNote, { line: 'Written elsewhere', y: 640 })
      await until(async () => JSON.stringify(await api('GET', `/rooms/${room}/snapshot`)).includes('Written elsewhere'))
    })
  }

  await step('the board is exported, duplicated and put away', async () => {
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    await operator.press('Export')
    assert.ok((await readFile(await (await coming).path(), 'utf8')).includes('tldrawFileFormatVersion'))
    await operator.choose('More to do with the board', 'Duplicate')
    await operator.fill('Id of the copy', `${room}-twin`)
    await operator.press('Duplicate')
    await page.getByText(`Copied to ${room}-twin`).waitFor()
    await operator.choose('More to do with the board', 'Put away')
    await operator.dialog().getByRole('button', { name: 'Put away' }).click()
    await page.getByText('The board is put away').waitFor()
  })

  await step('nothing serious is found by axe, in light and dark, wide and narrow', async () => {
    for (const scheme of ['light', 'dark']) {
      for (const size of [WIDE, NARROW]) {
        await page.emulateMedia({ colorScheme: scheme })
        await page.setViewportSize(size)
        for (const name of ['Board', 'Versions', 'Records', 'Assets', 'Links']) {
          await tab(name)
          if (name === 'Versions') await choose(`[data-version="${first.id}"]`, '.pair .tl-shapes')
          if (name === 'Records') await choose('[data-record="page:page"]', '.code-area')
          if (name === 'Board') await page.locator('.canvas .tl-shapes').waitFor()
          await shot(`${name.toLowerCase()}-${scheme}-${size === WIDE ? 'wide' : 'narrow'}`)
          assert.deepEqual(await operator.violations(), [], `${name}, ${scheme}, ${size.width}`)
          assert.ok(!(await operator.isTooWide()), `${name}, ${size.width}: too wide`)
        }
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(WIDE)
  })

  await step('Ann is sent away, and told why', async () => {
    await tab('Board')
    const person = others.filter({ hasText: 'Editor' })
    await person.getByRole('button', { name: 'Send away' }).click()
    await operator.dialog().getByRole('button', { name: 'Send away' }).click()
    await ann.page.getByText('You are not allowed to enter this room.').waitFor()
    await person.waitFor({ state: 'detached' })
  })

  await step('a board that nobody is in is shown without being opened', async () => {
    await operator.open(`/boards/${room}-twin`)
    await page.getByText(/^Looked at every/).waitFor()
    await canvas.getByText('Written meanwhile').waitFor()
    assert.equal((await api('GET', `/rooms/${room}-twin`)).state, 'stored')
  })

  await step('the board is deleted, once its id has been typed', async () => {
    await operator.choose('More to do with the board', 'Delete')
    const button = operator.dialog().getByRole('button', { name: 'Delete for good' })
    await button.click()
    await page.getByText(/This is not the id/).waitFor()
    await operator.fill(`Type the id to confirm: ${room}-twin`, `${room}-twin`)
    await button.click()
    await page.waitForURL(`${base}/console`)
    await operator.open(`/boards/${room}-twin`)
    await page.getByText('There is no such board').waitFor()
  })

  await step('the page asked nothing of another server, logged no error, and had no token in a URL', () => {
    assert.deepEqual(operator.strays, [])
    assert.deepEqual(operator.urlsWithToken, [])
    assert.deepEqual(operator.errors, [])
  })

  await ann.page.context().close()
  await page.context().close()
}

// These run in Ann’s page.

function drawPlan() {
  const { editor } = window
  const text = (line) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: line }] }] })
  const box = (id, x, y, color, line) => ({
    id: `shape:${id}`,
    type: 'geo',
    x,
    y,
    props: { geo: 'rectangle', w: 220, h: 120, color, fill: 'solid', richText: text(line) },
  })
  editor.createShapes([
    box('plan', 100, 100, 'blue', 'The plan'),
    box('moved', 400, 100, 'green', 'To be moved'),
    box('removed', 100, 300, 'red', 'To be removed'),
    { id: 'shape:circle', type: 'geo', x: 420, y: 300, props: { geo: 'ellipse', w: 180, h: 120, color: 'violet' } },
    // What would be fetched from elsewhere: the console must not.
    { id: 'shape:embed', type: 'embed', x: 700, y: 100, props: { url: 'https://example.com/embedded', w: 260, h: 160 } },
  ])
}

function drawNote({ line, y }) {
  const richText = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: line }] }] }
  window.editor.createShape({ type: 'text', x: 110, y, props: { richText } })
}

function changePlan() {
  const { editor } = window
  const richText = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Added later' }] }] }
  editor.deleteShapes(['shape:removed'])
  editor.updateShape({ id: 'shape:moved', type: 'geo', x: 460, y: 140 })
  editor.createShape({ id: 'shape:added', type: 'note', x: 700, y: 300, props: { richText } })
}

function pasteDot() {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 60
  const context = canvas.getContext('2d')
  context.fillStyle = '#2f6be0'
  context.fillRect(0, 0, 60, 60)
  return new Promise((done) => canvas.toBlob(done)).then((blob) => {
    const files = [new File([blob], 'dot.png', { type: 'image/png' })]
    return window.editor.putExternalContent({ type: 'files', files, point: { x: 900, y: 600 } })
  })
}

function embedDot() {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 30
  // What is taken out is kept once, however many boards have it: this board is to be the first.
  const context = canvas.getContext('2d')
  context.fillStyle = `#${(Date.now() % 0xffffff).toString(16).padStart(6, '0')}`
  context.fillRect(5, 5, 20, 20)
  const { editor } = window
  editor.createAssets([
    {
      id: 'asset:inside',
      typeName: 'asset',
      type: 'image',
      meta: {},
      props: { src: canvas.toDataURL(), w: 30, h: 30, name: 'inside.png', isAnimated: false, mimeType: 'image/png' },
    },
  ])
  editor.createShape({ type: 'image', x: 900, y: 500, props: { w: 30, h: 30, assetId: 'asset:inside' } })
}
