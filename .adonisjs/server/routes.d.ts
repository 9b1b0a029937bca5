import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'admin.dashboard': { paramsTuple?: []; params?: {} }
    'admin.fees.index': { paramsTuple?: []; params?: {} }
    'admin.fees.month': { paramsTuple: [ParamValue]; params: {'month': ParamValue} }
    'admin.fees.export': { paramsTuple: [ParamValue]; params: {'month': ParamValue} }
    'admin.fees.show': { paramsTuple: [ParamValue,ParamValue]; params: {'month': ParamValue,'id': ParamValue} }
    'admin.fee_documents.update': { paramsTuple: [ParamValue,ParamValue]; params: {'month': ParamValue,'id': ParamValue} }
    'admin.tenants.index': { paramsTuple?: []; params?: {} }
    'admin.tenants.store': { paramsTuple?: []; params?: {} }
    'admin.tenants.create': { paramsTuple?: []; params?: {} }
    'admin.tenants.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.tenant_approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.tenant_checks.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.tenant_fees.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.connections.index': { paramsTuple?: []; params?: {} }
    'admin.connection_renewals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.tenant_holdbacks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustments.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustments.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustments.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustment_reversals.create': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'adjustment': ParamValue} }
    'admin.adjustment_reversals.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'adjustment': ParamValue} }
    'admin.close.show': { paramsTuple?: []; params?: {} }
    'admin.close.store': { paramsTuple?: []; params?: {} }
    'admin.payouts.index': { paramsTuple?: []; params?: {} }
    'admin.payout_decisions.store': { paramsTuple?: []; params?: {} }
    'admin.payout_rules.edit': { paramsTuple?: []; params?: {} }
    'admin.payout_rules.update': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.index': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.store': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_batch_files.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_results.create': { paramsTuple?: []; params?: {} }
    'admin.payout_results.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_result_applications.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payouts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_starts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_destinations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_destinations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_proofs.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'proof': ParamValue} }
    'admin.payout_rejections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_failures.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_returns.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.webhook_events.index': { paramsTuple?: []; params?: {} }
    'admin.webhook_quarantine.index': { paramsTuple?: []; params?: {} }
    'admin.webhook_replay_batches.create': { paramsTuple?: []; params?: {} }
    'admin.webhook_replay_batches.store': { paramsTuple?: []; params?: {} }
    'admin.webhook_reviews.store': { paramsTuple?: []; params?: {} }
    'admin.webhook_events.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.webhook_replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exceptions.index': { paramsTuple?: []; params?: {} }
    'admin.exceptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exception_decisions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exception_links.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exception_notes.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_payments.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_proofs.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_results.store': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'kept_mails.index': { paramsTuple?: []; params?: {} }
    'kept_mails.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exceptions.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'exceptions.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'exceptions.decisions.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'exceptions.notes.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'fees.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'fees.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'fees.export': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'statement.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.export': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.releases': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.month': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'payouts.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payouts.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payouts.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_destination.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_destination.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_schedule.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_schedule.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payouts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payout_cancellations.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payout_receipts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payout_proofs.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue,'proof': ParamValue} }
    'login': { paramsTuple?: []; params?: {} }
    'login.store': { paramsTuple?: []; params?: {} }
    'language': { paramsTuple?: []; params?: {} }
    'logout': { paramsTuple?: []; params?: {} }
    'account': { paramsTuple?: []; params?: {} }
    'account.update': { paramsTuple?: []; params?: {} }
    'account.password': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'tenants.choices': { paramsTuple?: []; params?: {} }
    'tenants.overview': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'stores.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'stores.default': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'members.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'digest.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'settings.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'settings.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'brand.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'brand.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'logo.destroy': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'logo.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'logo.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'connections.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'mode.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'mode.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'account_choices.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'store_connections.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'store_connections.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connections.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connections.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'reconnections.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'default_connections.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'default_connections.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'disconnections.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'disconnections.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connection_answers.show': { paramsTuple?: []; params?: {} }
    'connection_answers.unknown': { paramsTuple?: []; params?: {} }
    'admin.gateway.show': { paramsTuple?: []; params?: {} }
    'admin.gateway.update': { paramsTuple?: []; params?: {} }
    'admin.gateway.accounts.store': { paramsTuple?: []; params?: {} }
    'admin.gateway.secrets.store': { paramsTuple?: []; params?: {} }
    'admin.gateway.secrets.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.gateway.application.test': { paramsTuple?: []; params?: {} }
    'admin.gateway.custody.store': { paramsTuple?: []; params?: {} }
    'reminders.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'reminders.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'reminder_stops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'reminder_stops.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'customers.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.merge.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.merge.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.export': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.erase': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.problems': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.confirm': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.discard': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'imports.template': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'imports.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'schedules.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'schedules.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'schedules.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'schedules.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'schedules.state.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.export': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.edit.customer': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.copy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.charges.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.terms.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.sendings.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.share.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.link.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.cancellation.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payer.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'payer.version': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
  }
  GET: {
    'admin.dashboard': { paramsTuple?: []; params?: {} }
    'admin.fees.index': { paramsTuple?: []; params?: {} }
    'admin.fees.month': { paramsTuple: [ParamValue]; params: {'month': ParamValue} }
    'admin.fees.export': { paramsTuple: [ParamValue]; params: {'month': ParamValue} }
    'admin.fees.show': { paramsTuple: [ParamValue,ParamValue]; params: {'month': ParamValue,'id': ParamValue} }
    'admin.tenants.index': { paramsTuple?: []; params?: {} }
    'admin.tenants.create': { paramsTuple?: []; params?: {} }
    'admin.tenants.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.connections.index': { paramsTuple?: []; params?: {} }
    'admin.adjustments.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustments.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustment_reversals.create': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'adjustment': ParamValue} }
    'admin.close.show': { paramsTuple?: []; params?: {} }
    'admin.payouts.index': { paramsTuple?: []; params?: {} }
    'admin.payout_rules.edit': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.index': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_results.create': { paramsTuple?: []; params?: {} }
    'admin.payout_results.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payouts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_destinations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_proofs.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'proof': ParamValue} }
    'admin.webhook_events.index': { paramsTuple?: []; params?: {} }
    'admin.webhook_quarantine.index': { paramsTuple?: []; params?: {} }
    'admin.webhook_replay_batches.create': { paramsTuple?: []; params?: {} }
    'admin.webhook_events.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exceptions.index': { paramsTuple?: []; params?: {} }
    'admin.exceptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'kept_mails.index': { paramsTuple?: []; params?: {} }
    'kept_mails.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exceptions.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'exceptions.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'fees.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'fees.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'fees.export': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'statement.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.export': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.releases': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.month': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'payouts.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payouts.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_destination.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_schedule.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payouts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payout_receipts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payout_proofs.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue,'proof': ParamValue} }
    'login': { paramsTuple?: []; params?: {} }
    'account': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'tenants.choices': { paramsTuple?: []; params?: {} }
    'tenants.overview': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'members.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'settings.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'brand.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'logo.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'connections.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'mode.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'store_connections.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connections.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'default_connections.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'disconnections.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connection_answers.show': { paramsTuple?: []; params?: {} }
    'connection_answers.unknown': { paramsTuple?: []; params?: {} }
    'admin.gateway.show': { paramsTuple?: []; params?: {} }
    'reminders.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'reminder_stops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'customers.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.merge.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.export': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.problems': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'imports.template': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'schedules.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'schedules.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'schedules.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.export': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.edit.customer': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.copy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payer.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'payer.version': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
  }
  HEAD: {
    'admin.dashboard': { paramsTuple?: []; params?: {} }
    'admin.fees.index': { paramsTuple?: []; params?: {} }
    'admin.fees.month': { paramsTuple: [ParamValue]; params: {'month': ParamValue} }
    'admin.fees.export': { paramsTuple: [ParamValue]; params: {'month': ParamValue} }
    'admin.fees.show': { paramsTuple: [ParamValue,ParamValue]; params: {'month': ParamValue,'id': ParamValue} }
    'admin.tenants.index': { paramsTuple?: []; params?: {} }
    'admin.tenants.create': { paramsTuple?: []; params?: {} }
    'admin.tenants.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.connections.index': { paramsTuple?: []; params?: {} }
    'admin.adjustments.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustments.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustment_reversals.create': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'adjustment': ParamValue} }
    'admin.close.show': { paramsTuple?: []; params?: {} }
    'admin.payouts.index': { paramsTuple?: []; params?: {} }
    'admin.payout_rules.edit': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.index': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_results.create': { paramsTuple?: []; params?: {} }
    'admin.payout_results.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payouts.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_destinations.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_proofs.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'proof': ParamValue} }
    'admin.webhook_events.index': { paramsTuple?: []; params?: {} }
    'admin.webhook_quarantine.index': { paramsTuple?: []; params?: {} }
    'admin.webhook_replay_batches.create': { paramsTuple?: []; params?: {} }
    'admin.webhook_events.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exceptions.index': { paramsTuple?: []; params?: {} }
    'admin.exceptions.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'health.live': { paramsTuple?: []; params?: {} }
    'health.ready': { paramsTuple?: []; params?: {} }
    'kept_mails.index': { paramsTuple?: []; params?: {} }
    'kept_mails.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'exceptions.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'exceptions.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'fees.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'fees.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'fees.export': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'statement.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.export': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.releases': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'statement.month': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'month': ParamValue} }
    'payouts.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payouts.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_destination.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_schedule.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payouts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payout_receipts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payout_proofs.show': { paramsTuple: [ParamValue,ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue,'proof': ParamValue} }
    'login': { paramsTuple?: []; params?: {} }
    'account': { paramsTuple?: []; params?: {} }
    'home': { paramsTuple?: []; params?: {} }
    'tenants.choices': { paramsTuple?: []; params?: {} }
    'tenants.overview': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'members.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'settings.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'brand.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'logo.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'connections.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'mode.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'store_connections.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connections.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'default_connections.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'disconnections.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connection_answers.show': { paramsTuple?: []; params?: {} }
    'connection_answers.unknown': { paramsTuple?: []; params?: {} }
    'admin.gateway.show': { paramsTuple?: []; params?: {} }
    'reminders.edit': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'reminder_stops.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'customers.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.merge.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.export': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.problems': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.create': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'imports.template': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'schedules.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'schedules.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'schedules.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.export': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.index': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.create': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.show': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.edit': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.edit.customer': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.copy': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payer.show': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
    'payer.version': { paramsTuple: [ParamValue]; params: {'token': ParamValue} }
  }
  POST: {
    'admin.fee_documents.update': { paramsTuple: [ParamValue,ParamValue]; params: {'month': ParamValue,'id': ParamValue} }
    'admin.tenants.store': { paramsTuple?: []; params?: {} }
    'admin.tenant_approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.tenant_checks.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.tenant_fees.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.connection_renewals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.tenant_holdbacks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustments.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.adjustment_reversals.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'adjustment': ParamValue} }
    'admin.close.store': { paramsTuple?: []; params?: {} }
    'admin.payout_decisions.store': { paramsTuple?: []; params?: {} }
    'admin.payout_rules.update': { paramsTuple?: []; params?: {} }
    'admin.payout_batches.store': { paramsTuple?: []; params?: {} }
    'admin.payout_batch_files.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_result_applications.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_starts.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_destinations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_rejections.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_failures.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_returns.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.webhook_replay_batches.store': { paramsTuple?: []; params?: {} }
    'admin.webhook_reviews.store': { paramsTuple?: []; params?: {} }
    'admin.webhook_replays.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exception_decisions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exception_links.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.exception_notes.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_payments.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_proofs.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'admin.payout_results.store': { paramsTuple?: []; params?: {} }
    'exceptions.decisions.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'exceptions.notes.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'payouts.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_destination.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_schedule.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'payout_cancellations.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'login.store': { paramsTuple?: []; params?: {} }
    'language': { paramsTuple?: []; params?: {} }
    'logout': { paramsTuple?: []; params?: {} }
    'account.update': { paramsTuple?: []; params?: {} }
    'account.password': { paramsTuple?: []; params?: {} }
    'stores.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'stores.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'stores.default': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'digest.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'settings.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'brand.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'logo.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'mode.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'connection_attempts.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'account_choices.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'store_connections.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'connections.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'reconnections.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'default_connections.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'disconnections.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'admin.gateway.accounts.store': { paramsTuple?: []; params?: {} }
    'admin.gateway.secrets.store': { paramsTuple?: []; params?: {} }
    'admin.gateway.application.test': { paramsTuple?: []; params?: {} }
    'admin.gateway.custody.store': { paramsTuple?: []; params?: {} }
    'reminders.update': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'reminder_stops.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'customers.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'customers.merge.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'customers.erase': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.confirm': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.discard': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'imports.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'kind': ParamValue} }
    'schedules.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.store': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'receivables.charges.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.sendings.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.share.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.cancellation.store': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
  }
  DELETE: {
    'logo.destroy': { paramsTuple: [ParamValue]; params: {'slug': ParamValue} }
    'admin.gateway.secrets.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  PUT: {
    'admin.gateway.update': { paramsTuple?: []; params?: {} }
    'customers.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'schedules.state.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.terms.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
    'receivables.link.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
  }
  PATCH: {
    'customers.update': { paramsTuple: [ParamValue,ParamValue]; params: {'slug': ParamValue,'id': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}