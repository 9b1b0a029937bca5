import { Balances } from './balance/balances.js'
import { Clock } from './clock.js'
import { settleDueChargebacks } from './disputes/chargebacks.js'
import { Faults } from './faults/faults.js'
import { Journal } from './journal.js'
import { settleDue } from './life/endings.js'
import { settleDueOrders } from './merchant_orders/order_life.js'
import { Dispatcher } from './notifications/dispatcher.js'
import { Notifier } from './notifications/notifier.js'
import { expireDueOrders } from './orders/end_order.js'
import { settleDuePayouts } from './payouts/payout_life.js'
import { makeDueReports } from './reports/make_report.js'
import type { Scenario } from './scenario.js'
import { Accounts } from './store/accounts.js'
import { Answers } from './store/answers.js'
import { Deliveries } from './store/deliveries.js'
import { Disputes } from './store/disputes.js'
import { Grants } from './store/grants.js'
import { MerchantOrders } from './store/merchant_orders.js'
import { Movements } from './store/movements.js'
import { Orders } from './store/orders.js'
import { Payments } from './store/payments.js'
import { Payouts } from './store/payouts.js'
import { Preferences } from './store/preferences.js'
import { Reports } from './store/reports.js'
import { Store } from './store/store.js'
import { Subscriptions } from './store/subscriptions.js'
import { Wallets } from './store/wallets.js'
import { settleDueSubscriptions } from './subscriptions/due.js'
import { Instalments } from './subscriptions/instalments.js'

/** The parts of one simulator. Nothing lives outside: a process may hold many. */
export class Simulator {
  readonly store: Store
  readonly clock: Clock
  readonly journal: Journal
  readonly grants: Grants
  readonly accounts: Accounts
  readonly wallets: Wallets
  readonly payments: Payments
  readonly disputes: Disputes
  readonly movements: Movements
  readonly balances: Balances
  readonly payouts: Payouts
  readonly reports: Reports
  readonly subscriptions: Subscriptions
  readonly instalments: Instalments
  readonly preferences: Preferences
  readonly merchantOrders: MerchantOrders
  readonly orders: Orders
  readonly answers: Answers
  readonly faults: Faults
  readonly deliveries: Deliveries
  readonly notifier: Notifier
  readonly dispatcher: Dispatcher
  /** Whether its file held something already. */
  readonly resumed: boolean
  /** Where this simulator answers; known once it listens. */
  url = ''

  constructor(
    file: string,
    readonly scenario: Scenario
  ) {
    this.store = new Store(file)
    this.clock = new Clock(this.store)
    this.journal = new Journal(this.store, this.clock)
    this.grants = new Grants(this.store)
    this.accounts = new Accounts(this.store, this.grants)
    this.wallets = new Wallets(this.store)
    this.payments = new Payments(this.store)
    this.disputes = new Disputes(this.store)
    this.movements = new Movements(this.store)
    this.balances = new Balances(this)
    this.payouts = new Payouts(this.store)
    this.reports = new Reports(this.store)
    this.subscriptions = new Subscriptions(this.store)
    this.instalments = new Instalments(this)
    this.preferences = new Preferences(this.store)
    this.merchantOrders = new MerchantOrders(this.store)
    this.orders = new Orders(this.store)
    this.answers = new Answers(this.store)
    this.faults = new Faults(this.store)
    this.deliveries = new Deliveries(this.store)
    this.notifier = new Notifier(this)
    this.dispatcher = new Dispatcher(this)
    this.resumed = !this.accounts.isEmpty()
    if (!this.resumed) this.#load()
  }

  /** Back to the scenario and to real time. Ids go on counting, nothing old is sent any more. */
  async reset(): Promise<void> {
    await this.dispatcher.restart()
    this.store.transaction(() => {
      this.store.clear()
      this.faults.reload()
      this.clock.reset()
      this.#load()
    })
  }

  /** Handles what fell due, and returns when each due notification was attempted once. */
  async catchUp(): Promise<void> {
    const now = this.clock.now()
    settleDueSubscriptions(this, now)
    settleDue(this, now)
    settleDueOrders(this, now)
    expireDueOrders(this, now)
    settleDueChargebacks(this, now)
    settleDuePayouts(this, now)
    makeDueReports(this, now)
    await this.dispatcher.sendDue()
  }

  #load(): void {
    const now = this.clock.now()
    this.store.transaction(() => {
      for (const application of this.scenario.applications) {
        this.accounts.saveApplication(application)
      }
      for (const account of this.scenario.accounts) this.accounts.create(account, now)
    })
  }
}
