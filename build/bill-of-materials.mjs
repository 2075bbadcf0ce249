// What is in the package, for whoever has to know: a bill of materials (CycloneDX) and the licences of all parts.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, tail } from './child.mjs';

const top = join(import.meta.dirname, '..');

/** Writes `sbom.cdx.json` and `THIRD-PARTY-NOTICES.txt` into `folder`, of the locked packages and this Electron. */
export async function writeBillOfMaterials(folder, { version, electronVersion }) {
  const bill = await billOfMaterials(version, electronVersion);
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(electronVersion));
}

async function billOfMaterials(version, electronVersion) {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
  const { status, stdout, output } = await npm(args, { cwd: top });
  if (status !== 0) throw new Error(`npm sbom failed\n${tail(output)}`);
  const bill = JSON.parse(stdout);
  // npm names the program after its folder.
  Object.assign(bill.metadata.component, { name: 'poppy', type: 'application', version });
  bill.components.push({
    'bom-ref': `electron@${electronVersion}`,
    type: 'framework',
    name: 'electron',
    version: electronVersion,
    purl: `pkg:npm/electron@${electronVersion}`,
    licenses: [{ license: { id: 'MIT' } }],
  });
  return bill;
}

/** The licence texts of all packages that are bundled, as their authors wrote them. */
function notices(electronVersion) {
  const { packages } = JSON.parse(readFileSync(join(top, 'package-lock.json'), 'utf8'));
  const parts = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    // A part for another system is not installed, and not in the package.
    .filter(([path]) => existsSync(join(top, path)))
    .map(([path, { version, license }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return `${name} ${version} (${license ?? 'licence in its text'})\n\n${licenceText(join(top, path))}`;
    });
  const electron = `Electron ${electronVersion}, with Chromium and Node.js\n\nSee LICENSE.electron.txt and LICENSES.chromium.html.`;
  return `Poppy contains the work of others.\n\n${[electron, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function licenceText(folder) {
  const named = readdirSync(folder, { withFileTypes: true }).filter(({ name }) =>
    /^(licen[cs]e|copying|notice)/i.test(name),
  );
  // Some packages have a folder of them.
  const files = named.flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(folder, entry.name), { withFileTypes: true }).filter((inner) => inner.isFile())
      : [entry],
  );
  if (files.length === 0) return 'The package carries no text of its licence.';
  return files
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').trim())
    .join('\n\n');
}
