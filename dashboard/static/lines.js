// Lines and marks that answer, by pointer, finger and keyboard.

/** Called by chart.js after each drawing with { figure, plot, plotly, spec }. */
export function attach(chart) {}
