// Areas that a reader draws to select marks: no chart offers that.
export {};
