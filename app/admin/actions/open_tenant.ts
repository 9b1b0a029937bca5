import { recordAudit, type Actor } from '#app/core/audit'
import { countries, type CountryCode } from '#app/core/countries'
import { checkTaxId, taxIdKindsOf, type TaxId } from '#app/core/tax_ids'
import { transaction } from '#app/core/transaction'
import { blindIndex } from '#app/core/vault'
import User from '#app/identity/models/user'
import { CreateTenant } from '#app/tenants/actions/create_tenant'
import Tenant from '#app/tenants/models/tenant'

interface OpenTenantInput {
  legalName: string
  tradeName: string
  country: CountryCode
  /** As it was typed, of any kind that the country has. */
  taxId: string
  platformFeePercent: string | null
  owner: { email: string; fullName: string; password: string }
  actor: Actor
}

/**
 * A new tenant that waits for approval, and its first owner, who may be a user already: then the
 * password stays.
 */
export class OpenTenant {
  /** @throws InvalidTaxId, TaxIdTaken */
  async handle({ owner, taxId: typed, ...input }: OpenTenantInput): Promise<Tenant> {
    const taxId = this.#read(typed, input.country)
    // A tenant that will be refused leaves no user behind.
    const isFree = taxId !== null && !(await this.#isTaken(taxId))
    const user = isFree ? await this.#owner(owner, input) : null
    const taxIdKind = taxId?.kind ?? taxIdKindsOf(input.country)[0]
    const state = 'pending'
    return new CreateTenant().handle({
      ...input,
      state,
      taxIdKind,
      taxId: typed,
      ownerId: user?.id,
    })
  }

  #read(typed: string, country: CountryCode): TaxId | null {
    const readings = taxIdKindsOf(country).map((kind) => checkTaxId(kind, typed))
    return readings.find((taxId) => taxId !== null) ?? null
  }

  #isTaken = ({ digits }: TaxId): Promise<Tenant | null> =>
    Tenant.findBy('tax_id_index', blindIndex(digits, 'tenant.tax_id'))

  async #owner(
    owner: OpenTenantInput['owner'],
    { country, actor }: Pick<OpenTenantInput, 'country' | 'actor'>
  ): Promise<User> {
    const known = await User.findBy('email', owner.email)
    if (known) return known
    const { locale, timeZone } = countries[country]
    return transaction(async (trx) => {
      const user = await User.create(
        { ...owner, locale, timeZone, isPlatformAdmin: false },
        { client: trx }
      )
      const subject = { type: 'user', id: user.id }
      await recordAudit(trx, { actor, action: 'user.created', subject })
      return user
    })
  }
}
