import fc from 'fast-check'
import { DateTime } from 'luxon'
import type { ChargeType, ProviderPayment } from '#app/gateway/provider'

/** One thing that happens to a payment at the provider; ignored where it cannot happen. */
export type Happening =
  | { what: 'approve' | 'release' | 'mediate' | 'charge_back' | 'win' | 'lose' }
  | { what: 'refund' | 'refund_meanwhile'; percent: number }
  | { what: 'return_charges'; percent: number }

export interface PaymentSeed {
  grossMinor: number
  charges: { type: ChargeType; percent: number }[]
  feeBasisPoints: number
  /** What is held back of it once it is released; left out: nothing. */
  holdbackBasisPoints?: number
  returnsCharges: boolean
  tellsNet: boolean
  type: 'ticket' | 'bank_transfer' | 'credit_card'
}

const START = DateTime.fromISO('2026-11-21T12:00:00.000Z', { zone: 'utc' })

/** What the ledger must hold in the end, worked out from what happened and from nothing else. */
export interface Expected {
  gateway: number
  feeRevenue: number
  pending: number
  available: number
  reserved: number
}

/**
 * A payment at the provider and, independently of the product's code, what it is worth to whom.
 * Every happening is a newer view of the payment.
 */
export class PaymentWorld {
  readonly news: ProviderPayment[] = []
  #status = 'pending'
  #detail = 'pending_waiting_payment'
  #approved = false
  #released = false
  #refunds: { id: string; minor: number; at: DateTime }[] = []
  #lostMinor = 0
  #charges: { type: ChargeType; minor: number; returnedMinor: number }[] = []

  constructor(
    readonly seed: PaymentSeed,
    readonly id: string,
    readonly about: { collectorId: string; externalReference: string; currency: string }
  ) {
    let left = seed.grossMinor
    for (const { type, percent } of seed.charges) {
      const minor = Math.min(left, Math.floor((seed.grossMinor / 100) * percent))
      if (minor > 0) this.#charges.push({ type, minor, returnedMinor: 0 })
      left -= minor
    }
    this.#tell()
  }

