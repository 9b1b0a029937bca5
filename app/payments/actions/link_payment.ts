import { recordAudit, type Actor } from '#app/core/audit'
import { transaction, type Trx } from '#app/core/transaction'
import { NoCredential } from '#app/gateway/gateway_errors'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { ProviderPayment, SaleRoute } from '#app/gateway/provider'
import { ProviderError } from '#app/gateway/provider_errors'
import { ExceptionNotFound, MoneyNotFound, NotLinkable } from '#app/payments/exception_errors'
import type ExceptionCase from '#app/payments/models/exception_case'
import { chargeOfLinkedMoney } from '#app/payments/linked_charge'
import { findException, lockedException } from '#app/payments/queries/exceptions'
import { settleCharge } from '#app/payments/settle_charge'
import Receivable from '#app/receivables/models/receivable'

interface LinkInput {
  exceptionId: string
  /** Of any tenant: what the money was paid for. */
  receivableId: string
  userId: string
  actor: Actor
}

const linkable = ['open', 'partially_paid']

/** Money on the platform's account that named no charge is booked as a payment of a receivable. */
export class LinkPayment {
  /**
   * The provider is asked again first: what counts is what it says now.
   * @throws ExceptionNotFound, ExceptionResolved, NotLinkable, MoneyNotFound
   * @throws DomainError of the resolver, where the tenant may not sell on the platform's account
   */
  async handle(input: LinkInput): Promise<ExceptionCase> {
    const exception = await findException('platform', input.exceptionId)
    if (exception?.kind !== 'unknown_payment') throw new ExceptionNotFound()
    const payment = await this.#ask(exception)
    const route = await this.#route(input.receivableId, payment)
    return transaction((trx) => this.#link(trx, input, payment, route))
  }

  async #ask({ details }: ExceptionCase): Promise<ProviderPayment> {
    try {
      const ref = { kind: 'platform' as const, id: String(details.account) }
      const payment = await mercadoPago.on(ref).payment(String(details.id))
      if (payment.approvedAt === null) throw new MoneyNotFound()
      return payment
    } catch (error) {
      if (error instanceof ProviderError || error instanceof NoCredential) throw new MoneyNotFound()
      throw error
    }
  }

  /** The tenant's way of selling now, as for a new charge: its account must be where the money is. */
  async #route(receivableId: string, payment: ProviderPayment): Promise<SaleRoute> {
    // tenant: the platform's admin says whose money it is
    const receivable = await Receivable.query().where('id', receivableId).first()
    if (!receivable) throw new NotLinkable()
    const { tenantId, storeId, currency } = receivable
    const route = await new GatewayResolver().forSale({ tenantId, storeId, currency })
    const isThere = route.collectorId === payment.collectorId && currency === payment.currency
    if (!isThere) throw new NotLinkable()
    return route
  }

  async #link(trx: Trx, input: LinkInput, payment: ProviderPayment, route: SaleRoute) {
    const { exceptionId, receivableId, userId, actor } = input
    const exception = await lockedException(trx, 'platform', exceptionId)
    if (!exception) throw new ExceptionNotFound()
    await exception.resolve('linked', userId, null).save()
    // tenant: as above
    const receivable = await Receivable.query({ client: trx })
      .where('id', receivableId)
      .forUpdate()
      .firstOrFail()
    if (!linkable.includes(receivable.state)) throw new NotLinkable()
    const charge = await chargeOfLinkedMoney(trx, { receivable, payment, route, userId })
    const verdict = await settleCharge(trx, charge, payment)
    // Another charge knows it: its reference was set right at the provider meanwhile.
    if (verdict.state !== 'processed') throw new MoneyNotFound()
    const { tenantId } = receivable
    await exception.merge({ tenantId, receivableId }).save()
    await recordAudit(trx, {
      ...{ actor, tenantId, action: 'exception.linked' },
      subject: { type: 'exception', id: exceptionId },
      details: { receivableId, chargeId: charge.id, payment: payment.id },
    })
    return exception
  }
}
