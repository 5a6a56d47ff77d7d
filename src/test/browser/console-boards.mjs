// Signing in to the operator's console, and its list of boards, with real whiteboards in some of them: each function once.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adminApi, NARROW, Operator, until, WIDE } from './console-operator.mjs'
import { Whiteboard } from './whiteboards.mjs'

/**
 * Tries the pages.
 *
 * @param browser a browser
 * @param base where the server is
 * @param token its admin token
 * @param out where screenshots go
 * @param step runs an action under a sentence
 */
export async function tryBoards({ browser, base, token, out, step }) {
  const mark = `boards-${Date.now()}`
  const id = (name) => `${mark}-${name}`
  const api = adminApi(base, token)
  const operator = await Operator.of(browser, base, token)
  const { page } = operator
  const ann = await Whiteboard.of(browser, 'Ann')
  const ben = await Whiteboard.of(browser, 'Ben')
  const shot = (name) => page.screenshot({ path: join(out, `boards-${name}.png`) })
  const search = page.getByRole('searchbox')
  const people = (key) => operator.row(key).locator('.boards__people')
  const ids = () => page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.dataset.key))

  await step('whoever opens the console is asked for the token', async () => {
    await operator.open()
    await page.getByRole('heading', { name: 'Drawbridge console' }).waitFor()
    await shot('sign-in-light')
    assert.deepEqual(await operator.violations(), [])
  })

  await step('without a token, or with a wrong one, nobody comes in', async () => {
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Enter the token.').waitFor()
    await operator.signIn('not-the-token')
    await page.getByText('This is not the token of this server.').waitFor()
    await page.emulateMedia({ colorScheme: 'dark' })
    await shot('sign-in-refused-dark')
    assert.deepEqual(await operator.violations(), [])
    await page.emulateMedia({ colorScheme: 'light' })
  })

  await step('with the token one is in', async () => {
    await operator.signIn()
    await page.getByRole('heading', { name: 'Boards', level: 1 }).waitFor()
    assert.equal(await page.title(), 'Boards · Drawbridge')
    await page.waitForFunction(() => /\d+ boards?/.test(document.querySelector('.page-head__note')?.textContent ?? ''))
  })

  await step('while the boards come, that is said', async () => {
    let go
    const asked = new Promise((done) => (go = done))
    await page.route('**/admin/v1/rooms?*', (route) => asked.then(() => route.continue()))
    await page.reload()
    await page.getByText('Loading the boards …').waitFor()
    await shot('loading-light')
    assert.deepEqual(await operator.violations(), [])
    go()
    await page.getByText('Loading the boards …').waitFor({ state: 'detached' })
    await page.unroute('**/admin/v1/rooms?*')
  })

  await step('a server without boards says what to do', async () => {
    await page.route('**/admin/v1/rooms?*', (route) => route.fulfill({ json: { rooms: [] } }))
    await page.reload()
    await page.getByText('No boards yet').waitFor()
    await shot('empty-light')
    assert.deepEqual(await operator.violations(), [])
    await page.unroute('**/admin/v1/rooms?*')
  })

  await step('a server that cannot answer is said to, and asked again', async () => {
    const problem = { type: 'urn:drawbridge:problem:unavailable', title: 'Not now', status: 503, detail: 'The store is away' }
    await page.route('**/admin/v1/rooms?*', (route) => route.fulfill({ status: 503, json: problem }))
    await page.reload()
    await page.getByText('Not now: The store is away').waitFor()
    await shot('failed-light')
    assert.deepEqual(await operator.violations(), [])
    await page.unroute('**/admin/v1/rooms?*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Boards', level: 1 }).waitFor()
  })

  await step('a board is created', async () => {
    await page.getByRole('button', { name: 'New board' }).first().click()
    await operator.fill('Name', 'Plan of the year')
    await operator.fill('Id', 'not an id')
    await operator.dialog().getByRole('button', { name: 'Create' }).click()
    await page.getByText('Only letters, digits').waitFor()
    await shot('create-light')
    assert.deepEqual(await operator.violations(), [])
    await operator.fill('Id', id('plan'))
    await operator.press('Create')
    await operator.row(id('plan')).getByText('Plan of the year').waitFor()
    assert.equal((await api('GET', `/rooms/${id('plan')}/records/document:document`)).name, 'Plan of the year')
  })

  await step('an id that is taken is refused, where it stands', async () => {
    await page.getByRole('button', { name: 'New board' }).click()
    await operator.fill('Id', id('plan'))
    await operator.dialog().getByRole('button', { name: 'Create' }).click()
    await page.getByText('There is a board with this id already.').waitFor()
    await page.keyboard.press('Escape')
    await operator.dialog().waitFor({ state: 'detached' })
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'New board')
  })

  await step('who is in a board is counted as they come and go', async () => {
    for (const [each, name] of [[ann, 'Ann'], [ben, 'Ben']]) {
      await each.visit(await entrance(api, base, id('plan'), name))
    }
    await people(id('plan')).getByText('2').waitFor()
    await ann.inPage(drawPlan)
    await ben.page.context().close()
    await people(id('plan')).getByText('1').waitFor()
  })

  await step('a board has a picture, and another one when it has changed', async () => {
    const picture = operator.row(id('plan')).locator('.thumbnail img')
    await picture.waitFor()
    assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 50)))
  })

  await step('boards come and go in the list while it is looked at', async () => {
    for (const name of ['alpha', 'beta', 'gamma']) await api('POST', '/rooms', { id: id(name) })
    for (const name of ['alpha', 'beta', 'gamma']) await operator.row(id(name)).waitFor()
    await api('DELETE', `/rooms/${id('gamma')}`)
    await operator.row(id('gamma')).waitFor({ state: 'detached' })
  })

  await step('types of a team’s own are left out of the picture, and that is said', async () => {
    const shared = await api('GET', `/rooms/${id('plan')}/snapshot`)
    shared.documents.push({
      state: { id: 'vote:1', typeName: 'vote', pollId: 'shape:poll', by: 'Ann' },
      lastChangedClock: shared.documentClock,
    })
    const box = shared.documents.find(({ state }) => state.id === 'shape:a').state
    shared.documents.push({ state: { ...box, id: 'shape:own', type: 'card', props: { title: 'own' } }, lastChangedClock: 1 })
    await api('POST', '/rooms', { id: id('own') })
    await page.route(`**/rooms/${id('own')}/snapshot`, (route) => route.fulfill({ json: shared }))
    await operator.row(id('own')).locator('.thumbnail img').waitFor()
    const note = operator.row(id('own')).locator('.thumbnail__note')
    assert.equal(await note.getAttribute('title'), 'Not in the picture: 1 vote, 1 shape card')
  })

  await step('a board of which the server says nothing useful has no picture, and the others have', async () => {
    await page.route(`**/rooms/${id('odd')}/snapshot`, (route) => route.fulfill({ json: { documents: 7 } }))
    await api('POST', '/rooms', { id: id('odd') })
    await operator.row(id('odd')).getByText('no picture').waitFor()
  })

  await step('what was there stays while the server is away, and is said to be old', async () => {
    const problem = { type: 'urn:drawbridge:problem:unavailable', title: 'Not now', status: 503 }
    await page.route('**/admin/v1/rooms?*', (route) => route.fulfill({ status: 503, json: problem }))
    await page.getByText('What you see may be old. Not now').waitFor()
    await operator.row(id('plan')).waitFor()
    await shot('old-light')
    assert.deepEqual(await operator.violations(), [])
    await page.unroute('**/admin/v1/rooms?*')
    await page.getByText('What you see may be old.').waitFor({ state: 'detached' })
  })

  await step('of a server that did not answer it is said that who is there is not known', async () => {
    await page.route('**/admin/v1/rooms?*', async (route) => {
      const response = await route.fetch()
      const listed = await response.json()
      for (const room of listed.rooms) if (room.id === id('plan')) delete room.sessions
      await route.fulfill({ response, json: { ...listed, unanswered: ['drawbridge-1-77ab09'] } })
    })
    await people(id('plan')).getByText('not known').waitFor()
    await page.getByText('1 server did not answer in time (drawbridge-1-77ab09)').waitFor()
    assert.deepEqual(await operator.violations(), [])
    await page.unroute('**/admin/v1/rooms?*')
    await people(id('plan')).getByText('1').waitFor()
  })

  await step('boards are found by id and by name', async () => {
    await search.fill(mark)
    await until(async () => (await ids()).length === 5)
    await search.fill('of the YEAR')
    await until(async () => (await ids()).join() === id('plan'))
    await search.fill('there is no such thing')
    await page.getByText('No board is called like that').waitFor()
    await shot('nothing-found-light')
    assert.deepEqual(await operator.violations(), [])
    await page.getByRole('button', { name: 'Show all boards' }).click()
    await search.fill(mark)
  })

  await step('boards are sorted by name, people, size and last change', async () => {
    const head = (name) => page.getByRole('columnheader', { name })
    await head('Name').getByRole('button').click()
    await until(async () => (await ids()).join() === ['alpha', 'beta', 'odd', 'own', 'plan'].map(id).join())
    assert.equal(await head('Name').getAttribute('aria-sort'), 'ascending')
    await head('Name').getByRole('button').click()
    await until(async () => (await ids())[0] === id('plan'))
    await head('People now').getByRole('button').click()
    await until(async () => (await ids())[0] === id('plan'))
    await head('Size').getByRole('button').click()
    await until(async () => (await ids())[0] === id('plan'))
    await head('Last change').getByRole('button').click()
    await until(async () => (await ids())[0] !== id('plan'))
  })

  await step('a board is renamed while somebody draws in it, and they see it', async () => {
    await ann.inPage(scribbleOn)
    await operator.choose('Actions for Plan of the year', 'Rename')
    await operator.fill('Name', 'Plan of two years')
    await operator.press('Rename')
    await operator.row(id('plan')).getByText('Plan of two years').waitFor()
    await ann.until('the name has come', () => window.editor.getDocumentSettings().name === 'Plan of two years')
    await ann.inPage(() => clearInterval(window.scribbling))
  })

  await step('a name that the server refuses is said to be wrong, where it stands', async () => {
    const problem = { type: 'urn:drawbridge:problem:invalid-record', title: 'The record is not valid', status: 422, detail: 'name: too long' }
    await page.route(/\/records\/document(:|%3A)document$/, (route) =>
      route.request().method() === 'PUT' ? route.fulfill({ status: 422, json: problem }) : route.continue(),
    )
    await operator.choose('Actions for Plan of two years', 'Rename')
    await operator.fill('Name', 'x'.repeat(300))
    await operator.dialog().getByRole('button', { name: 'Rename' }).click()
    await page.getByText('The record is not valid: name: too long').waitFor()
    await shot('rename-refused-light')
    assert.deepEqual(await operator.violations(), [])
    await page.unroute(/\/records\/document(:|%3A)document$/)
    await operator.press('Cancel')
  })

  await step('a board is duplicated', async () => {
    await operator.choose('Actions for Plan of two years', 'Duplicate')
    await operator.fill('Id of the copy', id('twin'))
    await operator.press('Duplicate')
    await operator.row(id('twin')).getByText('Plan of two years').waitFor()
    assert.ok(JSON.stringify(await api('GET', `/rooms/${id('twin')}/snapshot`)).includes('shape:a'))
  })

  let exported
  await step('a board is exported in both forms', async () => {
    for (const [form, text] of [[/snapshot/, 'documentClock'], [/\.tldr/, 'tldrawFileFormatVersion']]) {
      await operator.row(id('plan')).getByRole('button', { name: /^Actions/ }).click()
      await page.getByRole('menuitem', { name: 'Export' }).click()
      await operator.dialog().getByRole('radio', { name: form }).check()
      if (form.source.includes('tldr')) {
        await shot('export-light')
        assert.deepEqual(await operator.violations(), [])
      }
      const coming = page.waitForEvent('download')
      await operator.press('Export')
      exported = await readFile(await (await coming).path(), 'utf8')
      assert.ok(exported.includes(text), text)
    }
  })

  await step('a file is imported', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await operator.dialog().locator('input[type=file]').setInputFiles(fileOf('Über uns (1).tldr', exported))
    assert.equal(await operator.dialog().getByLabel('Id of the board').inputValue(), 'uber-uns-1')
    await operator.fill('Id of the board', id('brought'))
    await shot('import-light')
    assert.deepEqual(await operator.violations(), [])
    await operator.press('Import')
    await operator.row(id('brought')).getByText('Plan of two years').waitFor()
  })

  await step('a file that is none is refused, where it stands', async () => {
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await operator.dialog().locator('input[type=file]').setInputFiles(fileOf('no.tldr', '{"what":"is this"}'))
    await operator.fill('Id of the board', id('none'))
    await operator.dialog().getByRole('button', { name: 'Import' }).click()
    await operator.dialog().locator('.field__error').waitFor()
    await operator.press('Cancel')
  })

  await step('a file that is dropped onto the page is imported, and replaces what is there only when that is said', async () => {
    await api('PATCH', `/rooms/${id('alpha')}/records`, {
      puts: [{ id: 'page:page', typeName: 'page', name: 'To be replaced', index: 'a1', meta: {} }],
      deletes: [],
    })
    await page.evaluate(startDrag, exported)
    await page.getByText('Drop to import').waitFor()
    await shot('drop-light')
    await page.evaluate(endDrag, exported)
    await operator.fill('Id of the board', id('alpha'))
    await operator.dialog().getByRole('button', { name: 'Import' }).click()
    await page.getByText('already. Replace what is on it?').waitFor()
    await shot('replace-light')
    assert.deepEqual(await operator.violations(), [])
    assert.equal((await api('GET', `/rooms/${id('alpha')}/records/page:page`)).name, 'To be replaced')
    await operator.press('Replace')
    await page.getByText(`Replaced: ${id('alpha')}`).waitFor()
    assert.ok(JSON.stringify(await api('GET', `/rooms/${id('alpha')}/snapshot`)).includes('shape:a'))
  })

  await step('a board is deleted once its id has been typed, and whoever is in it is told', async () => {
    await operator.row(id('plan')).getByRole('button', { name: /^Actions/ }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await operator.fill(`Type the id to confirm: ${id('plan')}`, 'plan')
    await operator.dialog().getByRole('button', { name: 'Delete for good' }).click()
    await page.getByText('This is not the id.').waitFor()
    await page.getByText('1 person is in it now').waitFor()
    await shot('delete-light')
    assert.deepEqual(await operator.violations(), [])
    await operator.fill(`Type the id to confirm: ${id('plan')}`, id('plan'))
    await operator.press('Delete for good')
    await operator.row(id('plan')).waitFor({ state: 'detached' })
    await ann.page.getByText('it has been deleted').waitFor()
  })

  await step('all of it is done with the keyboard as well', async () => {
    await page.keyboard.press('Tab')
    await page.reload()
    await page.getByRole('table').waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Import')
    await operator.row(id('beta')).getByRole('button').focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('menu', { name: /Actions/ }).waitFor()
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Open')
    await shot('menu-light')
    assert.deepEqual(await operator.violations(), [])
    await page.keyboard.press('d')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Duplicate')
    await page.keyboard.press('End')
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Delete')
    await page.keyboard.press('Escape')
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-haspopup')), 'menu')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${base}/console/boards/${id('beta')}`)
    await page.goBack()
    await page.getByRole('heading', { name: 'Boards', level: 1 }).waitFor()
    await search.fill(mark)
  })

  await step('nothing serious is found by axe, in light and dark, wide and narrow, and nothing has to be scrolled sideways', async () => {
    await api('PATCH', `/rooms/${id('beta')}/records`, {
      puts: [{ ...(await api('GET', `/rooms/${id('beta')}/records/document:document`)), name: 'A name that is so long that no row has room for all of it, wherever it is shown' }],
      deletes: [],
    })
    await until(async () => (await operator.row(id('brought')).locator('.thumbnail img').count()) === 1)
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme })
      for (const size of [WIDE, NARROW]) {
        await page.setViewportSize(size)
        await operator.row(id('brought')).locator('.thumbnail img').waitFor()
        await shot(`${scheme}-${size === WIDE ? 'wide' : 'narrow'}`)
        assert.deepEqual(await operator.violations(), [], `${scheme}, ${size.width}`)
        assert.equal(await operator.isTooWide(), false, `${scheme}, ${size.width}`)
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(WIDE)
  })

  await step('the colours can be chosen', async () => {
    await page.getByRole('button', { name: 'Colours' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await page.reload()
    await page.getByRole('table').waitFor()
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark')
    await page.getByRole('button', { name: 'Colours' }).click()
    await page.getByRole('menuitemradio', { name: 'As the system' }).click()
  })

  await step('more boards than a page shows are shown in pages', async () => {
    await Promise.all(Array.from({ length: 27 }, (_, i) => api('POST', '/rooms', { id: id(`many-${i}`) })))
    await search.fill(`${mark}-many`)
    await page.getByText('1–25 of 27').waitFor()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByText('26–27 of 27').waitFor()
    await shot('pages-light')
    await search.fill(mark)
  })

  await step('more boards than fit into one answer are listed, and those on the screen are watched', async () => {
    await page.route('**/admin/v1/rooms?*', (route) => manyRooms(route, id('beta')))
    await page.reload()
    await page.getByText('The first 10,000 boards').waitFor()
    await page.getByText('There are more boards than the 10,000 listed here').waitFor()
    await shot('too-many-light')
    assert.deepEqual(await operator.violations(), [])
    await page.getByRole('searchbox').fill('beta')
    await operator.row(id('beta')).waitFor()
    const cas = await Whiteboard.of(browser, 'Cas')
    await cas.visit(await entrance(api, base, id('beta'), 'Cas'))
    await people(id('beta')).getByText('1').waitFor()
    await cas.page.context().close()
    await page.unroute('**/admin/v1/rooms?*')
  })

  await step('whoever signs out leaves nothing behind', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Admin token').waitFor()
    const left = await page.evaluate(whatIsLeft)
    assert.deepEqual(left, { session: [], pictures: 0 })
    await page.goBack()
    await page.getByLabel('Admin token').waitFor()
  })

  await step('a token that is not taken any more leads back to the front', async () => {
    await operator.open()
    await operator.signIn()
    await page.getByRole('table').waitFor()
    const problem = { type: 'urn:drawbridge:problem:unauthorized', title: 'Not with this token', status: 401 }
    await page.route('**/admin/v1/**', (route) => route.fulfill({ status: 401, json: problem }))
    await page.getByLabel('Admin token').waitFor()
    await page.unroute('**/admin/v1/**')
  })

  await step('the console asked nothing of another server, logged no error, and had no token in a URL', () => {
    assert.deepEqual(operator.strays, [])
    assert.deepEqual(operator.urlsWithToken, [])
    assert.deepEqual(operator.errors, [])
  })

  await ann.page.context().close()
  await page.context().close()
}

