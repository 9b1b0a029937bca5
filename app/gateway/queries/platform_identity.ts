import type { TaxId } from '#app/core/tax_ids'
import GatewayConfig from '#app/gateway/models/gateway_config'

/** Who receives the money in centralized mode, as payers are told. */
export async function platformIdentity() {
  const { platformName: name, platformTaxId: taxId } = await GatewayConfig.current()
  return { name, taxId }
}

/**
 * A tax id as payers are shown it: a Brazilian company's is public and tells whom they pay; what
 * may be a person's stays masked.
 */
export const shownTaxId = ({ kind, digits, masked }: TaxId): string =>
  kind === 'CNPJ' ? digits.replace(/^(..)(...)(...)(....)(..)$/, '$1.$2.$3/$4-$5') : masked
