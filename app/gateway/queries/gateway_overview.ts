import mercadopago from '#config/mercadopago'
import { appUrl } from '#config/app'
import { instantFrom } from '#app/core/columns'
import CustodyConfirmation from '#app/gateway/models/custody_confirmation'
import GatewayConfig from '#app/gateway/models/gateway_config'
import { callbackUrl } from '#app/gateway/oauth/mercado_pago_driver'
import PlatformAccount from '#app/gateway/models/platform_account'
import { rates, type Rate } from '#app/gateway/queries/rates'
import { sites } from '#app/gateway/sites'

/** All that the admin's page shows: of secrets, only that they exist and since when. */
export async function gatewayOverview() {
  const config = await GatewayConfig.current()
  const accounts = await PlatformAccount.query().orderBy('state').orderBy('created_at', 'desc')
  const confirmations = await CustodyConfirmation.all()
  const estimates = await rates()
  const countries = Object.values(sites).map(({ country, currency }) => ({
    country,
    currency,
    confirmedAt: confirmations.find((one) => one.country === country)?.confirmedAt ?? null,
  }))
  const { platformFeePercent, platformName, platformTaxId } = config
  const { payoutWaitingDays, automaticTransfer } = config
  return {
    settings: {
      platformFeePercent,
      platformName,
      platformTaxId,
      payoutWaitingDays,
      automaticTransfer,
    },
    accounts: accounts.map(accountValues),
    secrets: config.webhookSecrets.map(({ id, addedAt }) => ({
      id,
      addedAt: instantFrom(addedAt),
    })),
    countries,
    rates: estimates.map((rate) => ({
      ...rateValues(rate),
      currency: sites[rate.siteId].currency,
      account: accounts.find(({ id }) => id === rate.accountId)?.nickname ?? null,
    })),
    redirectUrl: callbackUrl,
    webhookUrl: `${appUrl}/webhooks/mercadopago`,
    environment: {
      clientId: Boolean(mercadopago.clientId),
      clientSecret: Boolean(mercadopago.clientSecret),
      webhookSecrets: mercadopago.webhookSecrets.length,
    },
  }
}

/** Named one by one, so that no sealed column ever reaches a page. */
const accountValues = (account: PlatformAccount) => {
  const { id, nickname, collectorId, siteId, currency, isTest, state, verifiedAt } = account
  return { id, nickname, collectorId, siteId, currency, isTest, state, verifiedAt }
}

const rateValues = ({ siteId, method, percent, fixedMinor, daysToRelease, updatedAt }: Rate) => ({
  ...{ siteId, method, percent, fixedMinor, daysToRelease, updatedAt },
})
