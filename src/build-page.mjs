// Builds one of the server's pages and copies it into a directory.
//
// Maven runs this. Whoever builds only the server needs neither Node nor a network: then a line says what is
// missing, nothing is copied, and the server is built without that page.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Builds the page whose sources are in `home`, and copies it to where the command line says; `what` is its name. */
export function buildPage(home, what) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.log(`The ${what} is left out: it needs Node 20.19 or later, this is ${process.version}.`)
    process.exit(0)
  }
  if (!process.argv[2]) {
    console.error('Usage: node build.mjs <output directory>')
    process.exit(1)
  }

  const dist = join(home, 'dist')
  const stamp = join(dist, '.inputs')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs(home)) {
    console.log(`The ${what} has not changed since it was built.`)
  } else {
    // Not `npm ci`: it refuses a lock file written on another platform, for the sake of optional packages.
    if (!npm(home, 'install', '--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries=1', '--loglevel=error')) {
      console.log(`The ${what} is left out: npm is missing, or could not install what it needs (is there a network?).`)
      process.exit(process.env.CI === 'true' ? 1 : 0)
    }
    if (!npm(home, 'run', 'build', '--', '--logLevel=warn')) process.exit(1)
    writeFileSync(stamp, inputs(home))
  }

  const output = resolve(process.argv[2])
  mkdirSync(output, { recursive: true })
  cpSync(dist, output, { recursive: true, filter: (file) => file !== stamp })
  console.log(`The ${what} is in ${output}`)
}

function npm(home, ...args) {
  // On Windows npm is a script, which only a shell can start.
  return spawnSync('npm', args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
}

/** A hash over everything the build reads. */
function inputs(home) {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'index.html', 'src']) {
    for (const file of filesIn(home, name))
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(home, file)))
        .update('\0')
  }
  return hash.digest('hex')
}

function filesIn(home, path) {
  if (!statSync(join(home, path)).isDirectory()) return [path]
  return readdirSync(join(home, path))
    .sort()
    .flatMap((name) => filesIn(home, `${path}/${name}`))
}
