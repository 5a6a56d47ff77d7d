// Builds the command and runs its tests: node verify.mjs
//
// Maven runs this. Where Node, npm or a network are missing, a line says so and nothing is tested.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.log(`The schema command is not tested: it needs Node 20.19 or later, this is ${process.version}.`)
  process.exit(0)
}

const home = import.meta.dirname
const stamp = join(home, 'dist', '.inputs')
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs()) {
  console.log('The schema command has not changed since it was tested.')
} else {
  // Not `npm ci`: it refuses a lock file written on another platform, for the sake of optional packages.
  if (!npm('install', '--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries=1', '--loglevel=error')) {
    console.log('The schema command is not tested: npm is missing, or could not install what it needs (is there a network?).')
    process.exit(process.env.CI === 'true' ? 1 : 0)
  }
  if (!npm('test', '--silent')) process.exit(1)
  writeFileSync(stamp, inputs())
}

function npm(...args) {
  // On Windows npm is a script, which only a shell can start.
  return spawnSync('npm', args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
}

/** A hash over everything the build and the tests read. */
function inputs() {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'build.mjs', 'src', 'test']) add(hash, join(home, name))
  return hash.digest('hex')
}

function add(hash, path) {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(hash, join(path, name))
  else hash.update(path.slice(home.length)).update(readFileSync(path))
}
