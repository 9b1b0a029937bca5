import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import type { SaleRoute } from '#app/gateway/provider'
import { estimate, type Estimate } from '#app/gateway/queries/rates'
import { sites } from '#app/gateway/sites'
import { SendCharge } from '#app/receivables/actions/send_charge'
import { activeStates } from '#app/receivables/charge_states'
import { routeColumns } from '#app/receivables/charge_route'
import { checkPayUntil, endOfDay, issueDay, startOfDay } from '#app/receivables/issue_day'
import Charge, { type ChargeMethod } from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import {
  CustomerAddressMissing,
  MethodNotOffered,
  NothingToCharge,
} from '#app/receivables/receivable_errors'
import { FIRST_RETRY_SECONDS } from '#app/receivables/retries'

export interface IssueInput {
  tenant: Tenant
  /** Of this tenant, with its customer loaded. */
  receivable: Receivable
  method: ChargeMethod
  /** Another last day to pay than was agreed: the boleto of an overdue receivable. */
  payUntil?: string
  actor: Actor
}

/** Offers the customer a way of paying: at most one of a kind at a time. */
export class IssueCharge {
  /**
   * @returns the new charge, or the active one that there is already. Its state tells the outcome:
   * `pending`, `scheduled`, `rejected` with a code, or still `creating` when nobody knows.
   * @throws DomainError of the resolver, of the dates, or when nothing is left to be charged
   */
  async handle(input: IssueInput): Promise<Charge> {
    const { tenant, receivable, method } = input
    if (method === 'boleto' && !receivable.customer.hasAddress) throw new CustomerAddressMissing()
    const dates = this.#dates(input)
    const { currency, storeId } = receivable
    const route = await new GatewayResolver().forSale({ tenantId: tenant.id, storeId, currency })
    if (!sites[route.siteId].methods.includes(method)) throw new MethodNotOffered()
    const share = await estimate({
      siteId: route.siteId,
      method,
      amountMinor: receivable.outstandingMinor,
      feePercent: route.feeRule.percent,
    })
    const { charge, isNew } = await transaction((trx) =>
      this.#write(trx, input, { ...dates, route, share })
    )
    if (!isNew || charge.state === 'scheduled') return charge
    return new SendCharge().handle(charge, { repeated: false })
  }

  #dates({ tenant, receivable, payUntil = receivable.payUntil }: IssueInput) {
    const today = clock.today(tenant.timeZone)
    const { dueOn } = receivable
    checkPayUntil(dueOn, payUntil, dueOn > today ? dueOn : today)
    const issueOn = issueDay({ today, dueOn, payUntil })
    const issueAt = issueOn > today ? startOfDay(issueOn, tenant.timeZone) : null
    return { payUntil, issueAt, expiresAt: endOfDay(payUntil, tenant.timeZone) }
  }

  /** The lock makes the second of two members who press at once find the first one's charge. */
  async #write(trx: Trx, input: IssueInput, plan: Plan) {
    const { tenant, method, actor } = input
    const receivable = await Receivable.query({ client: trx })
      .where('tenant_id', tenant.id)
      .where('id', input.receivable.id)
      .forUpdate()
      .firstOrFail()
    const active = await this.#activeCharge(trx, receivable, method)
    if (active) return { charge: active, isNew: false }
    if (!receivable.isOpen) throw new NothingToCharge()

    const charge = await this.#create(trx, receivable, method, plan, actor)
    // Opened here and not with the answer: a lost one may be told by a notification instead.
    await receivable.merge({ payUntil: plan.payUntil }).moveTo('open').save()
    await recordAudit(trx, {
      actor,
      action: plan.issueAt ? 'charge.scheduled' : 'charge.requested',
      subject: { type: 'charge', id: charge.id },
      tenantId: tenant.id,
      details: { receivableId: receivable.id, method, amountMinor: charge.amountMinor },
    })
    return { charge, isNew: true }
  }

  #activeCharge(trx: Trx, receivable: Receivable, method: ChargeMethod) {
    return Charge.query({ client: trx })
      .where('tenant_id', receivable.tenantId)
      .where('receivable_id', receivable.id)
      .where('method', method)
      .whereIn('state', [...activeStates])
      .first()
  }

  #create(trx: Trx, receivable: Receivable, method: ChargeMethod, plan: Plan, actor: Actor) {
    const { route, share, issueAt, expiresAt } = plan
    const id = newId()
    return Charge.create(
      {
        id,
        tenantId: receivable.tenantId,
        receivableId: receivable.id,
        storeId: receivable.storeId,
        method,
        state: issueAt ? 'scheduled' : 'creating',
        amountMinor: receivable.outstandingMinor,
        currency: receivable.currency,
        ...routeColumns(route, share),
        idempotencyKey: newId(),
        externalReference: `c-${id}`,
        expiresAt,
        attempts: 0,
        // Should this process die before it hears the answer, the worker takes over then.
        nextAttemptAt: issueAt ?? clock.now().plus({ seconds: FIRST_RETRY_SECONDS }),
        createdBy: actor.kind === 'user' ? actor.userId : null,
      },
      { client: trx }
    )
  }
}

interface Plan {
  payUntil: string
  issueAt: ReturnType<typeof startOfDay> | null
  expiresAt: ReturnType<typeof endOfDay>
  route: SaleRoute
  share: Estimate
}
