/** Mercado Pago's test cards of each site, by brand; Brazil's own two are Elo's and Hipercard's. */
const BY_SITE: Record<string, Record<string, string>> = {
  MLB: {
    master: '5031433215406351',
    visa: '4235647728025682',
    amex: '375365153556885',
    elo: '5067766783888311',
    hipercard: '6062828888666688',
  },
  MLA: { master: '5031755734530604', visa: '4509953566233704', amex: '371180303257522' },
  MLM: { master: '5474925432670366', visa: '4075595716483764', amex: '375365153556885' },
  MLC: { master: '5416752602582580', visa: '4168818844447115', amex: '375778174461804' },
  MCO: { master: '5254133674403564', visa: '4013540682746260', amex: '374378187755283' },
  MPE: { master: '5031755734530604', visa: '4009175332806176', amex: '371180303257522' },
  MLU: { master: '5031755734530604', visa: '4509953566233704' },
}

const DEBIT: Record<string, string> = { debvisa: 'visa', debmaster: 'master' }

export interface TestCard {
  number: string
  securityCode: string
}

/** One that a payer may try a brand with. */
export function testCardOf(siteId: string, methodId: string): TestCard {
  const brand = DEBIT[methodId] ?? methodId
  return { number: BY_SITE[siteId][brand], securityCode: brand === 'amex' ? '1234' : '123' }
}
