import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How a browser is started. */
export interface Chromium {
  executablePath: string
  env: Record<string, string | undefined>
}

const NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser']
const MAC_PATHS = ['Google Chrome', 'Chromium'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`
)

function installed(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const candidates = NAMES.flatMap((name) => onPath.map((folder) => join(folder, name)))
  return [...candidates, ...MAC_PATHS].find((path) => existsSync(path))
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Where the npm package's browser lies unpacked: once for each of its versions. */
function unpacked(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest = readFileSync(join(dirname(entry), '../package.json'), 'utf8')
  const cache = join(root, 'node_modules/.cache')
  const folder = join(cache, `chromium-${JSON.parse(manifest).version}`)
  if (existsSync(folder)) return folder

  mkdirSync(cache, { recursive: true })
  const partial = mkdtempSync(`${folder}-`)
  const script = fileURLToPath(new URL('unpack_chromium.mjs', import.meta.url))
  const env = { ...process.env, TMPDIR: partial }
  const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The npm package's browser does not unpack: ${stderr}`)
  try {
    renameSync(partial, folder)
  } catch (error) {
    // Another run was faster.
    if (!existsSync(folder)) throw error
    rmSync(partial, { recursive: true, force: true })
  }
  return folder
}

function fromPackage(): Chromium {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The browser that npm installs runs on Linux x64, and this is ${process.platform} ` +
        `${process.arch}: install Chrome, or name a Chrome or Chromium in CHROMIUM_PATH.`
    )
  }
  const folder = unpacked()
  const executablePath = join(folder, 'chromium')
  const env: Chromium['env'] = { ...process.env }
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = join(folder, 'fonts')

  const probe = spawnSync(executablePath, ['--version'], { env, encoding: 'utf8' })
  if (probe.status !== 0 && probe.stderr.includes('shared libraries')) {
    const libraries = join(folder, 'al2023/lib')
    env.LD_LIBRARY_PATH = [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter)
  }
  return { executablePath, env }
}

/**
 * The browser of the tests: the one at `CHROMIUM_PATH`, else an installed Chrome or Chromium, else
 * the one that came with `npm ci`.
 * @throws Error that says what to install.
 */
export function findChromium(): Chromium {
  const executablePath = process.env.CHROMIUM_PATH || installed()
  if (!executablePath) return fromPackage()
  if (!existsSync(executablePath)) {
    throw new Error(`CHROMIUM_PATH names ${executablePath}, and there is nothing.`)
  }
  return { executablePath, env: { ...process.env } }
}
