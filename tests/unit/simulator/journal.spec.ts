import { test } from '@japa/runner'
import { paymentView } from '../../../app/simulator/api/payment_view.js'
import { underWayMinor, type Payment } from '../../../app/simulator/payments/payment.js'
import { holds } from '#tests/support/property'
import { close, happen, openMarket, stories, type Market } from './happenings.js'
import { ownedBy, replay } from './replay.js'

const cents = (amount: number) => Math.round(amount * 100)
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** Each occurs about forty times or more in 300 stories. */
const EFFECTS = [
  'payment.created',
  'payment.reviewed',
  'payment.authorized',
  'payment.rejected',
  'payment.approved',
  'payment.cancelled',
  'payment.expired',
  'payment.refunded',
  'payment.refund_started',
  'payment.refund_rejected',
  'payment.released',
  'chargeback.opened',
  'chargeback.undocumented',
  'chargeback.settled',
  'chargeback.reimbursed',
  'mediation.opened',
  'mediation.won',
  'mediation.lost',
  'application_fee.credited',
  'application_fee.returned',
]

/** The first rule that a payment breaks as the API shows it, or null. */
function brokenRule({ sim }: Market, payment: Payment): string | null {
  const view = paymentView(sim, payment)
  const amount = cents(view.transaction_amount)
  const refunded = cents(view.transaction_amount_refunded)
  const originals = view.charges_details.map(({ amounts }) => cents(amounts.original))
  const returned = view.charges_details.map(({ amounts }) => cents(amounts.refunded))
  const net = cents(view.transaction_details.net_received_amount)
  const fees = sum(view.fee_details.map((fee) => cents(fee.amount)))
  const rules = {
    'no more is refunded than was paid': refunded + payment.lostMinor <= amount,
    'refunds add up':
      refunded === sum(view.refunds.map((one) => cents(one.amount_refunded_to_payer))),
    'what is under way was not refunded yet': underWayMinor(payment) <= amount - refunded,
    'nothing is charged before it is paid': payment.approvedAt !== null || originals.length === 0,
    'charges and net make the gross':
      payment.approvedAt === null || sum(originals) + net === amount,
    'fees and taxes are the charges': fees + cents(view.taxes_amount) === sum(originals),
    'no charge returns more than it took': returned.every((back, i) => back <= originals[i]),
    'the owner has what is kept of the fee':
      (payment.applicationFee?.creditedMinor ?? 0) ===
      sum(
        view.charges_details
          .filter(({ name }) => name === 'application_fee')
          .map(({ amounts }) => cents(amounts.original) - cents(amounts.refunded))
      ),
  }
  return Object.entries(rules).find(([, kept]) => !kept)?.[0] ?? null
}

function stored({ sim, payments }: Market) {
  return payments.map((id) => sim.payments.find(id)!)
}

test.group('Simulator | the journal', () => {
  test('and the amounts of each payment stay consistent, whatever happens', async ({ assert }) => {
    await holds([stories], (story) => {
      const market = openMarket()
      for (const happening of story) {
        happen(market, happening)
        for (const payment of stored(market)) assert.isNull(brokenRule(market, payment))
      }
      close(market)
    })
  }).timeout(900_000)

  test('tells enough to come to the same state without the simulator', async ({ assert }) => {
    const seen = new Set<string>()
    await holds([stories], (story) => {
      const market = openMarket()
      for (const happening of story) happen(market, happening)
      const journal = market.sim.journal.read(0, 100_000)
      const ledger = replay(journal)
      for (const payment of stored(market)) {
        const told = ledger.payments.get(payment.id)!
        const kept = {
          sellerId: payment.collectorId,
          state: `${payment.status}/${payment.statusDetail}`,
          amount: payment.amountMinor,
          refunded: payment.refundedMinor,
          lost: payment.lostMinor,
          charged: sum(payment.charges.map((charge) => charge.originalMinor)),
          chargesReturned: sum(payment.charges.map((charge) => charge.refundedMinor)),
        }
        assert.deepEqual(told, kept)
      }
      for (const { id } of [market.platform, market.seller]) {
        const { availableMinor, pendingMinor, blockedMinor } = market.sim.balances.of(id)
        assert.equal(ownedBy(ledger, id), availableMinor + pendingMinor + blockedMinor)
      }
      for (const { effect } of journal) seen.add(String(effect))
      close(market)
    })
    assert.sameMembers([...seen], EFFECTS)
  }).timeout(900_000)
})
