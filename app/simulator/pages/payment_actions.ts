import { Problem } from '../control/problem.js'
import { SITES, siteMinor } from '../data/sites.js'
import { pay } from '../life/approve.js'
import * as disputes from '../life/disputes.js'
import { approveReview, capture } from '../life/cards.js'
import { cancel, expire } from '../life/endings.js'
import { refund } from '../life/refund.js'
import { refundableMinor, type Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'

interface Action {
  name: string
  label: string
  takesAmount: boolean
  states: string[]
  act: (sim: Simulator, payment: Payment, amountMinor: number | undefined) => void
}

const PENDING = ['pending/pending_waiting_payment', 'pending/pending_waiting_transfer']
const REVIEWED = [
  'in_process/pending_contingency',
  'in_process/pending_review_manual',
  'in_process/offline_process',
  'in_process/deferred_retry',
  'pending/pending_challenge',
  'pending/pending_provider_response',
]
const AUTHORIZED = ['authorized/pending_capture']
const PAID = [
  'approved/accredited',
  'approved/partially_refunded',
  'approved/partially_bpp_refunded',
]

function action(
  name: string,
  label: string,
  states: string[],
  act: Action['act'],
  takesAmount = false
): Action {
  return { name, label, states, act, takesAmount }
}

const ACTIONS: readonly Action[] = [
  action('pay', 'Pay', PENDING, pay, true),
  action('pay_late', 'Pay after its expiry', ['cancelled/expired'], pay, true),
  action('approve', 'Approve', REVIEWED, approveReview),
  action('capture', 'Capture', AUTHORIZED, capture, true),
  action('cancel', 'Cancel', [...PENDING, ...REVIEWED, ...AUTHORIZED], (sim, payment) =>
    cancel(sim, payment)
  ),
  action('expire', 'Expire', [...PENDING, ...AUTHORIZED], (sim, payment) =>
    expire(sim, payment, sim.clock.now())
  ),
  action(
    'refund',
    'Refund',
    PAID,
    (sim, payment, minor) => {
      refund(sim, payment, minor ?? refundableMinor(payment), 'collector')
    },
    true
  ),
  action('charge_back', 'Charge back', PAID, (sim, payment) =>
    disputes.openChargeback(sim, payment)
  ),
  action('win_chargeback', 'Seller wins', ['charged_back/in_process'], (sim, payment) =>
    disputes.reimburseChargeback(sim, payment)
  ),
  action('lose_chargeback', 'Seller loses', ['charged_back/in_process'], (sim, payment) =>
    disputes.settleChargeback(sim, payment)
  ),
  action('mediate', 'Open a mediation', PAID, (sim, payment) =>
    disputes.openMediation(sim, payment)
  ),
  action('win_mediation', 'Seller wins', ['in_mediation/pending'], disputes.winMediation),
  action('lose_mediation', 'Seller loses', ['in_mediation/pending'], disputes.loseMediation, true),
]

/** Whether somebody else than the seller may still refuse it. */
export function isRefusable({ status }: Payment): boolean {
  return status === 'pending' || status === 'in_process'
}

export function actionsFor(payment: Payment): Action[] {
  const state = `${payment.status}/${payment.statusDetail}`
  return ACTIONS.filter(({ states }) => states.includes(state))
}

/** What somebody typed, with a point or a comma; undefined if nothing. Throws Problem. */
export function typedAmount(text: string, payment: Payment): number | undefined {
  if (text.trim() === '') return undefined
  const minor = siteMinor(Number(text.trim().replace(',', '.')), SITES[payment.siteId])
  if (minor === null || minor <= 0) throw new Problem(400, `${text} is no amount`)
  return minor
}

/** Throws Problem, InvalidState, RefundTooLarge. */
export function actOn(sim: Simulator, payment: Payment, name: string, amount: string): void {
  const chosen = ACTIONS.find((one) => one.name === name)
  if (!chosen) throw new Problem(400, `there is no action ${name}`)
  const amountMinor = typedAmount(amount, payment)
  sim.store.transaction(() => chosen.act(sim, payment, amountMinor))
}
