#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { describe } from './describe'
import { differences } from './diff'
import { Failure } from './failure'
import { layout } from './layout'
import { isObject, type JsonObject } from './json'

const USAGE = `drawbridge-schema describes a tldraw schema for Drawbridge.

  drawbridge-schema describe [--export <name>] [--all] <module>   write the description of the module's schema
  drawbridge-schema describe --check <file> [...] <module>        compare it with a file: 0 the same, 1 different
  drawbridge-schema diff <file> <file>                            compare two files

  --export <name>  which export of the module is the schema, when there are several
  --all            tldraw's own types as well
`

async function main(args: string[]): Promise<number> {
  const [command, ...rest] = args
  switch (command) {
    case 'describe':
      return describeCommand(rest)
    case 'diff':
      return diffCommand(rest)
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(USAGE)
      return 0
    default:
      throw new Failure(command === undefined ? 'a command is missing: describe or diff' : `there is no command "${command}": describe or diff`)
  }
}

async function describeCommand(args: string[]): Promise<number> {
  const options: { export?: string; check?: string; all?: boolean } = {}
  const modules: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    const [name, inline] = arg.startsWith('--') ? splitAt(arg, '=') : [arg, undefined]
    if (name === '--export' || name === '--check') {
      const value = inline ?? args[++i]
      if (value === undefined) throw new Failure(`${name} needs a value`)
      options[name === '--export' ? 'export' : 'check'] = value
    } else if (arg === '--all') options.all = true
    else if (arg.startsWith('-')) throw new Failure(`there is no option "${arg}": --export, --check, --all`)
    else modules.push(arg)
  }
  if (modules.length !== 1) throw new Failure('describe needs one module: drawbridge-schema describe ./schema.ts')

  const { file, warnings } = await describe(modules[0], options)
  for (const warning of warnings) process.stderr.write(`${warning}\n`)
  if (options.check === undefined) {
    process.stdout.write(layout(file))
    return 0
  }
  return report(differences(readFile(options.check), file), options.check, modules[0])
}

async function diffCommand(args: string[]): Promise<number> {
  if (args.length !== 2) throw new Failure('diff needs two files')
  const [a, b] = args
  return report(differences(readFile(a), readFile(b)), a, b)
}

function report(found: string[], a: string, b: string): number {
  if (found.length === 0) {
    process.stdout.write(`${a} and ${b} say the same.\n`)
    return 0
  }
  process.stdout.write(`${a} and ${b} differ in ${found.length} ${found.length === 1 ? 'place' : 'places'}:\n`)
  for (const line of found) process.stdout.write(`  ${line}\n`)
  return 1
}

function readFile(path: string): JsonObject {
  try {
    const file: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isObject(file)) return file as JsonObject
  } catch (error) {
    const why = error instanceof SyntaxError ? `is no JSON: ${error.message.split('\n')[0]}` : 'cannot be read'
    throw new Failure(`${path} ${why}`)
  }
  throw new Failure(`${path} is no schema file: it must be a JSON object`)
}

function splitAt(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

let code: number
try {
  code = await main(process.argv.slice(2))
} catch (error) {
  const message = error instanceof Failure ? error.message : `something went wrong: ${error instanceof Error ? error.message.split('\n')[0] : error}`
  process.stderr.write(`drawbridge-schema: ${message}\n`)
  code = 2
}
// What was loaded may hold timers: it is not waited for, but whoever reads the output is.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
