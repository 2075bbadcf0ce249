import { describe, expect, test } from 'vitest';
import { isQuiet, notificationActions, notificationText } from '../../electron/shell/notifications.ts';
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
    expect(notificationText({ total: 1, messages: [message('Vera', 'At one?')] }, 'en')).toEqual({
      title: 'Vera',
      body: 'Lunch\nAt one?',
    });
  });

  test('has no empty line for a message without text', () => {
    expect(notificationText({ total: 1, messages: [message('Vera')] }, 'en').body).toBe('Lunch');
  });

  test('is one for several messages, and names at most three senders once each', () => {
    const messages = ['Vera', 'Boris', 'Vera', 'Olga', 'Ivan'].map((from) => message(from));
    expect(notificationText({ total: 12, messages }, 'ru')).toEqual({
      title: '12 новых писем',
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
});
