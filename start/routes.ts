import '#app/core/health/routes'
import '#app/payouts/routes'
import '#app/webhooks/routes'
