import { recordAudit, type Actor } from '#app/core/audit'
import { countries, type CountryCode } from '#app/core/countries'
import { newId } from '#app/core/ids'
import { checkTaxId, type TaxId } from '#app/core/tax_ids'
import { isUniqueViolation, transaction, type Trx } from '#app/core/transaction'
import { InvalidTaxId, TaxIdTaken } from '#app/tenants/errors'
import Membership from '#app/tenants/models/membership'
import Store from '#app/tenants/models/store'
import Tenant, { type TenantState } from '#app/tenants/models/tenant'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'

export interface CreateTenantInput {
  legalName: string
  tradeName: string
  country: CountryCode
  taxIdKind: string
  /** As it was typed. */
  taxId: string
  /** By default the country's. */
  locale?: string
  timeZone?: string
  state?: TenantState
  storeName?: string
  /** "2.50"; without it the platform's default counts. */
  platformFeePercent?: string | null
  /** The user who becomes its first owner. */
  ownerId?: string
  actor: Actor
}

/** A tenant with its first store, its entitlement and, where there is one, its owner. */
export class CreateTenant {
  /** @throws InvalidTaxId, TaxIdTaken, both at `taxId` */
  async handle(input: CreateTenantInput): Promise<Tenant> {
    const taxId = checkTaxId(input.taxIdKind, input.taxId)
    if (!taxId) throw new InvalidTaxId({}, 'taxId')
    try {
      return await transaction((trx) => this.#create(trx, input, taxId))
    } catch (error) {
      if (isUniqueViolation(error, 'tax_id_index')) throw new TaxIdTaken({}, 'taxId')
      throw error
    }
  }

  async #create(trx: Trx, input: CreateTenantInput, taxId: TaxId): Promise<Tenant> {
    const { legalName, tradeName, country, state = 'active', actor } = input
    const { currency, locale, timeZone } = countries[country]
    const tenant = new Tenant().useTransaction(trx).fill({
      id: newId(),
      legalName,
      tradeName,
      country,
      currency,
      locale: input.locale ?? locale,
      timeZone: input.timeZone ?? timeZone,
      mode: 'centralized',
      state,
      automaticPayouts: false,
    })
    await tenant.identify(taxId).save()
    await this.#furnish(trx, tenant, input)
    await recordAudit(trx, {
      actor,
      action: 'tenant.created',
      subject: { type: 'tenant', id: tenant.id },
      tenantId: tenant.id,
      details: { slug: tenant.slug, country, state },
    })
    return tenant
  }

  async #furnish(trx: Trx, { id: tenantId }: Tenant, input: CreateTenantInput) {
    const { storeName = input.tradeName, platformFeePercent = null, ownerId } = input
    const client = trx
    await Store.create({ tenantId, name: storeName, isDefault: true }, { client })
    await TenantEntitlement.create({ tenantId, platformFeePercent, limits: {} }, { client })
    if (ownerId) await Membership.create({ tenantId, userId: ownerId, role: 'owner' }, { client })
  }
}
