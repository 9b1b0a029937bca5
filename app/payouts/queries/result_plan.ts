import { bankResults, type BankResult } from '#app/payouts/bank_results'
import Payout from '#app/payouts/models/payout'

/**
 * What becomes of a line: `pay` and `fail` change something, `done` says what is known already,
 * `unmatched` names no payout, `conflict` one that is not being transferred or was paid by another
 * transfer, `repeated` one that an earlier line names, `unreadable` says nothing.
 */
export type Verdict = 'pay' | 'fail' | 'done' | 'unmatched' | 'conflict' | 'repeated' | 'unreadable'

export type PlannedResult = BankResult & { verdict: Verdict; payout: Payout | null }

const CHUNK = 500

/** What a bank's file would do if it were applied now. @throws ResultFileRefused */
export async function resultPlan(content: string): Promise<PlannedResult[]> {
  const results = bankResults(content)
  const payouts = await payoutsOf(results)
  const seen = new Set<string>()
  return results.map((result) => {
    const payout = payouts.get(result.payoutId ?? '') ?? null
    const isRepeated = payout !== null && seen.has(payout.id)
    if (payout) seen.add(payout.id)
    return { ...result, payout, verdict: isRepeated ? 'repeated' : verdictOf(result, payout) }
  })
}

async function payoutsOf(results: BankResult[]): Promise<Map<string, Payout>> {
  const ids = [...new Set(results.flatMap(({ payoutId }) => payoutId ?? []))]
  const found = new Map<string, Payout>()
  for (let at = 0; at < ids.length; at += CHUNK) {
    // tenant: the bank's file tells of the payouts of all.
    const page = await Payout.query()
      .whereIn('id', ids.slice(at, at + CHUNK))
      .preload('tenant')
    for (const payout of page) found.set(payout.id, payout)
  }
  return found
}

function verdictOf({ result, code, problem }: BankResult, payout: Payout | null): Verdict {
  if (!payout) return 'unmatched'
  if (problem) return 'unreadable'
  if (payout.state === 'processing') return result === 'paid' ? 'pay' : 'fail'
  const wasPaid = payout.state === 'paid' || payout.state === 'returned'
  const isKnown =
    result === 'paid' ? wasPaid && payout.bankReference === code : payout.state === 'failed'
  return isKnown ? 'done' : 'conflict'
}
