import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import type { Plan } from '../webhooks.js'
import type { BenchDatabase } from './database.js'
import type { Round } from './measure.js'

function spread(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  return { median: middle, lowest: sorted[0], highest: sorted[sorted.length - 1] }
}

const percent = (ratio: number) => `${Math.round(ratio * 100)} %`

/** Prints the ratio, as absolute figures of different runs mean nothing, and keeps the raw ones. */
export async function report(plan: Plan, database: BenchDatabase, rounds: Round[], out?: string) {
  const ratio = spread(rounds.map(({ product, bare }) => product.perSecond / bare.perSecond))
  const p99Ms = spread(rounds.map(({ product }) => product.p99Ms))
  console.log(
    `${plan.engine}: ${percent(ratio.median)} of the bare server ` +
      `(${percent(ratio.lowest)} to ${percent(ratio.highest)}); p99 ${p99Ms.median} ms`
  )
  const file = out ?? `bench/results/webhooks-${plan.engine}.json`
  const document = {
    measured: new Date().toISOString(),
    machine: { cpu: cpus()[0].model, cores: cpus().length },
    versions: { node: process.version },
    database: database.settings,
    plan,
    ratio,
    p99Ms,
    rounds,
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
  console.log(`raw figures: ${file}`)
}
