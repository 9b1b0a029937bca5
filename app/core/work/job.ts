/** What became of one run of a job. */
export interface Outcome {
  state: 'done' | 'again' | 'failed' | 'lost'
  error?: unknown
}

/** A claimed piece of work. */
export interface Job {
  /** Never rejects: a failure is written to the row and told in the outcome. */
  run(): Promise<Outcome>
  /** Hands it back untried, for somebody else to claim. */
  release(): Promise<void>
}

/** What the worker drains: the inbox, the outbox. */
export interface WorkSource {
  /** Claims about `limit` jobs that are due, none twice, fairly between the lanes. */
  claim(limit: number): Promise<Job[]>
}
