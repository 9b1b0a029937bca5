import { appUrl } from '#config/app'
import { PRODUCT_COLOR, type Brand } from '#app/core/mail/brand'
import Tenant from '#app/tenants/models/tenant'
import TenantLogo from '#app/tenants/models/tenant_logo'

/** How a tenant shows itself to its customers: on mails and on the payer's page. */
export async function brandOf(tenant: Tenant): Promise<Brand> {
  const logo = await TenantLogo.query().where('tenant_id', tenant.id).select('public_token').first()
  return {
    name: tenant.tradeName,
    color: tenant.brandColor ?? PRODUCT_COLOR,
    logoUrl: logo && `${appUrl}/logos/${logo.publicToken}`,
    contactEmail: tenant.contactEmail,
    contactPhone: tenant.contactPhone,
  }
}

export const tenantBrand = async (tenantId: string): Promise<Brand> =>
  brandOf(await Tenant.findOrFail(tenantId))

/** The picture behind a public address; null when there is none. */
export const logoByToken = (publicToken: string): Promise<TenantLogo | null> =>
  // tenant: the address is public, and all that is known of whoever asks for it
  TenantLogo.query().where('public_token', publicToken).first()
