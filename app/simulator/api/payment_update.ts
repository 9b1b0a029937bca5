import { findMethod } from '../data/payment_methods.js'
import { SITES, siteMinor } from '../data/sites.js'
import { jsonBody } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { CaptureTooLarge, capture } from '../life/cards.js'
import { cancel } from '../life/endings.js'
import { InvalidState } from '../life/invalid_state.js'
import { record } from '../life/record.js'
import { issueBoleto } from '../payments/boleto.js'
import { snakeKeys } from '../payments/create_payment.js'
import type { Payment } from '../payments/payment.js'
import { isObject, readExpiry, type Body } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { authenticated, ownPayment } from './api_call.js'
import { ApiError } from './api_error.js'
import { paymentView } from './payment_view.js'

const FIELDS = ['status', 'capture', 'transaction_amount', 'metadata', 'date_of_expiration']

/** No amount is all that was authorized. Throws ApiError 4003, 2072 or 4037. */
function captureAmount(payment: Payment, amount: unknown): number | undefined {
  if (amount === undefined || amount === null) return undefined
  if (typeof amount !== 'number') throw new ApiError(4003)
  const minor = siteMinor(amount, SITES[payment.siteId])
  if (minor === null) throw new ApiError(2072)
  if (minor <= 0) throw new ApiError(4037)
  return minor
}

function edit(sim: Simulator, payment: Payment, metadata: unknown): void {
  if (!isObject(metadata)) throw new ApiError(4022)
  payment.echo.metadata = snakeKeys(metadata) as Body
  record(sim, payment, 'payment.edited', sim.clock.now())
}

/** A boleto's code tells its date, so it gets a new one. Throws InvalidState, ApiError. */
function postpone(sim: Simulator, payment: Payment, text: unknown): void {
  if (payment.status !== 'pending' || payment.expiresAt === null) {
    throw new InvalidState(payment, 'postpone')
  }
  const site = SITES[payment.siteId]
  const now = sim.clock.now()
  const expiresAt = readExpiry(text, findMethod(site.id, payment.methodId)!, site, now)!
  payment.expiresAt = expiresAt
  if (payment.boleto) {
    payment.boleto = issueBoleto(payment.id, payment.amountMinor, expiresAt, site.utcOffsetHours)
  }
  record(sim, payment, 'payment.edited', now)
}

function change(sim: Simulator, payment: Payment, body: Body): void {
  const { status, capture: wanted, transaction_amount: amount, metadata } = body
  const { date_of_expiration: date } = body
  if (status !== undefined && status !== 'cancelled') throw new ApiError(1, '[status]')
  if (wanted !== undefined && wanted !== true) throw new ApiError(1, '[capture]')
  if (amount !== undefined && !wanted) throw new ApiError(1, '[transaction_amount]')
  if (status) cancel(sim, payment)
  else if (wanted) capture(sim, payment, captureAmount(payment, amount))
  if (date !== undefined) postpone(sim, payment, date)
  if (metadata !== undefined) edit(sim, payment, metadata)
}

/** Cancels or postpones what is not paid, captures what is authorized, or replaces the metadata. */
export const updatePayment: Handler = (sim, call) => {
  const payment = ownPayment(sim, authenticated(sim, call), call.params.id)
  const body = jsonBody(call)
  if (!isObject(body)) throw new ApiError(1)
  const wrong = Object.keys(body).find((name) => !FIELDS.includes(name))
  if (wrong) throw new ApiError(8, `[${wrong}]`)
  try {
    sim.store.transaction(() => change(sim, payment, body))
  } catch (error) {
    if (error instanceof InvalidState) throw new ApiError(2063)
    if (error instanceof CaptureTooLarge) throw new ApiError(4037)
    throw error
  }
  return json(200, paymentView(sim, payment))
}
