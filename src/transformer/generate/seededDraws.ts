/** Rounds that spread the seed over all of the state before the first number, as its author has it. */
const MIXING_ROUNDS = 15;

/**
 * Random numbers that a seed decides, the same on every machine: sfc32 (“small fast counting”) by
 * Chris Doty-Humphrey, of his PractRand 0.94, whole-number arithmetic on 32 bits. No cycle is shorter
 * than 2³² words. Its numbers have places: whichever are asked for, in whatever order, each is the same.
 */
export class SeededDraws {
  private a = 0;
  private b: number;
  private c: number;
  private counter = 1;
  private readonly drawn: number[] = [];

  /**
   * @param seed 32 bits
   * @param stream 32 bits: streams of one seed have nothing to do with each other
   */
  constructor(seed: number, stream: number) {
    this.b = seed | 0;
    this.c = stream | 0;
    for (let round = 0; round < MIXING_ROUNDS; round++) this.word();
  }

  /** The number at a place from 0: at least 0, below 1, a multiple of 2⁻⁵³. */
  at(place: number): number {
    while (this.drawn.length <= place) {
      const high = this.word() >>> 5; // 27 bits
      const low = this.word() >>> 6; // 26 bits
      this.drawn.push((high * 2 ** 26 + low) / 2 ** 53);
    }
    return this.drawn[place]!;
  }

  private word(): number {
    const word = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + word) | 0;
    return word;
  }
}
