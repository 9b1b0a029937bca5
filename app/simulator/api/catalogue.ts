import { methodsOf, type CardBrand, type PaymentMethod } from '../data/payment_methods.js'
import { json } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { fromMinor } from '../money.js'
import { siteOf } from '../store/accounts.js'
import { authenticatedOrPublic } from './api_call.js'

function additionalInfo({ brand, payerNeeds, financialInstitutions }: PaymentMethod): string[] {
  const document = ['identification_type', 'identification_number']
  if (brand) return ['cardholder_name', ...document.map((name) => `cardholder_${name}`)]
  return [
    ...(payerNeeds.includes('document') ? document : []),
    ...(payerNeeds.includes('names') ? ['first_name', 'last_name'] : []),
    ...(payerNeeds.includes('entity_type') ? ['entity_type'] : []),
    ...(financialInstitutions.length > 0 ? ['financial_institution'] : []),
  ]
}

function settingsOf(brand: CardBrand) {
  return brand.lengths.map((length) => ({
    card_number: { validation: 'standard', length },
    bin: {
      pattern: brand.pattern,
      installments_pattern: brand.maxInstallments > 1 ? brand.pattern : '',
      exclusion_pattern: null,
    },
    security_code: {
      length: brand.securityCodeLength,
      card_location: brand.securityCodeLocation,
      mode: 'mandatory',
    },
  }))
}

function deferredCapture(brand: CardBrand | null): string {
  if (!brand) return 'does_not_apply'
  return brand.deferredCapture ? 'supported' : 'unsupported'
}

export const listPaymentMethods: Handler = (sim, call) => {
  const site = siteOf(authenticatedOrPublic(sim, call))
  const methods = methodsOf(site.id).map((method) => ({
    id: method.id,
    name: method.name,
    payment_type_id: method.typeId,
    status: 'active',
    secure_thumbnail: '',
    thumbnail: '',
    deferred_capture: deferredCapture(method.brand),
    settings: method.brand ? settingsOf(method.brand) : [],
    additional_info_needed: additionalInfo(method),
    min_allowed_amount: fromMinor(method.minMinor, site.decimals),
    max_allowed_amount: fromMinor(method.maxMinor, site.decimals),
    accreditation_time: method.accreditationMinutes,
    financial_institutions: method.financialInstitutions,
    processing_modes: ['aggregator'],
  }))
  return json(200, methods)
}

export const listIdentificationTypes: Handler = (sim, call) =>
  json(200, siteOf(authenticatedOrPublic(sim, call)).identificationTypes)
