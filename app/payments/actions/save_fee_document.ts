import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import FeeDocument from '#app/payments/models/fee_document'
import Tenant from '#app/tenants/models/tenant'

interface SaveInput {
  tenantId: string
  /** "2026-11" */
  month: string
  /** Null takes it away. */
  number: string | null
  actor: Actor
}

/** Notes which fiscal document the platform issued for its fee of a month. */
export class SaveFeeDocument {
  async handle({ tenantId, month, number, actor }: SaveInput): Promise<void> {
    await transaction(async (trx) => {
      // The tenant's row serialises two admins who save at once.
      const { currency } = await Tenant.query({ client: trx })
        .where('id', tenantId)
        .forUpdate()
        .firstOrFail()
      const known = await FeeDocument.query({ client: trx })
        .where({ tenant_id: tenantId, month, currency })
        .first()
      const before = known?.number ?? null
      if (before === number) return
      const savedBy = actor.kind === 'user' ? actor.userId : null
      if (number === null) await known!.delete()
      else if (known) await known.merge({ number, savedBy }).save()
      else await FeeDocument.create({ tenantId, month, currency, number, savedBy }, { client: trx })
      await recordAudit(trx, {
        actor,
        action: 'fee_document.saved',
        subject: { type: 'tenant', id: tenantId },
        tenantId,
        details: { month, before, after: number },
      })
    })
  }
}
