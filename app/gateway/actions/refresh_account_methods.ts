import logger from '@adonisjs/core/services/logger'
import { describeError } from '#app/core/redaction'
import { mercadoPago } from '#app/gateway/mercado_pago'
import AccountMethods from '#app/gateway/models/account_methods'
import { liveAccounts, type GatewayAccount } from '#app/gateway/queries/accounts'

/** Keeps what each account can be paid with, so that nothing is offered that will be refused. */
export class RefreshAccountMethods {
  /** For the schedule: every account that can be asked; one's failure does not hide the others. */
  async handle(): Promise<void> {
    for (const account of await liveAccounts()) await this.refresh(account)
  }

  /** What was known stays known when the provider does not answer. */
  async refresh({ id, ref, currency }: GatewayAccount): Promise<void> {
    try {
      const methods = await mercadoPago.on(ref).methods(currency)
      await AccountMethods.updateOrCreate({ accountId: id }, { methods })
    } catch (error) {
      logger.warn({ err: describeError(error), accountId: id }, 'methods of an account unknown')
    }
  }
}
