// The operator's console in a real browser, with real whiteboards in the rooms, against a running Drawbridge:
//
//   node console.mjs --base http://127.0.0.1:8080 --token … --out target/screenshots/console
//
// Each page has a file of its own; `--only boards` tries one of them. One line a step, screenshots into --out, exit code 0
// when everything held.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser, option } from './whiteboards.mjs'

const pages = { boards: 'tryBoards', board: 'tryBoard', server: 'tryServer' }

const base = option('base')
const token = option('token')
const out = option('out')
const only = process.argv.includes('--only') ? option('only') : null
mkdirSync(out, { recursive: true })

const browser = await launchBrowser()
try {
  for (const [page, name] of Object.entries(pages)) {
    const file = join(import.meta.dirname, `console-${page}.mjs`)
    if (only && only !== page) continue
    const { [name]: tryPage } = await import(file)
    await tryPage({ browser, base, token, out, step })
  }
} catch {
  process.exitCode = 1
} finally {
  await browser.close()
}

async function step(sentence, action) {
  const start = performance.now()
  try {
    await action()
    console.log(`ok      ${sentence} (${Math.round(performance.now() - start)} ms)`)
  } catch (error) {
    console.log(`FAILED  ${sentence}\n${error.stack}`)
    const open = browser.contexts().flatMap((context) => context.pages())
    for (const [i, page] of open.entries()) await page.screenshot({ path: join(out, `failed-${i}.png`) })
    throw error
  }
}
