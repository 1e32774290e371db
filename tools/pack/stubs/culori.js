// Colours as charts write them: by number, by name, as rgb() and as hsl(); not in the thirty other spaces.
import { modeHsl, modeLrgb, modeRgb, useMode } from 'culori/fn';

useMode(modeRgb);
useMode(modeHsl);
useMode(modeLrgb);
export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance } from 'culori/fn';
