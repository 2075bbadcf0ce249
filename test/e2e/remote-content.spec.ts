import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, expect, test } from 'vitest';
import { authorityPem, serverCertificate } from '../servers/authority.ts';
import { startDovecot } from '../servers/dovecot.ts';
import { goTo, readMessage } from '../support/mail-list.ts';
import { top } from '../support/shots.ts';
import { openPoppy } from './poppy-window.ts';
import { addMailbox } from './wizard.ts';

const folder = mkdtempSync(join(tmpdir(), 'poppy-remote-'));
const authorityFile = join(folder, 'authority.pem');
writeFileSync(authorityFile, authorityPem());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A red square of two pixels. */
const picture = Buffer.from('R0lGODlhAgACAIAAAP8AAAAAACH5BAAAAAAALAAAAAACAAIAAAIChFEAOw==', 'base64');
const publicAddress = '93.184.216.34';

/**
 * An internet with one host, for the program's own thread: the name has a public address, and what is sent there
 * comes to a server here. The program is a copy of the built one whose engine meets this internet before anything else.
 */
async function smallInternet(host: string) {
  const { certificate, key } = serverCertificate('good', [host]);
  const asked: string[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    asked.push(request.url ?? '');
    response.end(picture);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const program = join(folder, 'program');
  const out = join(program, 'build', 'out');
  cpSync(join(top, 'build', 'out'), out, { recursive: true });
  for (const shared of ['package.json', 'node_modules', 'build/icons'])
    symlinkSync(join(top, shared), join(program, shared));
  const engine = join(out, 'electron', 'engine-worker.js');
  writeFileSync(engine, `import './internet.js';\n${readFileSync(engine, 'utf8')}`);
  writeFileSync(
    join(out, 'electron', 'internet.js'),
    `import dns from 'node:dns/promises';
    import net from 'node:net';
    import { syncBuiltinESMExports } from 'node:module';
    const { lookup } = dns, { connect } = net.Socket.prototype;
    dns.lookup = async (name, options) =>
      name === ${JSON.stringify(host)} ? [{ address: '${publicAddress}', family: 4 }] : lookup(name, options);
    net.Socket.prototype.connect = function (...all) {
      const where = [all[0]].flat()[0];
      if (where?.host === '${publicAddress}') Object.assign(where, { host: '127.0.0.1', port: ${port} });
      return connect.apply(this, all);
    };
    syncBuiltinESMExports();`,
  );
  return {
    asked,
    program,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const letter = (from: string, subject: string) =>
  [
    `From: News <${from}>`,
    'To: anna@example.org',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}@shop.example>`,
    'Date: Fri, 1 Mar 2024 10:00:00 +0000',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>Look: <img alt="red" width="40" height="40" src="https://pictures.example/${encodeURIComponent(subject)}.gif">`,
    '<img alt="inside" width="40" height="40" src="https://127.0.0.1/inside.gif"></p>',
    '',
  ].join('\r\n');

/** How many pictures of the body in sight came. */
async function shownPictures(window: Page, subject: string): Promise<number> {
  await readMessage(window, subject);
  const pictures = window.frameLocator(`iframe[title$="${subject}"]`).locator('img');
  return pictures.evaluateAll(
    (all) => all.filter((one) => one instanceof HTMLImageElement && one.naturalWidth > 0).length,
  );
}

test('pictures from elsewhere wait for a word, once, for a sender, for a domain, and that can be taken back', async () => {
  await using internet = await smallInternet('pictures.example');
  const messages = [
    letter('news@shop.example', 'First offer'),
    letter('news@shop.example', 'Second offer'),
    letter('other@shop.example', 'Third offer'),
  ];
  await using server = await startDovecot({ users: [{ name: 'anna', password: 'secret', messages }] });
  await using poppy = await openPoppy({
    program: internet.program,
    env: { NODE_EXTRA_CA_CERTS: authorityFile },
  });
  const { app, window } = poppy;
  const { host, plainPort: port } = server;
  await addMailbox(window, { host, port, security: 'starttls', user: 'anna', password: 'secret' });
  const patient = { timeout: 20_000, interval: 100 };
  const shows = (subject: string) => expect.poll(() => shownPictures(window, subject), patient);
  const press = (name: string) => window.getByRole('button', { name, exact: true }).click();

  await shows('First offer').toBe(0);
  await window.getByText('2 pictures from elsewhere were not loaded.').waitFor();
  expect(internet.asked).toEqual([]);

  await press('Show this time');
  const first = window.frameLocator('iframe[title$="First offer"]').locator('img').first();
  await expect
    .poll(() => first.evaluate((one) => (one as HTMLImageElement).naturalWidth), patient)
    .toBeGreaterThan(0);
  await shows('Second offer').toBe(0);

  await press('Always from this sender');
  await shows('Second offer').toBe(1);
  await shows('First offer').toBe(1);
  await shows('Third offer').toBe(0);
  await press('Always from shop.example');
  await shows('Third offer').toBe(1);

  // What is allowed is on paper and in files too; the file holds the picture and asks nobody for it.
  for (const as of ['html', 'pdf'] as const) {
    const filePath = join(folder, `saved.${as}`);
    await app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
    }, filePath);
    internet.asked.length = 0;
    await press('More actions');
    await window
      .getByRole('menuitem', { name: as === 'html' ? 'Save as web page…' : 'Save as PDF…' })
      .click();
    await window.getByText(filePath).first().waitFor();
    expect(internet.asked).toEqual(['/Third%20offer.gif']);
  }
  const saved = readFileSync(join(folder, 'saved.html'), 'latin1');
  expect([saved.includes(picture.toString('base64')), /https:\/\/(?:pictures|127)/.test(saved)]).toEqual([
    true,
    false,
  ]);

  await window.keyboard.press('Control+,');
  await window.getByRole('tab', { name: 'Remote content' }).click();
  await press('Take shop.example off the list');
  await press('Take news@shop.example off the list');
  await window.getByText('Nobody yet.').waitFor();
  internet.asked.length = 0;
  await goTo(window, 'Inbox');
  await shows('Second offer').toBe(0);
  await shows('Third offer').toBe(0);
  expect(internet.asked).toEqual([]);
}, 120_000);
