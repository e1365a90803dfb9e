/** The sentence of the paper's famous picture, and what the built-in model makes of it. */
export const ANIMAL = "The animal didn't cross the street because it was too tired.";
export const FRENCH = "L'animal n'a pas traversé la rue parce qu'il était trop fatigué.";
