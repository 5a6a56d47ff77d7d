// What another release of tldraw has otherwise in its own schema: node release.mjs <release> <directory>
//
// `./mvnw -Ptldraw-release -Dtldraw.release=… validate` runs this. The descriptions of both releases stay in the directory.

import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const [release, target] = process.argv.slice(2)
if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(release ?? '') || !target) {
  console.error('Usage: node release.mjs <release, as 5.5.2> <directory>')
  process.exit(2)
}
const home = import.meta.dirname
const ours = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).devDependencies['@tldraw/tlschema']
const directory = resolve(target)

const dependencies = Object.fromEntries(['store', 'tlschema', 'validate'].map((name) => [`@tldraw/${name}`, release]))
mkdirSync(directory, { recursive: true })
writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }))
copyFileSync(join(home, 'release.ts'), join(directory, 'release.ts'))
if (!existsSync(join(home, 'node_modules/esbuild'))) install(home)
install(directory)
if (spawnSync(process.execPath, [join(home, 'build.mjs')], { stdio: 'inherit' }).status !== 0) process.exit(1)

const files = [describe(join(home, 'release.ts'), ours), describe(join(directory, 'release.ts'), release)]
const { status } = command('diff', ...files, { stdio: 'inherit' })
const [before, after] = [sequences(home), sequences(directory)]
for (const id of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
  if (before[id] !== after[id]) console.log(`  sequence ${id}: ${before[id] ?? 'none'} | ${after[id] ?? 'none'}`)
}
console.log(`Sequences compared: ${Object.keys(after).length}.`)
// A difference is what was asked for.
process.exit(status === 2 ? 2 : 0)

function describe(module, version) {
  const { status, stdout } = command('describe', '--all', module, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
  if (status !== 0) process.exit(status ?? 1)
  const file = join(directory, `tldraw-${version}.json`)
  writeFileSync(file, stdout)
  return file
}

/** The versions of all sequences, by the package itself. */
function sequences(cwd) {
  const code = `import('@tldraw/tlschema').then(({ createTLSchema }) => console.log(JSON.stringify(createTLSchema().serialize().sequences)))`
  return JSON.parse(spawnSync(process.execPath, ['-e', code], { cwd, encoding: 'utf8' }).stdout)
}

function command(...args) {
  const options = args.pop()
  return spawnSync(process.execPath, [join(home, 'dist/cli.js'), ...args], options)
}

function install(cwd) {
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  if (spawnSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0) process.exit(1)
}
