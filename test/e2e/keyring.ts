import { findCredentials } from 'keytar';

/** Every account and password that a service has in the real keyring of the tests' own session. */
export async function keptIn(service: string): Promise<readonly { account: string; password: string }[]> {
  return (await findCredentials(service)).map(({ account, password }) => ({ account, password }));
}
