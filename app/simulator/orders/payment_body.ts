import { findMethod, type PaymentMethod } from '../data/payment_methods.js'
import { SITES, type Site } from '../data/sites.js'
import { fromMinor } from '../money.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { calendarDay, endOfCalendarDay, wireTime } from '../time.js'
import { durationMs } from './duration.js'
import type { Order, OrderTransaction } from './order.js'
import { OrderRefusal } from './order_refusal.js'

/** Orders call the Brazilian boleto by its own name, as the older documentation by its bank's. */
const METHOD_NAMES: Record<string, string> = { boleto: 'bolbradesco' }

/** The method that is meant, if its type is the one that was said. Throws OrderRefusal. */
export function methodOf({ siteId }: Order, { method }: OrderTransaction): PaymentMethod {
  const path = '$.transactions.payments[0].payment_method'
  const found = findMethod(siteId, METHOD_NAMES[method.id] ?? method.id)
  if (!found) {
    throw new OrderRefusal('property_value', [`'${path}.id' - ${method.id} is not available`])
  }
  if (found.typeId !== method.type) {
    throw new OrderRefusal('property_value', [`'${path}.type' - must be "${found.typeId}"`])
  }
  return found
}

/** Where only days count, the last one is payable to its end. */
function expiryOf(transaction: OrderTransaction, method: PaymentMethod, site: Site, now: number) {
  const { expirationTime, dateOfExpiration } = transaction
  if (dateOfExpiration || !expirationTime) return dateOfExpiration ?? undefined
  const at = now + durationMs(expirationTime)
  if (!method.expiry?.calendarDays) return wireTime(at)
  return wireTime(endOfCalendarDay(calendarDay(at, site.utcOffsetHours), site.utcOffsetHours))
}

function payerOf({ payer }: Order): Body {
  const { customer_id: customerId, phone, address, ...rest } = payer
  const { state, country, ...lines } = isObject(address) ? address : {}
  return {
    ...rest,
    ...(customerId ? { id: customerId, type: 'customer' } : {}),
    ...(phone ? { phone } : {}),
    ...(address ? { address: { ...lines, federal_unit: state } } : {}),
  }
}

function ipOf({ echo }: Order): string | undefined {
  const info = isObject(echo.additional_info) ? echo.additional_info : {}
  const payer = isObject(info.payer) ? info.payer : {}
  return typeof payer.ip_address === 'string' ? payer.ip_address : undefined
}

function callbackOf({ echo }: Order): unknown {
  const online = isObject(echo.config) ? echo.config.online : null
  return isObject(online) ? online.callback_url : undefined
}

function cardFields({ captureMode }: Order, { method }: OrderTransaction, isDebit: boolean): Body {
  return {
    token: method.token,
    installments: method.installments ?? (isDebit ? 1 : undefined),
    statement_descriptor: method.statementDescriptor ?? undefined,
    capture: captureMode !== 'manual',
    binary_mode: captureMode === 'automatic',
  }
}

/** A transaction of an order, as the payments API would be asked for it. */
export function paymentBody(
  order: Order,
  transaction: OrderTransaction,
  method: PaymentMethod,
  now: number
): Body {
  const site = SITES[order.siteId]
  const { financialInstitution } = transaction.method
  const fee = order.marketplaceFeeMinor
  return {
    transaction_amount: fromMinor(transaction.amountMinor, site.decimals),
    payment_method_id: method.id,
    description: order.description,
    external_reference: order.externalReference,
    payer: payerOf(order),
    date_of_expiration: method.expiry ? expiryOf(transaction, method, site, now) : undefined,
    application_fee: fee === null ? undefined : fromMinor(fee, site.decimals),
    callback_url: callbackOf(order),
    additional_info: { ip_address: ipOf(order) },
    transaction_details: financialInstitution
      ? { financial_institution: financialInstitution }
      : undefined,
    ...(method.brand && cardFields(order, transaction, method.typeId === 'debit_card')),
  }
}
