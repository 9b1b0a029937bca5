import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import type { Plan } from '../simulator.js'
import type { Block, Round } from './measure.js'

function spread(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => Number(sorted[place].toFixed(3))
  return {
    median: at(Math.floor(sorted.length / 2)),
    lowest: at(0),
    highest: at(sorted.length - 1),
  }
}

function lastToFirst(rounds: Round[], of: (block: Block) => number) {
  return spread(rounds.map(({ blocks }) => of(blocks.at(-1)!) / of(blocks[0])))
}

/** Prints ratios, as absolute figures of different runs mean nothing, and keeps the raw ones. */
export function report(plan: Plan, rounds: Round[], out?: string): void {
  const ratios = {
    lastToFirstThousandCpu: lastToFirst(rounds, ({ cpuMs }) => cpuMs),
    lastToFirstThousandWall: lastToFirst(rounds, ({ wallMs }) => wallMs),
    looksAfterLastToAfterFirst: lastToFirst(rounds, ({ lookCpuMs }) => lookCpuMs),
  }
  for (const [name, { median, lowest, highest }] of Object.entries(ratios)) {
    console.log(`${plan.store}: ${name} ${median} (${lowest} to ${highest})`)
  }
  const file = out ?? `bench/results/simulator-${plan.store}.json`
  const document = {
    what: 'a boleto created, paid and notified twice over HTTP; milliseconds for each payment',
    at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0].model}`,
    node: process.version,
    durability: 'WAL, synchronous=OFF: the state is play money',
    plan,
    ratios,
    rounds,
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
  console.log(`raw figures: ${file}`)
}
