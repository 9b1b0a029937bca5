import { BUCKETS } from '../balance/position.js'
import type { Movement } from '../balance/movement.js'
import { netOf } from '../balance/parts.js'
import { OWN_KINDS, moveOwnMoney } from '../balance/own_movements.js'
import type { Call } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { fromMinor, toMinor } from '../money.js'
import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { isoTime } from '../time.js'
import { inputOf, number, oneOf, queryInteger, type Input } from './input.js'
import { Problem } from './problem.js'

export function accountOf(sim: Simulator, call: Call): Account {
  const account = sim.accounts.find(Number(call.params.id))
  if (!account) throw new Problem(404, `there is no account ${call.params.id}`)
  return account
}

function balanceView(sim: Simulator, account: Account) {
  const { decimals, currencyId } = siteOf(account)
  const { availableMinor, pendingMinor, blockedMinor } = sim.balances.of(account.id)
  return {
    account_id: account.id,
    currency_id: currencyId,
    available: fromMinor(availableMinor, decimals),
    pending: fromMinor(pendingMinor, decimals),
    blocked: fromMinor(blockedMinor, decimals),
  }
}

function movementView(movement: Movement, decimals: number) {
  const nets = BUCKETS.map((bucket) => [
    bucket,
    fromMinor(netOf(movement.changes[bucket]), decimals),
  ])
  return {
    seq: movement.seq,
    at: isoTime(movement.at),
    kind: movement.kind,
    source_id: movement.sourceId,
    external_reference: movement.externalReference,
    ...Object.fromEntries(nets),
  }
}

export const showBalance: Handler = (sim, call) => json(200, balanceView(sim, accountOf(sim, call)))

/** Latest first; `before` is the seq of the last one seen. */
export const listMovements: Handler = (sim, call) => {
  const account = accountOf(sim, call)
  const before = queryInteger(call, 'before', 1e15, 1e15)
  const movements = sim.movements.latest(account.id, before, queryInteger(call, 'limit', 100, 1000))
  const { decimals } = siteOf(account)
  return json(
    200,
    movements.map((movement) => movementView(movement, decimals))
  )
}

function readMinor(input: Input, name: string, account: Account): number | undefined {
  const amount = number(input, name)
  if (amount === undefined) return undefined
  const minor = toMinor(amount, siteOf(account).decimals)
  if (minor !== null && minor >= 0) return minor
  throw new Problem(400, `${name} must be no less than 0, with no more decimals than the currency`)
}

/** Throws Problem, InsufficientBalance. */
export function moveAsAsked(sim: Simulator, account: Account, input: Input): void {
  const kind = oneOf(input, 'kind', OWN_KINDS)
  const amountMinor = readMinor(input, 'amount', account)
  if (!kind || !amountMinor) throw new Problem(400, 'kind and an amount above 0 are needed')
  const feeMinor = readMinor(input, 'fee', account) ?? 0
  sim.store.transaction(() => moveOwnMoney(sim, account, { kind, amountMinor, feeMinor }))
}

export const storeMovement: Handler = (sim, call) => {
  const account = accountOf(sim, call)
  moveAsAsked(sim, account, inputOf(call, ['kind', 'amount', 'fee']))
  return json(201, balanceView(sim, account))
}
