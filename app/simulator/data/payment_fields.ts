/** `true` is any value; an object names what may be inside; an array says so of each element. */
export type Fields = true | { readonly [name: string]: Fields } | readonly [Fields]

const identification = { type: true, number: true } as const
const phone = { area_code: true, number: true, extension: true } as const
const address = {
  zip_code: true,
  street_name: true,
  street_number: true,
  neighborhood: true,
  city: true,
  federal_unit: true,
  state: true,
  complement: true,
} as const

/** What `POST /v1/payments` knows; anything else is refused with code 8. */
export const PAYMENT_FIELDS: Fields = {
  transaction_amount: true,
  payment_method_id: true,
  token: true,
  issuer_id: true,
  installments: true,
  description: true,
  external_reference: true,
  notification_url: true,
  metadata: true,
  statement_descriptor: true,
  capture: true,
  binary_mode: true,
  date_of_expiration: true,
  application_fee: true,
  callback_url: true,
  campaign_id: true,
  coupon_amount: true,
  coupon_code: true,
  differential_pricing_id: true,
  sponsor_id: true,
  processing_mode: true,
  three_d_secure_mode: true,
  point_of_interaction: true,
  transaction_details: { financial_institution: true },
  forward_data: true,
  payment_method: {
    type: true,
    data: {
      authentication: true,
      rules: {
        discounts: [{ type: true, value: true, limit_date: true }],
        fine: { type: true, value: true },
        interest: { type: true, value: true },
      },
    },
  },
  payer: {
    id: true,
    type: true,
    entity_type: true,
    email: true,
    first_name: true,
    last_name: true,
    identification,
    address,
    phone,
  },
  additional_info: {
    ip_address: true,
    items: [
      {
        id: true,
        title: true,
        description: true,
        picture_url: true,
        category_id: true,
        quantity: true,
        currency_id: true,
        unit_price: true,
        type: true,
        event_date: true,
        warranty: true,
        category_descriptor: true,
      },
    ],
    payer: {
      first_name: true,
      last_name: true,
      phone,
      address,
      registration_date: true,
      authentication_type: true,
      is_prime_user: true,
      is_first_purchase_online: true,
      last_purchase: true,
    },
    shipments: true,
  },
}

/** The first path that `fields` does not name, such as `additional_info.payer.test`. */
export function unknownField(value: unknown, fields: Fields, path = ''): string | null {
  if (fields === true || value === null || typeof value !== 'object') return null
  if (Array.isArray(fields)) {
    const items: unknown[] = Array.isArray(value) ? value : [value]
    return items.map((item) => unknownField(item, fields[0], path)).find(Boolean) ?? null
  }
  const known = fields as { readonly [name: string]: Fields }
  for (const [name, inner] of Object.entries(value)) {
    const here = path ? `${path}.${name}` : name
    const wrong = Object.hasOwn(known, name) ? unknownField(inner, known[name], here) : here
    if (wrong) return wrong
  }
  return null
}
