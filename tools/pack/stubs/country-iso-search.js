// Names of countries that Plotly would understand as places: every chart names places by their code.
export const COUNTRIES = [];
export const createLookup = () => ({ lookupAlpha3: () => null });
