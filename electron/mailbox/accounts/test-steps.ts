import type { TestStep } from '../../../shared/account-setup.ts';
import type { Failure, FailureStep } from '../../../shared/failure.ts';
import type { StepFacts } from '../../pop3/connection/connect.ts';

/** Reports the steps of a test one by one. Each is running, then done or failed. */
export class TestSteps {
  readonly #tell: (step: TestStep) => void;
  readonly #begun = new Set<FailureStep>();
  #current: { step: FailureStep; facts: TestStep['facts'] } | null = null;

  constructor(tell: (step: TestStep) => void) {
    this.#tell = tell;
  }

  /** Begins a step. The facts that the step before found out are known now. */
  begin(step: FailureStep, { address, protocol, cipher, mechanism }: Partial<StepFacts>): void {
    if (this.#current?.step === 'look-up' && address !== undefined) {
      this.finish({ address });
      this.#tell({ step: 'connect', state: 'done', facts: {} });
    } else if (this.#current?.step === 'encrypt' && protocol !== undefined && cipher !== undefined)
      this.finish({ protocol, cipher });
    else this.finish({});
    this.#begun.add(step);
    this.#current = { step, facts: mechanism === undefined ? {} : { mechanism } };
    this.#tell({ ...this.#current, state: 'running' });
  }

  /** Adds facts to a step that is over. */
  add(step: FailureStep, facts: TestStep['facts']): void {
    if (this.#begun.has(step)) this.#tell({ step, state: 'done', facts });
  }

  /** Marks the running step as done. */
  finish(facts: TestStep['facts']): void {
    if (this.#current !== null)
      this.#tell({ step: this.#current.step, state: 'done', facts: { ...this.#current.facts, ...facts } });
    this.#current = null;
  }

  /** Marks the running step as failed. */
  fail({ kind }: Failure): void {
    // The session looks a name up and connects in one step. A person is told which of the two failed.
    if (this.#current?.step === 'look-up' && kind !== 'host-not-found' && kind !== 'offline') {
      this.finish({});
      this.#current = { step: 'connect', facts: {} };
    }
    if (this.#current !== null) this.#tell({ ...this.#current, state: 'failed' });
    this.#current = null;
  }
}
