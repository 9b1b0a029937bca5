import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import type { Plan } from '../ledger.js'
import type { Measured, Round } from './measure.js'

const spread = (values: number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (place: number) => Number(sorted[place].toFixed(3))
  return {
    median: at(Math.floor(sorted.length / 2)),
    lowest: at(0),
    highest: at(sorted.length - 1),
  }
}

const durability = { pg: 'fsync=on, synchronous_commit=on (defaults)', sqlite: 'WAL, FULL' }

/** Prints ratios to the peer of the same round, and keeps every raw figure. */
export async function report(plan: Plan, { peer, rounds }: Measured, out?: string) {
  const ratio = (of: (round: Round) => number, to: (round: Round) => number | null) => {
    const ratios = rounds.flatMap((round) => (to(round) ? of(round) / to(round)! : []))
    return ratios.length > 0 ? spread(ratios) : null
  }
  const document = {
    what: 'P3: ledger postings of an approved payment, eight entries each',
    at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0].model}`,
    node: process.version,
    durability: durability[plan.engine],
    plan,
    peer,
    ratios: {
      oneByOneToPeer: ratio(
        (round) => round.oneByOne,
        (round) => round.peer
      ),
      inBatchesOf100ToPeer: ratio(
        (round) => round.inBatchesOf100,
        (round) => round.peer
      ),
      oneHotTenantToMany: ratio(
        (round) => round.oneHotTenant,
        (round) => round.oneByOne
      ),
    },
    rounds,
  }
  console.log(JSON.stringify({ peer, ...document.ratios, rounds }, null, 2))
  const file = out ?? `bench/results/ledger-${plan.engine}.json`
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`)
}
