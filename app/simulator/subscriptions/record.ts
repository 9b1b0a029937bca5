import { SITES } from '../data/sites.js'
import type { Simulator } from '../simulator.js'
import { isoTime } from '../time.js'
import type { Invoice } from './invoice.js'
import type { Plan } from './plan.js'
import type { Preapproval } from './preapproval.js'

export type PreapprovalEffect =
  | 'preapproval.created'
  | 'preapproval.authorized'
  | 'preapproval.paused'
  | 'preapproval.resumed'
  | 'preapproval.cancelled'
  | 'preapproval.card_changed'
  | 'preapproval.edited'
  | 'preapproval.skipped'

/** Another amount or text is told to nobody, nor is an instalment that a pause swallowed. */
const SILENT: PreapprovalEffect[] = ['preapproval.edited', 'preapproval.skipped']

/** Whose application hears of something, and what its notifications say of it. */
interface News {
  topic: string
  entity: string
  id: string
  version: number
  liveMode: boolean
}

function tell(
  sim: Simulator,
  { accountId, clientId }: Pick<Preapproval, 'accountId' | 'clientId'>,
  { topic, entity, id, version, liveMode }: News,
  at: number
): void {
  const url = sim.accounts.application(clientId)?.webhook_url
  if (!url) return
  const action = version === 0 ? 'created' : 'updated'
  const extra = {
    live_mode: liveMode,
    application_id: Number(clientId),
    date: isoTime(at),
    entity,
    version,
  }
  sim.notifier.announce({ accountId, clientId, url, topic, dataId: id, action }, at, extra)
}

/** Stores what changed, writes it into the journal, and lets the seller's application know. */
export function recordPlan(sim: Simulator, plan: Plan, at: number): void {
  plan.updatedAt = at
  sim.subscriptions.savePlan(plan)
  const { terms } = plan
  const effect = plan.version === 0 ? 'preapproval_plan.created' : 'preapproval_plan.updated'
  sim.journal.effect(effect, at, {
    preapproval_plan_id: plan.id,
    account_id: plan.accountId,
    currency: SITES[plan.siteId].currencyId,
    status: plan.status,
    plan_amount_minor: terms.amountMinor,
    frequency: terms.frequency,
    frequency_type: terms.frequencyType,
  })
  const { id, version, liveMode } = plan
  const topic = 'subscription_preapproval_plan'
  tell(sim, plan, { topic, entity: 'preapproval_plan', id, version, liveMode }, at)
}

/** Likewise. `details` say what else there is to it. */
export function recordPreapproval(
  sim: Simulator,
  preapproval: Preapproval,
  effect: PreapprovalEffect,
  at: number,
  details: Record<string, unknown> = {}
): void {
  if (effect !== 'preapproval.created') preapproval.version += 1
  preapproval.updatedAt = at
  sim.subscriptions.save(preapproval)
  const { id, version, terms, liveMode } = preapproval
  sim.journal.effect(effect, at, {
    preapproval_id: id,
    preapproval_plan_id: preapproval.planId,
    account_id: preapproval.accountId,
    external_reference: preapproval.externalReference,
    currency: SITES[preapproval.siteId].currencyId,
    status: preapproval.status,
    instalment_minor: terms.amountMinor,
    quotas: preapproval.quotas,
    next_payment_date: isoTime(preapproval.nextPaymentAt),
    ...details,
  })
  if (SILENT.includes(effect)) return
  const topic = 'subscription_preapproval'
  tell(sim, preapproval, { topic, entity: 'preapproval', id, version, liveMode }, at)
}

/** Likewise, of an instalment; its subscription must know already what that meant for it. */
export function recordInvoice(
  sim: Simulator,
  preapproval: Preapproval,
  invoice: Invoice,
  at: number
): void {
  invoice.updatedAt = at
  sim.subscriptions.saveInvoice(invoice)
  const { status, version } = invoice
  sim.journal.effect(`authorized_payment.${status}`, at, {
    authorized_payment_id: invoice.id,
    preapproval_id: preapproval.id,
    account_id: preapproval.accountId,
    external_reference: invoice.externalReference,
    currency: SITES[preapproval.siteId].currencyId,
    instalment: invoice.sequence + 1,
    instalment_minor: invoice.amountMinor,
    retry_attempt: invoice.attempts,
    tried_payment_id: invoice.paymentId,
    collected_quantity: preapproval.collected.quantity,
    collected_minor: preapproval.collected.minor,
    semaphore: preapproval.collected.semaphore,
  })
  const { id } = invoice
  const topic = 'subscription_authorized_payment'
  const { liveMode } = preapproval
  const news = { topic, entity: 'authorized_payment', id: String(id), version, liveMode }
  tell(sim, preapproval, news, at)
}
