import { expect, test } from 'vitest';
import { SystemWatch } from '../../electron/engine/system-watch.ts';

/** A watch whose clocks and networks are set by hand, and what it told. */
function fixture() {
  const system = { wall: 0, steady: 0, networks: ['eth0 10.0.0.2'] };
  const told: unknown[] = [];
  let beat: () => void = () => undefined;
  const watch = new SystemWatch({
    now: () => system.wall,
    steadyNow: () => system.steady,
    every: (_ms, act) => {
      beat = act;
      return () => told.push('ended');
    },
    networks: () => new Set(system.networks),
    onWoken: (asleepSince) => told.push({ asleepSince }),
    onNetwork: (change) => told.push(change),
  });
  const pass = (steadyMs: number, asleepMs = 0) => {
    system.steady += steadyMs;
    system.wall += steadyMs + asleepMs;
    beat();
  };
  return { system, told, watch, pass };
}

test('a beat that is late by the wall clock shows that the computer slept', () => {
  const { told, pass } = fixture();
  pass(3000);
  pass(5000);
  pass(3000, 3_600_000);
  pass(3000);
  expect(told).toEqual([{ asleepSince: 8000 }]);
});

test('sleep that the system tells of is told once, with when it began', () => {
  const { system, told, watch, pass } = fixture();
  pass(3000);
  system.steady += 1000;
  system.wall += 1000;
  watch.suspended();
  system.steady += 10;
  system.wall += 3_600_000;
  watch.resumed();
  pass(2000);
  watch.close();
  expect(told).toEqual([{ asleepSince: 4000 }, 'ended']);
});

test('a network that comes is told from one that goes', () => {
  const { system, told, pass } = fixture();
  system.networks = ['eth0 10.0.0.2', 'tun0 10.8.0.1'];
  pass(3000);
  pass(3000);
  system.networks = ['wlan0 192.168.1.5', 'tun0 10.8.0.1'];
  pass(3000);
  expect(told).toEqual([{ isLost: false }, { isLost: true }]);
});
