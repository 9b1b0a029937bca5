import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { attemptSubject } from '#app/payments/attempts'
import { median } from '#app/payments/median'

/** Details of payments that brought no money, as the provider documents them. */
const cardDetails = [
  'bad_filled_card_number',
  'bad_filled_date',
  'bad_filled_security_code',
  'bad_filled_other',
  'blacklist',
  'call_for_authorize',
  'card_disabled',
  'card_error',
  'card_type_not_allowed',
  'duplicated_payment',
  'high_risk',
  'insufficient_amount',
  'invalid_installments',
  'max_attempts',
  'other_reason',
  'time_out',
  '3ds_challenge',
  '3ds_mandatory',
].map((name) => `cc_rejected_${name}`)

const others = [
  'pending_waiting_payment',
  'pending_waiting_transfer',
  'pending_challenge',
  'pending_provider_response',
  'pending_contingency',
  'pending_review_manual',
  'offline_process',
  'pending_capture',
  'bank_rejected',
  'bank_error',
  'rejected_by_bank',
  'rejected_by_regulations',
  'rejected_high_risk',
  'rejected_insufficient_data',
  'cc_amount_rate_limit_exceeded',
  'insufficient_amount',
  'collector_unavailable',
  'payer_unavailable',
  'expired',
  'by_collector',
  'by_payer',
  'by_admin',
]

test.group('An attempt in the checkout', () => {
  test('has words for every documented reason, in each language', ({ assert }) => {
    for (const detail of [...cardDetails, ...others]) {
      const subject = attemptSubject(detail)
      assert.isNotNull(subject, detail)
      for (const locale of ['pt-BR', 'es', 'en']) {
        const text = i18nManager.locale(locale).t(`payments.attempts.${subject}`)
        assert.notInclude(text, 'translation missing', detail)
      }
    }
    assert.isNull(attemptSubject('something_new'))
    assert.isNull(attemptSubject(null))
  })
})

test.group('The median', () => {
  test('is the middle one, or between the two', ({ assert }) => {
    assert.equal(median([5]), 5)
    assert.equal(median([9, 1, 5]), 5)
    assert.equal(median([10, 1, 2, 3]), 3)
    assert.equal(median([100, 2, 10]), 10)
  })
})
