import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import GatewayConfig from '#app/gateway/models/gateway_config'

export interface GatewaySettings {
  /** "1.00": what tenants without a fee of their own pay from now on. */
  platformFeePercent: string
  platformName: string | null
  /** As payers are shown it; left out, it stays. */
  platformTaxId?: string
  /** Whether tenants may have their money sent to them by schedule. */
  automaticTransfer: boolean
  payoutWaitingDays: number
}

/** Changes the platform's settings; charges that were issued keep the fee that they carry. */
export class SaveGatewaySettings {
  async handle({ settings, actor }: { settings: GatewaySettings; actor: Actor }): Promise<void> {
    await transaction(async (trx) => {
      const config = await GatewayConfig.locked(trx)
      config.merge(settings)
      const changes = Object.keys(config.$dirty).map((name) => ({
        name,
        from: config.$original[name],
        to: config.$attributes[name],
      }))
      if (changes.length === 0) return
      await config.save()
      await recordAudit(trx, {
        actor,
        action: 'gateway_settings.changed',
        subject: { type: 'gateway_config', id: config.id },
        details: { changes: changes.filter(({ name }) => name !== 'platformTaxId') },
      })
    })
  }
}
