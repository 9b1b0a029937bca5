import { DomainError } from '#app/core/errors'

/** The tenant charges on its own account, and has none connected yet. */
export class ConnectAccountFirst extends DomainError {
  readonly key = 'gateway.connect_account_first'
}

/** The platform has no account for the tenant's currency. */
export class NoPlatformAccount extends DomainError {
  readonly key = 'gateway.no_platform_account'
}

/** The platform's admin did not confirm that it may hold the money of this country's tenants. */
export class CustodyNotConfirmed extends DomainError {
  readonly key = 'gateway.custody_not_confirmed'
}

/** Pending, suspended and closed tenants charge nobody. */
export class TenantMayNotSell extends DomainError {
  readonly key = 'gateway.tenant_may_not_sell'
}

/** The account is not there, or its token was destroyed. */
export class NoCredential extends DomainError {
  readonly key: string = 'gateway.no_credential'
}

/** The owner must authorise the account again: its token is over, or the provider refuses it. */
export class ConnectionNeedsReauthorization extends NoCredential {
  readonly key = 'gateway.connection_needs_reauthorization'
}

/** The connection that the store charges with was disconnected. */
export class ConnectionDisconnected extends DomainError {
  readonly key = 'gateway.connection_disconnected'
}

/** The connected account takes another currency than the sale's. */
export class ConnectionCurrencyDiffers extends DomainError {
  readonly key = 'gateway.connection_currency_differs'
}

/** The platform's application at Mercado Pago has no id or no secret in the environment. */
export class ApplicationNotSet extends DomainError {
  readonly key = 'gateway.application_not_set'
}

/** Mercado Pago does not accept the token that was entered. */
export class TokenNotAccepted extends DomainError {
  readonly key = 'gateway.token_not_accepted'
}

/** Mercado Pago could not be asked whose token it is: nothing was saved. */
export class TokenNotChecked extends DomainError {
  readonly key = 'gateway.token_not_checked'
}

/** The account belongs to a site of Mercado Pago that the product does not know. */
export class UnknownSite extends DomainError {
  readonly key = 'gateway.unknown_site'
}

/** The webhook secret is in the list already. */
export class SecretKnown extends DomainError {
  readonly key = 'gateway.secret_known'
}

/** The connection was disconnected meanwhile, or is being so: it takes no new charges. */
export class ConnectionLeaving extends DomainError {
  readonly key = 'gateway.connection_leaving'
}

/** No connected account of the tenant can take a charge. */
export class NoUsableConnection extends DomainError {
  readonly key = 'gateway.no_usable_connection'
}
