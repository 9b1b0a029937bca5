import { findMethod } from '../data/payment_methods.js'
import type { PaymentEffect } from '../life/record.js'
import type { Payment } from '../payments/payment.js'
import type { Simulator } from '../simulator.js'
import type { Balance } from '../store/movements.js'
import { UNCHANGED, changesBetween, type MovementKind, type Subject } from './movement.js'
import { NOTHING, isNothing, netOf, type Parts } from './parts.js'
import { BUCKETS, positionOf, type Position } from './position.js'

export class InsufficientBalance extends Error {
  constructor(accountId: number, availableMinor: number) {
    super(`account ${accountId} has ${availableMinor} available, in minor units`)
  }
}

const KINDS: Partial<Record<PaymentEffect, MovementKind>> = {
  'payment.refunded': 'refund',
  'chargeback.opened': 'chargeback',
  'chargeback.settled': 'chargeback',
  'chargeback.reimbursed': 'chargeback',
  'mediation.opened': 'dispute',
  'mediation.won': 'dispute',
}

function subjectOf(payment: Payment): Subject {
  return {
    sourceId: String(payment.id),
    externalReference: payment.externalReference,
    methodId: payment.methodId,
    methodType: findMethod(payment.siteId, payment.methodId)?.typeId ?? null,
    installments: payment.installments,
    createdAt: payment.createdAt,
    approvedAt: payment.approvedAt!,
  }
}

/** The money of each account, kept up with every effect: nothing is ever added up anew. */
export class Balances {
  constructor(private sim: Simulator) {}

  of(accountId: number): Balance {
    return this.sim.movements.balance(accountId)
  }

  /** Books the difference that an effect made to what a payment is worth. */
  paymentChanged(payment: Payment, effect: PaymentEffect, at: number): void {
    const after = positionOf(payment)
    if (!after) return
    const before = this.sim.movements.position(payment.id)
    if (effect !== 'mediation.lost' || !before) {
      this.#book(payment, KINDS[effect] ?? 'payment', before, after, at)
    } else {
      // The money is unblocked first and taken then, as the reports tell it.
      const unblocked: Position = { ...before, bucket: payment.released ? 'available' : 'pending' }
      this.#book(payment, 'dispute', before, unblocked, at)
      this.#book(payment, 'mediation', unblocked, after, at)
    }
    this.sim.movements.savePosition(payment.id, after)
  }

  /** What an application's fee brings its owner, who may spend it at once. */
  ownerShareChanged(
    payment: Payment,
    effect: PaymentEffect,
    changeMinor: number,
    at: number
  ): void {
    const parts = { ...NOTHING, grossMinor: changeMinor }
    const { ownerId } = payment.applicationFee!
    this.move(ownerId, KINDS[effect] ?? 'payment', parts, subjectOf(payment), at)
  }

  /** A movement of available money that is no payment's. */
  move(accountId: number, kind: MovementKind, parts: Parts, subject: Subject, at: number): void {
    const changes = { ...UNCHANGED, available: parts }
    this.sim.movements.add({ accountId, at, kind, changes, ...subject })
  }

  /** Throws InsufficientBalance unless what `parts` take away is there. */
  requireAvailable(accountId: number, parts: Parts): void {
    const { availableMinor } = this.of(accountId)
    if (availableMinor + netOf(parts) < 0) throw new InsufficientBalance(accountId, availableMinor)
  }

  #book(
    payment: Payment,
    kind: MovementKind,
    before: Position | null,
    after: Position,
    at: number
  ): void {
    const changes = changesBetween(before, after)
    if (BUCKETS.every((bucket) => isNothing(changes[bucket]))) return
    const accountId = payment.collectorId
    this.sim.movements.add({ accountId, at, kind, changes, ...subjectOf(payment) })
  }
}
