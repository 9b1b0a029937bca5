import { createHash } from 'node:crypto'
import { recordAudit, type Actor } from '#app/core/audit'
import { newPublicToken } from '#app/core/ids'
import { transaction } from '#app/core/transaction'
import { LogoTooLarge, NotAPicture } from '#app/tenants/errors'
import Tenant from '#app/tenants/models/tenant'
import TenantLogo from '#app/tenants/models/tenant_logo'
import { readPicture } from '#app/tenants/picture'

export const MOST_LOGO_BYTES = 200 * 1024
/** More is no sharper on any screen, and takes long to unpack. */
const MOST_PIXELS = 2000

interface SaveLogoInput {
  tenant: Tenant
  /** Null: longer than is taken. */
  bytes: Buffer | null
  actor: Actor
}

/** Takes a tenant's picture; another one before it is replaced, under the same address. */
export class SaveLogo {
  /**
   * @throws LogoTooLarge in bytes or pixels
   * @throws NotAPicture
   */
  async handle({ tenant, bytes, actor }: SaveLogoInput): Promise<void> {
    if (!bytes || bytes.length > MOST_LOGO_BYTES) throw new LogoTooLarge({}, 'logo')
    const picture = readPicture(bytes)
    if (!picture) throw new NotAPicture({}, 'logo')
    if (picture.width > MOST_PIXELS || picture.height > MOST_PIXELS) {
      throw new LogoTooLarge({}, 'logo')
    }
    const values = {
      ...picture,
      content: bytes,
      fingerprint: createHash('sha256').update(bytes).digest('hex'),
    }
    await transaction(async (trx) => {
      // Of two first pictures at once, the second replaces the first.
      await Tenant.query({ client: trx }).where('id', tenant.id).forUpdate().firstOrFail()
      const known = await TenantLogo.query({ client: trx }).where('tenant_id', tenant.id).first()
      const mine = { tenantId: tenant.id, publicToken: newPublicToken() }
      const logo = known ?? new TenantLogo().merge(mine)
      await logo.useTransaction(trx).merge(values).save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.logo_changed',
        subject: { type: 'tenant', id: tenant.id },
        tenantId: tenant.id,
        details: { ...picture, fingerprint: values.fingerprint },
      })
    })
  }
}
