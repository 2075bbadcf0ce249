import { isNamed } from '../../shared/unfetched-message.ts';
import { forEver } from './habits.ts';
import { stored } from './happen.ts';
import { essenceOf } from './letter-bytes.ts';
import { type Letter, mostDrift } from './memory-server.ts';
import { id, type World } from './world.ts';

/* What must hold in every history, whatever the server does. Each promise answers what broke it, in words. */

const nameOf = (text: string) => /letter \d+/.exec(text)?.[0] ?? 'a letter without a name';

/** Whether a rule of the person wants this letter gone, or not here as a whole. */
function isRuledOut({ history: { rule } }: World, letter: Letter): boolean {
  const [action] = rule?.actions ?? [];
  const isEarly =
    action?.kind === 'delete-on-server' || action?.kind === 'skip' || action?.kind === 'headers-only';
  return isEarly && /^Subject: .*3/m.test(letter.bytes.toString('latin1'));
}

/** What is here, by essence. */
async function held(world: World) {
  return (await stored(world)).map(({ row, bytes }) => ({ ...row, essence: essenceOf(bytes) }));
}

/** Nothing left the server by our doing that is not here, and nothing is here twice. */
export async function brokenPromises(world: World): Promise<string[]> {
  const { server, asked, forgotten } = world;
  const here = await held(world);
  const essences = new Set(here.map(({ essence }) => essence));
  const lost = server.deleted
    .slice(world.lostWithStore)
    .filter((letter) => !asked.has(letter.serial) && !isRuledOut(world, letter))
    .map(({ bytes }) => essenceOf(bytes))
    .filter((essence) => !essences.has(essence) && !forgotten.has(essence));
  const whole = here.filter(({ isPartial, isDoubtful }) => !isPartial && !isDoubtful);
  const twice = [...world.sent].filter(
    ([essence, letters]) => whole.filter((one) => one.essence === essence).length > letters,
  );
  return [
    ...lost.map((essence) => `lost: ${nameOf(essence)}`),
    ...twice.map(([essence]) => `here twice: ${nameOf(essence)}`),
  ];
}

/** Three checks without new faults bring all that can be had; the person hears of the rest; then the server has peace. */
export async function brokenAtTheEnd(world: World): Promise<string[]> {
  const { server, history } = world;
  server.faults = server.faults.filter(({ left }) => left >= forEver / 2);
  Object.assign(server, { quitFault: null, interruption: null, quota: null, losesCapa: false });
  const broken: string[] = [];
  world.forgetBytes();
  // A letter that was named three times waits for a day.
  world.now += 25 * 60 * 60_000;
  for (let checks = 0; checks < 3; checks += 1) {
    await world.check(history.ending);
    broken.push(...(await brokenPromises(world)));
  }
  if (broken.length > 0) return broken;
  return [...(await missing(world)), ...(await untold(world)), ...(await restless(world))];
}

function isBroken({ server }: World, { serial }: Letter): boolean {
  return server.faults.some((fault) => fault.serial === serial);
}

/** Letters that lie on the server and are not here as a whole. */
async function absent(world: World): Promise<Letter[]> {
  const here = await held(world);
  return world.server.letters.filter((letter) => {
    const essence = essenceOf(letter.bytes);
    const isUnwanted = world.forgotten.has(essence) || world.asked.has(letter.serial);
    if (isUnwanted || isRuledOut(world, letter)) return false;
    return !here.some(
      (one) =>
        one.essence === essence ||
        (isLarge(world, letter) && one.isPartial && isBeginning(one.essence, essence)),
    );
  });
}

function isBeginning(part: string, whole: string): boolean {
  return whole.startsWith(part.slice(0, -2));
}

/** Whether only the beginning of a letter is fetched. Where TOP cannot be had, the person is asked first. */
function isLarge({ history: { partialAboveBytes }, server }: World, letter: Letter): boolean {
  // A letter near the limit has been over it once.
  const drift = server.habits.sizes === 'drifting' ? mostDrift : 0;
  return partialAboveBytes > 0 && server.listedSize(letter) + drift > partialAboveBytes;
}

/** Whether a letter under a used id can be told from the one before: by its size, by TOP, or by nothing. */
function isToldApart({ server: { habits }, history: { events } }: World): boolean {
  const isBlind = habits.ids === 'lasting' && habits.sizes === 'drifting' && habits.top !== 'known';
  return !isBlind || !events.some(({ kind }) => kind === 'ids anew' || kind === 'made anew');
}

async function missing(world: World): Promise<string[]> {
  if (!isToldApart(world)) return [];
  const { habits } = world.server;
  const letters = await absent(world);
  return letters
    .filter((letter) => !isBroken(world, letter) && !(isLarge(world, letter) && habits.top !== 'known'))
    .map(({ bytes }) => `not here after three checks: ${nameOf(bytes.toString('latin1'))}`);
}

async function untold(world: World): Promise<string[]> {
  if (!isToldApart(world)) return [];
  const letters = await absent(world);
  // Without ids no letter is known again from check to check; the check says how many were left.
  const isCounted = isNameless(world) && (world.lastRecord?.skipped ?? 0) > 0;
  const isTold =
    isCounted ||
    world.lastRecord?.failure != null ||
    world.store.unfetched.of(id).some(isNamed) ||
    (await held(world)).some(({ isDoubtful }) => isDoubtful);
  return isTold ? [] : letters.map(({ bytes }) => `nobody heard of ${nameOf(bytes.toString('latin1'))}`);
}

/** Commands that one more check may take: a session or three, and a few for each letter. */
const commandsOfACheck = (letters: number) => 45 + 8 * letters;

/** A letter that comes in doubt may be asked for so often. */
const triesOfDoubt = 3;

/**
 * What a check does where nothing changes. Where TOP lies, one download more shows it when TOP is first relied on; a
 * letter in doubt is asked for a few times.
 */
async function restless(world: World): Promise<string[]> {
  const isInDoubt = (await held(world)).some(({ isDoubtful }) => isDoubtful);
  const patience = world.server.habits.top === 'lies' || isInDoubt ? triesOfDoubt : 0;
  let broken = await work(world);
  for (let checks = 0; checks < patience && broken.length > 0; checks += 1) broken = await work(world);
  return broken;
}

async function work(world: World): Promise<string[]> {
  const { server } = world;
  const before = { commands: server.commands.length, retrieved: server.retrieved.length };
  await world.check(world.history.ending);
  const broken = await brokenPromises(world);
  const commands = server.commands.length - before.commands;
  const isTooMuch = commands > commandsOfACheck(server.letters.length);
  return [
    ...broken,
    ...(isTooMuch ? [`${commands} commands where nothing changes`] : []),
    ...refetched(world, before.retrieved),
  ];
}

function isNameless({ server: { habits } }: World): boolean {
  return (
    habits.ids === 'numbers' || habits.ids === 'shared' || (habits.ids === 'none' && habits.top !== 'known')
  );
}

/** Letters that were fetched once more though they are here and have an identity. */
function refetched(world: World, from: number): string[] {
  const { retrieved, letters } = world.server;
  const again = retrieved.slice(from);
  const often = again.filter((serial, index) => again.indexOf(serial) < index);
  const healthy = again.filter((serial) =>
    letters.some(
      (letter) => letter.serial === serial && !isBroken(world, letter) && letter.misstatedBy === 0,
    ),
  );
  if (!isNameless(world) && healthy.length > 0) return [`fetched again where nothing changes: ${healthy}`];
  return often.length > 3 * letters.length ? [`fetched over and over in one check: ${often}`] : [];
}
