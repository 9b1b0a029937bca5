import { readFile } from 'node:fs/promises'
import { BaseSeeder } from '@adonisjs/lucid/seeders'
import type { Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { checkTaxId } from '#app/core/tax_ids'
import { ConfirmCustody } from '#app/gateway/actions/confirm_custody'
import { SaveGatewaySettings } from '#app/gateway/actions/save_gateway_settings'
import { SavePlatformAccount } from '#app/gateway/actions/save_platform_account'
import User from '#app/identity/models/user'
import { CreateReceivable } from '#app/receivables/actions/create_receivable'
import { IssueCharge } from '#app/receivables/actions/issue_charge'
import { SaveCustomer } from '#app/receivables/actions/save_customer'
import { SaveReminders } from '#app/receivables/actions/save_reminders'
import { SendReceivable } from '#app/receivables/actions/send_receivable'
import type Customer from '#app/receivables/models/customer'
import { PLATFORM_ACCESS_TOKEN } from '#app/simulator/scenario'
import { CreateStore } from '#app/tenants/actions/create_store'
import { ChooseDigest } from '#app/tenants/actions/choose_digest'
import { CreateTenant } from '#app/tenants/actions/create_tenant'
import { SaveBrand } from '#app/tenants/actions/save_brand'
import { SaveLogo } from '#app/tenants/actions/save_logo'
import Membership from '#app/tenants/models/membership'
import Store from '#app/tenants/models/store'
import type Tenant from '#app/tenants/models/tenant'
import mercadopago from '#config/mercadopago'
import * as world from '#database/demo/world'

const actor: Actor = { kind: 'command' }

/** A platform with a tenant at work, made by the actions that the pages use. Needs the simulator. */
export default class DemoSeeder extends BaseSeeder {
  static environment = ['development']

  async run() {
    if (await User.findBy('email', world.logins.admin.email)) return
    const { admin, owner, cashier } = await this.#users()
    await this.#platform(admin)
    const tenant = await this.#tenant(owner, cashier)
    await this.#mails(tenant, owner)
    const customers = await this.#customers(tenant)
    for (const given of world.receivables) await this.#receivable(tenant, customers, given)
  }

  async #users() {
    const make = (
      { email, fullName }: { email: string; fullName: string },
      isPlatformAdmin = false
    ) =>
      User.create({
        ...{ email, fullName, password: world.PASSWORD, isPlatformAdmin },
        ...{ locale: 'pt-BR', timeZone: 'America/Sao_Paulo' },
      })
    const { admin, owner, cashier } = world.logins
    return {
      admin: await make(admin, true),
      owner: await make(owner),
      cashier: await make(cashier),
    }
  }

  async #platform({ id: userId }: User) {
    await new SavePlatformAccount().handle({ token: PLATFORM_ACCESS_TOKEN, actor })
    await new ConfirmCustody().handle({ country: 'BR', userId, actor })
    const settings = {
      platformFeePercent: '1.00',
      platformName: world.platform.name,
      platformTaxId: world.platform.taxId,
      automaticTransfer: false,
      payoutWaitingDays: 7,
    }
    await new SaveGatewaySettings().handle({ settings, actor })
  }

  async #tenant(owner: User, cashier: User): Promise<Tenant> {
    const common = { country: 'BR', taxIdKind: 'CNPJ', ownerId: owner.id, actor } as const
    const tenant = await new CreateTenant().handle({ ...world.tenant, ...common })
    await new CreateTenant().handle({ ...world.otherTenant, ...common })
    const { id: tenantId } = tenant
    await new CreateStore().handle({ tenantId, name: world.tenant.secondStore, actor })
    const store = await this.#store(tenant)
    const membership = await Membership.create({ tenantId, userId: cashier.id, role: 'cashier' })
    await membership.related('stores').attach({ [store.id]: { tenant_id: tenantId } })
    return tenant
  }

  /** Its look, reminders to its customers, and the owner's daily digest. */
  async #mails(tenant: Tenant, { id: userId }: User) {
    await new SaveBrand().handle({ tenant, settings: world.brand, actor })
    const bytes = await readFile(new URL('../demo/logo.png', import.meta.url))
    await new SaveLogo().handle({ tenant, bytes, actor })
    await new SaveReminders().handle({ tenant, choice: world.reminders, actor })
    const membership = await Membership.query()
      .where({ tenant_id: tenant.id, user_id: userId })
      .firstOrFail()
    await new ChooseDigest().handle({ tenant, membership, wanted: true })
  }

  #store({ id }: Tenant): Promise<Store> {
    return Store.query().where('tenant_id', id).where('is_default', true).firstOrFail()
  }

  async #customers(tenant: Tenant): Promise<Customer[]> {
    const made = []
    for (const { name, email, kind, taxId } of world.customers) {
      const details = { name, email, phone: null, locale: 'pt-BR', ...world.address }
      const checked = checkTaxId(kind, taxId)
      made.push(await new SaveCustomer().handle({ tenant, details, taxId: checked, actor }))
    }
    return made
  }

  async #receivable(
    tenant: Tenant,
    customers: Customer[],
    given: (typeof world.receivables)[number]
  ) {
    const { description, amountMinor, dueInDays, until } = given
    const customer = customers[given.customer]
    const due = clock.now().setZone(tenant.timeZone).plus({ days: dueInDays })
    const store = await this.#store(tenant)
    const receivable = await new CreateReceivable().handle({
      ...{ tenant, customerId: customer.id, storeId: store.id, description, amountMinor, actor },
      dueOn: due.toISODate()!,
      payUntil: due.plus({ days: 5 }).toISODate()!,
      storeIds: null,
    })
    if (until === 'draft') return
    await receivable.load('customer')
    const charge = await new IssueCharge().handle({ tenant, receivable, method: 'boleto', actor })
    if (until === 'paid') return this.#pay(charge.providerPaymentId!)
    await new SendReceivable().handle({ receivable, actor })
  }

  /** As the customer would at a bank; the app hears of it once it is up. */
  async #pay(providerPaymentId: string) {
    const url = `${mercadopago.apiUrl}/_simulator/payments/${providerPaymentId}/pay`
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: '{}' })
    if (!response.ok) throw new Error(`The simulator did not take the payment: ${response.status}`)
  }
}
