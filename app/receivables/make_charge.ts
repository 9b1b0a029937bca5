import { clock } from '#app/core/clock'
import { mercadoPago } from '#app/gateway/mercado_pago'
import type { ProviderPayment, ProviderPreference } from '#app/gateway/provider'
import { ProviderRefused } from '#app/gateway/provider_errors'
import type Charge from '#app/receivables/models/charge'
import { paymentsByReference } from '#app/receivables/queries/payments_by_reference'
import { newPreference, newProviderPayment } from '#app/receivables/queries/new_provider_payment'
import { searchFirst } from '#app/receivables/retries'

/** What the provider made of a charge. */
export type Made = { payment: ProviderPayment } | { preference: ProviderPreference }

/**
 * A boleto, a Pix or a voucher. The same key is the same call to the provider; a key that may be
 * forgotten by now is searched for first.
 * @param repeated an earlier call may have been done
 * @throws ProviderError
 */
export async function makePayment(charge: Charge, repeated: boolean): Promise<Made> {
  const found = async () => {
    const [payment] = await paymentsByReference(charge)
    return payment as ProviderPayment | undefined
  }
  const early = repeated && searchFirst(charge.attempts + 1) ? await found() : undefined
  if (early) return { payment: early }
  try {
    const input = await newProviderPayment(charge)
    const payment = await mercadoPago.on(charge.account).createPayment(input, charge.idempotencyKey)
    return { payment }
  } catch (error) {
    const late = repeated && error instanceof ProviderRefused ? await found() : undefined
    if (late) return { payment: late }
    throw error
  }
}

/**
 * A payment link. Making one knows no key, so what an earlier call may have made is looked for
 * before each further call, and after it once more, should that call have been very slow: all but
 * the oldest are closed, so that never two are payable.
 * @throws ProviderError
 */
export async function makeLink(charge: Charge, repeated: boolean): Promise<Made> {
  const known = repeated ? await onlyLinkOf(charge) : undefined
  if (known) return { preference: known }
  const made = await mercadoPago.checkoutOn(charge.account).create(await newPreference(charge))
  return { preference: (repeated && (await onlyLinkOf(charge))) || made }
}

async function onlyLinkOf({
  account,
  externalReference,
}: Charge): Promise<ProviderPreference | undefined> {
  const checkout = mercadoPago.checkoutOn(account)
  const now = clock.now()
  const all = await checkout.find(externalReference)
  const [oldest, ...surplus] = all.filter(({ closesAt }) => closesAt === null || closesAt > now)
  for (const { id } of surplus) await checkout.close(id, now)
  return oldest
}
