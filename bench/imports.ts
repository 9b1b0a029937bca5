/**
 * Imports 5,000 and 50,000 receivables from a file, each in a process of its own: the most memory
 * that the process took (RSS), and the time of dry run and applying, per line too. Every tenth line
 * brings a customer of its own.
 *
 *   npm run bench -- imports --engine=sqlite
 *   BENCH_PG_URL=postgres://postgres@127.0.0.1:5432 npm run bench -- imports --engine=pg
 *
 * Other flags: --kind=customers --lines=50000 --out=bench/results/imports-sqlite.json
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'

const { values: flags } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    kind: { type: 'string', default: 'receivables' },
    lines: { type: 'string', default: '50000' },
    out: { type: 'string' },
  },
})
const { engine, kind } = flags
if (engine !== 'sqlite' && engine !== 'pg') throw new Error('--engine is "sqlite" or "pg"')
if (kind !== 'receivables' && kind !== 'customers') {
  throw new Error('--kind is "receivables" or "customers"')
}

const once = fileURLToPath(new URL('imports/once.ts', import.meta.url))

function figuresOf(lines: number) {
  const args = ['--import=@poppinss/ts-exec', once, engine, kind, String(lines)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

const many = Number(flags.lines)
const files = [Math.round(many / 10), many].map(figuresOf)
const ratio = Number((files[1].peakRssMegabytes / files[0].peakRssMegabytes).toFixed(2))
const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version }
const measured = new Date().toISOString()
const document = { measured, engine, kind, machine, files, peakRssRatio: ratio }
const name = kind === 'receivables' ? 'imports' : `imports-${kind}`
const file = flags.out ?? `bench/results/${name}-${engine}.json`
mkdirSync(dirname(file), { recursive: true })
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
console.log(JSON.stringify(document, null, 2))
