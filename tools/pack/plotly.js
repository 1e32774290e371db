// Plotly with the parts in use: what its own `src/core.js` does, with four trace types besides scatter and
// without the components that no chart has (3-d annotations, selections, pictures, menus, sliders, ranges).
// The traces named here are compared with those of all charts by a test.
'use strict';

exports.version = require('plotly.js/src/version').version;

require('native-promise-only');
require('plotly.js/build/plotcss');

const registry = require('plotly.js/src/registry');
const methods = require('plotly.js/src/plot_api');
for (const [name, fn] of Object.entries(methods)) {
  if (!name.startsWith('_')) exports[name] = fn;
  registry.register({ moduleType: 'apiMethod', name, fn });
}

registry.register([
  require('plotly.js/src/traces/scatter'),
  require('plotly.js/src/traces/bar'),
  require('plotly.js/src/traces/heatmap'),
  require('plotly.js/src/traces/choropleth'),
  require('plotly.js/src/traces/scattergeo'),
]);

registry.register([
  require('plotly.js/src/components/annotations'),
  require('plotly.js/src/components/shapes'),
  require('plotly.js/src/components/grid'),
  require('plotly.js/src/components/errorbars'),
  require('plotly.js/src/components/colorscale'),
  require('plotly.js/src/components/colorbar'),
  require('plotly.js/src/components/legend'), // after shapes, whose defaults it needs
  require('plotly.js/src/components/fx'), // after legend
  require('plotly.js/src/components/modebar'),
]);
registry.register([require('plotly.js/src/locale-en'), require('plotly.js/src/locale-en-us')]);

const plots = require('plotly.js/src/plots/plots');
const fx = require('plotly.js/src/components/fx');
exports.Plots = { resize: plots.resize };
exports.Fx = { hover: fx.hover, unhover: fx.unhover };
