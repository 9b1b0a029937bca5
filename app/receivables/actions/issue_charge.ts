import type Tenant from '#app/tenants/models/tenant'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { transaction, type Trx } from '#app/core/transaction'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import type { SaleRoute } from '#app/gateway/provider'
import { offeredMethods } from '#app/gateway/queries/offered_methods'
import { estimate, type Estimate } from '#app/gateway/queries/rates'
import { methods } from '#app/gateway/sites'
import { SendCharge } from '#app/receivables/actions/send_charge'
import { activeStates } from '#app/receivables/charge_states'
import { routeColumns } from '#app/receivables/charge_route'
import {
  checkPayUntil,
  checkTimeLeft,
  endOfDay,
  issueDay,
  startOfDay,
} from '#app/receivables/issue_day'
import { amountProblem } from '#app/receivables/method_limits'
import Charge, { type ChargeMethod } from '#app/receivables/models/charge'
import Receivable from '#app/receivables/models/receivable'
import {
  CustomerAddressMissing,
  EarlierWaysOpen,
  MethodNotOffered,
  NothingToCharge,
  ReceivableChanged,
} from '#app/receivables/receivable_errors'
import { FIRST_RETRY_SECONDS } from '#app/receivables/retries'

export interface IssueInput {
  tenant: Tenant
  /** Of this tenant, with its customer loaded. */
  receivable: Receivable
  method: ChargeMethod
  /** Another last day to pay than was agreed: a new charge of an overdue receivable. */
  payUntil?: string
  actor: Actor
}

interface Plan {
  payUntil: string
  issueAt: ReturnType<typeof startOfDay> | null
  expiresAt: ReturnType<typeof endOfDay>
  route: SaleRoute
  share: Estimate
}

/** The plan was made for what was read before the row was locked. */
const hasChanged = (read: Receivable, locked: Receivable): boolean =>
  (['outstandingMinor', 'dueOn', 'customerId', 'storeId'] as const).some(
    (name) => read[name] !== locked[name]
  )

/**
 * Offers the customer a way of paying what is owed, or the rest of it: at most one of a kind at a
 * time.
 */
export class IssueCharge {
  /**
   * @returns the new charge, or the active one that there is already. Its state tells the outcome:
   * `pending`, `scheduled`, `rejected` with a code, or still `creating` when nobody knows.
   * @throws DomainError of the resolver, of the dates or the amount, when nothing is left to be
   * charged, or when more than is left may still be paid
   */
  async handle(input: IssueInput): Promise<Charge> {
    const { receivable, method } = input
    if (!receivable.isPayable) throw new NothingToCharge()
    if (methods[method].needsAddress && !receivable.customer.hasAddress) {
      throw new CustomerAddressMissing()
    }
    const plan = { ...this.#dates(input), ...(await this.#route(input)) }
    const { charge, isNew } = await transaction((trx) => this.#write(trx, input, plan))
    if (!isNew || charge.state === 'scheduled') return charge
    return new SendCharge().handle(charge, { repeated: false })
  }

  #dates({ tenant, receivable, method, payUntil = receivable.payUntil }: IssueInput) {
    const today = clock.today(tenant.timeZone)
    const { dueOn } = receivable
    const { life } = methods[method]
    checkPayUntil(dueOn, payUntil, dueOn > today ? dueOn : today)
    const expiresAt = endOfDay(payUntil, tenant.timeZone)
    checkTimeLeft(clock.now(), expiresAt, { method, life })
    const issueOn = issueDay({ today, dueOn, payUntil, life })
    const issueAt = issueOn > today ? startOfDay(issueOn, tenant.timeZone) : null
    return { payUntil, issueAt, expiresAt }
  }

  async #route({ tenant, receivable, method }: IssueInput) {
    const { currency, storeId, outstandingMinor: amountMinor } = receivable
    const route = await new GatewayResolver().forSale({ tenantId: tenant.id, storeId, currency })
    const offered = await offeredMethods(route)
    const offer = offered.find((one) => one.method === method)
    if (!offer) throw new MethodNotOffered({ method })
    const problem = amountProblem(offer, amountMinor, tenant)
    if (problem) throw problem
    const { percent: feePercent } = route.feeRule
    return { route, share: await estimate({ ...route, method, amountMinor, feePercent }) }
  }

  /** The lock makes the second of two members who press at once find the first one's charge. */
  async #write(trx: Trx, input: IssueInput, plan: Plan) {
    const { tenant, method, actor } = input
    const receivable = await Receivable.query({ client: trx })
      .where('tenant_id', tenant.id)
      .where('id', input.receivable.id)
      .forUpdate()
      .firstOrFail()
    const active = await this.#activeCharges(trx, receivable)
    const same = active.find((charge) => charge.method === method && !receivable.isSurplus(charge))
    if (same) return { charge: same, isNew: false }
    if (!receivable.isPayable) throw new NothingToCharge()
    if (active.some((charge) => receivable.isSurplus(charge))) throw new EarlierWaysOpen()
    if (hasChanged(input.receivable, receivable)) throw new ReceivableChanged()

    const charge = await this.#create(trx, receivable, method, plan, actor)
    // Opened here and not with the answer: a lost one may be told by a notification instead.
    if (receivable.isOpen) receivable.moveTo('open')
    await receivable.merge({ payUntil: plan.payUntil }).save()
    await recordAudit(trx, {
      actor,
      action: plan.issueAt ? 'charge.scheduled' : 'charge.requested',
      subject: { type: 'charge', id: charge.id },
      tenantId: tenant.id,
      details: { receivableId: receivable.id, method, amountMinor: charge.amountMinor },
    })
    return { charge, isNew: true }
  }

  #activeCharges(trx: Trx, receivable: Receivable) {
    return Charge.query({ client: trx })
      .where('tenant_id', receivable.tenantId)
      .where('receivable_id', receivable.id)
      .whereIn('state', [...activeStates])
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
        ...routeColumns(route, share, method),
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
