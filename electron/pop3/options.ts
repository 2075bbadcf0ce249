import type { AuthMechanism } from '../../shared/account.ts';
import type { FailureStep } from '../../shared/failure.ts';
import type { ServerQuirks } from '../../shared/server-quirks.ts';
import type { Credential } from './authentication/mechanism.ts';
import type { ServerAddress, StepFacts } from './connection/connect.ts';
import type { Pop3Timeouts } from './connection/timeouts.ts';
import type { Transcript } from './connection/transcript.ts';

/** Everything one session needs. */
export type Pop3Options = ServerAddress & {
  /** The person has agreed, for this account, to a connection without encryption. */
  readonly plaintextConsent: boolean;
  readonly user: string;
  readonly credential: Credential;
  readonly mechanism: AuthMechanism;
  readonly timeouts?: Partial<Pop3Timeouts>;
  /** What earlier sessions learned of this server. */
  readonly quirks?: Readonly<ServerQuirks>;
  /**
   * A person tests the account: where SCRAM is refused that has never worked there, PLAIN is tried once inside TLS.
   * Servers announce mechanisms that they have no secrets for.
   */
  readonly isAccountTest?: boolean;
  readonly transcript?: Transcript;
  /** Called as each step begins. */
  readonly onStep?: (step: FailureStep, facts: StepFacts) => void;
};
