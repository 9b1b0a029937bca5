import { isTaxIdKind } from '#app/core/tax_ids'
import { platformIdentity, shownTaxId } from '#app/gateway/queries/platform_identity'
import type Charge from '#app/receivables/models/charge'
import type Customer from '#app/receivables/models/customer'
import type Tenant from '#app/tenants/models/tenant'

export interface Party {
  name: string
  taxId: string
}

export interface Parties {
  /** Masked: what is known of the payer is shown to whoever has the link. */
  payer: Party
  charger: Party
  /** The platform where it receives for the tenant; its name may not be entered yet. */
  receiver: { name: string | null; taxId: string | null } | null
}

/**
 * Who pays, who charges and who receives, as payers are told it.
 * @param mode of the charge; left out, the tenant's
 */
export async function partiesOf(
  tenant: Tenant,
  customer: Customer,
  mode: Charge['mode'] = tenant.mode
): Promise<Parties> {
  return {
    payer: { name: initials(customer.name), taxId: customer.taxIdMasked },
    charger: { name: tenant.legalName, taxId: tenantTaxId(tenant) },
    receiver: mode === 'connected' ? null : await platformIdentity(),
  }
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
