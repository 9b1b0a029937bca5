import { standingMinor, type Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { calendarDay, endOfCalendarDay, isoTime } from '../time.js'
import type { Chargeback, ChargebackTerms } from './chargeback.js'

const DAYS_TO_ANSWER = 10

/** The API's one offset: deadlines end with the day there. */
const WIRE_OFFSET_HOURS = -4

/** Like `217000087654321001`: one digit more than a number holds makes careless readers fail. */
function newId(sim: Simulator): string {
  return `217${String(sim.store.nextId('chargeback')).padStart(12, '0')}001`
}

/** What a payer's bank says of its payment. A Pix that is taken back asks the seller nothing. */
export function openCase(sim: Simulator, payment: Payment, terms: ChargebackTerms): Chargeback {
  const at = sim.clock.now()
  const isPix = payment.pix !== null
  const required = terms.documentationRequired ?? !isPix
  const lastDay = calendarDay(at, WIRE_OFFSET_HOURS) + DAYS_TO_ANSWER
  const chargeback: Chargeback = {
    id: newId(sim),
    paymentId: payment.id,
    accountId: payment.collectorId,
    clientId: payment.clientId,
    siteId: payment.siteId,
    amountMinor: standingMinor(payment),
    reason: terms.reason ?? (isPix ? 'pix_clawback' : 'general'),
    coverageApplied: null,
    coverageEligible: terms.coverageEligible ?? !isPix,
    documentationRequired: required,
    documentationStatus: required ? 'pending' : 'not_applicable',
    documentation: [],
    deadlineAt: required ? endOfCalendarDay(lastDay, WIRE_OFFSET_HOURS) : null,
    liveMode: payment.liveMode,
    createdAt: at,
    updatedAt: at,
  }
  save(sim, chargeback, at)
  return chargeback
}

/** The decision: what was sent convinced, or did not. */
export function closeCase(sim: Simulator, payment: Payment, covered: boolean): void {
  const chargeback = sim.disputes.chargebackOf(payment.id)!
  chargeback.coverageApplied = covered
  if (chargeback.documentationStatus === 'review_pending') {
    chargeback.documentationStatus = covered ? 'valid' : 'invalid'
  }
  if (chargeback.documentationStatus === 'pending') chargeback.documentationStatus = 'not_supplied'
  save(sim, chargeback, sim.clock.now())
}

/** Deadlines that passed without a document, each dated when it did. */
export function settleDueChargebacks(sim: Simulator, now: number): void {
  sim.store.transaction(() => {
    const next = () => sim.disputes.nextUndocumented(now)
    for (let due = next(); due; due = next()) {
      due.documentationStatus = 'not_supplied'
      const at = due.deadlineAt!
      save(sim, due, at)
      effect(sim, due, 'chargeback.undocumented', at)
    }
  })
}

export function save(sim: Simulator, chargeback: Chargeback, at: number): void {
  chargeback.updatedAt = at
  sim.disputes.saveChargeback(chargeback)
  tell(sim, chargeback, at)
}

export function effect(sim: Simulator, chargeback: Chargeback, name: string, at: number): void {
  sim.journal.effect(name, at, {
    chargeback_id: chargeback.id,
    payment_id: chargeback.paymentId,
    account_id: chargeback.accountId,
    documentation_status: chargeback.documentationStatus,
  })
}

function tell(sim: Simulator, chargeback: Chargeback, at: number): void {
  const { accountId, clientId, id } = chargeback
  const url = sim.accounts.application(clientId)?.webhook_url
  if (!url) return
  const draft = { accountId, clientId, url, topic: 'topic_chargebacks_wh', dataId: id }
  sim.notifier.announce({ ...draft, action: '', bareId: true }, at, {
    action: undefined,
    actions: ['changed_case_status'],
    application_id: Number(clientId),
    data: {
      checkout: 'PRO',
      date_updated: isoTime(at),
      id,
      payment_id: chargeback.paymentId,
      product_id: null,
      site_id: chargeback.siteId,
      transaction_intent_id: '',
    },
    live_mode: chargeback.liveMode,
    version: Math.floor(at / 1000),
  })
}
