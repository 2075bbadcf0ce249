import { describe, expect, test } from 'vitest';
import { type BodyReading, bodyReading, bodyText } from '../../electron/shell/notices/notification-markup.ts';
import {
  isQuiet,
  notificationActions,
  notificationText,
} from '../../electron/shell/notices/notifications.ts';
import type { MessageId } from '../../shared/ids.ts';

const message = (from: string, preview = '') => ({ id: 1 as MessageId, from, subject: 'Lunch', preview });
const hours = Array.from({ length: 24 }, (_, hour) => hour);

describe('quiet hours', () => {
  test.each([
    ['none are chosen', null, []],
    ['they begin and end at the same hour', { from: 8, to: 8 }, []],
    ['they are within a day', { from: 12, to: 14 }, [12, 13]],
    ['they pass midnight', { from: 22, to: 3 }, [0, 1, 2, 22, 23]],
  ])('are right when %s', (_when, chosen, expected) => {
    expect(hours.filter((hour) => isQuiet(chosen, hour))).toEqual(expected);
  });
});

describe('a notification', () => {
  test('names the sender and the subject of one message', () => {
    expect(
      notificationText({ total: 1, account: null, messages: [message('Vera', 'At one?')] }, 'en'),
    ).toEqual({
      title: 'Vera',
      body: 'Lunch\nAt one?',
    });
  });

  test('has no empty line for a message without text', () => {
    expect(notificationText({ total: 1, account: null, messages: [message('Vera')] }, 'en').body).toBe(
      'Lunch',
    );
  });

  test('is one for several messages, and names at most three senders once each', () => {
    const messages = ['Vera', 'Boris', 'Vera', 'Olga', 'Ivan'].map((from) => message(from));
    expect(notificationText({ total: 12, account: 'Работа', messages }, 'ru')).toEqual({
      title: '12 новых писем · Работа',
      body: 'Vera, Boris, Olga',
    });
  });

  test('can be answered for one message, only marked as read for a few, and only be opened for many', () => {
    expect([1, 3, 0].map(notificationActions)).toEqual([
      ['mark-read', 'delete-on-server'],
      ['mark-read'],
      [],
    ]);
  });

  test('keeps each of its lines to one line, in its own direction, of a length that fits', () => {
    const mail = {
      total: 1,
      account: 'Work',
      messages: [
        { id: 1 as MessageId, from: 'Bank\n\u202eknaB', subject: `a\u0000b${'c'.repeat(900)}`, preview: '' },
      ],
    };
    expect(notificationText(mail, 'en')).toEqual({
      title: 'Bank knaB · Work',
      body: `a b${'c'.repeat(197)}`,
    });
  });
});

describe('the body of a notification', () => {
  const capabilities = {
    gdbus: "(['actions', 'body', 'body-markup', 'icon-static'],)\n",
    busctl: 'as 2 "body" "body-markup"\n',
    'dbus-send': '   array [\n      string "body"\n      string "body-markup"\n   ]\n',
  };
  const only = (program: keyof typeof capabilities) => async (asked: string) =>
    asked === program ? capabilities[program] : Promise.reject(new Error('not installed'));

  test('is read as the desktop says, whichever program can ask it', async () => {
    const nobody = () => Promise.reject(new Error('not installed'));
    const plain = async () => "(['actions', 'body'],)\n";
    expect([
      await bodyReading('linux', only('gdbus')),
      await bodyReading('linux', only('busctl')),
      await bodyReading('linux', only('dbus-send')),
      await bodyReading('linux', plain),
      await bodyReading('linux', nobody),
      await bodyReading('darwin', only('gdbus')),
    ]).toEqual(['markup', 'markup', 'markup', 'plain', 'unknown', 'plain']);
  });

  const hostile = '<a href="https://evil.example/">Tom & Jerry</a> &lt;b&gt;';
  const shown: Record<BodyReading, string> = {
    markup: '&lt;a href="https://evil.example/"&gt;Tom &amp; Jerry&lt;/a&gt; &amp;lt;b&amp;gt;',
    plain: hostile,
    unknown: '‹a href="https://evil.example/"›Tom ＆ Jerry‹/a› ＆lt;b＆gt;',
  };
  test.each(['markup', 'plain', 'unknown'] as const)(
    'says what was written where it is read as %s',
    (reading) => {
      expect(bodyText(hostile, reading)).toBe(shown[reading]);
    },
  );
});
