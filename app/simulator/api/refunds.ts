import { SITES, siteMinor } from '../data/sites.js'
import { jsonBody } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { InvalidState } from '../life/invalid_state.js'
import { RefundTooLarge, refund } from '../life/refund.js'
import { refundableMinor, type Payment, type Refund } from '../payments/payment.js'
import { isObject } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { DAY_MS } from '../time.js'
import { authenticated, ownPayment } from './api_call.js'
import { ApiError } from './api_error.js'
import { once } from './idempotent.js'
import { refundView } from './payment_view.js'

const REFUND_WINDOW_MS = 180 * DAY_MS

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

function refundBySeller(sim: Simulator, payment: Payment, amountMinor: number): Refund {
  try {
    return refund(sim, payment, amountMinor, 'collector')
  } catch (error) {
    if (error instanceof InvalidState) throw new ApiError(2063)
    if (error instanceof RefundTooLarge) throw new ApiError(2085)
    throw error
  }
}

export const storeRefund: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  const payment = ownPayment(sim, account, call.params.id)
  return once(sim, call, account, 'refund', () => {
    const amountMinor = readAmount(jsonBody(call), payment)
    const { approvedAt } = payment
    if (approvedAt !== null && sim.clock.now() - approvedAt > REFUND_WINDOW_MS) {
      throw new ApiError(2024)
    }
    return refundView(payment, refundBySeller(sim, payment, amountMinor))
  })
}

export const listRefunds: Handler = (sim, call) => {
  const payment = ownPayment(sim, authenticated(sim, call), call.params.id)
  const refunds = payment.refunds.map((made) => refundView(payment, made))
  return json(200, refunds)
}

export const showRefund: Handler = (sim, call) => {
  const payment = ownPayment(sim, authenticated(sim, call), call.params.id)
  const made = payment.refunds.find((one) => String(one.id) === call.params.refundId)
  if (!made) throw new ApiError(2032)
  return json(200, refundView(payment, made))
}
