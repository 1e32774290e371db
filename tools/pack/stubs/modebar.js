// Plotly's tool bar, which no chart shows; what it may be told stays known.
import attributes from 'plotly.js/src/components/modebar/attributes';
import supplyLayoutDefaults from 'plotly.js/src/components/modebar/defaults';

export const moduleType = 'component';
export const name = 'modebar';
export const layoutAttributes = attributes.default ?? attributes;
export { supplyLayoutDefaults };
export const manage = () => {};
