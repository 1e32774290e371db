// The two functions of sixty that Plotly calls without a drawing in space.
export { default as invert } from 'gl-mat4/invert';
export { default as multiply } from 'gl-mat4/multiply';
