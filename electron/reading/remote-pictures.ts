import { rootCertificates } from 'node:tls';
import type { Failure } from '../../shared/failure.ts';
import type { MessageId } from '../../shared/ids.ts';
import type { BodyView } from '../../shared/message-view.ts';
import { failed, ok, type Result } from '../../shared/result.ts';
import { fetchRemoteImage, type RemoteImageTools, usualImageTools } from '../message/safety/remote-image.ts';
import { attemptWork } from '../store/attempt.ts';
import type { Store } from '../store/store.ts';

/** Pictures that lie on other computers: which messages may show them, and how they are fetched. */
export class RemotePictures {
  readonly #store: Pick<Store, 'messages' | 'remotePictures'>;
  readonly #extraAuthorities: readonly string[];
  readonly #wayTo: RemoteImageTools['wayTo'];

  /**
   * `extraAuthorities` are certificates (PEM) that the person trusts for their mail. `wayTo` leads through the proxy that is
   * chosen for the program.
   */
  constructor(
    store: Pick<Store, 'messages' | 'remotePictures'>,
    extraAuthorities: readonly string[],
    wayTo?: RemoteImageTools['wayTo'],
  ) {
    this.#store = store;
    this.#wayTo = wayTo;
    this.#extraAuthorities = extraAuthorities;
  }

  /** Whether a message may show remote pictures: this time, or always for its sender. */
  areAllowed(id: MessageId, { allowRemoteOnce }: Pick<BodyView, 'allowRemoteOnce'>): boolean {
    if (allowRemoteOnce) return true;
    // A message that is only a file has no row, so nothing is allowed for its sender.
    const message = this.#store.messages.find(id);
    return message !== null && this.#store.remotePictures.isAllowed(message.from.address);
  }

  /** Allows remote pictures from now on, for the sender of a message or for the sender's whole domain. */
  async allow(id: MessageId, scope: 'sender' | 'domain'): Promise<Result<null, Failure>> {
    const address = this.#store.messages.find(id)?.from.address ?? '';
    const value = scope === 'sender' ? address : address.slice(address.lastIndexOf('@') + 1);
    if (value === '') return failed({ kind: 'not-found', canRetry: false });
    const allowed = await attemptWork(() => this.#store.remotePictures.allow(scope, value));
    return allowed.ok ? ok(null) : allowed;
  }

  /** The bytes of a picture that the person has allowed; null where none could be had. */
  async fetch(url: string): Promise<Uint8Array | null> {
    const authorities = this.#extraAuthorities;
    const image = await fetchRemoteImage(url, {
      ...usualImageTools,
      ...(this.#wayTo === undefined ? {} : { wayTo: this.#wayTo }),
      ...(authorities.length === 0 ? {} : { certificateAuthority: [...rootCertificates, ...authorities] }),
    });
    return image.ok ? image.value.bytes : null;
  }
}
