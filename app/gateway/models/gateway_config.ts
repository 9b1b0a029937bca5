import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { GatewayConfigSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import { isUniqueViolation, type Trx } from '#app/core/transaction'
import { open, purposeOf, seal } from '#app/core/vault'

/** A secret that Mercado Pago signs notifications with; several may be valid at once. */
export interface WebhookSecret {
  id: string
  secret: string
  addedAt: string
}

const SINGLETON = 'platform'

/** The platform's settings: one row. */
export default class GatewayConfig extends compose(GatewayConfigSchema, OwnId) {
  @column({ serializeAs: null })
  declare webhookSecretsCiphertext: string | null

  /** The row, made with its defaults when there is none yet. */
  static async current(trx?: Trx): Promise<GatewayConfig> {
    const find = () => this.query({ client: trx }).where('singleton', SINGLETON).first()
    return (await find()) ?? (await this.createDefault(trx)) ?? (await find())!
  }

  /** The row, locked: take this before changing one of its values. */
  static async locked(trx: Trx): Promise<GatewayConfig> {
    const { id } = await this.current(trx)
    return this.query({ client: trx }).where('id', id).forUpdate().firstOrFail()
  }

  /** Null when another process made the row at the same moment. */
  private static async createDefault(trx?: Trx): Promise<GatewayConfig | null> {
    const make = (client?: Trx) =>
      this.create(
        {
          singleton: SINGLETON,
          platformFeePercent: '1.00',
          automaticTransfer: false,
          payoutWaitingDays: 7,
        },
        { client }
      )
    try {
      // A savepoint: on PostgreSQL a refused insert would end the caller's transaction.
      return trx ? await trx.transaction((inner) => make(inner)) : await make()
    } catch (error) {
      if (isUniqueViolation(error, 'singleton')) return null
      throw error
    }
  }

  /** @throws Undecryptable */
  get webhookSecrets(): WebhookSecret[] {
    return this.webhookSecretsCiphertext
      ? open<WebhookSecret[]>(this.webhookSecretsCiphertext, this.#secretsPurpose)
      : []
  }

  set webhookSecrets(secrets: WebhookSecret[]) {
    this.webhookSecretsCiphertext = seal(secrets, this.#secretsPurpose)
  }

  get #secretsPurpose() {
    return purposeOf('gateway_configs', 'webhook_secrets', this.id)
  }
}
