import { randomBytes } from 'node:crypto'
import { asOwner, type Caller } from '../api/api_call.js'
import { findMethod } from '../data/payment_methods.js'
import { createPayment } from '../payments/create_payment.js'
import type { Payment, Recurring } from '../payments/payment.js'
import type { PaymentRequest } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import type { KeptCard, Preapproval } from './preapproval.js'

const NOBODY = { platform_id: null, integrator_id: null, corporation_id: null }

/** What of a subscription a charge needs. */
export type Subscriber = Pick<
  Preapproval,
  'accountId' | 'clientId' | 'siteId' | 'payer' | 'liveMode'
>

export interface CardCharge {
  amountMinor: number
  description: string
  externalReference: string | null
  metadata: Record<string, unknown>
  /** Never left undecided. */
  binary: boolean
  recurring: Recurring
}

/** Who charges for it. */
export function callerOf(
  sim: Simulator,
  { accountId, clientId, liveMode }: Pick<Subscriber, 'accountId' | 'clientId' | 'liveMode'>
): Caller {
  const account = sim.accounts.find(accountId)!
  return { ...asOwner(account), client_id: clientId, liveMode }
}

function requestOf(
  sim: Simulator,
  { siteId, accountId, payer, liveMode }: Subscriber,
  { id, methodId, issuerId, securityCodeLength, card }: KeptCard,
  charge: CardCharge
): PaymentRequest {
  const at = sim.clock.now()
  const token = {
    id: randomBytes(16).toString('hex'),
    accountId,
    card,
    securityCodeLength,
    savedCardId: String(id),
    used: true,
    liveMode,
    createdAt: at,
    dueAt: at,
  }
  return {
    method: findMethod(siteId, methodId)!,
    amountMinor: charge.amountMinor,
    at,
    expiresAt: null,
    institution: null,
    payer: {
      customerId: null,
      email: payer.email,
      first_name: null,
      last_name: null,
      identification: card.cardholder.identification,
      address: null,
      entity_type: null,
    },
    card: { token, installments: 1, issuerId, capture: true },
    applicationFee: null,
    externalReference: charge.externalReference,
    notificationUrl: null,
    body: {
      description: charge.description,
      metadata: charge.metadata,
      binary_mode: charge.binary,
    },
  }
}

/** As any payment: with its fees, its release and its notifications. */
export function chargeCard(
  sim: Simulator,
  subscriber: Subscriber,
  kept: KeptCard,
  charge: CardCharge
): Payment {
  const request = requestOf(sim, subscriber, kept, charge)
  const { recurring } = charge
  return createPayment(sim, callerOf(sim, subscriber), request, NOBODY, { recurring })
}
