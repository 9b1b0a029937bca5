import type { ScenarioAccount } from '../scenario.js'

interface Seller {
  site: string
  id: number
  company: string
  clientId: string
  hash: string
  key: string
}

/** One seller in each of the countries that no test names. */
const SELLERS: Seller[] = [
  {
    site: 'MLM',
    id: 471923173,
    company: 'Tienda Mexicana SA de CV',
    clientId: '2873645109283746',
    hash: '3a5c7e9f1b2d4068a1c3e5f7092b4d6f',
    key: '0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0',
  },
  {
    site: 'MLC',
    id: 380214765,
    company: 'Tienda Chilena SpA',
    clientId: '5940271836450192',
    hash: '7d9f1b3c5e70824a6c8e0f2143657a9b',
    key: '1c2d3e4f-5061-4273-8495-a6b7c8d9e0f1',
  },
  {
    site: 'MCO',
    id: 562093418,
    company: 'Tienda Colombiana SAS',
    clientId: '3619280475639182',
    hash: '9e0f2a4b6c8d1e3f5071826394a5b6c7',
    key: '2d3e4f50-6172-4384-95a6-b7c8d9e0f102',
  },
  {
    site: 'MPE',
    id: 694180237,
    company: 'Tienda Peruana SAC',
    clientId: '8052716394058271',
    hash: 'b1c3d5e7f9021436587a9cbdedf01234',
    key: '3e4f5061-7283-4495-a6b7-c8d9e0f10213',
  },
  {
    site: 'MLU',
    id: 255736904,
    company: 'Tienda Uruguaya SRL',
    clientId: '1948375620384756',
    hash: 'd4e6f8091a2b3c4d5e6f708192a3b4c5',
    key: '4f506172-8394-45a6-b7c8-d9e0f1021324',
  },
]

const COUNTRIES: Record<string, string> = {
  MLM: 'MX',
  MLC: 'CL',
  MCO: 'CO',
  MPE: 'PE',
  MLU: 'UY',
}

function tokenOf({ clientId, hash, id }: Seller): string {
  return `APP_USR-${clientId}-112013-${hash}-${id}`
}

/** Access tokens by site: `SELLER_TOKENS.MLM`. */
export const SELLER_TOKENS: Readonly<Record<string, string>> = Object.fromEntries(
  SELLERS.map((seller) => [seller.site, tokenOf(seller)])
)

export const FURTHER_SELLERS: readonly ScenarioAccount[] = SELLERS.map((seller) => ({
  id: seller.id,
  site_id: seller.site,
  nickname: `VENDEDOR${COUNTRIES[seller.site]}`,
  first_name: 'Test',
  last_name: 'Vendedor',
  email: `seller_${COUNTRIES[seller.site].toLowerCase()}@testuser.com`,
  identification: { type: 'Otro', number: '123456789' },
  corporate_name: seller.company,
  access_token: tokenOf(seller),
  public_key: `APP_USR-${seller.key}`,
  client_id: seller.clientId,
}))
