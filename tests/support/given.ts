import type { ModelAttributes } from '@adonisjs/lucid/types/model'
import { countries, type CountryCode } from '#app/core/countries'
import { newId } from '#app/core/ids'
import { taxIdKindsOf } from '#app/core/tax_ids'
import { blindIndex, purposeOf, seal } from '#app/core/vault'
import User from '#app/identity/models/user'
import Membership, { type Role } from '#app/tenants/models/membership'
import Store from '#app/tenants/models/store'
import Tenant from '#app/tenants/models/tenant'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'
import { randomCnpj } from '#tests/support/tax_ids'

/** What every user made here logs in with. */
export const PASSWORD = 'correct horse battery'

let counter = 0
/** A number that no other name of this run has. */
export const next = () => ++counter

export const givenUser = (values: Partial<ModelAttributes<User>> = {}): Promise<User> => {
  const number = next()
  return User.create({
    email: `user${number}@example.com`,
    password: PASSWORD,
    fullName: `User ${number}`,
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    isPlatformAdmin: false,
    ...values,
  })
}

export const givenPlatformAdmin = (values: Partial<ModelAttributes<User>> = {}): Promise<User> =>
  givenUser({ isPlatformAdmin: true, ...values })

export interface GivenTenant extends Partial<ModelAttributes<Tenant>> {
  country?: CountryCode
  taxId?: string
  /** The tenant's own fee, e.g. "2.50"; null is the platform's default. */
  platformFeePercent?: string | null
}

/** An active, centralized tenant with an entitlement and a default store, both loaded. */
export async function givenTenant(given: GivenTenant = {}): Promise<Tenant> {
  const { country = 'BR', taxId = randomCnpj(), platformFeePercent = null, ...values } = given
  const number = next()
  const id = newId()
  const { currency, locale, timeZone } = countries[country]
  const tenant = await Tenant.create({
    id,
    legalName: `Tenant ${number} Ltda`,
    tradeName: `Tenant ${number}`,
    taxIdCiphertext: seal(taxId, purposeOf('tenants', 'tax_id', id, id)),
    taxIdIndex: blindIndex(taxId, 'tenant.tax_id'),
    taxIdMasked: `***${taxId.slice(-4)}`,
    ...{ country, currency, locale, timeZone, taxIdKind: taxIdKindsOf(country).at(-1) },
    mode: 'centralized',
    state: 'active',
    automaticPayouts: false,
    ...values,
  })
  await TenantEntitlement.create({ tenantId: id, platformFeePercent, limits: {} })
  await Store.create({ tenantId: id, name: 'Matriz', isDefault: true })
  await tenant.load('entitlement')
  await tenant.load('stores')
  return tenant
}

/** A further store of the tenant. */
export const givenStore = (tenant: Tenant, name = `Store ${next()}`): Promise<Store> =>
  Store.create({ tenantId: tenant.id, name, isDefault: false })

/** The store that the tenant was made with. */
export const defaultStore = (tenant: Tenant): Promise<Store> =>
  Store.query().where('tenant_id', tenant.id).where('is_default', true).firstOrFail()

/**
 * A user inside the tenant, `membership.user` and `membership.tenant` loaded. A cashier works in
 * the given stores.
 */
export async function givenMember(
  tenant: Tenant,
  role: Role,
  stores: Store[] = [],
  user?: User
): Promise<Membership> {
  const { id: userId } = user ?? (await givenUser())
  const membership = await Membership.create({ tenantId: tenant.id, userId, role })
  const pivot = { tenant_id: tenant.id }
  await membership
    .related('stores')
    .attach(Object.fromEntries(stores.map((store) => [store.id, pivot])))
  await membership.load('user')
  await membership.load('tenant')
  return membership
}
