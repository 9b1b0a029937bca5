import type { Site } from '../data/sites.js'
import type { Body } from '../payments/payment_request.js'
import { ulid } from '../payouts/ulid.js'
import { readPositive } from './amounts.js'
import type { OrderTransaction, TransactionMethod } from './order.js'

/** Of fields that a schema has already looked at: absent and null are the same. */
function given<T>(value: unknown): T | null {
  return (value ?? null) as T | null
}

function methodOf(method: Body): TransactionMethod {
  return {
    id: method.id as string,
    type: method.type as string,
    token: given(method.token),
    installments: given(method.installments),
    statementDescriptor: given(method.statement_descriptor),
    financialInstitution: given(method.financial_institution),
  }
}

/** Throws OrderRefusal. */
export function newTransaction(
  payment: Body,
  site: Site,
  path: string,
  at: number
): OrderTransaction {
  return {
    id: `PAY${ulid(at)}`,
    amountMinor: readPositive(payment.amount as string, site, `${path}.amount`),
    method: methodOf(payment.payment_method as Body),
    expirationTime: given(payment.expiration_time),
    dateOfExpiration: given(payment.date_of_expiration),
    paymentId: null,
    failure: null,
  }
}

/** Another method begins anew, a detail of the same one leaves the rest. Throws OrderRefusal. */
export function changedTransaction(
  former: OrderTransaction,
  change: Body,
  site: Site
): OrderTransaction {
  const method = given<Body>(change.payment_method) ?? {}
  const { installments, token, type, id, statementDescriptor, financialInstitution } = former.method
  const kept = {
    id,
    type,
    token,
    installments,
    statement_descriptor: statementDescriptor,
    financial_institution: financialInstitution,
  }
  const isOther = given(method.id) !== null && method.id !== id
  const amount = given<string>(change.amount)
  return {
    ...former,
    amountMinor: amount === null ? former.amountMinor : readPositive(amount, site, '$.amount'),
    method: methodOf(isOther ? { type, ...method } : { ...kept, ...method }),
  }
}