/** How somebody comes into a room: over a link, where the server makes links. */
async function entrance(api, base, room, name) {
  const link = await api('POST', `/rooms/${room}/links`, { permission: 'edit', name, userId: name }).catch(() => null)
  return `${base}${link?.path ?? `/r/${room}`}`
}

function fileOf(name, text) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) }
}

/** A server with endlessly many boards, as its list would say. */
function manyRooms(route, real) {
  const query = new URL(route.request().url()).searchParams
  if (query.has('query')) return route.continue()
  const first = Number(query.get('cursor') ?? 0)
  const rooms = Array.from({ length: 200 }, (_, i) => ({
    id: `${'board'}-${String(first + i).padStart(6, '0')}`,
    state: 'stored',
    sessions: 0,
    records: 2,
    bytes: 3_000_000 + first + i,
    documentClock: 1,
    created: '2026-01-31T09:00:00Z',
    lastChanged: '2026-01-31T09:00:00Z',
  })).filter((room) => room.id !== real)
  return route.fulfill({ json: { rooms, next: String(first + 200) } })
}

// These run in a page.

function drawPlan() {
  const { editor } = window
  const text = (line) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: line }] }] })
  const box = (name, x, y, color, geo, line) => ({
    id: `shape:${name}`,
    type: 'geo',
    x,
    y,
    props: { geo, w: 220, h: 130, color, fill: 'solid', richText: text(line) },
  })
  editor.createShapes([
    box('a', 100, 100, 'blue', 'rectangle', 'Spring'),
    box('b', 420, 140, 'green', 'ellipse', 'Summer'),
    box('c', 180, 320, 'red', 'diamond', 'Autumn'),
    { id: 'shape:note', type: 'note', x: 480, y: 320, props: { richText: text('What about winter?') } },
    // What would be fetched from elsewhere: the console must not.
    { id: 'shape:embed', type: 'embed', x: 760, y: 100, props: { url: 'https://example.com/embedded', w: 200, h: 120 } },
  ])
  const elsewhere = 'https://example.com/picture.png'
  editor.createAssets([
    {
      id: 'asset:link',
      typeName: 'asset',
      type: 'bookmark',
      meta: {},
      props: { src: 'https://example.com/', title: 'A page', description: '', image: elsewhere, favicon: elsewhere },
    },
    {
      id: 'asset:image',
      typeName: 'asset',
      type: 'image',
      meta: {},
      props: { src: elsewhere, w: 90, h: 90, name: 'picture.png', isAnimated: false, mimeType: 'image/png' },
    },
  ])
  editor.createShapes([
    { id: 'shape:link', type: 'bookmark', x: 760, y: 260, props: { url: 'https://example.com/', assetId: 'asset:link' } },
    { id: 'shape:image', type: 'image', x: 400, y: 500, props: { w: 90, h: 90, assetId: 'asset:image' } },
  ])
}

/** Goes on drawing, so that the room's clock does not stand still. */
function scribbleOn() {
  let x = 0
  window.scribbling = setInterval(() => window.editor.updateShape({ id: 'shape:a', type: 'geo', x: 100 + (x++ % 20) }), 30)
}

function startDrag(text) {
  const data = new DataTransfer()
  data.items.add(new File([text], 'dropped.tldr'))
  for (const type of ['dragenter', 'dragover']) {
    document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }))
  }
}

function endDrag(text) {
  const data = new DataTransfer()
  data.items.add(new File([text], 'dropped.tldr'))
  document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }))
}

async function whatIsLeft() {
  const database = await new Promise((done) => {
    const request = indexedDB.open('drawbridge.console')
    request.onsuccess = () => done(request.result)
  })
  const count = await new Promise((done) => {
    const request = database.transaction('pictures').objectStore('pictures').count()
    request.onsuccess = () => done(request.result)
  })
  return { session: Object.keys(sessionStorage).filter((key) => key.includes('token')), pictures: count }
}
