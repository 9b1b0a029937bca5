/** A way of paying that is issued by itself; `link` is Mercado Pago's checkout with all it takes. */
export const chargeMethods = ['boleto', 'pix', 'rapipago', 'pagofacil', 'link'] as const

export type ChargeMethod = (typeof chargeMethods)[number]

/** The ways that are a payment at the provider from the beginning, before anybody pays. */
export type DirectMethod = Exclude<ChargeMethod, 'link'>

/** How long the provider lets one be payable. */
export interface Life {
  atLeastMinutes: number
  atMostDays: number
}

export interface Method {
  /** Its name in the provider's list of methods; null where there is none. */
  providerId: string | null
  /** Null: as long as we say. */
  life: Life | null
  /** A bank registers it with the payer's whole address. */
  needsAddress: boolean
  /** Fine, interest and discount can be told to the provider. */
  takesTerms: boolean
}

const DAY_MINUTES = 24 * 60
const cash: Method = {
  providerId: null,
  life: { atLeastMinutes: DAY_MINUTES, atMostDays: 30 },
  needsAddress: false,
  takesTerms: false,
}

export const methods: Readonly<Record<ChargeMethod, Method>> = {
  boleto: { ...cash, providerId: 'bolbradesco', needsAddress: true, takesTerms: true },
  pix: { ...cash, providerId: 'pix', life: { atLeastMinutes: 30, atMostDays: 30 } },
  rapipago: { ...cash, providerId: 'rapipago' },
  pagofacil: { ...cash, providerId: 'pagofacil' },
  link: { ...cash, life: null },
}

/** What follows from an account's site: the countries that Mercado Pago works in. */
export interface Site {
  country: string
  currency: string
  /** Ways of paying that we issue there. */
  methods: readonly ChargeMethod[]
}

export const sites: Readonly<Record<string, Site>> = {
  MLA: { country: 'AR', currency: 'ARS', methods: ['rapipago', 'pagofacil', 'link'] },
  MLB: { country: 'BR', currency: 'BRL', methods: ['boleto', 'pix', 'link'] },
  MLC: { country: 'CL', currency: 'CLP', methods: ['link'] },
  MCO: { country: 'CO', currency: 'COP', methods: ['link'] },
  MLM: { country: 'MX', currency: 'MXN', methods: ['link'] },
  MPE: { country: 'PE', currency: 'PEN', methods: ['link'] },
  MLU: { country: 'UY', currency: 'UYU', methods: ['link'] },
}
