import { SITES, siteMinor } from '../data/sites.js'
import { refundBySeller } from '../faults/stuck_refund.js'
import { header, jsonBody, type Call } from '../http/call.js'
import { json, type Reply } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { InvalidState } from '../life/invalid_state.js'
import { RefundTooLarge } from '../life/refund.js'
import { refundableMinor, type Payment, type Refund } from '../payments/payment.js'
import { isObject } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS } from '../time.js'
import { authenticated, ownPayment } from './api_call.js'
import { ApiError, errorBody } from './api_error.js'
import { once } from './idempotent.js'
import { refundView, settledRefunds } from './money_view.js'

const REFUND_WINDOW_MS = 180 * DAY_MS
const STORE_ROUTE = 'POST /v1/payments/:id/refunds'

/** No amount is all that is left. Throws ApiError. */
function readAmount(body: unknown, payment: Payment): number {
  if (!isObject(body)) throw new ApiError(1)
  const wrong = Object.keys(body).find((name) => !['amount', 'metadata', 'reason'].includes(name))
  if (wrong) throw new ApiError(8, `[${wrong}]`)
  const { amount } = body
  if (amount === undefined || amount === null) return refundableMinor(payment)
  if (typeof amount !== 'number') throw new ApiError(4041)
  if (amount <= 0) throw new ApiError(4040)
  const minor = siteMinor(amount, SITES[payment.siteId])
  if (minor === null) throw new ApiError(2085)
  return minor
}

function refundOrRefuse(sim: Simulator, payment: Payment, amountMinor: number): Refund {
  try {
    return refundBySeller(sim, payment, amountMinor, STORE_ROUTE)
  } catch (error) {
    if (error instanceof InvalidState) throw new ApiError(2063)
    if (error instanceof RefundTooLarge) throw new ApiError(2085)
    throw error
  }
}

/** Only who sends this hears of refunds that are under way. */
function rendersInProcess(call: Call): boolean {
  return header(call, 'x-render-in-process-refunds') === 'true'
}

/** Under way, and still answered as a failure: that is what the header is for. */
function asHeard(sim: Simulator, call: Call, reply: Reply): Reply {
  const { status } = JSON.parse(String(reply.body)) as Refund
  if (status !== 'in_process' || rendersInProcess(call)) return reply
  return json(400, errorBody(400, 'the refund is being processed', sim.clock.now()))
}

function heardRefunds(call: Call, payment: Payment): Refund[] {
  return rendersInProcess(call) ? payment.refunds : settledRefunds(payment)
}

export const storeRefund: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const payment = ownPayment(sim, account, call.params.id)
  const reply = once(sim, call, account, 'refund', () => {
    const amountMinor = readAmount(jsonBody(call), payment)
    const { approvedAt } = payment
    if (approvedAt !== null && sim.clock.now() - approvedAt > REFUND_WINDOW_MS) {
      throw new ApiError(2024)
    }
    return refundView(payment, refundOrRefuse(sim, payment, amountMinor))
  })
  return asHeard(sim, call, reply)
}

export const listRefunds: Handler = (sim, call) => {
  const payment = ownPayment(sim, authenticated(sim, call), call.params.id)
  const refunds = heardRefunds(call, payment).map((made) => refundView(payment, made))
  return json(200, refunds)
}

export const showRefund: Handler = (sim, call) => {
  const payment = ownPayment(sim, authenticated(sim, call), call.params.id)
  const made = heardRefunds(call, payment).find(({ id }) => String(id) === call.params.refundId)
  if (!made) throw new ApiError(2032)
  return json(200, refundView(payment, made))
}
