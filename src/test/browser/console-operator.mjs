// Whoever operates the server, in a browser on the console.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const LIMIT = 20_000
export const WIDE = { width: 1360, height: 900 }
export const NARROW = { width: 360, height: 780 }

/** A browser with a storage of its own, and a record of what must not happen there. */
export class Operator {
  errors = []
  strays = []
  urlsWithToken = []

  static async of(browser, base, token) {
    const context = await browser.newContext({ viewport: WIDE, acceptDownloads: true, colorScheme: 'light' })
    context.setDefaultTimeout(LIMIT)
    return new Operator(await context.newPage(), base, token)
  }

  constructor(page, base, token) {
    this.page = page
    this.base = base
    this.token = token
    page.on('pageerror', (error) => this.errors.push(String(error)))
    page.on('console', (message) => {
      // A browser logs each answer that is no success; which these are, each step knows.
      if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) this.errors.push(message.text())
    })
    const watch = (url) => {
      if (url.includes(token)) this.urlsWithToken.push(url)
      if (/^(http|ws)s?:/.test(url) && new URL(url).host !== new URL(base).host) this.strays.push(url)
    }
    page.on('request', (request) => watch(request.url()))
    page.on('websocket', (socket) => watch(socket.url()))
  }

  open(path = '') {
    return this.page.goto(`${this.base}/console${path}`)
  }

  async signIn(token = this.token) {
    await this.page.getByLabel('Admin token').fill(token)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  /** The row of a table with this key. */
  row(key) {
    return this.page.locator(`tr[data-key="${key}"]`)
  }

  async choose(menu, item) {
    await this.page.getByRole('button', { name: menu, exact: true }).click()
    await this.page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  dialog() {
    return this.page.getByRole('dialog')
  }

  async fill(label, text) {
    await this.dialog().getByLabel(label, { exact: true }).fill(text)
  }

  /** Presses a button of the dialog, which closes it. */
  async press(name) {
    await this.dialog().getByRole('button', { name, exact: true }).click()
    await this.dialog().waitFor({ state: 'detached' })
  }

  /** What axe finds that is serious; what tldraw draws is its own. */
  async violations() {
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(await axe())
    return this.page.evaluate(async () => {
      // While something fades in, its colours are not what they will be.
      await Promise.all(document.getAnimations().filter(({ effect }) => effect.getTiming().iterations === 1).map(({ finished }) => finished))
      const { violations } = await window.axe.run(
        { exclude: [['.tl-container']] },
        { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
      )
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join('; ')}`)
    })
  }

  /** Whether one has to scroll sideways. */
  isTooWide() {
    return this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  }
}

async function axe() {
  return readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
}

/** The admin API, for what a test prepares and looks up. */
export function adminApi(base, token) {
  return async (method, path, body) => {
    const answer = await fetch(`${base}/admin/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.status === 204 ? undefined : answer.json()
  }
}

export async function until(condition) {
  const deadline = performance.now() + LIMIT
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Never: ${condition}`)
    await new Promise((done) => setTimeout(done, 100))
  }
}
