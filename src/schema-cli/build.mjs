// Bundles the command, and beside it the recording validators, which are bundled into whatever is described.
import { build } from 'esbuild'
import { join } from 'node:path'

const home = import.meta.dirname
await build({
  entryPoints: [join(home, 'src/cli.ts'), join(home, 'src/recording.ts')],
  outdir: join(home, 'dist'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['esbuild'],
  logLevel: 'warning',
})
