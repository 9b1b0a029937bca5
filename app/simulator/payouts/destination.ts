import type { Site } from '../data/sites.js'
import { isObject, type Body } from '../payments/payment_request.js'
import { isCnpj, isCpf } from '../payments/tax_ids.js'
import { PayoutRefusal, invalidField } from './payout_refusal.js'

const ACCOUNT = 'transaction.to.accounts[0]'

type Check = (value: string) => boolean

const KEYS: Record<string, Check> = {
  CPF: isCpf,
  CNPJ: isCnpj,
  EMAIL: (value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) && value.length <= 77,
  PHONE: (value) => /^\+?\d{10,14}$/.test(value),
  PIX_CODE: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
}

const TAX_IDS: Record<string, Record<string, Check>> = {
  MLB: { CPF: isCpf, CNPJ: isCnpj },
  MLC: { RUT: (value) => /^\d{7,8}-?[\dkK]$/.test(value) },
}

function checkNamed(checks: Record<string, Check>, name: unknown): Check | undefined {
  return Object.hasOwn(checks, String(name)) ? checks[String(name)] : undefined
}

/** The number of whoever the account must belong to. */
function readOwner(to: Body, site: Site): string {
  const owner = isObject(to.owner) ? to.owner.identification : null
  const { type, number } = isObject(owner) ? owner : {}
  const isValid = checkNamed(TAX_IDS[site.id], type)
  if (!isValid) throw invalidField(`${ACCOUNT}.owner.identification.type`)
  // The API itself names this field without its owner.
  if (typeof number !== 'string' || !isValid(number)) {
    throw invalidField(`${ACCOUNT}.identification.number`)
  }
  return number
}

function checkPixKey(key: Body, owner: string): void {
  const { type, value } = key
  const isValid = checkNamed(KEYS, type)
  if (!isValid) throw invalidField(`${ACCOUNT}.chave.type`)
  if (typeof value !== 'string' || !isValid(value)) throw invalidField(`${ACCOUNT}.chave.value`)
  const isTaxId = type === 'CPF' || type === 'CNPJ'
  if (isTaxId && value !== owner) {
    throw new PayoutRefusal(400, 'chave_different_owner', 'chave has a different owner')
  }
}

function checkBankAccount(to: Body, site: Site): void {
  const names =
    site.id === 'MLB' ? ['bank_id', 'branch', 'number', 'holder'] : ['bank_id', 'number']
  const missing = names.find((name) => typeof to[name] !== 'string' || to[name] === '')
  if (missing) throw invalidField(`${ACCOUNT}.${missing}`)
  if (site.id === 'MLB' && !/^\d{8}$/.test(String(to.bank_id))) {
    throw invalidField(`${ACCOUNT}.bank_id`)
  }
  const currency = to.currency_id
  if (currency !== undefined && currency !== site.currencyId) {
    throw invalidField(`${ACCOUNT}.currency_id`)
  }
}

/** A Pix key, or else a bank account, with its owner. Throws PayoutRefusal. */
export function readDestination(to: Body, site: Site): Body {
  if (to.type !== undefined && to.type !== 'current' && to.type !== 'mercadopago') {
    throw invalidField(`${ACCOUNT}.type`)
  }
  const owner = readOwner(to, site)
  if (site.id === 'MLB' && isObject(to.chave)) checkPixKey(to.chave, owner)
  else checkBankAccount(to, site)
  const { amount, ...destination } = to
  return destination
}
