// The command as a team calls it, on schemas as people write them. Expected descriptions are rewritten by
// UPDATE=1 npm test, and then to be read.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'

const home = join(import.meta.dirname, '..')
const schemas = ['card', 'chart', 'kanban', 'meta', 'poll', 'records', 'status', 'ticket']
const scratch = mkdtempSync(join(home, 'node_modules', '.test-'))
after(() => rmSync(scratch, { recursive: true, force: true }))

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(home, 'dist/cli.js'), ...args], { encoding: 'utf8', cwd: home, timeout: 60_000 })
  return { status, stdout, stderr }
}

function file(name, text) {
  const path = join(scratch, name)
  writeFileSync(path, text)
  return path
}

describe('describe', () => {
  for (const name of schemas) {
    test(`says of ${name} what is expected`, () => {
      const { status, stdout } = run('describe', `test/schemas/${name}.ts`)
      assert.equal(status, 0)
      const expected = join(home, 'test/expected', `${name}.json`)
      if (process.env.UPDATE) writeFileSync(expected, stdout)
      assert.equal(stdout, readFileSync(expected, 'utf8'))
    })
  }

  test('says nothing of what is tldraw’s own', () => {
    const { stdout, stderr } = run('describe', 'test/schemas/tldraw.ts')
    assert.deepEqual(JSON.parse(stdout), { version: 1, tldraw: '5.4.2' })
    assert.equal(stderr, '')
  })

  test('leaves comments to the server’s setting, and says so', () => {
    const { stdout, stderr } = run('describe', 'test/schemas/comments.ts')
    assert.deepEqual(Object.keys(JSON.parse(stdout).records), ['vote'])
    assert.match(stderr, /drawbridge\.schema\.comments=true/)
  })

  test('says all of it with --all, and sees through every validator', () => {
    const { stdout, stderr } = run('describe', '--all', 'test/schemas/tldraw.ts')
    const { shapes, bindings, assets, records } = JSON.parse(stdout)
    assert.equal(Object.keys(shapes).length, 13)
    assert.deepEqual(shapes.geo.migrations, { tldraw: 12 })
    assert.equal(shapes.geo.replace, true)
    assert.deepEqual(Object.keys(bindings), ['arrow'])
    assert.deepEqual(Object.keys(assets), ['bookmark', 'image', 'video'])
    assert.equal(records.instance.scope, 'session')
    assert.equal(stderr, '')
  })

  test('names the place of what is code, on stderr and in the file', () => {
    const { stdout, stderr } = run('describe', 'test/schemas/chart.ts')
    assert.match(stderr, /^\/shapes\/chart\/props\/year: a refinement in code; described as "integer"$/m)
    assert.ok(JSON.parse(stdout).$comment.some((line) => line.startsWith('/shapes/chart/props/year')))
  })

  test('sees no rule in what only fits the values that were tried', () => {
    const path = file('code.ts', `
      import { createShapePropsMigrationSequence } from '@tldraw/tlschema'
      import { T } from '@tldraw/validate'
      const step = (n: number, up: (props: any) => any, down?: (props: any) => any) => ({ id: 'com.tldraw.shape.a/' + n as any, up, down })
      export const shapes = { a: {
        props: { text: T.string, list: T.arrayOf(T.string), n: T.number, at: T.number },
        migrations: createShapePropsMigrationSequence({ sequence: [
          step(1, (p) => { p.text = p.text.trim() }),
          step(2, (p) => { p.n = p.list.length }),
          step(3, (p) => { p.list = [...p.list].sort() }),
          step(4, (p) => { p.at = Date.now() }),
          step(5, (p) => { p.n = Math.random() }),
          step(6, (p) => { p.text = p.text.toUpperCase() }, (p) => { p.text = p.text.toLowerCase() }),
          step(7, (p) => { p.n = p.n > 100 ? 100 : p.n }),
          step(8, (p) => { p.text = 'a' + p.text }, (p) => { p.text = p.text.slice(1) }),
        ] }) } }`)
    const { stdout } = run('describe', path)
    assert.deepEqual(new Set(JSON.parse(stdout).shapes.a.migrations.map(({ up }) => up)), new Set(['code']))
  })

  test('keeps a step whose way down is code, without it', () => {
    const path = file('down.ts', `
      import { T } from '@tldraw/validate'
      export const shapes = { a: { props: { text: T.string, size: T.number }, migrations: { sequence: [
        { id: 'com.tldraw.shape.a/1', up: (p) => { p.size = 1 }, down: (p) => { p.text = p.text + p.size; delete p.size } },
      ] } } }`)
    const { stdout, stderr } = run('describe', path)
    assert.deepEqual(JSON.parse(stdout).shapes.a.migrations, [{ up: [{ set: { size: 1 } }] }])
    assert.match(stderr, /migrations\/0\/down: the way down of com\.tldraw\.shape\.a\/1 is code/)
  })

  test('reads migrations of the old form', () => {
    const path = file('legacy.ts', `
      import { T } from '@tldraw/validate'
      export const shapes = { a: { props: { title: T.string }, migrations: { firstVersion: 0, currentVersion: 1, migrators: {
        1: { up: (shape) => ({ ...shape, props: { title: shape.props.name } }), down: (shape) => ({ ...shape, props: { name: shape.props.title } }) },
      } } } }`)
    const { stdout } = run('describe', path)
    assert.deepEqual(JSON.parse(stdout).shapes.a.migrations[0].up, [{ rename: { name: 'title' } }])
  })

  test('gives the same bytes each time', () => {
    assert.equal(run('describe', 'test/schemas/meta.ts').stdout, run('describe', 'test/schemas/meta.ts').stdout)
  })
})

