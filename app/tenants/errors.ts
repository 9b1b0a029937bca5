import { DomainError } from '#app/core/errors'

/** The tax id is none of its kind, or its check digits are wrong. */
export class InvalidTaxId extends DomainError {
  readonly key = 'tenants.invalid_tax_id'
}

/** Another tenant has this tax id. */
export class TaxIdTaken extends DomainError {
  readonly key = 'tenants.tax_id_taken'
}

/** Another store of the tenant has this name. */
export class StoreNameTaken extends DomainError {
  readonly key = 'tenants.store_name_taken'
}
