import { randomUUID } from 'node:crypto'
import type { Attempt } from '../checkout/attempt.js'
import { CARD_KINDS, type Offer } from '../checkout/offers.js'
import { knownPayer } from '../checkout/payer_details.js'
import { SITES } from '../data/sites.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Preference } from '../preferences/preference.js'
import { cardFields, payerFields } from './checkout_fields.js'
import type { Filled } from './form_fields.js'
import { money } from './layout.js'
import { markup, type Markup } from './markup.js'

/** What a form shows before anybody typed: what the shop told of the payer. */
export function untouched(preference: Preference): Filled {
  const payer = knownPayer(preference)
  const { type, number } = (payer.identification ?? {}) as Body
  const flat: Body = {
    ...payer,
    ...(isObject(payer.address) ? payer.address : {}),
    identification_type: type,
    identification_number: number,
  }
  return { value: (name) => (isObject(flat[name]) ? '' : String(flat[name] ?? '')), wrong: null }
}

/** What was typed comes back, but for the security code. */
export function typedAgain(form: URLSearchParams, wrong: Filled['wrong']): Filled {
  return { value: (name) => (name === 'security_code' ? '' : (form.get(name) ?? '')), wrong }
}

function isCard(offerId: string): boolean {
  return (CARD_KINDS as readonly string[]).includes(offerId)
}

export interface Shown {
  preference: Preference
  amountMinor: number
  now: number
}

/** One way to pay; its form opens without any script. */
export function offerForm(shown: Shown, offer: Offer, filled: Filled, isOpen: boolean): Markup {
  const { preference, amountMinor, now } = shown
  const { currencyId, decimals } = SITES[preference.siteId]
  const fields = isCard(offer.id)
    ? cardFields(filled, offer, preference, now, amountMinor)
    : payerFields(filled, offer.methods[0])
  const brands = isCard(offer.id) && offer.methods.map(({ name }) => name).join(', ')
  const wrong = filled.wrong
  return markup`<details class="offer" name="offer" ${isOpen && 'open'}>
<summary>${offer.name} <span class="soft">${brands}</span></summary>
<form method="post" action="/checkout/v1/redirect">
<input type="hidden" name="pref_id" value="${preference.id}">
<input type="hidden" name="offer" value="${offer.id}">
<input type="hidden" name="key" value="${randomUUID()}">
${wrong && markup`<p class="notice bad" role="status">${wrong.message}</p>`}
<div class="fields">${fields}</div>
<p><button>Pay ${money(amountMinor, currencyId, decimals)}</button></p>
</form></details>`
}

function text(form: URLSearchParams, name: string): string | undefined {
  return form.get(name)?.trim() || undefined
}

/** People write documents with dots. */
function documentOf(form: URLSearchParams) {
  const number = text(form, 'identification_number')?.replace(/[.\-/\s]/g, '')
  return number && { type: text(form, 'identification_type'), number }
}

const ADDRESS = ['zip_code', 'street_name', 'street_number', 'neighborhood', 'city', 'federal_unit']

export function attemptOf(form: URLSearchParams): Attempt {
  const identification = documentOf(form)
  return {
    offerId: text(form, 'offer') ?? '',
    payer: {
      email: text(form, 'email'),
      first_name: text(form, 'first_name'),
      last_name: text(form, 'last_name'),
      entity_type: text(form, 'entity_type'),
      identification,
      address: Object.fromEntries(ADDRESS.map((name) => [name, text(form, name)])),
    },
    card: {
      card_number: text(form, 'card_number'),
      expiration_month: text(form, 'expiration_month'),
      expiration_year: text(form, 'expiration_year'),
      security_code: text(form, 'security_code'),
      cardholder: { name: text(form, 'cardholder') ?? '', identification },
    },
    installments: Number(text(form, 'installments') ?? 1),
    institution: text(form, 'institution') ?? null,
  }
}
