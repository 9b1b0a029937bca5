import { test } from '@japa/runner'
import Payout, { payoutStates, type PayoutState } from '#app/payouts/models/payout'
import { PayoutStateConflict } from '#app/payouts/errors'

const allowed = new Set([
  'requested approved',
  'requested rejected',
  'requested cancelled',
  'approved processing',
  'approved rejected',
  'approved cancelled',
  'processing paid',
  'processing failed',
  'paid returned',
])

const payoutIn = (state: PayoutState) => {
  const payout = new Payout()
  payout.state = state
  return payout
}

test.group('A payout', () => {
  for (const from of payoutStates) {
    for (const to of payoutStates) {
      const may = allowed.has(`${from} ${to}`)
      test(`that is ${from} ${may ? 'becomes' : 'does not become'} ${to}`, ({ assert }) => {
        const payout = payoutIn(from)
        assert.equal(payout.mayMoveTo(to), may)
        if (may) {
          payout.moveTo(to)
          assert.equal(payout.state, to)
        } else {
          assert.throws(() => payout.moveTo(to), PayoutStateConflict as any)
          assert.equal(payout.state, from)
        }
      })
    }
  }
})
