import { findMethod } from '../data/payment_methods.js'
import { share } from '../money.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import { recurringPointOfInteraction } from './recurring_view.js'

export function ticketUrl(sim: Simulator, payment: Payment): string {
  const query = `caller_id=${payment.payer.id}&hash=${payment.ticketHash}`
  return `${sim.url}/payments/${payment.id}/ticket?${query}`
}

/** Without interest: each instalment is its share, rounded. */
function installmentMinor({ amountMinor, installments }: Payment): number {
  return share(amountMinor, 1, installments)
}

/** How it is paid: references, codes and what arrived. */
export function transactionDetails(
  sim: Simulator,
  payment: Payment,
  decimal: (minor: number) => number
) {
  const { boleto, pix, voucher, transfer } = payment
  const barcode = boleto?.barcode ?? voucher?.barcode
  const method = findMethod(payment.siteId, payment.methodId)!
  const paid = payment.approvedAt !== null
  return {
    net_received_amount: decimal(payment.netMinor),
    total_paid_amount: decimal(payment.amountMinor),
    overpaid_amount: paid ? decimal(Math.max(0, payment.amountMinor - payment.askedMinor)) : 0,
    external_resource_url: boleto || voucher || transfer ? ticketUrl(sim, payment) : null,
    installment_amount: payment.card ? decimal(installmentMinor(payment)) : 0,
    financial_institution: transfer?.institution ?? method.financialInstitution,
    payment_method_reference_id: boleto?.reference ?? voucher?.code ?? null,
    acquirer_reference: null,
    verification_code: boleto?.verificationCode ?? voucher?.verificationCode ?? null,
    digitable_line: boleto?.digitableLine ?? null,
    ...(barcode && { barcode: { content: barcode } }),
    bank_transfer_id: transfer?.bankTransferId ?? null,
    transaction_id: pix?.endToEndId ?? transfer?.transactionId ?? null,
    payable_deferral_period: null,
  }
}

export function pointOfInteraction(sim: Simulator, payment: Payment) {
  const { pix } = payment
  if (payment.recurring) return recurringPointOfInteraction(payment)
  const businessInfo = { unit: 'online_payments', sub_unit: 'default' }
  if (!pix) return { type: 'UNSPECIFIED', business_info: businessInfo }
  const seller = sim.accounts.find(payment.collectorId)!
  return {
    type: 'OPENPLATFORM',
    linked_to: 'openfinance',
    business_info: businessInfo,
    application_data: { name: null, version: null },
    location: { state_id: null, source: null },
    transaction_data: {
      qr_code: pix.code,
      qr_code_base64: pix.image,
      ticket_url: ticketUrl(sim, payment),
      transaction_id: pix.endToEndId,
      e2e_id: pix.endToEndId,
      bank_transfer_id: null,
      financial_institution: null,
      bank_info: {
        payer: { account_id: null, long_name: null, external_account_id: null, id: null },
        collector: {
          account_id: null,
          long_name: null,
          account_holder_name: seller.corporate_name,
          transfer_account_id: null,
        },
        is_same_bank_account_owner: null,
        origin_bank_id: null,
        origin_wallet_id: null,
      },
    },
  }
}
