import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What one raw session saw, as an independent proof of the maildrop's content. */
export type MaildropListing = readonly {
  readonly number: number;
  readonly uidl: string;
  readonly size: number;
}[];

async function ask(socket: Socket, text: string, isComplete: (reply: string) => boolean): Promise<string> {
  if (text !== '') socket.write(text, 'utf8');
  let reply = '';
  while (!isComplete(reply)) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    reply += chunk.toString('latin1');
  }
  if (!reply.startsWith('+OK')) throw new Error(`unexpected answer to ${text}: ${reply}`);
  return reply;
}

/** Lists a maildrop in a plain session that shares no code with the engine. */
export async function listMaildrop(
  port: number,
  user: { readonly name: string; readonly password: string },
): Promise<MaildropListing> {
  const socket = connect(port, '127.0.0.1');
  const line = (reply: string): boolean => reply.endsWith('\r\n');
  const table = (reply: string): boolean => reply.endsWith('\r\n.\r\n') || reply.startsWith('-ERR');
  await ask(socket, '', line);
  await ask(socket, `USER ${user.name}\r\n`, line);
  await ask(socket, `PASS ${user.password}\r\n`, line);
  const rows = (reply: string): string[][] =>
    reply
      .split('\r\n')
      .slice(1, -2)
      .map((row) => row.split(' '));
  const sizes = rows(await ask(socket, 'LIST\r\n', table));
  const uidls = rows(await ask(socket, 'UIDL\r\n', table));
  await ask(socket, 'QUIT\r\n', line);
  socket.destroy();
  return sizes.map(([number, size], index) => ({
    number: Number(number),
    size: Number(size),
    uidl: uidls[index]?.[1] ?? '',
  }));
}
