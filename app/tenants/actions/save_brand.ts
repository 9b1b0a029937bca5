import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { contrastWithWhite, LEAST_CONTRAST } from '#app/tenants/contrast'
import { ColourTooLight } from '#app/tenants/errors'
import type Tenant from '#app/tenants/models/tenant'

export interface BrandSettings {
  /** "#1d5c4b"; null: the product's own. */
  brandColor: string | null
  contactEmail: string | null
  contactPhone: string | null
}

/** How a tenant shows itself to its customers, and where they ask back. */
export class SaveBrand {
  /** @throws ColourTooLight */
  async handle(input: { tenant: Tenant; settings: BrandSettings; actor: Actor }): Promise<void> {
    const { tenant, settings, actor } = input
    const { brandColor } = settings
    if (brandColor && contrastWithWhite(brandColor) < LEAST_CONTRAST) {
      throw new ColourTooLight({}, 'brand_color')
    }
    await transaction(async (trx) => {
      await tenant.useTransaction(trx).merge(settings).save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.brand_changed',
        subject: { type: 'tenant', id: tenant.id },
        tenantId: tenant.id,
        details: { brandColor },
      })
    })
  }
}
