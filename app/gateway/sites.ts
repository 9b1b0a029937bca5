/** What follows from an account's site: the countries that Mercado Pago works in. */
export interface Site {
  country: string
  currency: string
  /** Ways of paying that we issue there by themselves, without a payment link. */
  methods: readonly string[]
}

export const sites: Readonly<Record<string, Site>> = {
  MLA: { country: 'AR', currency: 'ARS', methods: [] },
  MLB: { country: 'BR', currency: 'BRL', methods: ['boleto', 'pix'] },
  MLC: { country: 'CL', currency: 'CLP', methods: [] },
  MCO: { country: 'CO', currency: 'COP', methods: [] },
  MLM: { country: 'MX', currency: 'MXN', methods: [] },
  MPE: { country: 'PE', currency: 'PEN', methods: [] },
  MLU: { country: 'UY', currency: 'UYU', methods: [] },
}
