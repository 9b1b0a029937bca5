import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { TenantGatewayConfigSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'
import type { Trx } from '#app/core/transaction'
import type { MechanismName } from '#app/gateway/mechanisms'
import type { ConnectionRef } from '#app/gateway/provider'

export type ConnectionState =
  'connected' | 'needs_reauthorization' | 'disconnecting' | 'disconnected'

const mayFollow: Record<ConnectionState, readonly ConnectionState[]> = {
  connected: ['needs_reauthorization', 'disconnecting'],
  needs_reauthorization: ['connected', 'disconnecting'],
  disconnecting: ['connected', 'disconnected'],
  disconnected: ['connected'],
}

type Identity = Pick<ConnectionRef, 'tenantId' | 'id'>

/** A connection: a tenant's own account at the provider. Its row stays, whatever becomes of it. */
export default class TenantGatewayConfig extends compose(TenantGatewayConfigSchema, OwnId) {
  declare state: ConnectionState
  declare mechanism: MechanismName

  @column({ serializeAs: null })
  declare accessTokenCiphertext: string | null

  @column({ serializeAs: null })
  declare refreshTokenCiphertext: string | null

  /** Through the tenant, as every read of its rows. */
  static of({ tenantId, id }: Identity, trx?: Trx): Promise<TenantGatewayConfig | null> {
    return this.query({ client: trx }).where({ tenant_id: tenantId, id }).first()
  }

  /** For a change of it. */
  static locked({ tenantId, id }: Identity, trx: Trx): Promise<TenantGatewayConfig> {
    return this.query({ client: trx }).where({ tenant_id: tenantId, id }).forUpdate().firstOrFail()
  }

  get ref(): ConnectionRef {
    return { kind: 'connection', tenantId: this.tenantId, id: this.id }
  }

  /** Who receives: the provider's user. */
  get collectorId(): string {
    return this.mpUserId
  }

  /** Its access token is there, not refused, and its time is not over. */
  get hasLiveToken(): boolean {
    return (
      this.accessTokenCiphertext !== null &&
      this.tokenRefusedAt === null &&
      (this.tokenExpiresAt === null || this.tokenExpiresAt > clock.now())
    )
  }

  /** New charges may be made on it: one that must be authorised again serves to its token's end. */
  get maySell(): boolean {
    return (
      (this.state === 'connected' || this.state === 'needs_reauthorization') && this.hasLiveToken
    )
  }

  /** It was ended by its owner, at once or as soon as nothing is open any more. */
  get isLeaving(): boolean {
    return this.state === 'disconnecting' || this.state === 'disconnected'
  }

  /**
   * The only way a connection changes its state; does not save.
   * @throws IllegalConnectionTransition
   */
  moveTo(state: ConnectionState): this {
    if (state === this.state) return this
    if (!mayFollow[this.state].includes(state)) throw new IllegalConnectionTransition(this, state)
    this.state = state
    return this
  }
}

/** A change that the table does not have: a mistake of ours, never of a user. */
export class IllegalConnectionTransition extends Error {
  constructor({ id, state }: TenantGatewayConfig, to: ConnectionState) {
    super(`Connection ${id} cannot go from ${state} to ${to}`)
  }
}
