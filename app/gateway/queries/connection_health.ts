import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'

/**
 * `broken`: nothing can be charged on it. `ending`: it can, until a day that is near or that
 * nothing but its owner can put off. `failing`: the last call failed. `left`: its owner ended it.
 */
export const healths = ['broken', 'ending', 'failing', 'well', 'left'] as const
export type Health = (typeof healths)[number]

/** So many days before its end an account that could not be renewed is told of. */
const TELL_DAYS = [14, 7, 3, 1]
const WARN_DAYS = TELL_DAYS[0]

/** Why owners are told: each is said once, and nothing milder after it. */
const CAUSES = ['refused', ...TELL_DAYS.map((days) => `ending:${days}`), 'broken']

type Query = ModelQueryBuilderContract<typeof TenantGatewayConfig>

/** Whole days until its token ends, rounded up; null for one without an end. */
export function daysLeft({ tokenExpiresAt }: TenantGatewayConfig): number | null {
  if (!tokenExpiresAt) return null
  return Math.max(0, Math.ceil(tokenExpiresAt.diff(clock.now(), 'days').days))
}

export function healthOf(connection: TenantGatewayConfig): Health {
  const { isLeaving, hasLiveToken, lastFailureAt, lastSuccessAt } = connection
  if (isLeaving) return 'left'
  if (!hasLiveToken) return 'broken'
  if (isEnding(connection)) return 'ending'
  const isFailing = lastFailureAt && (!lastSuccessAt || lastFailureAt > lastSuccessAt)
  return isFailing ? 'failing' : 'well'
}

function isEnding(connection: TenantGatewayConfig): boolean {
  if (connection.state === 'needs_reauthorization') return true
  const days = daysLeft(connection)
  return connection.mechanism === 'oauth_long' && days !== null && days <= WARN_DAYS
}

/** What is to be told of it; null when nothing is. */
export function causeOf(connection: TenantGatewayConfig): string | null {
  const health = healthOf(connection)
  if (health === 'broken') return 'broken'
  if (health !== 'ending') return null
  const days = daysLeft(connection)
  const step = TELL_DAYS.findLast((one) => days !== null && days <= one)
  return step ? `ending:${step}` : 'refused'
}

/** Whether it says more than what was told last. */
export const isNews = (cause: string, told: string | null): boolean =>
  told === null || CAUSES.indexOf(cause) > CAUSES.indexOf(told)

const stays = (query: Query) => query.whereIn('state', ['connected', 'needs_reauthorization'])

const isBroken = (query: Query) =>
  query.where((dead) => {
    dead
      .whereNull('access_token_ciphertext')
      .orWhereNotNull('token_refused_at')
      .orWhere('token_expires_at', '<=', instantText(clock.now()))
  })

const isLive = (query: Query) =>
  query
    .whereNotNull('access_token_ciphertext')
    .whereNull('token_refused_at')
    .where((lives) => {
      lives.whereNull('token_expires_at').orWhere('token_expires_at', '>', instantText(clock.now()))
    })

const warnedFrom = () => instantText(clock.now().plus({ days: WARN_DAYS }))

const ends = (query: Query) =>
  isLive(query).where((ending) => {
    ending.where('state', 'needs_reauthorization').orWhere((near) => {
      near.where('mechanism', 'oauth_long').where('token_expires_at', '<=', warnedFrom())
    })
  })

const goesOn = (query: Query) =>
  isLive(query)
    .where('state', 'connected')
    .where((far) => {
      far
        .whereNot('mechanism', 'oauth_long')
        .orWhereNull('token_expires_at')
        .orWhere('token_expires_at', '>', warnedFrom())
    })

const HAS_FAILED =
  'last_failure_at is not null and (last_success_at is null or last_failure_at > last_success_at)'

const narrowings: Record<Health, (query: Query) => Query> = {
  broken: (query) => isBroken(stays(query)),
  ending: (query) => ends(stays(query)),
  failing: (query) => goesOn(query).whereRaw(`(${HAS_FAILED})`),
  well: (query) => goesOn(query).whereRaw(`not (${HAS_FAILED})`),
  left: (query) => query.whereIn('state', ['disconnecting', 'disconnected']),
}

/** Only those of this health: the same as `healthOf`, for a list. */
export const whereHealth = (query: Query, health: Health): Query => narrowings[health](query)

/** Those of a tenant that its owners must do something about, the worst first. */
export async function connectionsToMend(tenantId: string) {
  const connections = await TenantGatewayConfig.query()
    .where('tenant_id', tenantId)
    .orderBy('token_expires_at')
    .orderBy('id')
  const ofHealth = (health: Health) =>
    connections.filter((connection) => healthOf(connection) === health)
  return [...ofHealth('broken'), ...ofHealth('ending')].map((connection) => {
    const { id, label, tokenExpiresAt } = connection
    return { id, label, tokenExpiresAt, health: healthOf(connection) }
  })
}
