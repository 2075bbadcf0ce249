import type { FailureStep } from '../../shared/failure.ts';
import type { AuthMechanism, Security } from '../../shared/model.ts';
import type { Credential } from './authentication/mechanism.ts';
import type { Lookup } from './connection/address-race.ts';
import type { Transcript } from './connection/transcript.ts';
import type { ServerQuirks } from './quirks.ts';
import type { Pop3Timeouts } from './wire/limits.ts';

/** What is known when a step begins. */
export type StepFacts = {
  readonly host: string;
  readonly port: number;
  /** Address connected to, from `encrypt` or `greeting` on. */
  readonly address?: string;
  /** Way of signing in, at `sign-in`. */
  readonly mechanism?: string;
  /** How the connection is encrypted, at the first step that it is. */
  readonly protocol?: string;
  readonly cipher?: string;
};

/** Everything one session needs. */
export type Pop3Options = {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  /** The person has agreed, for this account, to a connection without encryption. */
  readonly plaintextConsent: boolean;
  readonly user: string;
  readonly credential: Credential;
  readonly mechanism: AuthMechanism;
  /** PEM certificates trusted beside the system's. */
  readonly extraAuthorities?: readonly string[];
  /** The one public key accepted in spite of its certificate, SHA-256 in lower-case hexadecimal. */
  readonly pinnedKeySha256?: string;
  readonly timeouts?: Partial<Pop3Timeouts>;
  /** What earlier sessions learned of this server. */
  readonly quirks?: Readonly<ServerQuirks>;
  /** Closes the session at once, without QUIT, at whatever it is doing. */
  readonly signal?: AbortSignal;
  readonly transcript?: Transcript;
  /** Called as each step begins. */
  readonly onStep?: (step: FailureStep, facts: StepFacts) => void;
  /** Replaces the system's resolver in tests. */
  readonly lookup?: Lookup;
};
