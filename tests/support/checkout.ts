import type Charge from '#app/receivables/models/charge'
import { simulator } from '#tests/support/simulator'

/** What the simulator answers of a payment, as far as tests look. */
export interface CheckoutPayment {
  id: number
  status: string
  status_detail: string
}

/**
 * A payer's try in the hosted checkout of a link: a card by a test name (APRO, FUND, CONT …), or
 * another method, of which the voucher is made and, unless `pay` is false, paid.
 */
export const tryToPay = (
  { providerPreferenceId }: Pick<Charge, 'providerPreferenceId'>,
  attempt: { cardholder_name?: string; payment_method_id?: string; pay?: boolean } = {}
): Promise<CheckoutPayment> =>
  simulator.control('POST', `/preferences/${providerPreferenceId}/pay`, attempt)

/** How many payment links the simulator made, and how many a payer can still open. */
export async function linksMade(): Promise<{ made: number; open: number }> {
  const journal = await simulator.journal()
  const ids = journal
    .filter((entry) => entry.effect === 'preference.created')
    .map((entry) => String(entry.preference_id))
  const states = await Promise.all(ids.map((id) => isOpen(id)))
  return { made: ids.length, open: states.filter(Boolean).length }
}

/** A payer who opens the address sees either ways to pay or that it is over. */
export async function isOpen(preferenceId: string): Promise<boolean> {
  const page = await fetch(`${simulator.url}/checkout/v1/redirect?pref_id=${preferenceId}`)
  const text = await page.text()
  return !text.includes('This payment link expired')
}
