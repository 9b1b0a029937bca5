import { createSecretKey, type KeyObject } from 'node:crypto'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { webhookSecrets } from '#app/gateway/queries/platform_accounts'

/** The secrets as keys, decrypted again only when the stored ciphertext is another. */
export class Secrets {
  #ciphertext: string | null | undefined
  #keys: KeyObject[] = []

  async current(): Promise<KeyObject[]> {
    const { webhookSecretsCiphertext } = await GatewayConfig.current()
    if (webhookSecretsCiphertext !== this.#ciphertext) {
      const secrets = await webhookSecrets()
      this.#keys = secrets.map((secret) => createSecretKey(secret, 'utf8'))
      this.#ciphertext = webhookSecretsCiphertext
    }
    return this.#keys
  }
}
