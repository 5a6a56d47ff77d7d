// What the browser scripts share: a browser, whiteboards in it, and a link that can be cut.

import { createServer, connect } from 'node:net'
import { chromium } from 'playwright-core'

const LIMIT = 20_000

/** The value of `--name value` on the command line. */
export function option(name) {
  const at = process.argv.indexOf(`--${name}`)
  if (at < 0 || !process.argv[at + 1]) throw new Error(`missing --${name}`)
  return process.argv[at + 1]
}

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', // Chromium as root, as in a container, starts only without it.
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** One person's browser on a whiteboard: own storage, own page, and a record of what must not happen there. */
export class Whiteboard {
  errors = []
  strayRequests = []

  static async of(browser, who) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    context.setDefaultTimeout(LIMIT)
    return new Whiteboard(who, await context.newPage())
  }

  constructor(who, page) {
    this.who = who
    this.page = page
    page.on('pageerror', (error) => this.errors.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && this.errors.push(message.text()))
    page.on('request', (request) => this.#watch(request.url()))
    page.on('websocket', (socket) => this.#watch(socket.url().replace(/^ws/, 'http')))
  }

  async visit(url) {
    this.origin = new URL(url).origin
    await this.page.goto(url)
    await this.ready()
  }

  #watch(url) {
    // data: and blob: URLs are the page's own.
    if (/^https?:/.test(url) && new URL(url).origin !== this.origin) this.strayRequests.push(url)
  }

  /** The editor stands and has the room's document. */
  ready() {
    return this.until('the editor is there', () => Boolean(window.editor))
  }

  /** Waits until a condition holds in the page; `window.editor` is the tldraw editor. */
  async until(what, condition, argument) {
    try {
      await this.page.waitForFunction(condition, argument, { timeout: LIMIT, polling: 50 })
    } catch (error) {
      throw new Error(`${this.who}: ${what}: not within ${LIMIT / 1000} s`, { cause: error })
    }
  }

  /** Runs a function in the page. */
  inPage(action, argument) {
    return this.page.evaluate(action, argument)
  }

  /** The room's document as this browser has it: record id → record. */
  document() {
    return this.inPage(() => window.editor.store.serialize('document'))
  }

  /** The same, without who is known to the room: only the drawing. */
  async drawing() {
    return Object.fromEntries(Object.entries(await this.document()).filter(([id]) => !id.startsWith('user:')))
  }

  /** Draws by hand, with the pen and the mouse, along points written as in SVG: "x,y x,y". */
  async scribble(points) {
    const [start, ...others] = points.split(' ').map((point) => point.split(',').map(Number))
    await this.page.keyboard.press('d')
    await this.page.mouse.move(...start)
    await this.page.mouse.down()
    for (const point of others) await this.page.mouse.move(...point, { steps: 4 })
    await this.page.mouse.up()
  }

  /** Clicks with the text tool and types. */
  async type(x, y, text) {
    await this.page.keyboard.press('t')
    await this.page.mouse.click(x, y)
    await this.page.locator('[contenteditable=true]').waitFor()
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Escape')
  }

  /** Opens the share menu, does something there, and closes it. */
  async inShareMenu(action) {
    await this.page.getByTestId('share').click()
    const result = await action(this.page.locator('.share__menu'))
    await this.page.keyboard.press('Escape')
    await this.page.locator('.share__menu').waitFor({ state: 'detached' })
    return result
  }

  /** Changes the person's name as the person would. */
  rename(name) {
    return this.inShareMenu(async (menu) => {
      await menu.getByTestId('people-menu.change-name').click()
      await menu.locator('.tlui-people-menu__user__input').fill(name)
      await this.page.keyboard.press('Enter')
    })
  }

  /** A text on the canvas; tldraw has a second copy outside of it, for measuring. */
  text(text) {
    return this.page.getByTestId('canvas').getByText(text)
  }

  /** The name tag at somebody's cursor. */
  cursorOf(name) {
    return this.page.locator('.tl-nametag', { hasText: name })
  }

  screenshot(path) {
    return this.page.screenshot({ path })
  }
}

/**
 * A TCP link to the server that can be cut. A browser's own "offline" mode leaves open WebSockets alone, so this is
 * what an unplugged cable is to the page.
 */
export class Link {
  #sockets = new Set()
  #isCut = false

  static async to(base) {
    const { hostname, port } = new URL(base)
    const link = new Link(hostname, Number(port))
    await new Promise((done) => link.server.listen(0, '127.0.0.1', done))
    return link
  }

  constructor(host, port) {
    this.server = createServer((inside) => {
      if (this.#isCut) return inside.destroy()
      const outside = connect(port, host)
      for (const [from, to] of [
        [inside, outside],
        [outside, inside],
      ]) {
        this.#sockets.add(from)
        from.pipe(to)
        // Either end gone is both ends gone.
        from.on('error', () => to.destroy())
        from.on('close', () => {
          this.#sockets.delete(from)
          to.destroy()
        })
      }
    })
  }

  get base() {
    return `http://127.0.0.1:${this.server.address().port}`
  }

  cut() {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend() {
    this.#isCut = false
  }

  close() {
    this.cut()
    this.server.close()
  }
}
