import { build, type BuildFailure, type Plugin } from 'esbuild'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Failure } from './failure'

/** The module of a team, bundled with the tldraw that it uses and ready to be run. */
export interface Bundle {
  /** Its `@tldraw/tlschema`, untouched by the module: that is run by `load`. */
  tlschema: any
  /** The release of that, as its package says it. */
  release: string
  load(): Promise<Record<string, unknown>>
  /** The texts of the team's own files. */
  sources: string[]
}

const RECORDING = join(dirname(fileURLToPath(import.meta.url)), 'recording.js')
/** Where tldraw's schema may lie when the team's own package does not name it. */
const BY_WAY_OF = ['tldraw', '@tldraw/editor', '@tldraw/sync', '@tldraw/sync-core']
const CODE = /\.([cm]?[jt]s|[jt]sx|json)$/

export async function bundle(file: string): Promise<Bundle> {
  const path = resolve(file)
  if (!existsSync(path)) throw new Failure(`${file} does not exist`)
  const directory = mkdtempSync(join(tmpdir(), 'drawbridge-schema-'))
  let tlschemaFile = ''
  try {
    const result = await build({
      stdin: {
        contents: `
          export * as tlschema from 'drawbridge:tlschema'
          export const load = () => import(${JSON.stringify(path)})`,
        resolveDir: dirname(path),
      },
      outfile: join(directory, 'bundle.mjs'),
      bundle: true,
      metafile: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      keepNames: true,
      jsx: 'automatic',
      logLevel: 'silent',
      absWorkingDir: dirname(path),
      loader: { '.css': 'empty' },
      // What is CommonJS inside asks for node's modules by `require`.
      banner: { js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(${JSON.stringify(pathToFileURL(path).href)});` },
      plugins: [recording((found) => (tlschemaFile = found)), assets],
    })
    const sources = Object.keys(result.metafile.inputs)
      .filter((input) => !input.includes('node_modules') && !/^[a-z-]+:/.test(input) && /\.([cm]?[jt]s|[jt]sx)$/.test(input))
      .sort()
      .map((input) => readFileSync(resolve(dirname(path), input), 'utf8'))
    const bundled = await run(join(directory, 'bundle.mjs'), file)
    return {
      tlschema: bundled.tlschema,
      release: releaseOf(tlschemaFile),
      load: () => loading(file, () => bundled.load()),
      sources,
    }
  } catch (error) {
    if (isBuildFailure(error)) {
      const { text, location } = error.errors[0]
      throw new Failure(location ? `${location.file}:${location.line}: ${text}` : `${file}: ${text}`)
    }
    throw error
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function run(path: string, file: string): Promise<any> {
  return loading(file, () => import(pathToFileURL(path).href))
}

async function loading<R>(file: string, load: () => Promise<R>): Promise<R> {
  try {
    return await load()
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
    const browser = /\b(window|document|navigator|localStorage|self|HTMLElement)\b.* (is )?not defined/.test(message)
    throw new Failure(
      `${file} could not be loaded: ${message}` +
        (browser ? '; keep what needs a browser out of the module with the schema, or behind a function' : ''),
    )
  }
}

/** Puts the recording validators where tldraw's are asked for, and finds the schema of tldraw. */
function recording(foundTlschema: (path: string) => void): Plugin {
  return {
    name: 'recording',
    setup(build) {
      build.onResolve({ filter: /^drawbridge:tlschema$/ }, async ({ resolveDir }) => {
        const found = await tlschemaFrom(resolveDir)
        if (!found) return { errors: [{ text: '@tldraw/tlschema is not installed here, nor tldraw: there is nothing to compare with' }] }
        foundTlschema(found)
        return { path: found }
      })
      async function tlschemaFrom(resolveDir: string): Promise<string | null> {
        const ask = (name: string, from: string) => build.resolve(name, { kind: 'import-statement', resolveDir: from, pluginData: PLAIN })
        const direct = await ask('@tldraw/tlschema', resolveDir)
        if (direct.errors.length === 0) return direct.path
        for (const name of BY_WAY_OF) {
          const way = await ask(name, resolveDir)
          if (way.errors.length > 0) continue
          const found = await tlschemaFrom(dirname(way.path))
          if (found) return found
        }
        return null
      }
      build.onResolve({ filter: /^@tldraw\/validate$/ }, async (args) => {
        if (args.pluginData === PLAIN || args.namespace === 'recording') return undefined
        const { resolveDir, importer } = args
        const real = await build.resolve(args.path, { kind: 'import-statement', resolveDir, importer, pluginData: PLAIN })
        return real.errors.length > 0 ? { errors: real.errors } : { path: real.path, namespace: 'recording' }
      })
      build.onLoad({ filter: /.*/, namespace: 'recording' }, ({ path }) => ({
        contents: `
          import * as real from ${JSON.stringify(path)}
          import { record } from ${JSON.stringify(RECORDING)}
          export * from ${JSON.stringify(path)}
          export const { T } = record(real)`,
        resolveDir: dirname(path),
      }))
    },
  }
}

const PLAIN = Symbol('plain')

/** Pictures, fonts and whatever else a bundler of applications turns into a URL. */
const assets: Plugin = {
  name: 'assets',
  setup(build) {
    build.onResolve({ filter: /\?|\.[a-z0-9]+$/i }, ({ path, kind }) =>
      kind === 'import-statement' || kind === 'dynamic-import' || kind === 'require-call'
        ? path.includes('?') || ASSET.test(path)
          ? { path, namespace: 'asset' }
          : undefined
        : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'asset' }, ({ path }) => ({
      contents: CODE.test(path.split('?')[0]) ? 'module.exports = {}' : `module.exports = ${JSON.stringify(path)}`,
    }))
  },
}

const ASSET =
  /\.(svg|png|jpe?g|gif|webp|avif|ico|bmp|css|scss|sass|less|styl|woff2?|ttf|otf|eot|mp[34]|webm|ogg|wav|pdf|txt|md|html|wasm|glb|gltf|graphql|gql)$/i

function releaseOf(file: string): string {
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    const description = join(directory, 'package.json')
    if (existsSync(description)) {
      const { name, version } = JSON.parse(readFileSync(description, 'utf8'))
      if (name === '@tldraw/tlschema') return version
    }
    if (dirname(directory) === directory) return 'unknown'
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as BuildFailure).errors) && (error as BuildFailure).errors.length > 0
}
