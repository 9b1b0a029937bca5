import { paymentView } from '../api/payment_view.js'
import { attemptPayment, type Attempt } from '../checkout/attempt.js'
import { CheckoutRefusal, refusalOf } from '../checkout/checkout_refusal.js'
import { askedMinor, offersOf, openOrderOf, type Offer } from '../checkout/offers.js'
import { knownPayer, mergedPayer, testCard, testPayer } from '../checkout/payer_details.js'
import type { PaymentMethod } from '../data/payment_methods.js'
import { testCardOf } from '../data/test_numbers.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { pay } from '../life/approve.js'
import type { Payment } from '../payments/payment.js'
import { isObject } from '../payments/payment_request.js'
import type { Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'
import { boolean, inputOf, integer, text, type Input } from './input.js'
import { Problem } from './problem.js'

const NAMES = [
  'payment_method_id',
  'cardholder_name',
  'installments',
  'financial_institution',
  'payer',
  'pay',
]

interface Choice {
  offer: Offer
  method: PaymentMethod
}

/** The method that was named, or else the first that the shop takes. Throws Problem. */
function choiceOf(sim: Simulator, preference: Preference, input: Input): Choice {
  const named = text(input, 'payment_method_id')
  const asked = askedMinor(preference, openOrderOf(sim, preference))
  const choices = offersOf(preference, asked).flatMap((offer) =>
    offer.methods.map((method) => ({ offer, method }))
  )
  const usual = choices.find(({ method }) => method.id === 'master') ?? choices[0]
  const choice = named ? choices.find(({ method }) => method.id === named) : usual
  if (choice) return choice
  const known = choices.map(({ method }) => method.id).join(', ')
  throw new Problem(409, `the checkout offers ${known || 'nothing'}`)
}

function readPayer(preference: Preference, input: Input) {
  const { payer = {} } = input
  if (!isObject(payer)) throw new Problem(400, 'payer must be a JSON object')
  return mergedPayer(testPayer(preference.siteId), knownPayer(preference), payer)
}

function attemptOf(sim: Simulator, preference: Preference, input: Input): Attempt {
  const { offer, method } = choiceOf(sim, preference, input)
  const name = text(input, 'cardholder_name') ?? 'APRO'
  const now = sim.clock.now()
  const { siteId } = preference
  return {
    offerId: offer.id,
    payer: readPayer(preference, input),
    card: method.brand ? testCard(testCardOf(siteId, method.id), name, siteId, now) : {},
    installments: integer(input, 'installments', 1) ?? 1,
    institution:
      text(input, 'financial_institution') ?? method.financialInstitutions[0]?.id ?? null,
  }
}

/** Throws Problem. */
function attemptAsAsked(sim: Simulator, preference: Preference, input: Input): Payment {
  try {
    const payment = attemptPayment(sim, preference, attemptOf(sim, preference, input))
    // A code or a page of a bank is one thing, going there with money another.
    if (!payment.card && boolean(input, 'pay') !== false) pay(sim, payment)
    return payment
  } catch (error) {
    if (error instanceof Problem) throw error
    const { field, message } = refusalOf(error)
    throw new Problem(error instanceof CheckoutRefusal && !field ? 409 : 400, message)
  }
}

/** What a payer does in the hosted checkout; answers when what it caused was told. */
export const payPreference: Handler = async (sim, call) => {
  const preference = sim.preferences.find(call.params.id)
  if (!preference) throw new Problem(404, `there is no preference ${call.params.id}`)
  const input = inputOf(call, NAMES)
  const { id } = sim.store.transaction(() => attemptAsAsked(sim, preference, input))
  await sim.catchUp()
  return json(201, paymentView(sim, sim.payments.find(id)!))
}
