import type { ProviderPreference } from '#app/gateway/provider'
import { idText, instant, object, required, text, webAddress } from './json.js'

/**
 * The provider's preference in our words.
 * @throws TypeError when it lacks what one must have
 */
export function readPreference(json: unknown): ProviderPreference {
  const preference = object(json)
  return {
    id: required(text(preference.id), 'id'),
    collectorId: required(idText(preference.collector_id), 'collector_id'),
    externalReference: text(preference.external_reference),
    checkoutUrl: required(webAddress(preference.init_point), 'init_point'),
    createdAt: required(instant(preference.date_created), 'date_created'),
    closesAt: preference.expires === true ? instant(preference.expiration_date_to) : null,
  }
}
