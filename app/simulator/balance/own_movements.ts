import type { Simulator } from '../simulator.js'
import { siteOf, type Account } from '../store/accounts.js'
import { NOTHING, netOf, type Parts } from './parts.js'

/** Movements that are no payment's: the seller's own, and what the account itself costs or earns. */
export const OWN_KINDS = ['withdrawal', 'deposit', 'tax', 'yield'] as const

export type OwnKind = (typeof OWN_KINDS)[number]

export interface OwnMovement {
  kind: OwnKind
  /** Without its sign, which the kind decides. */
  amountMinor: number
  /** What it costs besides. */
  feeMinor: number
}

function partsOf({ kind, amountMinor, feeMinor }: OwnMovement): Parts {
  const cost = { ...NOTHING, feeMinor: 0 - feeMinor }
  if (kind === 'tax') return { ...cost, taxMinor: 0 - amountMinor }
  return { ...cost, grossMinor: kind === 'withdrawal' ? 0 - amountMinor : amountMinor }
}

/** Only a seller's withdrawal must be covered: a tax is taken all the same. Throws InsufficientBalance. */
export function moveOwnMoney(sim: Simulator, account: Account, movement: OwnMovement): void {
  const at = sim.clock.now()
  const parts = partsOf(movement)
  if (movement.kind === 'withdrawal') sim.balances.requireAvailable(account.id, parts)
  const sourceId = String(sim.store.nextId('movement'))
  const subject = {
    sourceId,
    externalReference: null,
    methodId: movement.kind === 'deposit' ? 'pix' : null,
    methodType: movement.kind === 'deposit' ? 'bank_transfer' : null,
    installments: 1,
    createdAt: at,
    approvedAt: at,
  }
  sim.balances.move(account.id, movement.kind, parts, subject, at)
  sim.journal.effect(`movement.${movement.kind}`, at, {
    movement_id: sourceId,
    account_id: account.id,
    currency: siteOf(account).currencyId,
    amount_minor: movement.amountMinor,
    fee_minor: movement.feeMinor,
    moved_minor: netOf(parts),
  })
}
