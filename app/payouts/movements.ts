import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { transaction, type Trx } from '#app/core/transaction'
import { ledger, type LedgerAccount, type LedgerKind } from '#app/ledger/ledger'
import { PayoutNotFound } from '#app/payouts/errors'
import Payout, { type PayoutState } from '#app/payouts/models/payout'

type Movement = [kind: LedgerKind, from: LedgerAccount, to: LedgerAccount]

const undone: Movement = ['payout_undone', 'tenant:reserved', 'tenant:available']

/** What each step moves; the steps that are not here move nothing. */
const movements: Partial<Record<PayoutState, Movement>> = {
  requested: ['payout_requested', 'tenant:available', 'tenant:reserved'],
  rejected: undone,
  cancelled: undone,
  failed: undone,
  paid: ['payout_paid', 'tenant:reserved', 'platform:gateway'],
  returned: ['payout_returned', 'platform:gateway', 'tenant:available'],
}

/** The ledger reference of a payout's step. */
export const payoutReference = (payoutId: string, state: PayoutState) =>
  `payout:${payoutId}:${state}`

/**
 * Runs `work` on the locked row, in one transaction. Whatever changes a payout takes this lock
 * first and the balance's second, so that a cancel and a *paid* of the same payout never both win.
 * @throws PayoutNotFound
 */
export const onPayout = <Result>(
  which: { payoutId: string; tenantId?: string },
  work: (trx: Trx, payout: Payout) => Promise<Result>
): Promise<Result> =>
  transaction(async (trx) => {
    // tenant: the platform's admins handle the payouts of all; a tenant's own action names it.
    const query = Payout.query({ client: trx }).where('id', which.payoutId)
    if (which.tenantId) query.where('tenant_id', which.tenantId)
    const payout = await query.forUpdate().first()
    if (!payout) throw new PayoutNotFound()
    return work(trx, payout)
  })

/** Moves a payout on: its state, its money and the audit log. @throws PayoutStateConflict */
export async function advance(
  trx: Trx,
  payout: Payout,
  state: PayoutState,
  actor: Actor,
  details: Record<string, unknown> = {}
): Promise<Payout> {
  payout.moveTo(state)
  await payout.useTransaction(trx).save()
  await book(trx, payout, actor, details)
  return payout
}

/** Posts what the step to the payout's present state moves, and tells the audit log. */
export async function book(
  trx: Trx,
  payout: Payout,
  actor: Actor,
  details: Record<string, unknown> = {}
): Promise<void> {
  const { id, tenantId, currency, amountMinor, state } = payout
  const movement = movements[state]
  if (movement) await post(trx, payout, movement)
  await recordAudit(trx, {
    actor,
    action: `payout.${state}`,
    subject: { type: 'payout', id },
    tenantId,
    details: { amountMinor, currency, ...details },
  })
}

async function post(trx: Trx, payout: Payout, [kind, from, to]: Movement): Promise<void> {
  const { id, tenantId, currency, amountMinor, platformAccountId } = payout
  const entry = (account: LedgerAccount, minor: number) => ({
    account,
    amountMinor: minor,
    ...(account === 'platform:gateway' ? { platformAccountId } : {}),
  })
  const isNew = await ledger.post(trx, {
    reference: payoutReference(id, payout.state),
    kind,
    tenantId,
    currency,
    occurredAt: clock.now(),
    payoutId: id,
    entries: [entry(from, amountMinor), entry(to, -amountMinor)],
  })
  if (!isNew) throw new Error(`Payout ${id} was ${payout.state} before`)
}
