import { lineOf } from '../stand';

export const TIRED = lineOf("The animal didn't cross the street because it was too tired.");
export const WIDE = lineOf("The animal didn't cross the street because it was too wide.");
