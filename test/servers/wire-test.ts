import { expect, test } from 'vitest';
import { type Delivery, type ScriptedOptions, type ScriptedServer, scriptedServerWith } from './scripted.ts';

type Template = (
  strings: TemplateStringsArray,
  ...values: (string | number | Buffer)[]
) => Promise<ScriptedServer>;

/** What a wire case is given. */
export type Wire = {
  /** Starts the scripted server of this case; it is checked and closed when the case is over. */
  readonly server: Template;
  readonly delivery: Delivery;
};

const deliveries: readonly Delivery[] = ['as written', 'byte by byte'];

/** A case on the wire, run twice: as written, and with one byte per write. The script must have been kept to. */
export function wireTest(
  name: string,
  run: (wire: Wire) => Promise<void>,
  options: Omit<ScriptedOptions, 'delivery'> = {},
): void {
  for (const delivery of deliveries)
    test(`${name} (${delivery})`, async () => {
      const servers: ScriptedServer[] = [];
      const template = scriptedServerWith({ ...options, delivery });
      try {
        await run({
          delivery,
          server: async (strings, ...values) => {
            const server = await template(strings, ...values);
            servers.push(server);
            return server;
          },
        });
        const surprises = await Promise.all(servers.map((server) => server.finished()));
        expect(surprises.flat()).toEqual([]);
      } finally {
        for (const server of servers) await server[Symbol.asyncDispose]();
      }
    });
}
