import { Socket as DatagramSocket } from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { Server, Socket } from 'node:net';

function refuse(): never {
  throw Object.assign(new Error('this thread has no network'), { code: 'ERR_ACCESS_DENIED' });
}

/** Takes a thread's ways to the network. `names` are functions of `target`; all of them where none are named. */
function take(target: object, names: readonly string[] = Object.getOwnPropertyNames(target)): void {
  for (const name of names)
    if (name !== 'constructor' && typeof Reflect.get(target, name) === 'function')
      Object.defineProperty(target, name, { value: refuse, writable: false, configurable: false });
}

/**
 * Cuts the network for the thread that calls it, for good. Node's permission model does not cover it before Node 25.
 * Everything that connects or looks up a name goes through these: HTTP, TLS, fetch and WebSocket too. It holds against
 * code in JavaScript; native code that a message has broken would not ask.
 */
export function cutNetwork(): void {
  const { promises } = dns;
  for (const target of [dns.Resolver.prototype, promises.Resolver.prototype, promises, dns]) take(target);
  take(Socket.prototype, ['connect']);
  take(Server.prototype, ['listen']);
  take(DatagramSocket.prototype, ['bind', 'connect', 'send']);
  syncBuiltinESMExports();
}
