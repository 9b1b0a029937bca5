import { spawn, type ChildProcess } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { buildAssets } from './build_assets.js'

/**
 * All suites in two processes of about the same length, each with a database, a simulator and ports
 * of its own. The second one's output follows the first one's.
 */
const halves = [['functional'], ['unit', 'browser']]
const runner = fileURLToPath(new URL('../bin/test.mjs', import.meta.url))

const children: ChildProcess[] = []
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => children.forEach((child) => child.kill(signal)))
}

/** Neither half builds them while the other reads them. */
await buildAssets()

const runs = halves.map((suites) => {
  const child = spawn(process.execPath, [runner, ...suites, ...process.argv.slice(2)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const ended = new Promise<number>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
  // Large enough to hold a whole run: a half that waits for a reader would stand still.
  const output = new PassThrough({ highWaterMark: 256 * 1024 * 1024 })
  for (const stream of [child.stdout, child.stderr]) stream.pipe(output, { end: false })
  return { output, ended }
})

const codes: number[] = []
for (const { output, ended } of runs) {
  output.pipe(process.stdout, { end: false })
  codes.push(await ended)
}
process.exitCode = Math.max(...codes)
