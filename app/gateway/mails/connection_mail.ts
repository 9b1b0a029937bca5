import { appUrl } from '#config/app'
import { platformBrand } from '#app/core/mail/brand'
import type { Letter } from '#app/core/mail/letter'
import { LetterMail } from '#app/core/mail/letter_mail'
import type { Words } from '#app/core/mail/words'
import type TenantGatewayConfig from '#app/gateway/models/tenant_gateway_config'
import type User from '#app/identity/models/user'
import type Tenant from '#app/tenants/models/tenant'

export interface ConnectionSubject {
  words: Words
  tenant: Tenant
  reader: User
  connection: TenantGatewayConfig
  cause: string
  /** As an owner, who can mend it; else as somebody who runs the platform. */
  isOwner: boolean
}

/** Tells that an account must be authorised again: before it ends, or that it has ended. */
export class ConnectionLetter extends LetterMail {
  constructor(
    private id: string,
    private about: ConnectionSubject
  ) {
    super()
  }

  get letter(): Letter {
    const { words, tenant, reader, connection, isOwner } = this.about
    const { t } = words
    const kind = this.#kind
    const { label, nickname, id } = connection
    const values = { name: tenant.tradeName, label, day: this.#lastDay }
    return {
      id: this.id,
      to: reader.email,
      locale: words.locale,
      brand: platformBrand(t('common.product')),
      subject: t(`guardian.mail.${kind}.subject`, values),
      preview: t(`guardian.mail.${kind}.heading`, values),
      heading: t(`guardian.mail.${kind}.heading`, values),
      paragraphs: [
        t(`guardian.mail.${kind}.text`, values),
        t(`guardian.mail.${isOwner ? 'do' : 'do_admin'}`, values),
      ],
      facts: [
        { label: t('guardian.mail.business'), value: tenant.tradeName },
        { label: t('guardian.mail.account'), value: `${label} (${nickname})` },
        ...this.#ends,
      ],
      action: isOwner
        ? { label: t('guardian.reconnect'), url: `${appUrl}/t/${tenant.slug}/gateway` }
        : {
            label: t('guardian.mail.see'),
            url: `${appUrl}/admin/connections?q=${tenant.id}#connection-${id}`,
          },
      notes: [t('guardian.mail.keeps')],
    }
  }

  get #kind() {
    return this.about.cause === 'broken' ? 'broken' : 'ending'
  }

  get #lastDay(): string {
    const { words, connection } = this.about
    return connection.tokenExpiresAt ? words.date(connection.tokenExpiresAt) : '—'
  }

  get #ends() {
    if (this.#kind === 'broken') return []
    return [{ label: this.about.words.t('guardian.works_until'), value: this.#lastDay }]
  }
}
