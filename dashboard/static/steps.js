// Steps of time of a chart, played in the browser.

/** Called by chart.js after each drawing of a chart whose payload has `steps`; as `attach` of lines.js. */
export function attach(chart) {}
