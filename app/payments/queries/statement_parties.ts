import { isTaxIdKind } from '#app/core/tax_ids'
import { platformIdentity, shownTaxId } from '#app/gateway/queries/platform_identity'
import type Tenant from '#app/tenants/models/tenant'

/** Whose statement it is and who holds the money; a person's tax id stays masked. */
export async function statementParties(tenant: Tenant) {
  const { legalName, taxIdKind: kind, taxIdMasked: masked } = tenant
  const taxId = isTaxIdKind(kind) ? shownTaxId({ kind, digits: tenant.taxId, masked }) : masked
  return { tenant: { name: legalName, taxId }, platform: await platformIdentity() }
}
