// Bundles plotly.js (beside this file) into the file named first; writes the packages inside it, with the
// texts of their licences, as JSON into the file named second.
import { build } from 'esbuild';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const HERE = import.meta.dirname;
const [bundle, list] = process.argv.slice(2);
const stubs = {
  name: 'stubs',
  setup({ onResolve }) {
    const whole = /^(country-iso-search|culori|d3-geo-projection|gl-mat4|polybooljs)$|components\/modebar$/;
    onResolve({ filter: whole }, ({ path: name }) => ({
      path: path.join(HERE, 'stubs', `${path.basename(name)}.js`),
    }));
  },
};

const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ['plotly.js'],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  define: { global: 'window' },
  alias: { stream: 'stream-browserify' },
  loader: { '.css': 'empty' },
  legalComments: 'none', // they stand in the file of licences, whole
  plugins: [stubs],
  metafile: true,
  logLevel: 'warning',
});

const [output] = Object.values(metafile.outputs);
const folders = new Set();
for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
  const inside = /^(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file);
  if (inside && bytesInOutput) folders.add(inside[1]);
}
const parts = [...folders].sort().map((folder) => {
  const at = path.join(HERE, folder);
  const { name, version, license: licence } = JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8'));
  const file = readdirSync(at).sort().find((one) => /^(licen[cs]e|copying)/i.test(one));
  return { name, version, licence, text: file ? readFileSync(path.join(at, file), 'utf8') : '' };
});
writeFileSync(list, JSON.stringify(parts));
