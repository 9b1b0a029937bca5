import type { Simulator } from '../simulator.js'
import { wireTime } from '../time.js'
import type { Payout } from './payout.js'

/** Stores what changed, writes the truth into the journal, and lets the application know. */
export function recordPayout(
  sim: Simulator,
  payout: Payout,
  action: 'created' | 'updated',
  movedMinor: number
): void {
  const { updatedAt: at } = payout
  sim.payouts.save(payout)
  sim.journal.effect(action === 'created' ? 'payout.created' : `payout.${payout.status}`, at, {
    payout_id: payout.id,
    account_id: payout.accountId,
    external_reference: payout.externalReference,
    currency: payout.currencyId,
    status: payout.status,
    status_detail: payout.statusDetail,
    amount_minor: payout.amountMinor,
    fee_minor: payout.feeMinor,
    returned_minor: payout.returnedMinor,
    moved_minor: movedMinor,
  })
  tell(sim, payout, action)
}

function tell(sim: Simulator, payout: Payout, action: 'created' | 'updated'): void {
  const { accountId, clientId, updatedAt: at } = payout
  const url = payout.notificationUrl ?? sim.accounts.application(clientId)?.webhook_url
  if (!url) return
  const topic = 'transaction_intent'
  const draft = { accountId, clientId, url, topic, dataId: payout.id, action: `${topic}.${action}` }
  sim.notifier.announce(draft, at, { status: payout.status, last_updated: wireTime(at) })
}