describe('describe --check', () => {
  const description = () => JSON.parse(run('describe', 'test/schemas/card.ts').stdout)

  test('is content when order and remarks differ', () => {
    const { shapes, ...rest } = description()
    const { props, ...card } = shapes.card
    const path = file('same.json', JSON.stringify({ shapes: { card: { description: 'A card', props: Object.fromEntries(Object.entries(props).reverse()), ...card } }, $schema: 'x', ...rest }))
    const { status, stdout } = run('describe', '--check', path, 'test/schemas/card.ts')
    assert.equal(status, 0, stdout)
  })

  test('names each place that differs', () => {
    const other = description()
    other.shapes.card.props.title = 'number'
    delete other.shapes.card.props.w
    other.shapes.card.migrations[0].up[0].set.someProperty = 'another'
    const { status, stdout } = run('describe', '--check', file('other.json', JSON.stringify(other)), 'test/schemas/card.ts')
    assert.equal(status, 1)
    assert.match(stdout, /\/shapes\/card\/props\/title: "number" \| "string"/)
    assert.match(stdout, /\/shapes\/card\/props\/w: only in the second: "nonZeroNumber"/)
    assert.match(stdout, /\/shapes\/card\/migrations\/0\/up/)
  })
})

describe('what is wrong is said in one sentence', () => {
  const cases = {
    'no command': [[], /a command is missing/],
    'an unknown option': [['describe', '--frob', 'a.ts'], /no option "--frob"/],
    'a module that is not there': [['describe', 'nowhere.ts'], /nowhere\.ts does not exist/],
    'a file that is no JSON': [['diff', 'README.md', 'README.md'], /README\.md is no JSON/],
    'an export that is not there': [['describe', '--export', 'other', 'test/schemas/card.ts'], /exports no "other"; it exports cardMigrations, cardProps, cardVersions, schema/],
    'a module without a schema': [() => ['describe', file('none.ts', 'export const a = 1')], /exports no schema/],
    'a module that does not parse': [() => ['describe', file('broken.ts', 'export const = 1')], /broken\.ts:1: Expected identifier/],
    'a module that fails': [() => ['describe', file('fails.ts', 'throw new Error("not today")')], /could not be loaded: not today/],
    'a module that needs a browser': [() => ['describe', file('browser.ts', 'export const a = window.innerWidth')], /window is not defined; keep what needs a browser/],
    'two schemas': [
      () => ['describe', file('two.ts', `import { createTLSchema } from '@tldraw/tlschema'; export const a = createTLSchema(); export const b = createTLSchema()`)],
      /several schemas \(a, b\): name one with --export/,
    ],
  }
  for (const [name, [args, message]] of Object.entries(cases)) {
    test(name, () => {
      const { status, stderr } = run(...(typeof args === 'function' ? args() : args))
      assert.equal(status, 2)
      assert.match(stderr, message)
      assert.equal(stderr.trimEnd().split('\n').length, 1)
    })
  }
})
