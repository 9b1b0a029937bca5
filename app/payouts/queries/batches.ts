import PayoutBatch from '#app/payouts/models/payout_batch'
import Payout from '#app/payouts/models/payout'

const PAGE = 30

/** The files of transfers, the newest first. */
export async function batchList(after?: string) {
  const query = PayoutBatch.query()
    .preload('maker')
    .orderBy('id', 'desc')
    .limit(PAGE + 1)
  if (after) query.where('id', '<', after)
  const rows = await query
  const batches = rows.slice(0, PAGE)
  return { batches, next: rows.length > PAGE ? batches[PAGE - 1].id : null }
}

export const findBatch = (id: string): Promise<PayoutBatch | null> =>
  PayoutBatch.query().where('id', id).preload('maker').first()

/** The payouts of a file, as they are now. */
export const payoutsOfBatch = (batchId: string): Promise<Payout[]> =>
  // tenant: one file pays the payouts of all.
  Payout.query()
    .where('batch_id', batchId)
    .preload('tenant')
    .preload('destination')
    .orderBy('id')
    .exec()

/** How much is approved and waits for a file, by currency. */
export async function waitingForBatch(): Promise<
  { currency: string; count: number; totalMinor: number }[]
> {
  // tenant: one file pays the payouts of all.
  const rows = await Payout.query()
    .where('state', 'approved')
    .whereNull('batch_id')
    .groupBy('currency')
    .orderBy('currency')
    .select('currency')
    .count('* as payouts')
    .sum('amount_minor as total')
    .pojo<{ currency: string; payouts: string | number; total: string | number }>()
  return rows.map(({ currency, payouts, total }) => ({
    currency,
    count: Number(payouts),
    totalMinor: Number(total),
  }))
}
