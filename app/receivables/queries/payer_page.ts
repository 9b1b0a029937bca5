import { clock } from '#app/core/clock'
import { isTaxIdKind } from '#app/core/tax_ids'
import { platformIdentity, shownTaxId } from '#app/gateway/queries/platform_identity'
import { boletoBarcode } from '#app/receivables/barcode'
import type Charge from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import type Tenant from '#app/tenants/models/tenant'

/** What a payer has to know of a receivable, in one word. */
export type PayerPhase =
  | 'open'
  | 'overdue'
  | 'scheduled'
  | 'preparing'
  | 'unavailable'
  | 'expired'
  | 'paid'
  | 'cancelled'
  | 'given_back'

/** All that the payer's page shows; null for a token that opens nothing. */
export async function payerPage(publicToken: string) {
  // tenant: the token alone, of 160 random bits, is what opens it
  const receivable = await Receivable.query()
    .where('public_token', publicToken)
    .whereNot('state', 'draft')
    .preload('tenant')
    .preload('customer')
    .preload('charges', (charges) => charges.orderBy('id', 'desc'))
    .first()
  if (!receivable) return null
  const { tenant, customer, charges } = receivable
  const charge = charges.find(({ isActive }) => isActive) ?? charges.at(0) ?? null
  const phase = payerPhase(receivable, charge, clock.today(tenant.timeZone))
  const isPayable = charge?.state === 'pending' && (phase === 'open' || phase === 'overdue')
  return {
    receivable,
    charge,
    phase,
    boleto: isPayable ? boletoOf(charge) : null,
    customer: { name: initials(customer.name), taxId: customer.taxIdMasked },
    charger: { name: tenant.legalName, taxId: tenantTaxId(tenant) },
    receiver: charge?.mode === 'connected' ? null : await platformIdentity(),
  }
}

const boletoOf = (charge: Charge) => ({
  line: charge.digitableLine,
  barcode: boletoBarcode(charge.barcode),
  documentUrl: charge.documentUrl,
})

function payerPhase(receivable: Receivable, charge: Charge | null, today: string): PayerPhase {
  if (receivable.state === 'cancelled') return 'cancelled'
  if (['paid', 'overpaid'].includes(receivable.state)) return 'paid'
  const isBack = ['refunded', 'partially_refunded', 'charged_back'].includes(receivable.state)
  if (isBack) return 'given_back'
  if (charge?.state === 'scheduled') return 'scheduled'
  if (charge?.state === 'creating') return 'preparing'
  if (charge?.state === 'expired') return 'expired'
  if (!charge?.isActive) return 'unavailable'
  return receivable.isOverdue(today) ? 'overdue' : 'open'
}

/** Enough for the payer to recognise the name, and too little for a stranger to learn it. */
const initials = (name: string): string =>
  name
    .trim()
    .split(/\s+/)
    .map((word, at) => (at === 0 ? word : `${[...word][0]}.`))
    .join(' ')

function tenantTaxId({ taxIdKind: kind, taxIdMasked: masked, taxId: digits }: Tenant) {
  return isTaxIdKind(kind) ? shownTaxId({ kind, digits, masked }) : masked
}
