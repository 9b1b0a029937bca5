import { createSecretKey, type KeyObject } from 'node:crypto'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { webhookSecrets } from '#app/gateway/queries/platform_accounts'

/** The secrets as keys, decrypted again only when the stored ciphertext is another. */
export class Secrets {
  /** Undefined before the first look. */
  #ciphertext: string | null | undefined
  #keys: KeyObject[] = []

  async current(): Promise<KeyObject[]> {
    const config = await GatewayConfig.current()
    // A row that was just made has no such value yet.
    const ciphertext = config.webhookSecretsCiphertext ?? null
    if (ciphertext !== this.#ciphertext) {
      const secrets = await webhookSecrets()
      this.#keys = secrets.map((secret) => createSecretKey(secret, 'utf8'))
      this.#ciphertext = ciphertext
    }
    return this.#keys
  }
}
