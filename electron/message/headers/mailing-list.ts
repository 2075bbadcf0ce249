import { firstField, type HeaderField } from './header-block.ts';

/** How a mailing list says one can leave it or reach it. RFC 2369, RFC 8058. */
export type MailingList = {
  readonly id: string | null;
  readonly unsubscribeMail: string | null;
  readonly unsubscribeWeb: string | null;
  /** The web address takes a single POST without asking back. */
  readonly isOneClick: boolean;
};

/** Reads the List- headers, or null when there are none. Addresses are given as written, never followed. */
export function mailingList(fields: readonly HeaderField[]): MailingList | null {
  const idField = firstField(fields, 'list-id');
  const unsubscribe = firstField(fields, 'list-unsubscribe') ?? '';
  if (idField === null && unsubscribe === '') return null;
  const targets = [...unsubscribe.slice(0, 8000).matchAll(/<\s*([^<>\s]+)\s*>/g)].map(
    (match) => match[1] ?? '',
  );
  const oneClick = firstField(fields, 'list-unsubscribe-post') ?? '';
  return {
    id: idField === null ? null : (/<([^<>]+)>/.exec(idField)?.[1] ?? idField),
    unsubscribeMail: targets.find((target) => /^mailto:/i.test(target)) ?? null,
    unsubscribeWeb: targets.find((target) => /^https?:/i.test(target)) ?? null,
    isOneClick: /List-Unsubscribe\s*=\s*One-Click/i.test(oneClick),
  };
}
