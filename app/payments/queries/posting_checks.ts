import type { LedgerCheck } from '#app/ledger/queries/ledger_checks'

/** Whether the ledger holds each event of each payment once, and nothing else of payments. */
export const postingChecks: LedgerCheck[] = [
  {
    name: 'approved_payments_are_posted_once',
    sql: `select p.provider_payment_id as payment, count(t.id) as postings
          from payments p
          left join ledger_transactions t on t.payment_id = p.id and t.kind = 'payment_approved'
          where p.mode = 'centralized' and p.approved_at is not null
          group by p.id, p.provider_payment_id having count(t.id) <> 1`,
  },
  {
    name: 'no_other_payments_are_posted',
    sql: `select t.reference, p.mode, p.status from ledger_transactions t
          left join payments p on p.id = t.payment_id
          where t.kind = 'payment_approved'
            and (p.id is null or p.mode <> 'centralized' or p.approved_at is null)`,
  },
  {
    name: 'entries_are_of_the_payment_s_tenant',
    sql: `select e.id as entry, p.provider_payment_id as payment from ledger_entries e
          join payments p on p.id = e.payment_id where e.tenant_id <> p.tenant_id`,
  },
  {
    name: 'approved_refunds_are_posted_once',
    sql: `select r.provider_refund_id as refund, count(t.id) as postings
          from refunds r
          join payments p on p.id = r.payment_id and p.mode = 'centralized'
          left join ledger_transactions t on t.reference = 'refund:' || r.provider_refund_id
          where r.status = 'approved' and p.approved_at is not null and r.amount_minor > 0
          group by r.id, r.provider_refund_id having count(t.id) <> 1`,
  },
  {
    name: 'disputes_are_posted_as_they_stand',
    sql: `select d.key as dispute, d.state, count(t.id) as postings
          from disputes d
          join payments p on p.id = d.payment_id and p.mode = 'centralized'
          left join ledger_transactions t on t.reference in (
            'dispute:' || d.key || ':opened', 'dispute:' || d.key || ':' || d.state)
          where d.amount_minor > 0
          group by d.id, d.key, d.state
          having count(t.id) <> case when d.state = 'open' then 1 else 2 end`,
  },
  {
    name: 'holdbacks_and_disputes_equal_what_is_reserved',
    sql: `select p.provider_payment_id as payment, coalesce(e.reserved_minor, 0) as reserved_minor,
            coalesce(d.disputed_minor, 0) as disputed_minor, coalesce(h.held_minor, 0) as held_minor
          from payments p
          left join (
            select payment_id, -sum(amount_minor) as reserved_minor from ledger_entries
            where account = 'tenant:reserved' and payment_id is not null group by payment_id
          ) e on e.payment_id = p.id
          left join (
            select payment_id, sum(amount_minor) as disputed_minor from disputes
            where state = 'open' group by payment_id
          ) d on d.payment_id = p.id
          left join (
            select payment_id, held_minor from holdbacks where freed_at is null
          ) h on h.payment_id = p.id
          where p.mode = 'centralized'
            and coalesce(e.reserved_minor, 0)
              <> coalesce(d.disputed_minor, 0) + coalesce(h.held_minor, 0)`,
  },
]
