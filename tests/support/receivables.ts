import { DateTime } from 'luxon'
import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import type { CountryCode } from '#app/core/countries'
import { newPublicToken } from '#app/core/ids'
import { checkTaxId, taxIdKindsOf } from '#app/core/tax_ids'
import { SavePlatformAccount } from '#app/gateway/actions/save_platform_account'
import CustodyConfirmation from '#app/gateway/models/custody_confirmation'
import type PlatformAccount from '#app/gateway/models/platform_account'
import { sites } from '#app/gateway/sites'
import { IssueCharge } from '#app/receivables/actions/issue_charge'
import { SaveCustomer, type CustomerDetails } from '#app/receivables/actions/save_customer'
import type Charge from '#app/receivables/models/charge'
import type { ChargeMethod } from '#app/receivables/models/charge'
import type Customer from '#app/receivables/models/customer'
import Receivable from '#app/receivables/models/receivable'
import { ARGENTINE_ACCESS_TOKEN, PLATFORM_ACCESS_TOKEN, SELLER_TOKENS } from '#app/simulator/main'
import type Tenant from '#app/tenants/models/tenant'
import { defaultStore, givenPlatformAdmin, givenTenant, next } from '#tests/support/given'
import { randomCpf } from '#tests/support/tax_ids'

const byCommand: Actor = { kind: 'command' }

/** The platform's account at the simulator, checked there, and Brazil's custody confirmed. */
export async function givenPlatformAccount(
  token: string = PLATFORM_ACCESS_TOKEN
): Promise<PlatformAccount> {
  const account = await new SavePlatformAccount().handle({ token, actor: byCommand })
  const admin = await givenPlatformAdmin()
  await CustodyConfirmation.firstOrCreate(
    { country: account.country },
    { userId: admin.id, confirmedAt: DateTime.utc() }
  )
  return account
}

/** What the platform's account in each country is reached with. */
const platformTokens: Partial<Record<string, string>> = {
  BR: PLATFORM_ACCESS_TOKEN,
  AR: ARGENTINE_ACCESS_TOKEN,
}

const tokenOf = (country: CountryCode): string => {
  const site = Object.keys(sites).find((id) => sites[id].country === country)!
  return platformTokens[country] ?? SELLER_TOKENS[site]
}

/** A tenant that can issue charges on the simulator's account of its country. */
export async function givenSeller(values: Parameters<typeof givenTenant>[0] = {}): Promise<Tenant> {
  await givenPlatformAccount(tokenOf(values.country ?? 'BR'))
  return givenTenant(values)
}

export const address = {
  postalCode: '01310100',
  street: 'Avenida Paulista',
  streetNumber: '1000',
  complement: null,
  district: 'Bela Vista',
  city: 'São Paulo',
  stateCode: 'SP',
}

/** Valid ones of customers outside Brazil. */
const taxIds: Partial<Record<string, string>> = {
  AR: '20267565393',
  CL: '125319092',
  CO: '2131234321',
}

/** A customer with a tax id of the country, and an address that a boleto accepts. */
export function givenCustomer(
  tenant: Tenant,
  {
    taxId = taxIds[tenant.country] ?? randomCpf(),
    ...values
  }: Partial<CustomerDetails> & { taxId?: string } = {}
): Promise<Customer> {
  const number = next()
  const [kind] = taxIdKindsOf(tenant.country).filter((one) => checkTaxId(one, taxId))
  return new SaveCustomer().handle({
    tenant,
    details: {
      name: `Customer Number ${number}`,
      email: `customer${number}@example.com`,
      phone: null,
      locale: 'pt-BR',
      ...address,
      ...values,
    },
    taxId: checkTaxId(kind, taxId),
    actor: byCommand,
  })
}

export interface GivenReceivable {
  customer?: Customer
  storeId?: string
  amountMinor?: number
  description?: string
  /** From today, where the tenant lives. */
  dueInDays?: number
  payUntilInDays?: number
}

/** A draft of R$ 150.00, due in a week; its customer is loaded. */
export async function givenReceivable(
  tenant: Tenant,
  given: GivenReceivable = {}
): Promise<Receivable> {
  const { dueInDays = 7, payUntilInDays = dueInDays } = given
  const customer = given.customer ?? (await givenCustomer(tenant))
  const { id: storeId } = given.storeId ? { id: given.storeId } : await defaultStore(tenant)
  const today = DateTime.fromISO(clock.today(tenant.timeZone))
  const receivable = await Receivable.create({
    tenantId: tenant.id,
    storeId,
    customerId: customer.id,
    description: given.description ?? 'Perfume',
    amountMinor: given.amountMinor ?? 150_00,
    currency: tenant.currency,
    dueOn: today.plus({ days: dueInDays }).toISODate()!,
    payUntil: today.plus({ days: payUntilInDays }).toISODate()!,
    state: 'draft',
    paidMinor: 0,
    refundedMinor: 0,
    publicToken: newPublicToken(),
  })
  await receivable.load('customer')
  return receivable
}

/** Offers one way of paying it, as a member would. */
export const issue = (
  tenant: Tenant,
  receivable: Receivable,
  method: ChargeMethod
): Promise<Charge> => new IssueCharge().handle({ tenant, receivable, method, actor: byCommand })

export const issueBoleto = (tenant: Tenant, receivable: Receivable): Promise<Charge> =>
  issue(tenant, receivable, 'boleto')

/** A boleto that the simulator has made, of a receivable of its own. */
export async function givenBoleto(
  tenant: Tenant,
  given: GivenReceivable = {}
): Promise<{ receivable: Receivable; charge: Charge }> {
  const receivable = await givenReceivable(tenant, given)
  const charge = await issueBoleto(tenant, receivable)
  await receivable.refresh()
  return { receivable, charge }
}
