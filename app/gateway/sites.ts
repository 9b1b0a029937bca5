/** The countries that Mercado Pago works in: what follows from an account's site. */
export const sites: Record<string, { country: string; currency: string }> = {
  MLA: { country: 'AR', currency: 'ARS' },
  MLB: { country: 'BR', currency: 'BRL' },
  MLC: { country: 'CL', currency: 'CLP' },
  MCO: { country: 'CO', currency: 'COP' },
  MLM: { country: 'MX', currency: 'MXN' },
  MPE: { country: 'PE', currency: 'PEN' },
  MLU: { country: 'UY', currency: 'UYU' },
}
