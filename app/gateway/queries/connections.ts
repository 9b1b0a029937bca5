import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import CustodyConfirmation from '#app/gateway/models/custody_confirmation'
import ConnectionAttempt from '#app/gateway/models/connection_attempt'
import PlatformAccount from '#app/gateway/models/platform_account'
import StoreGateway from '#app/gateway/models/store_gateway'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type Tenant from '#app/tenants/models/tenant'
import { storesOf } from '#app/tenants/queries/stores'

/** What a page may show of a connection: named one by one, so that no sealed column reaches it. */
function shown(connection: TenantGatewayConfig) {
  const { id, label, nickname, mpUserId, maskedEmail, country, currency, isTest } = connection
  const { state, isDefault, isLeaving, maySell, hasLiveToken, tokenExpiresAt } = connection
  const { lastSuccessAt, lastFailure, lastFailureAt } = connection
  const { connectedAt, disconnectingAt, disconnectedAt } = connection
  return {
    ...{ id, label, nickname, mpUserId, maskedEmail, country, currency, isTest },
    ...{ state, isDefault, isLeaving, maySell, hasLiveToken, tokenExpiresAt },
    ...{ lastSuccessAt, lastFailure, lastFailureAt },
    ...{ connectedAt, disconnectingAt, disconnectedAt },
  }
}

export type ShownConnection = ReturnType<typeof shown>

/** All of a tenant's, the default one first and those that have left last. */
export async function connectionsOf(tenantId: string): Promise<ShownConnection[]> {
  const connections = await TenantGatewayConfig.query()
    .where('tenant_id', tenantId)
    .orderBy('is_default', 'desc')
    .orderBy('label')
    .orderBy('id')
  const isGone = ({ state }: TenantGatewayConfig) => Number(state === 'disconnected')
  return connections.sort((one, other) => isGone(one) - isGone(other)).map(shown)
}

/** @throws E_ROW_NOT_FOUND, also for another tenant's connection */
export async function connectionOf(tenantId: string, id: string): Promise<ShownConnection> {
  const connection = await TenantGatewayConfig.query()
    .where({ tenant_id: tenantId, id })
    .firstOrFail()
  return shown(connection)
}

/** Consent that was asked for and not answered yet, by whoever of the owners did so. */
export const waitingAttempts = (tenantId: string): Promise<ConnectionAttempt[]> =>
  ConnectionAttempt.query()
    .where('tenant_id', tenantId)
    .whereIn('state', ['pending', 'to_choose'])
    .where('expires_at', '>', instantText(clock.now()))
    .orderBy('id', 'desc')

/** For the worker: connections that wait for the last charges on them. */
export const leavingConnections = (): Promise<TenantGatewayConfig[]> =>
  // tenant: the worker ends those of all
  TenantGatewayConfig.query().where('state', 'disconnecting').orderBy('id')

export interface StoreAccount {
  id: string
  name: string
  /** The store's own choice; null: the tenant's default. */
  chosenId: string | null
  mpStoreId: string | null
  /** What it charges with; null where there is none. */
  connection: ShownConnection | null
}

/** Each store with the connection that it would charge with in connected mode. */
export async function storeAccounts(tenantId: string): Promise<StoreAccount[]> {
  const stores = await storesOf(tenantId)
  const choices = await StoreGateway.query().where('tenant_id', tenantId)
  const connections = await connectionsOf(tenantId)
  const usual = connections.find(({ isDefault }) => isDefault) ?? null
  return stores.map(({ id, name }) => {
    const choice = choices.find(({ storeId }) => storeId === id)
    const chosenId = choice?.connectionId ?? null
    const chosen = connections.find((one) => one.id === chosenId)
    return { id, name, chosenId, mpStoreId: choice?.mpStoreId ?? null, connection: chosen ?? usual }
  })
}

export interface ModeStanding {
  mode: Tenant['mode']
  /** Whether the platform may and can receive for this tenant. */
  mayCentralize: boolean
  /** Stores that could not charge on accounts of their own. */
  stopping: StoreAccount[]
}

/** What follows from the tenant's mode, and from the other one. */
export async function modeStanding({ id, mode, country, currency }: Tenant): Promise<ModeStanding> {
  const confirmation = await CustodyConfirmation.findBy({ country })
  const account = await PlatformAccount.findBy({ currency, state: 'current' })
  const stores = await storeAccounts(id)
  return {
    mode,
    mayCentralize: confirmation !== null && account !== null,
    stopping: stores.filter(({ connection }) => !connection?.maySell),
  }
}
