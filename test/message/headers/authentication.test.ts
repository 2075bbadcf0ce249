import { describe, expect, test } from 'vitest';
import { judgeAuthentication } from '../../../electron/message/headers/authentication.ts';
import { parseMessage } from '../../../electron/message/parsing/parse.ts';
import { lines } from '../../messages/made-message.ts';

const hop = 'Received: from mx.elsewhere.example by mx.example.org; Fri, 1 Mar 2024 10:00:00 +0300';

async function judged(...head: readonly string[]) {
  const { authentication, from } = await parseMessage(Buffer.from(lines(...head, '', 'x')));
  return authentication === null ? null : judgeAuthentication(authentication, from).verdict;
}

const found = (results: string, from = 'B <a@mail.shop.example>') =>
  judged(`Authentication-Results: mx.example.org; ${results}`, hop, `From: ${from}`);

describe('what the receiving server found', () => {
  test.each([
    [
      'spf=pass smtp.mailfrom=shop.example; dkim=pass header.d=shop.example; dmarc=pass header.from=shop.example',
      'confirmed',
    ],
    ['spf=softfail smtp.mailfrom=list.example; dkim=pass header.d=shop.example; dmarc=pass', 'confirmed'],
    ['spf=fail smtp.mailfrom=list.example; dkim=pass header.d=shop.example', 'confirmed'],
    ['iprev=fail; spf=pass smtp.mailfrom=bounce@shop.example', 'confirmed'],
    [
      'spf=pass smtp.mailfrom=attacker.example; dkim=pass header.d=attacker.example; dmarc=fail header.from=shop.example',
      'failed',
    ],
    ['dkim=pass header.d=shop.example; dmarc=fail', 'failed'],
    ['spf=softfail smtp.mailfrom=shop.example', 'failed'],
    ['spf=pass smtp.mailfrom=attacker.example; dkim=pass header.d=attacker.example', 'unknown'],
    ['dmarc=pass header.from=attacker.example', 'unknown'],
    ['spf=none; dkim=none; dmarc=none', 'unknown'],
    ['dkim=temperror', 'unknown'],
  ])('%s says of the sender: %s', async (results, verdict) => {
    expect(await found(results)).toBe(verdict);
  });

  test('confirms none of several senders, and none without an address', async () => {
    const pass = 'dmarc=pass; dkim=pass header.d=shop.example';
    expect([await found(pass, 'a@shop.example, b@bank.example'), await found(pass, 'Anna')]).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  test('is taken from all its fields above the border', async () => {
    const field = (results: string) => `Authentication-Results: mx.example.org; ${results}`;
    const verdict = (...all: string[]) => judged(...all.map(field), hop, 'From: a@shop.example');
    expect([
      await verdict('spf=pass smtp.mailfrom=x.example', 'dmarc=fail header.from=shop.example'),
      await verdict('dmarc=pass header.from=shop.example', 'dmarc=fail header.from=shop.example'),
      await verdict('spf=none', 'dkim=none', 'dkim=pass header.d=shop.example'),
      await judged(field('spf=none'), hop, field('dmarc=pass'), 'From: a@shop.example'),
    ]).toEqual(['failed', 'failed', 'confirmed', 'unknown']);
  });

  test('is believed of that server alone, and of nobody who wrote it further down', async () => {
    const forged = 'Authentication-Results: mx.example.org; dmarc=pass';
    expect([
      await judged(hop, forged, 'From: a@shop.example'),
      await judged('Authentication-Results: mx.attacker.example; dmarc=pass', hop, 'From: a@shop.example'),
      await judged(forged, 'From: a@shop.example'),
    ]).toEqual([null, null, null]);
  });
});

test('says that characters were taken out of a name which can only deceive', async () => {
  const codes = async (from: string) =>
    (await parseMessage(Buffer.from(lines(`From: ${from} <a@example.net>`, '', 'x')))).warnings.map(
      ({ code }) => code,
    );
  expect([
    await codes('"Anna \u202egro.knab"'),
    await codes('=?utf-8?B?cGF54oCLcGFs?='),
    await codes('\u200fאבג\u200e'),
    await codes('Анна'),
  ]).toEqual([['hidden-characters'], ['hidden-characters'], [], []]);
});
