// npm run dist: the packaged program in a folder, and on Linux a Debian package of it. It takes nothing but the official
// Electron of the lock file. `npm run dist -- --test` packs whatever runs here, and says ~test in version and name.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeBillOfMaterials } from './bill-of-materials.mjs';
import { bundle, externalPackages } from './bundle.mjs';
import { freshOfficialElectron } from './electron-runtime.mjs';
import { setFuses, wrongFuses } from './fuses.mjs';
import { launch, Remedy, say, step } from './progress.mjs';
import { setUp } from './set-up.mjs';

const top = join(import.meta.dirname, '..');
const dist = join(top, 'build', 'dist');
const staged = join(dist, 'app');
const isTest = process.argv.includes('--test');
const manifest = marked(readJson(join(top, 'package.json')));

await launch(async () => {
  const used = await setUp({ needs: ['window', 'dist'], electron: isTest });
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const electron = isTest ? used : await freshOfficialElectron(join(dist, 'electron'));
  checkDated(versionOf(dirname(electron)));
  await bundle();
  stage();
  const version = manifest.version;
  await writeBillOfMaterials(staged, { version, electronVersion: versionOf(dirname(electron)) });
  for (const name of ['sbom.cdx.json', 'THIRD-PARTY-NOTICES.txt'])
    cpSync(join(staged, name), join(dist, name));
  const program = await step('packaging the program', () => pack(dirname(electron)));
  await checkFuses(program);
  say(`the program: ${program}`);
  if (process.platform !== 'linux') return;
  await step('packaging for Debian', () => debianPackage(dirname(program)));
  say(
    `the Debian package: ${join(
      dist,
      readdirSync(dist).find((name) => name.endsWith('.deb')),
    )}`,
  );
});

/** A package for testing must never be taken for one that people get. */
function marked(read) {
  if (!isTest) return read;
  return { ...read, version: `${read.version}~test`, productName: `${read.productName}~test` };
}

function versionOf(electronFolder) {
  return readFileSync(join(electronFolder, 'version'), 'utf8').trim().replace(/^v/, '');
}

/** The settings say how old the Electron is, so its day must be known. */
function checkDated(version) {
  if (version in readJson(join(top, 'electron/shell/start/electron-releases.json'))) return;
  throw new Remedy(
    `the day on which Electron ${version} was released is not known`,
    'Write it into electron/shell/start/electron-releases.json.',
  );
}

/** Only what runs goes into the package: the bundles, two icons and the native packages. */
function stage() {
  const native = withDependencies(externalPackages);
  const { name, productName, desktopName, description, license, type, main } = manifest;
  // The packager takes semantic versions only, which have no tilde.
  const version = manifest.version.replace('~', '-');
  mkdirSync(staged, { recursive: true });
  writeFileSync(
    join(staged, 'package.json'),
    JSON.stringify({
      ...{ name, productName, desktopName, version, description, license, type, main },
      author: 'The Poppy developers',
      dependencies: Object.fromEntries(externalPackages.map((one) => [one, manifest.dependencies[one]])),
    }),
  );
  cpSync(join(top, 'build', 'out'), join(staged, 'build', 'out'), {
    recursive: true,
    filter: (path) => !/\.map$|[\\/]stamp$|[\\/]cli\.js$/.test(path),
  });
  for (const size of [32, 256]) copy(`build/icons/${size}.png`);
  for (const one of native) copy(`node_modules/${one}`);
}

function copy(path) {
  // keytar brings its native part for every system; one is enough.
  const here = `${process.platform}-${process.arch}`;
  const foreign = (inside) => /prebuilds[\\/]([^\\/]+)/.exec(inside)?.[1] ?? here;
  cpSync(join(top, path), join(staged, path), {
    recursive: true,
    dereference: true,
    filter: (inside) => foreign(inside) === here,
  });
}

/** The named packages and all they need, as far as they are installed for this system. */
function withDependencies(names) {
  const found = new Set();
  const add = (name) => {
    const file = join(top, 'node_modules', name, 'package.json');
    if (found.has(name) || !existsSync(file)) return;
    found.add(name);
    const { dependencies, optionalDependencies } = readJson(file);
    Object.keys({ ...dependencies, ...optionalDependencies }).forEach(add);
  };
  names.forEach(add);
  return [...found];
}

async function pack(electronFolder) {
  const { build, Platform } = await import('electron-builder');
  const config = {
    ...readJson(join(top, 'build', 'electron-builder.json')),
    electronDist: electronFolder,
    electronVersion: versionOf(electronFolder),
    productName: manifest.productName,
    afterPack: ({ appOutDir }) => setFuses(join(appOutDir, programName())),
  };
  await build({ projectDir: top, targets: Platform.current().createTarget('dir'), config });
  const folder = readdirSync(dist).find((name) => /unpacked|^mac/.test(name));
  // The start program of an Electron from an npm package; the fuse keeps it from being used, it need not be there.
  rmSync(join(dist, folder, 'resources', 'app'), { recursive: true, force: true });
  return join(dist, folder, programName());
}

function programName() {
  const { productName } = manifest;
  return { darwin: `${productName}.app`, win32: `${productName}.exe` }[process.platform] ?? 'poppy';
}

/** What is written in the binary is what counts, not what was asked for. */
async function checkFuses(program) {
  const wrong = await wrongFuses(program);
  if (wrong.length > 0)
    throw new Remedy(
      `the packaged program has wrong fuses: ${wrong.join(', ')}`,
      'Compare the table in build/fuses.mjs.',
    );
  say('fuses: as they must be');
}

async function debianPackage(folder) {
  const { default: installer } = await import('electron-installer-debian');
  const icons = [16, 32, 48, 64, 128, 256, 512].map((size) => [
    `${size}x${size}`,
    join(top, 'build', 'icons', `${size}.png`),
  ]);
  // The packager shows this one as the package's copyright.
  const licence = [join(top, 'LICENSE'), join(folder, 'LICENSE.electron.txt')].find(existsSync);
  cpSync(licence, join(folder, 'LICENSE'));
  await installer({
    src: folder,
    dest: dist,
    arch: { x64: 'amd64', arm64: 'arm64' }[process.arch],
    options: {
      name: 'poppy',
      productName: manifest.productName,
      bin: 'poppy',
      description: manifest.description,
      productDescription: 'Poppy brings mail from POP3 mailboxes to this computer and keeps it there.',
      version: manifest.version,
      maintainer: 'The Poppy developers',
      section: 'mail',
      categories: ['Network', 'Email'],
      mimeType: ['message/rfc822'],
      depends: ['libsecret-1-0'],
      icon: { ...Object.fromEntries(icons), scalable: join(top, 'build', 'icons', 'poppy.svg') },
      desktopTemplate: join(top, 'build', 'poppy.desktop.ejs'),
    },
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
