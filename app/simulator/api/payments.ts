import { header, jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { cancel } from '../life/endings.js'
import { InvalidState } from '../life/invalid_state.js'
import { createPayment } from '../payments/create_payment.js'
import { isObject, readPaymentRequest } from '../payments/payment_request.js'
import { authenticated, ownPayment } from './api_call.js'
import { ApiError } from './api_error.js'
import { once } from './idempotent.js'
import { paymentView } from './payment_view.js'

function attributionOf(call: Call) {
  return {
    platform_id: header(call, 'x-platform-id'),
    integrator_id: header(call, 'x-integrator-id'),
    corporation_id: header(call, 'x-corporation-id'),
  }
}

export const storePayment: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  return once(sim, call, account, 'payment', () => {
    const request = readPaymentRequest(sim, account, jsonBody(call))
    return paymentView(sim, createPayment(sim, account, request, attributionOf(call)))
  })
}

export const showPayment: Handler = (sim, call) => {
  const account = authenticated(sim, call)
  return json(200, paymentView(sim, ownPayment(sim, account, call.params.id)))
}

/** Cancelling is all that a payment without a card can be changed to. */
export const updatePayment: Handler = (sim, call) => {
  const payment = ownPayment(sim, authenticated(sim, call), call.params.id)
  const body = jsonBody(call)
  if (!isObject(body)) throw new ApiError(1)
  const wrong = Object.keys(body).find((name) => name !== 'status')
  if (wrong) throw new ApiError(8, `[${wrong}]`)
  if (body.status !== 'cancelled') throw new ApiError(1, '[status]')
  try {
    sim.store.transaction(() => cancel(sim, payment))
  } catch (error) {
    if (error instanceof InvalidState) throw new ApiError(2063)
    throw error
  }
  return json(200, paymentView(sim, payment))
}
