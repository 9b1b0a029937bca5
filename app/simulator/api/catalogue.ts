import { methodsOf } from '../data/payment_methods.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { fromMinor } from '../money.js'
import { siteOf } from '../store/accounts.js'
import { authenticated } from './api_call.js'

export const listPaymentMethods: Handler = (sim, call) => {
  const site = siteOf(authenticated(sim, call))
  const methods = methodsOf(site.id).map((method) => ({
    id: method.id,
    name: method.name,
    payment_type_id: method.typeId,
    status: 'active',
    secure_thumbnail: '',
    thumbnail: '',
    deferred_capture: 'does_not_apply',
    settings: [],
    additional_info_needed: method.needsRegisteredPayer
      ? ['identification_type', 'identification_number', 'first_name', 'last_name']
      : [],
    min_allowed_amount: fromMinor(method.minMinor, site.decimals),
    max_allowed_amount: fromMinor(method.maxMinor, site.decimals),
    accreditation_time: method.accreditationMinutes,
    financial_institutions: [],
    processing_modes: ['aggregator'],
  }))
  return json(200, methods)
}

export const listIdentificationTypes: Handler = (sim, call) =>
  json(200, siteOf(authenticated(sim, call)).identificationTypes)
