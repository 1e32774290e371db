// Of sixty rare projections the one in use: d3-geo has the same natural earth under another name.
export { geoNaturalEarth1 as geoNaturalEarth } from 'd3-geo';
