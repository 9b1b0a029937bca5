import { findMethod } from '../data/payment_methods.js'
import { SITES } from '../data/sites.js'
import { share } from '../money.js'
import { amountText } from '../orders/amounts.js'
import type { Order, OrderTransaction } from '../orders/order.js'
import type { Payment } from '../payments/payment.js'
import { isObject } from '../payments/payment_request.js'
import type { Simulator } from '../simulator.js'
import { ticketUrl } from './payment_details_view.js'

/** What the payer needs in order to pay, whatever kind of method it is. */
function payableView(sim: Simulator, payment: Payment) {
  const { boleto, pix, voucher, transfer } = payment
  if (payment.card) return {}
  const ticket = { ticket_url: ticketUrl(sim, payment) }
  if (pix) {
    const paid = pix.endToEndId ? { e2e_id: pix.endToEndId } : {}
    return { ...ticket, qr_code: pix.code, qr_code_base64: pix.image, ...paid }
  }
  if (transfer) {
    const bank = transfer.institution && { financial_institution: transfer.institution }
    return {
      ...ticket,
      redirect_url: ticket.ticket_url,
      ...bank,
      reference: transfer.transactionId,
    }
  }
  const paper = boleto ?? voucher!
  return {
    ...ticket,
    ...(paper.barcode && { barcode_content: paper.barcode }),
    reference: boleto?.reference ?? voucher!.code,
    verification_code: paper.verificationCode,
    ...(boleto && {
      financial_institution: findMethod(payment.siteId, payment.methodId)!.financialInstitution,
      digitable_line: boleto.digitableLine,
    }),
  }
}

/** Whether, and how, the payer's bank asked whoever holds the card. */
function securityView(sim: Simulator, { echo }: Order, payment: Payment) {
  const online = isObject(echo.config) && isObject(echo.config.online) ? echo.config.online : {}
  const asked = isObject(online.transaction_security) ? online.transaction_security : {}
  const settings = { validation: 'never', ...asked }
  if (payment.statusDetail !== 'pending_challenge') return { transaction_security: settings }
  return {
    transaction_security: {
      ...settings,
      id: payment.ticketHash,
      url: ticketUrl(sim, payment),
      type: 'three_ds',
      status: 'CHALLENGE',
    },
  }
}

export function methodView(
  sim: Simulator,
  order: Order,
  { method, amountMinor }: OrderTransaction,
  payment?: Payment
) {
  const { id, type, token, installments, statementDescriptor } = method
  const partMinor = installments && share(amountMinor, 1, installments)
  return {
    id,
    type,
    ...(token && { token }),
    ...(statementDescriptor && { statement_descriptor: statementDescriptor }),
    ...(installments && {
      installments,
      installment_amount: amountText(partMinor!, SITES[order.siteId]),
    }),
    ...(payment?.card && securityView(sim, order, payment)),
    ...(payment && payableView(sim, payment)),
  }
}
