import { checkoutUrl } from '../checkout/addresses.js'
import { SITES } from '../data/sites.js'
import { fromMinor } from '../money.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { marketplaceOf, type Preference } from '../preferences/preference.js'
import type { Simulator } from '../simulator.js'
import { isTestUser } from '../store/accounts.js'
import { parseZoned, wireTime } from '../time.js'

export function object(value: unknown): Body {
  return isObject(value) ? value : {}
}

/** What was sent over what is answered when nothing was. */
function filled(defaults: Body, sent: unknown): Body {
  const given = Object.entries(object(sent)).filter(([, value]) => value !== null)
  return { ...defaults, ...Object.fromEntries(given) }
}

function payerView(sent: Body) {
  return {
    ...filled({ name: '', surname: '', email: '', date_created: null, last_purchase: null }, sent),
    phone: filled({ area_code: '', number: '' }, sent.phone),
    identification: filled({ type: '', number: '' }, sent.identification),
    address: filled({ zip_code: '', street_name: '', street_number: null }, sent.address),
  }
}

/** An empty id stands where nothing is excluded. */
function excluded(ids: string[]) {
  return ids.length > 0 ? ids.map((id) => ({ id })) : [{ id: '' }]
}

function methodsView({ terms, body }: Preference) {
  const { methods } = terms
  return {
    default_card_id: object(body.payment_methods).default_card_id ?? null,
    default_payment_method_id: methods.defaultMethodId,
    excluded_payment_methods: excluded(methods.excludedMethods),
    excluded_payment_types: excluded(methods.excludedTypes),
    installments: methods.maxInstallments,
    default_installments: methods.defaultInstallments,
  }
}

function shipmentsView(sent: Body) {
  const address = {
    zip_code: '',
    street_name: '',
    street_number: null,
    floor: '',
    apartment: '',
    city_name: null,
    state_name: null,
    country_name: null,
  }
  return {
    ...filled({ default_shipping_method: null }, sent),
    receiver_address: filled(address, sent.receiver_address),
  }
}

function collectorView(sim: Simulator, { accountId }: Preference) {
  const account = sim.accounts.find(accountId)!
  const tags = ['normal', ...(isTestUser(account) ? ['test_user'] : []), 'messages_as_seller']
  return { tags, operator_id: null }
}

function wireDate(preference: Preference, name: string): string | null {
  const value = preference.body[name]
  return typeof value === 'string' ? wireTime(parseZoned(value)) : null
}

/** Amounts, and what Mercado Pago only sums up once a preference was changed. */
function moneyView({ terms, siteId, updatedAt }: Preference) {
  const decimal = (minor: number) => fromMinor(minor, SITES[siteId].decimals)
  return {
    items: terms.items.map(({ unitPriceMinor, ...item }) => ({
      ...item,
      unit_price: decimal(unitPriceMinor),
    })),
    marketplace_fee: decimal(terms.marketplaceFee?.minor ?? 0),
    total_amount: updatedAt === null ? null : decimal(terms.totalMinor),
    last_updated: wireTime(updatedAt),
  }
}

export function datesView(preference: Preference) {
  return {
    date_created: wireTime(preference.createdAt),
    date_of_expiration: wireDate(preference, 'date_of_expiration'),
    expiration_date_from: wireDate(preference, 'expiration_date_from'),
    expiration_date_to: wireDate(preference, 'expiration_date_to'),
    expires: preference.body.expires === true,
  }
}

function ownerView(sim: Simulator, preference: Preference) {
  return {
    client_id: preference.clientId,
    collector: collectorView(sim, preference),
    collector_id: preference.accountId,
    live_mode: preference.liveMode,
    marketplace: marketplaceOf(preference),
    site_id: preference.siteId,
    sponsor_id: preference.terms.sponsorId,
  }
}

/** The preference as `GET /checkout/preferences/:id` answers it. */
export function preferenceView(sim: Simulator, preference: Preference) {
  const { body, terms } = preference
  return {
    additional_info: body.additional_info ?? '',
    auto_return: terms.autoReturn,
    back_urls: terms.backUrls,
    binary_mode: terms.binaryMode,
    coupon_code: body.coupon_code ?? null,
    coupon_labels: body.coupon_labels ?? null,
    ...datesView(preference),
    differential_pricing: body.differential_pricing ?? null,
    external_reference: terms.externalReference ?? '',
    headers: [],
    id: preference.id,
    init_point: checkoutUrl(sim, preference),
    internal_metadata: null,
    ...moneyView(preference),
    ...ownerView(sim, preference),
    metadata: body.metadata ?? {},
    notification_url: terms.notificationUrl,
    operation_type: body.operation_type ?? 'regular_payment',
    payer: payerView(object(body.payer)),
    payment_methods: methodsView(preference),
    processing_modes: body.processing_modes ?? null,
    product_id: null,
    purpose: body.purpose ?? '',
    redirect_urls: filled({ success: '', pending: '', failure: '' }, body.redirect_urls),
    sandbox_init_point: checkoutUrl(sim, preference),
    shipments: shipmentsView(object(body.shipments)),
    statement_descriptor: body.statement_descriptor ?? '',
    taxes: body.taxes ?? null,
    tracks: body.tracks ?? null,
  }
}
