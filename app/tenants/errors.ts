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

/** White text would not be readable on it. */
export class ColourTooLight extends DomainError {
  readonly key = 'tenants.colour_too_light'
}

/** More bytes or pixels than a logo needs. */
export class LogoTooLarge extends DomainError {
  readonly key = 'tenants.logo_too_large'
}

/** No whole PNG or JPEG, whatever its name says. */
export class NotAPicture extends DomainError {
  readonly key = 'tenants.not_a_picture'
}

/** The tenant does not wait for approval. */
export class TenantNotPending extends DomainError {
  readonly key = 'tenants.not_pending'
}
