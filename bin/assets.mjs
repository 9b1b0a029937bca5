// Builds public/assets when its sources changed since the last time: about a second, offline.
// Used before tests and the demo; `npm run build` builds its own into build/public/assets.
import { createHash } from 'node:crypto'
import { cp, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'public/assets')
const stamp = join(target, '.sources')

// Views count: their class names decide which styles are made.
const SOURCES = ['resources/{css,js,views}/**/*.*', 'vite.config.ts', 'package-lock.json']

async function fingerprint() {
  const files = []
  for await (const file of glob(SOURCES, { cwd: root })) files.push(file)
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(file).update(await readFile(join(root, file)))
  return hash.digest('hex')
}

/** Two processes may build at once: each into a folder of its own; the manifest is put in place last. */
export async function buildAssets() {
  const wanted = await fingerprint()
  if (wanted === (await readFile(stamp, 'utf8').catch(() => ''))) return false

  const { build } = await import('vite')
  const scratch = join(root, `tmp/assets.${process.pid}`)
  await build({ root, logLevel: 'error', build: { outDir: scratch, emptyOutDir: true } })
  await mkdir(join(target, '.vite'), { recursive: true })
  const manifest = join('.vite', 'manifest.json')
  await rename(join(scratch, manifest), join(scratch, 'manifest.json'))
  await cp(scratch, target, {
    recursive: true,
    filter: (path) => path !== join(scratch, 'manifest.json'),
  })
  await rename(join(scratch, 'manifest.json'), join(target, manifest))
  await rm(scratch, { recursive: true })
  await writeFile(stamp, wanted)
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAssets()
