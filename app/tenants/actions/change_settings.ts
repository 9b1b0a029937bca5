import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import type Tenant from '#app/tenants/models/tenant'

export interface Settings {
  tradeName: string
  statementDescriptor: string | null
  locale: string
  timeZone: string
}

export interface ChangeSettingsInput {
  tenant: Tenant
  settings: Settings
  actor: Actor
}

/** What owners decide for their tenant; the address `/t/:slug` stays. */
export class ChangeSettings {
  async handle({ tenant, settings, actor }: ChangeSettingsInput): Promise<Tenant> {
    const names = Object.keys(settings) as (keyof Settings)[]
    const changed = names.filter((name) => tenant[name] !== settings[name])
    if (changed.length === 0) return tenant
    const of = (values: Settings) => Object.fromEntries(changed.map((name) => [name, values[name]]))
    const details = { before: of(tenant), after: of(settings) }

    return transaction(async (trx) => {
      await tenant.useTransaction(trx).merge(settings).save()
      await recordAudit(trx, {
        actor,
        action: 'tenant.settings_changed',
        subject: { type: 'tenant', id: tenant.id },
        tenantId: tenant.id,
        details,
      })
      return tenant
    })
  }
}
