import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { fromDecimal } from '#app/core/money'
import { catchUp } from '#app/payments/postings/catch_up'
import { noCharges, type BookedPayment, type PaymentFacts } from '#app/payments/postings/facts'
import { PaymentBook } from '#app/payments/postings/payment_book'

/** The worked examples of `docs/repasse-1-percent.md`, replayed. */
const GUIDE = new URL('../../../docs/repasse-1-percent.md', import.meta.url)

interface Step {
  step: string
  /** moved, Mercado Pago's, the platform's, the tenant's; minor units. */
  amounts: [number, number, number, number]
}

const minor = (text: string) => fromDecimal(Number(text), 'BRL')

function examples(): Map<string, Step[]> {
  const [, worked] = readFileSync(GUIDE, 'utf8').split('## Worked examples')
  const found = worked.split('### ').slice(1)
  return new Map(
    found.map((text) => {
      const rows = text.split('\n').filter((line) => /^\| *[a-z]+ *\| *-?\d/.test(line))
      const steps = rows.map((row) => {
        const [step, ...amounts] = row.split('|').slice(1, -1)
        return { step: step.trim(), amounts: amounts.map(minor) as Step['amounts'] }
      })
      return [text.split('\n')[0], steps]
    })
  )
}

const nothing = (): BookedPayment => ({
  isApproved: false,
  isReleased: false,
  grossMinor: 0,
  chargesMinor: 0,
  chargesReturned: noCharges(),
  feeMinor: 0,
  feeReturnedMinor: 0,
  refunds: [],
  disputes: [],
  holdback: null,
  buckets: { pendingMinor: 0, availableMinor: 0, reservedMinor: 0 },
})

const at = DateTime.fromISO('2026-11-10T12:00:00Z', { zone: 'utc' })

/** By type, where an example has more than one. */
const taxes: Record<string, PaymentFacts['charges']> = {
  "Argentina's withholdings": [
    { type: 'fee', amountMinor: 761_09, refundedMinor: 0 },
    { type: 'tax', amountMinor: 300_00, refundedMinor: 0 },
    { type: 'tax', amountMinor: 50_00, refundedMinor: 0 },
  ],
}

const disputes = { disputed: 'open', lost: 'lost', won: 'won' } as const

/** What the provider says after each step. */
function viewsOf(name: string, steps: Step[]): PaymentFacts[] {
  const [{ amounts: paid }] = steps
  const charges = taxes[name] ?? [{ type: 'fee', amountMinor: -paid[1], refundedMinor: 0 }]
  let view: PaymentFacts = {
    providerPaymentId: '7',
    approvedAt: at,
    updatedAt: at,
    grossMinor: paid[0],
    charges,
    netReceivedMinor: paid[0] + paid[1],
    refunds: [],
    dispute: null,
    releasedAt: null,
  }
  return steps.map(({ step, amounts: [moved, byProvider] }, index) => {
    if (step === 'refunded') {
      const refund = { id: String(index), amountMinor: -moved, createdAt: at.plus({ days: index }) }
      const [fee] = view.charges
      const refundedMinor = fee.refundedMinor + byProvider
      view = { ...view, charges: [{ ...fee, refundedMinor }], refunds: [...view.refunds, refund] }
    } else if (step in disputes) {
      const state = disputes[step as keyof typeof disputes]
      view = { ...view, dispute: { kind: 'chargeback', state, disputedMinor: null } }
    }
    return view
  })
}

/** What each view posts: to the account, of the provider's and the platform's part, for the tenant. */
function replay(views: PaymentFacts[]): Step['amounts'][] {
  let booked = nothing()
  return views.map((view) => {
    const book = new PaymentBook('7', booked)
    catchUp(book, view, { basisPoints: 100 })
    booked = book.booked
    const entries = book.postings.flatMap((posting) => posting.entries)
    const sum = (which: (entry: (typeof entries)[number]) => boolean) =>
      entries.filter(which).reduce((total, { amountMinor }) => total + amountMinor, 0)
    return [
      sum(({ account, chargeType }) => account === 'platform:gateway' && !chargeType),
      sum(({ account, chargeType }) => account === 'platform:gateway' && Boolean(chargeType)),
      sum(({ account }) => account === 'platform:fee_revenue'),
      0 - sum(({ account }) => account.startsWith('tenant:')),
    ]
  })
}

test.group('The guide to the 1 %', () => {
  test('shows at least a sale, refunds, disputes and withholdings', ({ assert }) => {
    assert.includeMembers(
      [...examples().keys()],
      [
        'A sale',
        'A full refund',
        'Three partial refunds',
        'A dispute that is lost',
        'A dispute that is won',
        "Argentina's withholdings",
      ]
    )
  })

  test('is right to the cent: {$self}')
    .with([...examples().keys()])
    .run(({ assert }, name) => {
      const steps = examples().get(name)!
      assert.isAbove(steps.length, 0)
      const posted = replay(viewsOf(name, steps))
      assert.deepEqual(
        posted,
        steps.map(({ amounts }) => amounts)
      )
      for (const { amounts } of steps) {
        const [moved, byProvider, byPlatform, tenant] = amounts
        assert.equal(moved + byProvider + byPlatform, tenant)
      }
    })
})
