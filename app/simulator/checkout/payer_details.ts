import { SITES } from '../data/sites.js'
import { isObject, type Body } from '../payments/payment_request.js'
import type { Preference } from '../preferences/preference.js'

function object(value: unknown): Body {
  return isObject(value) ? value : {}
}

/** What is told at all: an empty text is nothing. */
function told(entries: Body): Body {
  const given = Object.entries(entries).filter(
    ([, value]) => value !== undefined && value !== null && value !== ''
  )
  return Object.fromEntries(given)
}

/** The payer as the shop knows it, in the words of a payment. */
export function knownPayer({ body }: Preference): Body {
  const payer = object(body.payer)
  return told({
    email: payer.email,
    first_name: payer.name,
    last_name: payer.surname,
    identification: told(object(payer.identification)),
    address: told(object(payer.address)),
  })
}

const DOCUMENTS: Record<string, { type: string; number: string }> = {
  MLB: { type: 'CPF', number: '12345678909' },
  MLA: { type: 'DNI', number: '12345678' },
  MPE: { type: 'DNI', number: '12345678' },
}

/** A valid document of nobody; Mexico knows none. */
export function testDocument(siteId: string): { type: string; number: string } | undefined {
  const [first] = SITES[siteId].identificationTypes
  return (
    DOCUMENTS[siteId] ??
    (first && { type: first.id, number: '123456789'.slice(0, first.max_length) })
  )
}

/** Somebody who may pay with any method of the site. */
export function testPayer(siteId: string): Body {
  return {
    email: 'payer@example.com',
    first_name: 'Paula',
    last_name: 'Pagadora',
    entity_type: 'individual',
    identification: testDocument(siteId),
    address: {
      zip_code: '01310-100',
      street_name: 'Avenida Paulista',
      street_number: '1000',
      neighborhood: 'Bela Vista',
      city: 'São Paulo',
      federal_unit: 'SP',
    },
  }
}

/** Later ones count more, field by field of document and address too. */
export function mergedPayer(...payers: Body[]): Body {
  return payers.reduce((merged, payer) => ({
    ...merged,
    ...payer,
    identification: { ...object(merged.identification), ...object(payer.identification) },
    address: { ...object(merged.address), ...object(payer.address) },
  }))
}

/** A card that nothing speaks against but the name on it. */
export function testCard(
  { number, securityCode }: { number: string; securityCode: string },
  cardholder: string,
  siteId: string,
  now: number
): Body {
  return {
    card_number: number,
    expiration_month: 11,
    expiration_year: new Date(now).getUTCFullYear() + 4,
    security_code: securityCode,
    cardholder: { name: cardholder, identification: testDocument(siteId) },
  }
}
