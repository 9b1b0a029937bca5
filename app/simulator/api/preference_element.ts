import { marketplaceOf, type Preference } from '../preferences/preference.js'
import { wireTime } from '../time.js'
import { datesView, object } from './preference_view.js'

/** What a search tells of one: items by their titles only. */
export function preferenceElement(preference: Preference) {
  const { body, terms, attribution } = preference
  return {
    id: preference.id,
    client_id: preference.clientId,
    collector_id: preference.accountId,
    concept_id: null,
    corporation_id: attribution.corporation_id ?? '',
    ...datesView(preference),
    external_reference: terms.externalReference ?? '',
    integrator_id: attribution.integrator_id ?? '',
    items: terms.items.map(({ title }) => title),
    last_updated: wireTime(preference.updatedAt),
    live_mode: preference.liveMode,
    marketplace: marketplaceOf(preference),
    operation_type: body.operation_type ?? 'regular_payment',
    payer_email: object(body.payer).email ?? '',
    payer_id: null,
    platform_id: attribution.platform_id ?? '',
    processing_modes: body.processing_modes ?? null,
    product_id: '',
    purpose: body.purpose ?? '',
    site_id: preference.siteId,
    sponsor_id: terms.sponsorId ?? 0,
    shipping_mode: object(body.shipments).mode ?? '',
  }
}
