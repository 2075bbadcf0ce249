import { test } from 'vitest';
import { dovecotProgram } from './dovecot.ts';

/** `test` for what needs a Dovecot: passed over on a computer that has none (Debian's dovecot-pop3d). */
export const withDovecot = test.skipIf(dovecotProgram() === undefined);