  get #goneMinor() {
    return this.#refunds.reduce((sum, { minor }) => sum + minor, this.#lostMinor)
  }

  get #leftMinor() {
    return this.seed.grossMinor - this.#goneMinor
  }

  get #now() {
    return START.plus({ minutes: this.news.length })
  }

  happen(happening: Happening): void {
    const isQuiet = this.#status === 'approved'
    const isDisputed = this.#status === 'in_mediation' || this.#detail === 'in_process'
    switch (happening.what) {
      case 'approve':
        if (this.#approved) return
        this.#approved = true
        return this.#become('approved', 'accredited')
      case 'release':
        if (!this.#approved || isDisputed || this.#released) return
        this.#released = true
        return this.#tell()
      case 'refund':
        if (!isQuiet || this.#leftMinor === 0) return
        return this.#refund(Math.max(1, Math.floor((this.#leftMinor / 100) * happening.percent)))
      case 'refund_meanwhile':
        if (!isDisputed || this.#leftMinor < 2) return
        this.#giveBack(Math.max(1, Math.floor((this.#leftMinor / 200) * happening.percent)))
        return this.#tell()
      case 'mediate':
        return isQuiet && this.#leftMinor > 0 ? this.#become('in_mediation', 'pending') : undefined
      case 'charge_back':
        return isQuiet && this.#leftMinor > 0
          ? this.#become('charged_back', 'in_process')
          : undefined
      case 'win':
        if (this.#status === 'in_mediation') return this.#become('approved', 'accredited')
        return isDisputed ? this.#become('charged_back', 'reimbursed') : undefined
      case 'lose':
        return isDisputed ? this.#lose() : undefined
      case 'return_charges':
        if (!this.#approved) return
        for (const charge of this.#charges) {
          const more = Math.floor(((charge.minor - charge.returnedMinor) / 100) * happening.percent)
          charge.returnedMinor += more
        }
        return this.#tell()
    }
  }

  #lose() {
    if (this.#status === 'in_mediation') return this.#refund(this.#leftMinor)
    this.#lostMinor = this.#leftMinor
    this.#returnCharges()
    this.#become('charged_back', 'settled')
  }

  #giveBack(minor: number) {
    this.#refunds.push({ id: `${this.id}0${this.#refunds.length}`, minor, at: this.#now })
    this.#returnCharges()
  }

  #refund(minor: number) {
    this.#giveBack(minor)
    if (this.#leftMinor === 0) return this.#become('refunded', 'refunded')
    this.#become('approved', 'partially_refunded')
  }

  #returnCharges() {
    if (!this.seed.returnsCharges) return
    for (const charge of this.#charges) {
      const share = (BigInt(charge.minor) * BigInt(this.#goneMinor)) / BigInt(this.seed.grossMinor)
      charge.returnedMinor = Math.max(charge.returnedMinor, Number(share))
    }
  }

  #become(status: string, detail: string) {
    this.#status = status
    this.#detail = detail
    this.#tell()
  }

  #tell() {
    const { grossMinor, tellsNet, type } = this.seed
    const takenMinor = this.#charges.reduce((sum, { minor }) => sum + minor, 0)
    const refundedMinor = this.#goneMinor - this.#lostMinor
    this.news.push({
      id: this.id,
      ...this.about,
      status: this.#status,
      statusDetail: this.#detail,
      amountMinor: grossMinor,
      refundedMinor,
      netReceivedMinor: this.#approved && tellsNet ? grossMinor - takenMinor : null,
      method: type,
      type,
      liveMode: true,
      createdAt: START,
      updatedAt: this.#now,
      approvedAt: this.#approved ? START : null,
      expiresAt: null,
      moneyReleaseAt: this.#approved ? START.plus({ minutes: 4 }) : null,
      moneyReleaseStatus: this.#approved ? (this.#released ? 'released' : 'pending') : null,
      charges: this.#charges.map(({ type: chargeType, minor, returnedMinor }) => ({
        type: chargeType,
        amountMinor: minor,
        refundedMinor: returnedMinor,
      })),
      applicationFeeMinor: 0,
      applicationFeeReturnedMinor: 0,
      refunds: this.#refunds.map(({ id, minor, at }) => ({
        id,
        amountMinor: minor,
        status: 'approved',
        source: 'collector',
        createdAt: at,
      })),
      boleto: null,
      pix: null,
      snapshot: {},
    })
  }

  /** Of the charge and of its receivable. */
  states(): [string, string] {
    if (!this.#approved) return ['pending', 'draft']
    const isCharged = this.#status === 'charged_back' && this.#detail !== 'reimbursed'
    const refundedMinor = this.#goneMinor - this.#lostMinor
    const isWhole = refundedMinor === this.seed.grossMinor
    const byRefunds = isWhole ? 'refunded' : 'partially_refunded'
    const charge = refundedMinor > 0 ? byRefunds : 'approved'
    const receivable = refundedMinor > 0 ? byRefunds : 'paid'
    if (isCharged) return ['charged_back', 'charged_back']
    return [this.#status === 'in_mediation' ? 'in_mediation' : charge, receivable]
  }

  expected(): Expected {
    const { grossMinor, feeBasisPoints, holdbackBasisPoints = 0 } = this.seed
    if (!this.#approved) {
      return { gateway: 0, feeRevenue: 0, pending: 0, available: 0, reserved: 0 }
    }
    const takenMinor = this.#charges.reduce((sum, { minor }) => sum + minor, 0)
    const returnedMinor = this.#charges.reduce((sum, charge) => sum + charge.returnedMinor, 0)
    const feeMinor = Math.min(
      rounded(BigInt(grossMinor) * BigInt(feeBasisPoints), 10_000n),
      grossMinor - takenMinor
    )
    const feeBackMinor = rounded(BigInt(feeMinor) * BigInt(this.#goneMinor), BigInt(grossMinor))
    const gateway = grossMinor - takenMinor + returnedMinor - this.#goneMinor
    const feeRevenue = feeMinor - feeBackMinor
    const isDisputed = this.#status === 'in_mediation' || this.#detail === 'in_process'
    const disputed = isDisputed ? this.#leftMinor : 0
    const share = gateway - feeRevenue - disputed
    const left = Math.max(0, share)
    const pending = this.#released ? 0 : left
    const held = this.#released ? rounded(BigInt(left) * BigInt(holdbackBasisPoints), 10_000n) : 0
    const available = share - pending - held
    return { gateway, feeRevenue, pending, available, reserved: disputed + held }
  }
}

/** Half away from zero; nothing here is negative. */
const rounded = (numerator: bigint, divisor: bigint) =>
  Number((2n * numerator + divisor) / (2n * divisor))

const percent = fc.integer({ min: 1, max: 100 })

export const anyPayment: fc.Arbitrary<PaymentSeed> = fc.record({
  grossMinor: fc.oneof(
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 1, max: 1_000_000 }),
    fc.integer({ min: 1, max: 1_000_000_000_000 })
  ),
  charges: fc.array(
    fc.record({
      type: fc.constantFrom<ChargeType>('fee', 'tax', 'financing', 'other'),
      percent: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 4 }
  ),
  feeBasisPoints: fc.oneof(fc.constant(100), fc.integer({ min: 0, max: 10_000 })),
  holdbackBasisPoints: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10_000 })),
  returnsCharges: fc.boolean(),
  tellsNet: fc.boolean(),
  type: fc.constantFrom('ticket', 'bank_transfer', 'credit_card'),
})

export const anyHistory: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Happening>({ what: 'approve' }) },
    { weight: 2, arbitrary: fc.constant<Happening>({ what: 'release' }) },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Happening>(
        { what: 'mediate' },
        { what: 'charge_back' },
        { what: 'win' },
        { what: 'lose' }
      ),
    },
    { weight: 4, arbitrary: percent.map<Happening>((p) => ({ what: 'refund', percent: p })) },
    {
      weight: 1,
      arbitrary: percent.map<Happening>((p) => ({ what: 'refund_meanwhile', percent: p })),
    },
    {
      weight: 1,
      arbitrary: percent.map<Happening>((p) => ({ what: 'return_charges', percent: p })),
    }
  ),
  { maxLength: 14 }
)

/** Which views arrive, in which order: some never, some twice, old ones after new ones. */
export const anyDelivery = fc.array(fc.nat(30), { maxLength: 12 })

/** The views in the order of `delivery`; the newest one comes at least once. */
export function delivered(news: ProviderPayment[], delivery: number[]): ProviderPayment[] {
  const order = delivery.map((index) => index % news.length)
  if (!order.includes(news.length - 1)) order.push(news.length - 1)
  return order.map((index) => news[index])
}
