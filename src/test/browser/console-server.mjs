// The console's page about the server: how it is, what has gone on, how it is set up, what operators have done.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { adminApi, NARROW, Operator, until, WIDE } from './console-operator.mjs'

/** Tries the page; see console-boards.mjs. */
export async function tryServer({ browser, base, token, out, step }) {
  const room = `server-${Date.now()}`
  const api = adminApi(base, token)
  const operator = await Operator.of(browser, base, token)
  const { page } = operator
  const shot = (name) => page.screenshot({ path: join(out, `server-${name}.png`), fullPage: true })
  const tab = (name) => page.getByRole('tab', { name }).click()
  const chart = (name) => page.getByRole('img', { name: new RegExp(`^${name}:`) })

  async function looksRight(name) {
    assert.deepEqual(await operator.violations(), [], `${name}, light`)
    await shot(`${name}-light`)
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.deepEqual(await operator.violations(), [], `${name}, dark`)
    await shot(`${name}-dark`)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(NARROW)
    assert.equal(await operator.isTooWide(), false, `${name}, narrow`)
    await shot(`${name}-narrow`)
    await page.setViewportSize(WIDE)
  }

  await step('a server that does not answer is said to, and asked again', async () => {
    await page.route('**/admin/v1/server', (route) => route.abort())
    await operator.open('/server')
    await operator.signIn()
    await page.getByRole('heading', { name: "The server's state could not be loaded" }).waitFor()
    assert.deepEqual(await operator.violations(), [])
    await shot('failed')
    await page.unroute('**/admin/v1/server')
    let answer
    await page.route('**/admin/v1/server', async (route) => {
      if (answer === undefined) await new Promise((done) => (answer = done))
      await route.continue()
    })
    await page.getByRole('button', { name: 'Try again' }).click()
    await until(() => answer !== undefined)
    answer()
    await page.getByRole('heading', { name: 'Now' }).waitFor()
    await page.unroute('**/admin/v1/server')
  })

  await step('the overview shows what there is, that it is well, and which servers there are', async () => {
    await page.locator('dd', { hasText: /(SQLite|Redis), / }).waitFor()
    await page.getByText('Store of boards').waitFor()
    await page.getByRole('table', { name: 'Servers' }).getByText('takes boards').first().waitFor()
    await looksRight('overview')
  })

  await step('what is not well comes with what to do about it', async () => {
    await page.route('**/admin/v1/server', async (route) => {
      const answer = await route.fetch()
      const server = await answer.json()
      server.health = {
        status: 'DOWN',
        components: [{ name: 'store', status: 'DOWN', detail: 'no answer within 800 ms', whatToDo: 'See whether the disk is full.' }],
      }
      await route.fulfill({ json: server })
    })
    await page.reload()
    await page.getByText('See whether the disk is full.').waitFor()
    assert.deepEqual(await operator.violations(), [])
    await shot('not-well')
    await page.unroute('**/admin/v1/server')
  })

  await step('the last hour shows what was done, who was sent away, and which limit that was', async () => {
    await api('POST', '/rooms', { id: room })
    for (let i = 0; i < 5; i++) {
      const id = `page:p${i}`
      await api('PATCH', `/rooms/${room}/records`, {
        puts: [{ id, typeName: 'page', name: `P ${i}`, index: `a${i + 5}`, meta: {} }],
        deletes: [],
      })
    }
    await sendTooDeep(page, room)
    await tab('Last hour')
    await until(async () => /hour, at most/.test((await chart('Commits to the store').getAttribute('aria-label')) ?? ''))
    await until(async () => (await page.getByText('JSON_DEPTH').count()) > 0)
    await page.getByText('drawbridge.limits.json-depth raises it.').waitFor()
    await page.getByText('INVALID_RECORD').waitFor()
    await chart('Commits to the store').hover()
    await looksRight('hour')
    await page.getByText('All numbers as a table').click()
    await page.getByRole('columnheader', { name: 'Commits to the store' }).waitFor()
    assert.deepEqual(await operator.violations(), [])
    assert.match(page.url(), /tab=hour/)
  })

  await step('settings are searched by name, value and origin; secrets are hidden', async () => {
    await tab('Settings')
    const search = page.getByRole('searchbox', { name: 'Search settings' })
    await operator.row('drawbridge.limits.rooms').getByText('10000').waitFor()
    await operator.row('drawbridge.admin.token').getByText('hidden', { exact: true }).waitFor()
    assert.equal((await page.content()).includes(token), false)
    await looksRight('settings')
    await search.fill('sqlite.path')
    await until(async () => (await page.locator('tbody tr').count()) === 1)
    await search.fill('no such thing')
    await page.getByRole('heading', { name: 'No setting like that' }).waitFor()
    assert.deepEqual(await operator.violations(), [])
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByLabel('Only what is set').check()
    await operator.row('drawbridge.admin.token').waitFor()
    assert.equal(await operator.row('drawbridge.limits.chunks').count(), 0)
  })

  await step('the activity lists what operators have done, and leads to the board', async () => {
    await tab('Activity')
    await page.getByRole('table', { name: 'What operators have done' }).waitFor()
    await page.getByRole('searchbox', { name: 'Search what was done' }).fill(room)
    await until(async () => (await page.locator('tbody tr').count()) === 6)
    await looksRight('activity')
    await page.getByRole('searchbox').fill('no such thing')
    await page.getByRole('heading', { name: 'Nothing like that was done' }).waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByRole('link', { name: room }).first().click()
    await until(() => new URL(page.url()).pathname === `/console/boards/${room}`)
  })

  await step('a list that is empty, or does not come, says so', async () => {
    await page.route('**/admin/v1/audit*', (route) => route.fulfill({ json: { node: 'here', entries: [] } }))
    await operator.open('/server?tab=activity')
    await page.getByRole('heading', { name: 'Nothing was done yet' }).waitFor()
    assert.deepEqual(await operator.violations(), [])
    await page.unroute('**/admin/v1/audit*')
    await page.route('**/admin/v1/audit*', (route) => route.abort())
    await page.reload()
    await page.getByRole('heading', { name: 'What was done could not be loaded' }).waitFor()
    assert.deepEqual(await operator.violations(), [])
    await page.unroute('**/admin/v1/audit*')
  })

  await step('tabs are reached by the keyboard, and nobody else was asked', async () => {
    await operator.open('/server')
    await page.getByRole('tab', { name: 'Overview' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('heading', { name: 'Minute by minute' }).waitFor()
    assert.deepEqual(operator.errors, [])
    assert.deepEqual(operator.strays, [])
    assert.deepEqual(operator.urlsWithToken, [])
    await api('DELETE', `/rooms/${room}`)
  })
}

/** Has a client sent away. */
function sendTooDeep(page, room) {
  return page.evaluate((id) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/connect/${id}?sessionId=deep`)
    return new Promise((done, failed) => {
      socket.onopen = () => socket.send('{"a":'.repeat(600) + '1' + '}'.repeat(600))
      socket.onclose = () => done()
      socket.onerror = failed
    })
  }, room)
}
