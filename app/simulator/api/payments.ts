import { header, jsonBody, type Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { createPayment } from '../payments/create_payment.js'
import { readPaymentRequest } from '../payments/payment_request.js'
import { authenticated, ownPayment } from './api_call.js'
import { once } from './idempotent.js'
import { paymentView } from './payment_view.js'

export function attributionOf(call: Call) {
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
